"""How people go on with what a round came to: in a round that follows, and on the day when they look at it."""

from __future__ import annotations

from datetime import timedelta

from bot.chat.answers import Answer, Nothing, OpenForm, Tell
from bot.chat.events import ButtonPressed, CameDue, FormSent
from bot.chat.forms import Form, check
from bot.chat.people import Person
from bot.errors import FormMistake
from bot.gate import offer
from bot.rounds import leading_words, rules, starting
from bot.rounds.announcing import settle
from bot.rounds.finding import Ctx, moment, named, near, people_of
from bot.rounds.model import Round
from bot.rounds.scene import Scene
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
    return starting.form_after(ctx, event.place, near(ctx, round_), known)


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
    """In the thread, and to those who took it on."""
    round_ = ctx.unit.rounds.get(ctx.community.id, event.about.id)
    if round_ is None or round_.look_at is None or round_.look_at > ctx.now or round_.went_on is not None:
        return Nothing()
    found = rules.lead(round_)
    if found is None or not (round_.wrapping or round_.state == "done"):
        return Nothing()
    people = people_of(ctx, round_)
    scene = Scene(ctx, round_, round_, words_of(round_), people)
    scene.post(leading_words.look_day(scene.language, round_, found), scene.about("look"))
    for person in (people[id_] for id_ in rules.owners(round_) if id_ in people):
        _write(ctx, round_, person)
    return Nothing()


def _write(ctx: Ctx, round_: Round, person: Person) -> None:
    found = rules.lead(round_)
    if found is not None:
        letter = leading_words.look_letter(ctx.words_for(person), round_.near(person.account.space), found)
        offer(ctx, person, "request", letter)


BUTTONS = {"round.follow": follow, "round.lookday": another_day}
FORMS = {"round.lookday": day_chosen}
