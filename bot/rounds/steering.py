"""Holding a round: what its facilitator does, by command, by button or by form.

Each act gets the round and what was given with it, which is empty for a button.
"""

from __future__ import annotations

from datetime import timedelta

from bot.chat.answers import Answer, OpenForm, Replace, Tell
from bot.chat.events import ButtonPressed, FormSent
from bot.chat.forms import Form, check
from bot.chat.names import Account
from bot.chat.text import Text
from bot.errors import FormMistake, UserMistake
from bot.rounds import forms, library, own, rules, views, voice_words
from bot.rounds.announcing import settle
from bot.rounds.finding import Ctx, moment, named, number, people_of
from bot.rounds.holding import must_hold
from bot.rounds.model import Round, then
from bot.rounds.wording import format_name

USUAL_HOURS = 12
USUAL_MINUTES = 10


def begin(ctx: Ctx, round_: Round, _: str = "") -> Answer:
    after = settle(ctx, round_, rules.begin(round_, ctx.actor.id, moment(ctx, round_)))
    return _panel(ctx, after, ctx.words.say("The round has begun. The rest happens in its thread."))


def skip(ctx: Ctx, round_: Round, _: str = "") -> Answer:
    after = settle(ctx, round_, rules.skip(round_, ctx.actor.id, moment(ctx, round_)))
    return _panel(ctx, after, ctx.words.say("Skipped."))


def extend(ctx: Ctx, round_: Round, hours: str = "") -> Answer:
    """So many hours longer; in a live round so many minutes."""
    live = round_.preset == "live"
    amount = int(hours) if hours else (USUAL_MINUTES if live else USUAL_HOURS)
    longer = amount / 60 if live else float(amount)
    after = settle(ctx, round_, rules.extend(round_, ctx.actor.id, longer, moment(ctx, round_)))
    return _panel(ctx, after, ctx.words.say("This step takes longer now."))


def pause(ctx: Ctx, round_: Round, days: str = "") -> Answer:
    now = moment(ctx, round_)
    until = ctx.now + timedelta(days=int(days)) if days else None
    after = settle(ctx, round_, rules.pause(round_, ctx.actor.id, now, until=until))
    return _panel(ctx, after, ctx.words.say("The round is on hold; its clocks stand still."))


def resume(ctx: Ctx, round_: Round, _: str = "") -> Answer:
    after = settle(ctx, round_, rules.resume(round_, ctx.actor.id, moment(ctx, round_)))
    if after.seeking:
        return _panel(ctx, after, voice_words.waits(ctx.words, after))
    return _panel(ctx, after, ctx.words.say("The round goes on."))


def give(ctx: Ctx, round_: Round, to: str = "") -> Answer:
    """Asks somebody else to hold the round; `to` is their account in the space of whoever asks."""
    person = ctx.named(Account(ctx.by.space, to))
    settle(ctx, round_, rules.give(round_, ctx.actor.id, person.id))
    return Tell(
        views.told(ctx.words.say("I have asked {name}. Until they accept, it stays yours.", name=person.shown()))
    )


def close(ctx: Ctx, round_: Round, _: str = "") -> Answer:
    after = settle(ctx, round_, rules.close(round_, ctx.actor.id, moment(ctx, round_)))
    return _panel(ctx, after, ctx.words.say("The round is being wrapped up."))


def cancel(ctx: Ctx, round_: Round, _: str = "") -> Answer:
    """Asks once whether that is what they want."""
    must_hold(round_, ctx.actor.id)
    return Tell(own.sure_to_cancel(ctx.words, round_))


def _panel(ctx: Ctx, round_: Round, text: Text) -> Answer:
    return Tell(views.told(text, *own.steering(ctx.words, round_)))


# -- by button


