"""The playground's documents, as one JSON text each, in the order in which they first came."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import BigInteger, Column, Connection, Integer, String, Table, Text, bindparam, delete, select

from storage.quick import Quick
from storage.schema import metadata
from storage.upsert import Upsert

room = Table(
    "room",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("body", Text, nullable=False),
)

_PUT = Quick(
    Upsert(
        room,
        lambda insert: insert.on_conflict_do_update(index_elements=["key"], set_={"body": insert.excluded.body}),
    )
)
_TAKE_AWAY = delete(room).where(room.c.key == bindparam("away"))
_ALL = select(room.c.key, room.c.body).order_by(room.c.seq)


class Room:
    """The playground is one place for all its communities, so it stands outside them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, documents: Mapping[str, str | None]) -> None:
        """Writes the documents; None takes one away."""
        away = [{"away": key} for key, body in documents.items() if body is None]
        if away:
            self._connection.execute(_TAKE_AWAY, away)
        for key, body in documents.items():
            if body is not None:
                _PUT.run(self._connection, {"key": key, "body": body})

    def all(self) -> dict[str, str]:
        """By key, in the order in which they first came."""
        return {row.key: row.body for row in self._connection.execute(_ALL)}
