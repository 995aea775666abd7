"""Carries out requests in Discord, so that what they ask comes to stand there once: see `standing`."""

from __future__ import annotations

import unicodedata
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar, assert_never

from adapters.carrying import following, private, standing_of, thread_of, unless_gone
from adapters.discord import PLATFORM
from adapters.discord.calling import Calling
from adapters.discord.faults import IS_FORUM, NO_CHANNEL, NO_EMOJI, code_of
from adapters.discord.forums import Forums
from adapters.discord.pace import DELETING, EDITING, POSTING, Pace
from adapters.discord.paging import Paging
from adapters.discord.parts import Part, parts, parts_with_file
from adapters.discord.places import Places
from adapters.discord.private_threads import PrivateThreads
from adapters.discord.servers import Servers
from adapters.discord.standing import Standing, marked, nonce
from adapters.discord.threads import MESSAGE, Threads, title_of
from bot.chat.emoji import NAMES
from bot.chat.names import Account, Channel, MessageRef
from bot.chat.requests import Admit, Conversation, Edit, FetchThread, OpenThread, Post, React, Request, Upload
from bot.errors import PlatformRefusal, PlatformTrouble
from bot.ports import Posted, Sent

NOTHING: Mapping[int, str] = {}
VARIANT = "\ufe0f"

T = TypeVar("T")


