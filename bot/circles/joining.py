"""Joining and leaving a circle: by an own word, at any time, without a reason."""

from __future__ import annotations

from bot.chat.answers import Answer, OpenForm, Replace, Tell
from bot.chat.commands import Given
from bot.chat.events import ButtonPressed, CommandCalled
from bot.chat.messages import message
from bot.circles import forms, keeping, rules, views
from bot.circles.declaring import be_ready, declared
from bot.circles.model import Circle, Declared
from bot.circles.ports import Ctx
from bot.errors import UserMistake


def join(ctx: Ctx, _event: CommandCalled, given: Given) -> Answer:
    """`circle join`: with a number that circle; without one what there is, or the form where there is nothing yet."""
    number = given.number("circle")
    if number is None:
        found = ctx.unit.circles.all(ctx.community.id)
        if not found:
            return OpenForm(forms.about(ctx.words, declared(ctx) or Declared(ctx.actor.id)))
        shown = views.all_(ctx.words, found, ctx.actor.id, keeping.people_of(ctx, *found))
        return Tell(message(*shown.blocks, *views.listed(ctx.words, declared(ctx))))
    return _join(ctx, numbered(ctx, number))


def numbered(ctx: Ctx, number: int) -> Circle:
    circle = ctx.unit.circles.numbered(ctx.community.id, number)
    if circle is None:
        raise UserMistake("There is no circle {number}.", number=number)
    return circle


def join_pressed(ctx: Ctx, event: ButtonPressed) -> Answer:
    return _join(ctx, keeping.found(ctx, event.action.id))


def _join(ctx: Ctx, before: Circle) -> Answer:
    seat = before.seat(ctx.actor.id)
    if before.state == "forming" and (seat is None or seat.state != "asked"):
        raise UserMistake("People are still being asked for this circle. Try again when it has begun.")
    changed, facts = rules.join(before, ctx.actor.id, ctx.now)
    circle = keeping.keep(ctx, before, changed, facts)
    be_ready(ctx, yes=False)
    return Tell(
        views.said(ctx.words.say("You are in *{circle}*: {question}", circle=circle.name, question=circle.question))
    )


# -- leaving


def leave(ctx: Ctx, _event: CommandCalled, given: Given) -> Answer:
    """Asks once."""
    number = given.number("circle")
    found = [each for each in own(ctx) if number is None or each.number == number]
    if not found:
        if number is not None:
            raise UserMistake("You are not in this circle.")
        raise UserMistake("You are in no circle.")
    if len(found) > 1:
        return Tell(views.which(ctx.words, found, "circle.leave"))
    return Tell(views.sure_to_leave(ctx.words, found[0]))


def own(ctx: Ctx) -> list[Circle]:
    """The circles that the person who acts is in, and that are not over."""
    found = ctx.unit.circles.of(ctx.community.id, ctx.actor.id)
    return [each for each in found if each.state != "closed" and ctx.actor.id in each.members]


def leave_pressed(ctx: Ctx, event: ButtonPressed) -> Answer:
    circle = keeping.found(ctx, event.action.id)
    if ctx.actor.id not in circle.members:
        raise UserMistake("You are not in this circle.")
    return Tell(views.sure_to_leave(ctx.words, circle))


def left(ctx: Ctx, event: ButtonPressed) -> Answer:
    before = keeping.found(ctx, event.action.id)
    if ctx.actor.id not in before.members:
        raise UserMistake("You are not in this circle.")
    keeping.keep(ctx, before, *rules.leave(before, ctx.actor.id, ctx.now))
    return Replace(
        views.said(ctx.words.say("You are out of *{circle}*. Thank you for being here.", circle=before.name))
    )


def stay(ctx: Ctx, _event: ButtonPressed) -> Answer:
    return Replace(views.said(ctx.words.say("Good, everything stays as it is.")))
