"""Two hands: how much a community searches and how much it holds on to and uses, measured from what happened.

It ends in a question for the next round. There is no score, nothing is compared with another community, and nobody is
in it by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.rounds.step_rules import VoteRule

Hand = Literal["explore", "exploit"]
Kind = Literal[
    "experiment_started", "border_round", "seed", "new_format", "searching_round", "fresh_eyes",
    "embedded", "tried", "revised", "product", "holding_round", "repeated_format",
]  # fmt: skip

WEIGHTS: Mapping[Kind, tuple[Hand, float]] = {
    "experiment_started": ("explore", 3),
    "border_round": ("explore", 2),
    "seed": ("explore", 1),
    "new_format": ("explore", 1),
    "searching_round": ("explore", 1),
    "fresh_eyes": ("explore", 1),
    "embedded": ("exploit", 3),
    "tried": ("exploit", 2),
    "revised": ("exploit", 2),
    "product": ("exploit", 2),
    "holding_round": ("exploit", 1),
    "repeated_format": ("exploit", 1),
}
NOT_COUNTED: tuple[Kind, ...] = ("fresh_eyes", "embedded", "product", "repeated_format")
"""What Kring cannot see yet. It counts nothing, and the picture says so."""

WINDOW = timedelta(weeks=12)
HALF_LIFE = timedelta(weeks=6)
DAMPING = 4
"""Added to the sum of both hands, so that a single thing that happened tips nothing."""
FELT = (-2, 2)
"""The scale on which people say how it feels: below zero they mostly hold on, above it they mostly search."""
FEWEST = 5
"""So many votes are needed to say how the balance feels, and so many items to say where knowledge gets stuck."""


@dataclass(frozen=True, slots=True)
class Band:
    """What a community aims for, between -1 (only holding) and 1 (only searching)."""

    low: float = -0.4
    high: float = 0.4


USUAL = Band()


@dataclass(frozen=True, slots=True)
class Happening:
    kind: Kind
    at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A round that is done, as far as the balance asks. `explore` and `exploit` are its format's emphasis."""

    format: str
    explore: int
    exploit: int
    ended_at: datetime
    spaces: int = 1
    """In how many it stood, or how many sides came together in it."""
    new: bool = False
    """The first one here in its format."""
    started: bool = False
    """Somebody took something on in it that people look at together on a day."""


@dataclass(frozen=True, slots=True)
class Life:
    """A know-how item, as far as the balance asks: how far it came, and what came back to it."""

    created_at: datetime
    stage: Literal["sensed", "drafted", "shared", "retired"]
    from_round: bool = False
    shared_at: datetime | None = None
    reviewed_at: datetime | None = None
    tried_at: tuple[datetime, ...] = ()

    @property
    def revised_at(self) -> datetime | None:
        """Sharing it is a first look; only a later one revises it."""
        later = self.reviewed_at is not None and (self.shared_at is None or self.reviewed_at > self.shared_at)
        return self.reviewed_at if later else None


@dataclass(frozen=True, slots=True)
class Balance:
    """`value` is between -1 and 1. `felt`: the median of what people said when asked last, if enough of them did."""

    explore: float
    exploit: float
    felt: float | None = None

    @property
    def value(self) -> float:
        return (self.explore - self.exploit) / (self.explore + self.exploit + DAMPING)


def happenings(held: Iterable[Held], lives: Iterable[Life]) -> tuple[Happening, ...]:
    """Everything that counts for one of the hands, oldest first."""
    found: list[Happening] = []
    for one in held:
        kinds: list[Kind] = ["border_round"] if one.spaces > 1 else []
        if one.new:
            kinds.append("new_format")
        if one.started:
            kinds.append("experiment_started")
        if one.explore > one.exploit:
            kinds.append("searching_round")
        elif one.exploit > one.explore:
            kinds.append("holding_round")
        found += [Happening(kind, one.ended_at) for kind in kinds]
    for life in lives:
        if life.from_round:
            found.append(Happening("seed", life.created_at))
        if (revised := life.revised_at) is not None:
            found.append(Happening("revised", revised))
        found += [Happening("tried", at) for at in life.tried_at]
    return tuple(sorted(found, key=lambda one: one.at))


def measure(happened: Iterable[Happening], now: datetime, felt: float | None = None) -> Balance:
    """The last twelve weeks as they weigh now: what is six weeks old counts half."""
    sums: dict[Hand, float] = {"explore": 0.0, "exploit": 0.0}
    for one in happened:
        age = now - one.at
        if timedelta(0) <= age <= WINDOW:
            hand, weight = WEIGHTS[one.kind]
            sums[hand] += weight * 0.5 ** (age / HALF_LIFE)
    return Balance(sums["explore"], sums["exploit"], felt)


