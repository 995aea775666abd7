"""Snowflakes: https://docs.discord.com/developers/reference#snowflakes"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime

EPOCH_MS = 1420070400000


class Ids:
    """Each is larger than the one before, also when the clock stands still."""

    def __init__(self, wall: Callable[[], float]) -> None:
        self._wall = wall
        self._last = 0
        self._numbers = itertools.count(1)

    def new(self) -> str:
        self._last = max(self._last + 1, (int(self._wall() * 1000) - EPOCH_MS) << 22)
        return str(self._last)

    def number(self) -> int:
        return next(self._numbers)

    def now(self) -> str:
        return stamp(self._wall())


def made_at(id_: str) -> float:
    """When the thing with this id was made, in seconds since 1970."""
    return ((int(id_) >> 22) + EPOCH_MS) / 1000


def stamp(moment: float) -> str:
    """ISO 8601 in UTC, as Discord writes it: `2026-11-26T07:00:00.123000+00:00`."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="microseconds")
