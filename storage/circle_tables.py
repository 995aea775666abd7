"""The tables of the circles' feature. What people wish and would talk about is closed by the cipher."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text

from storage.schema import Json, Utc, metadata

circles = Table(
    "circles",
    metadata,
    Column("community", String, primary_key=True),
    Column("circle", String, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("name", String, nullable=False),
    Column("question", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("facilitator", String, nullable=False),
    Column("platform", String),
    Column("space", String),
    Column("channel", String),
    Column("formation", Integer, nullable=False),
    Column("made", Utc, nullable=False),
    Column("ask_until", Utc),
    Column("small_since", Utc),
    Column("version", Integer, nullable=False),
    Index("ix_circles_number", "community", "number", unique=True),
)

seats = Table(
    "circle_seats",
    metadata,
    Column("community", String, primary_key=True),
    Column("circle", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("since", Utc, nullable=False),
    Index("ix_circle_seats_person", "community", "person"),
)

declared = Table(
    "circle_wanted",
    metadata,
    Column("community", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("ready", Boolean, nullable=False),
    Column("experience", String),
    Column("languages", Json, nullable=False),
    Column("slots", Json, nullable=False),
    Column("topics", Text, nullable=False),
)

wishes = Table(
    "circle_wishes",
    metadata,
    Column("community", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("other", String, primary_key=True),
    Column("kind", Text, nullable=False),
    Index("ix_circle_wishes_other", "community", "other"),
)

formations = Table(
    "circle_formations",
    metadata,
    Column("community", String, primary_key=True),
    Column("formation", String, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("asked_by", String, nullable=False),
    Column("name", String, nullable=False),
    Column("question", Text, nullable=False),
    Column("live", Boolean, nullable=False),
    Column("platform", String),
    Column("space", String),
    Column("channel", String),
    Column("seed", String, nullable=False),
    Column("at", Utc, nullable=False),
    Column("seating", Json, nullable=False),
    Column("state", String, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("share", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_circle_formations_state", "community", "state"),
)
