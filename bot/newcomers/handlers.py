"""Joining and leaving, the welcome, the check-ins as they come due, and how often they come."""

from __future__ import annotations

from datetime import datetime

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing, Replace, Tell
from bot.chat.commands import Given
from bot.chat.customs import customs
from bot.chat.events import ButtonPressed, CameDue, CommandCalled, MemberJoined, MemberLeft, Refused
from bot.chat.messages import Block, Words, message
from bot.chat.people import Person
from bot.chat.requests import Post
from bot.chat.text import Code, Moment
from bot.errors import UserMistake
from bot.gate import Send, Withheld, offer
from bot.newcomers import behind, buddies, crowd, farewell, greeting, keeping, pressed, rules, views
from bot.newcomers.alarm import disturbed, set_alarm
from bot.newcomers.company import company, whose
from bot.newcomers.model import CheckinSent, Newcomer, NewcomerJoined, PaceChosen
from bot.newcomers.ports import Ctx
from bot.texts.catalogue import _

# -- joining and leaving


def joined(ctx: Ctx, event: MemberJoined) -> Answer:
    """Welcomes whoever is new, once. Where people press a button first, joining is not asking for messages."""
    asks_first = customs(event.account.space).asked_first
    if asks_first and ctx.person is not None:
        ctx.unit.people.unreachable(event.account)
    if not rules.arrives(ctx.community, event.account.space, event.channel) or _been_here(ctx):
        return Nothing()
    store, person = ctx.unit.newcomers, ctx.person or ctx.named(event.account, event.profile)
    earlier = store.of(ctx.community.id, person.id)
    newcomer = rules.arrive(earlier, ctx.new_id(), person, event.channel, ctx.now)
    if newcomer is None:
        if earlier is not None and earlier.left is not None:
            store.save(ctx.community.id, rules.back(earlier))
        return Nothing()
    if earlier is not None:
        store.forget(ctx.community.id, person.id)
    ctx.record(Action("newcomer", newcomer.id), NewcomerJoined())
    newcomer = _welcome(ctx, newcomer, person)
    store.save(ctx.community.id, newcomer)
    if not asks_first:
        buddies.propose(ctx, newcomer, person)
    return Nothing()


def _been_here(ctx: Ctx) -> bool:
    """Somebody who took part for a while already, or has a part of their own, is not welcomed as new."""
    person = ctx.person
    if person is None or not customs(person.account.space).arrived_by_channel:
        return False
    return behind.at_home(ctx, person, ctx.now - rules.WHILE)


def _welcome(ctx: Ctx, newcomer: Newcomer, person: Person) -> Newcomer:
    if customs(person.account.space).asked_first:
        return crowd.greet(ctx, newcomer, person)
    card = views.checkin(ctx.words_for(person), newcomer, 0, company(ctx, newcomer, person))
    match offer(ctx, person, "checkin", card, about=Action("newcomer.welcome", newcomer.id)):
        case Send(at=at):
            return rules.welcomed(newcomer, person, at)
        case Withheld(why="unreachable"):
            return greeting.start_in_public(ctx, newcomer, person)
        case Withheld():
            return newcomer


def left(ctx: Ctx, _event: MemberLeft) -> Answer:
    """Ends everything at once, when the person is in no space of the community any more."""
    known = ctx.person and ctx.unit.people.get(ctx.community.id, ctx.person.id)
    if known is not None and known.gone:
        farewell.leave(ctx, known)
    return Nothing()


def refused(ctx: Ctx, _event: Refused, about: Action) -> Answer:
    """A welcome or a check-in could not be delivered: it waits behind a Start button instead.

    One that the platform could not take on its day is only left out: they do take direct messages.
    """
    newcomer = ctx.unit.newcomers.get(ctx.community.id, about.id.partition(".")[0])
    person = whose(ctx, newcomer)
    if newcomer is None or person is None or newcomer.left is not None:
        return Nothing()
    day = pressed.day_of(about)
    if day is not None:
        newcomer = rules.refused(newcomer, day)
    if not _too_late(ctx):
        newcomer = greeting.start_in_public(ctx, newcomer, person)
    ctx.unit.newcomers.save(ctx.community.id, newcomer)
    set_alarm(ctx, newcomer, person)
    return Nothing()


def _too_late(ctx: Ctx) -> bool:
    return isinstance(ctx.request, Post) and ctx.request.before is not None and ctx.now >= ctx.request.before


# -- the check-ins


def came_due(ctx: Ctx, event: CameDue) -> Answer:
    """The moment a newcomer waited for."""
    newcomer = ctx.unit.newcomers.get(ctx.community.id, event.about.id)
    person = whose(ctx, newcomer)
    if newcomer is None or person is None:
        ctx.wait(event.about, None)
        return Nothing()
    step = rules.next_step(newcomer, person, ctx.now, disturbed(ctx, person))
    if isinstance(step, rules.Send):
        newcomer = _send(ctx, newcomer, person, step.day)
        ctx.unit.newcomers.save(ctx.community.id, newcomer)
    set_alarm(ctx, newcomer, person)
    return Nothing()


