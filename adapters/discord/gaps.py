"""What happened while Discord told Kring nothing: read again once a session has begun anew, within limits.

Discord goes on with a session that broke for a few minutes, and tells then what was missed. After that, and after a
restart, it tells nothing: https://docs.discord.com/developers/events/gateway#resuming (2026-11-26). So Kring looks at
the threads on its own messages for what came since the last event that it handled, and at the messages whose words it
keeps, whether they stand as they did. What the door knows already changes nothing there. That something is missing is
kept until all is made up for: who is stopped meanwhile has handled newer things by then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

import structlog

from adapters.discord import PLATFORM
from adapters.discord.calling import Calling
from adapters.discord.faults import NO_MESSAGE, code_of
from adapters.discord.happened import Happened
from adapters.discord.knocking import AGAIN
from adapters.discord.pace import READING, Pace
from adapters.discord.paging import Paging
from adapters.discord.reading import moment
from adapters.discord.servers import Servers, is_of_shard
from adapters.discord.standing import WATCHES_DIFFER, first_id
from adapters.discord.threads import MESSAGE
from bot.chat.events import Event
from bot.chat.names import Channel, MessageRef, Space, Thread
from bot.errors import PlatformRefusal, PlatformTrouble

FURTHEST = timedelta(days=7)
"""What is longer ago is not made up for: it would come as if it were said now."""
OLDEST = timedelta(days=60)
"""Threads and messages older than that are not looked at."""
THREADS, WORDS = 200, 200
"""Threads and messages that are looked at after one gap, those that are newest."""
IN_A_THREAD = 500
"""Messages read again of one thread."""
COMING = 15.0
"""Seconds that the servers of a session get to come."""

log = structlog.get_logger("kring.discord")


class Kept(Protocol):
    """What this needs from storage."""

    async def latest_event(self, platform: str) -> datetime | None: ...
    async def gap(self, platform: str) -> datetime | None: ...
    async def begin_gap(self, platform: str, since: datetime) -> None: ...
    async def end_gap(self, platform: str) -> None: ...
    async def threads_of(self, platform: str, most: int) -> tuple[Thread, ...]: ...
    async def words_from(self, platform: str) -> tuple[MessageRef, ...]: ...
    async def installations(self, platform: str) -> Mapping[str, str]: ...
    async def keep_installation(self, space: Space, text: str) -> None: ...
    async def drop_installation(self, space: Space) -> None: ...


class Gaps:
    def __init__(
        self,
        kept: Kept,
        calling: Calling,
        pace: Pace,
        servers: Servers,
        happened: Happened,
        tell: Callable[[Event], Awaitable[None]],
        now: Callable[[], datetime],
    ) -> None:
        self._kept = kept
        self._calling = calling
        self._pace = pace
        self._paging = Paging(calling, pace, now)
        self._servers = servers
        self._happened = happened
        self._tell = tell
        self._now = now
        self._since: datetime | None = None
        """From when on events may have been missed; None: Kring was nowhere yet."""
        self._coming: set[str] = set()
        self._known: set[str] = set()
        self._arrived = asyncio.Event()
        self._mending: asyncio.Task[None] | None = None
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
        """Returns when all that was missed is made up for."""
        if self._mending is not None:
            await asyncio.wait({self._mending})
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
        self._mending = asyncio.create_task(self._mend(self._since), name="discord gaps")

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

    async def _mend(self, since: datetime | None) -> None:
        if since is not None:
            await self._kept.begin_gap(PLATFORM, since)
        await self.arrived(COMING)
        if self._coming:
            log.info("some servers did not come yet", count=len(self._coming))
        try:
            for server in self._known - {server.id for server in self._servers.all()} - self._coming:
                await self._drop(server)
            words = await self._kept.words_from(PLATFORM)
            for ref in words:  # Discord names open threads only; in others something may be deleted too
                self._knows_thread(ref.channel, ref.thread)
            if since is not None:
                await self._read_again(max(since, self._now() - FURTHEST) - WATCHES_DIFFER, words)
        except Exception:
            log.exception("not all of what was missed could be read")
        self._since = self._now()
        await self._kept.end_gap(PLATFORM)

    async def _read_again(self, since: datetime, words: Iterable[MessageRef]) -> None:
        if self._happened.reads:
            threads = await self._kept.threads_of(PLATFORM, THREADS)
            for thread in threads:
                if self._is_there(thread.channel.space, thread.id):
                    await self._patiently(partial(self._read_thread, thread, since))
        there = [ref for ref in words if self._is_there(ref.channel.space, ref.id)]
        for ref in sorted(there, key=lambda ref: int(ref.id))[-WORDS:]:
            await self._patiently(partial(self._look_at, ref, since))

    async def _read_thread(self, thread: Thread, since: datetime) -> None:
        space = thread.channel.space
        self._knows_thread(thread.channel, thread.id)
        await self._pace.wait(space, READING, thread.id)
        async for message in self._paging.messages(space, thread.id, IN_A_THREAD, after=first_id(since)):
            await self._told(("MESSAGE_CREATE", "MESSAGE_UPDATE"), {**message, "guild_id": space.id})

    async def _look_at(self, ref: MessageRef, since: datetime) -> None:
        """A message of which words are kept: it may have been changed or deleted meanwhile."""
        space, place = ref.channel.space, ref.thread or ref.channel.id
        await self._pace.wait(space, READING, place)
        try:
            message = await self._calling.ask("GET", MESSAGE, channel_id=place, message_id=ref.id)
        except PlatformRefusal as refusal:
            if code_of(refusal) != NO_MESSAGE:
                raise
            deleted = {"id": ref.id, "channel_id": place, "guild_id": space.id}
            await self._told(("MESSAGE_DELETE",), deleted)
            return
        edited = message.get("edited_timestamp")
        if edited and datetime.fromisoformat(edited) > since:
            await self._told(("MESSAGE_UPDATE",), {**message, "guild_id": space.id})

    async def _told(self, kinds: Iterable[str], data: Mapping[str, Any]) -> None:
        for kind in kinds:
            for event in self._happened.told(kind, data, self._now()):
                await self._tell(event)

    async def _patiently(self, read: Callable[[], Awaitable[None]]) -> None:
        """What Kring may not read any more is passed over, and so is what Discord does not give for long."""
        for pause in AGAIN:
            try:
                await read()
            except PlatformRefusal as refusal:
                log.info("not read again", why=str(refusal))
            except PlatformTrouble as trouble:
                at = trouble.retry_at
                await asyncio.sleep(max(pause, (at - self._now()).total_seconds() if at else 0.0))
                continue
            return
        log.warning("something that was missed could not be read")

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

    def _knows_thread(self, channel: Channel, thread: str | None) -> None:
        self._servers.knows_thread({"id": thread, "guild_id": channel.space.id, "parent_id": thread and channel.id})

    def _is_there(self, space: Space, id_: str) -> bool:
        """Whether that is in a server that Kring is in now, and new enough to be looked at."""
        known = self._servers.get(space.id) is not None and id_.isdecimal()
        return known and moment(id_) > self._now() - OLDEST
