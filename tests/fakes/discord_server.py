"""A small real Discord for the real discord.py client, on a free loopback port, strict as the real one.

    async with DiscordServer(tempo=100) as discord:
        school = discord.server("De Regenboog")               # the app is in it
        anna = discord.person(school, "Anna", locale="nl")
        general = discord.channel(school, "general")
        ... start the app with discord.api_url, discord.gateway_url, discord.app.token ...
        await discord.says(anna, general, "Hello @Kring")
        await discord.idle()                                  # nothing undelivered, nobody waits for an answer
        discord.sees(anna, general)                           # -> list[Shown], newest last

Where things are: what people do with messages is in `discord/people.py`, coming and going and what moderators do in
`discord/membership.py`, threads in `discord/threads.py`, commands in `discord/calling.py`, buttons, selects and modals
in `discord/pressing.py`, what they see in `discord/looking.py`. Who and what is there is in `discord/state.py`. The
REST API is in `discord/rest.py` and `discord/routes_*.py`, its speed limits in `discord/pacing.py`, who may do what in
`discord/permissions.py`; the gateway is in `discord/gateway.py` (`identifying.py`, `sessions.py`, `links.py`,
`events.py`); how messages come to stand somewhere in `discord/posting.py`, threads in `discord/opening.py`; answers to
interactions in `discord/responses.py`; what goes wrong on demand in `discord/mishaps.py`.

People, channels and servers may be named by object or by id (a string, or the number that discord.py has). Acts that
the app must answer return an `Outcome`; other acts return at once, and their events are on the way
(`await discord.idle()`).

Every rule follows docs.discord.com as of 2026-11-26. Where the page says nothing, the comment says what was taken.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.fakes.discord import (
    routes_app,
    routes_channels,
    routes_commands,
    routes_guilds,
    routes_interactions,
    routes_messages,
    routes_reactions,
    routes_threads,
)
from tests.fakes.discord.answering import Answering
from tests.fakes.discord.commands import Commands
from tests.fakes.discord.counters import Counters
from tests.fakes.discord.events import Events
from tests.fakes.discord.gateway import Gateway
from tests.fakes.discord.looking import Looking
from tests.fakes.discord.mishaps import Chances
from tests.fakes.discord.opening import Opening
from tests.fakes.discord.pacing import Pacing
from tests.fakes.discord.posting import Posting
from tests.fakes.discord.pressing import Pressing
from tests.fakes.discord.responses import Responses
from tests.fakes.discord.rest import VERSION, Rest
from tests.fakes.discord.state import Message
from tests.fakes.discord.world import World
from tests.fakes.mishaps import Mishaps
from tests.fakes.overheard import Ear

FAMILIES = (
    routes_app,
    routes_channels,
    routes_guilds,
    routes_messages,
    routes_reactions,
    routes_threads,
    routes_commands,
    routes_interactions,
)
"""Where the routes of the REST API are."""


class DiscordServer(Pressing, Looking):
    """One Discord with one app.

    `intents_allowed` are the privileged intents that are switched on at the start (`members`, `message_content`,
    `presences`); `discord.app.intents_allowed` can be changed later. `tempo` multiplies every speed limit; `limits`
    off: none at all. `wall` is the time that is written on things and in ids; what Discord measures in seconds
    (interactions, sessions, limits) goes by real time. `patience` is how long a first answer to an interaction may
    take, `heartbeat` the seconds between two heartbeats.
    """

    def __init__(
        self,
        *,
        intents_allowed: Iterable[str] = ("members", "message_content"),
        tempo: float = 1.0,
        limits: bool = True,
        wall: Callable[[], float] = time.time,
        seed: int = 0,
        heartbeat: float = 41.25,
        patience: float = 3.0,
    ) -> None:
        self.counters = Counters()
        self.mishaps = Mishaps(seed, Chances)
        self.ear = Ear()
        self.world = World(wall, intents_allowed)
        self.app = self.world.app
        self.wall = wall
        self.patience = patience
        self.pacing = Pacing(tempo, limits)
        self.gateway = Gateway(self, heartbeat=heartbeat)
        self.events = Events(self)
        self.posting = Posting(self)
        self.opening = Opening(self)
        self.rest = Rest(self)
        self.on_the_way: list[Callable[[], list[str]]] = []
        """Each names what it still waits for (`interaction 123 of Anna`); `idle` waits until all are empty."""
        self.commands = Commands(self.world)
        self.responses = Responses(self, patience=patience)
        self.answering = Answering(self)
        self.address = ""
        self._runner: web.AppRunner | None = None

    @property
    def api_url(self) -> str:
        """`http://127.0.0.1:PORT/api/v10`: discord.py's Route.BASE, `[discord] api_url` in the configuration."""
        return self.address + VERSION

    @property
    def gateway_url(self) -> str:
        """`ws://127.0.0.1:PORT/gw`: DiscordWebSocket.DEFAULT_GATEWAY, `[discord] gateway_url`."""
        return self.address.replace("http://", "ws://") + "/gw"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
        if error is None and self.rest.faults:
            raise self.rest.faults[0]

    async def start(self, port: int = 0) -> None:
        routes = web.Application(client_max_size=64 * 1024 * 1024)
        self.rest.mount(routes)
        self.gateway.mount(routes)
        self._runner = web.AppRunner(routes, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        if self._runner is not None:
            # nobody comes in any more; then those inside leave
            for site in list(self._runner.sites):
                await site.stop()
        await self.gateway.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    # -- the app's connections

    @property
    def connected(self) -> int:
        """Open sockets that have a session."""
        return sum(1 for link in self.gateway.open if link.session is not None and not link.leaving)

    async def cut_sockets(self) -> None:
        """Breaks every connection without a word."""
        await self.gateway.cut()

    async def close_sockets(self, code: int) -> None:
        """Closes them with this code (4000, 4004, 4009, 4014, …)."""
        await self.gateway.close(code)

    async def reconnect(self) -> None:
        """Op 7, as Discord does when it moves a connection elsewhere: the app leaves and resumes."""
        await self.gateway.reconnect()

    async def invalidate(self, *, resumable: bool = False) -> None:
        """Op 9. Not resumable: the session is gone, and with it what happens until the app has a new one."""
        await self.gateway.invalidate(resumable=resumable)

    async def idle(self, seconds: float = 30.0, *, pause: float = 0.01) -> None:
        """Returns when the app has read every event, no call is under way and nobody waits for an answer.

        `pause` is how long the app gets to act on what it has read; little is enough for one in this process.
        An app that reads an event and acts on it much later is not waited for: Discord's events are not acknowledged.
        TimeoutError names what is still on the way.
        """
        ends = time.monotonic() + seconds
        self.opening.doze()
        while True:
            before = self._acts()
            for link in [each for each in self.gateway.open if not each.leaving]:
                await link.echo(max(ends - time.monotonic(), 0.01))
            await asyncio.sleep(pause)
            waiting = self._waiting()
            if not waiting and before == self._acts():
                return
            if time.monotonic() > ends:
                raise TimeoutError(f"Still on the way: {', '.join(waiting) or 'it never rests'}")

    def _acts(self) -> tuple[int, ...]:
        """What grows whenever something happens."""
        counters = self.counters
        sockets = counters.identified, counters.resumed, sum(counters.closes.values()), len(self.gateway.open)
        return sum(counters.calls.values()), sum(counters.events.values()), *sockets

    def _waiting(self) -> list[str]:
        found = [f"{each.seq - each.heard} events for session {each.id}" for each in self.gateway.waiting()]
        if self.rest.under_way:
            found.append(f"{self.rest.under_way} calls")
        leaving = sum(1 for link in self.gateway.open if link.leaving)
        if leaving:
            found.append(f"{leaving} closing sockets")
        for each in self.on_the_way:
            found += each()
        return found

    # -- for assertions

    @property
    def too_many(self) -> int:
        """429 answers that the speed limits gave."""
        return self.counters.too_many

    def posts(self) -> list[Message]:
        """Every message of the app that stands somewhere, oldest first; not what only one person sees."""
        found = [
            message
            for channel in self.world.channels.values()
            for message in channel.messages.values()
            if message.by_app
        ]
        return sorted(found, key=lambda message: int(message.id))

    def posts_by_nonce(self) -> dict[str, list[Message]]:
        """The same by their nonce, where they have one."""
        found: dict[str, list[Message]] = {}
        for message in self.posts():
            if message.nonce is not None:
                found.setdefault(message.nonce, []).append(message)
        return found
