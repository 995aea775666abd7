"""What was missed while Discord told Kring nothing, read again within limits: each part of it by itself.

Kring looks at the threads on its own messages for what came since, at the messages whose words it keeps, whether they
stand as they did, and, where Discord lets it see who is there, at who came in. What the door knows already changes
nothing there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

import structlog

from adapters.discord import PLATFORM
from adapters.discord.calling import Calling
from adapters.discord.faults import NO_MESSAGE, code_of
from adapters.discord.happened import Happened
from adapters.discord.knocking import AGAIN
from adapters.discord.pace import LISTING, READING, Pace
from adapters.discord.paging import Paging
from adapters.discord.reading import moment
from adapters.discord.servers import Server, Servers
from adapters.discord.standing import first_id
from adapters.discord.threads import MESSAGE
from bot.chat.events import Event
from bot.chat.names import Channel, MessageRef, Space, Thread
from bot.errors import PlatformRefusal, PlatformTrouble

OLDEST = timedelta(days=60)
"""Threads and messages older than that are not looked at."""
THREADS, WORDS = 200, 200
"""Threads and messages that are looked at after one gap, those that are newest."""
IN_A_THREAD = 500
"""Messages read again of one thread."""
PEOPLE, PAGE = 10_000, 1_000
"""In a server with more people nobody looks who came meanwhile: Discord only gives all of them, so many at a time.
https://docs.discord.com/developers/resources/guild#list-guild-members (2026-11-26)"""

Read = Callable[[], Awaitable[None]]

log = structlog.get_logger("kring.discord")


class Kept(Protocol):
    """What this needs from storage."""

    async def threads_of(self, platform: str, most: int) -> tuple[Thread, ...]: ...
    async def words_from(self, platform: str) -> tuple[MessageRef, ...]: ...


class Missed:
    """`sees_members`: Discord tells Kring who comes and goes."""

    def __init__(
        self,
        kept: Kept,
        calling: Calling,
        pace: Pace,
        servers: Servers,
        happened: Happened,
        tell: Callable[[Event], Awaitable[None]],
        now: Callable[[], datetime],
        *,
        sees_members: bool,
    ) -> None:
        self._kept = kept
        self._calling = calling
        self._pace = pace
        self._paging = Paging(calling, pace, now)
        self._servers = servers
        self._happened = happened
        self._tell = tell
        self._now = now
        self._sees_members = sees_members

    async def parts(self, since: datetime | None) -> list[Read]:
        """All that there is to read of what came since that moment; nothing, where Kring was nowhere yet."""
        words = await self._kept.words_from(PLATFORM)
        for ref in words:  # Discord names open threads only; in others something may be deleted too
            self._knows_thread(ref.channel, ref.thread)
        if since is None:
            return []
        found: list[Read] = []
        if self._happened.reads:
            threads = await self._kept.threads_of(PLATFORM, THREADS)
            there = (thread for thread in threads if self._is_there(thread.channel.space, thread.id))
            found += [partial(self._read_thread, thread, since) for thread in there]
        messages = (ref for ref in words if self._is_there(ref.channel.space, ref.id))
        newest = sorted(messages, key=lambda ref: int(ref.id))[-WORDS:]
        found += [partial(self._look_at, ref, since) for ref in newest]
        if self._sees_members:
            found += [partial(self._see_who_came, server, since) for server in self._servers.all()]
        return found

    async def read(self, part: Read) -> bool:
        """Whether there is no more to do about it. What Kring may not read any more is passed over.

        False for what Discord does not give for long.
        """
        for pause in AGAIN:
            try:
                await part()
            except PlatformRefusal as refusal:
                log.info("not read again", why=str(refusal))
            except PlatformTrouble as trouble:
                at = trouble.retry_at
                await asyncio.sleep(max(pause, (at - self._now()).total_seconds() if at else 0.0))
                continue
            return True
        return False

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

    async def _see_who_came(self, server: Server, since: datetime) -> None:
        """Whoever was there before Kring, or before the gap, is no newcomer."""
        if server.people > PEOPLE or not server.bot_joined:
            log.info("nobody looked who came meanwhile", server=server.id, people=server.people)
            return
        since = max(since, datetime.fromisoformat(server.bot_joined))
        path, after = LISTING.partition(" ")[2], "0"
        for _ in range(PEOPLE // PAGE):
            await self._pace.wait(server.space, LISTING, server.id)
            query = {"limit": PAGE, "after": after}
            page = await self._calling.ask("GET", path, query=query, guild_id=server.id)
            for member in page:
                if member.get("joined_at") and datetime.fromisoformat(member["joined_at"]) > since:
                    await self._told(("GUILD_MEMBER_ADD",), {**member, "guild_id": server.id})
            if len(page) < PAGE:
                return
            after = max((member["user"]["id"] for member in page), key=int)

    async def _told(self, kinds: Iterable[str], data: Mapping[str, Any]) -> None:
        for kind in kinds:
            for event in self._happened.told(kind, data, self._now()):
                await self._tell(event)

    def _knows_thread(self, channel: Channel, thread: str | None) -> None:
        self._servers.knows_thread({"id": thread, "guild_id": channel.space.id, "parent_id": thread and channel.id})

    def _is_there(self, space: Space, id_: str) -> bool:
        """Whether that is in a server that Kring is in now, and new enough to be looked at."""
        known = self._servers.get(space.id) is not None and id_.isdecimal()
        return known and moment(id_) > self._now() - OLDEST