def asked_by(rule: VoteRule | None) -> bool:
    """Whether this vote asks how the balance feels: a scale around zero is how formats ask."""
    return rule is not None and rule.kind == "scale" and rule.scale == FELT


def marks(tally: Mapping[str, int]) -> tuple[int, ...]:
    """Each mark as often as it was given."""
    return tuple(int(mark) for mark, count in tally.items() for _ in range(count))


def median_felt(marks: Sequence[int]) -> float | None:
    """What people say of the balance on a scale from -2 to 2, as a number from -1 to 1; None with too few of them."""
    if len(marks) < FEWEST:
        return None
    ordered, middle = sorted(marks), len(marks) // 2
    median = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return median / 2


def outside(balance: Balance, band: Band = USUAL) -> Hand | None:
    """Which hand is weaker than the community aims for; None inside the band."""
    if balance.value > band.high:
        return "exploit"
    return "explore" if balance.value < band.low else None


def weaker(happened: Sequence[Happening], now: datetime, band: Band = USUAL) -> Hand | None:
    """Which hand the next round could strengthen; None when either is fine.

    Holding wins by itself, because what it brings is nearer: where nobody searched for six weeks it is searching, also
    inside the band.
    """
    recent = [one for one in happened if timedelta(0) <= now - one.at <= WINDOW]
    found = outside(measure(recent, now), band)
    searched = any(WEIGHTS[one.kind][0] == "explore" and now - one.at <= HALF_LIFE for one in recent)
    if found is None and recent and not searched:
        return "explore"
    return found


def just_twice(happened: Sequence[Happening], ends: Sequence[datetime], band: Band = USUAL) -> Hand | None:
    """The hand that was too weak at the end of the last two rounds and not of the one before: this is said once.

    `ends`: when rounds were done, oldest first.
    """
    *earlier, before, last = [outside(measure(happened, at), band) for at in ends[-3:]] if len(ends) > 1 else [None] * 2
    if last is None or last != before or (earlier and earlier[-1] == last):
        return None
    return last


# -- how knowledge flows


Passage = Literal["drafted", "shared"]
"""The stage that an item comes to."""
STAGES = ("sensed", "drafted", "shared")
RECENT = timedelta(weeks=4), timedelta(weeks=16)
"""Items of this age tell how it goes now: younger ones have not had their time yet."""
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Flow:
    """How many items stand in each stage now, how many of those shared got an answer from practice within a year, and
    the passage that narrowed most compared with the community's own past, if any did.
    """

    sensed: int
    drafted: int
    shared: int
    answered: int
    stuck: Passage | None = None


def flow(lives: Sequence[Life], now: datetime) -> Flow:
    stands = [life.stage for life in lives]
    shared = [life for life in lives if life.stage == "shared"]
    return Flow(
        sensed=stands.count("sensed"),
        drafted=stands.count("drafted"),
        shared=len(shared),
        answered=sum(any(now - at <= YEAR for at in _answers(life)) for life in shared),
        stuck=_stuck(lives, now),
    )


def _answers(life: Life) -> tuple[datetime, ...]:
    return life.tried_at if life.revised_at is None else (*life.tried_at, life.revised_at)


def _stuck(lives: Sequence[Life], now: datetime) -> Passage | None:
    """Where the largest part is lost that was not lost before; None while there is too little to compare."""
    youngest, oldest = RECENT
    lately = [life for life in lives if youngest <= now - life.created_at <= oldest]
    before = [life for life in lives if now - life.created_at > oldest]
    if min(len(lately), len(before)) < FEWEST:
        return None
    drops: dict[Passage, float] = {"drafted": 0.0, "shared": 0.0}
    for passage in drops:
        drops[passage] = _passed(before, passage) - _passed(lately, passage)
    worst = max(drops, key=lambda passage: drops[passage])
    return worst if drops[worst] > 0 else None


def _passed(lives: Sequence[Life], passage: Passage) -> float:
    """Of those that came to the stage before it, the share that came to this one."""
    at = STAGES.index(passage)
    came = [STAGES.index("shared" if life.stage == "retired" else life.stage) for life in lives]
    could = sum(each >= at - 1 for each in came)
    return sum(each >= at for each in came) / could if could else 0.0
