"""First answers, `@original` and follow-ups, with the real client, as of 2026-11-26:
https://docs.discord.com/developers/interactions/receiving-and-responding#responding-to-an-interaction"""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import discord
import pytest
from discord import ui

from tests.fakes.discord.state import COMPONENTS_V2, EPHEMERAL, LOADING
from tests.fakes.discord_app import Scene, scene

Interaction = discord.Interaction[Any]


@pytest.fixture
async def here() -> AsyncIterator[Scene]:
    async with scene() as made:
        yield made


def layout(words: str) -> ui.LayoutView:
    view = ui.LayoutView()
    view.add_item(ui.TextDisplay(words))
    return view


async def test_a_second_answer_is_refused(here: Scene) -> None:
    async def twice(interaction: Interaction) -> None:
        await interaction.response.send_message("One", ephemeral=True)
        again = discord.InteractionResponse(interaction)
        await again.send_message("Two")

    outcome = await here.helped(twice)
    await here.server.idle()
    [error] = here.app.raised
    assert isinstance(error, discord.HTTPException)
    assert error.code == 40060
    assert outcome.refused == ["40060 Interaction has already been acknowledged."]
    assert [each.text for each in here.server.told(outcome)] == ["One"]


async def test_an_answer_that_is_refused_can_be_given_anew(here: Scene) -> None:
    async def long_then_short(interaction: Interaction) -> None:
        try:
            await interaction.response.send_message("x" * 2001)
        except discord.HTTPException:
            await interaction.response.send_message("x")

    outcome = await here.helped(long_then_short)
    assert outcome.refused == ["data.content [BASE_TYPE_MAX_LENGTH] Must be 2000 or fewer in length."]
    assert [each.text for each in here.server.told(outcome)] == ["x"]


async def test_an_empty_answer(here: Scene) -> None:
    async def empty(interaction: Interaction) -> None:
        await interaction.response.send_message("")

    outcome = await here.helped(empty)
    assert outcome.refused == ["50006 Cannot send an empty message"]
    assert outcome.failed == "The application did not respond"


