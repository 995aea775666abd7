"""How long a thread stays open, on platforms that close a thread by themselves when nobody writes in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.names import Account, Thread


@dataclass(frozen=True, slots=True)
class Standing:
    """A thread that everybody in its channel may read. Whoever writes in it keeps it open: the moment moves on then."""

    thread: Thread
    closes_at: datetime | None
    """The earliest moment at which it closes by itself. None: it is closed, or locked."""
    span: timedelta = timedelta()
    """How long nobody wrote in it when it closes."""
    opener: Account | None = None
    """Who opened it; None when it was Kring."""
    title: str = ""
    gone: bool = False
    """It was deleted."""
