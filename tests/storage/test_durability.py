"""What was answered is there after `kill -9`, whatever was going on."""

from __future__ import annotations

import random
import time

import pytest
from sqlalchemy import text

from storage.care import check
from storage.engine import parse
from storage.opening import opened
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
