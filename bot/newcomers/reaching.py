"""Stuck: somebody was asked to help, and this is what follows while nobody has been reached. Pure rules.

Waking hours are those from seven to eleven in the evening, on the days the helper works, in the helper's own zone. So
all steps keep their order within two working days, and a weekend costs nobody their chance.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.chat.hours import is_open
from bot.chat.people import WORKING_DAYS, Person, Quiet
from bot.newcomers.model import (
    AnotherOffered,
    Called,
    CalledAgain,
    FacilitatorsTold,
    Help,
    HelpMissed,
    HelpTaken,
)

REMIND_AFTER = 8
"""Waking hours of the helper until they are asked once more."""
TELL_AFTER = 24
"""Waking hours until the facilitators hear of it."""
OWN_UP_AFTER = 48
"""Hours of working days until the newcomer hears that nobody was reached."""

STEP = timedelta(minutes=15)
LONGEST = timedelta(days=10)
"""However few days the helper works, nobody waits longer."""

Step = CalledAgain | AnotherOffered | FacilitatorsTold | HelpMissed


def asked(help_: Help, people: Iterable[tuple[Person, datetime]]) -> Help:
    """These people were asked, each at the moment the message reaches them. The first ones set the later steps."""
    reached = list(people)
    helpers = tuple(Called(person.id, _after(_awake(person), person, at, REMIND_AFTER)) for person, at in reached)
    again = {helper.person for helper in helpers}
    kept = tuple(each for each in help_.helpers if each.person not in again)
    changed = replace(help_, helpers=(*kept, *helpers), state="open")
    if help_.helpers or not reached:
        return changed
    person, at = min(reached, key=lambda each: each[1])
    return replace(
        changed,
        tell_at=_after(_awake(person), person, at, TELL_AFTER) if help_.kind in ("chat", "trio") else None,
        own_up_at=_after(_any_hour(person), person, at, OWN_UP_AFTER),
    )


def taken(help_: Help, person: str) -> tuple[Help, HelpTaken]:
    """Somebody will do it. What was written for the helpers is forgotten here."""
    known = {helper.person for helper in help_.helpers}
    helpers = tuple(replace(each, state="taken") if each.person == person else each for each in help_.helpers)
    if person not in known:
        helpers = (*helpers, Called(person, None, "taken"))
    return replace(close(help_), state="taken", helpers=helpers), HelpTaken()


def declined(help_: Help, person: str) -> Help:
    helpers = tuple(
        replace(each, state="declined", remind_at=None) if each.person == person else each for each in help_.helpers
    )
    return replace(help_, helpers=helpers)


def nobody_left(help_: Help) -> bool:
    """Everybody who was asked has said no."""
    return all(each.state == "declined" for each in help_.helpers)


def dropped(help_: Help) -> Help:
    """The newcomer lets it be, or left."""
    return replace(close(help_), state="dropped")


def close(help_: Help) -> Help:
    """Nothing waits any more, and nothing is kept of what was written."""
    helpers = tuple(replace(each, remind_at=None) for each in help_.helpers)
    return replace(help_, words="", tell_at=None, own_up_at=None, helpers=helpers)


def pass_time(help_: Help, now: datetime) -> tuple[Help, tuple[Step, ...]]:
    """What is to be done by now, in the order of the steps, and the help as it is then."""
    if help_.state != "open":
        return help_, ()
    steps: list[Step] = []
    helpers: list[Called] = []
    for index, helper in enumerate(help_.helpers):
        if helper.remind_at is not None and helper.remind_at <= now:
            helpers.append(replace(helper, remind_at=None))
            steps.append(CalledAgain(index))
        else:
            helpers.append(helper)
    missed = help_.own_up_at is not None and help_.own_up_at <= now
    if steps and not missed:
        steps.append(AnotherOffered())
    changed = replace(help_, helpers=tuple(helpers))
    if changed.tell_at is not None and changed.tell_at <= now:
        changed = replace(changed, tell_at=None)
        steps.append(FacilitatorsTold())
    if missed:
        changed = replace(close(changed), state="missed")
        steps.append(HelpMissed())
    return changed, tuple(steps)


def next_at(help_: Help) -> datetime | None:
    """The earliest moment this waits for; None when it waits for nothing."""
    if help_.state != "open":
        return None
    moments = [help_.tell_at, help_.own_up_at, *(each.remind_at for each in help_.helpers)]
    return min((at for at in moments if at is not None), default=None)


def _awake(person: Person) -> Quiet:
    return Quiet(time(23), time(7), person.quiet.days or WORKING_DAYS)


def _any_hour(person: Person) -> Quiet:
    return Quiet(time(0), time(0), person.quiet.days or WORKING_DAYS)


def _after(hours: Quiet, person: Person, start: datetime, count: int) -> datetime:
    """The moment when so many of those hours have gone by, to a quarter of an hour."""
    left, at = timedelta(hours=count), start
    while left > timedelta(0) and at - start < LONGEST:
        if is_open(hours, person.timezone, at):
            left -= STEP
        at += STEP
    return at
