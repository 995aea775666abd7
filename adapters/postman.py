"""Takes requests from the outbox, has the platforms carry them out, and reports back at the door.

The outbox gives at most one request of a conversation at a time, so a conversation stays in order. What a platform
cannot do now is tried again later; what it will never do is reported as a refusal, and is then the features' business.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Protocol, Self

import structlog

from bot.chat.answers import Answer
from bot.chat.events import Delivered, Event, Refused, ThreadFetched
from bot.chat.requests import Request
from bot.errors import PlatformRefusal, PlatformTrouble
from bot.ports import Platform, Posted, Sent

HANDS = 12
"""How many requests are carried out at the same time, those that wait longest first."""
FREE_HANDS = 4
"""Besides, so many are kept for what was asked last: what somebody waits for does not queue behind a broadcast."""
LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=10)
ENOUGH = 10
"""After so many failures that no platform can explain, the request counts as rejected: it must not block the rest."""
SWEEP = 30.0
"""Seconds after which the outbox is looked at even when nobody poked."""
SHORTLY = 0.05
"""Seconds to wait when what could go out is in other hands just now."""

log = structlog.get_logger("kring.postman")


class Claimed(Protocol):
    """A request that is ours until the lease is over. `target` is the message it is about, where there is one."""

    @property
    def id(self) -> str: ...
    @property
    def community(self) -> str: ...
    @property
    def request(self) -> Request: ...
    @property
    def target(self) -> Posted | None: ...
    @property
    def attempts(self) -> int: ...


class Outbox(Protocol):
    """What the postman needs from storage."""

    async def claim_requests(
        self, now: datetime, limit: int, lease: timedelta, *, newest: bool = False
    ) -> Sequence[Claimed]:
        """The first request of each conversation that nobody holds and that may go out now.

        The longest ready first, or the newest first.
        """

    async def retry_request(self, request: str, at: datetime) -> None:
        """Gives the request back, one attempt older, not to be tried before `at`."""

    async def next_request_at(self) -> datetime | None:
        """The earliest moment for which the first request of a conversation waits that nobody holds."""


class Door(Protocol):
    async def handle(self, event: Event) -> Answer: ...


class Postman:
    def __init__(
        self, outbox: Outbox, door: Door, platforms: Iterable[Platform], *, now: Callable[[], datetime]
    ) -> None:
        self._outbox = outbox
        self._door = door
        self._platforms = {platform.name: platform for platform in platforms}
        self._now = now
        self._poked = asyncio.Event()
        self._taking = asyncio.Lock()
        self._out: dict[asyncio.Task[None], bool] = {}
        """What is under way, and whether it is in a free hand."""
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
        """The earliest moment for which a request waits."""
        return await self._outbox.next_request_at()

    async def _walk(self) -> None:
        while not self._stopping:
            self._poked.clear()
            try:
                wait = await self._until_next()
                if wait <= 0:
                    await self._take()
                    wait = await self._until_next() or SHORTLY
            except Exception:
                log.exception("the outbox cannot be read")
                wait = SWEEP
            if not self._stopping:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._poked.wait(), wait)

    async def _until_next(self) -> float:
        """Seconds to sleep when nobody pokes."""
        moment = await self._outbox.next_request_at()
        if moment is None or len(self._out) >= HANDS + FREE_HANDS:
            return SWEEP
        return min(max((moment - self._now()).total_seconds(), 0), SWEEP)

    async def _take(self) -> int:
        """Claims what may go out and sends each on its way. Returns how many."""
        async with self._taking:
            count = await self._fill(HANDS, newest=False)
            if sum(not free for free in self._out.values()) >= HANDS:  # there may be more
                count += await self._fill(FREE_HANDS, newest=True)
            return count

    async def _fill(self, hands: int, *, newest: bool) -> int:
        empty = hands - sum(free is newest for free in self._out.values())
        if empty <= 0:
            return 0
        claimed = await self._outbox.claim_requests(self._now(), empty, LEASE, newest=newest)
        for each in claimed:
            task = asyncio.create_task(self._carry(each), name=f"request {each.id}")
            self._out[task] = newest
            task.add_done_callback(self._back)
        return len(claimed)

    def _back(self, task: asyncio.Task[None]) -> None:
        del self._out[task]
        self._poked.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a request is left to its lease", task=task.get_name(), exc_info=error)

    async def _carry(self, claimed: Claimed) -> None:
        try:
            sent = await self._platform(claimed.request).send(claimed.id, claimed.request, claimed.target)
        except PlatformTrouble as trouble:
            await self._later(claimed, trouble)
        except PlatformRefusal as refusal:
            log.info("refused", request=claimed.id, kind=claimed.request.kind, reason=refusal.reason)
            await self._report(
                Refused(f"refused/{claimed.id}", self._now(), claimed.id, refusal.reason, refusal.detail)
            )
        except Exception as error:
            if claimed.attempts + 1 < ENOUGH:
                log.exception("sending failed", request=claimed.id, kind=claimed.request.kind)
                await self._later(claimed, PlatformTrouble(type(error).__name__, ambiguous=True))
            else:
                log.exception("sending failed for good", request=claimed.id, kind=claimed.request.kind)
                await self._report(Refused(f"refused/{claimed.id}", self._now(), claimed.id, "rejected"))
        else:
            await self._report(self._done(claimed.id, sent))

    def _platform(self, request: Request) -> Platform:
        name = request.to.space.platform
        if name not in self._platforms:
            raise PlatformTrouble(f"{name} is not switched on", retry_at=self._now() + LONGEST_PAUSE)
        return self._platforms[name]

    def _done(self, request: str, sent: Sent) -> Event:
        if sent.fetched is not None:
            return ThreadFetched(f"fetched/{request}", self._now(), request, sent.fetched)
        return Delivered(f"delivered/{request}", self._now(), request, sent.message)

    async def _later(self, claimed: Claimed, trouble: PlatformTrouble) -> None:
        at = trouble.retry_at or self._now() + pause(claimed.attempts)
        log.info("later", request=claimed.id, kind=claimed.request.kind, attempts=claimed.attempts, why=str(trouble))
        await self._outbox.retry_request(claimed.id, at)

    async def _report(self, event: Event) -> None:
        """Raises when the door cannot take it now; then the lease brings the request back, and nothing shows twice."""
        await self._door.handle(event)


def pause(attempts: int) -> timedelta:
    """How long to wait after that many failed attempts before this one: a second, doubling, at most ten minutes."""
    return min(FIRST_PAUSE * float(1 << min(attempts, 20)), LONGEST_PAUSE)
