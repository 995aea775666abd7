"""The outbox, as the postman empties it and the door hears how that went.

Three moments order it. `ready_at`: a request's place in its conversation. `queued_at`: its place among the first ones
of all conversations; when a conversation has had its turn, its next request stands at the back, so many conversations
that want to say much go round. `free_at`: when it may be claimed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, literal_column, select, tuple_, update

from bot.chat.actions import Action
from bot.chat.names import MessageRef
from bot.chat.requests import Edit, OpenThread, Post, Request, Upload
from bot.chat.wire import request_from_json
from bot.ports import Posted, Waiting
from storage.cipher import Cipher
from storage.first import chosen_once
from storage.outbox import OPEN, UNTOUCHED, needs, outbox
from storage.posts import Posts
from storage.quick import Quick

KEPT = timedelta(days=30)
"""How long a host can see what was refused; without its words."""
AHEAD = timedelta(minutes=1)
"""By how much a place in the queue may be ahead of the clock: those who come in the same moment have no other order."""
_BEHIND = timedelta(microseconds=1)

_earlier = outbox.alias("earlier")
_IS_FIRST = ~exists().where(
    _earlier.c.state == literal_column("'open'"),
    _earlier.c.conversation == outbox.c.conversation,
    tuple_(_earlier.c.ready_at, _earlier.c.seq) < tuple_(outbox.c.ready_at, outbox.c.seq),
)
_ELSEWHERE = outbox.c.lane.not_in(bindparam("without", expanding=True))


@cache
def _claim(*, newest: bool, everywhere: bool) -> Any:
    """Claims the first requests of conversations: those that were asked last, or those whose turn is oldest."""
    column = outbox.c.ready_at if newest else outbox.c.queued_at
    order = (column.desc(), outbox.c.seq.desc()) if newest else (column, outbox.c.seq)
    ready = (
        select(outbox.c.seq)
        # what may be claimed was ready before: the second condition says where in the index to stop
        .where(OPEN, column <= bindparam("at_most"), outbox.c.free_at <= bindparam("now"), _IS_FIRST)
        .order_by(*order)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=outbox)
    )
    if not everywhere:
        ready = ready.where(_ELSEWHERE)
    return (
        update(outbox)
        .where(outbox.c.seq.in_(select(chosen_once(ready).c.seq)))
        .values(free_at=bindparam("until"), tries=outbox.c.tries + 1, risks=outbox.c.risks + 1)
        .returning(
            outbox.c.seq,
            outbox.c.request,
            outbox.c.community,
            outbox.c.conversation,
            outbox.c.body,
            outbox.c.ready_at,
            outbox.c.queued_at,
            outbox.c.tries,
            outbox.c.risks,
        )
    )


@cache
def _claim_anywhere(*, newest: bool) -> Quick:
    return Quick(_claim(newest=newest, everywhere=True))


_follower = outbox.alias("follower")
_taken = outbox.alias("taken")
_FOLLOWER = (
    select(_follower.c.seq)
    .where(
        _follower.c.state == literal_column("'open'"),
        _follower.c.conversation == _taken.c.conversation,
        tuple_(_follower.c.ready_at, _follower.c.seq) > tuple_(_taken.c.ready_at, _taken.c.seq),
    )
    .order_by(_follower.c.ready_at, _follower.c.seq)
    .limit(1)
    .correlate(_taken)
    .scalar_subquery()
)
_QUEUE = (
    update(outbox)
    .where(
        outbox.c.seq.in_(select(_FOLLOWER).where(_taken.c.seq.in_(bindparam("claimed", expanding=True)))),
        outbox.c.queued_at < bindparam("place"),
    )
    .values(queued_at=bindparam("place"))
)
_NEXT = select(outbox.c.free_at).where(OPEN, _IS_FIRST).order_by(outbox.c.free_at, outbox.c.seq).limit(1)
_NEXT_ANYWHERE = Quick(_NEXT)
_NEXT_ELSEWHERE = _NEXT.where(_ELSEWHERE)
_THIS = (outbox.c.request == bindparam("this"), OPEN)
_RETRY = update(outbox).where(*_THIS).values(free_at=bindparam("again_at"))
_RETRY_SURELY = update(outbox).where(*_THIS, ~UNTOUCHED).values(free_at=bindparam("again_at"), risks=outbox.c.risks - 1)
_POSTPONE = _RETRY_SURELY.values(tries=outbox.c.tries - 1)
_RELEASE = (
    update(outbox).where(OPEN, outbox.c.free_at > bindparam("now"), outbox.c.tries > 0).values(free_at=bindparam("now"))
)
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
    """How often it was tried before."""
    risks: int
    """How many of these attempts nobody knows the end of: it may have been carried out already."""
    since: datetime | None
    """Where there are any, a moment before the first of them."""


class Requests:
    """The door's and the postman's side."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher
        self._posts = Posts(connection)

    def delivered(
        self, request: str, message: MessageRef | None, now: datetime, more: tuple[str, ...] = ()
    ) -> Waiting | None:
        """It was carried out: it leaves the outbox, and what it posted can be found. None when it was over before.

        `more` are the ids of the messages that follow the one it made or changed.
        """
        row = _DELIVERED.one(self._connection, {"this": request})
        if row is None:
            return None
        done = request_from_json(self._cipher.open(row.body))
        if message is not None:
            match done:
                case Post(about=Action() as about) | Upload(about=Action() as about):
                    self._posts.add(row.community, about, done.to, message, more)
                case Edit():
                    self._posts.edited(row.community, done.about, row.conversation, more)
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

    def claim(
        self, now: datetime, limit: int, lease: timedelta, *, newest: bool = False, without: Collection[str] = ()
    ) -> list[Claimed]:
        """The first request of each conversation that nobody holds and that may go out now, in the order of the queue.

        Or the `newest` first: what somebody waits for was asked just now, a broadcast long before. None of the lanes
        in `without`.
        """
        at_most = now if newest else now + AHEAD
        values: dict[str, Any] = {"now": now, "at_most": at_most, "most": limit, "until": now + lease}
        if without:
            values["without"] = sorted(without)
            rows = list(self._connection.execute(_claim(newest=newest, everywhere=False), values))
        else:
            rows = _claim_anywhere(newest=newest).run(self._connection, values)
        if not rows:
            return []
        place = max(now, *(row.queued_at for row in rows)) + _BEHIND
        self._connection.execute(_QUEUE, {"place": place, "claimed": [row.seq for row in rows]})
        if newest:
            ordered = sorted(rows, key=lambda row: (row.ready_at, row.seq), reverse=True)
        else:
            ordered = sorted(rows, key=lambda row: (row.queued_at, row.seq))
        found = (self._claimed(row, now) for row in ordered)
        return [claimed for claimed in found if claimed is not None]

    def retry(self, request: str, at: datetime, *, ambiguous: bool) -> None:
        """Gives the request back, not to be tried before `at`. Unless `ambiguous`, this try surely did nothing."""
        self._connection.execute(_RETRY if ambiguous else _RETRY_SURELY, {"this": request, "again_at": at})

    def postpone(self, request: str, at: datetime) -> None:
        """Gives the request back untried, not to be claimed before `at`."""
        self._connection.execute(_POSTPONE, {"this": request, "again_at": at})

    def release(self, now: datetime) -> None:
        """Gives back everything that was claimed, and tries at once what failed. What is uncertain stays uncertain."""
        self._connection.execute(_RELEASE, {"now": now})

    def next(self, without: Collection[str] = ()) -> datetime | None:
        """The earliest moment at which a request can be claimed that is in none of the lanes in `without`."""
        found: datetime | None = (
            self._connection.execute(_NEXT_ELSEWHERE, {"without": sorted(without)}).scalar()
            if without
            else _NEXT_ANYWHERE.value(self._connection, {})
        )
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
        after = needs(request)
        target = self._posts.there(row.community, after, row.conversation) if after else None
        risks = row.risks - 1
        since = row.ready_at if risks else None
        return Claimed(row.request, row.community, request, target, row.tries - 1, risks, since)

    def _end(self, request: str, state: str, reason: str, now: datetime) -> None:
        self._connection.execute(_END, {"this": request, "ended_as": state, "because": reason, "now": now})
