"""Requests on their way to the platforms, as features put them there. `storage/sending.py` is the other end.

A conversation stays in order: only its first open request can be claimed. What was asked for a later moment takes its
place at that moment, and what needs it (an edit, its thread) follows it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
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
    func,
    literal_column,
    or_,
    select,
    update,
)

from bot.chat.actions import Action
from bot.chat.requests import Admit, Edit, OpenThread, Post, React, Request, lane, order_key
from bot.chat.wire import request_to_json
from storage.cipher import Cipher
from storage.quick import Quick
from storage.schema import Utc, metadata

_IS_OPEN: Any = literal_column("state = 'open'")


def _open_by(name: str, *columns: str) -> Index:
    return Index(name, *columns, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN)


outbox = Table(
    "outbox",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("request", String, nullable=False, unique=True),
    Column("community", String, nullable=False),
    # as `order_key` writes it
    Column("conversation", String, nullable=False),
    # as `lane` writes it
    Column("lane", String, nullable=False),
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
    # its place among the first ones of all conversations
    Column("queued_at", Utc, nullable=False),
    # when it may be claimed: the next try, or the end of the lease of whoever has it
    Column("free_at", Utc, nullable=False),
    # how often it was claimed
    Column("tries", Integer, nullable=False),
    # how often it was claimed without anybody knowing how that ended; 0: it was not carried out, and nobody has it
    Column("risks", Integer, nullable=False),
    # open, refused or unreadable; what was delivered is deleted
    Column("state", String, nullable=False),
    Column("reason", String),
    Column("ended_at", Utc),
    # the last two of the middle three: a crowd of rows that may not go out is passed over without being read
    _open_by("ix_outbox_free", "free_at", "seq", "lane"),
    _open_by("ix_outbox_queue", "queued_at", "seq", "free_at", "lane"),
    _open_by("ix_outbox_ready", "ready_at", "seq", "free_at", "lane"),
    _open_by("ix_outbox_order", "conversation", "ready_at", "seq"),
    _open_by("ix_outbox_about", "community", "name", "id"),
)

OPEN = outbox.c.state == literal_column("'open'")
UNTOUCHED = outbox.c.risks == literal_column("0")
"""It was not carried out, and is not on its way: it can be changed and taken back."""
_ABOUT = and_(
    OPEN,
    outbox.c.community == bindparam("in_community"),
    outbox.c.name == bindparam("named"),
    outbox.c.id == bindparam("with_id"),
)
_THERE = outbox.c.conversation == bindparam("there")

_ADD = Quick(outbox.insert())
_OVERTAKE = Quick(
    update(outbox)
    .where(_ABOUT, _THERE, outbox.c.kind == literal_column("'edit'"), UNTOUCHED)
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
_DROP = delete(outbox).where(_ABOUT, UNTOUCHED).returning(outbox.c.kind, outbox.c.conversation)
_DROP_AFTER = delete(outbox).where(
    OPEN,
    _THERE,
    outbox.c.community.concat("") == bindparam("in_community"),  # SQLite would go by this, and read all that waits
    outbox.c.after_name == bindparam("named"),
    outbox.c.after_id == bindparam("with_id"),
)


class Outbox:
    """The features' side."""

    def __init__(self, connection: Connection, cipher: Cipher, chance: Callable[[int], int] = secrets.randbits) -> None:
        self._connection = connection
        self._cipher = cipher
        self._chance = chance

    def put(self, community: str, request: Request, *, now: datetime, not_before: datetime | None = None) -> str:
        """Keeps the request for the postman; returns its id. A waiting `Edit` about the same thing gives way."""
        conversation = order_key(request.to)
        body = self._cipher.close(request_to_json(request))
        about, after = _about(request), needs(request)
        ready_at = not_before or now
        if after is not None:
            there = _this(community, after) | {"there": conversation}
            if isinstance(request, Edit):
                waiting: str | None = _OVERTAKE.value(self._connection, there | {"newer": body})
                if waiting is not None:
                    return waiting
            ready_at = max(ready_at, _READY.value(self._connection, there) or ready_at)
        id_ = f"{self._chance(80):020x}"  # at most 25 characters: Discord's nonce
        _ADD.run(
            self._connection,
            {
                "request": id_,
                "community": community,
                "conversation": conversation,
                "lane": lane(request.to.space),
                "kind": request.kind,
                "name": about and about.name,
                "id": about and about.id,
                "after_name": after and after.name,
                "after_id": after and after.id,
                "body": body,
                "ready_at": ready_at,
                "queued_at": ready_at,
                "free_at": ready_at,
                "tries": 0,
                "risks": 0,
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


def needs(request: Request) -> Action | None:
    """What must have been posted before this request can be carried out."""
    match request:
        case Edit() | OpenThread() | Admit():
            return request.about
        case Post():
            return request.under
        case _:
            return None


def _about(request: Request) -> Action | None:
    return None if isinstance(request, React) else request.about


def _this(community: str, about: Action) -> dict[str, Any]:
    return {"in_community": community, "named": about.name, "with_id": about.id}
