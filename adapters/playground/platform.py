"""Carries out requests in the room, and refuses what a real platform would refuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from adapters.carrying import as_asked
from adapters.playground.limits import over
from adapters.playground.model import KRING, PLATFORM, Corner, Entry, File
from adapters.playground.room import Room
from bot.chat.capabilities import PLAYGROUND
from bot.chat.events import FetchedMessage
from bot.chat.fit import fit
from bot.chat.messages import Block, Facts, Message, Note, Words
from bot.chat.names import Account, MessageRef, Thread
from bot.chat.requests import Admit, Conversation, Edit, FetchThread, OpenThread, Post, React, Request, Upload
from bot.chat.text import ChannelName, Text
from bot.errors import PlatformRefusal
from bot.ports import Posted, Sent


class PlaygroundPlatform:
    """The room, as the postman sees it."""

    name = PLATFORM

    def __init__(self, room: Room) -> None:
        self._room = room

    def turn(self, request: Request) -> float:
        """The room is ours: it takes everything at once."""
        return 0.0

    def crowded(self) -> Mapping[str, float]:
        return {}

    async def send(
        self, request_id: str, request: Request, target: Posted | None, since: datetime | None = None
    ) -> Sent:
        id_ = f"k-{request_id}"
        corner = self._corner(request.to)
        match request:
            case Post():
                thread = self._thread(corner, request.thread, target if request.under else None, request.under)
                return Sent(await self._post(id_, corner, thread, request.message))
            case Upload():
                file = File(f"a-{request_id}", request.filename, request.content)
                return Sent(await self._post(id_, corner, None, request.message, file))
            case Edit():
                entry = self._entry(target.message if target else None)
                await self._room.save(*rewritten(self._room, entry, request.message, edited=True))
                return Sent(entry.ref)
            case Admit() | OpenThread(inside=tuple()):
                raise PlatformRefusal("rejected", "the playground has no private threads")
            case OpenThread():
                entry = self._entry(target.message if target else None)
                if entry.thread is not None:
                    raise PlatformRefusal("rejected", "a thread cannot be opened inside a thread")
                await self._room.save(replace(entry, title=request.title))
                return Sent(replace(entry.ref, thread=entry.id))
            case FetchThread():
                return Sent(fetched=as_asked(request, self._read(corner, request.message)))
            case React():
                entry = self._entry(request.message)
                await self._room.save(reacted(entry, KRING, request.emoji))
                return Sent(entry.ref)
            case _:
                assert_never(request)

    def _corner(self, to: Conversation) -> Corner:
        if isinstance(to, Account):
            person = self._room.people.get(to.id)
            if person is None or person.account != to or person.gone or not person.direct:
                raise PlatformRefusal("unreachable", "this person takes no direct messages")
            return self._room.dm(person)
        corner = self._room.channels.get(to.id)
        if corner is None or corner.gone or corner.space != to.space.id:
            raise PlatformRefusal("gone", "that channel is no more")
        if corner.owner and not self._room.people[corner.owner].direct:
            raise PlatformRefusal("unreachable", "this person takes no direct messages")
        return corner

    def _thread(self, corner: Corner, thread: Thread | None, target: Posted | None, under: object) -> str | None:
        if thread is None and under is None:
            return None
        root = thread.id if thread else (target.thread if target else None)
        entry = self._room.entries.get(root or "")
        if entry is None or entry.channel != corner.id or entry.thread is not None or entry.deleted:
            raise PlatformRefusal("gone", "that thread is no more")
        return entry.id

    def _entry(self, message: MessageRef | None) -> Entry:
        entry = self._room.entries.get(message.id) if message else None
        if entry is None or entry.deleted:
            raise PlatformRefusal("gone", "that message is no more")
        return entry

    async def _post(self, id_: str, corner: Corner, thread: str | None, message: Message, *files: File) -> MessageRef:
        if id_ in self._room.entries:  # sent before: its report was lost
            return self._room.entries[id_].ref
        entries = written(self._room, id_, corner, thread, message)
        entries[0] = replace(entries[0], files=files)
        await self._room.save(*entries)
        return entries[0].ref

    def _read(self, corner: Corner, message: MessageRef) -> tuple[FetchedMessage, ...]:
        root = self._room.entries.get(message.thread or message.id)
        if root is None or root.channel != corner.id:
            raise PlatformRefusal("gone", "that message is no more")
        found = [entry for entry in self._room.at(corner.id, root.id) if not entry.to and not entry.deleted]
        return tuple(self._fetched(entry) for entry in found)

    def _fetched(self, entry: Entry) -> FetchedMessage:
        author = self._room.people.get(entry.author)
        account = author.account if author and not author.gone else None
        emoji = tuple(name for name, _ in entry.reactions)
        return FetchedMessage(entry.ref, account, author.name if author else "Kring", entry.text, entry.at, emoji)


def written(room: Room, id_: str, corner: Corner, thread: str | None, message: Message, *, to: str = "") -> list[Entry]:
    """Kring's message as it comes to stand there: one entry, or several where it is too long for one."""
    return [
        Entry(
            id_ if n == 1 else f"{id_}.{n}", room.next_seq(), corner.id, corner.space, thread, KRING, room.now(),
            part.lines(), part, to,
        )
        for n, part in enumerate(_parts(room, message), start=1)
    ]  # fmt: skip


