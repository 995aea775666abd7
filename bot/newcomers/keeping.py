"""What a newcomer wrote to Kring: kept as long as it is needed, and never longer than 120 days.

Wishes and pairings that are over go after the same time.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing
from bot.chat.events import CameDue
from bot.chat.people import Person
from bot.newcomers.model import CheckinAnswer, Newcomer
from bot.newcomers.ports import Ctx

KEPT = timedelta(days=120)


def keep(
    ctx: Ctx,
    newcomer: Newcomer,
    kind: Literal["line", "question", "kept", "returned"],
    text: str,
    *,
    id_: str = "",
    to: tuple[str, ...] = (),
) -> CheckinAnswer:
    answer = CheckinAnswer(id_ or ctx.new_id(), newcomer.id, newcomer.person, kind, text, ctx.now, to)
    ctx.unit.newcomers.keep(ctx.community.id, answer)
    wait(ctx, newcomer.id)
    return answer


def keep_reply(ctx: Ctx, question: CheckinAnswer, by: Person, text: str) -> CheckinAnswer:
    """What somebody answered, until the newcomer has it."""
    id_ = f"{question.id}.{ctx.new_id()}"
    reply = CheckinAnswer(id_, question.newcomer, question.person, "reply", text, ctx.now, (by.id,))
    ctx.unit.newcomers.keep(ctx.community.id, reply)
    wait(ctx, question.newcomer)
    return reply


def draft(ctx: Ctx, newcomer: Newcomer) -> CheckinAnswer | None:
    """The introduction that was not posted yet."""
    answers = ctx.unit.newcomers.answers(ctx.community.id, newcomer.id)
    return next((each for each in reversed(answers) if each.kind == "line"), None)


def forget_draft(ctx: Ctx, newcomer: Newcomer) -> None:
    for each in ctx.unit.newcomers.answers(ctx.community.id, newcomer.id):
        if each.kind == "line":
            ctx.unit.newcomers.drop_answer(ctx.community.id, each.id)
    wait(ctx, newcomer.id)


def let_go(ctx: Ctx, answer: str) -> None:
    """One of them, whose reason is over."""
    known = ctx.unit.newcomers.answer(ctx.community.id, answer)
    if known is not None:
        ctx.unit.newcomers.drop_answer(ctx.community.id, answer)
        wait(ctx, known.newcomer)


def forget(ctx: Ctx, newcomer: Newcomer) -> None:
    """All of it, now."""
    ctx.unit.newcomers.drop(ctx.community.id, newcomer.id)
    ctx.wait(Action("newcomer.answers", newcomer.id), None)


def expired(ctx: Ctx, event: CameDue) -> Answer:
    """The oldest answers have been here for 120 days."""
    ctx.unit.newcomers.drop(ctx.community.id, event.about.id, ctx.now - KEPT)
    wait(ctx, event.about.id)
    return Nothing()


def wait(ctx: Ctx, newcomer: str) -> None:
    """Sets when the oldest of them goes, if any is kept."""
    answers = ctx.unit.newcomers.answers(ctx.community.id, newcomer)
    ctx.wait(Action("newcomer.answers", newcomer), answers[0].at + KEPT if answers else None)
