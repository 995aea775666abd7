"""A database that cannot be used: one clear sentence with what to do, and nothing is touched."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import StorageTrouble
from storage import engine, trouble
from storage.care import backup, check, upgrade, url_of
from storage.migrate import known
from storage.store import open_store
from storage.unit import Unit
from tests.contracts.things import NOW


def a_text(path: Path) -> str:
    path.write_text("Dear diary, " * 100)
    return f"sqlite:///{path}"


def a_folder(path: Path) -> str:
    path.mkdir()
    return f"sqlite:///{path}"


def in_no_folder(path: Path) -> str:
    return f"sqlite:///{path}/missing/kring.db"


def somebody_elses(path: Path) -> str:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    return f"sqlite:///{path}"


def newer(path: Path) -> str:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
    connection.execute("INSERT INTO alembic_version VALUES ('9999')")
    connection.commit()
    connection.close()
    return f"sqlite:///{path}"


def cut_off(path: Path) -> str:
    somebody_elses(path)
    path.write_bytes(path.read_bytes()[:1000] + b"\x00" * 500)
    return f"sqlite:///{path}"


def read_only(path: Path) -> str:
    sqlite3.connect(path).close()
    path.touch()
    return f"sqlite:///file:{path}?mode=ro&uri=true"


def in_memory(path: Path) -> str:
    return "sqlite://"


def nonsense(path: Path) -> str:
    return "kring.db"


def another_kind(path: Path) -> str:
    return "mysql://localhost/kring"


def nobody_there(path: Path) -> str:
    return f"postgresql+psycopg://kring@/kring?host={path}"


CASES: list[tuple[Callable[[Path], str], str]] = [
    (a_text, "is not a database"),
    (a_folder, "is a folder"),
    (in_no_folder, "There is no folder .*missing; make it first"),
    (somebody_elses, "holds something else than Kring's memory"),
    (newer, "written by a newer Kring .*9999"),
    (cut_off, "is damaged|is not a database"),
    (read_only, "is read-only"),
    (in_memory, "remembers in a file"),
    (nonsense, "Not the address of a database"),
    (another_kind, "knows SQLite and PostgreSQL, not mysql"),
    (nobody_there, "cannot be used: "),
]


@pytest.mark.parametrize(("make", "sentence"), CASES, ids=lambda each: getattr(each, "__name__", ""))
async def test_it_says_what_is_wrong(make: Callable[[Path], str], sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "kring.db"
    url = make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StorageTrouble, match=sentence) as caught:
        async with open_store(url):
            pass
    assert "\n" not in str(caught.value)
    for care in (upgrade, check):
        with pytest.raises(StorageTrouble) as told:
            care(url)
        assert "file://" not in str(told.value), "the path, as it was given"
    assert (path.read_bytes() if path.is_file() else b"") == before


@pytest.mark.parametrize("name", ["a b.db", "what?.db", "100%25.db", "#1.db", "ünï.db", "a:b@c.db"])
def test_any_letters_in_its_name(name: str, tmp_path: Path) -> None:
    url = url_of(tmp_path / name)
    assert upgrade(url) == f"The database {tmp_path / name} is up to date (tables number {known()[-1]})."
    assert check(url).startswith(f"The database {tmp_path / name} is whole")
    assert [path.name for path in tmp_path.glob("*.db")] == [name]


async def test_a_database_that_another_program_holds(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY", 0.05)
    monkeypatch.setattr(engine, "_PRAGMAS", (*engine._PRAGMAS, "busy_timeout=50"))
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageTrouble, match="locked by another program"):
        async with open_store(sqlite_url):
            pass
    other.execute("ROLLBACK")
    async with open_store(sqlite_url) as store:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageTrouble, match="locked by another program"):
            await store.run(lambda unit: unit.first_time("e1", NOW))
        other.execute("ROLLBACK")
        assert await store.run(lambda unit: unit.first_time("e1", NOW)), "nothing was lost, and it goes on"
    other.close()


async def test_a_full_disk(sqlite_url: str) -> None:
    def limit(unit: Unit, pages: int) -> None:
        unit.connection.execute(text(f"PRAGMA max_page_count={pages}"))

    def fill(unit: Unit) -> None:
        unit.connection.execute(text("INSERT INTO room(key, body) VALUES ('x', zeroblob(1000000))"))

    async with open_store(sqlite_url) as store:
        await store.run(lambda unit: limit(unit, 1))
        results = await asyncio.gather(
            store.run(lambda unit: unit.first_time("e1", NOW)), store.run(fill), return_exceptions=True
        )
        assert isinstance(results[1], StorageTrouble)
        assert "is full" in str(results[1])
        await store.run(lambda unit: limit(unit, 1_000_000))
        known = not await store.run(lambda unit: unit.first_time("e1", NOW))
        assert known == (results[0] is True), "nobody was told what is not so"


async def test_checking_and_copying(sqlite_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    async with open_store(sqlite_url) as store:
        assert await store.run(lambda unit: unit.first_time("e1", NOW))
        assert "whole and up to date" in check(sqlite_url)
        assert "Copied" in backup(sqlite_url, copy)
    async with open_store(f"sqlite:///{copy}") as store:
        assert not await store.run(lambda unit: unit.first_time("e1", NOW))
    for where, sentence in ((copy, "is there already"), (tmp_path / "no" / "copy.db", "There is no folder")):
        with pytest.raises(StorageTrouble, match=sentence):
            backup(sqlite_url, where)
    with pytest.raises(StorageTrouble, match="There is no database"):
        backup(f"sqlite:///{tmp_path}/none.db", tmp_path / "x.db")
    with pytest.raises(StorageTrouble, match="not there yet"):
        check(f"sqlite:///{tmp_path}/none.db")
    with pytest.raises(StorageTrouble, match="pg_dump"):
        backup("postgresql+psycopg://localhost/kring", tmp_path / "x.db")
    assert not (tmp_path / "copy.db.part").exists()
    assert "whole and up to date" in check(sqlite_url), "closed, too"


@pytest.mark.postgres
def test_checking_postgresql(postgresql_url: str) -> None:
    assert "whole and up to date (PostgreSQL" in check(postgresql_url)
    assert "is up to date" in upgrade(postgresql_url)


def test_no_password_is_told() -> None:
    url = engine.parse("postgresql://kring:swordfish@localhost/kring")
    assert "swordfish" not in trouble.place(url)
