"""When a newcomer is checked on: pure rules over the newcomer, the person's own clock, and now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.chat.customs import customs
from bot.chat.hours import at_local, is_open, local_day, next_open
from bot.chat.names import Channel, Space
from bot.chat.people import Community, Person
from bot.newcomers.model import DAYS, FEW, Newcomer

MORNING = time(9, 30)
WHILE = timedelta(days=30)
"""Who took part for longer than this before they joined the home channel is not new."""
RETURN = timedelta(days=90)
"""Who comes back sooner than this after leaving is no newcomer."""
TOO_LATE = timedelta(days=30)
"""A check-in that could not come for so long does not come any more."""
APART = timedelta(days=2)
"""Between a check-in and any other message Kring starts lie more days than this."""
LOOK_AHEAD = 60
"""Days in which a free morning is looked for."""
LOOK_AGAIN = 7
"""Days after which a pause is looked at again: people end it when they like."""
SHARED_FOR = timedelta(minutes=10)
"""Who comes within this time shares one card, where people press a button first."""
GATHERED_EVERY = timedelta(minutes=2)
"""That card is edited at most so often."""
SOON = timedelta(days=3)
"""A welcome that comes within so many days of joining, such as after a weekend, makes its own day the first."""


@dataclass(frozen=True, slots=True)
class Send:
    """The check-in of this day goes out now."""

    day: int


@dataclass(frozen=True, slots=True)
class Wait:
    """Look again at `at`."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Over:
    """Nothing is left to send."""


Step = Send | Wait | Over


def arrives(community: Community, space: Space, channel: Channel | None) -> bool:
    """Whether joining there makes somebody new in the community.

    `channel`: what they joined where a space is larger than its community, else where the space greets people.
    """
    if not customs(space).arrived_by_channel:
        return True
    return channel is not None and channel in community.homes


def arrive(
    earlier: Newcomer | None, id_: str, person: Person, channel: Channel | None, now: datetime
) -> Newcomer | None:
    """The newcomer that a joining makes; None for a second account, and for somebody who was away for a short while."""
    if earlier is not None and (earlier.left is None or now - earlier.left < RETURN):
        return None
    today = local_day(person.timezone, now)
    return Newcomer(id_, person.id, now, today, today, channel)


def shares(opened: datetime, joined: datetime) -> bool:
    """Whether who joined then is on the card that was opened at that moment, if it was the newest."""
    return opened <= joined < opened + SHARED_FOR


