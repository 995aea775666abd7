"""Which rounds stood in a channel."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, bindparam, select, union

from storage.round_tables import homes, rounds


def stood_in(*, ended: bool) -> Select[Any]:
    """The rounds, over or not, that were started in a channel or have it for one of their homes; each by an index.

    Asks for `in_community`, `in_platform`, `in_space` and `in_channel`.
    """
    started = rounds.alias("started")
    found = union(
        *(
            select(table.c.round).where(
                table.c.community == bindparam("in_community"),
                table.c.platform == bindparam("in_platform"),
                table.c.space == bindparam("in_space"),
                table.c.channel == bindparam("in_channel"),
                *((_over(table, ended=ended),) if table is started else ()),
            )
            for table in (started, homes)
        )
    )
    return select(rounds.c.round).where(
        rounds.c.community == bindparam("in_community"),
        rounds.c.round.in_(select(found.subquery().c.round)),
        _over(rounds, ended=ended),
    )


def _over(table: Any, *, ended: bool) -> Any:
    return table.c.ended_at.is_not(None) if ended else table.c.ended_at.is_(None)