class DiscordPlatform:
    """Discord, as the postman sees it."""

    name = PLATFORM

    def __init__(
        self,
        calling: Calling,
        servers: Servers,
        places: Places,
        pace: Pace,
        now: Callable[[], datetime],
        unreachable: Callable[[Account], None] = lambda _: None,
    ) -> None:
        """`unreachable` is told whose conversation with Kring is refused."""
        self._calling = calling
        self._servers = servers
        self._places = places
        self._pace = pace
        self._now = now
        self._unreachable = unreachable
        paging = Paging(calling, pace, now)
        self._standing = Standing(calling, paging, now)
        self._threads = Threads(calling, pace, paging, servers)
        self._forums = Forums(calling, pace, self._threads)
        self._private = PrivateThreads(calling, pace, self._threads, servers)

    def turn(self, request: Request) -> float:
        return self._pace.turn(request)

    def crowded(self) -> Mapping[str, float]:
        return self._pace.crowded()

    async def send(
        self, request_id: str, request: Request, target: Posted | None, since: datetime | None = None
    ) -> Sent:
        try:
            return await self._send(request_id, request, target, since)
        except PlatformTrouble as trouble:
            if trouble.retry_at is not None:
                self._pace.hold(request, (trouble.retry_at - self._now()).total_seconds())
            raise
        except PlatformRefusal as refusal:
            if refusal.reason == "unreachable" and isinstance(request.to, Account):
                self._unreachable(request.to)
            raise

    async def _send(self, request_id: str, request: Request, target: Posted | None, since: datetime | None) -> Sent:
        match request:
            case Post():
                shown = await parts(request.message, space=request.to.space, private=private(request.to))
                return await self._post(request_id, request, shown, thread_of(request, target), since)
            case Edit():
                return await self._edit(request_id, request, standing_of(target), since)
            case OpenThread():
                message = standing_of(target).message
                if request.inside is None:
                    return Sent(replace(message, thread=await self._threads.open(message, request.title)))
                thread = await self._private.open(request.to, request.title, request.inside, since)
                return Sent(replace(message, thread=thread))
            case Admit():
                posted = standing_of(target)
                if posted.thread is None:
                    raise PlatformRefusal("gone", "no thread was opened there")
                await self._private.admit(request, posted.thread)
                return Sent(posted.message)
            case FetchThread(words=False):
                said, how = await self._threads.look(request)
                return Sent(fetched=said, standing=how)
            case FetchThread():
                return Sent(fetched=await self._threads.read(request))
            case React():
                return await self._react(request)
            case Upload():
                shown = await parts_with_file(request, private=private(request.to))
                return await self._post(request_id, request, shown, None, since)
            case _:
                assert_never(request)

    # -- messages

    async def _post(
        self, request_id: str, request: Post | Upload, shown: Sequence[Part], thread: str | None, since: datetime | None
    ) -> Sent:
        to = request.to
        if thread is None and isinstance(to, Channel) and self._is_forum(to):
            return await self._post_in_forum(request_id, to, request, shown, since)
        place = thread or await self._place(to)
        try:
            ids = await self._fill(request_id, to, place, shown, since)
        except PlatformRefusal as refusal:
            if code_of(refusal) in IS_FORUM and thread is None and isinstance(to, Channel):
                self._places.keep_forum(to.id)
                return await self._post_in_forum(request_id, to, request, shown, since)
            if code_of(refusal) != NO_CHANNEL or not isinstance(request, Post) or request.thread is None:
                raise
            # where nobody answered a message yet there is no thread on it
            await self._threads.open(MessageRef(request.thread.channel, place), title_of(request.message))
            ids = await self._fill(request_id, to, place, shown, None)
        if isinstance(request, Post):
            self._places.found(request, place)
        where = Channel(to.space, place, direct=True) if isinstance(to, Account) else to
        return Sent(MessageRef(where, ids[0], thread), more=tuple(ids[1:]))

    async def _post_in_forum(
        self, request_id: str, forum: Channel, request: Post | Upload, shown: Sequence[Part], since: datetime | None
    ) -> Sent:
        thread = await self._forums.find(request_id, forum, since) if since else None
        if thread is None:
            thread = await self._forums.post(request_id, forum, request.message, shown[0])
        ids = await self._fill(request_id, forum, thread, shown, since, {0: thread})
        return Sent(MessageRef(forum, thread, thread), more=tuple(ids[1:]))

    def _is_forum(self, channel: Channel) -> bool:
        return self._places.is_forum(channel.id) or self._servers.is_forum(channel.space.id, channel.id)

    async def _place(self, to: Conversation) -> str:
        """The channel; for a person that of the conversation with Kring, opened where it is not known."""
        if isinstance(to, Channel):
            return to.id
        known = self._places.direct(to)
        if known is not None:
            return known
        said = await self._calling.ask("POST", "/users/@me/channels", json={"recipient_id": to.id}, to_person=True)
        self._pace.took()
        self._places.keep(to, said["id"])
        return str(said["id"])

    async def _there_already(
        self, request_id: str, count: int, to: Conversation, place: str, since: datetime | None
    ) -> Mapping[int, str]:
        if since is None or not self._standing.forgotten(since):
            return {}
        return await self._standing.find(request_id, count, to.space, place, since)

    async def _fill(
        self,
        request_id: str,
        to: Conversation,
        place: str,
        shown: Sequence[Part],
        since: datetime | None,
        known: Mapping[int, str] = NOTHING,
    ) -> list[str]:
        """Posts what is not there. Returns the ids of all parts."""
        there = {**await self._there_already(request_id, len(shown), to, place, since), **known}
        ids: list[str] = []
        for n, part in enumerate(shown):
            if n in there:
                ids.append(there[n])
                continue
            if n:
                await self._pace.wait(to.space, POSTING, place)
            ids.append(await following(n > 0, self._new(request_id, n, to, place, part)))
        return ids

    async def _new(self, request_id: str, n: int, to: Conversation, place: str, part: Part) -> str:
        body = {**marked(part.body, request_id, n), "nonce": nonce(request_id, n), "enforce_nonce": True}
        said = await self._threads.awake(
            place,
            lambda: self._calling.ask(
                "POST",
                "/channels/{channel_id}/messages",
                json=body,
                files=part.files,
                to_person=isinstance(to, Account),
                channel_id=place,
            ),
        )
        return str(said["id"])

    async def _edit(self, request_id: str, request: Edit, posted: Posted, since: datetime | None) -> Sent:
        shown = await parts(request.message, space=request.to.space, private=private(request.to))
        message = posted.message
        space, place = request.to.space, message.thread or message.channel.id
        before = (message.id, *posted.more)
        grows = len(shown) > len(before)
        there = await self._there_already(request_id, len(shown), request.to, place, since) if grows else {}
        for n, (id_, part) in enumerate(zip(before, shown, strict=False)):
            if n:
                await self._pace.wait(space, EDITING, place)
            await self._change(place, id_, part)
        ids = list(before[: len(shown)])
        for n in range(len(before), len(shown)):
            if n in there:
                ids.append(there[n])
                continue
            await self._pace.wait(space, POSTING, place)
            new = self._new(request_id, n, message.channel, place, shown[n])
            ids.append(await following(n > len(before), new))
        for id_ in before[len(shown) :]:
            await self._pace.wait(space, DELETING, place)
            await unless_gone(self._calling.ask("DELETE", MESSAGE, channel_id=place, message_id=id_))
        self._places.found(request, place)
        return Sent(message, more=tuple(ids[1:]))

    async def _change(self, place: str, id_: str, part: Part) -> None:
        def call() -> Awaitable[Any]:
            return self._calling.ask(
                "PATCH", MESSAGE, json=part.body, files=part.files, channel_id=place, message_id=id_
            )

        await self._threads.awake(place, call)

    # -- reactions

    async def _react(self, request: React) -> Sent:
        message = request.message
        sign = sign_of(request.emoji)
        if sign is None:
            raise PlatformRefusal("rejected", "no emoji of that name")
        try:
            await self._put(message, sign)
        except PlatformRefusal as refusal:
            if code_of(refusal) != NO_EMOJI:
                raise
            await self._put(message, sign + VARIANT)  # some are emoji only with this behind them
        return Sent(message)

    async def _put(self, message: MessageRef, sign: str) -> None:
        path = MESSAGE + "/reactions/{emoji}/@me"
        place = message.thread or message.channel.id
        await self._calling.ask("PUT", path, channel_id=place, message_id=message.id, emoji=sign)


def sign_of(short_name: str) -> str | None:
    """The emoji with that short name, by our own table or as Unicode calls it."""
    for sign, name in NAMES.items():
        if name == short_name:
            return sign
    try:
        return unicodedata.lookup(short_name.replace("_", " "))
    except KeyError:
        return None
