"""Parts of the week that suit people in different zones, brought onto one clock. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from bot.chat.hours import at_local, local_day
from bot.circles.model import SLOTS

HOURS = {"morning": range(9, 12), "afternoon": range(13, 17), "evening": range(19, 22)}
"""Which hours are meant."""
ENOUGH = 8
"""So many quarters of an hour of a part have to suit."""


def in_zone(slots: Iterable[str], zone: str, common: str, now: datetime) -> frozenset[str]:
    """The same hours as parts of the week on the clock of `common`, as they are in the week after `now`."""
    slots = frozenset(slots)
    if zone == common:
        return slots
    suits = {moment for slot in slots for moment in _quarters(slot, zone, now)}
    return frozenset(slot for slot in SLOTS if len(suits.intersection(_quarters(slot, common, now))) >= ENOUGH)


def _quarters(slot: str, zone: str, now: datetime) -> list[datetime]:
    day, _, part = slot.partition(".")
    today = local_day("UTC", now)
    there = today + timedelta(days=7 - today.weekday() + int(day))
    return [at_local(zone, there, time(hour, minute)) for hour in HOURS[part] for minute in (0, 15, 30, 45)]
