"""Threads: opened on a message, woken when they fell asleep, and read whole.

To Discord a thread is a channel with a parent; one that was opened on a message has that message's id.
https://docs.discord.com/developers/topics/threads (2026-11-26)
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from adapters.discord.calling import Calling
from adapters.discord.closing import standing
from adapters.discord.drawn import TEXT
from adapters.discord.faults import ARCHIVED, HAS_THREAD, IS_FORUM, code_of
from adapters.discord.pace import Pace
from adapters.discord.paging import Paging
from adapters.discord.people import is_person, name_of
from adapters.discord.reading import emoji, moment, words
from adapters.discord.servers import THREADS, Servers
from bot.chat.events import FetchedMessage
from bot.chat.fit import cut
from bot.chat.messages import Heading, Message
from bot.chat.names import Account, Channel, MessageRef
from bot.chat.requests import FetchThread
from bot.chat.standing import Standing
from bot.errors import PlatformRefusal

TITLE = 100
OPEN_FOR = 10080
"""Minutes without a message after which Discord archives a thread: a week, the most there is."""
MOST_READ = 1000
"""Messages of one thread that are read; the first ones, where the question stands, and what came after."""
MOST_SEEN = 100
"""Messages of a thread that is only looked at: one page, the first."""
KRING = "Kring"
SAID = frozenset({0, 19, 20, 23})
"""Types of messages that somebody wrote; the others tell what happened.
https://docs.discord.com/developers/resources/message#message-object-message-types (2026-11-26)"""
CHANNEL = "/channels/{channel_id}"
MESSAGE = CHANNEL + "/messages/{message_id}"

Json = Mapping[str, Any]
T = TypeVar("T")


def titled(title: str) -> str:
    return cut(" ".join(title.split()), TITLE) or KRING


def title_of(message: Message) -> str:
    """What a thread is called that is opened for this message."""
    heading = next((each.text for each in message.blocks if isinstance(each, Heading)), "")
    return titled(heading.strip() or message.gist())


