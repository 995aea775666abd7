"""What counts for one of the two hands: rounds that are done, and know-how that moved. No person is in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from bot.chat.wire import from_json
from bot.rounds.balance import Held, Life
from bot.rounds.script import Format
from storage.item_tables import items, tries
from storage.round_tables import homes, rounds, seats

LATEST = 200

_SPACES = (
    select(func.count())
    .where(homes.c.community == rounds.c.community, homes.c.round == rounds.c.round)
    .scalar_subquery()
    .label("spaces")
)


class Hands:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def held(self, community: str, since: datetime, of: Collection[str] = ()) -> tuple[Held, ...]:
        """The rounds that were done since then, oldest first; the last ones where they are very many."""
        done = _done(community, of)
        first = select(rounds.c.format, func.min(rounds.c.ended_at)).where(done).group_by(rounds.c.format)
        firsts = {row[0]: row[1] for row in self._connection.execute(first)}
        rows = self._connection.execute(
            select(rounds.c.format, rounds.c.script, rounds.c.ended_at, rounds.c.look_at, _SPACES)
            .where(done, rounds.c.ended_at >= since)
            .order_by(rounds.c.ended_at.desc(), rounds.c.round)
            .limit(LATEST)
        )
        found = []
        for row in rows:
            format_ = _format(row.script)
            emphasis, spaces = format_.emphasis, max(1, row.spaces, format_.sides)
            new = firsts.get(row.format) == row.ended_at
            started = row.look_at is not None
            found.append(
                Held(row.format, emphasis.explore, emphasis.exploit, row.ended_at, spaces, new=new, started=started)
            )
        return tuple(reversed(found))

    def lately(self, community: str, since: datetime, of: Collection[str] = ()) -> tuple[str, ...]:
        """The ids of those rounds, the newest first."""
        found = (
            select(rounds.c.round)
            .where(_done(community, of), rounds.c.ended_at >= since)
            .order_by(rounds.c.ended_at.desc(), rounds.c.round)
            .limit(LATEST)
        )
        return tuple(self._connection.scalars(found))

    def lives(self, community: str, of: Collection[str] = ()) -> tuple[Life, ...]:
        """Every know-how item there is: how far it came and what came back to it."""
        own = set(self._connection.scalars(select(rounds.c.round).where(_done(community, of)))) if of else set()
        tried: dict[str, list[datetime]] = defaultdict(list)
        for item, at in self._connection.execute(
            select(tries.c.item, tries.c.at).where(tries.c.community == community).order_by(tries.c.at)
        ):
            tried[item].append(at)
        rows = self._connection.execute(
            select(
                items.c.item, items.c.created_at, items.c.stage, items.c.origin, items.c.shared_at, items.c.reviewed_at
            )
            .where(items.c.community == community)
            .order_by(items.c.created_at, items.c.item)
        )
        return tuple(
            Life(
                row.created_at,
                row.stage,
                from_round=bool(row.origin),
                shared_at=row.shared_at,
                reviewed_at=row.reviewed_at,
                tried_at=tuple(tried.get(row.item, ())),
            )
            for row in rows
            if not of or row.origin.partition("/")[0] in own
        )


def _done(community: str, of: Collection[str]) -> ColumnElement[bool]:
    """Rounds that are done; of these people, those in which more than half of who spoke are of them."""
    done = and_(rounds.c.community == community, rounds.c.state == "done")
    if not of:
        return done
    theirs = case((seats.c.person.in_(of), 1), else_=-1)
    most = (
        select(func.coalesce(func.sum(theirs), 0) > 0)
        .where(
            seats.c.community == rounds.c.community,
            seats.c.round == rounds.c.round,
            seats.c.state == "in",
            seats.c.way == "speak",
        )
        .scalar_subquery()
    )
    return and_(done, most)


@lru_cache(maxsize=256)
def _format(script: str) -> Format:
    format_: Format = from_json(script, Format)
    return format_
