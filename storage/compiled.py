"""Statements compiled once for all engines of a process: those that write, claim, read and change tables.

SQLAlchemy remembers what it has compiled for each engine by itself, by its dialect as an object.
https://docs.sqlalchemy.org/en/20/core/connections.html#sql-compilation-caching (November 2026, SQLAlchemy 2.1)
"""

from __future__ import annotations

from typing import Any

MOST = 2_000
"""So many statements are remembered; Kring has fewer, so more means that one of them is made anew each time."""


class Compiled(dict[Any, Any]):
    """What SQLAlchemy takes as `compiled_cache`: its key begins with the dialect, here with what the dialect is."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_same(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        if len(self) >= MOST:
            self.clear()
        super().__setitem__(_same(key), compiled)


def _same(key: Any) -> Any:
    dialect, *what = key
    return type(dialect), dialect.server_version_info, *what


COMPILED = Compiled()
