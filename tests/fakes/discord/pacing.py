"""How fast the app may call: https://docs.discord.com/developers/topics/rate-limits

A route has a bucket for each channel, server or webhook: so many calls in so many seconds, then 429 until the window
is over. Beside it fifty calls a second in all, and ten thousand 401, 403 and 429 in ten minutes before the address is
held back. Discord publishes no numbers for the buckets: those at the routes are what its headers have shown.
"""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Limit:
    bucket: str
    calls: int
    seconds: float
    counts_globally: bool = True


@dataclass(frozen=True)
class Spent:
    """Nothing is left: 429. `scope` is `user`, `shared` or `global`."""

    seconds: float
    scope: str
    headers: dict[str, str]


@dataclass
class _Window:
    ends: float
    left: int


@dataclass
class Pacing:
    tempo: float
    enabled: bool
    a_second: int = 50
    most_invalid: int = 10_000
    invalid_seconds: float = 600.0
    _windows: dict[tuple[str, ...], _Window] = field(default_factory=dict)
    _lately: deque[float] = field(default_factory=deque)
    _invalid: deque[float] = field(default_factory=deque)

    def take(self, limit: Limit, name: str, args: Mapping[str, str]) -> dict[str, str] | Spent:
        """The headers that tell what is left, or that nothing is."""
        if not self.enabled:
            return {}
        now = time.monotonic()
        if limit.counts_globally:
            second = 1.0 / self.tempo
            while self._lately and self._lately[0] <= now - second:
                self._lately.popleft()
            if len(self._lately) >= self.a_second:
                return Spent(self._lately[0] + second - now, "global", {})
        key = (limit.bucket, *_major(args))
        window = self._windows.get(key)
        if window is None or window.ends <= now:
            window = self._windows[key] = _Window(now + limit.seconds / self.tempo, limit.calls)
        if window.left <= 0:
            return Spent(window.ends - now, "user", _headers(limit, window, now))
        window.left -= 1
        if limit.counts_globally:
            self._lately.append(now)
        return _headers(limit, window, now)

    # -- too many mistakes

    def invalid(self) -> None:
        self._invalid.append(time.monotonic())

    @property
    def banned(self) -> bool:
        since = time.monotonic() - self.invalid_seconds
        while self._invalid and self._invalid[0] <= since:
            self._invalid.popleft()
        return len(self._invalid) >= self.most_invalid


def _major(args: Mapping[str, str]) -> tuple[str, ...]:
    """The id of the channel, server or webhook that limits are counted for."""
    return tuple(args[name] for name in ("channel", "guild", "application", "token") if name in args)


def _headers(limit: Limit, window: _Window, now: float) -> dict[str, str]:
    after = max(window.ends - now, 0.0)
    return {
        "X-RateLimit-Limit": str(limit.calls),
        "X-RateLimit-Remaining": str(max(window.left, 0)),
        "X-RateLimit-Reset": f"{time.time() + after:.3f}",
        "X-RateLimit-Reset-After": f"{after:.3f}",
        "X-RateLimit-Bucket": hashlib.sha256(limit.bucket.encode()).hexdigest()[:32],
    }
