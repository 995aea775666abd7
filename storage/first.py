"""The rows that a claim chooses, chosen once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, Select


def chosen_once(ready: Select[Any]) -> CTE:
    """The rows of `ready`, which has a limit and locks what it finds.

    Use it as `column.in_(select(chosen_once(ready).c.seq))`. As a plain subquery PostgreSQL may run it anew for every
    row that it compares, and each time other rows are the first that nobody has locked: then more is claimed than the
    limit. A materialized one is run once.
    https://www.postgresql.org/docs/current/queries-with.html#QUERIES-WITH-CTE-MATERIALIZATION (2026-11-26)
    """
    return ready.cte("ready").prefix_with("MATERIALIZED", dialect="postgresql")
