"""The metadata that all tables share, and the column types that are the same on SQLite and PostgreSQL.

Each feature's tables stand in the module of that feature; importing `storage.tables` fills the metadata.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Connection, DateTime, Dialect, MetaData, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class _SqliteMoment(sqlite.DATETIME):
    """As SQLAlchemy writes it, ten times as fast: moments stand in nearly every row."""

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], str | None]:
        def process(value: datetime | None) -> str | None:
            return None if value is None else value.replace(tzinfo=None).isoformat(" ", "microseconds")

        return process


class Utc(TypeDecorator[datetime]):
    """A moment in UTC. Refuses one without a zone; SQLite forgets zones, so it is given back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind: TypeEngine[Any] = DateTime(timezone=True)
        if dialect.name == "sqlite":
            kind = _SqliteMoment()  # type: ignore[no-untyped-call]
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def moment(written: str | datetime | None) -> datetime | None:
    """A moment as the database's driver gives it, in UTC."""
    if isinstance(written, str):
        return datetime.fromisoformat(written).replace(tzinfo=UTC)
    return None if written is None else written.astimezone(UTC)


Json = JSON().with_variant(JSONB(), "postgresql")
"""Lists and dictionaries of plain values."""

_INSERTS: dict[str, Callable[[Table], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert(connection: Connection, table: Table) -> Any:
    """An insert that knows ON CONFLICT, for the database at hand. Never ask it for `rowcount`: psycopg says -1."""
    return _INSERTS[connection.dialect.name](table)
