"""A know-how item: what somebody does in a situation, in whose words, who may be asked, and who tried it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from bot.chat.names import Channel, MessageRef, Place, Thread

Kind = Literal["know_how", "know_what"]
Stage = Literal["sensed", "drafted", "shared", "retired"]
"""sensed: kept by one person, not yet looked at. drafted: has its situation; consent may be asked for."""
Scope = Literal["private", "circle", "community"]
Transfer = Literal["read", "ask", "watch", "do_together"]
"""How it really moves from person to person."""
Evidence = Literal["own_experience", "several_people", "tried_elsewhere", "data", "literature"]
Field = Literal["title", "problem", "situation", "what_we_do", "because", "except_when", "sensed_by"]
Consent = Literal["pending", "yes", "yes_anonymous", "declined", "withdrawn"]
Outcome = Literal["worked", "worked_changed", "did_not_work", "not_finished"]
Again = Literal["yes", "perhaps", "no"]

KINDS: tuple[Kind, ...] = get_args(Kind)
TRANSFERS: tuple[Transfer, ...] = get_args(Transfer)
EVIDENCES: tuple[Evidence, ...] = get_args(Evidence)
KEEPER = 1
"""The keeper's number among the contributors."""
FIELDS: tuple[Field, ...] = get_args(Field)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
AGAIN: tuple[Again, ...] = get_args(Again)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a contributor, whose number is `by`, in a field of an item, exactly as they stood in `source`.

    `paraphrased`: the field says it in the keeper's words, which rest on these; the words themselves are not shown.
    """

    n: int
    field: Field
    text: str
    by: int
    source: MessageRef | None = None
    paraphrased: bool = False


@dataclass(frozen=True, slots=True)
class Contributor:
    """A person in an item; number one is its keeper. `text` is what they were last asked about, `version` how often.

    `person` is empty when the person is not known or was forgotten; `name` is then what they left behind, if they did.
    """

    n: int
    person: str
    consent: Consent = "pending"
    text: str = ""
    version: int = 0
    may_ask: bool = False
    name: str = ""
    answered_at: datetime | None = None

    @property
    def agreed(self) -> bool:
        return self.consent in ("yes", "yes_anonymous")

    @property
    def named(self) -> bool:
        return self.consent == "yes"


@dataclass(frozen=True, slots=True)
class Tried:
    """Somebody tried it. `person` is empty when they were forgotten; nobody is shown unless `named`."""

    n: int
    person: str
    outcome: Outcome
    situation: str
    changed: str
    again: Again
    named: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """`own` holds what the keeper says in own words, `quotes` what others said; the former stands before the latter."""

    id: str
    community: str
    keeper: str
    created_at: datetime
    kind: Kind = "know_how"
    stage: Stage = "sensed"
    scope: Scope = "private"
    circle: str = ""
    number: int | None = None
    own: Mapping[Field, str] = field(default_factory=dict)
    link: str = ""
    transfer: Transfer = "read"
    evidence: Evidence = "own_experience"
    language: str = "en"
    sensitive: bool = False
    quotes: tuple[Quote, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    tried: tuple[Tried, ...] = ()
    place: Place | None = None
    """Where it came from: the thread, or the channel of a single message."""
    message: MessageRef | None = None
    """The message that somebody pointed at."""
    origin: str = ""
    """The round it came from."""
    cards: tuple[Channel, ...] = ()
    """Where a card of it stands; the place in this row is part of what the card is posted about."""
    asked_until: datetime | None = None
    """Until when its contributors may answer; None while nobody is asked."""
    open_since: datetime | None = None
    """Since when it is a draft that waits for its keeper."""
    shared_at: datetime | None = None
    reviewed_at: datetime | None = None
    told_at: datetime | None = None
    """When its contributors last heard how others fared with it."""
    version: int = 0

    @property
    def ref(self) -> str:
        """What people call it, such as `K-1`; empty while it has no number."""
        return f"K-{self.number}" if self.number is not None else ""

    @property
    def open(self) -> bool:
        """The keeper may still change it."""
        return self.stage in ("sensed", "drafted") and self.asked_until is None

    def contributor(self, n: int) -> Contributor | None:
        return next((each for each in self.contributors if each.n == n), None)

    def agrees(self, n: int) -> bool:
        """That contributor's words may be shown."""
        return any(each.n == n and each.agreed for each in self.contributors)

    def contributor_of(self, person: str) -> Contributor | None:
        return next((each for each in self.contributors if person and each.person == person), None)


@dataclass(frozen=True, slots=True)
class ClosingThread:
    """A thread that closes by itself, and may be kept before. Of nobody in it is anything known here."""

    id: str
    community: str
    thread: Thread
    closes_at: datetime
    """As it was when Kring looked last: somebody may have written since."""
    offered_at: datetime | None = None
    """When it had its offer, after which it gets none."""


# -- facts


@dataclass(frozen=True, slots=True)
class Kept:
    """Somebody held on to a message, a thread, a contribution or an idea of their own."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """The keeper gave it its situation."""


@dataclass(frozen=True, slots=True)
class ConsentAsked:
    people: int


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """Only a yes is written down as a fact: who said no, or nothing, is nobody's business."""

    contributor: int
    named: bool


@dataclass(frozen=True, slots=True)
class Shared:
    number: int


@dataclass(frozen=True, slots=True)
class CardAsked:
    """Somebody wanted a card of it to stand in a channel; it is the one in that place of the row of its cards."""

    place: int
    by: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """It no longer stood on its own, and went back to its keeper."""


@dataclass(frozen=True, slots=True)
class WordsRemoved:
    """Words were taken out of it, for whatever reason."""


@dataclass(frozen=True, slots=True)
class WordsChanged:
    """A contributor changed their words, here or at their source."""


@dataclass(frozen=True, slots=True)
class WasTried:
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Reviewed:
    changed: bool


@dataclass(frozen=True, slots=True)
class Retired:
    """Its keeper let it rest. It stays readable."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A draft was thrown away."""


@dataclass(frozen=True, slots=True)
class ThreadOffered:
    """A thread was offered to be kept before it closed: to whoever began it, or in the thread."""

    how: Literal["private", "public"]


@dataclass(frozen=True, slots=True)
class OfferDeclined:
    """Whoever began it let it be."""
