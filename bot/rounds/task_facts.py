"""What has happened with what people took upon themselves in a round. No fact has anybody's words in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.rounds.step_facts import Fact
from bot.rounds.task import TaskKind


@dataclass(frozen=True, slots=True)
class TaskChosen(Fact):
    person: str
    task: TaskKind


@dataclass(frozen=True, slots=True)
class TaskGiven(Fact):
    """What came of a light task is there. `again`: it stands in the place of earlier words."""

    person: str
    task: TaskKind
    again: bool


@dataclass(frozen=True, slots=True)
class TaskDropped(Fact):
    """`given`: something had come of it, which is gone."""

    person: str
    task: TaskKind
    given: bool


@dataclass(frozen=True, slots=True)
class SmallStepTaken(Fact):
    """For the trail of its owner: nobody else learns of it."""

    person: str
    remind_at: datetime | None


@dataclass(frozen=True, slots=True)
class AskAllowed(Fact):
    """Whether the author of something kept with their name may be asked about it."""

    contribution: str
    may: bool
