"""Carries out requests in Slack. Each message carries the request's id in its metadata, so that after an unclear end
one can look whether it stands there before it is sent again: Slack has no key that would keep it from standing twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar, assert_never

from adapters.carrying import as_asked, following, standing_of, thread_of, unless_gone
from adapters.slack import PLATFORM, reading
from adapters.slack.blocks import Rendered, pages
from adapters.slack.calling import Calling
from adapters.slack.files import Files
from adapters.slack.pace import Pace
from adapters.slack.paging import Paging
from adapters.slack.profiles import Profiles
from adapters.slack.standing import Standing, marked
from bot.chat.events import FetchedMessage
from bot.chat.messages import Message
from bot.chat.names import Account, Channel, MessageRef
from bot.chat.requests import Admit, Conversation, Edit, FetchThread, OpenThread, Post, React, Request, Upload
from bot.errors import PlatformRefusal, PlatformTrouble
from bot.ports import Posted, Sent

MOST_READ = 1000
"""Messages of one thread that are read; the first ones, where the question stands, and what came after."""
AT_ONCE = 5

T = TypeVar("T")


class SlackPlatform:
    """Slack, as the postman sees it."""

    name = PLATFORM

    def __init__(self, calling: Calling, profiles: Profiles, pace: Pace, now: Callable[[], datetime]) -> None:
        self._calling = calling
        self._profiles = profiles
        self._pace = pace
        self._now = now
        self._paging = Paging(calling, pace, now)
        self._standing = Standing(calling, pace, self._paging)
        self._files = Files(calling, pace, self._standing)

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

    async def _send(self, request_id: str, request: Request, target: Posted | None, since: datetime | None) -> Sent:
        match request:
            case Post():
                return await self._post(request_id, request, target, since)
            case Edit():
                return await self._edit(request_id, request, target, since)
            case Admit() | OpenThread(inside=tuple()):
                raise PlatformRefusal("rejected", "Slack has no private threads")
            case OpenThread():
                message = standing_of(target).message
                if message.thread is not None:
                    raise PlatformRefusal("rejected", "a thread cannot be opened inside a thread")
                return Sent(replace(message, thread=message.id))  # in Slack every message can be replied to
            case FetchThread():
                return Sent(fetched=as_asked(request, await self._read(request)))
            case React():
                return await self._react(request)
            case Upload():
                return await self._upload(request_id, request, since)
            case _:
                assert_never(request)

    # -- messages

    async def _post(self, request_id: str, request: Post, target: Posted | None, since: datetime | None) -> Sent:
        thread = thread_of(request, target)
        parts = await self._rendered(request.to, request.message)
        there = await self._standing.find(request_id, request.to, thread, since) if since else {}
        channel, ids = request.to.id, list[str]()
        for n, part in enumerate(parts):
            if n in there:
                channel, ts = there[n]
            else:
                if n:
                    await self._pace.wait(request.to.space.id, "chat.postMessage", request.to.id)
                posting = self._new(request.to, channel, thread, part, marked(request_id, n))
                channel, ts = await following(n > 0, posting)
            ids.append(ts)
        where = Channel(request.to.space, channel, direct=isinstance(request.to, Account) or request.to.direct)
        return Sent(MessageRef(where, ids[0], thread), more=tuple(ids[1:]))

    async def _new(
        self, to: Conversation, channel: str, thread: str | None, part: Rendered, metadata: Mapping[str, Any]
    ) -> tuple[str, str]:
        team = to.space.id
        client = await self._calling.client(team)
        said = await self._calling.ask(
            team,
            client.chat_postMessage(
                channel=channel,
                text=part.text,
                blocks=part.blocks,
                thread_ts=thread,
                metadata=dict(metadata),
                unfurl_links=False,
                unfurl_media=False,
            ),
            to_person=isinstance(to, Account),
        )
        return said["channel"], said["ts"]

    async def _edit(self, request_id: str, request: Edit, target: Posted | None, since: datetime | None) -> Sent:
        posted = standing_of(target)
        parts = await self._rendered(request.to, request.message)
        team, channel = request.to.space.id, posted.message.channel.id
        client = await self._calling.client(team)
        before = (posted.message.id, *posted.more)
        there = (
            await self._standing.find(request_id, posted.message.channel, posted.message.thread, since)
            if (since and len(parts) > len(before))
            else {}
        )
        ids: list[str] = []
        for n, part in enumerate(parts):
            if n < len(before):
                if n:
                    await self._pace.wait(team, "chat.update")
                await self._calling.ask(
                    team, client.chat_update(channel=channel, ts=before[n], text=part.text, blocks=part.blocks)
                )
                ids.append(before[n])
            elif n in there:
                ids.append(there[n][1])
            else:
                await self._pace.wait(team, "chat.postMessage", channel)
                _, ts = await following(
                    n > len(before),
                    self._new(posted.message.channel, channel, posted.message.thread, part, marked(request_id, n)),
                )
                ids.append(ts)
        for ts in before[len(parts) :]:
            await self._pace.wait(team, "chat.delete")
            await unless_gone(self._calling.ask(team, client.chat_delete(channel=channel, ts=ts)))
        return Sent(posted.message, more=tuple(ids[1:]))

    async def _upload(self, request_id: str, request: Upload, since: datetime | None) -> Sent:
        await self._files.share(request_id, request, since)
        if request.about is None:
            return Sent()
        await self._pace.wait(request.to.space.id, "chat.postMessage", request.to.id)
        return await following(
            True, self._post(request_id, Post(request.to, request.message, request.about), None, since)
        )

    async def _rendered(self, to: Conversation, message: Message) -> tuple[Rendered, ...]:
        private = isinstance(to, Account) or to.direct
        pictures = await self._files.pictures(to.space.id, message)
        return pages(message, space=to.space, private=private, pictures=pictures)

    # -- threads and reactions

    async def _read(self, request: FetchThread) -> tuple[FetchedMessage, ...]:
        """The thread, however it is named: Slack takes the first message or any other."""
        team, channel = request.to.space.id, request.message.channel
        root = request.message.thread or request.message.id
        # the first message of the thread comes with every page
        pages_of = self._paging.messages(team, channel.id, root, MOST_READ)
        read = {each["ts"]: each async for each in pages_of}
        found = list(read.values())
        first = found[0].get("thread_ts") if found else None
        if first and first != found[0]["ts"] and request.message.thread is None:
            # Slack gives a reply alone when it is asked by the reply's own name
            whole = replace(request, message=replace(request.message, thread=first))
            return await self._read(whole)
        return await self._named(channel, [each for each in found if each.get("subtype") != "tombstone"])

    async def _named(self, channel: Channel, found: list[Mapping[str, Any]]) -> tuple[FetchedMessage, ...]:
        team = channel.space.id
        people = {each["user"] for each in found if each.get("user") and not each.get("bot_id")}
        hands = asyncio.Semaphore(AT_ONCE)

        async def ask(user: str) -> None:
            async with hands:
                await self._profiles.get(team, user)

        await asyncio.gather(*(ask(user) for user in people))
        name = self._profiles.naming(team, (await self._calling.workspace(team)).bot_user)
        return tuple(self._fetched(channel, each, name) for each in found)

    def _fetched(self, channel: Channel, said: Mapping[str, Any], name_of: reading.Name) -> FetchedMessage:
        team, user, thread = channel.space.id, said.get("user"), said.get("thread_ts")
        person = None if said.get("bot_id") or not user else Account(channel.space, user)
        profile = self._profiles.known(team, user) if person and user else None
        name = profile.name if profile else (user or said.get("username") or "Slack")
        return FetchedMessage(
            MessageRef(channel, said["ts"], None if thread == said["ts"] else thread),
            person,
            name,
            reading.words(said.get("text", ""), name_of),
            reading.moment(said["ts"]),
            tuple(reading.emoji(each["name"]) for each in said.get("reactions", ())),
        )

    async def _react(self, request: React) -> Sent:
        team = request.to.space.id
        client = await self._calling.client(team)
        message = request.message
        try:
            await self._calling.ask(
                team, client.reactions_add(channel=message.channel.id, timestamp=message.id, name=request.emoji)
            )
        except PlatformRefusal as refusal:
            if refusal.detail != "already_reacted":
                raise
        return Sent(message)
