"""Private threads: opened beside a message, with the people who are inside, and found again after a restart.

They can be opened in ordinary channels only. Whoever opened one may let people in and take them out; those who were
let in may not, as it is not `invitable`. Members with *Manage Threads* read it without being in it.
https://docs.discord.com/developers/topics/threads#public-private-threads (2026-11-26)
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import datetime
from typing import Any

from adapters.carrying import following
from adapters.discord.calling import Calling
from adapters.discord.faults import NO_ACCESS, WRONG_KIND, code_of
from adapters.discord.pace import BEGINNING, LETTING_IN, READING, Pace
from adapters.discord.servers import PRIVATE_THREAD, TEXT, Servers
from adapters.discord.standing import WATCHES_DIFFER, first_id
from adapters.discord.threads import OPEN_FOR, SAID, Threads, titled
from bot.chat.names import Account, Channel
from bot.chat.requests import Admit
from bot.errors import PlatformRefusal

MEMBER = "/channels/{channel_id}/thread-members/{user_id}"
ARCHIVED_ONES = "/channels/{channel_id}/users/@me/threads/archived/private"
LOOKED_AT = 50
"""Messages of a thread in which nobody has said anything yet: they tell who was let in."""


class PrivateThreads:
    def __init__(self, calling: Calling, pace: Pace, threads: Threads, servers: Servers) -> None:
        self._calling = calling
        self._pace = pace
        self._threads = threads
        self._servers = servers

    async def open(self, channel: Channel, title: str, inside: Iterable[Account], since: datetime | None) -> str:
        """Opens one with these people in it. `since`: it may have been opened already, then or later."""
        if self._servers.kind(channel.space.id, channel.id) not in {TEXT, None}:
            raise PlatformRefusal("forbidden", f"{WRONG_KIND} there are no private threads in such a channel")
        thread = await self._find(channel, titled(title), since) if since else None
        if thread is None:
            thread = await self._begin(channel, titled(title))
        for account in inside:
            await following(True, self._let_in(thread, account))
        return thread

    async def admit(self, request: Admit, thread: str) -> None:
        """The turn of this request has come already."""
        if request.out:
            await self._take_out(thread, request.person)
        else:
            await self._add(thread, request.person)

    async def _begin(self, channel: Channel, name: str) -> str:
        body = {"name": name, "type": PRIVATE_THREAD, "invitable": False, "auto_archive_duration": OPEN_FOR}
        path = BEGINNING.partition(" ")[2]
        return str((await self._calling.ask("POST", path, json=body, channel_id=channel.id))["id"])

    async def _let_in(self, thread: str, account: Account) -> None:
        """Who cannot be let in, because they have left or do not see the channel, is left out."""
        await self._pace.wait(account.space, LETTING_IN, thread)
        try:
            await self._add(thread, account)
        except PlatformRefusal as refusal:
            if refusal.reason != "unreachable":
                raise

    async def _add(self, thread: str, account: Account) -> None:
        """https://docs.discord.com/developers/resources/channel#add-thread-member (2026-11-26)"""
        await self._member("PUT", thread, account)

    async def _take_out(self, thread: str, account: Account) -> None:
        """https://docs.discord.com/developers/resources/channel#remove-thread-member (2026-11-26)

        Who left the server, is not in there.
        """
        try:
            await self._member("DELETE", thread, account)
        except PlatformRefusal as refusal:
            if refusal.reason != "unreachable":
                raise

    async def _member(self, method: str, thread: str, account: Account) -> None:
        def call() -> Any:
            return self._calling.ask(method, MEMBER, channel_id=thread, user_id=account.id)

        try:
            await self._threads.awake(thread, call)
        except PlatformRefusal as refusal:
            if code_of(refusal) != NO_ACCESS or not await self._sees(thread):
                raise
            raise PlatformRefusal("unreachable", "they do not see the channel") from refusal

    async def _sees(self, thread: str) -> bool:
        """Whether it is somebody else who has no access."""
        self._pace.took()
        try:
            await self._calling.ask("GET", "/channels/{channel_id}", channel_id=thread)
        except PlatformRefusal:
            return False
        return True

    # -- after a restart

    async def _find(self, channel: Channel, name: str, since: datetime) -> str | None:
        """One that was opened for this request: nobody has said anything in it yet.

        Raises PlatformRefusal where Kring may not look: then nobody knows, and none is opened.
        """
        oldest = int(first_id(since - WATCHES_DIFFER))
        async for thread in self._ours(channel):
            if thread["name"] == name and int(thread["id"]) >= oldest and await self._is_empty(channel, thread["id"]):
                return str(thread["id"])
        return None

    async def _ours(self, channel: Channel) -> AsyncIterator[Mapping[str, Any]]:
        """Those that are awake first. Who opened a thread is in it."""
        for thread in await self._threads.ours(channel):
            if thread["type"] == PRIVATE_THREAD:
                yield thread
        self._pace.took()
        asleep = await self._calling.ask("GET", ARCHIVED_ONES, query={"limit": 100}, channel_id=channel.id)
        for thread in asleep["threads"]:
            if self._threads.is_ours(thread):
                yield thread

    async def _is_empty(self, channel: Channel, thread: str) -> bool:
        await self._pace.wait(channel.space, READING, thread)
        query = {"limit": LOOKED_AT}
        said = await self._calling.ask("GET", "/channels/{channel_id}/messages", query=query, channel_id=thread)
        return not any(each["type"] in SAID for each in said)
