"""The ids of events that were handled, so that each is handled once."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, String, Table, bindparam, delete

from storage.quick import Quick
from storage.schema import Utc, metadata
from storage.upsert import Upsert

KEPT = timedelta(days=7)
"""Platforms send an event again within hours; a week covers a restored backup too."""

inbox = Table(
    "inbox",
    metadata,
    Column("event", String, primary_key=True),
    Column("at", Utc, nullable=False, index=True),
)

_NOTE = Quick(
    Upsert(inbox, lambda insert: insert.on_conflict_do_nothing(index_elements=["event"]).returning(inbox.c.event))
)
_TIDY = delete(inbox).where(inbox.c.at < bindparam("before"))


class Inbox:
    """An event's id comes before its community is known, so it stands outside all communities."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def first_time(self, event: str, now: datetime) -> bool:
        """Notes the event's id; False when it was noted before."""
        return _NOTE.one(self._connection, {"event": event, "at": now}) is not None

    def tidy(self, now: datetime) -> None:
        """Forgets what no platform will tell again."""
        self._connection.execute(_TIDY, {"before": now - KEPT})
