"""One writing process for each SQLite file: whoever writes holds the lease, a second one refuses to start.

Two processes that write in turns would starve each other for a second at a time. The lease is a row, renewed while the
process lives. Every group of writes looks at it first, so a process that was thought dead can do no harm when it wakes.
"""

from __future__ import annotations

import os
import secrets
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Integer, Row, String, Table, delete, select, update

from bot.errors import StorageTrouble
from storage.schema import Utc, metadata
from storage.upsert import Upsert

LONG = timedelta(seconds=45)
"""A lease that was not renewed for so long is free."""
RENEWED = timedelta(seconds=10)

lease = Table(
    "lease",
    metadata,
    Column("one", Integer, primary_key=True),
    Column("token", String, nullable=False),
    Column("holder", String, nullable=False),
    Column("host", String, nullable=False),
    # names the system that `pid` is a process of
    Column("system", String, nullable=False),
    Column("pid", Integer, nullable=False),
    # tells a process from a later one with the same number
    Column("born", String, nullable=False),
    Column("since", Utc, nullable=False),
    Column("renewed_at", Utc, nullable=False),
)

_HELD = select(lease)
_TAKE = Upsert(
    lease,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["one"], set_={c.name: insert.excluded[c.name] for c in lease.c if c.name != "one"}
    ),
)
FENCE = "SELECT token FROM lease"
"""For the writer's own cursor, before each group of writes."""

_here: set[str] = set()
"""The leases that this very process holds."""


@dataclass(frozen=True, slots=True)
class Lease:
    token: str

    def renew(self, connection: Connection, now: datetime) -> None:
        """Says that we are still here."""
        connection.execute(update(lease).where(lease.c.token == self.token).values(renewed_at=now))

    def check(self, cursor: Any) -> None:
        """Raises StorageTrouble when somebody else took the lease meanwhile."""
        row = cursor.execute(FENCE).fetchone()
        if row is None or row[0] != self.token:
            raise StorageTrouble(
                "Another Kring writes to this database now, because this one was silent for a while. Start it again."
            )

    def give_back(self, connection: Connection) -> None:
        connection.execute(delete(lease).where(lease.c.token == self.token))

    def forget(self) -> None:
        """Nobody in this process holds it any more."""
        _here.discard(self.token)


def take(connection: Connection, where: str, holder: str, now: datetime) -> Lease:
    """The lease, if nobody has it. Raises StorageTrouble that says who has."""
    refuse_if_held(connection, where, now)
    token = secrets.token_hex(8)
    pid = os.getpid()
    values = {
        "one": 1,
        "token": token,
        "holder": holder,
        "host": socket.gethostname(),
        "system": _system(),
        "pid": pid,
        "born": _born(pid) or "",
        "since": now,
        "renewed_at": now,
    }
    connection.execute(_TAKE.on(connection), values)
    _here.add(token)
    return Lease(token)


def refuse_if_held(connection: Connection, where: str, now: datetime) -> None:
    """Raises StorageTrouble when a living process writes to this database."""
    row = connection.execute(_HELD).one_or_none()
    if row is None or not _lives(row, now):
        return
    left = max(int((row.renewed_at + LONG - now).total_seconds()), 1)
    elsewhere = "" if row.system == _system() else f" If it is not running any more, wait {left} seconds."
    raise StorageTrouble(
        f"{where} is in use by {row.holder} (process {row.pid} on {row.host}, "
        f"since {row.since:%Y-%m-%d %H:%M} UTC). Only one Kring may write to it: stop that one first.{elsewhere}"
    )


def _lives(row: Row[Any], now: datetime) -> bool:
    if row.system == _system():
        if row.pid == os.getpid():
            return row.token in _here
        if _born(row.pid) != row.born:
            return False
    renewed_at: datetime = row.renewed_at
    return now < renewed_at + LONG


def _system() -> str:
    """The machine since it was started, and which of its process numbers we see; empty where nobody can tell."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        return f"{boot}/{Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return socket.gethostname()


def _born(pid: int) -> str | None:
    """When the process was started, as the system counts; empty where nobody can tell, None when there is none."""
    try:
        # the name in brackets may hold anything; what follows it is counted
        state, *rest = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        return None if state == "Z" else rest[18]
    except OSError:
        pass
    if os.name != "posix":
        return ""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        return ""
    return ""
