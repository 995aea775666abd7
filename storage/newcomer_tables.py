"""The tables of the newcomers' feature. What people wrote is closed by the cipher."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, Text

from storage.schema import Json, Utc, metadata

newcomers = Table(
    "newcomers",
    metadata,
    Column("community", String, primary_key=True),
    Column("newcomer", String, primary_key=True),
    Column("person", String, nullable=False),
    Column("joined", Utc, nullable=False),
    Column("start", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("platform", String),
    Column("space", String),
    Column("channel", String),
    Column("pace", String, nullable=False),
    Column("done", Integer, nullable=False),
    Column("unanswered", Json, nullable=False),
    Column("undelivered", Integer),
    Column("greeted_in_public", Boolean, nullable=False),
    Column("introduced", Boolean, nullable=False),
    Column("left_at", Utc),
    Column("version", Integer, nullable=False),
    Index("ix_newcomers_person", "community", "person", unique=True),
    Index("ix_newcomers_joined", "community", "joined"),
)

answers = Table(
    "checkin_answers",
    metadata,
    Column("community", String, primary_key=True),
    Column("answer", String, primary_key=True),
    Column("newcomer", String, nullable=False),
    Column("person", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("brought_to", Json, nullable=False),
    Index("ix_checkin_answers_newcomer", "community", "newcomer", "at"),
)

stages = Table(
    "stages",
    metadata,
    Column("community", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("stage", String, nullable=False),
)

buddies = Table(
    "buddies",
    metadata,
    Column("community", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("since", Utc, nullable=False),
    Column("asked", Utc),
)

pairings = Table(
    "buddy_pairings",
    metadata,
    Column("community", String, primary_key=True),
    Column("pairing", String, primary_key=True),
    Column("newcomer", String, nullable=False),
    Column("person", String, nullable=False),
    Column("buddy", String, nullable=False),
    Column("asked", Utc, nullable=False),
    Column("state", String, nullable=False),
    Column("told", Integer, nullable=False),
    Column("wanted", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_buddy_pairings_person", "community", "person"),
    Index("ix_buddy_pairings_buddy", "community", "buddy"),
)

helps = Table(
    "help_requests",
    metadata,
    Column("community", String, primary_key=True),
    Column("help", String, primary_key=True),
    Column("newcomer", String, nullable=False),
    Column("person", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("with_name", Boolean, nullable=False),
    Column("asked", Utc, nullable=False),
    Column("tell_at", Utc),
    Column("own_up_at", Utc),
    Column("told", Json, nullable=False),
    Column("state", String, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_help_requests_person", "community", "person"),
)

helpers = Table(
    "help_helpers",
    metadata,
    Column("community", String, primary_key=True),
    Column("help", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("remind_at", Utc),
    Column("state", String, nullable=False),
    Index("ix_help_helpers_person", "community", "person"),
)

counts = Table(
    "newcomer_counts",
    metadata,
    Column("community", String, primary_key=True),
    Column("what", String, primary_key=True),
    Column("times", Integer, nullable=False),
)
