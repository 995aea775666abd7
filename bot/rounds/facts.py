"""What has happened in a round; what has happened in a step stands in `step_facts.py`.

Every fact names its round; people and contributions go by their ids, steps by their number in the round. No fact but
`ContributionKept` carries what somebody wrote.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.chat.events import Reason
from bot.chat.spoken import SPOKEN
from bot.rounds.script import Preset
from bot.rounds.step_facts import Fact

# How a round begins, waits and ends


@dataclass(frozen=True, slots=True)
class RoundInvited(Fact):
    format: str
    topic: str
    preset: Preset
    facilitator: str
    begins_at: datetime


@dataclass(frozen=True, slots=True)
class TooFew(Fact):
    """Too few to begin or to go on: text `too_few`. `have` people speak, `need` are needed, it waits until `until`."""

    have: int
    need: int
    until: datetime
    running: bool


@dataclass(frozen=True, slots=True)
class FormatSwitched(Fact):
    format: str


@dataclass(frozen=True, slots=True)
class DepthChosen(Fact):
    """Somebody took a format that usually comes later: people there have not done together what it asks for."""

    person: str


@dataclass(frozen=True, slots=True)
class RoundBegan(Fact):
    """`voices` people speak, `listening` people listen."""

    voices: int
    listening: int


@dataclass(frozen=True, slots=True)
class RoundPaused(Fact):
    """`place`: Kring cannot write in the channel, and `refused` is what the platform gives as the reason. `parked`:
    nobody takes on what it came to. `voice`: one side is too small, and until then somebody is looked for there.
    """

    until: datetime | None
    why: Literal["asked", "place", "parked", "voice"]
    refused: Reason = "forbidden"


@dataclass(frozen=True, slots=True)
class HomeLost(Fact):
    """Kring cannot write in one of the round's channels, by its place among its homes; in others it goes on."""

    home: int
    refused: Reason


@dataclass(frozen=True, slots=True)
class RoundMoved(Fact):
    """It goes on in another channel of the same space, by its place among its homes."""

    home: int


@dataclass(frozen=True, slots=True)
class RoundResumed(Fact):
    due_at: datetime | None
    """When the current step is over now, if one is open."""


@dataclass(frozen=True, slots=True)
class WrappingBegan(Fact):
    keep_until: datetime


@dataclass(frozen=True, slots=True)
class RoundFinished(Fact):
    format: str
    topic: str


@dataclass(frozen=True, slots=True)
class RoundCancelled(Fact):
    why: Literal["asked", "too_few"]


@dataclass(frozen=True, slots=True)
class RoundLapsed(Fact):
    why: Literal["quiet", "paused"]


@dataclass(frozen=True, slots=True)
class Purged(Fact):
    """What was never shown, or left behind, has been erased."""


@dataclass(frozen=True, slots=True)
class HelpAsked(Fact):
    """Somebody asked the people to turn to, to have a look. Who, is not kept."""


# People


@dataclass(frozen=True, slots=True)
class SeatTaken(Fact):
    """`step` is the step they join at: None before the round began."""

    person: str
    way: Literal["speak", "listen"]
    step: int | None


@dataclass(frozen=True, slots=True)
class SeatWaiting(Fact):
    """The circle is full; this person comes in when a seat becomes free."""

    person: str


@dataclass(frozen=True, slots=True)
class SeatLeft(Fact):
    """`wrote`: there is something of theirs, so ask with text `leave` what becomes of it."""

    person: str
    wrote: bool


@dataclass(frozen=True, slots=True)
class VoicesUnited(Fact):
    """Two who sat in the round are one person, who linked their accounts."""

    person: str


@dataclass(frozen=True, slots=True)
class LeftBehind(Fact):
    """Somebody who left said what becomes of what they wrote."""

    person: str
    choice: Literal["keep", "unname", "remove"]
    shown: tuple[str, ...]
    """Those of their contributions that others had seen already."""


@dataclass(frozen=True, slots=True)
class RoleGiven(Fact):
    role: str
    person: str


@dataclass(frozen=True, slots=True)
class RoleLeft(Fact):
    """Somebody gave their chair back."""

    role: str
    person: str


@dataclass(frozen=True, slots=True)
class SideTaken(Fact):
    person: str
    side: str


@dataclass(frozen=True, slots=True)
class FacilitatorOffered(Fact):
    """The facilitator would like this person to hold the round; they have to accept."""

    person: str


@dataclass(frozen=True, slots=True)
class FacilitatorChanged(Fact):
    person: str


@dataclass(frozen=True, slots=True)
class FacilitatorAsked(Fact):
    """The round needs a decision: ask the facilitator privately."""

    about: Literal["quiet", "too_few", "objection"]
    person: str
    until: datetime


@dataclass(frozen=True, slots=True)
class FacilitatorMissed(Fact):
    """Text `facilitator_away`: the first person to accept holds the round. `person` is who is away, if anybody."""

    person: str | None
    until: datetime


# What is kept


@dataclass(frozen=True, slots=True)
class Marked(Fact):
    contribution: str


@dataclass(frozen=True, slots=True)
class KeepAsked(Fact):
    """Text `keep_consent` to this contribution's author."""

    contribution: str
    person: str
    until: datetime


@dataclass(frozen=True, slots=True)
class ContributionKept(Fact):
    """Its author said yes: this may become a draft of a know-how item.

    `author` is for asking and withdrawing; only when `named` may it be shown. `prompt` names the step's question as
    `format/step`.
    """

    contribution: str
    topic: str = field(metadata=SPOKEN)
    body: str = field(metadata=SPOKEN)
    author: str
    named: bool
    prompt: str
    fields: tuple[tuple[str, str], ...] = field(default=(), metadata=SPOKEN)


@dataclass(frozen=True, slots=True)
class KeepRefused(Fact):
    """No, or no answer in time."""

    contribution: str


@dataclass(frozen=True, slots=True)
class KeepWithdrawn(Fact):
    """A yes is taken back, or its text is gone or changed: nothing may quote it any more."""

    contribution: str
