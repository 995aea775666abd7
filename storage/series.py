"""Numbers that people say aloud, such as 1 for `K-1`: each community counts for itself, without gaps."""

from __future__ import annotations

from sqlalchemy import Column, Connection, Integer, String, Table

from storage.schema import metadata
from storage.upsert import Upsert

series = Table(
    "series",
    metadata,
    Column("community", String, primary_key=True),
    Column("series", String, primary_key=True),
    Column("last", Integer, nullable=False),
)

_NEXT = Upsert(
    series,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["community", "series"], set_={"last": series.c.last + 1}
    ).returning(series.c.last),
)


def next_number(connection: Connection, community: str, name: str) -> int:
    """The next number; taken back when the unit is."""
    values = {"community": community, "series": name, "last": 1}
    return int(connection.execute(_NEXT.on(connection), values).scalar_one())
