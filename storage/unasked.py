"""How many messages a person got that they did not ask for, by day of their own calendar and by kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import Column, Connection, Date, Integer, String, Table, bindparam, delete, select

from storage.schema import metadata
from storage.upsert import Upsert

KEPT = timedelta(days=30)

unasked = Table(
    "unasked",
    metadata,
    Column("community", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("count", Integer, nullable=False),
)

_SINCE = select(unasked.c.day, unasked.c.kind, unasked.c["count"]).where(
    unasked.c.community == bindparam("in_community"),
    unasked.c.person == bindparam("of_person"),
    unasked.c.day >= bindparam("from_day"),
)
_ADD = Upsert(
    unasked,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["community", "person", "day", "kind"], set_={"count": unasked.c["count"] + 1}
    ),
)
_TIDY = delete(unasked).where(unasked.c.day < bindparam("before"))


class Unasked:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def since(self, community: str, person: str, day: date) -> Mapping[date, Mapping[str, int]]:
        """How many of each kind, by day of the person's own calendar, from that day on."""
        counted: dict[date, dict[str, int]] = {}
        these = {"in_community": community, "of_person": person, "from_day": day}
        for row in self._connection.execute(_SINCE, these):
            counted.setdefault(row.day, {})[row.kind] = row[2]
        return counted

    def add(self, community: str, person: str, day: date, kind: str) -> None:
        self._connection.execute(
            _ADD.on(self._connection),
            {"community": community, "person": person, "day": day, "kind": kind, "count": 1},
        )

    def tidy(self, now: datetime) -> None:
        """Forgets the days that no budget asks for any more."""
        self._connection.execute(_TIDY, {"before": (now - KEPT).date()})
