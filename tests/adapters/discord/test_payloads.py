"""The fake Discord sends what the payloads beside this file hold, field by field: so both stay equally real."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from aiohttp import ClientSession

from adapters.discord.commands import payload as commands
from bot.features import gather
from tests.adapters.discord import test_happened, test_inbound
from tests.adapters.discord.acting import ACTS, Stage
from tests.adapters.discord.test_happened import payload
from tests.fakes.discord_listening import listening
from tests.fakes.discord_server import DiscordServer

FREE = {"components", "options", "resolved", "tags", "roles"}
"""What depends on what the app sent, or on how many of a kind there are."""
MORE = {"nonce", "display_name_styles", "unusual_dm_activity_until"}
"""What Discord says besides, and nobody reads."""
ONLY_SAMPLES = {
    # the same fields as another one, with other words in them
    "message_create_markup", "message_create_light", "message_create_of_another_bot", "guild_member_add_bot",
    "guild_member_remove_bot", "guild_member_update_host", "guild_member_update_screened",
    "interaction_command_person", "interaction_menu_on_another_bot", "interaction_button_of_another_kring",
    "message_reaction_add_own_emoji", "message_reaction_add_of_kring", "message_update_of_kring", "channel_create",
    # what nobody does in the fake Discord
    "message_create_of_a_webhook", "message_create_join", "message_create_file", "message_update_unfurled",
    "thread_list_sync",
}  # fmt: skip


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with DiscordServer(limits=False, patience=0.1) as discord:
        discord.commands.replace("", commands(gather().offered.commands))
        discord.server("De Regenboog")
        async with listening(discord) as app, ClientSession() as session:
            yield Stage(discord, app, session)


@pytest.mark.parametrize("name", ACTS)
async def test_the_fake_discord_sends_the_same_fields(stage: Stage, name: str) -> None:
    await ACTS[name](stage)
    await stage.discord.idle()
    sample = payload(name)
    sent = stage.app.events(sample["t"])
    assert sent, f"nothing of the kind was sent, only {stage.app.names}"
    fields, wanted = set(_fields(sent[-1])), set(_fields(sample["d"]))
    assert not {each for each in wanted - fields if each.rpartition(".")[2] not in MORE}
    assert not fields - wanted


def test_every_payload_is_compared_or_says_why_not() -> None:
    there = {path.stem for path in test_happened.PAYLOADS.glob("*.json")}
    assert {*ACTS, *ONLY_SAMPLES} == there


def test_every_payload_is_understood_by_a_test() -> None:
    there = {path.stem for path in test_happened.PAYLOADS.glob("*.json")}
    alone = {
        "message_create_direct",
        "message_create_own_ephemeral",
        "guild_member_update",
        "guild_member_update_screened",
    }
    assert {*test_happened.EVENTS, *test_inbound.EVENTS, *test_inbound.OTHERS, *alone} == there


def _fields(part: Any, path: str = "") -> Iterator[str]:
    """The paths of all fields, as far as Discord decides on them."""
    match part:
        case dict():
            for name, value in part.items():
                yield f"{path}.{name}"
                if name not in FREE:
                    yield from _fields(value, f"{path}.{name}")
        case [first, *_]:
            yield from _fields(first, f"{path}[]")
