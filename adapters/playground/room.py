"""The playground's memory: everything in it at hand, and every change written through before anybody sees it.

Documents are kept by the room store as JSON. A change is several documents written together, so that what a person did
and the event it makes are stored as one: a process that dies loses neither.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from adapters.playground.model import (
    Act,
    Basis,
    Corner,
    Document,
    Entry,
    File,
    Opened,
    Seen,
    Somebody,
    Somewhere,
    key,
)
from bot.chat.names import Profile
from bot.chat.wire import from_json, to_json


class RoomStore(Protocol):
    """What the playground needs from storage."""

    def room_put(self, documents: Mapping[str, str | None]) -> Awaitable[None]:
        """Writes the documents together, None takes one away; returns when it is durable. Keeps the order of calls."""

    def room_all(self) -> Awaitable[Mapping[str, str]]: ...


Change = tuple[Document | None, Document | None]
"""What a document was and what it is; None where there was or is none."""
Watcher = Callable[[tuple[Change, ...]], None]


class Room:
    """Read it freely; change it only through `save`."""

    def __init__(self, store: RoomStore, real: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._store = store
        self._real = real
        self.basis = Basis("", "en")
        self.spaces: dict[str, Somewhere] = {}
        self.people: dict[str, Somebody] = {}
        self.channels: dict[str, Corner] = {}
        self.entries: dict[str, Entry] = {}
        self.forms: dict[str, Opened] = {}
        self.acts: dict[str, Act] = {}
        self.seen: dict[str, Seen] = {}
        self._places: dict[tuple[str, str | None], dict[str, None]] = {}
        self._files: dict[str, str] = {}
        self._watchers: list[Watcher] = []

    async def restore(self) -> None:
        """Reads everything back after a start."""
        documents: list[Document] = [from_json(text, Document) for text in (await self._store.room_all()).values()]
        for document in sorted(documents, key=lambda each: getattr(each, "seq", 0)):
            self._keep(document)

    # -- time

    def now(self) -> datetime:
        """Kring's clock: real time and how far it was moved ahead. Never runs back."""
        return self._real() + timedelta(seconds=self.basis.ahead)

    async def travel(self, moment: datetime) -> None:
        """Moves the clock ahead to that moment."""
        ahead = (moment - self._real()).total_seconds()
        await self.save(replace(self.basis, ahead=ahead))

    # -- looking

    def profile(self, person: Somebody) -> Profile:
        """What the platform says about them."""
        space = self.spaces[person.space].name
        return Profile(person.name, person.language, person.timezone, person.host, person.role, space)

    def dm(self, person: Somebody) -> Corner:
        return self.channels[person.dm]

    def at(self, channel: str, thread: str | None) -> list[Entry]:
        """What stands at the top level of a channel, or in a thread with the root first; oldest first."""
        found = [self.entries[id_] for id_ in self._places.get((channel, thread), ())]
        root = self.entries.get(thread) if thread else None
        return [root, *found] if root else found

    def replies(self, entry: Entry) -> list[Entry]:
        return [self.entries[id_] for id_ in self._places.get((entry.channel, entry.id), ())]

    def threads(self, channel: str) -> list[str]:
        """The ids of the root messages in the channel that have replies."""
        return [thread for at, thread in self._places if at == channel and thread is not None]

    def file(self, id_: str) -> tuple[Entry, File] | None:
        entry = self.entries.get(self._files.get(id_, ""))
        return next(((entry, file) for file in entry.files if file.id == id_), None) if entry else None

    # -- changing

    def next_seq(self) -> int:
        """A number higher than all before. It is stored with the next `save`."""
        self.basis = replace(self.basis, seq=self.basis.seq + 1)
        return self.basis.seq

    def free_id(self, name: str, taken: Mapping[str, object]) -> str:
        """An id made of a name's letters that is not taken."""
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:32] or f"p{self.basis.seq + 1}"
        return next(id_ for n in range(1, len(taken) + 3) if (id_ := slug if n == 1 else f"{slug}-{n}") not in taken)

    async def save(self, *documents: Document, without: tuple[Document, ...] = ()) -> None:
        """Keeps the documents and forgets those of `without`, together; returns when that is durable."""
        changes: list[Change] = [(self._forget(document), None) for document in without]
        changes += [(self._keep(document), document) for document in documents]
        written: dict[str, str | None] = {key(document): None for document in without}
        written |= {key(document): to_json(document, Document) for document in (*documents, self.basis)}
        await self._store.room_put(written)
        for watcher in tuple(self._watchers):
            watcher(tuple(changes))

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Calls the watcher after every durable change, until what is returned is called."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def _keep(self, document: Document) -> Document | None:
        before: Document | None
        match document:
            case Basis():
                before, self.basis = self.basis, replace(document, seq=max(document.seq, self.basis.seq))
            case Somewhere():
                before, self.spaces[document.id] = self.spaces.get(document.id), document
            case Somebody():
                before, self.people[document.id] = self.people.get(document.id), document
            case Corner():
                before, self.channels[document.id] = self.channels.get(document.id), document
            case Entry():
                before, self.entries[document.id] = self.entries.get(document.id), document
                self._places.setdefault((document.channel, document.thread), {})[document.id] = None
                self._files |= {file.id: document.id for file in document.files}
            case Opened():
                before, self.forms[document.id] = self.forms.get(document.id), document
            case Act():
                before, self.acts[document.id] = self.acts.get(document.id), document
            case Seen():
                before, self.seen[document.id] = self.seen.get(document.id), document
        return before

    def _forget(self, document: Document) -> Document | None:
        match document:
            case Entry():
                self._places.get((document.channel, document.thread), {}).pop(document.id, None)
                return self.entries.pop(document.id, None)
            case Opened():
                return self.forms.pop(document.id, None)
            case Act():
                return self.acts.pop(document.id, None)
            case _:
                raise ValueError(f"a {document.kind} is never forgotten")
