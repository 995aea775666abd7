"""After a vote with an objection: people talk and vote again, take it up, settle their own, or the round goes on."""

from __future__ import annotations

from datetime import timedelta

from bot.chat.actions import Action
from bot.chat.answers import Answer, OpenForm, Replace, Tell
from bot.chat.events import ButtonPressed, FormSent
from bot.chat.forms import check
from bot.errors import FormMistake
from bot.rounds import objection_words, rules, views
from bot.rounds.announcing import settle
from bot.rounds.finding import Ctx, moment, named, number
from bot.rounds.task import Task
from bot.rounds.timing import waking


def vote_again(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Talk, then vote again*"""
    round_, (step, *_) = named(ctx, event.action, 1)
    settle(ctx, round_, rules.vote_again(round_, ctx.actor.id, number(step), moment(ctx, round_)))
    return Tell(views.told(ctx.words.say("First a talk. Everybody can vote once more now.")))


def let_stand(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Go on, it stays open*"""
    round_, (step, *_) = named(ctx, event.action, 1)
    settle(ctx, round_, rules.let_stand(round_, ctx.actor.id, number(step), moment(ctx, round_)))
    return Tell(views.told(ctx.words.say("The round goes on. Its record says that the objection is open.")))


def settled(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*My objection is settled*, by whoever had it."""
    round_, (step, *_) = named(ctx, event.action, 1)
    settle(ctx, round_, rules.settled(round_, ctx.actor.id, number(step), moment(ctx, round_)))
    return Tell(views.told(ctx.words.say("Good. It stands there as a concern now, and nobody hears whose it was.")))


def take(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*I take this up*"""
    round_, (step, *_) = named(ctx, event.action, 1)
    free = rules.could_take_up(round_, ctx.actor.id, number(step))
    return OpenForm(objection_words.form(ctx.words, round_, number(step), free))


def taken(ctx: Ctx, event: FormSent) -> Answer:
    round_, (step, *_) = named(ctx, event.action, 1)
    me, now = ctx.actor.id, moment(ctx, round_)
    free = rules.could_take_up(round_, me, number(step))
    values, faults = check(objection_words.form(ctx.words, round_, number(step), free), dict(event.values))
    if faults:
        raise FormMistake(faults)
    which = [int(each) for each in values.chosen("which")]
    until = waking(now.hours.get(me), ctx.now + timedelta(days=int(values.text("days"))))
    id_ = ctx.new_id()
    after = settle(ctx, round_, rules.take_up(round_, me, number(step), which, id_, values.text("words"), until, now))
    task = next(one for one in after.tasks if one.id == id_)
    ctx.wait(reminder(after.id, task), until)
    return Tell(objection_words.yours(ctx.words, after, task))


def give_back(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*I give it back*"""
    round_, (id_, *_) = named(ctx, event.action, 1)
    task = next((one for one in round_.tasks if one.id == id_), None)
    settle(ctx, round_, rules.give_back(round_, ctx.actor.id, id_))
    if task is not None:
        ctx.wait(reminder(round_.id, task), None)
    return Replace(views.told(ctx.words.say("That is fine. The objection is open again.")))


def reminder(round_: str, task: Task) -> Action:
    """The moment at which somebody is reminded of what they took upon themselves."""
    return Action("round.smallstep", f"{round_}.{task.id}")


BUTTONS = {
    "round.voteagain": vote_again,
    "round.letstand": let_stand,
    "round.settled": settled,
    "round.takeup": take,
    "round.giveback": give_back,
}
FORMS = {"round.takeup": taken}