def _send(ctx: Ctx, newcomer: Newcomer, person: Person, day: int) -> Newcomer:
    card = views.checkin(ctx.words_for(person), newcomer, day, company(ctx, newcomer, person))
    about = Action("newcomer.checkin", f"{newcomer.id}.{day}")
    match offer(ctx, person, "checkin", card, about=about, before=rules.end_of_day(person, ctx.now)):
        case Send(at=at):
            ctx.record(Action("newcomer", newcomer.id), CheckinSent(day))
            return rules.sent(newcomer, person, day, at)
        case Withheld(why="unreachable"):
            return greeting.start_in_public(ctx, rules.refused(rules.sent(newcomer, person, day, ctx.now), day), person)
        case Withheld():
            return rules.not_today(newcomer, person, ctx.now)


# -- how often


def yes(ctx: Ctx, event: ButtonPressed) -> Answer:
    newcomer = pressed.mine(ctx, event.action)
    return _under_the_welcome(ctx, newcomer, *_go_on(ctx, newcomer))


def _under_the_welcome(ctx: Ctx, newcomer: Newcomer, *blocks: Block) -> Answer:
    return Replace(views.replied(ctx.words, 0, company(ctx, newcomer, ctx.actor), *blocks))


def on(ctx: Ctx, _event: CommandCalled | ButtonPressed, _given: Given | None = None) -> Answer:
    return Tell(message(*_go_on(ctx, _own(ctx))))


def _go_on(ctx: Ctx, newcomer: Newcomer) -> tuple[Block, ...]:
    newcomer = rules.resume(newcomer, ctx.actor, ctx.now)
    if not rules.days_left(newcomer):
        raise UserMistake("Your first three months are over, so no check-ins are left.")
    at = _keep_pace(ctx, newcomer)
    return (views.agreed(ctx.words, None if at is None else (Moment(at, "date"),)),)


def asked(ctx: Ctx, event: ButtonPressed) -> Answer:
    newcomer = rules.only_when_asked(pressed.mine(ctx, event.action))
    _keep_pace(ctx, newcomer)
    return _under_the_welcome(ctx, newcomer, views.asked(ctx.words))


def stored(ctx: Ctx, event: ButtonPressed) -> Answer:
    newcomer = pressed.mine(ctx, event.action)
    around = company(ctx, newcomer, ctx.actor)
    return _under_the_welcome(ctx, newcomer, *views.stored(ctx.words, newcomer, around))


def fewer(ctx: Ctx, event: CommandCalled | ButtonPressed, _given: Given | None = None) -> Answer:
    newcomer = _own(ctx)
    _keep_pace(ctx, rules.fewer(newcomer, ctx.actor, ctx.now))
    reply = Words(ctx.words.say("I'll come by on day 30 and day 90 only."))
    return _reply(ctx, event, newcomer, reply)


def stop(ctx: Ctx, event: CommandCalled | ButtonPressed, _given: Given | None = None) -> Answer:
    newcomer = _own(ctx)
    farewell.drop_checkins(ctx, newcomer)
    _keep_pace(ctx, rules.stop(newcomer))
    return _reply(ctx, event, newcomer, *views.stopped(ctx.words, newcomer))


def forget_answers(ctx: Ctx, event: ButtonPressed) -> Answer:
    newcomer = pressed.mine(ctx, event.action)
    keeping.forget(ctx, newcomer)
    return Replace(message(Words(ctx.words.say("Done. Your answers are forgotten."))))


def keep_answers(ctx: Ctx, event: ButtonPressed) -> Answer:
    pressed.mine(ctx, event.action)
    text = _("I keep them for you, each for 120 days. {data} shows them.")
    return Replace(message(Words(ctx.words.say(text, data=Code("/kring me data")))))


def _own(ctx: Ctx) -> Newcomer:
    newcomer = ctx.unit.newcomers.of(ctx.community.id, ctx.actor.id)
    if newcomer is None:
        raise UserMistake("Check-ins are for people in their first three months, and I have none for you.")
    return newcomer


def _keep_pace(ctx: Ctx, newcomer: Newcomer) -> datetime | None:
    ctx.unit.newcomers.save(ctx.community.id, newcomer)
    ctx.record(Action("newcomer", newcomer.id), PaceChosen(newcomer.pace))
    return set_alarm(ctx, newcomer, ctx.actor)


def _reply(ctx: Ctx, event: CommandCalled | ButtonPressed, newcomer: Newcomer, *blocks: Block) -> Answer:
    """In the check-in's own message where a button of it was pressed."""
    if isinstance(event, ButtonPressed) and pressed.day_of(event.action) is not None:
        around = company(ctx, newcomer, ctx.actor)
        return Replace(views.replied(ctx.words, pressed.day_of(event.action), around, *blocks))
    return Tell(message(*blocks))
