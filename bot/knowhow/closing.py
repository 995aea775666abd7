"""Whether and when to offer that a thread is kept before it closes by itself: pure, from who wrote, never from words.

The offer in the thread is a message too, and keeps it open for as long again. So there is one offer to a thread, ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from bot.chat.events import FetchedMessage
from bot.chat.names import Account
from bot.chat.standing import Standing

PEOPLE, MESSAGES = 2, 3
"""A thread with fewer is nothing to keep: nobody answered, or nothing came of it."""
AHEAD = timedelta(days=1)
"""The offer comes so long before the thread may close, and in the last quarter of its silence where that is shorter."""
IN_A_CHANNEL, A_DAY = 3, timedelta(days=1)
"""At most so many offers in one channel within a day."""
OF_A_PERSON = 7
"""Days in which a person is asked once at most."""

Outlook = Literal["over", "moved", "near"]


def asks_at(closes_at: datetime, span: timedelta) -> datetime:
    """When the offer is made, if nobody writes until then."""
    return closes_at - min(AHEAD, span / 4)


def outlook(standing: Standing | None, now: datetime) -> Outlook:
    """How it is when the offer's moment has come. `over`: it closed, or may have closed while nobody looked."""
    if standing is None or standing.closes_at is None or standing.closes_at <= now:
        return "over"
    return "near" if asks_at(standing.closes_at, standing.span) <= now else "moved"


def opener(messages: Sequence[FetchedMessage]) -> Account | None:
    """Whose question or story it is. None where a bot began it, and where too few wrote in it."""
    by_people = [each.account for each in messages if each.account is not None]
    if len(by_people) < MESSAGES or len(set(by_people)) < PEOPLE:
        return None
    return messages[0].account
