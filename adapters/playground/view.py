"""The room as one person sees it, as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from adapters.playground.answers import Given
from adapters.playground.commands import SHORTCUTS
from adapters.playground.emoji import EMOJI
from adapters.playground.finding import channels_of, may_see
from adapters.playground.model import KRING, Corner, Entry, Opened, Seen, Somebody
from adapters.playground.room import Room
from bot.chat.forms import Form, PersonField
from bot.chat.messages import Choice, Message
from bot.chat.wire import to_plain
from bot.texts.catalogue import LANGUAGES, Words


def iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def state(room: Room, viewer: Somebody | None, words: Words, next_due: datetime | None) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "now": iso(room.now()),
        "next_due": iso(next_due),
        "community": room.basis.community,
        "language": room.basis.language,
        "languages": LANGUAGES,
        "spaces": [{"id": each.id, "name": each.name} for each in room.spaces.values()],
        "people": [person(room, each) for each in room.people.values() if not each.gone],
        "channels": [corner(each) for each in room.channels.values() if not each.gone and not each.owner],
        "shortcuts": [{"name": name, "label": words.label(label)} for name, label in SHORTCUTS.items()],
        "emoji": [{"name": name, "char": char} for name, char in EMOJI.items()],
    }
    if viewer is not None:
        shown["me"] = person(room, viewer)
        shown["channels"] = [corner(each) | unread(room, viewer, each) for each in channels_of(room, viewer)]
    return shown


def person(room: Room, each: Somebody) -> dict[str, Any]:
    return {
        "id": each.id,
        "name": each.name,
        "space": each.space,
        "role": each.role or "",
        "language": each.language or room.basis.language,
        "timezone": each.timezone or "",
        "host": each.host,
        "direct_messages": each.direct,
    }


def corner(each: Corner) -> dict[str, Any]:
    return {"id": each.id, "name": each.name, "space": each.space, "kind": "dm" if each.owner else "channel"}


# -- what is new


def upto(room: Room, viewer: Somebody, where: str) -> int:
    """The number of the last message the person has seen in a channel or thread."""
    return dict(room.seen.get(viewer.id, Seen(viewer.id)).upto).get(where, viewer.since)


def seen(room: Room, viewer: Somebody, where: Corner, thread: str | None) -> Seen:
    """As it is after the person has read there."""
    before = dict(room.seen.get(viewer.id, Seen(viewer.id)).upto)
    return Seen(viewer.id, tuple((before | {thread or where.id: room.basis.seq}).items()))


def unread(room: Room, viewer: Somebody, where: Corner) -> dict[str, int]:
    """How many messages at the top level are new to the person, and in how many threads there are new replies."""
    return {
        "unread": _new(room, viewer, where.id, None),
        "unread_threads": sum(1 for thread in room.threads(where.id) if _new(room, viewer, where.id, thread)),
    }


def _new(room: Room, viewer: Somebody, channel: str, thread: str | None) -> int:
    last = upto(room, viewer, thread or channel)
    fresh = 0
    for entry in reversed(room.at(channel, thread)):
        if entry.seq <= last or entry.id == thread:
            break
        fresh += entry.author != viewer.id and not entry.deleted and entry.to in ("", viewer.id)
    return fresh


# -- messages, answers, forms


def messages(room: Room, viewer: Somebody, where: Corner, thread: str | None) -> list[Entry]:
    """What the person can see there, oldest first; a deleted message only where replies hang on it."""
    return [
        entry
        for entry in room.at(where.id, thread)
        if may_see(viewer, where, entry) and (not entry.deleted or room.replies(entry))
    ]


def message(room: Room, viewer: Somebody, entry: Entry) -> dict[str, Any]:
    author = room.people.get(entry.author)
    named = {"id": KRING, "name": "Kring", "kind": "bot"}
    if author is not None:
        named = {"id": author.id, "name": author.name, "kind": "person"}
    replies = [each for each in room.replies(entry) if not each.deleted and each.to in ("", viewer.id)]
    return {
        "id": entry.id,
        "channel": entry.channel,
        "thread": entry.thread,
        "author": named,
        "at": iso(entry.at),
        "edited": entry.edited,
        "deleted": entry.deleted,
        "text": entry.text,
        "summary": entry.message.gist() if entry.message else "",
        "blocks": to_plain(entry.message, Message)["blocks"] if entry.message else None,
        "private": bool(entry.to),
        "mine": entry.author == viewer.id,
        "reactions": [
            {"emoji": name, "char": EMOJI.get(name, f":{name}:"), "people": list(people), "mine": viewer.id in people}
            for name, people in entry.reactions
        ],
        "files": [
            {
                "id": file.id,
                "name": file.name,
                "size": len(file.content.encode()),
                "url": f"/api/files/{file.id}?as={viewer.id}",
            }
            for file in entry.files
        ],
        "replies": len(replies),
        "unread_replies": _new(room, viewer, entry.channel, entry.id) if replies else 0,
        "last_reply": iso(replies[-1].at) if replies else None,
        "thread_title": entry.title,
    }


def answer(room: Room, viewer: Somebody, given: Given) -> dict[str, Any]:
    shown: dict[str, Any] = {"kind": given.kind}
    if given.entries:
        shown["message"] = message(room, viewer, given.entries[0])
    if len(given.entries) > 1:
        shown["more"] = [message(room, viewer, entry) for entry in given.entries[1:]]
    if given.form is not None:
        shown["form"] = form(room, viewer, given.form)
    if given.errors:
        shown["errors"] = dict(given.errors)
    return shown


def form(room: Room, viewer: Somebody, opened: Opened) -> dict[str, Any]:
    """The form; to pick a person from, everybody of the viewer's space."""
    plain: dict[str, Any] = to_plain(opened.form, Form)
    here = tuple(
        Choice(each.id, each.name, each.role or "")
        for each in room.people.values()
        if each.space == viewer.space and not each.gone
    )
    for field, shown in zip(opened.form.fields, plain["fields"], strict=True):
        if isinstance(field, PersonField):
            shown["choices"] = [to_plain(choice, Choice) for choice in here]
    plain["id"] = opened.id
    return plain
