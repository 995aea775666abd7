"""The migrations make the tables that the code expects, and lose nothing."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, select, text

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


# -- from an older release


def tables_of(connection: Connection) -> list[Table]:
    """The tables as they stand in the database, without what the full text index makes for itself."""
    found = MetaData()
    names = inspect(connection).get_table_names()
    found.reflect(connection, only=[name for name in names if not name.startswith(("words_fts", "alembic"))])
    return found.sorted_tables


def something(column: Column[Any], number: int) -> Any:
    """A value that the column may hold."""
    told = {"conversation": f"slack/T{number}/account/a/b", "state": ("open", "refused")[number % 2], "tries": number}
    kinds: dict[type, Any] = {
        bool: True, int: number, datetime: NOW.replace(tzinfo=None, day=number), date: date(2026, 11, number),
        time: time(number), dict: [number], list: [number],
    }  # fmt: skip
    try:
        kind = column.type.python_type
    except NotImplementedError:
        kind = str
    if column.table.name == "outbox" and column.name in told:
        return told[column.name]
    return kinds.get(kind, f"{column.name} {number}")


def rows_of(connection: Connection, tables: list[Table]) -> dict[str, list[str]]:
    """Everything that stands in these columns."""
    return {table.name: sorted(map(repr, connection.execute(select(*table.c)))) for table in tables}


@pytest.mark.filterwarnings("ignore:Computed column")
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_a_database_of_the_first_release_loses_nothing(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    given = f"sqlite:///{tmp_path}/old.db" if kind == "sqlite" else request.getfixturevalue("bare_postgresql_url")
    with opened(parse(given), "migrate") as connection:
        command.upgrade(migrate.config(connection), "0001")
    with opened(parse(given), "migrate") as connection:
        tables = tables_of(connection)
        for table in tables:
            filled = [column for column in table.c if column.computed is None]
            for number in range(1, 4):
                values = {column.name: something(column, number) for column in filled}
                connection.execute(table.insert().values(values))
        before = rows_of(connection, tables)
    assert len(before) > 25
    assert all(before.values())
    prepare(parse(given), holder="test", now=NOW, leased=False)
    with opened(parse(given), "migrate") as connection:
        assert migrate.differences(connection) == ""
        assert rows_of(connection, tables) == before
        outbox = connection.execute(text("SELECT lane, risks, tries, queued_at = ready_at FROM outbox ORDER BY seq"))
        assert [tuple(row) for row in outbox] == [(f"slack/T{n}", n, n, True) for n in (1, 2, 3)]
        assert connection.scalar(text("SELECT count(*) FROM posts WHERE CAST(more AS VARCHAR) = '[]'")) == 3


def test_every_number_is_known() -> None:
    numbers = migrate.known()
    assert numbers == tuple(f"{number:04}" for number in range(1, len(numbers) + 1))


def test_who_chose_a_format_early_is_known_of_rounds_that_are_there(tmp_path: Path) -> None:
    url = parse(f"sqlite:///{tmp_path}/old.db")
    with opened(url, "migrate") as connection:
        command.upgrade(migrate.config(connection), "0012")
    with opened(url, "migrate") as connection:
        rounds, facts = (Table(name, MetaData(), autoload_with=connection) for name in ("rounds", "facts"))
        for number in (1, 2):
            values = {column.name: something(column, number) for column in rounds.c}
            connection.execute(rounds.insert().values(values | {"community": "home", "round": f"r{number}"}))
        for person in ("ana", "bo"):
            fact = {"community": "home", "name": "round", "id": "r1", "at": NOW, "fact": "DepthChosen"}
            connection.execute(facts.insert().values(fact | {"fields": f'{{"round":"r1","person":"{person}"}}'}))
    prepare(url, holder="test", now=NOW, leased=False)
    with opened(url, "migrate") as connection:
        found = connection.execute(text("SELECT round, early_by FROM rounds ORDER BY round"))
        assert [tuple(row) for row in found] == [("r1", "bo"), ("r2", None)]
