"""Requests on their way to the platforms: put by features, carried out by the postman, reported to the door.

A conversation stays in order: only its first open request can be claimed. What was asked for a later moment takes its
place at that moment, and what needs it (an edit, its thread) follows it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)

from bot.chat.actions import Action
from bot.chat.names import MessageRef
from bot.chat.requests import Edit, OpenThread, Post, React, Request, Upload, order_key
from bot.chat.wire import request_from_json, request_to_json
from bot.ports import Posted, Waiting
from storage.cipher import Cipher
from storage.posts import Posts
from storage.quick import Quick
from storage.schema import Utc, metadata

KEPT = timedelta(days=30)
"""How long a host can see what was refused; without its words."""
_IS_OPEN: Any = literal_column("state = 'open'")

outbox = Table(
    "outbox",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("request", String, nullable=False, unique=True),
    Column("community", String, nullable=False),
    # as `order_key` writes it
    Column("conversation", String, nullable=False),
    Column("kind", String, nullable=False),
    # what it is about, and what must have been posted before it
    Column("name", String),
    Column("id", String),
    Column("after_name", String),
    Column("after_id", String),
    # the request as JSON, closed by the cipher; empty once it is over
    Column("body", Text, nullable=False),
    # its place in the conversation
    Column("ready_at", Utc, nullable=False),
    # when it may be claimed: the next try, or the end of the lease of whoever has it
    Column("free_at", Utc, nullable=False),
    Column("tries", Integer, nullable=False),
    # open, refused or unreadable; what was delivered is deleted
    Column("state", String, nullable=False),
    Column("reason", String),
    Column("ended_at", Utc),
    Index("ix_outbox_free", "free_at", "seq", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
    Index("ix_outbox_order", "conversation", "ready_at", "seq", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
    Index("ix_outbox_about", "community", "name", "id", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
)

_OPEN = outbox.c.state == literal_column("'open'")
_ABOUT = and_(
    _OPEN,
    outbox.c.community == bindparam("in_community"),
    outbox.c.name == bindparam("named"),
    outbox.c.id == bindparam("with_id"),
)
_THERE = outbox.c.conversation == bindparam("there")
_earlier = outbox.alias("earlier")
_IS_FIRST = ~exists().where(
    _earlier.c.state == literal_column("'open'"),
    _earlier.c.conversation == outbox.c.conversation,
    tuple_(_earlier.c.ready_at, _earlier.c.seq) < tuple_(outbox.c.ready_at, outbox.c.seq),
)

_ADD = Quick(outbox.insert())
_OVERTAKE = Quick(
    update(outbox)
    .where(_ABOUT, _THERE, outbox.c.kind == literal_column("'edit'"), outbox.c.tries == 0)
    .values(body=bindparam("newer"))
    .returning(outbox.c.request)
)
_READY = Quick(
    select(func.max(outbox.c.ready_at)).where(
        _ABOUT,
        _THERE,
        or_(*(outbox.c.kind == literal_column(f"'{kind}'") for kind in ("post", "upload", "open_thread"))),
    )
)
_DROP = delete(outbox).where(_ABOUT, outbox.c.tries == 0).returning(outbox.c.kind, outbox.c.conversation)
_DROP_AFTER = delete(outbox).where(
    _OPEN,
    _THERE,
    outbox.c.community == bindparam("in_community"),
    outbox.c.after_name == bindparam("named"),
    outbox.c.after_id == bindparam("with_id"),
)


def _claim(*order: Any) -> Any:
    """Claims the first requests of conversations, in that order."""
    ready = (
        select(outbox.c.seq)
        .where(_OPEN, outbox.c.free_at <= bindparam("now"), _IS_FIRST)
        .order_by(*order)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=outbox)
        .correlate(None)
    )
    return (
        update(outbox)
        .where(outbox.c.seq.in_(ready))
        .values(free_at=bindparam("until"), tries=outbox.c.tries + 1)
        .returning(
            outbox.c.seq,
            outbox.c.request,
            outbox.c.community,
            outbox.c.conversation,
            outbox.c.body,
            outbox.c.ready_at,
            outbox.c.tries,
        )
    )


_CLAIM = _claim(outbox.c.free_at, outbox.c.seq)
_CLAIM_NEWEST = _claim(outbox.c.free_at.desc(), outbox.c.seq.desc())
_NEXT = select(outbox.c.free_at).where(_OPEN, _IS_FIRST).order_by(outbox.c.free_at).limit(1)
_RETRY = update(outbox).where(outbox.c.request == bindparam("this"), _OPEN).values(free_at=bindparam("again_at"))
_RELEASE = (
    update(outbox)
    .where(_OPEN, outbox.c.free_at > bindparam("now"), outbox.c.tries > 0)
    .values(free_at=bindparam("now"))
)
_THIS = (outbox.c.request == bindparam("this"), _OPEN)
_DELIVERED = Quick(delete(outbox).where(*_THIS).returning(outbox.c.community, outbox.c.conversation, outbox.c.body))
_LOOK = select(outbox.c.community, outbox.c.body).where(*_THIS)
_END = (
    update(outbox)
    .where(*_THIS)
    .values(state=bindparam("ended_as"), reason=bindparam("because"), ended_at=bindparam("now"), body="")
)
_TIDY = delete(outbox).where(outbox.c.ended_at < bindparam("before"))


@dataclass(frozen=True, slots=True)
class Claimed:
    """A request that is ours until the lease is over."""

    id: str
    community: str
    request: Request
    target: Posted | None
    """The message it edits, opens a thread on, or in whose thread it writes; None when there is none (any more)."""
    attempts: int
    """How often it was claimed before; above 0 it may have been carried out already."""


class Outbox:
    """The features' side."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    def put(self, community: str, request: Request, *, now: datetime, not_before: datetime | None = None) -> str:
        """Keeps the request for the postman; returns its id. A waiting `Edit` about the same thing gives way."""
        conversation = order_key(request.to)
        body = self._cipher.close(request_to_json(request))
        about, after = _about(request), _after(request)
        ready_at = not_before or now
        if after is not None:
            there = _this(community, after) | {"there": conversation}
            if isinstance(request, Edit):
                waiting: str | None = _OVERTAKE.value(self._connection, there | {"newer": body})
                if waiting is not None:
                    return waiting
            ready_at = max(ready_at, _READY.value(self._connection, there) or ready_at)
        id_ = secrets.token_hex(10)  # at most 25 characters: Discord's nonce
        _ADD.run(
            self._connection,
            {
                "request": id_,
                "community": community,
                "conversation": conversation,
                "kind": request.kind,
                "name": about and about.name,
                "id": about and about.id,
                "after_name": after and after.name,
                "after_id": after and after.id,
                "body": body,
                "ready_at": ready_at,
                "free_at": ready_at,
                "tries": 0,
                "state": "open",
                "reason": None,
                "ended_at": None,
            },
        )
        return id_

    def drop(self, community: str, about: Action) -> None:
        """Takes back what is not sent yet about this, and what would have stood in its thread."""
        dropped = self._connection.execute(_DROP, _this(community, about)).all()
        for kind, conversation in dropped:
            if kind in {"post", "upload"}:
                self._connection.execute(_DROP_AFTER, _this(community, about) | {"there": conversation})


