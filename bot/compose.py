"""The one place where settings, storage, platforms and features meet.

Tests call the same functions with a clock of their own and another database.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from adapters.clock import Clock
from adapters.playground.acts import Acts
from adapters.playground.desk import Desk
from adapters.playground.platform import PlaygroundPlatform
from adapters.playground.room import Room
from adapters.playground.seed import move_in
from adapters.playground.server import serving
from adapters.postman import Postman
from bot.door import Door
from bot.features import gather
from bot.own_formats import own_formats
from storage.store import open_store
from storage.unit import Unit

if TYPE_CHECKING:
    from bot.community.ports import CommunityUnit
    from bot.context import Offered
    from bot.knowhow.ports import KnowHowUnit
    from bot.newcomers.ports import NewcomersUnit
    from bot.ports import DoorUnit, Platform
    from bot.rounds.ports import RoundsUnit
    from bot.rounds.script import Format
    from bot.settings import Settings
    from storage.store import Store

    def _fits(unit: Unit) -> None:
        """The type checker sees here that the one unit of work satisfies what each feature states."""
        _for_the_door: DoorUnit = unit
        _for_community: CommunityUnit = unit
        _for_rounds: RoundsUnit = unit
        _for_knowhow: KnowHowUnit = unit
        _for_newcomers: NewcomersUnit = unit


@dataclass(frozen=True, slots=True)
class Kring:
    """A running house."""

    store: Store
    door: Door
    clock: Clock
    postman: Postman
    now: Callable[[], datetime]
    offered: Offered
    on_commit: Callable[[Callable[[], None]], None]
    """Calls what it is given after everything that was made durable."""


def tune() -> None:
    """Keeps a process that serves from standing still (docs/why/performance.md)."""
    # a thread that writes or searches gives way to the event loop after a millisecond instead of five
    sys.setswitchinterval(0.001)
    # what is imported by now stays: collecting it again and again costs tens of milliseconds
    gc.collect()
    gc.freeze()


def _chances() -> Iterator[int]:
    """Numbers that nobody can guess. Whenever the system is asked for some, the event loop gives way to other threads:
    so for many at once.
    """
    while True:
        some = os.urandom(8 * 512)
        yield from (int.from_bytes(some[at : at + 8]) >> 1 for at in range(0, len(some), 8))


def utc_now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def store_of(settings: Settings) -> AsyncIterator[Store]:
    """The database of the settings, brought up to date, with the writer's lease held."""
    key = settings.key.get_secret_value() if settings.key else None
    holder = f"kring on {socket.gethostname()}"
    database = settings.database
    async with open_store(
        database.url, key=key, holder=holder, readers=database.readers, writers=database.writers
    ) as store:
        yield store


@asynccontextmanager
async def compose(
    store: Store,
    platforms: Sequence[Platform],
    *,
    now: Callable[[], datetime] = utc_now,
    chance: Callable[[], int] | None = None,
    formats: Mapping[str, Format] | None = None,
    alive: bool = True,
) -> AsyncIterator[Kring]:
    """The house over an open store, with everything that moves by itself started.

    `chance` gives a fresh number for each event; `formats` are the host's own, by id. Not `alive`: nothing moves by
    itself, whoever has the house says when time passes and the post goes out.
    """
    pokes: list[Callable[[], None]] = []
    features = gather(formats=formats)

    def poke_all() -> None:
        for poke in pokes:
            poke()

    door = Door(
        store,
        features,
        now=now,
        chance=chance or _chances().__next__,
        tick=time.perf_counter,
        committed=poke_all,
    )
    postman = Postman(store, door, platforms, now=now)
    clock = Clock(store, door, now=now)
    pokes += [postman.poke, clock.poke]
    tune()
    if alive:
        await postman.start()
        await clock.start()
    try:
        yield Kring(store, door, clock, postman, now, features.offered, pokes.append)
    finally:
        await clock.stop()
        await postman.stop()


@asynccontextmanager
async def playground(settings: Settings, language: str, *, empty: bool = False) -> AsyncIterator[Desk]:
    """The playground on the database of the settings; a new one is seeded, unless it shall be `empty`."""
    async with store_of(settings) as store:
        room = Room(store)
        await room.restore()
        await store.release(room.now())
        formats = own_formats(settings.rounds.formats)
        async with compose(store, [PlaygroundPlatform(room)], now=room.now, formats=formats) as kring:
            desk = Desk(room, Acts(room, kring.door), kring.clock, kring.postman, kring.offered.commands)
            await desk.acts.resume()
            await move_in(desk, language, empty=empty)
            yield desk


async def run_demo(
    settings: Settings,
    *,
    host: str,
    port: int,
    language: str,
    empty: bool,
    i_know_what_i_do: bool,
    ready: Callable[[str], None],
) -> None:
    """Serves the playground until it is told to stop (SIGINT or SIGTERM); `ready` gets the address of the page."""
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    async with (
        playground(settings, language, empty=empty) as desk,
        serving(desk, host, port, i_know_what_i_do=i_know_what_i_do) as url,
    ):
        ready(url)
        await stopped.wait()
