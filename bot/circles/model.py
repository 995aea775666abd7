"""Circles, who sits in them, and what people said about themselves so that circles can be formed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.chat.names import Channel

CircleState = Literal["forming", "open", "resting", "closed"]
"""forming: people are asked. open: it meets. resting: it does not meet for now. closed: it is over."""

SeatState = Literal["asked", "in", "declined", "left"]
"""asked: no answer yet. in: with an own yes. declined: wanted something else, or did not answer. left: was in."""

Experience = Literal["starting", "some", "long"]
EXPERIENCE: tuple[Experience, ...] = ("starting", "some", "long")
"""Up to three years in this work, up to ten, more."""

TONGUES = {
    "nl": "Nederlands",
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "tr": "Türkçe",
    "ar": "العربية",
    "pl": "Polski",
    "pt": "Português",
    "uk": "Українська",
    "it": "Italiano",
    "pap": "Papiamentu",
}
"""The languages people can say they speak, by ISO 639, each in its own words."""

PARTS = ("morning", "afternoon", "evening")
WEEKDAYS = (0, 1, 2, 3, 4)
SLOTS = tuple(f"{day}.{part}" for day in WEEKDAYS for part in PARTS)
"""Parts of a working week in a person's own zone, such as `0.morning` for Monday morning."""

WishKind = Literal["with", "apart", "line"]
"""with: would like to be with them. apart: rather not. line: one of the two is the other's manager."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What somebody said about themselves for the forming of circles; all of it may be left out."""

    person: str
    ready: bool = True
    """Would like to be in the next circles that are formed."""
    experience: Experience | None = None
    languages: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    topics: str = ""
    """What they would like to talk about; whoever forms the circles reads it, without the name."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Shown to nobody but the person whose wish it is; no reason is asked."""

    person: str
    other: str
    kind: WishKind


@dataclass(frozen=True, slots=True)
class Seat:
    person: str
    state: SeatState
    since: datetime


@dataclass(frozen=True, slots=True)
class Circle:
    id: str
    number: int
    """People say it aloud."""
    name: str
    question: str
    state: CircleState
    facilitator: str
    """Empty after they left."""
    home: Channel | None
    formation: int
    """How many times circles had been formed when it began: how long ago its people met is counted in these."""
    made: datetime
    seats: tuple[Seat, ...] = ()
    ask_until: datetime | None = None
    """While it is forming: who has not answered by then is not in; and when all have, until when somebody decides."""
    small_since: datetime | None = None
    """Since when it has been open with fewer people than a circle needs."""

    @property
    def members(self) -> tuple[str, ...]:
        return tuple(each.person for each in self.seats if each.state == "in")

    @property
    def asked(self) -> tuple[str, ...]:
        return tuple(each.person for each in self.seats if each.state == "asked")

    @property
    def people(self) -> tuple[str, ...]:
        """Who is in it, and who was."""
        return tuple(each.person for each in self.seats if each.state in ("in", "left"))

    def seat(self, person: str) -> Seat | None:
        return next((each for each in self.seats if each.person == person), None)


@dataclass(frozen=True, slots=True)
class Formation:
    """One time that circles are formed, until people are asked.

    searching: better seatings are being looked for. proposed: the facilitator has it. agreed: people are asked.
    """

    id: str
    number: int
    by: str
    """The facilitator it is proposed to."""
    name: str
    question: str
    live: bool
    home: Channel | None
    seed: int
    at: datetime
    circles: tuple[tuple[str, ...], ...]
    state: Literal["searching", "proposed", "agreed", "dropped"] = "searching"
    turns: int = 0
    """How often it has been searched on."""
    share: int = 0
    """How good it is, in percent of what no seating can surpass."""

    @property
    def people(self) -> tuple[str, ...]:
        return tuple(sorted(each for circle in self.circles for each in circle))


# -- facts: about a circle or a formation by its id; nobody's name, nobody's words


@dataclass(frozen=True, slots=True)
class CircleMade:
    pass


@dataclass(frozen=True, slots=True)
class CircleOpened:
    members: int


@dataclass(frozen=True, slots=True)
class QuestionChanged:
    pass


@dataclass(frozen=True, slots=True)
class SeatTaken:
    pass


@dataclass(frozen=True, slots=True)
class SeatDeclined:
    pass


@dataclass(frozen=True, slots=True)
class SeatLeft:
    pass


@dataclass(frozen=True, slots=True)
class CircleRests:
    pass


@dataclass(frozen=True, slots=True)
class CircleClosed:
    pass


@dataclass(frozen=True, slots=True)
class CirclesProposed:
    circles: int
    people: int
    seed: int
    share: int


@dataclass(frozen=True, slots=True)
class CirclesAgreed:
    circles: int


Fact = CircleMade | CircleOpened | QuestionChanged | SeatTaken | SeatDeclined | SeatLeft | CircleRests | CircleClosed
