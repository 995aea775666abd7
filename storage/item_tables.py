"""The tables of know-how: one row for an item, a quote, a contributor with their consent, and a report of a try."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from storage.schema import Utc, metadata

items = Table(
    "items",
    metadata,
    Column("community", String, primary_key=True),
    Column("item", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("keeper", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("stage", String, nullable=False),
    Column("scope", String, nullable=False),
    Column("circle", String, nullable=False),
    Column("number", Integer),
    # the keeper's own words by field, as JSON; closed by the cipher while it is a draft
    Column("own", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("transfer", String, nullable=False),
    Column("evidence", String, nullable=False),
    Column("language", String, nullable=False),
    Column("sensitive", Boolean, nullable=False),
    # where it came from, for finding what a thread became
    Column("platform", String, nullable=False),
    Column("space", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("thread", String, nullable=False),
    Column("message", String, nullable=False),
    Column("origin", String, nullable=False),
    Column("cards", Text, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("asked_until", Utc),
    Column("open_since", Utc),
    Column("shared_at", Utc),
    Column("reviewed_at", Utc),
    Column("told_at", Utc),
    UniqueConstraint("community", "number"),
    Index(None, "community", "platform", "space", "channel", "thread"),
    Index(None, "community", "keeper", "stage"),
    Index(None, "community", "origin"),
    Index(None, "community", "shared_at"),
)


def _part(name: str, *columns: Column[Any], indexes: Sequence[Sequence[str]]) -> Table:
    """A table of what stands in an item, numbered within it."""
    return Table(
        name,
        metadata,
        Column("community", String, primary_key=True),
        Column("item", String, primary_key=True),
        Column("n", Integer, primary_key=True),
        *columns,
        *(Index(None, "community", *index) for index in indexes),
    )


quotes = _part(
    "quotes",
    Column("field", String, nullable=False),
    # closed while the item is a draft
    Column("text", Text, nullable=False),
    Column("contributor", Integer, nullable=False),
    Column("platform", String, nullable=False),
    Column("space", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("thread", String, nullable=False),
    Column("message", String, nullable=False),
    Column("paraphrased", Boolean, nullable=False),
    indexes=[("platform", "space", "channel", "message")],
)
consents = _part(
    "consents",
    # empty when the person is not known or was forgotten
    Column("person", String, nullable=False),
    Column("consent", String, nullable=False),
    # the exact text that was shown; closed by the cipher
    Column("text", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("may_ask", Boolean, nullable=False),
    Column("name", String, nullable=False),
    Column("answered_at", Utc),
    indexes=[("person",)],
)
tries = _part(
    "tries",
    Column("person", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("situation", Text, nullable=False),
    Column("changed", Text, nullable=False),
    Column("again", String, nullable=False),
    Column("named", Boolean, nullable=False),
    Column("at", Utc, nullable=False),
    indexes=[("person",)],
)
