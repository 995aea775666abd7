"""When something was missed: as long as Discord told Kring nothing, until all of it is read again.

Discord goes on with a session that broke for a few minutes, and tells then what was missed. After that, and after a
restart, it tells nothing: https://docs.discord.com/developers/events/gateway#resuming (2026-11-26). So `missed` reads
what came since the last event that was handled. That something is missing is kept until all is made up for: who is
stopped meanwhile has handled newer things by then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog

from adapters.discord import PLATFORM
from adapters.discord.missed import Missed, Read
from adapters.discord.servers import Servers, is_of_shard
from adapters.discord.standing import WATCHES_DIFFER
from bot.chat.names import Space

FURTHEST = timedelta(days=7)
"""What is longer ago is not made up for: it would come as if it were said now."""
COMING = 15.0
"""Seconds that the servers of a session get to come."""
LATER = 600.0
"""Seconds after which what could not be read is tried again."""

log = structlog.get_logger("kring.discord")


class Kept(Protocol):
    """What this needs from storage."""

    async def latest_event(self, platform: str) -> datetime | None: ...
    async def gap(self, platform: str) -> datetime | None: ...
    async def begin_gap(self, platform: str, since: datetime) -> None: ...
    async def end_gap(self, platform: str) -> None: ...
    async def installations(self, platform: str) -> Mapping[str, str]: ...
    async def keep_installation(self, space: Space, text: str) -> None: ...
    async def drop_installation(self, space: Space) -> None: ...


class Gaps:
    def __init__(self, kept: Kept, missed: Missed, servers: Servers, now: Callable[[], datetime]) -> None:
        self._kept = kept
        self._missed = missed
        self._servers = servers
        self._now = now
        self._since: datetime | None = None
        """From when on events may have been missed; None: Kring was nowhere yet."""
        self._coming: set[str] = set()
        self._known: set[str] = set()
        self._arrived = asyncio.Event()
        self._mending: asyncio.Task[None] | None = None
        self._rests = asyncio.Event()
        """Set when nothing is being read any more, or not for a while."""
        self._aside: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Before the first session: what was handled last, and where Kring was."""
        self._known = set(await self._kept.installations(PLATFORM))
        self._since = await self._kept.latest_event(PLATFORM)
        if self._since is None and self._known:  # it was so long ago that nobody remembers
            self._since = self._now() - FURTHEST
        unread = await self._kept.gap(PLATFORM)
        if unread is not None:
            self._since = min(unread, self._since or unread)
        if self._since is not None:
            await self._kept.begin_gap(PLATFORM, self._since)

    async def close(self) -> None:
        if self._mending is not None:
            self._mending.cancel()
            await asyncio.gather(self._mending, return_exceptions=True)
        await asyncio.gather(*self._aside)

    async def arrived(self, seconds: float) -> None:
        """Returns when all servers of the sessions have come, or after so many seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._arrived.wait(), seconds)

    async def settle(self) -> None:
        """Returns when all that was missed is made up for, as far as that can be done now."""
        if self._mending is not None:
            await self._rests.wait()
        await asyncio.gather(*self._aside)

    # -- what the gateway tells

    def heard(self) -> None:
        """Something came: up to here nothing is missing, as soon as what was missed before is made up for."""
        if self._mending is None or self._mending.done():
            self._since = self._now()

    def begun(self, servers: Sequence[str], shard: Sequence[int]) -> None:
        """A session began anew; these servers are to come. `shard`: which one, and of how many; it names its own."""
        self._coming = {server for server in self._coming if not is_of_shard(server, shard)} | set(servers)
        self._arrived = asyncio.Event()
        self._look_around()
        if self._mending is not None:
            self._mending.cancel()
        self._rests = asyncio.Event()
        self._mending = asyncio.create_task(self._mend(self._since, self._rests), name="discord gaps")

    def came(self, server: str) -> None:
        self._coming.discard(server)
        self._look_around()
        if server not in self._known:
            self._later(self._keep(server))

    def gone(self, server: str) -> None:
        """Kring was taken out of it, or it was deleted."""
        self._coming.discard(server)
        self._look_around()
        self._later(self._drop(server))

    def _look_around(self) -> None:
        if not self._coming:
            self._arrived.set()

    # -- making up for it

    async def _mend(self, since: datetime | None, rests: asyncio.Event) -> None:
        """Until all is read. What fails for long is tried again later, after a restart too; and of servers that do not
        come in time all is read when they are there."""
        parts: Sequence[Read] | None = None
        while True:
            try:
                parts = await self._read_on(since, await self._begin(since) if parts is None else parts)
                if not parts and not self._awaits(since):
                    await self._kept.end_gap(PLATFORM)
                    break
            except Exception:
                log.exception("what was missed could not be read yet", again_in=LATER)
            rests.set()
            if parts or not self._awaits(since):
                await asyncio.sleep(LATER)
            else:
                await self.arrived(LATER)
                parts = parts if self._coming else None
        self._since = self._now()
        rests.set()

    def _awaits(self, since: datetime | None) -> bool:
        """Whether there are servers that did not come yet, of which something may have been missed."""
        return bool(self._coming) and since is not None and since > self._now() - FURTHEST

    async def _read_on(self, since: datetime | None, parts: Sequence[Read]) -> list[Read]:
        """The parts that could not be read yet."""
        left = [each for each in parts if not await self._is_read(each)]
        if left and since is not None and since < self._now() - FURTHEST:
            log.warning("something that was missed could not be read", parts=len(left))
            return []
        if left:
            log.warning("not all of what was missed could be read yet", parts=len(left), again_in=LATER)
        return left

    async def _begin(self, since: datetime | None) -> list[Read]:
        """What there is to read, once the servers have come."""
        if since is not None:
            await self._kept.begin_gap(PLATFORM, since)
        await self.arrived(COMING)
        if self._coming:
            log.info("some servers did not come yet", count=len(self._coming))
        for server in self._known - {server.id for server in self._servers.all()} - self._coming:
            await self._drop(server)
        return await self._missed.parts(since and max(since, self._now() - FURTHEST) - WATCHES_DIFFER)

    async def _is_read(self, part: Read) -> bool:
        """What the door cannot handle is passed over: it would stand in the way of the rest for ever."""
        try:
            return await self._missed.read(part)
        except Exception:
            log.exception("something that was missed could not be handled")
            return True

    async def _keep(self, server: str) -> None:
        """So that it is noticed when Kring was taken out of it while it stood still."""
        self._known.add(server)
        await self._kept.keep_installation(Space(PLATFORM, server), self._servers.name(server) or "")

    async def _drop(self, server: str) -> None:
        self._known.discard(server)
        log.warning("kring is in a server no more", server=server)
        await self._kept.drop_installation(Space(PLATFORM, server))

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(self._done(work), name="discord servers")
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    async def _done(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception:
            log.exception("it could not be noted in which servers kring is")