def cancelled(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Yes, stop it*"""
    round_, _ = named(ctx, event.action)
    settle(ctx, round_, rules.cancel(round_, ctx.actor.id, moment(ctx, round_)))
    return Replace(views.told(ctx.words.say("The round is stopped.")))


def go_on(ctx: Ctx, _: ButtonPressed) -> Answer:
    """*No, go on*, *Let's wait* and *Rather not*: nothing changes."""
    return Tell(views.told(ctx.words.say("That is fine. Everything stays as it is.")))


def skip_this(ctx: Ctx, event: ButtonPressed) -> Answer:
    return skip(ctx, _now(ctx, event))


def ask_how_long(ctx: Ctx, event: ButtonPressed) -> Answer:
    round_ = _now(ctx, event)
    must_hold(round_, ctx.actor.id)
    return OpenForm(forms.extend(ctx.words, round_))


def extended(ctx: Ctx, event: FormSent) -> Answer:
    round_ = _now(ctx, event)
    return extend(ctx, round_, _whole(forms.extend(ctx.words, round_), event, "hours"))


def ask_until_when(ctx: Ctx, event: ButtonPressed) -> Answer:
    round_, _ = named(ctx, event.action)
    must_hold(round_, ctx.actor.id)
    return OpenForm(forms.pause(ctx.words, round_))


def paused(ctx: Ctx, event: FormSent) -> Answer:
    round_, _ = named(ctx, event.action)
    return pause(ctx, round_, _whole(forms.pause(ctx.words, round_), event, "days"))


def ask_who(ctx: Ctx, event: ButtonPressed) -> Answer:
    round_, _ = named(ctx, event.action)
    must_hold(round_, ctx.actor.id)
    return OpenForm(forms.give(ctx.words, round_))


def given(ctx: Ctx, event: FormSent) -> Answer:
    round_, _ = named(ctx, event.action)
    values, faults = check(forms.give(ctx.words, round_), dict(event.values))
    if faults:
        raise FormMistake(faults)
    return give(ctx, round_, values.text("to"))


def _now(ctx: Ctx, event: ButtonPressed | FormSent) -> Round:
    """The round, while it is at the step of the button: a second press does not reach the next one."""
    round_, parts = named(ctx, event.action)
    if parts and number(parts[0]) not in (round_.current, *round_.at_work):
        raise UserMistake("This step is over.")
    return round_


def ask_question(ctx: Ctx, event: ButtonPressed) -> Answer:
    round_, (step, *_) = _now(ctx, event), named(ctx, event.action, 1)[1]
    must_hold(round_, ctx.actor.id)
    return OpenForm(forms.reword(ctx.words, round_, number(step), people_of(ctx, round_)))


def reworded(ctx: Ctx, event: FormSent) -> Answer:
    round_, (step, *_) = _now(ctx, event), named(ctx, event.action, 1)[1]
    values, faults = check(forms.reword(ctx.words, round_, number(step), {}), dict(event.values))
    if faults:
        raise FormMistake(faults)
    after = settle(ctx, round_, rules.reword(round_, ctx.actor.id, values.text("prompt"), moment(ctx, round_)))
    return _panel(ctx, after, ctx.words.say("The question is asked in your words now."))


def _whole(form: Form, event: FormSent, field: str) -> str:
    """A whole number from a form, or nothing where it was left empty."""
    values, faults = check(form, dict(event.values))
    if faults:
        raise FormMistake(faults)
    text = values.text(field)
    if text and not (text.isascii() and text.isdigit() and int(text) > 0):
        raise FormMistake(words={field: UserMistake("Give a whole number, such as 12.")})
    return text


# -- with too few people, or nobody who holds it


def wait_a_day(ctx: Ctx, event: ButtonPressed) -> Answer:
    round_, _ = named(ctx, event.action)
    settle(ctx, round_, rules.wait_a_day(round_, ctx.actor.id, moment(ctx, round_)))
    return Tell(views.told(ctx.words.say("We wait a day for more people.")))


def switch(ctx: Ctx, event: ButtonPressed) -> Answer:
    round_, (format_id, *_) = named(ctx, event.action, 1)
    format_ = library.known(ctx).get(format_id)
    if format_ is None:
        raise UserMistake("This format is not there any more.")
    switched = rules.switch(round_, ctx.actor.id, format_, moment(ctx, round_))
    after = settle(ctx, round_, then(switched, lambda it: library.chosen_early(ctx, it, ctx.actor.id)))
    text = ctx.words.say("The round goes on as *{format}*.", format=format_name(ctx.words, format_))
    return _panel(ctx, after, text)


def rest(ctx: Ctx, event: ButtonPressed) -> Answer:
    round_, _ = named(ctx, event.action)
    settle(ctx, round_, rules.rest(round_, ctx.actor.id, moment(ctx, round_)))
    return Tell(views.told(ctx.words.say("We let it rest. Nobody did anything wrong.")))


def accept(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*I'll hold it*"""
    round_, _ = named(ctx, event.action)
    after = settle(ctx, round_, rules.accept(round_, ctx.actor.id, moment(ctx, round_)))
    return _panel(ctx, after, ctx.words.say("Thank you. You hold the round from here; I keep the clock."))
