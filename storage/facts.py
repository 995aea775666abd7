"""What has happened, kept beside the things it happened to: the audit trail and the source of measures and exports."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, String, Table, Text, bindparam, select

from bot.chat.actions import Action
from bot.chat.spoken import kept
from storage.quick import Quick
from storage.schema import Utc, metadata

facts = Table(
    "facts",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("community", String, nullable=False),
    Column("name", String, nullable=False),
    Column("id", String, nullable=False),
    Column("at", Utc, nullable=False),
    Column("fact", String, nullable=False),
    # the fact's fields as JSON
    Column("fields", Text, nullable=False),
    Index(None, "community", "name", "id", "seq"),
)

_ADD = Quick(facts.insert())
_OF = (
    select(facts.c.at, facts.c.fact, facts.c.fields)
    .where(
        facts.c.community == bindparam("in_community"),
        facts.c.name == bindparam("named"),
        facts.c.id == bindparam("with_id"),
    )
    .order_by(facts.c.seq)
)


class Facts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, community: str, about: Action, facts: Sequence[object], now: datetime) -> None:
        """Keeps facts (frozen dataclasses) beside the thing they are about, in order."""
        rows = [
            {
                "community": community,
                "name": about.name,
                "id": about.id,
                "at": now,
                "fact": type(fact).__name__,
                "fields": json.dumps(kept(fact), ensure_ascii=False, separators=(",", ":")),
            }
            for fact in facts
        ]
        for row in rows:
            _ADD.run(self._connection, row)

    def of(self, community: str, about: Action) -> tuple[tuple[datetime, str, dict[str, Any]], ...]:
        """When, the fact's class name, its fields; oldest first."""
        rows = self._connection.execute(_OF, {"in_community": community, "named": about.name, "with_id": about.id})
        return tuple((row.at, row.fact, json.loads(row.fields)) for row in rows)
