"""The formats that communities made themselves: the text of each, as it would stand in a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Column, Connection, String, Table, Text, and_, delete, select

from storage.schema import Utc, metadata

own_formats = Table(
    "own_formats",
    metadata,
    Column("community", String, primary_key=True),
    Column("format", String, primary_key=True),
    Column("text", Text, nullable=False),
    Column("made_at", Utc, nullable=False),
)


class OwnFormats:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, community: str) -> Mapping[str, str]:
        """All of this community, by id, the oldest first."""
        found = self._connection.execute(
            select(own_formats.c.format, own_formats.c.text)
            .where(own_formats.c.community == community)
            .order_by(own_formats.c.made_at, own_formats.c.format)
        )
        return {row.format: row.text for row in found}

    def put(self, community: str, id_: str, text: str, made_at: datetime) -> None:
        """Keeps a new one."""
        self._connection.execute(
            own_formats.insert(), {"community": community, "format": id_, "text": text, "made_at": made_at}
        )

    def drop(self, community: str, id_: str) -> None:
        """It is offered no more."""
        self._connection.execute(
            delete(own_formats).where(and_(own_formats.c.community == community, own_formats.c.format == id_))
        )
