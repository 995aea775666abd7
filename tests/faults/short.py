"""Short lives in which everything goes wrong, with one death in each, for the suite."""

from __future__ import annotations

from pathlib import Path

from tests.faults.__main__ import life

SECONDS = 180
"""That one of them may take on a busy machine."""


async def lived(platform: str, mode: str, folder: Path) -> None:
    one = life(platform, "items", mode, folder, seed=11)
    await one.run(events=150, kills=1)
    assert one.acts.total() >= 150
    assert len(one.server.mishaps.happened) >= 6
    assert any(card.told.accepted for card in one.cards)
    assert any(told.accepted for told in one.items.values())
