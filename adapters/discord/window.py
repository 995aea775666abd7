"""The one limit that counts all that Kring asks: fifty in a second, as Discord sees them come in.

The pace spreads what is sent, but a machine or a network that stands still for a moment hands over at once what was
spread. When a call comes in nobody here knows, only that it is between its beginning and its answer: so each counts for
all that time, and for a second more. https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
(2026-11-26)
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

MOST = 48
"""In a second, of the fifty."""
SECOND = 1.0
SHORTLY = 0.01
"""Seconds to wait while all that counts is under way."""
OUTSIDE = ("/interactions/", "/webhooks/")
"""Answers to what people do count for nothing:
https://docs.discord.com/developers/interactions/receiving-and-responding#endpoints (2026-11-26)"""


class Window:
    """`tick` counts seconds; `tempo` makes the second so many times shorter, for a Discord that is."""

    def __init__(self, tick: Callable[[], float], tempo: float = 1.0) -> None:
        self._tick = tick
        self._second = SECOND / tempo
        self._under_way = 0
        self._answered: deque[float] = deque()

    @asynccontextmanager
    async def passing(self, path: str) -> AsyncIterator[None]:
        """Around a call: waits until there is room for it."""
        if path.startswith(OUTSIDE):
            yield
            return
        while (wait := self._wait()) > 0:  # noqa: ASYNC110 - it is time that makes room
            await asyncio.sleep(wait)
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            self._answered.append(self._tick())

    def _wait(self) -> float:
        now = self._tick()
        while self._answered and self._answered[0] <= now - self._second:
            self._answered.popleft()
        if self._under_way + len(self._answered) < MOST:
            return 0.0
        return self._answered[0] + self._second - now if self._answered else SHORTLY
