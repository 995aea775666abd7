"""Chance that can be repeated: the same seed gives the same throws on every machine.

`bot.chat.chance` gives one order for a seed; a search throws some hundred thousand times, so this one is quick. It is
splitmix64 (Steele, Lea and Flood, 2014).
"""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")

_ALL = (1 << 64) - 1


class Dice:
    def __init__(self, seed: int) -> None:
        self._state = seed & _ALL

    def below(self, most: int) -> int:
        """A whole number from 0 up to, and not with, `most`."""
        self._state = state = (self._state + 0x9E3779B97F4A7C15) & _ALL
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _ALL
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _ALL
        return ((state ^ (state >> 31)) * most) >> 64

    def shuffle(self, things: list[T]) -> None:
        for last in range(len(things) - 1, 0, -1):
            other = self.below(last + 1)
            things[last], things[other] = things[other], things[last]
