"""What was answered is there after `kill -9`, whatever was going on."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.care import check
from storage.engine import parse
from storage.opening import opened
from storage.store import open_store
from tests.storage.processes import another


@pytest.mark.parametrize("in_flight", [1, 20])
def test_nothing_that_was_answered_is_lost(sqlite_url: str, in_flight: int) -> None:
    for _ in range(2):
        answered: set[str] = set()
        with another(sqlite_url, in_flight) as process:
            assert process.stdout is not None
            first = process.stdout.readline()  # on a busy machine it takes a while
            time.sleep(random.uniform(0.02, 0.3))
            process.kill()
            # not `communicate`, which leaves out what `readline` took from the pipe beyond its line
            answered |= {f"e{line}" for line in (first + process.stdout.read()).splitlines()}
        with opened(parse(sqlite_url), "migrate") as connection:
            kept = set(connection.scalars(text("SELECT event FROM inbox")))
            connection.execute(text("DELETE FROM inbox"))
        assert answered
        assert answered <= kept
        assert len(kept - answered) <= in_flight + 128, "what was durable and not yet told"
        assert "whole" in check(sqlite_url)


@pytest.mark.parametrize(("lasting", "kept"), [(True, 2), (False, 0)], ids=["on the disk", "thrown away"])
async def test_only_what_is_thrown_away_does_not_wait_for_the_disk(tmp_path: Path, lasting: bool, kept: int) -> None:
    async with open_store(f"sqlite:///{tmp_path / 'kring.db'}", lasting=lasting) as store:
        found = await store.run(lambda unit: unit.connection.exec_driver_sql("PRAGMA synchronous").scalar())
    assert found == kept
