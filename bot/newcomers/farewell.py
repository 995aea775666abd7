"""Leaving and being forgotten: everything ends at once, and what waits to be sent is taken back."""

from __future__ import annotations

from bot.chat.actions import Action
from bot.chat.messages import Message
from bot.chat.people import Person
from bot.chat.requests import Edit
from bot.newcomers import buddies, crowd, helping, keeping, rules, views
from bot.newcomers.model import Newcomer, NewcomerLeft
from bot.newcomers.ports import Ctx

OWN_WORDS = ("newcomer.asked", "newcomer.remark")
"""Their question or remark to the circle or to somebody: not sent any more, once they are not here."""


def leave(ctx: Ctx, person: Person) -> None:
    """Somebody is in no space any more. That they were here is kept, so that a return soon is no new start."""
    newcomer = ctx.unit.newcomers.of(ctx.community.id, person.id)
    if newcomer is None:
        newcomer = rules.arrive(None, ctx.new_id(), person, None, ctx.now)
    else:
        ctx.record(Action("newcomer", newcomer.id), NewcomerLeft())
        crowd.left(ctx, newcomer)
    if newcomer is not None:
        ctx.unit.newcomers.save(ctx.community.id, rules.leave(newcomer, ctx.now))
        _end(ctx, newcomer)
    _end_for_others(ctx, person.id)


def forget(ctx: Ctx, person: str, contributions: str) -> None:
    """Erases all that is kept here. The own introduction goes too, unless contributions stay as they are."""
    newcomer = ctx.unit.newcomers.of(ctx.community.id, person)
    if newcomer is not None:
        _end(ctx, newcomer)
        _edit(ctx, Action("newcomer.start", newcomer.id), views.welcome_taken_back(ctx.common_words))
        if contributions != "keep":
            ctx.unit.outbox.drop(ctx.community.id, Action("newcomer.hello", newcomer.id))
            _edit(ctx, Action("newcomer.hello", newcomer.id), views.introduction_taken_back(ctx.common_words))
    _end_for_others(ctx, person)
    ctx.unit.newcomers.forget(ctx.community.id, person)
    if newcomer is not None:
        crowd.forgotten(ctx, newcomer)


def unite(ctx: Ctx, person: str, into: str) -> None:
    """Somebody linked two accounts: of two journeys the earlier one goes on, and nobody is their own buddy."""
    here = ctx.community.id
    both = [one for one in (ctx.unit.newcomers.of(here, person), ctx.unit.newcomers.of(here, into)) if one is not None]
    both.sort(key=lambda one: (one.left is not None, one.joined, one.id))
    journey, ended = (both[0].id, both[1].id) if len(both) > 1 else ("", "")
    if ended:
        ctx.wait(Action("newcomer", ended), None)
        drop_checkins(ctx, both[1])
        for name in ("newcomer.welcome", "newcomer.start"):
            ctx.unit.outbox.drop(here, Action(name, ended))
    for pairing in ctx.unit.newcomers.pairings(here, person):
        if into in (pairing.person, pairing.buddy):
            ctx.wait(Action("buddy", pairing.id), None)
            ctx.unit.newcomers.drop_pairing(here, pairing.id)
    ctx.unit.newcomers.unite(here, person, into, journey, ended)
    for each in (journey, ended):
        if each:
            keeping.wait(ctx, each)


def _end(ctx: Ctx, newcomer: Newcomer) -> None:
    ctx.wait(Action("newcomer", newcomer.id), None)
    drop_checkins(ctx, newcomer)
    for name in ("newcomer.welcome", "newcomer.start"):
        ctx.unit.outbox.drop(ctx.community.id, Action(name, newcomer.id))
    for answer in ctx.unit.newcomers.answers(ctx.community.id, newcomer.id):
        for reader in answer.to:
            ctx.unit.outbox.drop(ctx.community.id, Action("newcomer.question", f"{answer.id}.{reader}"))
        for name in ("newcomer.reply", "newcomer.returned", *OWN_WORDS):
            ctx.unit.outbox.drop(ctx.community.id, Action(name, answer.id))
    keeping.forget(ctx, newcomer)
    for help_ in ctx.unit.newcomers.helps(ctx.community.id, newcomer.person):
        helping.erase(ctx, help_)


def _end_for_others(ctx: Ctx, person: str) -> None:
    """As a buddy and a volunteer."""
    ctx.unit.newcomers.unvolunteer(ctx.community.id, person)
    buddies.end_all(ctx, person, leaving=True)


def drop_checkins(ctx: Ctx, newcomer: Newcomer) -> None:
    """Takes back the check-in that waits to be sent, if one does."""
    ctx.unit.outbox.drop(ctx.community.id, Action("newcomer.checkin", f"{newcomer.id}.{newcomer.done}"))


def _edit(ctx: Ctx, about: Action, card: Message) -> None:
    """Takes a name out of a message that stands in a channel."""
    posted = ctx.unit.posts.find(ctx.community.id, about)
    if posted is not None:
        ctx.ask(Edit(posted.to, about, card))
