"""Takes requests from the outbox in their turn, and has each delivered (`adapters/delivering.py`).

The outbox gives at most one request of a conversation at a time, so a conversation stays in order.

Platforms say whose turn it is when (`adapters/turns.py`). What comes soon is kept in hand until then; what comes later
goes back into the outbox. Lanes that are crowded are left out, so nobody else waits for them.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol, Self

import structlog

from adapters.delivering import Claimed, Delivery, Door, Undelivered
from adapters.turns import Turns
from bot.chat.requests import lane
from bot.ports import PATIENCE, Platform

HANDS = 12
"""How many requests are carried out at the same time, those that wait longest first."""
FREE_HANDS = 4
"""Besides, so many are kept for what was asked last: what somebody waits for does not queue behind a broadcast."""
FEW = 4
"""How many are taken at once while a lane is crowded: most of them would have to be given back."""
LEASE = timedelta(minutes=5)
SWEEP = 30.0
"""Seconds after which the outbox is looked at even when nobody poked."""
SHORTLY = 0.05
"""Seconds to wait when what could go out is in other hands just now."""

log = structlog.get_logger("kring.postman")


class Outbox(Undelivered, Protocol):
    """What the postman needs from storage."""

    async def claim_requests(
        self, now: datetime, limit: int, lease: timedelta, *, newest: bool = False, without: Collection[str] = ()
    ) -> Sequence[Claimed]:
        """The first request of each conversation that nobody holds and that may go out now, in the order of the queue.

        Or the newest first. None of the lanes in `without`.
        """

    async def postpone_request(self, request: str, at: datetime) -> None:
        """Gives the request back untried, not to be claimed before `at`."""

    async def next_request_at(self, *, without: Collection[str] = ()) -> datetime | None:
        """The earliest moment for which the first request of a conversation waits that nobody holds."""


class Postman:
    def __init__(
        self, outbox: Outbox, door: Door, platforms: Iterable[Platform], *, now: Callable[[], datetime]
    ) -> None:
        self._outbox = outbox
        by_name = {platform.name: platform for platform in platforms}
        self._turns: Turns[Claimed] = Turns(by_name)
        self._delivery = Delivery(outbox, door, by_name, now)
        self._now = now
        self._poked = asyncio.Event()
        self._taking = asyncio.Lock()
        self._out: dict[asyncio.Task[None], bool] = {}
        """What is under way, and whether it is in a free hand."""
        self._early: set[asyncio.Task[None]] = set()
        """What waits in hand for its turn: until then it keeps no other from being carried out."""
        self._tight: set[str] = set()
        """The lanes that are crowded, and those that were and where more waits than fits."""
        self._round: asyncio.Task[None] | None = None
        self._stopping = False

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """From here on requests go out by themselves."""
        self._stopping = False
        self._round = asyncio.create_task(self._walk(), name="postman")

    async def stop(self, grace: float = 10.0) -> None:
        """Takes nothing new and returns when what is under way has arrived, or after `grace` seconds."""
        if self._round is not None:
            self._stopping = True  # not cancelled: before Python 3.12 wait_for may swallow that
            self._poked.set()
            await self._round
            self._round = None
        if self._out:
            _, late = await asyncio.wait(self._out, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def poke(self) -> None:
        """Something was committed: there may be requests."""
        self._poked.set()

    async def settle(self) -> None:
        """Returns when nothing can be delivered now."""
        while await self._take() or self._out:
            if self._out:
                await asyncio.wait(self._out, return_when=asyncio.FIRST_COMPLETED)

    async def next_at(self) -> datetime | None:
        """The earliest moment at which a request can be taken."""
        crowded = self._turns.crowded()
        free = await self._outbox.next_request_at(without=tuple(crowded))
        if not crowded or (free is not None and free <= self._now()):
            return free
        first = await self._outbox.next_request_at()
        if first is None or first == free:
            return free
        first = max(first, self._now() + timedelta(seconds=min(crowded.values())))
        return first if free is None else min(first, free)

    async def _walk(self) -> None:
        while not self._stopping:
            self._poked.clear()
            try:
                wait = await self._until_next()
                if wait <= 0:
                    if await self._take():
                        continue  # there may be more
                    wait = SHORTLY
            except Exception:
                log.exception("the outbox cannot be read")
                wait = SWEEP
            if not self._stopping:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._poked.wait(), wait)

    async def _until_next(self) -> float:
        """Seconds to sleep when nobody pokes."""
        moment = await self.next_at()
        if moment is None or self._busy(free=False) + self._busy(free=True) >= HANDS + FREE_HANDS:
            return SWEEP
        return min(max((moment - self._now()).total_seconds(), 0), SWEEP)

    def _busy(self, *, free: bool) -> int:
        return sum(free is in_free for task, in_free in self._out.items() if task not in self._early)

    async def _take(self) -> int:
        """Claims what may go out and sends each on its way. Returns how many were claimed."""
        async with self._taking:
            crowded = set(self._turns.crowded())
            self._tight |= crowded
            if not self._tight - crowded:
                return (await self._take_from(crowded, HANDS))[0]
            count = 0
            for name in sorted(self._tight - crowded):  # each by itself, so that none stands before another
                claimed, more = await self._take_from(self._tight - {name}, FEW)
                count += claimed
                if not more and name not in self._turns.crowded():
                    self._tight.discard(name)
            return count

    async def _take_from(self, without: Collection[str], most: int) -> tuple[int, bool]:
        """Leaves out these lanes. How many were claimed, and whether there may be more."""
        most = min(max(HANDS - self._busy(free=False), 0), most)
        oldest = await self._claim(most, without, newest=False)
        more = len(oldest) == most
        newest: Sequence[Claimed] = ()
        try:
            if more:
                newest = await self._claim(FREE_HANDS - self._busy(free=True), without, newest=True)
        finally:
            await self._give_places(oldest, newest)
        return len(oldest) + len(newest), more

    async def _claim(self, most: int, without: Collection[str], *, newest: bool) -> Sequence[Claimed]:
        if most <= 0:
            return ()
        return await self._outbox.claim_requests(self._now(), most, LEASE, newest=newest, without=without)

    async def _give_places(self, oldest: Sequence[Claimed], newest: Sequence[Claimed]) -> None:
        """Whose turn it is goes out, whose turn comes later goes back."""
        late = []
        for claimed, wait in self._turns.shared_out(oldest, newest):
            if wait <= PATIENCE:
                self._go(claimed, wait, free=claimed in newest)
            else:
                late.append((claimed, wait))
        crowded = self._turns.crowded()
        await asyncio.gather(*(self._give_back(claimed, wait, crowded) for claimed, wait in late))

    async def _give_back(self, claimed: Claimed, wait: float, crowded: Mapping[str, float]) -> None:
        """What only waits for its lane must be there when the lane is free again, or others take its place."""
        soon = crowded.get(lane(claimed.request.to.space))
        its_lane = soon is not None and wait <= soon + PATIENCE + SHORTLY
        at = self._now() if its_lane else self._now() + timedelta(seconds=wait)
        await self._outbox.postpone_request(claimed.id, at)

    def _go(self, claimed: Claimed, wait: float, *, free: bool) -> None:
        task = asyncio.create_task(self._carry(claimed, wait), name=f"request {claimed.id}")
        self._out[task] = free
        if wait > 0:
            self._early.add(task)
            asyncio.get_running_loop().call_later(wait, self._early.discard, task)
        task.add_done_callback(self._back)

    def _back(self, task: asyncio.Task[None]) -> None:
        del self._out[task]
        self._early.discard(task)
        self._poked.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a request is left to its lease", task=task.get_name(), exc_info=error)

    async def _carry(self, claimed: Claimed, wait: float) -> None:
        if wait > 0:
            await asyncio.sleep(wait)
        await self._delivery.deliver(claimed)
