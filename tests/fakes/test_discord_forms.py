"""Modals that are opened, filled in and sent, with the real client, as of 2026-11-26:
https://docs.discord.com/developers/components/using-modal-components"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
from discord import ui

from tests.fakes.discord.people import ClientRefusal
from tests.fakes.discord.state import Modal
from tests.fakes.discord_app import Scene, scene

Interaction = discord.Interaction[Any]


@pytest.fixture
async def here() -> AsyncIterator[Scene]:
    async with scene() as made:
        yield made


def form(**more: Any) -> ui.Modal:
    made = ui.Modal(title="Your turn", custom_id="turn:7")
    made.add_item(ui.TextDisplay("**Nobody** sees this yet"))
    given: ui.TextInput[Any] = ui.TextInput(custom_id="words", min_length=3, max_length=10, **more)
    made.add_item(ui.Label(text="Words", description="In short", component=given))
    options = [discord.RadioGroupOption(label="Yes", value="y"), discord.RadioGroupOption(label="No", value="n")]
    made.add_item(ui.Label(text="Agreed?", component=ui.RadioGroup(custom_id="agree", options=options)))
    who: ui.UserSelect[Any] = ui.UserSelect(custom_id="who", required=False, min_values=0, max_values=2)
    made.add_item(ui.Label(text="With whom?", component=who))
    made.add_item(ui.Label(text="Remind me", component=ui.Checkbox(custom_id="remind", default=True)))
    return made


async def opened(here: Scene, **more: Any) -> Modal:
    async def opens(interaction: Interaction) -> None:
        await interaction.response.send_modal(form(**more))

    outcome = await here.helped(opens)
    assert outcome.answered == "modal"
    modal = here.server.modal(here.anna)
    assert modal is not None
    assert modal is outcome.modal
    here.app.frames.clear()
    return modal


async def thanks(interaction: Interaction) -> None:
    await interaction.response.send_message("Thanks", ephemeral=True)


async def test_what_stands_in_it(here: Scene) -> None:
    modal = await opened(here, default="Hello")
    assert here.server.modal_text(modal) == (
        "Your turn\nNobody sees this yet\nWords\nIn short\nAgreed?\nWith whom?\nRemind me"
    )
    found = here.server.modal_fields(modal)
    assert {label: each["value"] for label, each in found.items()} == {
        "Words": "Hello",
        "Agreed?": None,
        "With whom?": [],
        "Remind me": True,
    }
    assert found["Agreed?"]["options"] == {"y": "Yes", "n": "No"}
    assert [each["required"] for each in found.values()] == [True, True, False, True]
    assert found["Words"]["description"] == "In short"


async def test_sending(here: Scene) -> None:
    modal = await opened(here)
    here.answers(thanks)
    filled = {"Words": "A step", "Agreed?": "Yes", "With whom?": [here.bram], "Remind me": False}
    outcome = await here.server.submits(here.anna, modal, filled)
    assert (outcome.failed, outcome.errors) == (None, {})
    assert here.server.modal(here.anna) is None
    [body] = here.app.heard
    assert body["type"] == 5
    assert "message" not in body
    data = body["data"]
    assert data["custom_id"] == "turn:7"
    assert data["components"] == [
        {"type": 10, "id": 1},
        {"type": 18, "id": 2, "component": {"type": 4, "id": 3, "custom_id": "words", "value": "A step"}},
        {"type": 18, "id": 4, "component": {"type": 21, "id": 5, "custom_id": "agree", "value": "y"}},
        {"type": 18, "id": 6, "component": {"type": 5, "id": 7, "custom_id": "who", "values": [here.bram.id]}},
        {"type": 18, "id": 8, "component": {"type": 23, "id": 9, "custom_id": "remind", "value": False}},
    ]
    assert set(data["resolved"]) == {"users", "members"}
    with pytest.raises(ClientRefusal, match="not open"):
        await here.server.submits(here.anna, modal)


async def test_the_client_looks_first(here: Scene) -> None:
    modal = await opened(here)
    outcome = await here.server.submits(here.anna, modal, {"Words": "xx"})
    assert outcome.checked
    assert outcome.errors == {"Words": "Must be between 3 and 10 in length.", "Agreed?": "This field is required"}
    assert here.app.heard == []
    assert here.server.modal(here.anna) is modal
    with pytest.raises(ClientRefusal, match=r"Agreed\?: there is no 'Maybe', only"):
        here.server.fills(here.anna, modal, {"Agreed?": "Maybe"})
    with pytest.raises(ClientRefusal, match="there is no field 'Title', only"):
        here.server.fills(here.anna, modal, {"Title": "x"})
    with pytest.raises(ClientRefusal, match="a short field has one line"):
        here.server.fills(here.anna, modal, {"Words": "a\nb"})
    with pytest.raises(ClientRefusal, match="at most 2 can be chosen"):
        here.server.fills(here.anna, modal, {"With whom?": [here.anna, here.bram, here.server.app.bot]})


async def test_nothing_in_time(here: Scene) -> None:
    modal = await opened(here)
    here.app.answer = None
    outcome = await here.server.submits(here.anna, modal, {"Words": "A step", "Agreed?": "No"})
    assert outcome.failed == "Something went wrong. Try again."
    # what was typed is not lost
    assert here.server.modal(here.anna) is modal
    assert here.server.modal_fields(modal)["Words"]["value"] == "A step"


async def test_closing(here: Scene) -> None:
    modal = await opened(here)
    await here.server.closes(here.anna, modal)
    assert here.server.modal(here.anna) is None
    assert here.app.heard == []


async def test_a_modal_does_not_answer_a_modal(here: Scene) -> None:
    """ "Not available for MODAL_SUBMIT"."""
    modal = await opened(here)

    async def opens(interaction: Interaction) -> None:
        await interaction.response.send_modal(form())

    here.answers(opens)
    outcome = await here.server.submits(here.anna, modal, {"Words": "A step", "Agreed?": "No"})
    assert outcome.refused == ["type [BASE_TYPE_CHOICES] Value must be one of {4, 5}."]


async def test_no_modal_after_deferring(here: Scene) -> None:
    async def defers(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        try:
            await discord.InteractionResponse(interaction).send_modal(form())
        finally:
            await interaction.edit_original_response(content="Done")

    outcome = await here.helped(defers)
    await here.server.idle()
    assert outcome.refused == ["40060 Interaction has already been acknowledged."]
    assert here.server.modal(here.anna) is None


async def test_a_modal_that_is_too_long(here: Scene) -> None:
    async def opens(interaction: Interaction) -> None:
        made = form()
        made.title = "x" * 46
        await interaction.response.send_modal(made)

    outcome = await here.helped(opens)
    assert outcome.refused == ["data.title [BASE_TYPE_BAD_LENGTH] Must be between 1 and 45 in length."]
    assert here.server.modal(here.anna) is None


async def test_a_modal_from_a_button_changes_its_message(here: Scene) -> None:
    async def asks(interaction: Interaction) -> None:
        view = ui.View(timeout=None)
        view.add_item(ui.Button(label="Write", custom_id="write"))
        await interaction.response.send_message("Well?", view=view)

    message = (await here.helped(asks)).messages[0]

    async def opens(interaction: Interaction) -> None:
        await interaction.response.send_modal(form())

    here.answers(opens)
    modal = (await here.server.presses(here.bram, message, "Write")).modal
    assert modal is not None
    with pytest.raises(ClientRefusal, match="not open"):
        await here.server.submits(here.anna, modal)

    async def changes(interaction: Interaction) -> None:
        await interaction.response.edit_message(content="Written", view=None)

    here.answers(changes)
    await here.server.submits(here.bram, modal, {"Words": "A step", "Agreed?": "No"})
    assert here.app.heard[-1]["message"]["id"] == message.id
    [shown] = here.server.sees(here.anna, here.general)
    assert (shown.text, shown.buttons) == ("Written", ())


async def test_a_modal_gives_way_to_the_next(here: Scene) -> None:
    first = await opened(here)
    second = await opened(here)
    assert here.server.modal(here.anna) is second
    with pytest.raises(ClientRefusal, match="not open"):
        await here.server.submits(here.anna, first)