def rewritten(room: Room, entry: Entry, message: Message, *, edited: bool) -> list[Entry]:
    """The entry, and what hangs on it, with a new message. Parts that are needed no more become deleted."""
    first = room.entries[entry.id.partition(".")[0]]
    parts = _parts(room, message)
    changed = [replace(first, message=parts[0], text=parts[0].lines(), edited=edited, deleted=False)]
    for n in range(2, 100):
        old = room.entries.get(f"{first.id}.{n}")
        if n <= len(parts):
            part = parts[n - 1]
            blank = old or replace(first, id=f"{first.id}.{n}", seq=room.next_seq(), reactions=(), files=())
            changed.append(replace(blank, message=part, text=part.lines(), edited=edited, deleted=False))
        elif old is not None:
            changed.append(replace(old, message=None, text="", deleted=True))
        else:
            break
    return changed


def reacted(entry: Entry, who: str, emoji: str) -> Entry:
    """The entry with one more reaction; the same where it was there."""
    given = dict(entry.reactions)
    if who not in given.get(emoji, ()):
        given[emoji] = (*given.get(emoji, ()), who)
    return replace(entry, reactions=tuple(given.items()))


def unreacted(entry: Entry, who: str, emoji: str) -> Entry:
    left = {name: tuple(one for one in people if (name, one) != (emoji, who)) for name, people in entry.reactions}
    return replace(entry, reactions=tuple((name, people) for name, people in left.items() if people))


def _parts(room: Room, message: Message) -> tuple[Message, ...]:
    parts = fit(_named(room, message), PLAYGROUND)
    for part in parts:
        if fault := over(part, PLAYGROUND):
            raise PlatformRefusal("rejected", fault)
    return parts


def _named(room: Room, message: Message) -> Message:
    """The message with each channel called as it is called here."""

    def text(spans: Text) -> Text:
        return tuple(_channel(room, span) if isinstance(span, ChannelName) else span for span in spans)

    blocks: list[Block] = []
    for block in message.blocks:
        match block:
            case Words() | Note():
                blocks.append(replace(block, text=text(block.text)))
            case Facts():
                blocks.append(replace(block, rows=tuple((label, text(value)) for label, value in block.rows)))
            case _:
                blocks.append(block)
    return replace(message, blocks=tuple(blocks))


def _channel(room: Room, span: ChannelName) -> ChannelName:
    corner = room.channels.get(span.channel.id)
    return replace(span, name=corner.name) if corner else span