class Threads:
    def __init__(self, calling: Calling, pace: Pace, paging: Paging, servers: Servers) -> None:
        self._calling = calling
        self._pace = pace
        self._paging = paging
        self._servers = servers

    async def open(self, message: MessageRef, title: str) -> str:
        """Opens a thread on a message, or finds the one that is there. Returns its id."""
        if message.thread == message.id:  # a post in a forum
            return message.thread
        if message.thread is not None:
            raise PlatformRefusal("rejected", "a thread cannot be opened inside a thread")
        try:
            said = await self._calling.ask(
                "POST",
                MESSAGE + "/threads",
                json={"name": titled(title), "auto_archive_duration": OPEN_FOR},
                channel_id=message.channel.id,
                message_id=message.id,
            )
        except PlatformRefusal as refusal:
            if code_of(refusal) != HAS_THREAD:
                raise
            return message.id
        return str(said["id"])

    async def ours(self, channel: Channel) -> list[Json]:
        """Kring's own threads in this channel, or posts in this forum, that are open."""
        self._pace.took()
        said = await self._calling.ask("GET", "/guilds/{guild_id}/threads/active", guild_id=channel.space.id)
        return [each for each in said["threads"] if each["parent_id"] == channel.id and self.is_ours(each)]

    def is_ours(self, thread: Json) -> bool:
        """Whether Kring opened it, by its channel object."""
        return bool(thread["owner_id"] == self._calling.me)

    async def awake(self, place: str, call: Callable[[], Awaitable[T]]) -> T:
        """What `call` gives; where it finds the thread archived, the thread is opened again first.

        Discord wakes a thread by itself for a new message, but not for an edit. Of a thread that is locked the refusal
        is what comes.
        """
        try:
            return await call()
        except PlatformRefusal as refusal:
            if code_of(refusal) != ARCHIVED:
                raise
        self._pace.took()
        await self._calling.ask("PATCH", CHANNEL, json={"archived": False}, channel_id=place)
        return await call()

    # -- reading

    async def read(self, request: FetchThread) -> tuple[FetchedMessage, ...]:
        """The thread around a message, oldest first, with the message it was opened on.

        A message without a thread comes alone. Raises PlatformRefusal, too, where Discord hides what people wrote.
        """
        ref = request.message
        first, thread = await self._around(ref)
        said: list[Json] = [] if thread is None else await self._all(request, thread)
        if first is None and thread is not None and not self._servers.is_forum(ref.channel.space.id, ref.channel.id):
            first = None if any(each["id"] == thread for each in said) else await self._begun_on(ref, thread)
        if not said and first is None:
            raise PlatformRefusal("forbidden", "nothing is shown there: Read Message History may be missing")
        _refuse_hidden(ref, [*([first] if first else ()), *said])
        found = [self._fetched(ref, each, thread) for each in said]
        return tuple(found) if first is None else (self._fetched(ref, first, None), *found)

    async def look(self, request: FetchThread) -> tuple[tuple[FetchedMessage, ...], Standing]:
        """Who wrote the first messages of a thread, without a word of them, and how it stands.

        Of one that is closed only that. Nothing here is hidden in light mode, which leaves out nothing but the words.
        """
        ref, space = request.message, request.to.space
        thread = ref.thread or ref.id
        how = standing(await self._calling.ask("GET", CHANNEL, channel_id=thread), space, self._calling.me)
        if how.closes_at is None:
            return (), how
        self._pace.took()
        said = await self._all(request, thread, MOST_SEEN)
        if not self._servers.is_forum(space.id, ref.channel.id) and not any(each["id"] == thread for each in said):
            first = await self._begun_on(ref, thread)
            said = said if first is None else [first, *said]
        return tuple(replace(self._fetched(ref, each, thread), text="", reactions=()) for each in said), how

    async def _around(self, ref: MessageRef) -> tuple[Json | None, str | None]:
        """The message that the thread was opened on, as far as it had to be read to find out, and the thread."""
        if ref.thread is not None:
            return None, ref.thread
        try:
            first = await self._calling.ask("GET", MESSAGE, channel_id=ref.channel.id, message_id=ref.id)
        except PlatformRefusal as refusal:
            if refusal.reason != "gone" and code_of(refusal) not in IS_FORUM:
                raise
            if await self._is_thread(ref):
                return None, ref.id
            raise
        thread = first.get("thread")
        return first, str(thread["id"]) if thread else None

    async def _is_thread(self, ref: MessageRef) -> bool:
        """A thread without a message that it was opened on is named by itself."""
        self._pace.took()
        try:
            said = await self._calling.ask("GET", CHANNEL, channel_id=ref.id)
        except PlatformRefusal:
            return False
        return said["type"] in THREADS and said.get("parent_id") == ref.channel.id

    async def _all(self, request: FetchThread, thread: str, most: int = MOST_READ) -> list[Json]:
        pages = self._paging.messages(request.to.space, thread, most)
        return [each async for each in pages if each["type"] in SAID]

    async def _begun_on(self, ref: MessageRef, thread: str) -> Json | None:
        self._pace.took()
        try:
            found: Json = await self._calling.ask("GET", MESSAGE, channel_id=ref.channel.id, message_id=thread)
        except PlatformRefusal:  # deleted, or the thread was opened on none
            return None
        return found if found["type"] in SAID else None

    def _fetched(self, ref: MessageRef, said: Json, thread: str | None) -> FetchedMessage:
        author, space = said["author"], ref.channel.space
        person = is_person(author) and not said.get("webhook_id")
        return FetchedMessage(
            MessageRef(ref.channel, said["id"], thread),
            Account(space, author["id"]) if person else None,
            name_of(author),
            self._words(said, space.id),
            moment(said["id"]),
            tuple(emoji(each["emoji"]) for each in said.get("reactions", ())),
        )

    def _words(self, said: Json, server: str) -> str:
        named = {each["id"]: name_of(each) for each in said.get("mentions", ())} | {self._calling.me: KRING}
        shown = [each["content"] for each in said.get("components", ()) if each.get("type") == TEXT]
        text = said.get("content") or "\n".join(shown)
        return words(text, person=named.get, channel=lambda id_: self._servers.channel_name(server, id_))


def _refuse_hidden(ref: MessageRef, said: list[Json]) -> None:
    """Without the message content intent Discord gives messages of people empty, but for those that call Kring.

    https://docs.discord.com/developers/events/gateway#message-content-intent (2026-11-26)
    """
    of_people = [each for each in said if is_person(each["author"])]
    hidden = [each for each in of_people if _hidden(each)]
    if hidden and (len(hidden) == len(of_people) or any(each["id"] == ref.id for each in hidden)):
        raise PlatformRefusal("hidden", "Message Content is off: Discord hides what people write")


def _hidden(said: Json) -> bool:
    shown = ("content", "attachments", "embeds", "components", "sticker_items", "poll", "message_snapshots")
    return not any(said.get(name) for name in shown)
