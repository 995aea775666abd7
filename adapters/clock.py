"""Asks what is due and knocks at the door with it, oldest first.

APScheduler is the alarm clock and nothing more: one alarm, set to the earliest moment that anything waits for, and a
safety sweep. What waits stands in the database.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol, Self

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.chat.actions import Action
from bot.chat.answers import Answer
from bot.chat.events import CameDue, Event

BATCH = 32
"""How many things are handled together; the door makes them durable together."""
LEASE = timedelta(minutes=2)
"""How long a thing that failed rests before it knocks again."""
LONG_LEASE = timedelta(hours=1)
"""The same while time is moved ahead, which would otherwise stop every two minutes for a thing that fails."""
SWEEP = timedelta(seconds=30)
TIDY = timedelta(days=1)
SHORTLY = timedelta(milliseconds=200)
"""A poke looks for a new earliest moment after this, once for all pokes that come together."""

log = structlog.get_logger("kring.clock")


class DueThing(Protocol):
    """A thing and the moment it waited for."""

    @property
    def community(self) -> str: ...
    @property
    def about(self) -> Action: ...
    @property
    def at(self) -> datetime: ...


class DueThings(Protocol):
    """What the clock needs from storage."""

    async def next_due(self) -> datetime | None:
        """The earliest moment that anything waits for that nobody has claimed."""

    async def claim_due(self, now: datetime, limit: int, lease: timedelta) -> Sequence[DueThing]:
        """What waited for a moment up to `now`, oldest first; nobody else gets it before the lease is over."""

    async def tidy(self, now: datetime) -> None:
        """Forgets what has been kept long enough."""


class Door(Protocol):
    async def handle(self, event: Event) -> Answer: ...


class Post(Protocol):
    """What the clock needs from the postman, to let time pass step by step."""

    async def settle(self) -> None:
        """Returns when nothing can be delivered now."""

    async def next_at(self) -> datetime | None:
        """The earliest moment for which a request waits."""


class Clock:
    def __init__(self, things: DueThings, door: Door, *, now: Callable[[], datetime]) -> None:
        self._things = things
        self._door = door
        self._now = now
        self._one_at_a_time = asyncio.Lock()
        self._scheduler: AsyncIOScheduler | None = None
        self._poked = False
        self._tidied: datetime | None = None
        self._rung = asyncio.Event()
        self._handling: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """From here on things that come due knock by themselves."""
        scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        scheduler.add_job(self._wake, "interval", seconds=SWEEP.total_seconds(), id="sweep")
        scheduler.start()
        self._scheduler = scheduler
        self._rung.set()
        self._handling = asyncio.create_task(self._live())

    async def stop(self) -> None:
        """Returns when what was being handled is handled."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
        if self._handling is not None:
            async with self._one_at_a_time:
                self._handling.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._handling
            self._handling = None

    def poke(self) -> None:
        """Something was committed: there may be an earlier moment now."""
        if not self._poked:
            self._poked = True
            self._ring(SHORTLY)

    async def next_at(self) -> datetime | None:
        """The earliest moment that anything waits for."""
        return await self._things.next_due()

    async def run_due(self, until: datetime, *, post: Post, travel: Callable[[datetime], Awaitable[None]]) -> int:
        """Lets time pass up to `until`: everything due by then is handled and delivered in order, each at its moment.

        `travel` sets what `now` says; it is never asked to go back. Returns how many things knocked.
        """
        async with self._one_at_a_time:
            count = 0
            stuck = False
            await post.settle()
            while not stuck and (moment := await self._next(post)) is not None and moment <= until:
                waited = moment > self._now()
                if waited:
                    await travel(moment)
                things = await self._things.claim_due(self._now(), 1, LONG_LEASE)
                for thing in things:
                    count += await self._knock(thing)
                await post.settle()
                stuck = not waited and not things  # what is left failed just now, or is in other hands
            if until > self._now():
                await travel(until)
            if stuck:
                count += await self._handle_due()
                await post.settle()
            await self._tidy()
            return count

    async def _next(self, post: Post) -> datetime | None:
        """The earliest moment at which something is due or may be delivered."""
        moments = (await self._things.next_due(), await post.next_at())
        return min((moment for moment in moments if moment is not None), default=None)

    async def _wake(self) -> None:
        """A coroutine, for APScheduler runs anything else in another thread."""
        self._rung.set()

    async def _live(self) -> None:
        """Handles what is due whenever the alarm has rung. Not in the alarm's own job: a stop would cut that off."""
        while True:
            await self._rung.wait()
            self._rung.clear()
            async with self._one_at_a_time:
                try:
                    await self._handle_due()
                    self._poked = False
                    earliest = await self._things.next_due()
                except Exception:
                    log.exception("could not look at what is due")  # the sweep looks again
                    continue
            if earliest is not None:
                self._ring(max(earliest - self._now(), SHORTLY))

    async def _tidy(self) -> None:
        """Once a day."""
        if self._tidied is None or self._now() >= self._tidied + TIDY:
            self._tidied = self._now()
            await self._things.tidy(self._tidied)

    async def _handle_due(self) -> int:
        count = 0
        await self._tidy()
        while things := await self._things.claim_due(self._now(), BATCH, LEASE):
            knocked = await asyncio.gather(*(self._knock(thing) for thing in things))
            count += sum(knocked)
        return count

    async def _knock(self, thing: DueThing) -> bool:
        """True when the thing was handled. One that failed stays claimed, and knocks again when the lease is over."""
        event_id = f"due/{thing.community}/{thing.about.pack()}/{thing.at.isoformat()}"
        try:
            await self._door.handle(CameDue(event_id, thing.at, thing.about, thing.community))
        except Exception:
            log.exception("knock failed", about=thing.about.name)
            return False
        return True

    def _ring(self, wait: timedelta) -> None:
        """Sets the one alarm. It rings in real time, however far ahead `now` is."""
        if self._scheduler is not None and wait < SWEEP:
            self._scheduler.add_job(
                self._wake, "date", run_date=datetime.now(UTC) + wait, id="alarm", replace_existing=True
            )
