"""`kring doctor` on the app: its intents, its commands, and what its maker set at the developer portal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from adapters.discord.commands import payload
from tests.adapters.discord.examined import COMMANDS, SWITCH, by_the_link, given, looks, notes, wrong
from tests.fakes.discord_server import DiscordServer


@pytest.fixture
async def discord() -> AsyncIterator[DiscordServer]:
    async with by_the_link() as discord:
        yield discord


@pytest.mark.parametrize(
    ("setting", "intent", "name"),
    [("MESSAGE_CONTENT", "message_content", "Message Content Intent"), ("MEMBERS", "members", "Server Members Intent")],
)
async def test_an_intent(discord: DiscordServer, setting: str, intent: str, name: str) -> None:
    full = given(discord, **{setting: "true"})
    (found,) = wrong(await looks(full))
    assert found.startswith(f'[discord] {setting.lower()} = true needs the "{name}": switch it on at {SWITCH}')
    discord.app.intents_allowed = {intent}
    found_now = await looks(full)
    assert wrong(found_now) == []
    assert not any("light mode" in each or name in each for each in notes(found_now))
    light = await looks(given(discord))
    assert wrong(light) == []
    (said,) = [each for each in notes(light) if name in each]
    assert said.startswith(f'the "{name}" is switched on and not used ([discord] {setting.lower()} = false)')
    assert said.endswith("it could be switched off: " + SWITCH + " -> your app -> Bot -> Privileged Gateway Intents")


async def test_presence_is_never_used(discord: DiscordServer) -> None:
    discord.app.intents_allowed = {"presences"}
    found = await looks(given(discord))
    assert wrong(found) == []
    assert any(each.startswith('the "Presence Intent" is switched on and not used') for each in notes(found))


async def test_commands_of_another_kring(discord: DiscordServer) -> None:
    discord.commands.replace("", [each | {"description": "Older"} for each in payload(COMMANDS)[:1]])
    (found,) = wrong(await looks(given(discord)))
    assert found.startswith("the commands at Discord are not those of this Kring; start `kring run` again")
    discord.commands.replace("", [])
    found_now = await looks(given(discord))
    assert wrong(found_now) == []
    assert "the commands are not there yet; `kring run` registers them when it starts" in notes(found_now)


@pytest.mark.parametrize(
    ("name", "value", "sentence", "place"),
    [
        (
            "interactions_endpoint_url",
            "https://kring.example.org/interactions",
            "Discord sends commands and buttons to an Interactions Endpoint URL, so Kring hears none of them",
            "General Information",
        ),
        (
            "bot_require_code_grant",
            True,
            "the app asks for an OAuth2 code grant, so the link lets nobody in; switch it off",
            "Bot",
        ),
        (
            "integration_types_config",
            {"1": {}},
            "servers cannot install the app; tick Guild Install",
            "Installation -> Installation Contexts",
        ),
    ],
)
async def test_what_stands_in_the_way(discord: DiscordServer, name: str, value: Any, sentence: str, place: str) -> None:
    discord.world.portal[name] = value
    (found,) = wrong(await looks(given(discord)))
    assert found.startswith(sentence)
    assert found.endswith(f": {SWITCH} -> your app -> {place}")
