"""A few kills of `tests/crash.py`; `.ci/run` does two hundred."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash import Crash
from tests.crash_in_groups import CrashInGroups


@pytest.mark.timeout(120)
async def test_killed_in_the_middle_of_a_conversation(tmp_path: Path) -> None:
    told = await Crash(tmp_path / "kring.db", seed=11).run(2)
    assert told.kills == 2
    assert told.accepted


@pytest.mark.timeout(120)
async def test_killed_while_people_talk_in_groups(tmp_path: Path) -> None:
    told = await CrashInGroups(tmp_path / "kring.db", seed=5).run(2)
    assert told.kills == 3
    assert told.accepted
