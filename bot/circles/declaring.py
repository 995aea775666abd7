"""What people say about themselves for circles, and their wishes: private, and theirs to take back."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.answers import Answer, OpenForm, Replace, Tell
from bot.chat.events import ButtonPressed, FormSent
from bot.chat.forms import check
from bot.chat.messages import Message
from bot.chat.names import Account
from bot.circles import forms, views
from bot.circles.model import EXPERIENCE, Declared, Wish, WishKind
from bot.circles.ports import Ctx
from bot.errors import FormMistake, UserMistake

KINDS: tuple[WishKind, ...] = ("with", "apart", "line")


def declared(ctx: Ctx) -> Declared | None:
    return ctx.unit.circles.declared(ctx.community.id, ctx.actor.id)


def be_ready(ctx: Ctx, *, yes: bool) -> Declared:
    """On the list for the next circles, or off it; what was said stays."""
    before = declared(ctx)
    said = replace(before or Declared(ctx.actor.id), ready=yes)
    if before is not None or yes:
        ctx.unit.circles.declare(ctx.community.id, said)
    return said


def about(ctx: Ctx, _event: ButtonPressed) -> Answer:
    return OpenForm(forms.about(ctx.words, declared(ctx) or Declared(ctx.actor.id)))


def about_sent(ctx: Ctx, event: FormSent) -> Answer:
    person = ctx.actor.id
    values, faults = check(forms.about(ctx.words, Declared(person)), dict(event.values))
    if faults:
        raise FormMistake(faults)
    said = Declared(
        person=person,
        ready=values.text("ready") == "yes",
        experience=next((each for each in EXPERIENCE if each == values.text("experience")), None),
        languages=values.chosen("languages"),
        slots=values.chosen("slots"),
        topics=" ".join(values.text("topics").split()),
    )
    ctx.unit.circles.declare(ctx.community.id, said)
    return Tell(views.declared(ctx.words, said))


# -- wishes


def wishes(ctx: Ctx, _event: ButtonPressed) -> Answer:
    return Tell(_own(ctx))


def _own(ctx: Ctx) -> Message:
    found = ctx.unit.circles.wishes(ctx.community.id, (ctx.actor.id,))
    people = ctx.unit.people.many(ctx.community.id, (each.other for each in found))
    return views.wishes(ctx.words, found, people)


def wish(ctx: Ctx, event: ButtonPressed) -> Answer:
    return OpenForm(forms.wish(ctx.words, _kind(event.action.id)))


def _kind(given: str) -> WishKind:
    for known in KINDS:
        if given == known:
            return known
    raise UserMistake("This step is over.")


def wish_sent(ctx: Ctx, event: FormSent) -> Answer:
    kind = _kind(event.action.id)
    values, faults = check(forms.wish(ctx.words, kind), dict(event.values))
    if faults:
        raise FormMistake(faults)
    other = ctx.unit.people.by_account(Account(event.account.space, values.text("person")))
    if other is None or other.community != ctx.community.id:
        raise FormMistake(words={"person": UserMistake("I have not met this person yet. Choose somebody else.")})
    if other.id == ctx.actor.id:
        raise FormMistake(words={"person": UserMistake("That is you. Choose somebody else.")})
    ctx.unit.circles.wish(ctx.community.id, Wish(ctx.actor.id, other.id, kind))
    return Tell(_own(ctx))


def unwish(ctx: Ctx, event: ButtonPressed) -> Answer:
    ctx.unit.circles.unwish(ctx.community.id, ctx.actor.id, event.action.id)
    return Replace(_own(ctx))
