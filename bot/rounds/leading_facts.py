"""What has happened with what a round came to, after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.rounds.step_facts import Fact


@dataclass(frozen=True, slots=True)
class LookDayChosen(Fact):
    """When people look together at what was claimed in that step. `person`: who chose another day than usual."""

    step: int
    at: datetime
    person: str | None = None


@dataclass(frozen=True, slots=True)
class LookDayCame(Fact):
    """People are asked how it went: in the thread, and those who took it on."""

    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WentOn(Fact):
    """Somebody started a round in which people go on with what came of this one; `into` is its number."""

    into: int
