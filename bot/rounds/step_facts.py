"""What has happened in a step: to its time, its answers and its turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Fact:
    round: str


# Time


@dataclass(frozen=True, slots=True)
class StepOpened(Fact):
    step: int
    key: str
    due_at: datetime
    floor: tuple[str, ...]
    """Whose answer the step waits for."""


@dataclass(frozen=True, slots=True)
class StepExtended(Fact):
    step: int
    due_at: datetime
    why: Literal["facilitator", "people", "quiet", "unanswered", "downtime", "hours"]


@dataclass(frozen=True, slots=True)
class GraceBegan(Fact):
    """The time is over; what still comes in until `until` counts."""

    step: int
    until: datetime


@dataclass(frozen=True, slots=True)
class GroupsFormed(Fact):
    """Everybody who speaks is in one of these groups now, by their numbers."""

    step: int
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GroupsAtWork(Fact):
    """The step is played in these groups; a `StepOpened` for each comes with it."""

    step: int
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GroupChanged(Fact):
    """Somebody joined or left a group."""

    group: int
    person: str
    joined: bool


@dataclass(frozen=True, slots=True)
class NudgeDue(Fact):
    """Whose voice there is still room for: one private nudge each, never shown to others."""

    step: int
    people: tuple[str, ...]
    due_at: datetime


@dataclass(frozen=True, slots=True)
class WentQuiet(Fact):
    """Text `quiet` to the thread; a `StepExtended` for the same reason comes with it."""

    step: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class SideQuiet(Fact):
    """One side has answered and another has not, so nothing can be shown yet: these people are asked to reach them."""

    step: int
    people: tuple[str, ...]
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ChairOffered(Fact):
    """The inner circle is quiet: these people are asked whether they would like to come in."""

    step: int
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleSilent(Fact):
    """The same where it is nobody's business but the facilitator's that whoever has the word says nothing."""

    step: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Unanswered(Fact):
    """The time is over and these contributions have no response yet: tell the facilitator, privately."""

    step: int
    contributions: tuple[str, ...]
    due_at: datetime


@dataclass(frozen=True, slots=True)
class NamesAsked(Fact):
    """Fewer than four anonymous answers: ask each author whether theirs may be shown with their name."""

    step: int
    people: tuple[str, ...]
    until: datetime


@dataclass(frozen=True, slots=True)
class AnswersDropped(Fact):
    """So many answers are not shown, because their authors did not say yes to their names."""

    step: int
    count: int


@dataclass(frozen=True, slots=True)
class OnlyAnswer(Fact):
    """Theirs is the only answer, so it is not revealed: ask them to keep it, to post it as their own, or to drop it."""

    step: int
    person: str
    contribution: str


@dataclass(frozen=True, slots=True)
class Revealed(Fact):
    """All of these became visible at once, in this order."""

    step: int
    contributions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SideSilent(Fact):
    """One side has said nothing, so these answers of the other are not shown."""

    step: int
    count: int


@dataclass(frozen=True, slots=True)
class VotesCounted(Fact):
    step: int
    tally: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class StepClosed(Fact):
    step: int
    key: str
    voices: int


@dataclass(frozen=True, slots=True)
class StepSkipped(Fact):
    step: int
    key: str


@dataclass(frozen=True, slots=True)
class PromptChanged(Fact):
    """The facilitator asks the step's question in other words."""

    step: int


# Voices


@dataclass(frozen=True, slots=True)
class Answered(Fact):
    """Somebody contributed. `to` is the contribution it responds to. `visible`: others see it from now on."""

    step: int
    person: str
    contribution: str
    visible: bool
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Edited(Fact):
    step: int
    contribution: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Removed(Fact):
    """`visible`: others had seen it, so it has to go from what they see."""

    step: int
    contribution: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Passed(Fact):
    """For the trail only: nobody else may learn it."""

    step: int
    person: str


@dataclass(frozen=True, slots=True)
class Voted(Fact):
    step: int
    person: str


@dataclass(frozen=True, slots=True)
class SaidDone(Fact):
    step: int
    person: str


@dataclass(frozen=True, slots=True)
class AskedForTime(Fact):
    """`turn_due_at` is set when it was their own turn, which lasts longer now."""

    step: int
    person: str
    turn_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Wished(Fact):
    """Somebody answered text `quiet`: tell the facilitator, without a name."""

    step: int
    wish: Literal["another_question", "stop"]


@dataclass(frozen=True, slots=True)
class TurnGiven(Fact):
    step: int
    person: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class TurnPassedOn(Fact):
    """The word goes on from this person: text `move_on`. The same whether they passed, said later or were silent."""

    step: int
    person: str


@dataclass(frozen=True, slots=True)
class WordOffered(Fact):
    """Two silent turns in a row: the word is for whoever is ready."""

    step: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class SpokeOutOfTurn(Fact):
    """Text `off_turn`, privately, once a step. `holder` has the word, if anybody."""

    step: int
    person: str
    holder: str | None


@dataclass(frozen=True, slots=True)
class SaidInPublic(Fact):
    """Written in the thread while answers are private: offer *Use this as my private answer*, once a step."""

    step: int
    person: str


@dataclass(frozen=True, slots=True)
class SaidEnough(Fact):
    """Written in the thread by somebody who has said as much as the step has room for: told once, privately."""

    step: int
    person: str
    most: int