class Requests:
    """The door's and the postman's side."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher
        self._posts = Posts(connection)

    def delivered(self, request: str, message: MessageRef | None, now: datetime) -> Waiting | None:
        """It was carried out: it leaves the outbox, and what it posted can be found. None when it was over before."""
        row = _DELIVERED.one(self._connection, {"this": request})
        if row is None:
            return None
        done = request_from_json(self._cipher.open(row.body))
        if message is not None:
            match done:
                case Post(about=Action() as about) | Upload(about=Action() as about):
                    self._posts.add(row.community, about, done.to, message)
                case OpenThread():
                    self._posts.opened(row.community, done.about, row.conversation, message.thread or message.id)
                case _:
                    pass
        return Waiting(request, row.community, done)

    def refused(self, request: str, reason: str, now: datetime) -> Waiting | None:
        """It will never be carried out. None when it was over before."""
        row = self._connection.execute(_LOOK, {"this": request}).one_or_none()
        if row is None:
            return None
        self._end(request, "refused", reason, now)
        return Waiting(request, row.community, request_from_json(self._cipher.open(row.body)))

    def claim(self, now: datetime, limit: int, lease: timedelta, *, newest: bool = False) -> list[Claimed]:
        """The first request of each conversation that nobody holds and that may go out now, the longest ready first.

        Or the `newest` first: what somebody waits for was asked just now, a broadcast long before.
        """
        statement = _CLAIM_NEWEST if newest else _CLAIM
        rows = self._connection.execute(statement, {"now": now, "most": limit, "until": now + lease}).all()
        found = (self._claimed(row, now) for row in sorted(rows, key=lambda row: (row.ready_at, row.seq)))
        return [claimed for claimed in found if claimed is not None]

    def retry(self, request: str, at: datetime) -> None:
        """Gives the request back, not to be tried before `at`."""
        self._connection.execute(_RETRY, {"this": request, "again_at": at})

    def release(self, now: datetime) -> None:
        """Gives back everything that was claimed, and tries at once what failed."""
        self._connection.execute(_RELEASE, {"now": now})

    def next(self) -> datetime | None:
        """The earliest moment at which a request can be claimed."""
        found: datetime | None = self._connection.execute(_NEXT).scalar()
        return found

    def tidy(self, now: datetime) -> None:
        """Forgets what was refused long ago."""
        self._connection.execute(_TIDY, {"before": now - KEPT})

    def _claimed(self, row: Any, now: datetime) -> Claimed | None:
        try:
            request = request_from_json(self._cipher.open(row.body))
        except ValueError:  # written by another version of Kring; it must not hold up the conversation
            self._end(row.request, "unreadable", "", now)
            return None
        after = _after(request)
        target = self._posts.there(row.community, after, row.conversation) if after else None
        return Claimed(row.request, row.community, request, target, row.tries - 1)

    def _end(self, request: str, state: str, reason: str, now: datetime) -> None:
        self._connection.execute(_END, {"this": request, "ended_as": state, "because": reason, "now": now})


def _about(request: Request) -> Action | None:
    return None if isinstance(request, React) else request.about


def _after(request: Request) -> Action | None:
    """What must have been posted before this request can be carried out."""
    match request:
        case Edit() | OpenThread():
            return request.about
        case Post():
            return request.under
        case _:
            return None


def _this(community: str, about: Action) -> dict[str, Any]:
    return {"in_community": community, "named": about.name, "with_id": about.id}
