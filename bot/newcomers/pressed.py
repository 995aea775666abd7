"""Whose button or form it was: every one of them belongs to one person."""

from __future__ import annotations

from bot.chat.actions import Action
from bot.errors import UserMistake
from bot.newcomers import rules
from bot.newcomers.alarm import set_alarm
from bot.newcomers.company import Company, company
from bot.newcomers.model import CheckinAnswered, Newcomer
from bot.newcomers.ports import Ctx


def mine(ctx: Ctx, action: Action) -> Newcomer:
    """The newcomer that the action is about, who must be the person who acts."""
    newcomer = ctx.unit.newcomers.get(ctx.community.id, action.id.partition(".")[0])
    if newcomer is None:
        raise UserMistake("This step is over.")
    if newcomer.person != ctx.actor.id:
        raise UserMistake("This one is for somebody else.")
    return newcomer


def day_of(action: Action) -> int | None:
    """The day of the check-in it stands under; None when it came from the menu."""
    day = action.id.split(".")[1:2]
    return int(day[0]) if day and day[0].isdigit() else None


def answers(ctx: Ctx, action: Action) -> tuple[Newcomer, int | None, Company]:
    """The newcomer did something with a check-in: whatever it was, it counts as an answer."""
    newcomer, day = mine(ctx, action), day_of(action)
    if day is not None and day > 0:
        changed = rules.answered(newcomer, day)
        if changed != newcomer:
            newcomer = changed
            ctx.unit.newcomers.save(ctx.community.id, newcomer)
            ctx.record(Action("newcomer", newcomer.id), CheckinAnswered(day))
            set_alarm(ctx, newcomer, ctx.actor)
    return newcomer, day, company(ctx, newcomer, ctx.actor)
