"""The one moment a newcomer waits for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache

from bot.chat.actions import Action
from bot.chat.hours import local_day
from bot.chat.people import Person
from bot.newcomers import rules
from bot.newcomers.model import Newcomer
from bot.newcomers.ports import Ctx


def set_alarm(ctx: Ctx, newcomer: Newcomer, person: Person) -> datetime | None:
    """Waits for the newcomer's next moment and returns it; None when nothing is left."""
    match rules.next_step(newcomer, person, ctx.now, disturbed(ctx, person)):
        case rules.Send():
            at: datetime | None = ctx.now
        case rules.Wait(at=later):
            at = later
        case rules.Over():
            at = None
    ctx.wait(Action("newcomer", newcomer.id), at)
    return at


def disturbed(ctx: Ctx, person: Person) -> Callable[[date], bool]:
    """Whether Kring writes to this person on that day of their calendar about anything but a check-in."""

    @cache
    def days() -> frozenset[date]:
        first = local_day(person.timezone, ctx.now) - rules.APART
        counted = ctx.unit.unasked.since(ctx.community.id, person.id, first)
        return frozenset(day for day, kinds in counted.items() if kinds.keys() - {"checkin"})

    return lambda day: day in days()
