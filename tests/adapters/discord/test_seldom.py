"""discord.py's windows are forgotten all the same, but not looked through at each call."""

from __future__ import annotations

import discord
from discord.http import HTTPClient, Ratelimit

from adapters.discord.seldom import EVERY, seldom

MANY = 300
"""More than discord.py keeps without looking."""


class Watch:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def _with_old_windows(watch: Watch) -> HTTPClient:
    client = discord.Client(intents=discord.Intents.none())
    http = client.http
    seldom(http, watch)
    for number in range(MANY):
        window = http.get_ratelimit(f"old {number}")
        assert isinstance(window, Ratelimit)
        window._last_request -= 301  # five minutes ago
    return http


async def test_windows_that_are_over_are_kept_for_a_while() -> None:
    http = await _with_old_windows(Watch())
    http.get_ratelimit("new")
    assert len(http._buckets) == MANY + 1


async def test_they_are_forgotten_at_the_next_look() -> None:
    watch = Watch()
    http = await _with_old_windows(watch)
    watch.now = EVERY
    http.get_ratelimit("new")
    assert list(http._buckets) == ["new"]
