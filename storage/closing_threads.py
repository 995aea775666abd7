"""Threads that close by themselves: which there are, when they may close, and which of them had their offer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Connection, Index, Row, String, Table, and_, bindparam, delete, func, select

from bot.chat.names import Channel, Space, Thread
from bot.knowhow.model import ClosingThread
from storage.schema import Utc, metadata
from storage.upsert import Upsert

closing_threads = Table(
    "closing_threads",
    metadata,
    Column("community", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("platform", String, nullable=False),
    Column("space", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("thread", String, nullable=False),
    Column("closes_at", Utc, nullable=False),
    Column("offered_at", Utc),
    Index(None, "community", "platform", "space", "channel", "thread", unique=True),
)

_OF = closing_threads.c.community == bindparam("in_community")
_THIS = and_(_OF, closing_threads.c.id == bindparam("this_id"))
_THERE = and_(
    _OF,
    closing_threads.c.platform == bindparam("in_platform"),
    closing_threads.c.space == bindparam("in_space"),
    closing_threads.c.channel == bindparam("in_channel"),
)
_GET = select(closing_threads).where(_THIS)
_AT = select(closing_threads).where(_THERE, closing_threads.c.thread == bindparam("this_thread"))
_DROP = delete(closing_threads).where(_THIS)
_OFFERED = select(func.count()).where(_THERE, closing_threads.c.offered_at > bindparam("since"))
_PUT = Upsert(
    closing_threads,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["community", "id"],
        set_={name: insert.excluded[name] for name in ("closes_at", "offered_at")},
    ),
)


class ClosingThreads:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, community: str, id_: str) -> ClosingThread | None:
        return _read(self._connection.execute(_GET, {"in_community": community, "this_id": id_}).one_or_none())

    def at(self, community: str, thread: Thread) -> ClosingThread | None:
        there = _there(community, thread.channel) | {"this_thread": thread.id}
        return _read(self._connection.execute(_AT, there).one_or_none())

    def put(self, thread: ClosingThread) -> None:
        """Keeps it as it is now."""
        channel = thread.thread.channel
        row = {
            "community": thread.community,
            "id": thread.id,
            "platform": channel.space.platform,
            "space": channel.space.id,
            "channel": channel.id,
            "thread": thread.thread.id,
            "closes_at": thread.closes_at,
            "offered_at": thread.offered_at,
        }
        self._connection.execute(_PUT.on(self._connection), row)

    def drop(self, community: str, id_: str) -> None:
        self._connection.execute(_DROP, {"in_community": community, "this_id": id_})

    def offered(self, community: str, channel: Channel, since: datetime) -> int:
        """How many of this channel had their offer after that moment."""
        return self._connection.execute(_OFFERED, _there(community, channel) | {"since": since}).scalar_one()


def _there(community: str, channel: Channel) -> dict[str, object]:
    space = channel.space
    return {
        "in_community": community,
        "in_platform": space.platform,
        "in_space": space.id,
        "in_channel": channel.id,
    }


def _read(row: Row[tuple[object, ...]] | None) -> ClosingThread | None:
    if row is None:
        return None
    channel = Channel(Space(row.platform, row.space), row.channel)
    return ClosingThread(row.id, row.community, Thread(channel, row.thread), row.closes_at, row.offered_at)
