"""The sending half of the adapter alone, against a small school in Discord: nothing listens here."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.discord.calling import Calling
from adapters.discord.login import rest
from adapters.discord.outbound import DiscordPlatform
from adapters.discord.pace import Pace
from adapters.discord.places import Places
from adapters.discord.servers import Servers
from bot.chat.actions import Action
from bot.chat.messages import Message, Words, message
from bot.chat.names import Account, Channel, Space
from bot.chat.text import plain
from bot.ports import Posted, Sent
from tests.fakes.discord import state
from tests.fakes.discord_server import DiscordServer

TEMPO = 1000.0
ABOUT = Action("round.header", "r1")
HELLO = message(Words(plain("hello")))


def long(parts: int) -> Message:
    """So much that Discord takes it in so many messages."""
    return message(*(Words(plain(f"{number} " + "waiting a little " * 200)) for number in range(parts)))


@dataclass
class Clock:
    """Goes with real time, and ahead of it when somebody says so."""

    ahead: timedelta = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class School:
    discord: DiscordServer
    platform: DiscordPlatform
    calling: Calling
    places: Places
    servers: Servers
    guild: state.Guild
    anna: state.Person
    bram: state.Person
    practice: state.Channel
    clock: Clock = field(default_factory=Clock)

    @property
    def space(self) -> Space:
        return Space("discord", self.guild.id)

    @property
    def channel(self) -> Channel:
        return Channel(self.space, self.practice.id)

    def person(self, who: state.Person | None = None) -> Account:
        return Account(self.space, (who or self.anna).id)

    def target(self, sent: Sent, thread: str | None = None) -> Posted:
        assert sent.message is not None
        return Posted(ABOUT, self.channel, sent.message, thread, sent.more)

    def texts(self, where: Any = None, who: state.Person | None = None) -> list[str]:
        """What Kring wrote there, as somebody reads it."""
        shown = self.discord.sees(who or self.anna, where or self.practice)
        return [each.text for each in shown if each.author == "Kring"]

    def since(self) -> datetime:
        return self.clock.now() - timedelta(seconds=5)


@asynccontextmanager
async def school(before: Callable[[DiscordServer], object] = lambda _: None, **more: Any) -> AsyncIterator[School]:
    """`before` is done to Discord before Kring logs in; `more` goes to the fake server."""
    clock = Clock()
    async with DiscordServer(tempo=TEMPO, wall=lambda: clock.now().timestamp(), **more) as discord:
        guild = discord.server("De Regenboog")
        anna, bram = discord.person(guild, "Anna"), discord.person(guild, "Bram")
        practice = discord.channel(guild, "practice")
        before(discord)
        places, servers = Places(), Servers()
        pace = Pace(time.monotonic, places, TEMPO)
        async with rest(discord.app.token, discord.api_url, discord.gateway_url) as client:
            calling = Calling(client, pace, clock.now)
            platform = DiscordPlatform(calling, servers, places, pace, clock.now)
            yield School(discord, platform, calling, places, servers, guild, anna, bram, practice, clock)
