"""What people do with an invitation, and with their seat."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from bot.chat.answers import Answer, Replace, Tell
from bot.chat.events import ButtonPressed
from bot.rounds import cards, own, prompts, rules, task_page, views
from bot.rounds.announcing import settle
from bot.rounds.facts import SeatLeft
from bot.rounds.finding import Ctx, moment, named, near, people_of
from bot.rounds.model import LeaveChoice, Round, Way
from bot.texts.catalogue import LANGUAGES, words_in


def join(ctx: Ctx, round_: Round, way: str = "speak", side: str = "") -> Answer:
    """Takes a seat, speaking or listening; on that side, where they stand on none yet."""
    way_ = cast("Way", way or "speak")
    changed = rules.join(round_, ctx.actor.id, way_, moment(ctx, round_), space=ctx.by.space, side=side)
    after = settle(ctx, round_, changed)
    if (seat := after.seat(ctx.actor.id)) is not None and seat.state == "waiting":
        return Tell(views.full(ctx.words, after))
    more = own.steering(ctx.words, after) if after.facilitator == ctx.actor.id else ()
    stands = after.several or bool(after.side_of(ctx.actor.id))
    welcome = views.welcome(ctx.words, near(ctx, after), ctx.actor.name, way or "speak", *more, stands=stands)
    if way == "listen":
        welcome = replace(welcome, blocks=(*welcome.blocks, *task_page.offer(ctx.words, after)))
    return Tell(welcome)


def speak(ctx: Ctx, event: ButtonPressed) -> Answer:
    round_, _ = named(ctx, event.action)
    return join(ctx, round_, "speak")


def voice(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*I'll speak on side B*: the second voice that is looked for there; of those who speak, who stands on no side."""
    round_, (side, *_) = named(ctx, event.action, 1)
    if ctx.actor.id in round_.speakers and not round_.several:
        settle(ctx, round_, rules.take_side(round_, ctx.actor.id, side, moment(ctx, round_)))
        return Tell(views.told(ctx.words.say("Noted: you are on side {side}.", side=side)))
    return join(ctx, round_, "speak", side if round_.seeking else "")


def listen(ctx: Ctx, event: ButtonPressed) -> Answer:
    round_, _ = named(ctx, event.action)
    return join(ctx, round_, "listen")


def decline(ctx: Ctx, event: ButtonPressed) -> Answer:
    round_, _ = named(ctx, event.action)
    changed = rules.decline(round_, ctx.actor.id, moment(ctx, round_))
    after = settle(ctx, round_, changed)
    wrote = any(isinstance(fact, SeatLeft) and fact.wrote for fact in changed[1])
    return Tell(views.left(ctx.words, after, ctx.actor.id, wrote=True) if wrote else views.declined(ctx.words))


def what(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*What is this?*"""
    round_, _ = named(ctx, event.action)
    return Tell(cards.explanation(ctx.words, near(ctx, round_), people_of(ctx, round_)))


def language(ctx: Ctx, event: ButtonPressed) -> Answer:
    """The same in the language it is not in, for the one who asks."""
    round_, (which, *_) = named(ctx, event.action, 1)
    other = words_in(next(code for code in LANGUAGES if code != round_.language))
    people, here = people_of(ctx, round_), near(ctx, round_)
    if which.isdecimal() and int(which) < len(round_.steps):
        return Tell(prompts.step(other, here, int(which), people))
    return Tell(cards.explanation(other, here, people))


def leave(ctx: Ctx, event: ButtonPressed) -> Answer:
    round_, _ = named(ctx, event.action)
    changed = rules.leave(round_, ctx.actor.id, moment(ctx, round_))
    after = settle(ctx, round_, changed)
    wrote = any(isinstance(fact, SeatLeft) and fact.wrote for fact in changed[1])
    return Tell(views.left(ctx.words, after, ctx.actor.id, wrote=wrote))


def leave_behind(ctx: Ctx, event: ButtonPressed) -> Answer:
    """What becomes of what somebody wrote who left."""
    round_, (choice, *_) = named(ctx, event.action, 1)
    settle(ctx, round_, rules.leave_behind(round_, ctx.actor.id, cast("LeaveChoice", choice), moment(ctx, round_)))
    return Replace(views.left_behind(ctx.words, near(ctx, round_), choice))
