"""A repeating round: what is kept of it, and what may happen to it.

It waits for one moment at a time: to ask its holder, the day before, and then to open the round. What was missed while
Kring was away is told once, however often it was.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from bot.chat.hours import at_local, local_day, zone
from bot.chat.names import Channel
from bot.errors import UserMistake
from bot.rounds.model import LONGEST_TOPIC
from bot.rounds.now import Hours
from bot.rounds.recurring import Rule, between, day_of, upcoming
from bot.rounds.script import Preset

AHEAD = {"async": timedelta(0), "live": timedelta(hours=1)}
"""So long before its moment the invitation stands: a round spread over days opens then, a live one begins then."""
LATE = {"async": timedelta(hours=4), "live": timedelta(hours=1)}
"""So much later, when Kring was away, it still opens; after that its holder is asked."""
MOST_HERE = 10
"""So many repeating rounds at most in one channel."""
MOST_MISSED = 100
_STAMP = "%Y%m%d%H%M"

Rest = Literal["holder", "right", "format", "place", "quiet"]
"""Why it stands still: nobody holds it, its holder may not start rounds, its format or its channel is gone, or only
quiet days would come."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """`next_at` is when the round begins (live) or its invitation is posted; None while it rests."""

    id: str
    community: str
    channel: Channel
    format: str
    topic: str
    preset: Preset
    rule: Rule
    holder: str | None
    created_at: datetime
    next_at: datetime | None = None
    asked: bool = False
    """Its holder was asked about `next_at`, or has just set it up."""
    other_topic: str = ""
    """The topic of the next time only."""
    missed_at: datetime | None = None
    """A time that did not take place and that its holder may still make up for."""
    resting: Rest | None = None
    round: str = ""
    """The round that it opened last."""
    version: int = 0
    """Counted by storage."""

    @property
    def subject(self) -> str:
        """What the next round is about."""
        return self.other_topic or self.topic

    @property
    def opens_at(self) -> datetime | None:
        return None if self.next_at is None else self.next_at - AHEAD[self.preset]

    @property
    def stamp(self) -> str:
        """Names the next time in a button, so that an old button changes nothing."""
        return "" if self.next_at is None else self.next_at.astimezone(UTC).strftime(_STAMP)


# -- facts


@dataclass(frozen=True, slots=True)
class ScheduleMade:
    schedule: str
    holder: str


@dataclass(frozen=True, slots=True)
class ScheduleAsked:
    """Its holder is asked about the next time."""

    schedule: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ScheduleDue:
    """A round is to be opened, about this; a live one begins `at`."""

    schedule: str
    at: datetime
    topic: str


@dataclass(frozen=True, slots=True)
class ScheduleOpened:
    schedule: str
    round: str


@dataclass(frozen=True, slots=True)
class ScheduleSkipped:
    """This time does not take place. `full`: too many rounds went on in the channel."""

    schedule: str
    at: datetime
    why: Literal["person", "quiet_day", "full"]


@dataclass(frozen=True, slots=True)
class ScheduleMissed:
    """Kring was away when it was due; so many times."""

    schedule: str
    at: datetime
    times: int


@dataclass(frozen=True, slots=True)
class ScheduleTopicChanged:
    schedule: str
    once: bool


@dataclass(frozen=True, slots=True)
class ScheduleRested:
    schedule: str
    why: Rest


@dataclass(frozen=True, slots=True)
class ScheduleResumed:
    schedule: str
    holder: str


@dataclass(frozen=True, slots=True)
class ScheduleStopped:
    schedule: str


Fact = (
    ScheduleMade
    | ScheduleAsked
    | ScheduleDue
    | ScheduleOpened
    | ScheduleSkipped
    | ScheduleMissed
    | ScheduleTopicChanged
    | ScheduleRested
    | ScheduleResumed
    | ScheduleStopped
)
Changed = tuple[Schedule, tuple[Fact, ...]]
Quiet = Collection[date]
"""Days on which the community holds no rounds."""


# -- time


def ask_at(schedule: Schedule, hours: Hours | None) -> datetime | None:
    """The day before, at the same time on the clock of its holder; the last working day before, where they have any."""
    if schedule.next_at is None:
        return None
    if hours is None:
        return schedule.next_at - timedelta(days=1)
    local = schedule.next_at.astimezone(zone(hours.timezone))
    day = local_day(hours.timezone, schedule.next_at) - timedelta(days=1)
    while hours.quiet.days and day.weekday() not in hours.quiet.days:
        day -= timedelta(days=1)
    return at_local(hours.timezone, day, local.time().replace(tzinfo=None))


def wakes_at(schedule: Schedule, hours: Hours | None) -> datetime | None:
    """The one moment it waits for."""
    return schedule.opens_at if schedule.asked else ask_at(schedule, hours)


def move_on(schedule: Schedule, now: datetime, hours: Hours | None, quiet: Quiet) -> Changed:
    """Whatever is due by now: nothing twice, and nothing five times after a long silence."""
    at, opens, asks = schedule.next_at, schedule.opens_at, ask_at(schedule, hours)
    if at is None or opens is None or asks is None:
        return schedule, ()
    over = now + AHEAD[schedule.preset] - LATE[schedule.preset]
    if day_of(schedule.rule, at) in quiet and now >= asks:
        return _next(schedule, at, quiet, ScheduleSkipped(schedule.id, at, "quiet_day"))
    if at <= over:
        times = between(schedule.rule, at, over, MOST_MISSED, quiet)
        return _next(replace(schedule, missed_at=at), over, quiet, ScheduleMissed(schedule.id, at, times))
    if now >= opens:
        return _next(schedule, at, quiet, ScheduleDue(schedule.id, at, schedule.subject))
    if not schedule.asked and now >= asks:
        return replace(schedule, asked=True), (ScheduleAsked(schedule.id, at),)
    return schedule, ()


def _next(schedule: Schedule, after: datetime, quiet: Quiet, fact: Fact) -> Changed:
    """It waits for its first time after that moment."""
    at = upcoming(schedule.rule, after, quiet)
    if at is None:
        rested, facts = rest(schedule, "quiet")
        return rested, (fact, *facts)
    following = replace(schedule, next_at=at, asked=False, other_topic="")
    return following, (fact,)


# -- what people do


def make(schedule: Schedule, now: datetime, hours: Hours | None, quiet: Quiet) -> Changed:
    """Sets it up. Who does so within the day before is not asked about the first time."""
    schedule = replace(schedule, topic=checked_topic(schedule.topic))
    return _from_now(schedule, now, hours, quiet, ScheduleMade(schedule.id, schedule.holder or ""))


def _from_now(schedule: Schedule, now: datetime, hours: Hours | None, quiet: Quiet, fact: Fact) -> Changed:
    at = upcoming(schedule.rule, now + AHEAD[schedule.preset], quiet)
    if at is None:
        raise UserMistake("Only quiet days would come. Pick another day.")
    schedule = replace(schedule, next_at=at, asked=False, other_topic="", missed_at=None, resting=None)
    asks = ask_at(schedule, hours)
    return replace(schedule, asked=asks is not None and asks <= now), (fact,)


def checked_topic(topic: str) -> str:
    topic = " ".join(topic.split())
    if not topic:
        raise UserMistake("Say what the round is about, in a few words.")
    if len(topic) > LONGEST_TOPIC:
        raise UserMistake("Say what the round is about in at most {most} characters.", most=LONGEST_TOPIC)
    return topic


def skip(schedule: Schedule, stamp: str, now: datetime, quiet: Quiet) -> Changed:
    """*Not this time.*"""
    at = _still(schedule, stamp)
    return _next(schedule, max(at, now), quiet, ScheduleSkipped(schedule.id, at, "person"))


def another_topic(schedule: Schedule, stamp: str, topic: str, *, once: bool) -> Changed:
    _still(schedule, stamp)
    topic = checked_topic(topic)
    changed = replace(schedule, other_topic=topic) if once else replace(schedule, topic=topic, other_topic="")
    return changed, (ScheduleTopicChanged(schedule.id, once),)


def _still(schedule: Schedule, stamp: str) -> datetime:
    """The time that a button names, while it is still to come."""
    if schedule.next_at is None or schedule.stamp != stamp:
        raise UserMistake("That time is over, or was changed already.")
    return schedule.next_at


def make_up(schedule: Schedule) -> Schedule:
    """What was missed is held after all, once."""
    if schedule.missed_at is None:
        raise UserMistake("That time is over, or was changed already.")
    return replace(schedule, missed_at=None)


def rest(schedule: Schedule, why: Rest) -> Changed:
    """It stands still until somebody takes it up again."""
    if schedule.resting == why:
        return schedule, ()
    rested = replace(schedule, next_at=None, asked=False, other_topic="", missed_at=None, resting=why)
    return rested, (ScheduleRested(schedule.id, why),)


def without_holder(schedule: Schedule) -> Changed:
    """Its holder is not there any more."""
    rested, facts = rest(schedule, "holder")
    return replace(rested, holder=None), facts


def resume(schedule: Schedule, person: str, now: datetime, hours: Hours | None, quiet: Quiet) -> Changed:
    """Somebody holds it from here on."""
    if schedule.resting is None:
        raise UserMistake("This is going on already.")
    held = replace(schedule, holder=person, round="")
    return _from_now(held, now, hours, quiet, ScheduleResumed(schedule.id, person))
