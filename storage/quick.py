"""Statements that run for nearly every event: built by SQLAlchemy once, then run on the driver's own cursor.

SQLAlchemy looks at a statement anew each time: what it is, what listens, how its result is to be read. For a statement
that never changes that is three quarters of its cost.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, select
from sqlalchemy.exc import DBAPIError

from storage.upsert import Upsert

Process = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement as one kind of database runs it, for one set of values."""

    sql: str
    positions: tuple[str, ...] | None
    """The values' names in order; None where the driver takes them by name."""
    fixed: dict[str, Any]
    """Values that stand in the statement itself, as the driver takes them."""
    into: tuple[tuple[str, Process], ...]
    """What is done to a value on its way in."""
    row: Any
    """Makes a row with names; None when nothing comes back."""
    out: tuple[tuple[int, Process], ...]
    """What is done to a column on its way out."""


class Quick:
    """A statement with `bindparam`s, or an `Upsert`. Not for lists of values, and not for `IN` with a list."""

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._ready: dict[tuple[str, frozenset[str]], _Ready] = {}

    def run(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """All rows, each with its columns by name and by place."""
        key = (connection.dialect.name, frozenset(values))
        ready = self._ready.get(key)
        if ready is None:
            ready = self._ready[key] = self._prepared(connection, values)
        given: dict[str, Any] = {**ready.fixed, **values}
        for name, process in ready.into:
            given[name] = process(given[name])
        taken = given if ready.positions is None else [given[name] for name in ready.positions]
        cursor = connection.connection.cursor()
        for watch in connection.dispatch.before_cursor_execute:  # who watches statements sees these, too
            watch(connection, cursor, ready.sql, taken, None, False)
        try:
            cursor.execute(ready.sql, taken)
            if ready.row is None:
                return []
            rows = cursor.fetchall()
        except connection.dialect.loaded_dbapi.Error as error:
            raise self._wrapped(connection, ready.sql, error) from error
        finally:
            cursor.close()
        if ready.out:
            return [ready.row(_processed(row, ready.out)) for row in rows]
        return [ready.row(row) for row in rows]

    def one(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """The first row, or None."""
        rows = self.run(connection, values)
        return rows[0] if rows else None

    def value(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """The first column of the first row, or None."""
        rows = self.run(connection, values)
        return rows[0][0] if rows else None

    def _prepared(self, connection: Connection, values: Mapping[str, Any]) -> _Ready:
        dialect = connection.dialect
        statement = self._statement.on(connection) if isinstance(self._statement, Upsert) else self._statement
        compiled = statement.compile(dialect=dialect, column_keys=list(values))
        names: dict[Any, str] = dict(compiled.bind_names.items())
        processes = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for bind, name in names.items()}
        params = compiled.construct_params(dict(values), extracted_parameters=None)
        fixed = {
            name: process(params[name]) if (process := processes[name]) else params[name]
            for name in names.values()
            if name not in values
        }
        columns = list(statement.exported_columns)
        keys = [column.key for column in columns]
        row: Any = namedtuple("Row", keys, rename=True)  # type: ignore[misc] # noqa: PYI024 - made as it runs
        reading = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        return _Ready(
            str(compiled),
            tuple(compiled.positiontup) if compiled.positional else None,
            fixed,
            tuple((name, process) for name, process in processes.items() if process and name in values),
            row._make if columns else None,
            tuple((at, process) for at, process in enumerate(reading) if process),
        )

    def _wrapped(self, connection: Connection, sql: str, error: Any) -> BaseException:
        """The error as SQLAlchemy tells it, without the values."""
        dialect = connection.dialect
        lost = dialect.is_disconnect(error, connection.connection, None)
        if lost:
            connection.invalidate(error)
        known = dialect.loaded_dbapi.Error
        told: BaseException = DBAPIError.instance(
            sql, None, error, known, hide_parameters=True, connection_invalidated=lost, dialect=dialect
        )
        return told


def rows_of(connection: Connection, table: Table, *order: str, **known: Any) -> list[Any]:
    """The rows of a table whose columns are what is known of them, in the order of these columns. Nothing is None."""
    return _rows_of(table, tuple(known), order).run(connection, known)


@cache
def _rows_of(table: Table, known: tuple[str, ...], order: tuple[str, ...]) -> Quick:
    where = (table.c[name] == bindparam(name) for name in known)
    return Quick(select(table).where(*where).order_by(*(table.c[name] for name in order)))


def _processed(row: Any, out: tuple[tuple[int, Process], ...]) -> list[Any]:
    made = list(row)
    for at, process in out:
        made[at] = process(made[at])
    return made
