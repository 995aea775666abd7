"""Connections: for writing, for reading and for changing tables, on SQLite and on PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from bot.errors import StorageTrouble
from storage.compiled import COMPILED
from storage.trouble import explain

Purpose = Literal["write", "claim", "read", "migrate"]

BUSY = 5.0
"""Seconds to wait while another program holds the file."""
LOCK = "500ms"
"""How long a unit on PostgreSQL waits for a row that another holds; then it is run again."""
_PRAGMAS = (
    f"busy_timeout={int(BUSY * 1000)}",
    "temp_store=MEMORY",
    "journal_size_limit=67108864",
)


def parse(url: str) -> URL:
    """The address of the database. Raises StorageTrouble when there cannot be one."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StorageTrouble(f"Not the address of a database: {url!r}.") from error
    match parsed.get_backend_name():
        case "sqlite":
            if parsed.database in (None, "", ":memory:"):
                raise StorageTrouble("Kring remembers in a file; give its path, such as sqlite:///kring.db.")
            return parsed.set(drivername="sqlite")
        case "postgresql":
            if find_spec("psycopg") is None:
                raise StorageTrouble("PostgreSQL needs one more package: pip install 'kring[postgres]'.")
            return parsed.set(drivername="postgresql+psycopg")
        case other:
            raise StorageTrouble(f"Kring knows SQLite and PostgreSQL, not {other}.")


def is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def connect(url: URL, purpose: Purpose, *, lasting: bool = True) -> Engine:
    """An engine whose connections are opened by whoever keeps them: nothing is pooled.

    `lasting`: what is written is on the disk (SQLite only; PostgreSQL's own settings say so there).
    """
    engine = _sqlite(url, purpose, "FULL" if lasting else "OFF") if is_sqlite(url) else _postgresql(url, purpose)
    engine.update_execution_options(compiled_cache=COMPILED)
    return engine


def look_for(url: URL) -> None:
    """Raises StorageTrouble when a file cannot be there, or when what is there is no database."""
    if not is_sqlite(url) or url.database is None or url.database.startswith("file:"):
        return
    path = Path(url.database)
    if not path.absolute().parent.is_dir():
        raise StorageTrouble(f"There is no folder {path.absolute().parent}; make it first.")
    if path.is_dir():
        raise StorageTrouble(f"{path} is a folder; give the path of a file in it.")
    if not path.is_file():
        return
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        raise StorageTrouble(f"The database {path} cannot be read: {error.strerror}.") from error
    if start and start != b"SQLite format 3\x00":
        raise explain(sqlite3.DatabaseError("file is not a database"), url)


def _sqlite(url: URL, purpose: Purpose, synchronous: str) -> Engine:
    if purpose == "read":
        url = _read_only(url)
    options = {"check_same_thread": False, "timeout": BUSY}
    # what people wrote stands in no message of an error
    engine = create_engine(url, poolclass=NullPool, connect_args=options, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # the driver's own transactions lose updates; we begin ourselves
        if purpose == "read":
            connection.execute(f"PRAGMA busy_timeout={int(BUSY * 1000)}")
            connection.execute("PRAGMA query_only=ON")
            return
        for pragma in (f"synchronous={synchronous}", *_PRAGMAS):
            connection.execute(f"PRAGMA {pragma}")
        if purpose != "migrate":  # that may still find that the file is not ours
            connection.execute("PRAGMA journal_mode=WAL")
        # rebuilding a table with foreign keys on deletes all that refers to it (docs/why/storage.md)
        connection.execute(f"PRAGMA foreign_keys={'OFF' if purpose == 'migrate' else 'ON'}")

    return engine


@contextmanager
def transaction(connection: Connection, *, writing: bool = True) -> Iterator[None]:
    """One transaction. On SQLite a writing one takes the lock at once: whoever reads before writing reads the truth."""
    with connection.begin():
        if connection.dialect.name == "sqlite":
            # with SQLAlchemy's own event for this, every statement would look for listeners
            cursor = connection.connection.cursor()
            try:
                cursor.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
            except sqlite3.Error as error:
                raise explain(error, connection.engine.url) from error
            cursor.close()
        yield


def _read_only(url: URL) -> URL:
    """The same file, opened without the right to change it."""
    path = url.database or ""
    if path.startswith("file:"):
        return url
    return url.set(database=Path(path).absolute().as_uri()).update_query_dict({"mode": "ro", "uri": "true"})


def _postgresql(url: URL, purpose: Purpose) -> Engine:
    options: dict[str, Any] = {"connect_timeout": 10}
    levels = {
        "write": "SERIALIZABLE",
        "claim": "READ COMMITTED",
        "read": "REPEATABLE READ",
        "migrate": "READ COMMITTED",
    }
    if purpose in ("write", "claim"):
        options["options"] = f"-c lock_timeout={LOCK}"
    if purpose == "read":
        options["options"] = "-c default_transaction_read_only=on"
    level = levels[purpose]
    return create_engine(url, poolclass=NullPool, isolation_level=level, connect_args=options, hide_parameters=True)
