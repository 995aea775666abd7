"""Tells each page that is open what changed, as it changes, with the eyes of the person it is open for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

from adapters.playground import view
from adapters.playground.finding import may_see, sees
from adapters.playground.model import Basis, Corner, Entry, Seen, Somebody
from adapters.playground.room import Change, Room

MOST_WAITING = 2000
"""A page that reads nothing for so many changes is let go; it comes back and reads everything again."""


class Listener:
    """One open page. `queue` holds what to send; None at the end."""

    def __init__(self, room: Room, viewer: str) -> None:
        self.queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._room = room
        self._viewer = viewer
        self._stop: Callable[[], None] = room.watch(self._changed)
        self.queue.put_nowait({"type": "hello", "now": view.iso(room.now())})

    def close(self) -> None:
        """Hears nothing any more."""
        self._stop()

    def _changed(self, changes: tuple[Change, ...]) -> None:
        viewer = self._room.people.get(self._viewer)
        if viewer is None or viewer.gone or self.queue.qsize() > MOST_WAITING:
            self.queue.put_nowait(None)
            return
        counted: dict[str, Corner] = {}
        for before, after in changes:
            for told in _told(self._room, viewer, before, after):
                self.queue.put_nowait(told)
            counted |= {each.id: each for each in _touched(self._room, viewer, before, after)}
        for corner in counted.values():
            counts = view.unread(self._room, viewer, corner)
            self.queue.put_nowait({"type": "unread", "channel": corner.id, **counts})


def _told(room: Room, viewer: Somebody, before: Any, after: Any) -> Iterator[dict[str, Any]]:
    match after or before:
        case Entry() as entry:
            if may_see(viewer, room.channels[entry.channel], entry):
                yield _message(room, viewer, before, after, entry)
                root = room.entries.get(entry.thread or "")
                if root is not None and (before is None or after is None):
                    yield _message(room, viewer, root, root, root)
        case Somebody():
            yield {"type": "people"}
        case Corner(owner=owner):
            if owner in ("", viewer.id):
                yield {"type": "channels"}
        case Basis() if before is not None and before.ahead != after.ahead:
            yield {"type": "clock", "now": view.iso(room.now())}


def _message(room: Room, viewer: Somebody, before: Any, after: Any, entry: Entry) -> dict[str, Any]:
    change = "removed" if after is None else "added" if before is None else "changed"
    told = {"type": "message", "change": change, "channel": entry.channel, "thread": entry.thread, "id": entry.id}
    return told if after is None else told | {"message": view.message(room, viewer, entry)}


def _touched(room: Room, viewer: Somebody, before: Any, after: Any) -> Iterator[Corner]:
    """Channels in which something may be new, or seen, for this person."""
    match after or before:
        case Entry() as entry if sees(viewer, room.channels[entry.channel]):
            yield room.channels[entry.channel]
        case Seen(id=id_, upto=upto) if id_ == viewer.id:
            where = {place for place, _ in upto}
            for corner in room.channels.values():
                if sees(viewer, corner) and not where.isdisjoint({corner.id, *room.threads(corner.id)}):
                    yield corner
