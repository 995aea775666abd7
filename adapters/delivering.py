"""One request on its way: a platform carries it out, and the door hears what became of it.

What a platform cannot do now is tried again later; what it will never do is reported as a refusal, and is then the
features' business.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.chat.answers import Answer
from bot.chat.events import Delivered, Event, Refused, ThreadFetched
from bot.chat.requests import Post, Request
from bot.errors import PlatformRefusal, PlatformTrouble
from bot.ports import Platform, Posted, Sent

FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=10)
ENOUGH = 10
"""After so many failures that no platform can explain, the request counts as rejected: it must not block the rest."""

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
    def attempts(self) -> int:
        """How often it was tried before."""

    @property
    def risks(self) -> int:
        """How many of these attempts nobody knows the end of."""

    @property
    def since(self) -> datetime | None:
        """Where there are any, a moment before the first of them."""


class Undelivered(Protocol):
    """What this needs from storage."""

    async def retry_request(self, request: str, at: datetime, *, ambiguous: bool) -> None:
        """Gives the request back, one attempt older, not to be tried before `at`. `ambiguous`: it may be done."""


class Door(Protocol):
    async def handle(self, event: Event) -> Answer: ...


class Delivery:
    def __init__(
        self, undelivered: Undelivered, door: Door, platforms: Mapping[str, Platform], now: Callable[[], datetime]
    ) -> None:
        self._undelivered = undelivered
        self._door = door
        self._platforms = platforms
        self._now = now

    async def deliver(self, claimed: Claimed) -> None:
        """Raises what the door cannot take now: it comes back with the lease, and nothing shows twice."""
        try:
            _in_time(claimed.request, self._now())
            platform = self._platform(claimed.request)
            sent = await platform.send(claimed.id, claimed.request, claimed.target, since=claimed.since)
        except PlatformTrouble as trouble:
            await self._later(claimed, trouble)
        except PlatformRefusal as refusal:
            log.info(
                "refused", request=claimed.id, kind=claimed.request.kind, reason=refusal.reason, why=refusal.detail
            )
            await self._door.handle(
                Refused(f"refused/{claimed.id}", self._now(), claimed.id, refusal.reason, refusal.detail)
            )
        except Exception as error:
            if claimed.risks + 1 < ENOUGH:
                log.exception("sending failed", request=claimed.id, kind=claimed.request.kind)
                await self._later(claimed, PlatformTrouble(type(error).__name__, ambiguous=True))
            else:
                log.exception("sending failed for good", request=claimed.id, kind=claimed.request.kind)
                await self._door.handle(Refused(f"refused/{claimed.id}", self._now(), claimed.id, "rejected"))
        else:  # what the door cannot take now comes back with the lease, and nothing shows twice
            await self._door.handle(self._done(claimed.id, sent))

    def _platform(self, request: Request) -> Platform:
        name = request.to.space.platform
        if name not in self._platforms:
            raise PlatformTrouble(f"{name} is not switched on", retry_at=self._now() + LONGEST_PAUSE)
        return self._platforms[name]

    def _done(self, request: str, sent: Sent) -> Event:
        if sent.fetched is not None:
            return ThreadFetched(f"fetched/{request}", self._now(), request, sent.fetched, sent.standing)
        return Delivered(f"delivered/{request}", self._now(), request, sent.message, sent.more)

    async def _later(self, claimed: Claimed, trouble: PlatformTrouble) -> None:
        at = trouble.retry_at or self._now() + pause(claimed.attempts)
        log.info("later", request=claimed.id, kind=claimed.request.kind, attempts=claimed.attempts, why=str(trouble))
        await self._undelivered.retry_request(claimed.id, at, ambiguous=trouble.ambiguous)


def _in_time(request: Request, now: datetime) -> None:
    """Raises PlatformRefusal for what makes no sense any more."""
    if isinstance(request, Post) and request.before is not None and now >= request.before:
        raise PlatformRefusal("rejected", "it is too late for that")


def pause(attempts: int) -> timedelta:
    """How long to wait after that many failed attempts before this one: a second, doubling, at most ten minutes."""
    return min(FIRST_PAUSE * float(1 << min(attempts, 20)), LONGEST_PAUSE)
