"""The migrations make the tables that the code expects, and lose nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, String, inspect, text

from bot.errors import StorageTrouble
from storage import migrate, opening
from storage.engine import Purpose, connect, parse
from storage.opening import opened, prepare
from storage.search_tables import SQLITE
from tests.contracts.things import NOW


def test_the_migrations_make_what_the_code_expects_on_sqlite(sqlite_url: str) -> None:
    with opened(parse(sqlite_url), "migrate") as connection:
        assert migrate.differences(connection) == ""
        made = connection.scalars(text("SELECT sql FROM sqlite_master WHERE name LIKE 'words_%' AND type = 'trigger'"))
        assert {*made} == {statement for statement in SQLITE if statement.startswith("CREATE TRIGGER")}


@pytest.mark.postgres
def test_the_migrations_make_what_the_code_expects_on_postgresql(postgresql_url: str) -> None:
    with opened(parse(postgresql_url), "migrate") as connection:
        assert migrate.differences(connection) == ""


def test_a_difference_is_seen(sqlite_url: str) -> None:
    with opened(parse(sqlite_url), "migrate") as connection:
        connection.execute(text("ALTER TABLE facts DROP COLUMN fields"))
        assert "fields" in migrate.differences(connection)


@pytest.mark.postgres
def test_two_that_start_at_once_on_postgresql(bare_postgresql_url: str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    url = parse(bare_postgresql_url)
    # Alembic's own settings are global, so the second one only looks whether it waits for the first
    with connect(url, "migrate").connect() as first, first.begin():
        first.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": opening._ONE_AT_A_TIME})
        with ThreadPoolExecutor() as pool:
            second = pool.submit(prepare, url, holder="second", now=NOW)
            with pytest.raises(TimeoutError):
                second.result(timeout=0.3)
            migrate.upgrade(first)
            first.commit()
            assert second.result(timeout=10) is None


def test_nothing_is_left_of_a_migration_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: object) -> bool:
        upgrade(connection)  # type: ignore[arg-type]
        raise StorageTrouble("half way")

    upgrade = migrate.upgrade
    monkeypatch.setattr("storage.migrate.upgrade", fail)
    url = parse(f"sqlite:///{tmp_path}/kring.db")
    with pytest.raises(StorageTrouble, match="half way"):
        prepare(url, holder="test", now=NOW)
    with opened(url, "read") as connection:
        assert inspect(connection).get_table_names() == []


@pytest.mark.parametrize(("purpose", "left"), [("migrate", 3), ("write", 0)])
def test_rebuilding_a_table_loses_no_rows_that_refer_to_it(tmp_path: Path, purpose: Purpose, left: int) -> None:
    """SQLite changes a table by making a new one. With foreign keys on, dropping the old one deletes what refers to it,
    without an error and without a trace. So migrations have connections of their own, with foreign keys off."""
    url = parse(f"sqlite:///{tmp_path}/trap.db")
    with opened(url, purpose) as connection:
        connection.execute(text("CREATE TABLE parent (id INTEGER PRIMARY KEY, name VARCHAR)"))
        connection.execute(
            text("CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent(id) ON DELETE CASCADE)")
        )
        connection.execute(text("INSERT INTO parent VALUES (1, 'one')"))
        connection.execute(text("INSERT INTO child VALUES (1, 1), (2, 1), (3, 1)"))
    with opened(url, purpose) as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("parent") as parent:
            parent.alter_column("name", existing_type=String(), nullable=False)
            parent.add_column(Column("more", String()))
        assert connection.execute(text("SELECT count(*) FROM parent")).scalar() == 1
        assert connection.execute(text("SELECT count(*) FROM child")).scalar() == left
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


def test_a_migration_that_leaves_loose_ends_is_taken_back(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(parse(sqlite_url), "migrate") as connection:
        connection.execute(text("CREATE TABLE parent (id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE child (parent INTEGER REFERENCES parent(id))"))
        connection.execute(text("INSERT INTO child VALUES (7)"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    monkeypatch.setattr("storage.migrate.known", lambda: ("0000", "0001"))
    monkeypatch.setattr("alembic.command.upgrade", lambda *_: None)
    with (
        pytest.raises(StorageTrouble, match="rows of child refer to nothing"),
        opened(parse(sqlite_url), "migrate") as connection,
    ):
        migrate.upgrade(connection)


def test_every_number_is_known() -> None:
    numbers = migrate.known()
    assert numbers == tuple(f"{number:04}" for number in range(1, len(numbers) + 1))
