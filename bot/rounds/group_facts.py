"""What has happened between groups and those in them: notes that go along, and people who are asked in."""

from __future__ import annotations

from dataclasses import dataclass

from bot.rounds.step_facts import Fact


@dataclass(frozen=True, slots=True)
class NotesBrought(Fact):
    """What people of a silent group had noted for themselves is shown to the group it was merged into."""

    group: int
    contributions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskInOffered(Fact):
    """It is quiet in somebody's lap: this person, whose lap it is, may ask one more person in. Nobody else hears it."""

    step: int
    person: str


@dataclass(frozen=True, slots=True)
class AskedIn(Fact):
    """This person is asked, `by` the one whose lap it is, whether they come into the group of the step."""

    step: int
    person: str
    by: str
