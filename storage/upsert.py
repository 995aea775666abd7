"""Statements with ON CONFLICT, built once for each kind of database, so that SQLAlchemy finds them compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


class Upsert:
    """`build` gets the database's own insert into `table` and finishes it. Never ask its result for `rowcount`."""

    def __init__(self, table: Table, build: Callable[[Any], Any]) -> None:
        self._built = {"sqlite": build(sqlite.insert(table)), "postgresql": build(postgresql.insert(table))}

    def on(self, connection: Connection) -> Any:
        return self._built[connection.dialect.name]
