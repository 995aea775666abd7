"""What waits for a moment. A thing waits for one moment at a time; whoever claims it has it until the lease is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    select,
    update,
)

from bot.chat.actions import Action
from storage.first import chosen_once
from storage.quick import Quick
from storage.schema import Utc, metadata, moment
from storage.upsert import Upsert

due = Table(
    "due",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("community", String, nullable=False),
    Column("name", String, nullable=False),
    Column("id", String, nullable=False),
    Column("at", Utc, nullable=False),
    # when it may be claimed: its moment, or the end of the lease of whoever has it
    Column("free_at", Utc, nullable=False, index=True),
    UniqueConstraint("community", "name", "id"),
)

_THIS = (
    due.c.community == bindparam("in_community"),
    due.c.name == bindparam("named"),
    due.c.id == bindparam("with_id"),
)
_SET = Upsert(
    due,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["community", "name", "id"],
        set_={"at": insert.excluded.at, "free_at": insert.excluded.free_at},
    ),
)
_SET_ONE = Quick(_SET)
_FORGET = delete(due).where(*_THIS)
_SETTLE = Quick(_FORGET.where(due.c.at == bindparam("moment")))
_SETTLE_CLAIMED = delete(due).where(
    due.c.seq.in_(bindparam("claimed", expanding=True)), due.c.free_at == bindparam("until")
)
_READY = (
    select(due.c.seq)
    .where(due.c.free_at <= bindparam("now"))
    .order_by(due.c.free_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(due)
    .where(due.c.seq.in_(select(chosen_once(_READY).c.seq)))
    .values(free_at=bindparam("until"))
    .returning(due.c.community, due.c.name, due.c.id, due.c.at, due.c.seq)
)
_RELEASE = update(due).where(due.c.free_at > due.c.at).values(free_at=due.c.at)
_NEXT = "SELECT min(free_at) FROM due"


@dataclass(frozen=True, slots=True)
class DueThing:
    """A thing and the moment it waited for."""

    community: str
    about: Action
    at: datetime
    claim: tuple[int, datetime] | None = field(default=None, compare=False, repr=False)
    """Its row, and until when it is ours."""


class Due:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def set(self, community: str, about: Action, at: datetime | None) -> None:
        """The one moment this thing waits for now; None: it waits for nothing."""
        if at is None:
            self._connection.execute(_FORGET, _this(community, about))
        else:
            row = {"community": community, "name": about.name, "id": about.id, "at": at, "free_at": at}
            _SET_ONE.run(self._connection, row)

    def set_many(self, community: str, moments: Iterable[tuple[Action, datetime]]) -> None:
        """The moments of many things, in one statement."""
        rows = [
            {"community": community, "name": about.name, "id": about.id, "at": at, "free_at": at}
            for about, at in moments
        ]
        if rows:
            self._connection.execute(_SET.on(self._connection), rows)

    def settle(self, community: str, about: Action, at: datetime) -> None:
        """The moment `at` has been handled: forgets it, unless another moment was set meanwhile."""
        _SETTLE.run(self._connection, _this(community, about) | {"moment": at})

    def settle_many(self, things: Iterable[DueThing]) -> None:
        """The same for many that were claimed, in one statement for each claim. One that another has by now stays."""
        claims: dict[datetime, list[int]] = {}
        for thing in things:
            if thing.claim is not None:
                claims.setdefault(thing.claim[1], []).append(thing.claim[0])
        for until, rows in claims.items():
            self._connection.execute(_SETTLE_CLAIMED, {"claimed": rows, "until": until})

    # -- for the clock, over all communities

    def claim(self, now: datetime, limit: int, lease: timedelta) -> list[DueThing]:
        """What waited for a moment up to `now`, oldest first; nobody else gets it before the lease is over."""
        rows = self._connection.execute(_CLAIM, {"now": now, "most": limit, "until": now + lease})
        until = now + lease
        things = [
            DueThing(community, Action(name, id_), at, (seq, until)) for community, name, id_, at, seq in rows.all()
        ]
        things.sort(key=attrgetter("at"))
        return things

    def release(self) -> None:
        """Gives back everything that was claimed."""
        self._connection.execute(_RELEASE)

    def next(self) -> datetime | None:
        """The earliest moment at which something can be claimed."""
        # the driver's own cursor: this is asked again and again while nothing happens
        cursor = self._connection.connection.cursor()
        cursor.execute(_NEXT)
        (found,) = cursor.fetchone() or (None,)
        cursor.close()
        return moment(found)


def _this(community: str, about: Action) -> dict[str, object]:
    return {"in_community": community, "named": about.name, "with_id": about.id}
