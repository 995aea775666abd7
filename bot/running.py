"""`kring run`: the house with the platforms that are configured, until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from adapters.web import serving
from bot.compose import Kring, compose, store_of, utc_now
from bot.own_formats import own_formats

if TYPE_CHECKING:
    from aiohttp import web

    from bot.discord_side import DiscordSide
    from bot.ports import Platform
    from bot.settings import Settings
    from bot.slack_side import SlackSide
    from storage.store import Store


class Side(Protocol):
    """A platform's part of the house."""

    @property
    def name(self) -> str: ...
    @property
    def platform(self) -> Platform: ...

    def heard(self, kring: Kring) -> AbstractAsyncContextManager[Iterable[web.AbstractRouteDef]]:
        """What comes goes to the door; gives what Kring's own server must serve for that."""

    def start(self) -> Awaitable[None]:
        """Returns when it listens. Raises SettingsFault when the platform refuses us."""

    def stop(self) -> Awaitable[None]:
        """Takes nothing new; returns when what was taken is handled."""

    def is_well(self) -> Awaitable[bool]: ...

    def told(self, url: str) -> Awaitable[str]:
        """Where it listens, in words. `url` is of Kring's own server, empty where there is none."""


@dataclass(frozen=True, slots=True)
class House:
    """The house with its platforms; None for one that is not configured."""

    kring: Kring
    slack: SlackSide | None
    discord: DiscordSide | None
    url: str
    """Of Kring's own server; empty where there is none."""

    @property
    def sides(self) -> tuple[Side, ...]:
        return tuple(side for side in (self.slack, self.discord) if side is not None)


@asynccontextmanager
async def open_house(
    settings: Settings, store: Store, *, now: Callable[[], datetime] = utc_now, tempo: float = 1.0
) -> AsyncIterator[House]:
    """`tempo` makes the pace so many times faster, for platforms that are. Raises SettingsFault when one refuses us."""
    formats = own_formats(settings.rounds.formats)
    async with AsyncExitStack() as stack:
        slack: SlackSide | None = None
        if settings.slack.begun:
            from bot.slack_side import slack_side

            slack = await stack.enter_async_context(slack_side(settings, store, now=now, tempo=tempo))
        discord: DiscordSide | None = None
        if settings.discord.begun:
            from bot.discord_side import discord_side

            discord = await stack.enter_async_context(discord_side(settings, store, now=now, tempo=tempo))
        sides: list[Side] = [side for side in (slack, discord) if side is not None]
        kring = await stack.enter_async_context(
            compose(store, [side.platform for side in sides], now=now, formats=formats)
        )
        routes = [route for side in sides for route in await stack.enter_async_context(side.heard(kring))]
        url = ""
        if routes:
            probes = {side.name: side.is_well for side in sides}
            server = settings.server
            url = await stack.enter_async_context(serving(routes, server.host, server.port, probes=probes))
        for side in sides:
            stack.push_async_callback(side.stop)
            await side.start()
        yield House(kring, slack, discord, url)


async def run(settings: Settings, *, ready: Callable[[str], None]) -> None:
    """Serves everything that is configured until SIGINT or SIGTERM; `ready` gets one line when all of it listens."""
    stopped, up = asyncio.Event(), asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    serves = asyncio.create_task(_serve(settings, stopped, up, ready))
    waits = asyncio.create_task(stopped.wait())
    await asyncio.wait((serves, waits), return_when=asyncio.FIRST_COMPLETED)
    waits.cancel()
    if not up.is_set():
        serves.cancel()  # it still waits for a platform that cannot be reached
    with suppress(asyncio.CancelledError):
        await serves


async def _serve(settings: Settings, stopped: asyncio.Event, up: asyncio.Event, ready: Callable[[str], None]) -> None:
    async with store_of(settings) as store:
        await store.release(utc_now())
        async with open_house(settings, store) as house:
            up.set()
            told = " and ".join([await side.told(house.url) for side in house.sides])
            ready(f"Kring listens to {told}. Ctrl-C stops it.")
            await stopped.wait()
