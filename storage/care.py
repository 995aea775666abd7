"""What a host does with a database by hand: `kring db upgrade | check | backup`. Each says what it found."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection, select, text

from bot.errors import StorageTrouble
from storage import migrate
from storage.cipher import Cipher
from storage.engine import is_sqlite, look_for, parse
from storage.installations import Installations
from storage.keyed import prove
from storage.opening import opened, prepare
from storage.people_tables import communities
from storage.trouble import explain, place


def url_of(file: Path) -> str:
    """The address of a SQLite file, whatever letters its name has: in an address `?` and `%` mean something else."""
    return URL.create("sqlite", database=str(file)).render_as_string()


def upgrade(url: str) -> str:
    """Brings the tables up to date. Raises StorageTrouble, too when Kring is running on the file."""
    parsed = parse(url)
    lease = prepare(parsed, holder="kring db upgrade", now=datetime.now(UTC))
    if lease is not None:
        with opened(parsed, "migrate") as connection:
            lease.give_back(connection)
        lease.forget()
    return f"{place(parsed)} is up to date (tables number {migrate.known()[-1]})."


def check(url: str) -> str:
    """Says that the database is whole and up to date, and what waits in it. Raises StorageTrouble when it is not."""
    parsed = parse(url)
    look_for(parsed)
    if is_sqlite(parsed) and not Path(parsed.database or "").is_file():
        raise StorageTrouble(f"{place(parsed)} is not there yet; `kring db upgrade` makes it.")
    with opened(parsed, "read") as connection:
        number = migrate.current(connection)
        if number != migrate.known()[-1]:
            raise StorageTrouble(
                f"{place(parsed)} is not up to date (tables number {number or 'none'}, this program needs "
                f"{migrate.known()[-1]}): run `kring db upgrade`."
            )
        if is_sqlite(parsed):
            _whole(connection, place(parsed))
        counts = {
            state: connection.execute(
                text("SELECT count(*) FROM outbox WHERE state = :state"), {"state": state}
            ).scalar()
            for state in ("open", "refused", "unreadable")
        }
        version = ".".join(map(str, connection.dialect.server_version_info or ()))
    kind = "SQLite" if is_sqlite(parsed) else "PostgreSQL"
    return (
        f"{place(parsed)} is whole and up to date ({kind} {version}, tables number {number}). In the outbox: "
        f"{counts['open']} waiting, {counts['refused']} refused, {counts['unreadable']} unreadable."
    )


def check_key(url: str, key: str | None) -> str:
    """Says whether the key opens what is encrypted. Raises StorageTrouble when it does not, or is none."""
    cipher = Cipher(key)
    with opened(parse(url), "read") as connection:
        prove(connection, cipher)
    if key is None:
        return (
            "none. Answers before their reveal, secret ballots, drafts, newcomers' answers, messages on their way and "
            "tokens of workspaces are readable for whoever can read the database. Give KRING_KEY to encrypt them; "
            "`kring new-key` makes one."
        )
    return (
        "given. Answers before their reveal, secret ballots, drafts, newcomers' answers, messages on their way and "
        "tokens of workspaces are encrypted in the database."
    )


def installations(url: str, key: str | None, *, platform: str) -> dict[str, str]:
    """What is kept about each installation on that platform, by space. Raises StorageTrouble when it cannot be read."""
    with opened(parse(url), "read") as connection:
        return Installations(connection, Cipher(key)).all(platform)


def home_channels(url: str, *, platform: str) -> dict[str, str]:
    """The home channel in each space on that platform that has one. Raises StorageTrouble when it cannot be read."""
    columns = communities.c
    of_all = select(columns.home_platform, columns.home_space, columns.home_channel, columns.homes_elsewhere)
    found: dict[str, str] = {}
    with opened(parse(url), "read") as connection:
        for *home, elsewhere in connection.execute(of_all):
            found |= {space: channel for on, space, channel in (home, *elsewhere) if on == platform}
    return found


def backup(url: str, file: Path) -> str:
    """Copies a SQLite database into a file, also while Kring is writing. Raises StorageTrouble when it cannot."""
    parsed = parse(url)
    if not is_sqlite(parsed):
        raise StorageTrouble(f"PostgreSQL makes its own copies: pg_dump --format=custom --file={file} …")
    look_for(parsed)
    source = Path(parsed.database or "")
    if not source.is_file():
        raise StorageTrouble(f"There is no database {source} to copy.")
    if file.exists():
        raise StorageTrouble(f"{file} is there already; give another name.")
    if not file.absolute().parent.is_dir():
        raise StorageTrouble(f"There is no folder {file.absolute().parent}; make it first.")
    part = file.with_name(file.name + ".part")
    try:
        _copy(source, part)
    except sqlite3.Error as error:
        with suppress(OSError):
            part.unlink()
        raise explain(error, parsed) from error
    part.replace(file)
    return f"Copied {source} to {file} ({file.stat().st_size / 1e6:.1f} MB)."


def _copy(source: Path, part: Path) -> None:
    part.unlink(missing_ok=True)
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as from_,
        closing(sqlite3.connect(part)) as to,
    ):
        from_.backup(to)
        to.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        if to.execute("SELECT 1 FROM sqlite_master WHERE name = 'lease'").fetchone():
            to.execute("DELETE FROM lease")  # nobody writes to the copy
            to.commit()


def _whole(connection: Connection, where: str) -> None:
    faults = [row[0] for row in connection.execute(text("PRAGMA integrity_check(5)")) if row[0] != "ok"]
    if faults:
        raise StorageTrouble(f"{where} is damaged: {'; '.join(faults)}. Put a backup in its place.")
    loose = connection.execute(text("PRAGMA foreign_key_check")).all()
    if loose:
        tables = ", ".join(sorted({row[0] for row in loose}))
        raise StorageTrouble(f"{where} is damaged: rows of {tables} refer to nothing. Put a backup in its place.")
