"""What happens before a database is used: is it one, is it ours, is it free, is it up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from sqlalchemy import URL, Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from storage import migrate
from storage.engine import Purpose, connect, is_sqlite, look_for, transaction
from storage.lease import Lease, refuse_if_held, take
from storage.trouble import explain, place

_ONE_AT_A_TIME = 0x6B72696E67
"""PostgreSQL's advisory lock for those who would migrate at the same moment; the number is free."""


@contextmanager
def opened(url: URL, purpose: Purpose) -> Iterator[Connection]:
    """One connection in one transaction. Raises StorageTrouble where the database says what is wrong."""
    engine = connect(url, purpose)
    try:
        with engine.connect() as connection, transaction(connection, writing=purpose != "read"):
            yield connection
    except (DBAPIError, sqlite3.Error) as error:
        raise explain(error, url) from error


def prepare(url: URL, *, holder: str, now: datetime, leased: bool = True) -> Lease | None:
    """Makes the database ready for writing, and gives the lease that says so (SQLite only).

    Raises StorageTrouble with what to do when it cannot be used.
    """
    look_for(url)
    leased = leased and is_sqlite(url)
    if leased:
        _refuse_early(url, now)
    with opened(url, "migrate") as connection:
        if not is_sqlite(url):
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_AT_A_TIME})
        elif leased and inspect(connection).has_table("lease"):
            refuse_if_held(connection, place(url), now)
        migrate.upgrade(connection)
        return take(connection, place(url), holder, now) if leased else None


def _refuse_early(url: URL, now: datetime) -> None:
    """Looks without locking: who holds the lease should not have to wait for somebody who is refused anyway."""
    engine = connect(url, "read")
    with suppress(DBAPIError, sqlite3.Error), engine.connect() as connection:  # what is wrong shows when it is opened
        if inspect(connection).has_table("lease"):
            refuse_if_held(connection, place(url), now)
