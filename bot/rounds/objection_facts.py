"""What has happened with an objection. No fact tells whose it was, or what it said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.rounds.step_facts import Fact


@dataclass(frozen=True, slots=True)
class ObjectionStands(Fact):
    """The votes are counted, and the round waits for what becomes of an objection."""

    step: int


@dataclass(frozen=True, slots=True)
class VoteAgain(Fact):
    """First a talk, and then the same vote once more: a `StepOpened` comes with it."""

    step: int


@dataclass(frozen=True, slots=True)
class ObjectionTakenUp(Fact):
    """So many objections are this person's to deal with, until then."""

    step: int
    person: str
    count: int
    until: datetime


@dataclass(frozen=True, slots=True)
class ObjectionGivenBack(Fact):
    """Whoever had taken it up does not do it after all."""

    person: str


@dataclass(frozen=True, slots=True)
class ObjectionSettled(Fact):
    """Somebody's own objection is one no more: it stands there as a concern."""

    step: int
