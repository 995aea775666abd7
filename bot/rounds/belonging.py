"""What people do with chairs, sides and roles, and how they read along where only those inside can."""

from __future__ import annotations

from bot.chat.answers import Answer, OpenForm, Tell
from bot.chat.events import ButtonPressed, FormSent
from bot.chat.forms import check
from bot.chat.names import Account
from bot.errors import FormMistake, UserMistake
from bot.rounds import forms, rules, shown, views
from bot.rounds.announcing import settle
from bot.rounds.finding import Ctx, moment, named, near, number, people_of
from bot.rounds.holding import must_hold


def read(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Read along*: what was said so far, for those inside; the newest part first, older ones by a button."""
    round_, parts = named(ctx, event.action)
    me = ctx.actor.id
    if me not in round_.speakers:
        raise UserMistake("Only those who speak in this round read what is said in it.")
    page = number(parts[1]) if len(parts) > 1 else 0
    return Tell(shown.along(ctx.words, round_, me, people_of(ctx, round_), page))


def take_chair(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Take the free chair*"""
    round_, (step, *_) = named(ctx, event.action, 1)
    settle(ctx, round_, rules.take_chair(round_, ctx.actor.id, number(step), moment(ctx, round_)))
    return Tell(views.told(ctx.words.say("You are in. Stay as long as you like, and make room again.")))


def leave_chair(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Leave my chair*"""
    round_, (step, *_) = named(ctx, event.action, 1)
    settle(ctx, round_, rules.leave_chair(round_, ctx.actor.id, number(step), moment(ctx, round_)))
    return Tell(views.told(ctx.words.say("You listen again. Your chair is free for somebody else.")))


def take_side(ctx: Ctx, event: ButtonPressed) -> Answer:
    """One of the buttons for the sides."""
    round_, (side, *_) = named(ctx, event.action, 1)
    settle(ctx, round_, rules.take_side(round_, ctx.actor.id, side, moment(ctx, round_)))
    return Tell(views.told(ctx.words.say("Noted: you are on side {side}.", side=side)))


def ask_role(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Give a role*, by the facilitator."""
    round_, _ = named(ctx, event.action)
    must_hold(round_, ctx.actor.id)
    if not round_.format.given:
        raise UserMistake("This role cannot be given now.")
    return OpenForm(forms.give_role(ctx.words, round_))


def role_given(ctx: Ctx, event: FormSent) -> Answer:
    round_, _ = named(ctx, event.action)
    values, faults = check(forms.give_role(ctx.words, round_), dict(event.values))
    if faults:
        raise FormMistake(faults)
    asker = ctx.account or ctx.actor.account
    person = ctx.named(Account(asker.space, values.text("to")))
    role, now = values.text("role"), moment(ctx, round_)
    settle(ctx, round_, rules.give_role(round_, ctx.actor.id, role, person.id, now))
    return Tell(views.told(ctx.words.say("{name} has it from here.", name=person.shown())))


def ask_whom(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Ask somebody in*, by the one whose lap it is."""
    round_, (step, *_) = named(ctx, event.action, 1)
    return OpenForm(forms.ask_in(ctx.words, round_, number(step)))


def asked_in(ctx: Ctx, event: FormSent) -> Answer:
    """The answer is the same whatever comes of it: what they answer is nobody's business."""
    round_, (step, *_) = named(ctx, event.action, 1)
    values, faults = check(forms.ask_in(ctx.words, round_, number(step)), dict(event.values))
    if faults:
        raise FormMistake(faults)
    person = ctx.named(Account(ctx.by.space, values.text("to")))
    settle(ctx, round_, rules.ask_in(round_, ctx.actor.id, number(step), person.id))
    text = ctx.words.say("I ask {name}. If they come, you see them in your group; else you hear nothing of it.",
                         name=person.shown())  # fmt: skip
    return Tell(views.told(text))


def come_in(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*I'll come in*"""
    round_, (step, *_) = named(ctx, event.action, 1)
    changed = rules.come_in(round_, ctx.actor.id, number(step), moment(ctx, round_), space=ctx.by.space)
    after = settle(ctx, round_, changed)
    return Tell(views.welcome(ctx.words, near(ctx, after), ctx.actor.name, "speak"))


BUTTONS = {
    "round.askin": ask_whom,
    "round.comein": come_in,
    "round.read": read,
    "round.chair": take_chair,
    "round.unchair": leave_chair,
    "round.side": take_side,
    "round.role": ask_role,
}
FORMS = {"round.role": role_given, "round.askin": asked_in}
