"""Buttons, selects and modals, with the real client, as of 2026-11-26:
https://docs.discord.com/developers/components/using-message-components"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
from discord import ui

from tests.fakes.discord.people import ClientRefusal
from tests.fakes.discord.state import Message
from tests.fakes.discord_app import Scene, scene

Interaction = discord.Interaction[Any]


@pytest.fixture
async def here() -> AsyncIterator[Scene]:
    async with scene() as made:
        yield made


def controls(words: str = "Well?", *, disabled: bool = False) -> ui.LayoutView:
    view, row = ui.LayoutView(timeout=None), ui.ActionRow[Any]()
    row.add_item(ui.Button(label="I'm in", custom_id="join"))
    row.add_item(ui.Button(label="Not now", custom_id="no", disabled=disabled))
    row.add_item(ui.Button(label="Read", url="https://example.com"))
    view.add_item(ui.TextDisplay(words))
    view.add_item(row)
    options = [discord.SelectOption(label=each, value=each.casefold()) for each in ("Apple", "Pear", "Plum")]
    fruit: ui.Select[Any] = ui.Select(custom_id="fruit", placeholder="Fruit", options=options, max_values=2)
    view.add_item(ui.ActionRow(fruit))
    view.add_item(ui.ActionRow(ui.UserSelect(custom_id="who", placeholder="Who")))
    view.add_item(ui.ActionRow(ui.ChannelSelect(custom_id="where", placeholder="Where")))
    return view


async def posted(here: Scene, **more: Any) -> Message:
    """The controls, as a public answer."""

    async def answers(interaction: Interaction) -> None:
        await interaction.response.send_message(view=controls(**more))

    outcome = await here.helped(answers)
    await here.server.idle()
    here.app.frames.clear()
    return outcome.messages[0]


async def says_in(interaction: Interaction) -> None:
    await interaction.response.send_message("You are in", ephemeral=True)


async def test_a_button(here: Scene) -> None:
    message = await posted(here)
    [shown] = here.server.sees(here.bram, here.general)
    assert shown.buttons == ("I'm in", "Not now", "Read")
    assert shown.selects == (("Fruit", ("Apple", "Pear", "Plum")), ("Who", ()), ("Where", ()))
    here.answers(says_in)
    outcome = await here.server.presses(here.bram, shown, "I'm in")
    assert (outcome.failed, outcome.answered) == (None, "message")
    assert [each.text for each in here.server.ephemerals(here.bram)] == ["You are in"]
    assert here.server.ephemerals(here.anna) == []
    [body] = here.app.heard
    assert body["type"] == 3
    assert body["data"] == {"component_type": 2, "custom_id": "join", "id": 3}
    assert body["message"]["id"] == message.id
    assert body["member"]["user"]["id"] == here.bram.id


async def test_what_cannot_be_pressed(here: Scene) -> None:
    message = await posted(here, disabled=True)
    with pytest.raises(ClientRefusal, match="'Not now' is disabled"):
        await here.server.presses(here.bram, message, "Not now")
    with pytest.raises(ClientRefusal, match=r"there is no 'Join', only \[\"I'm in\", 'Not now', 'Read'\]"):
        await here.server.presses(here.bram, message, "Join")
    outcome = await here.server.presses(here.bram, message, "Read")
    assert (outcome.id, here.app.heard) == (None, [])
    await here.server.deletes(here.server.world.people[here.school.owner], message)
    with pytest.raises(ClientRefusal, match="the message is gone"):
        await here.server.presses(here.bram, message, "I'm in")


async def test_nothing_in_time(here: Scene) -> None:
    message = await posted(here)
    here.app.answer = None
    outcome = await here.server.presses(here.bram, message, "I'm in")
    assert outcome.failed == "This interaction failed"


async def test_the_message_is_changed(here: Scene) -> None:
    message = await posted(here)

    async def changes(interaction: Interaction) -> None:
        await interaction.response.edit_message(view=controls("Bram is in"))

    here.answers(changes)
    outcome = await here.server.presses(here.bram, message, "I'm in")
    assert (outcome.answered, outcome.messages) == ("updated", [message])
    [shown] = here.server.sees(here.anna, here.general)
    assert (shown.text, shown.edited) == ("Bram is in", True)


async def test_the_message_is_changed_later(here: Scene) -> None:
    message = await posted(here)

    async def changes(interaction: Interaction) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(view=controls("Bram is in"))
        await interaction.followup.send("Welcome", ephemeral=True)

    here.answers(changes)
    outcome = await here.server.presses(here.bram, message, "I'm in")
    assert outcome.answered == "deferred update"
    await here.server.idle()
    assert here.app.raised == []
    assert [(each.text, each.private) for each in here.server.told(outcome)] == [
        ("Bram is in", False),
        ("Welcome", True),
    ]


async def test_an_ephemeral_message_stays_one(here: Scene) -> None:
    async def answers(interaction: Interaction) -> None:
        await interaction.response.send_message(view=controls(), ephemeral=True)

    outcome = await here.helped(answers)
    message = outcome.messages[0]

    async def changes(interaction: Interaction) -> None:
        assert interaction.message is not None
        assert interaction.message.flags.ephemeral
        await interaction.response.edit_message(view=controls("Changed"))

    here.answers(changes)
    await here.server.presses(here.anna, message, "I'm in")
    assert here.app.raised == []
    assert [each.text for each in here.server.ephemerals(here.anna)] == ["Changed"]
    assert here.server.sees(here.bram, here.general) == []
    with pytest.raises(ClientRefusal, match="the message is gone"):
        await here.server.presses(here.bram, message, "I'm in")


async def test_choosing(here: Scene) -> None:
    message = await posted(here)
    here.answers(says_in)
    await here.server.chooses(here.bram, message, "Fruit", ["Apple", "plum"])
    await here.server.chooses(here.bram, message, "Who", here.anna)
    await here.server.chooses(here.bram, message, "Where", "#general")
    fruit, who, where = (each["data"] for each in here.app.heard)
    assert (fruit["component_type"], fruit["custom_id"], fruit["values"]) == (3, "fruit", ["apple", "plum"])
    assert who["values"] == [here.anna.id]
    assert set(who["resolved"]) == {"users", "members"}
    assert where["values"] == list(where["resolved"]["channels"]) == [here.general.id]
    with pytest.raises(ClientRefusal, match="between 1 and 2 must be chosen, not 3"):
        await here.server.chooses(here.bram, message, "Fruit", ["Apple", "Pear", "Plum"])
    with pytest.raises(ClientRefusal, match="there is no 'Fig', only"):
        await here.server.chooses(here.bram, message, "Fruit", "Fig")


async def test_a_button_works_without_the_view(here: Scene) -> None:
    """After a restart nothing is left of the view: the raw event tells all."""
    message = await posted(here)
    seen: list[Any] = []

    async def reads(interaction: Interaction) -> None:
        assert interaction.data is not None
        seen.append((interaction.type, interaction.data.get("custom_id")))
        await says_in(interaction)

    here.answers(reads)
    await here.server.presses(here.bram, message, "join")
    assert seen == [(discord.InteractionType.component, "join")]


async def test_in_a_thread(here: Scene) -> None:
    thread = await here.server.opens_thread(here.anna, here.general, "Round")
    sent = await here.app.get_partial_messageable(int(thread.id)).send(view=controls())
    message = thread.messages[str(sent.id)]
    here.answers(says_in)
    thread.archived = True
    with pytest.raises(ClientRefusal, match="An error occurred"):
        await here.server.presses(here.bram, message, "I'm in")
    outcome = await here.server.presses(here.anna, message, "I'm in")
    assert (outcome.failed, thread.archived) == (None, False)
    thread.locked = True
    with pytest.raises(ClientRefusal, match="the thread is locked"):
        await here.server.presses(here.anna, message, "I'm in")


async def test_in_a_direct_conversation(here: Scene) -> None:
    dm = here.server.dm(here.anna)
    view = ui.View(timeout=None)
    view.add_item(ui.Button(label="Start", custom_id="start"))
    sent = await here.app.get_partial_messageable(int(dm.id)).send("Welcome", view=view)
    here.answers(says_in)
    outcome = await here.server.presses(here.anna, dm.messages[str(sent.id)], "Start")
    assert outcome.failed is None
    [body] = here.app.heard
    assert (body["user"]["id"], body["context"], body["message"]["content"]) == (here.anna.id, 1, "Welcome")
