"""Repeating rounds in the database: one row each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    RowMapping,
    String,
    Table,
    Text,
    Time,
    and_,
    delete,
    select,
    update,
)

from bot.chat.names import Channel, Space
from bot.errors import Overtaken
from bot.rounds.recurring import Rule
from bot.rounds.schedules import Schedule
from storage.schema import Utc, metadata

schedules = Table(
    "round_schedules",
    metadata,
    Column("community", String, primary_key=True),
    Column("schedule", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("platform", String, nullable=False),
    Column("space", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("format", String, nullable=False),
    Column("topic", Text, nullable=False),
    Column("other_topic", Text, nullable=False),
    Column("preset", String, nullable=False),
    # the rule: every so many weeks on a weekday, or on the n-th of a month
    Column("every", String, nullable=False),
    Column("step", Integer, nullable=False),
    Column("nth", Integer, nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("at", Time, nullable=False),
    Column("timezone", String, nullable=False),
    Column("first", Date, nullable=False),
    Column("holder", String),
    Column("created_at", Utc, nullable=False),
    Column("next_at", Utc),
    Column("asked", Boolean, nullable=False),
    Column("missed_at", Utc),
    Column("resting", String),
    # the round that it opened last
    Column("round", String, nullable=False),
    Index("ix_round_schedules_holder", "community", "holder"),
)


class Schedules:
    """The repeating rounds of all communities; every question names one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, schedule: Schedule) -> None:
        """Keeps a new one."""
        row = _row(schedule) | {
            "community": schedule.community,
            "schedule": schedule.id,
            "version": schedule.version,
        }
        self._connection.execute(schedules.insert(), row)

    def save(self, schedule: Schedule) -> Schedule:
        """Writes it; gives it back with its new version. Raises Overtaken when somebody else was first."""
        changed = (
            update(schedules)
            .where(_this(schedule.community, schedule.id), schedules.c.version == schedule.version)
            .values(**_row(schedule), version=schedule.version + 1)
            .returning(schedules.c.version)
        )
        if self._connection.execute(changed).one_or_none() is None:
            raise Overtaken
        return replace(schedule, version=schedule.version + 1)

    def get(self, community: str, id_: str) -> Schedule | None:
        row = self._connection.execute(select(schedules).where(_this(community, id_))).mappings().one_or_none()
        return None if row is None else _read(row)

    def of(self, community: str) -> tuple[Schedule, ...]:
        """All of this community, oldest first."""
        return self._many(schedules.c.community == community)

    def held_by(self, community: str, person: str) -> tuple[Schedule, ...]:
        """Those that this person holds, oldest first."""
        return self._many(and_(schedules.c.community == community, schedules.c.holder == person))

    def drop(self, community: str, id_: str) -> None:
        """It comes back no more."""
        self._connection.execute(delete(schedules).where(_this(community, id_)))

    def _many(self, which: Any) -> tuple[Schedule, ...]:
        query = select(schedules).where(which).order_by(schedules.c.created_at, schedules.c.schedule)
        return tuple(_read(row) for row in self._connection.execute(query).mappings())


def _this(community: str, id_: str) -> Any:
    return and_(schedules.c.community == community, schedules.c.schedule == id_)


_AS_THEY_ARE = (
    *("format", "topic", "other_topic", "preset", "holder", "created_at", "next_at", "asked", "missed_at", "resting"),
    "round",
)
_OF_THE_RULE = ("every", "step", "nth", "weekday", "at", "timezone", "first")


def _row(schedule: Schedule) -> dict[str, Any]:
    return {
        "platform": schedule.channel.space.platform,
        "space": schedule.channel.space.id,
        "channel": schedule.channel.id,
        **{name: getattr(schedule, name) for name in _AS_THEY_ARE},
        **{name: getattr(schedule.rule, name) for name in _OF_THE_RULE},
    }


def _read(row: RowMapping) -> Schedule:
    return Schedule(
        id=row["schedule"],
        community=row["community"],
        version=row["version"],
        channel=Channel(Space(row["platform"], row["space"]), row["channel"]),
        rule=Rule(**{name: row[name] for name in _OF_THE_RULE}),
        **{name: row[name] for name in _AS_THEY_ARE},
    )
