"""How people go on with what a round came to: in a round that follows, and on the day when they look at it."""

from __future__ import annotations

from datetime import timedelta

from bot.chat.answers import Answer, Nothing, OpenForm, Tell
from bot.chat.events import ButtonPressed, CameDue, FormSent
from bot.chat.forms import Form, check
from bot.errors import FormMistake
from bot.rounds import leading_words, rules, starting
from bot.rounds.announcing import settle
from bot.rounds.finding import Ctx, moment, named, near
from bot.rounds.model import Round
from bot.rounds.timing import waking
from bot.rounds.wording import words_of


def follow(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Go on with it*: the form of a round, filled in with the format and with what people go on with."""
    round_, _ = named(ctx, event.action)
    found = rules.must_lead(round_)
    known = {
        "format": found.format,
        "topic": leading_words.about(words_of(round_), round_, found),
        "preset": round_.preset,
        "where": "everywhere" if round_.several else "here",
    }
    return starting.form_with(ctx, event.place, known, near(ctx, round_))


def another_day(ctx: Ctx, event: ButtonPressed) -> Answer:
    round_, _ = named(ctx, event.action)
    return OpenForm(_form(ctx, round_))


def _form(ctx: Ctx, round_: Round) -> Form:
    """Raises UserMistake for who may not choose the day."""
    rule = round_.steps[rules.must_own(round_, ctx.actor.id)].script.vote
    return leading_words.form(ctx.words, round_, rule.leads_to.days if rule and rule.leads_to else 0)


def day_chosen(ctx: Ctx, event: FormSent) -> Answer:
    round_, _ = named(ctx, event.action)
    me, now = ctx.actor.id, moment(ctx, round_)
    values, faults = check(_form(ctx, round_), dict(event.values))
    if faults:
        raise FormMistake(faults)
    at = waking(now.hours.get(me), ctx.now + timedelta(weeks=int(values.text("weeks"))))
    after = settle(ctx, round_, rules.choose_day(round_, me, at, now))
    return Tell(leading_words.chosen(ctx.words, after))


def look_day(ctx: Ctx, event: CameDue) -> Answer:
    round_ = ctx.unit.rounds.get(ctx.community.id, event.about.id)
    if round_ is not None:
        settle(ctx, round_, rules.look(round_, moment(ctx, round_)))
    return Nothing()


BUTTONS = {"round.follow": follow, "round.lookday": another_day}
FORMS = {"round.lookday": day_chosen}
