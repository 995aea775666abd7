"""What Kring remembers of a newcomer's way in: the least that check-ins, buddies and help need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.chat.names import Channel

DAYS = (0, 1, 3, 7, 14, 30, 60, 90)
"""The days of the journey, counted from the welcome on the newcomer's own calendar."""
FEW = (30, 90)
"""What is left of them for who wants fewer."""

Pace = Literal["unanswered", "regular", "fewer", "asked", "stopped", "ended"]
"""unanswered: the welcome was not answered yet. regular: all check-ins. fewer: days 30 and 90. asked: only when the
person asks. stopped: the person said stop. ended: the person left."""

Stage = Literal["arriving", "listening", "first", "contributing", "core", "occasional", "alumnus"]
STAGES: tuple[Stage, ...] = ("arriving", "listening", "first", "contributing", "core", "occasional", "alumnus")
"""A place in the community, not a grade. Only the person sets it, and only they see it."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody in their first ninety days."""

    id: str
    person: str
    joined: datetime
    start: date
    """Day 0 on their own calendar: when the welcome reached them."""
    last: date
    """The day on their own calendar of the last check-in; the welcome counts."""
    channel: Channel | None = None
    """Where the space greets people, if it said so."""
    pace: Pace = "unanswered"
    done: int = 0
    """The latest day that was sent or passed over."""
    open: tuple[int, ...] = ()
    """The days sent since the person last answered one."""
    undelivered: int | None = None
    """A day whose direct message was refused; the Start button shows it."""
    greeted_in_public: bool = False
    """A Start button stands in a channel for them."""
    introduced: bool = False
    """Their own words about themselves stand in a channel."""
    left: datetime | None = None


@dataclass(frozen=True, slots=True)
class HomeClosed:
    """Hosts were told that Kring cannot write in the home channel."""

    reason: str


@dataclass(frozen=True, slots=True)
class CrowdOpened:
    """A card for whoever comes in these minutes was posted, where people press a button first."""

    card: str
    platform: str
    space: str
    channel: str


@dataclass(frozen=True, slots=True)
class CrowdClosed:
    """The platform did not take that card."""

    card: str


@dataclass(frozen=True, slots=True)
class ButtonStands:
    """The button *I'm new here* was put up."""

    button: str
    channel: str


@dataclass(frozen=True, slots=True)
class ButtonGone:
    """It was deleted, was not taken, or the home channel is another one."""

    button: str


@dataclass(frozen=True, slots=True)
class CheckinAnswer:
    """What a newcomer wrote to Kring. Private; kept for 120 days at most.

    line: a draft of the own introduction, until it is posted. question: to be able to bring the answer back.
    kept: what the newcomer only wanted to keep for themselves. reply: what somebody answered, until the newcomer has
    it; its id begins with that of the question. returned: what could not be brought to the circle, until they know it.
    """

    id: str
    newcomer: str
    person: str
    kind: Literal["line", "question", "kept", "reply", "returned"]
    text: str
    at: datetime
    to: tuple[str, ...] = ()
    """Ids of the people a question was brought to; of a reply, whose it is."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """A newcomer and somebody who offered to be a buddy. Either may end it without a reason."""

    id: str
    newcomer: str
    person: str
    """The newcomer's person."""
    buddy: str
    asked: datetime
    state: Literal["proposed", "agreed", "declined", "ended"] = "proposed"
    told: int = 0
    """How many of the three texts the buddy got."""
    wanted: bool = False
    """The newcomer asked for a buddy, so they hear of it when there is one."""


@dataclass(frozen=True, slots=True)
class Volunteer:
    """Somebody who offered to be a buddy. `load` counts the newcomers they have or were proposed."""

    person: str
    load: int = 0
    asked: datetime | None = None
    """When they were last proposed to anybody."""


HelpKind = Literal["chat", "trio", "link", "task"]
"""What a newcomer would like: a chat, a talk of three, to meet somebody who does similar work, a small task."""


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody who was asked to help. `remind_at` is when they are asked once more, None once that is done."""

    person: str
    remind_at: datetime | None
    state: Literal["asked", "declined", "taken"] = "asked"


CONTACTS_SHOWN = "contacts shown"
HELP_MISSED = "help missed"
"""What is only ever counted: that somebody looked up the contact persons, that somebody was not reached."""


@dataclass(frozen=True, slots=True)
class Help:
    """A newcomer asked for somebody. `words` are for the helpers only, and are forgotten when it is over."""

    id: str
    newcomer: str
    person: str
    kind: HelpKind
    words: str
    with_name: bool
    """The facilitators may know who it is when nobody was reached."""
    asked: datetime
    tell_at: datetime | None = None
    """When the facilitators hear that nobody was reached; None when they have, or never will."""
    own_up_at: datetime | None = None
    """When the newcomer hears honestly that nobody was reached; None once that is done."""
    helpers: tuple[Called, ...] = ()
    told: tuple[str, ...] = ()
    """The facilitators who were told."""
    state: Literal["open", "taken", "missed", "dropped"] = "open"


# -- facts: about a newcomer, a pairing or a request for help by its id; nobody's name, nobody's words


@dataclass(frozen=True, slots=True)
class NewcomerJoined:
    pass


@dataclass(frozen=True, slots=True)
class CheckinSent:
    day: int


@dataclass(frozen=True, slots=True)
class CheckinAnswered:
    day: int


@dataclass(frozen=True, slots=True)
class PaceChosen:
    pace: Pace


@dataclass(frozen=True, slots=True)
class NewcomerLeft:
    pass


@dataclass(frozen=True, slots=True)
class WordWaits:
    """Something could not be written to the newcomer, who finds it behind a button."""


@dataclass(frozen=True, slots=True)
class WordShown:
    """They looked there."""


@dataclass(frozen=True, slots=True)
class BuddyAgreed:
    pass


@dataclass(frozen=True, slots=True)
class BuddyDeclined:
    pass


@dataclass(frozen=True, slots=True)
class HelpAsked:
    kind: HelpKind


@dataclass(frozen=True, slots=True)
class CalledAgain:
    index: int
    """Which of the helpers, counted from 0."""


@dataclass(frozen=True, slots=True)
class AnotherOffered:
    """The newcomer was offered somebody else."""


@dataclass(frozen=True, slots=True)
class FacilitatorsTold:
    pass


@dataclass(frozen=True, slots=True)
class HelpTaken:
    pass


@dataclass(frozen=True, slots=True)
class HelpMissed:
    """Nobody was reached, and the newcomer was told so."""