async def test_thinking_and_then_a_layout(here: Scene) -> None:
    """ "Edit original response": only there may a deferred answer become a layout."""
    seen: list[int] = []

    async def thinks(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        [waiting] = here.server.ephemerals(here.anna)
        assert waiting.loading
        seen.append(waiting.message.flags)
        await interaction.edit_original_response(view=layout("Done"))

    outcome = await here.helped(thinks)
    assert outcome.answered == "deferred"
    await here.server.idle()
    [shown] = here.server.told(outcome)
    assert (shown.text, shown.loading, shown.private, shown.edited) == ("Done", False, True, False)
    assert seen == [EPHEMERAL | LOADING]
    assert shown.message.flags == EPHEMERAL | COMPONENTS_V2
    assert here.app.raised == []


async def test_idle_waits_for_who_thinks(here: Scene) -> None:
    async def thinks(interaction: Interaction) -> None:
        await interaction.response.defer(thinking=True)

    await here.helped(thinks)
    with pytest.raises(TimeoutError, match="of Anna"):
        await here.server.idle(0.1)


async def test_the_first_follow_up_fills_in_what_was_deferred(here: Scene) -> None:
    """ "The ephemeral flag will be ignored, and the value you provided in the initial defer response … preserved"."""

    async def thinks(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send("Done", ephemeral=False)
        await interaction.followup.send("And more", ephemeral=False)

    outcome = await here.helped(thinks)
    await here.server.idle()
    told = [(each.text, each.private) for each in here.server.told(outcome)]
    assert told == [("Done", True), ("And more", False)]
    assert [each.text for each in here.server.sees(here.bram, here.general)] == ["And more"]


async def test_follow_ups_are_changed_and_deleted(here: Scene) -> None:
    async def follows(interaction: Interaction) -> None:
        await interaction.response.send_message("One", ephemeral=True)
        second = await interaction.followup.send("Two", ephemeral=True, wait=True)
        third = await interaction.followup.send("Three", ephemeral=True, wait=True)
        await second.edit(content="Changed")
        await third.delete()
        await interaction.edit_original_response(content="First")
        with pytest.raises(discord.NotFound) as refusal:
            await third.edit(content="x")
        assert refusal.value.code == 10008

    await here.helped(follows)
    await here.server.idle()
    assert here.app.raised == []
    shown = here.server.ephemerals(here.anna)
    assert [(each.text, each.edited) for each in shown] == [("First", True), ("Changed", True)]


async def test_the_original_is_deleted(here: Scene) -> None:
    async def deletes(interaction: Interaction) -> None:
        await interaction.response.send_message("One", ephemeral=True)
        await interaction.delete_original_response()
        with pytest.raises(discord.NotFound):
            await interaction.original_response()

    await here.helped(deletes)
    await here.server.idle()
    assert here.app.raised == []
    assert here.server.ephemerals(here.anna) == []


async def test_no_follow_up_before_the_first_answer(here: Scene) -> None:
    async def hastes(interaction: Interaction) -> None:
        with pytest.raises(discord.NotFound) as refusal:
            await interaction.followup.send("x")
        assert refusal.value.code == 10015
        await interaction.response.send_message("Now", ephemeral=True)

    outcome = await here.helped(hastes)
    assert here.app.raised == []
    assert outcome.refused == ["10015 Unknown Webhook"]


async def test_a_token_works_for_fifteen_minutes() -> None:
    now = [1_800_000_000.0]
    async with scene(wall=lambda: now[0]) as here:
        kept: list[Interaction] = []

        async def keeps(interaction: Interaction) -> None:
            kept.append(interaction)
            await interaction.response.send_message("One", ephemeral=True)

        await here.helped(keeps)
        now[0] += 15 * 60 - 1
        await kept[0].followup.send("In time", ephemeral=True)
        now[0] += 1
        with pytest.raises(discord.HTTPException) as refusal:
            await kept[0].followup.send("Late", ephemeral=True)
        assert (refusal.value.status, refusal.value.code) == (401, 50027)
        assert [each.text for each in here.server.ephemerals(here.anna)] == ["One", "In time"]


async def test_a_file_comes_along(here: Scene) -> None:
    async def draws(interaction: Interaction) -> None:
        file = discord.File(io.BytesIO(b"png"), "x.png", description="A chart")
        view = ui.LayoutView()
        view.add_item(ui.MediaGallery(discord.MediaGalleryItem(file)))
        await interaction.response.send_message(view=view, file=file, ephemeral=True)

    outcome = await here.helped(draws)
    assert here.app.raised == []
    [shown] = here.server.told(outcome)
    [file] = shown.files
    assert (file.filename, file.content, file.description) == ("x.png", b"png", "A chart")


async def test_a_picture_that_did_not_come_along(here: Scene) -> None:
    async def draws(interaction: Interaction) -> None:
        view = ui.LayoutView()
        view.add_item(ui.MediaGallery(discord.MediaGalleryItem("attachment://x.png")))
        await interaction.response.send_message(view=view)

    outcome = await here.helped(draws)
    [fault] = outcome.refused
    assert fault.startswith("data.components.0.items.0.media.url [UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND]")


@pytest.mark.parametrize("kind", [1, 6, 7, 8, 10, "4"])
async def test_answers_that_a_command_cannot_have(here: Scene, kind: int | str) -> None:
    """ "Only valid for component-based interactions"; choices are for autocomplete."""

    async def answers(interaction: Interaction) -> None:
        url = f"{here.server.api_url}/interactions/{interaction.id}/{interaction.token}/callback"
        async with aiohttp.ClientSession() as session, session.post(url, json={"type": kind}) as response:
            assert response.status == 400
            body = await response.json()
        said = {"code": "BASE_TYPE_CHOICES", "message": "Value must be one of {4, 5, 9}."}
        assert body == {"code": 50035, "message": "Invalid Form Body", "errors": {"type": {"_errors": [said]}}}

    outcome = await here.helped(answers)
    assert here.app.raised == []
    assert outcome.refused == ["type [BASE_TYPE_CHOICES] Value must be one of {4, 5, 9}."]


async def test_a_deferred_answer_takes_no_flag_but_one(here: Scene) -> None:
    """ "The only valid message flag you may use is EPHEMERAL"."""

    async def answers(interaction: Interaction) -> None:
        url = f"{here.server.api_url}/interactions/{interaction.id}/{interaction.token}/callback"
        body = {"type": 5, "data": {"flags": EPHEMERAL | COMPONENTS_V2}}
        async with aiohttp.ClientSession() as session, session.post(url, json=body) as response:
            assert response.status == 400

    outcome = await here.helped(answers)
    assert here.app.raised == []
    assert outcome.refused == ["data.flags [BITFIELD_TYPE_INVALID] Only EPHEMERAL can be set on a deferred response"]


async def test_content_gives_way_to_a_layout(here: Scene) -> None:
    """What stood there must be emptied: https://github.com/discord/discord-api-docs/issues/7500"""

    async def answers(interaction: Interaction) -> None:
        await interaction.response.send_message("Words", ephemeral=True)
        with pytest.raises(discord.HTTPException, match="'content' field cannot be used"):
            await interaction.edit_original_response(view=layout("Layout"))
        await interaction.edit_original_response(content=None, view=layout("Layout"))
        with pytest.raises(discord.HTTPException, match="'content' field cannot be used"):
            await interaction.edit_original_response(content="Words", view=None)

    await here.helped(answers)
    await here.server.idle()
    assert here.app.raised == []
    assert [each.text for each in here.server.ephemerals(here.anna)] == ["Layout"]


async def test_the_app_overhears_its_own_whispers(here: Scene) -> None:
    """As if they were direct: https://github.com/discord/discord-api-docs/issues/4557"""

    async def answers(interaction: Interaction) -> None:
        await interaction.response.send_message("Psst", ephemeral=True)
        await interaction.followup.send("All", ephemeral=False)

    await here.helped(answers)
    await here.server.idle()
    whisper, said = here.app.events("MESSAGE_CREATE")
    assert (whisper["content"], "guild_id" in whisper) == ("Psst", False)
    assert (said["content"], said["guild_id"]) == ("All", here.school.id)


async def test_in_a_thread_that_fell_asleep(here: Scene) -> None:
    thread = await here.server.opens_thread(here.anna, here.general, "Round")
    kept: list[Interaction] = []

    async def answers(interaction: Interaction) -> None:
        kept.append(interaction)
        await interaction.response.send_message("One")

    here.answers(answers)
    await here.server.calls(here.anna, thread, "/help")
    thread.archived = True
    with pytest.raises(discord.HTTPException) as refusal:
        await kept[0].edit_original_response(content="Two")
    assert refusal.value.code == 50083
    await kept[0].followup.send("Three")
    assert not thread.archived
    thread.archived = thread.locked = True
    with pytest.raises(discord.HTTPException) as refusal:
        await kept[0].followup.send("Four")
    assert refusal.value.code == 50083


async def test_files_come_and_go_on_an_edit(here: Scene) -> None:
    async def answers(interaction: Interaction) -> None:
        await interaction.response.send_message("One", file=discord.File(io.BytesIO(b"a"), "a.txt"), ephemeral=True)
        original = await interaction.original_response()
        await original.add_files(discord.File(io.BytesIO(b"b"), "b.txt"))
        assert [each.filename for each in here.server.ephemerals(here.anna)[0].files] == ["a.txt", "b.txt"]
        await original.edit(attachments=[])

    await here.helped(answers)
    await here.server.idle()
    assert here.app.raised == []
    [shown] = here.server.ephemerals(here.anna)
    assert (shown.text, shown.files) == ("One", ())
