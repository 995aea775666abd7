"""A Discord that `kring doctor` looks at, and what it finds there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.discord.commands import payload
from adapters.discord.doctor import examine
from adapters.discord.invite import permissions
from adapters.found import Found
from bot.compose import utc_now
from bot.features import gather
from bot.loading import load
from tests.fakes.discord_server import DiscordServer

COMMANDS = gather().offered.commands
SWITCH = "discord.com/developers/applications"


@asynccontextmanager
async def by_the_link() -> AsyncIterator[DiscordServer]:
    """With one server, where Kring came in by its own link, and @everyone may do nothing."""
    async with DiscordServer(intents_allowed=(), limits=False) as discord:
        discord.commands.replace("", payload(COMMANDS))
        server = discord.server("De Regenboog", rights=permissions())
        server.everyone.permissions = 0
        yield discord


def given(discord: DiscordServer, **more: str) -> dict[str, str]:
    """The environment of a house where all is well."""
    here = {
        "KRING_DISCORD__TOKEN": discord.app.token,
        "KRING_DISCORD__API_URL": discord.api_url,
        "KRING_DISCORD__GATEWAY_URL": discord.gateway_url,
    }
    return here | {f"KRING_DISCORD__{name}": value for name, value in more.items()}


async def looks(environment: dict[str, str], homes: dict[str, str] | None = None) -> list[Found]:
    return await examine(load(None, environment), COMMANDS, homes={} if homes is None else homes, now=utc_now)


def wrong(found: list[Found]) -> list[str]:
    assert any(each.wrong for each in found) != (found[0].words == "fine")
    return [each.words for each in found if each.wrong]


def notes(found: list[Found]) -> list[str]:
    return [each.words for each in found if not each.wrong]
