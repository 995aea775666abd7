"""Who could be a newcomer's buddy. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta

from bot.chat.chance import shuffled
from bot.chat.hours import is_open
from bot.chat.people import Person
from bot.newcomers.model import Volunteer

AT_ONCE = 2
"""Newcomers one buddy has at a time, proposed ones included."""
TOGETHER = 5
"""Hours of a week in which both may be disturbed, at the least."""

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def choose(
    newcomer: Person,
    volunteers: Iterable[tuple[Volunteer, Person]],
    earlier: Collection[str],
    now: datetime,
    seed: int,
) -> Person | None:
    """The buddy to propose: who speaks the newcomer's language, has room, and is up at the same hours.

    Never somebody of `earlier`: people who were this newcomer's buddy or did not want to be. Whoever has fewest
    newcomers comes first, then whoever was asked longest ago; chance decides between equals.
    """
    fitting = {
        person.id: (volunteer, person)
        for volunteer, person in volunteers
        if volunteer.load < AT_ONCE and person.id not in earlier and suits(newcomer, person, now)
    }
    order = {id_: place for place, id_ in enumerate(shuffled(fitting, seed))}
    found = min(
        fitting.values(),
        key=lambda each: (each[0].load, each[0].asked or LONG_AGO, order[each[1].id]),
        default=None,
    )
    return found[1] if found else None


def suits(newcomer: Person, other: Person, now: datetime) -> bool:
    """They can talk: somebody else who is here and not on pause, in the same language, at the same hours."""
    return (
        available(other, now)
        and other.id != newcomer.id
        and other.language == newcomer.language
        and shared_hours(newcomer, other, now) >= TOGETHER
    )


def available(person: Person, now: datetime) -> bool:
    """May be asked for something now."""
    return not person.gone and person.reachable and (person.paused_until is None or person.paused_until <= now)


def shared_hours(one: Person, other: Person, now: datetime) -> int:
    """Hours of the coming week in which both may be disturbed."""
    start = now.replace(minute=0, second=0, microsecond=0)
    hours = (start + timedelta(hours=ahead) for ahead in range(7 * 24))
    return sum(is_open(one.quiet, one.timezone, at) and is_open(other.quiet, other.timezone, at) for at in hours)
