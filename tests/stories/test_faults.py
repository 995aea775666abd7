"""A short life of `tests/slack_faults.py`, with one death in it; it tells what is done there, and how to run more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.slack_faults import Faults
from tests.stories.slack_house import Mode


@pytest.mark.timeout(180)
@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_whatever_goes_wrong_nothing_is_lost_and_nothing_stands_twice(tmp_path: Path, mode: Mode) -> None:
    faults = Faults(tmp_path, mode, seed=11)
    await faults.run(events=150, kills=1)
    assert faults.acts.total() >= 150
    assert len(faults.slack.mishaps.happened) >= 6
    assert any(card.told.accepted for card in faults.cards)
    assert any(told.accepted for told in faults.items.values())
