"""The one place where settings, storage, platforms and features meet.

Tests call the same functions with a clock of their own and another database.
"""

from __future__ import annotations

import gc
import secrets
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from storage.store import open_store
from storage.unit import Unit

from adapters.clock import Clock
from adapters.postman import Postman
from bot.door import Door
from bot.features import gather

if TYPE_CHECKING:
    from storage.store import Store

    from bot.community.ports import CommunityUnit
    from bot.knowhow.ports import KnowHowUnit
    from bot.newcomers.ports import NewcomersUnit
    from bot.ports import DoorUnit, Platform
    from bot.rounds.ports import RoundsUnit
    from bot.settings import Settings

    def _fits(unit: Unit) -> tuple[DoorUnit, CommunityUnit, RoundsUnit, KnowHowUnit, NewcomersUnit]:
        """The type checker sees here that the one unit of work satisfies what each feature states."""
        return unit, unit, unit, unit, unit


@dataclass(frozen=True, slots=True)
class Kring:
    """A running house."""

    store: Store
    door: Door
    clock: Clock
    postman: Postman
    now: Callable[[], datetime]


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
    store: Store, platforms: Callable[[Door], list[Platform]], *, now: Callable[[], datetime] = utc_now
) -> AsyncIterator[Kring]:
    """The house over an open store. `platforms` makes the platforms, which knock at the door they are given."""
    postman: Postman
    door = Door(
        store,
        gather(),
        now=now,
        chance=lambda: secrets.randbits(63),
        tick=time.perf_counter,
        committed=lambda: (postman.poke(), clock.poke()),
    )
    postman = Postman(store, door, platforms(door), now=now)
    clock = Clock(store, door, now=now)
    # what is imported by now stays: collecting it again and again costs tens of milliseconds (docs/why/performance.md)
    gc.collect()
    gc.freeze()
    async with postman, clock:
        yield Kring(store, door, clock, postman, now)
