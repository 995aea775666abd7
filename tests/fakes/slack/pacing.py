"""How fast the app may call: https://docs.slack.dev/apis/web-api/rate-limits

A tier gives a number of calls a minute for each method and workspace; a minute's worth may come at once. Messages:
one a second for each channel with a short burst, and several hundred a minute for the workspace. The page gives no
number for bursts nor for the workspace; the ones here are parameters.
"""

from __future__ import annotations

import math
import time

TIER = {1: 1, 2: 20, 3: 50, 4: 100}
FIRST_TIER_BURST = 10
"""Nobody opens a socket and reconnects within the page's one call a minute."""
SPECIAL = 600
"""`auth.test`: hundreds of calls a minute (https://docs.slack.dev/reference/methods/auth.test)."""

POST = "chat.postMessage"


class Bucket:
    """Fills at `rate` a second up to `most`; full at the beginning."""

    def __init__(self, rate: float, most: float) -> None:
        self._rate = rate
        self._most = most
        self._full = most
        self._seen = time.monotonic()

    def short(self, now: float) -> float:
        """Seconds until one can be taken."""
        passed = max(now - self._seen, 0.0)  # a bucket may have been made a moment after `now`
        self._full = min(self._most, self._full + passed * self._rate)
        self._seen = max(now, self._seen)
        return 0.0 if self._full >= 1 else (1 - self._full) / self._rate

    def take(self) -> None:
        self._full -= 1


class Pacing:
    def __init__(self, tempo: float, *, posts_a_minute: int, enabled: bool, channel_burst: int = 4) -> None:
        self.tempo = tempo
        self.enabled = enabled
        self.posts_a_minute = posts_a_minute
        self.channel_burst = channel_burst
        self._buckets: dict[tuple[str, ...], Bucket] = {}

    def wait(self, team: str, method: str, tier: int | None, channel: str = "") -> int:
        """0 when the call is taken; otherwise the whole seconds of Retry-After."""
        if not self.enabled:
            return 0
        now = time.monotonic()
        buckets = [self._bucket(key, rate, most) for key, rate, most in self._limits(team, method, tier, channel)]
        longest = max(bucket.short(now) for bucket in buckets)
        if longest > 0:
            return max(1, math.ceil(longest))
        for bucket in buckets:
            bucket.take()
        return 0

    def _limits(
        self, team: str, method: str, tier: int | None, channel: str
    ) -> list[tuple[tuple[str, ...], float, float]]:
        if method == POST:
            return [
                ((team, POST), self.posts_a_minute / 60, self.posts_a_minute / 6),
                ((team, POST, channel), 1.0, self.channel_burst),
            ]
        most = SPECIAL if tier is None else TIER[tier]
        return [((team, method), most / 60, FIRST_TIER_BURST if tier == 1 else most)]

    def _bucket(self, key: tuple[str, ...], rate: float, most: float) -> Bucket:
        found = self._buckets.get(key)
        if found is None:
            found = self._buckets[key] = Bucket(rate * self.tempo, most)
        return found
