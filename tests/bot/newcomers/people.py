"""Somebody new, on any clock in the world."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.chat.names import Account, Space
from bot.chat.people import Person
from bot.newcomers.model import Newcomer
from bot.newcomers.rules import arrive, resume

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SPACE = Space("playground", "school")
ANNA = Person("p1", "c1", "Anna", Account(SPACE, "anna"), "School", "en", "Europe/Amsterdam")


def newcomer(person: Person = ANNA, joined: datetime = MONDAY, **changes: Any) -> Newcomer:
    """Somebody who said yes to the welcome as soon as they joined."""
    made = arrive(None, "n1", person, None, joined)
    assert made is not None
    return replace(resume(made, person, joined), **changes)


def undisturbed(day: date) -> bool:
    return False
