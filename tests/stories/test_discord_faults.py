"""Short lives on Discord in which everything goes wrong; `tests/faults` tells what is done there.

Each platform has a file of its own, so that two workers share them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.short import SECONDS, lived


@pytest.mark.timeout(SECONDS)
@pytest.mark.parametrize("mode", ["full", "light"])
async def test_whatever_goes_wrong_nothing_is_lost_and_nothing_stands_twice(tmp_path: Path, mode: str) -> None:
    await lived("discord", mode, tmp_path)
