"""What listeners do with their task, and anybody with their small step."""

from __future__ import annotations

from datetime import timedelta

from bot.chat.answers import Answer, Nothing, OpenForm, Replace, Tell
from bot.chat.events import ButtonPressed, CameDue, FormSent
from bot.chat.forms import check
from bot.chat.hours import next_open
from bot.errors import FormMistake, UserMistake
from bot.gate import offer
from bot.rounds import lending, objection_words, task_page, views
from bot.rounds.announcing import settle
from bot.rounds.finding import Ctx, moment, named, parts
from bot.rounds.objecting import reminder


def choose(ctx: Ctx, event: ButtonPressed) -> Answer:
    """A light task for a listening seat."""
    round_, (kind, *_) = named(ctx, event.action, 1)
    after = settle(ctx, round_, lending.choose(round_, ctx.actor.id, kind, ctx.new_id()))
    task = lending.of(after, ctx.actor.id, kind)
    return Tell(task_page.chosen(ctx.words, after, task)) if task is not None else Nothing()


def drop(ctx: Ctx, event: ButtonPressed) -> Answer:
    """Not this after all, or taken back; a small step is forgotten, and so is its reminder."""
    round_, (kind, *_) = named(ctx, event.action, 1)
    before = lending.of(round_, ctx.actor.id, kind)
    settle(ctx, round_, lending.drop(round_, ctx.actor.id, kind))
    if before is not None and before.kind == "step":
        ctx.wait(reminder(round_.id, before), None)
    if before is not None and before.given:
        return Replace(views.told(ctx.words.say("It is gone.")))
    return Replace(views.told(ctx.words.say("That is fine: listening is enough.")))


def write(ctx: Ctx, event: ButtonPressed) -> Answer:
    """What came of one's task."""
    round_, (kind, *_) = named(ctx, event.action, 1)
    task = lending.of(round_, ctx.actor.id, kind)
    if task is None:
        raise UserMistake("This step is over.")
    return OpenForm(task_page.form(ctx.words, round_, task))


def written(ctx: Ctx, event: FormSent) -> Answer:
    round_, (kind, *_) = named(ctx, event.action, 1)
    task = lending.of(round_, ctx.actor.id, kind)
    if task is None:
        raise UserMistake("This step is over.")
    values, faults = check(task_page.form(ctx.words, round_, task), dict(event.values))
    if faults:
        raise FormMistake(faults)
    yes = values.text("named") == "yes"
    given = lending.give(round_, ctx.actor.id, kind, values.text("words"), moment(ctx, round_), named=yes)
    return Tell(task_page.lent(ctx.words, settle(ctx, round_, given)))


# -- one small step


def small_step(ctx: Ctx, event: ButtonPressed) -> Answer:
    round_, _ = named(ctx, event.action)
    return OpenForm(task_page.step_form(ctx.words, round_, lending.of(round_, ctx.actor.id, "step")))


def step_taken(ctx: Ctx, event: FormSent) -> Answer:
    round_, _ = named(ctx, event.action)
    before = lending.of(round_, ctx.actor.id, "step")
    values, faults = check(task_page.step_form(ctx.words, round_, before), dict(event.values))
    if faults:
        raise FormMistake(faults)
    days = int(values.text("days"))
    person = ctx.actor
    at = None if not days else next_open(person.quiet, person.timezone, ctx.now + timedelta(days=days))
    taken = lending.small_step(round_, person.id, ctx.new_id(), values.text("words"), at, moment(ctx, round_))
    after = settle(ctx, round_, taken)
    if (task := lending.of(after, person.id, "step")) is not None:
        ctx.wait(reminder(round_.id, task), at)
    if at is None:
        return Tell(views.told(ctx.words.say("Noted. Nobody else sees it.")))
    return Tell(views.told(ctx.words.say("Noted. Nobody else sees it, and I remind you once.")))


def step_due(ctx: Ctx, event: CameDue) -> Answer:
    """The owner of a small step is reminded, or of an objection, if they still have it."""
    id_, rest = parts(event.about)
    round_ = ctx.unit.rounds.get(ctx.community.id, id_)
    task = next((one for one in round_.tasks if [one.id] == rest), None) if round_ is not None else None
    owner = ctx.unit.people.get(ctx.community.id, task.person) if task is not None and task.person else None
    if round_ is not None and task is not None and owner is not None:
        remind = objection_words.reminder if task.kind == "objection" else task_page.step_reminder
        offer(ctx, owner, "request", remind(ctx.words_for(owner), round_.near(owner.account.space), task))
    return Nothing()


BUTTONS = {
    "round.task": choose,
    "round.untask": drop,
    "round.lend": write,
    "round.smallstep": small_step,
}
FORMS = {"round.lend": written, "round.smallstep": step_taken}
