"""Short lives in which everything goes wrong, with one death in each; `tests/faults` tells what is done there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.__main__ import life


@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    ("platform", "mode"), [("slack", "socket"), ("slack", "http"), ("discord", "full"), ("discord", "light")]
)
async def test_whatever_goes_wrong_nothing_is_lost_and_nothing_stands_twice(
    tmp_path: Path, platform: str, mode: str
) -> None:
    lived = life(platform, mode, tmp_path, seed=11)
    await lived.run(events=150, kills=1)
    assert lived.acts.total() >= 150
    assert len(lived.server.mishaps.happened) >= 6
    assert any(card.told.accepted for card in lived.cards)
    assert any(told.accepted for told in lived.items.values())
