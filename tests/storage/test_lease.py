"""One writing process for each SQLite file."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import StorageTrouble
from storage import lease as leases
from storage.care import backup, check, upgrade
from storage.engine import parse
from storage.opening import opened
from storage.store import open_store
from tests.storage.processes import another

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def pretend(url: str, **values: object) -> None:
    """Changes what the row says about its holder."""
    with opened(parse(url), "migrate") as connection:
        changes = ", ".join(f"{name} = :{name}" for name in values)
        connection.execute(text(f"UPDATE lease SET {changes}"), values)


async def test_a_second_process_refuses_and_says_who_has_it(sqlite_url: str) -> None:
    with another(sqlite_url) as process:
        with pytest.raises(StorageTrouble, match=rf"in use by the other one \(process {process.pid} on .*since 20"):
            async with open_store(sqlite_url):
                pass
        with pytest.raises(StorageTrouble, match="in use by the other one"):
            upgrade(sqlite_url)
        assert "whole" in check(sqlite_url)
        process.kill()
        process.wait()
        # nobody waits for a lease to run out whose holder is dead
        async with open_store(sqlite_url, holder="me") as store:
            assert await store.run(lambda unit: unit.first_time("e1", NOW))


async def test_the_same_process_cannot_have_it_twice(sqlite_url: str) -> None:
    async with open_store(sqlite_url):
        with pytest.raises(StorageTrouble, match=f"process {os.getpid()}"):
            async with open_store(sqlite_url):
                pass
    async with open_store(sqlite_url):
        pass


async def test_it_is_given_back(sqlite_url: str) -> None:
    async with open_store(sqlite_url):
        pass
    with opened(parse(sqlite_url), "read") as connection:
        assert connection.execute(text("SELECT count(*) FROM lease")).scalar() == 0


async def test_a_process_that_has_our_number_after_a_restart_is_us(sqlite_url: str) -> None:
    """In a container everybody is process 1."""
    async with open_store(sqlite_url, clock=lambda: NOW):
        pretend(sqlite_url, token="of an earlier life")
        async with open_store(sqlite_url, clock=lambda: NOW):
            pass


async def test_a_number_that_was_given_to_another_process_is_not_the_holder(sqlite_url: str) -> None:
    if not leases._born(os.getpid()):
        pytest.skip("this system does not tell when a process was started")
    async with open_store(sqlite_url, clock=lambda: NOW):
        pretend(sqlite_url, pid=os.getppid(), born="long ago")
        async with open_store(sqlite_url, clock=lambda: NOW):
            pass


async def test_on_another_machine_only_time_tells(sqlite_url: str) -> None:
    async with open_store(sqlite_url, clock=lambda: NOW):
        pretend(sqlite_url, system="elsewhere", host="elsewhere", pid=1)
        for late in (timedelta(0), leases.LONG - timedelta(seconds=1)):
            with pytest.raises(StorageTrouble, match=r"on elsewhere.*wait \d+ seconds"):
                async with open_store(sqlite_url, clock=lambda: NOW + late):  # noqa: B023
                    pass
        async with open_store(sqlite_url, clock=lambda: NOW + leases.LONG):
            pass


async def test_who_lost_it_writes_no_more(sqlite_url: str) -> None:
    """A machine that slept so long that somebody else took over."""
    async with open_store(sqlite_url, clock=lambda: NOW) as sleeper:
        pretend(sqlite_url, system="elsewhere")
        async with open_store(sqlite_url, clock=lambda: NOW + timedelta(hours=1)) as other:
            with pytest.raises(StorageTrouble, match="Another Kring writes"):
                await sleeper.run(lambda unit: unit.first_time("e1", NOW))
            assert await other.run(lambda unit: unit.first_time("e1", NOW))


async def test_it_is_renewed(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.store.RENEWED", timedelta(milliseconds=10))
    times = iter([NOW, NOW + timedelta(seconds=10)] + [NOW + timedelta(seconds=20)] * 1000)
    async with open_store(sqlite_url, clock=lambda: next(times)) as store:
        for _ in range(200):
            renewed = await store.look(
                lambda unit: str(unit.connection.execute(text("SELECT renewed_at FROM lease")).scalar())
            )
            if "09:00:20" in renewed:
                break
            await asyncio.sleep(0.01)
        assert "09:00:20" in renewed


async def test_a_copy_is_nobodys(sqlite_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    async with open_store(sqlite_url):
        backup(sqlite_url, copy)
    async with open_store(f"sqlite:///{copy}"):
        pass


async def test_readers_are_unlimited(sqlite_url: str) -> None:
    with another(sqlite_url):
        for _ in range(3):
            assert "whole" in check(sqlite_url)
