"""The tables of communities, their spaces, their people, the accounts of those, and the codes that link spaces."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Time

from storage.schema import Json, Utc, metadata

communities = Table(
    "communities",
    metadata,
    Column("community", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("language", String, nullable=False),
    Column("timezone", String, nullable=False),
    Column("starters", String, nullable=False),
    Column("home_platform", String),
    Column("home_space", String),
    Column("home_channel", String),
    # the same for its other spaces: platform, space and channel of each
    Column("homes_elsewhere", Json, nullable=False),
    Column("keep_emoji", String, nullable=False),
    Column("daily_messages", Integer, nullable=False),
    Column("contacts", Json, nullable=False),
    # dates on which it holds no rounds
    Column("quiet_days", Json, nullable=False),
    Column("offers_threads", Boolean, nullable=False),
    Column("set_up", Boolean, nullable=False),
)

spaces = Table(
    "spaces",
    metadata,
    Column("platform", String, primary_key=True),
    Column("space", String, primary_key=True),
    Column("community", String, nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("platform_name", String),
    Column("name", String),
    # what crosses from it in rounds that stand in several spaces; empty: everything
    Column("crossing", String),
)

people = Table(
    "people",
    metadata,
    Column("person", String, primary_key=True),
    Column("community", String, nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("platform", String),
    Column("space", String),
    Column("account", String),
    Column("language", String),
    Column("platform_language", String),
    Column("timezone", String),
    Column("platform_timezone", String),
    Column("role", String),
    Column("platform_role", String),
    Column("facilitator", Boolean, nullable=False),
    Column("host", Boolean, nullable=False),
    Column("quiet_start", Time, nullable=False),
    Column("quiet_end", Time, nullable=False),
    Column("working_days", String, nullable=False),
    Column("paused_until", Utc),
    Column("reachable", Boolean, nullable=False),
    Column("gone_at", Utc),
)
for right in (people.c.facilitator, people.c.host):
    Index(f"ix_people_{right.name}", people.c.community, sqlite_where=right, postgresql_where=right)

accounts = Table(
    "accounts",
    metadata,
    Column("platform", String, primary_key=True),
    Column("space", String, primary_key=True),
    Column("account", String, primary_key=True),
    Column("community", String, nullable=False),
    Column("person", String, nullable=False),
    Column("host", Boolean, nullable=False),
    Column("left_at", Utc),
    Index("ix_accounts_person", "community", "person"),
)

link_codes = Table(
    "link_codes",
    metadata,
    Column("code", String, primary_key=True),
    Column("community", String, nullable=False),
    Column("by", String, nullable=False),
    Column("until", Utc, nullable=False),
    Index("ix_link_codes_community", "community"),
)
