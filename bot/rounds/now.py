"""The moment in which something happens in a round: when it is, the chance in it, and what is known of the people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.chat.people import Quiet


@dataclass(frozen=True, slots=True)
class Hours:
    """When a person may be disturbed, in their own zone (IANA name)."""

    quiet: Quiet
    timezone: str
    off: tuple[date, ...] = ()
    """Days on which the community holds no rounds, in order."""


@dataclass(frozen=True, slots=True)
class Now:
    """The moment something happens, the chance in it, and the hours of the people it concerns, by person id.

    People without hours are not looked after when a due moment is chosen.
    """

    at: datetime
    seed: int
    hours: Mapping[str, Hours] = field(default_factory=dict)
    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of people in the round what makes them different: where they are from, what they do."""
    rounds: Mapping[str, int] = field(default_factory=dict)
    """In how many rounds they sat before."""
    met: Mapping[frozenset[str], int] = field(default_factory=dict)
    """Of two people how much they were together in groups lately."""
