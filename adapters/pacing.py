"""How fast something may go, whatever it is: a rate, and a line in which one thing after the other gets its moment."""

from __future__ import annotations

from dataclasses import dataclass

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `limit` in any `seconds`, of which `at_once` without a pause between them."""

    limit: int
    seconds: float = MINUTE
    at_once: int = 1

    @property
    def gap(self) -> float:
        """Seconds from one to the next, once those that may go at once are gone."""
        return self.seconds / max(self.limit - self.at_once + 1, 1)


class Line:
    """Where one thing after the other gets its moment. `free` is when the next would go if none went at once."""

    def __init__(self, rate: Rate, tempo: float) -> None:
        self._gap = rate.gap / tempo
        self._slack = (rate.at_once - 1) * self._gap
        self.free = float("-inf")

    def wait(self, now: float) -> float:
        return max(self.free - self._slack - now, 0.0)

    def take(self, at: float) -> None:
        self.free = max(self.free, at) + self._gap

    def hold(self, until: float) -> None:
        """Nothing goes before that moment, and then one by one: what may go at once is used up."""
        self.free = max(self.free, until + self._slack)
