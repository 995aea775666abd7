"""Things that are written over the version that was read: whoever comes second has to look again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Table, and_, update

from bot.errors import Overtaken
from storage.upsert import Upsert


class Versions:
    """The version in the database of everything that one unit has read or written.

    `ids`: by table, the column that tells its things apart in a community.
    """

    def __init__(self, connection: Connection, ids: Mapping[Table, str]) -> None:
        self._connection = connection
        self._ids = ids
        self._known: dict[tuple[str, str, str], int] = {}

    def read(self, table: Table, community: str, rows: Iterable[Row[Any]]) -> None:
        for row in rows:
            self._known[table.name, community, getattr(row, self._ids[table])] = row.version

    def save(self, table: Table, community: str, id_: str, values: Mapping[str, Any]) -> None:
        """Writes over the version that was read, or something new. Raises Overtaken when somebody else was first."""
        key = table.name, community, id_
        version = self._known.get(key)
        if version is None:
            row = {**values, "community": community, "version": 1}
            kept = self._connection.execute(_new(table).on(self._connection), row).scalar()
        else:
            this = and_(table.c.community == community, table.c[self._ids[table]] == id_, table.c.version == version)
            changed = update(table).where(this).values(**values, version=version + 1).returning(table.c.version)
            kept = self._connection.execute(changed).scalar()
        if kept is None:
            raise Overtaken
        self._known[key] = kept

    def forget(self) -> None:
        """Something was written past this."""
        self._known.clear()


@cache
def _new(table: Table) -> Upsert:
    return Upsert(table, lambda insert: insert.on_conflict_do_nothing().returning(insert.table.c.version))
