"""When Discord closes which thread: what it says of threads, as an event for the door. Pure.

A thread is archived when nothing happened in it for `auto_archive_duration` minutes, or some time after: Discord also
says that this is only how long it stays in the channel list, and that it is *usually* not archived earlier. So what
counts here is the earliest moment. What counts as happening is a message, of Kring too; that it is taken out of the
archive; and that its duration is changed. Of a new message no THREAD_UPDATE tells: how a thread stands when its moment
has come has to be looked up. https://docs.discord.com/developers/topics/threads#active-archived-threads (2026-11-26)

Private threads are nobody's business here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from adapters.discord import PLATFORM
from adapters.discord.reading import moment
from bot.chat.events import ThreadsStand
from bot.chat.names import Account, Channel, Space, Thread
from bot.chat.standing import Standing

Payload = Mapping[str, Any]

TOLD = frozenset({"GUILD_CREATE", "THREAD_CREATE", "THREAD_UPDATE", "THREAD_DELETE", "THREAD_LIST_SYNC"})
PUBLIC = frozenset({10, 11})
"""Channel types: a thread in an announcement channel, and any other that all of its channel may read."""


def told(kind: str, data: Payload, bot: str, now: datetime) -> Iterator[ThreadsStand]:
    """The event for one of `TOLD`; none where it names no thread. `bot` is Kring's own account."""
    server = data["id"] if kind == "GUILD_CREATE" else data["guild_id"]
    space = Space(PLATFORM, server)
    match kind:
        case "GUILD_CREATE" | "THREAD_LIST_SYNC":  # these are all that are open
            found = [each for each in data.get("threads") or () if each["type"] in PUBLIC and each.get("parent_id")]
            what = server
        case _:
            found = [data] if data["type"] in PUBLIC and data.get("parent_id") else []
            what = f"{data['id']}/{_state(data)}"
    threads = tuple(standing(each, space, bot, gone=kind == "THREAD_DELETE") for each in found)
    if threads:
        yield ThreadsStand(f"{PLATFORM}/t{what}/{now.isoformat()}", now, space, threads)


def standing(thread: Payload, space: Space, bot: str, *, gone: bool = False) -> Standing:
    """How the thread of this channel object stands."""
    named = Thread(Channel(space, thread["parent_id"]), thread["id"])
    if gone:
        return Standing(named, None, gone=True)
    how, owner, title = thread["thread_metadata"], thread.get("owner_id"), thread.get("name") or ""
    opener = Account(space, owner) if owner and owner != bot else None
    span = timedelta(minutes=how["auto_archive_duration"])
    if how["archived"] or how.get("locked"):
        return Standing(named, None, span, opener, title)
    # the last message may be deleted by now; its id still says when it came
    written = moment(thread.get("last_message_id") or thread["id"])
    return Standing(named, max(written, datetime.fromisoformat(how["archive_timestamp"])) + span, span, opener, title)


def _state(thread: Payload) -> str:
    """Discord gives what happens to a thread no id; it may be locked and unlocked again in one moment."""
    how = thread.get("thread_metadata")
    return "gone" if how is None else "".join("01"[bool(how.get(name))] for name in ("archived", "locked"))
