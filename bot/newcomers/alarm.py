"""The one moment a newcomer waits for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from bot.chat.actions import Action
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

    def on(day: date) -> bool:
        counted = ctx.unit.unasked.count(ctx.community.id, person.id, day)
        return any(count for kind, count in counted.items() if kind != "checkin")

    return on