def next_gathering(opened: datetime, now: datetime) -> datetime:
    """When the card is edited next: the same moment for everybody who comes or goes before it."""
    return opened + GATHERED_EVERY * ((now - opened) // GATHERED_EVERY + 1)


def back(newcomer: Newcomer) -> Newcomer:
    """The same person came back soon: they are here again, and the journey stays over unless they ask for it."""
    return replace(newcomer, left=None)


def leave(newcomer: Newcomer, now: datetime) -> Newcomer:
    return replace(newcomer, pace="ended", left=now, open=(), undelivered=None)


def welcomed(newcomer: Newcomer, person: Person, at: datetime) -> Newcomer:
    """The welcome reaches the person at that moment, which makes it day 0 unless that is long after joining."""
    day = local_day(person.timezone, at)
    late = day - local_day(person.timezone, newcomer.joined) > SOON
    return replace(newcomer, start=newcomer.start if late else day, last=day)


def resume(newcomer: Newcomer, person: Person, now: datetime) -> Newcomer:
    """The person says yes, or starts again: it goes on with the next day that is left, and nothing is made up for.

    The introduction of day 1 is still worth offering until day 3.
    """
    today = local_day(person.timezone, now)
    again = replace(newcomer, pace="regular", open=(), undelivered=None, last=max(newcomer.last, today))
    own = {day: _own_morning(again, person, day) for day in days_left(again)}
    passed = [day for day, at in own.items() if at is not None and at <= now]
    if passed == [1]:
        passed = []
    return replace(again, done=max([again.done, *passed]))


def fewer(newcomer: Newcomer, person: Person, now: datetime) -> Newcomer:
    return replace(resume(newcomer, person, now), pace="fewer")


def only_when_asked(newcomer: Newcomer) -> Newcomer:
    return replace(newcomer, pace="asked", open=(), undelivered=None)


def stop(newcomer: Newcomer) -> Newcomer:
    return replace(newcomer, pace="stopped", open=(), undelivered=None)


def answered(newcomer: Newcomer, day: int) -> Newcomer:
    """The person did something with the check-in of that day; a run of silence ends there."""
    missing = None if newcomer.undelivered is not None and newcomer.undelivered <= day else newcomer.undelivered
    return replace(newcomer, open=tuple(each for each in newcomer.open if each > day), undelivered=missing)


def sent(newcomer: Newcomer, person: Person, day: int, at: datetime) -> Newcomer:
    return replace(newcomer, done=day, last=local_day(person.timezone, at), open=(*newcomer.open, day))


def refused(newcomer: Newcomer, day: int) -> Newcomer:
    """The platform did not deliver that day: the person was not silent, and finds it behind the Start button."""
    return replace(newcomer, open=tuple(each for each in newcomer.open if each != day), undelivered=day)


def not_today(newcomer: Newcomer, person: Person, now: datetime) -> Newcomer:
    """The gate held it back: no second try on this day."""
    return replace(newcomer, last=max(newcomer.last, local_day(person.timezone, now)))


def greeted_in_public(newcomer: Newcomer, *, yes: bool = True) -> Newcomer:
    return replace(newcomer, greeted_in_public=yes)


def introduced(newcomer: Newcomer, *, yes: bool = True) -> Newcomer:
    return replace(newcomer, introduced=yes)


def end_of_day(person: Person, now: datetime) -> datetime:
    """Midnight on the person's own clock."""
    return at_local(person.timezone, local_day(person.timezone, now) + timedelta(days=1), time(0))


def days_left(newcomer: Newcomer) -> tuple[int, ...]:
    """The days that may still come. After two in a row without an answer that is only the thirtieth."""
    match newcomer.pace:
        case "regular":
            days: tuple[int, ...] = (30,) if len(newcomer.open) >= 2 else DAYS[1:]
        case "fewer":
            days = FEW
        case _:
            days = ()
    return tuple(day for day in days if day > newcomer.done)


def morning(person: Person, day: date) -> datetime | None:
    """The first morning on that day of the person's calendar or later when they may be disturbed, if there is one."""
    for ahead in range(8):
        at = at_local(person.timezone, day + timedelta(days=ahead), MORNING)
        if is_open(person.quiet, person.timezone, at):
            return at
        if person.quiet.days:
            opening = next_open(person.quiet, person.timezone, at)
            if local_day(person.timezone, opening) == day + timedelta(days=ahead):
                return opening
    return None


def plan(newcomer: Newcomer, person: Person) -> list[tuple[int, datetime]]:
    """The mornings of the days that are left, if nothing comes between: in order, and never two close together.

    A day that comes so late that the next one is there already is left out.
    """
    days = days_left(newcomer)
    own = [_own_morning(newcomer, person, day) for day in days]
    planned: list[tuple[int, datetime]] = []
    last = newcomer.last
    for index, (day, ours) in enumerate(zip(days, own, strict=True)):
        following = own[index + 1] if index + 1 < len(own) else None
        apart = timedelta(days=1) if day == 1 else APART
        at = morning(person, max(newcomer.start + timedelta(days=day), last + apart))
        if at is None or ours is None:
            break
        if at > ours and following is not None and at >= following:
            continue
        planned.append((day, at))
        last = local_day(person.timezone, at)
    return planned


def _own_morning(newcomer: Newcomer, person: Person, day: int) -> datetime | None:
    return morning(person, newcomer.start + timedelta(days=day))


def next_step(newcomer: Newcomer, person: Person, now: datetime, disturbed: Callable[[date], bool]) -> Step:
    """What is to be done now. Of several days that are due only the latest is sent.

    `disturbed` tells for a day on the person's calendar whether Kring writes to them on it about something else.
    """
    planned = plan(newcomer, person)
    due = [day for day, at in planned if at <= now]
    later = [at for _, at in planned if at > now]
    rest: Step = Wait(later[0]) if later else Over()
    if not due:
        return rest
    today = local_day(person.timezone, now)
    if today > newcomer.start + timedelta(days=due[-1]) + TOO_LATE:
        return rest
    if is_open(person.quiet, person.timezone, now) and _suits(person, now, disturbed):
        return Send(due[-1])
    moments = [_next_morning(person, now, disturbed)]
    if person.paused_until is not None and person.paused_until > now:
        moments.append(morning(person, today + timedelta(days=LOOK_AGAIN)))
    at = min((each for each in moments if each is not None), default=None)
    return rest if at is None else Wait(at)


def _suits(person: Person, at: datetime, disturbed: Callable[[date], bool]) -> bool:
    if person.paused_until is not None and at < person.paused_until:
        return False
    day = local_day(person.timezone, at)
    return not any(disturbed(day + timedelta(days=away)) for away in range(-APART.days, APART.days + 1))


def _next_morning(person: Person, now: datetime, disturbed: Callable[[date], bool]) -> datetime | None:
    today = local_day(person.timezone, now)
    for ahead in range(LOOK_AHEAD):
        at = morning(person, today + timedelta(days=ahead))
        if at is not None and at > now and _suits(person, at, disturbed):
            return at
    return None
