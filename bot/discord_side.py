"""Discord's side of the house: what it takes to send there, and to hear what comes from there."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from adapters.discord import PLATFORM
from adapters.discord.acting import Acting
from adapters.discord.answers import Answers
from adapters.discord.calling import Calling
from adapters.discord.commands import payload
from adapters.discord.connect import Connection
from adapters.discord.gaps import Gaps
from adapters.discord.happened import Happened
from adapters.discord.hearing import Hearing
from adapters.discord.login import proxy_for, rest
from adapters.discord.members import Members
from adapters.discord.missed import Missed
from adapters.discord.outbound import DiscordPlatform
from adapters.discord.pace import Pace
from adapters.discord.places import MOST, Places
from adapters.discord.servers import Servers
from adapters.discord.steps import Steps
from adapters.discord.suggesting import Suggesting
from adapters.discord.sync import patiently_synced
from adapters.discord.whose import Whose
from adapters.discord.window import Window

if TYPE_CHECKING:
    from aiohttp import web

    from bot.chat.names import Account
    from bot.compose import Kring
    from bot.settings import Discord, Settings
    from storage.store import Store


SOON = 2.0
"""Seconds after the beginning of a session within which most of its servers have come."""


@asynccontextmanager
async def discord_side(
    settings: Settings, store: Store, *, now: Callable[[], datetime], tempo: float
) -> AsyncIterator[DiscordSide]:
    """`tempo` makes the pace so many times faster, for a Discord that is. Raises SettingsFault when Discord does not
    know the token.
    """
    discord, places = settings.discord, Places()
    pace = Pace(time.monotonic, places, tempo)
    async with rest(_token(discord), discord.api_url, discord.gateway_url, proxy_for(discord.api_url)) as client:
        calling = Calling(client, pace, now, Window(time.monotonic, tempo))
        yield DiscordSide(discord, store, calling, places, pace, now, tempo)


class DiscordSide:
    """`connection`, `hearing` and `gaps` are there while it is `heard`."""

    name = PLATFORM
    connection: Connection
    hearing: Hearing
    gaps: Gaps

    def __init__(
        self,
        settings: Discord,
        store: Store,
        calling: Calling,
        places: Places,
        pace: Pace,
        now: Callable[[], datetime],
        tempo: float,
    ) -> None:
        self.servers = Servers()
        self.platform = DiscordPlatform(calling, self.servers, places, pace, now, unreachable=self._look_for)
        self._members = Members(calling, self.servers, now)
        self._settings = settings
        self._store = store
        self._calling = calling
        self._places = places
        self._pace = pace
        self._now = now
        self._tempo = tempo

    @asynccontextmanager
    async def heard(self, kring: Kring) -> AsyncIterator[Iterable[web.AbstractRouteDef]]:
        """What comes goes to the door. Discord calls nobody: there is nothing to serve for it."""
        calling, servers, now = self._calling, self.servers, self._now
        happened = Happened(servers, calling.me, reads=self._settings.message_content)
        forms = Steps(self._store, now)
        async with AsyncExitStack() as stack:
            acting = Acting(
                kring.door,
                calling,
                happened=happened,
                servers=servers,
                members=self._members,
                places=self._places,
                whose=Whose(self._store, servers, self._members),
                answers=Answers(calling, forms, servers),
                forms=forms,
                suggesting=Suggesting(kring.door),
                now=now,
            )
            self.hearing = Hearing(
                kring.door, acting, happened=happened, servers=servers, members=self._members, now=now
            )
            stack.push_async_callback(self.hearing.close)
            tell, sees = self.hearing.tell, self._settings.members
            missed = Missed(self._store, calling, self._pace, servers, happened, tell, now, sees_members=sees)
            self.gaps = Gaps(self._store, missed, servers, now)
            self.hearing.mind(self.gaps)
            stack.push_async_callback(self.gaps.close)
            self.connection = Connection(
                _token(self._settings),
                self.hearing,
                calling.flags,
                message_content=self._settings.message_content,
                members=self._settings.members,
                proxy=proxy_for(self._settings.gateway_url),
                quick=self._tempo,
            )
            self._sync = partial(patiently_synced, calling, payload(kring.offered.commands), self._tempo)
            yield ()

    async def start(self) -> None:
        for account, channel in (await self._store.directs(PLATFORM, MOST)).items():
            self._places.keep(account, channel)
        await self.gaps.start()
        await self._sync()
        await self.connection.start()
        await self.gaps.arrived(SOON)  # so that what is told of them is not that there is none

    async def stop(self) -> None:
        await self.connection.stop()

    def _look_for(self, account: Account) -> None:
        if hasattr(self, "hearing"):  # else the next letter that is refused tells
            self.hearing.look_for(account)

    async def is_well(self) -> bool:
        return self.connection.is_up

    async def told(self, url: str) -> str:
        """Where it listens, in words."""
        names = ", ".join(sorted(server.name for server in self.servers.all())) or "no server yet"
        modes = [
            name for name, on in (("words", self._settings.message_content), ("members", self._settings.members)) if on
        ]
        return f"Discord ({names}; {'full mode: ' + ' and '.join(modes) if modes else 'light mode'})"


def _token(settings: Discord) -> str:
    return settings.token.get_secret_value() if settings.token is not None else ""
