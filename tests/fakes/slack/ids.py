"""Ids and timestamps as Slack makes them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Ids:
    """Each id is given once on one server, and a server that is made again gives the same ones."""

    def __init__(self, wall: Callable[[], float]) -> None:
        self._wall = wall
        self._number = count(1)
        self._last = 0

    def new(self, prefix: str) -> str:
        """`U` becomes `U0K001A2B3C`: a capital letter that says the kind, then ten of the alphabet."""
        left = next(self._number) * 104_729 + 1_679_616
        letters = ""
        for _ in range(8):
            left, digit = divmod(left, 36)
            letters = _DIGITS[digit] + letters
        return f"{prefix}0{letters}"

    def ts(self) -> str:
        """Seconds and microseconds. Never the same twice, and always later than the one before."""
        self._last = max(self._last + 1, int(self._wall() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def seconds(self) -> int:
        return int(self._wall())

    def number(self) -> int:
        return next(self._number)


def moment(ts: str | None) -> tuple[int, int]:
    """A ts to compare by: `"1.5"` and `"1.500000"` are one moment."""
    whole, _, rest = (ts or "0").partition(".")
    return int(whole or 0), int((rest + "000000")[:6])
