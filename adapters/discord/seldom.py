"""discord.py's windows, looked through now and then instead of at every new one.

Of each channel, and of each interaction, it keeps a window for five minutes; and whenever it meets a new one it looks
through all of them for those that are over (2.7.1, 2026-11-26). With ten thousand direct conversations that takes
longer than all else in a call.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

EVERY = 60.0
"""Seconds. A minute's windows more are a few megabytes."""


def seldom(http: Any, tick: Callable[[], float] = time.monotonic) -> None:
    """From here on this client of discord.py's looks at most so often. There is no public way."""
    look: Callable[[], None] = http._try_clear_expired_ratelimits  # noqa: SLF001
    looked = tick()

    def look_if_long_ago() -> None:
        nonlocal looked
        now = tick()
        if now - looked >= EVERY:
            looked = now
            look()

    http._try_clear_expired_ratelimits = look_if_long_ago  # noqa: SLF001
