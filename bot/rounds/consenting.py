"""What leaves a round leaves it by its author's yes; and the other things only an author can decide."""

from __future__ import annotations

from typing import Literal, cast

from bot.chat.answers import Answer, OpenForm, Replace, Tell
from bot.chat.events import ButtonPressed, FormSent
from bot.chat.forms import check
from bot.errors import FormMistake
from bot.rounds import forms, rules, views
from bot.rounds.announcing import settle
from bot.rounds.finding import Ctx, moment, named, number
from bot.rounds.keeping import own
from bot.rounds.wording import button

KeepAnswer = Literal["yes", "unnamed", "no"]


def keep(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Keep this*: its author's press counts, anybody else is told so kindly."""
    round_, (id_, *_) = named(ctx, event.action, 1)
    one = round_.contribution(id_)
    if one is None or one.person != ctx.actor.id:
        return Tell(views.pick_mine(ctx.words, round_))
    after = settle(ctx, round_, rules.mark(round_, ctx.actor.id, id_))
    kept = after.contribution(id_)
    if kept is not None and kept.consent is not None and kept.consent.answer == "asked":
        text = ctx.words.say("Marked. I ask you at once whether it may be kept, and how.")
    else:
        text = ctx.words.say("Marked. At the end of the round I ask you whether it may be kept, and how.")
    return Tell(views.told(text))


def consent(ctx: Ctx, event: ButtonPressed) -> Answer:
    """With a name, without, or not at all."""
    round_, (id_, answer, *_) = named(ctx, event.action, 2)
    now = moment(ctx, round_)
    settle(ctx, round_, rules.answer_keep(round_, ctx.actor.id, id_, cast("KeepAnswer", answer), now))
    return Replace(views.consented(ctx.words, round_, id_, answer))


def ask_me(ctx: Ctx, event: ButtonPressed) -> Answer:
    """Whether others may ask the author about what is kept with their name."""
    round_, (id_, answer, *_) = named(ctx, event.action, 2)
    settle(ctx, round_, rules.let_ask(round_, ctx.actor.id, id_, answer == "yes"))
    return Replace(views.askable(ctx.words, round_, id_, may=answer == "yes"))


def differently(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*I'd word it differently*"""
    round_, (id_, *_) = named(ctx, event.action, 1)
    return OpenForm(forms.differently(ctx.words, round_, own(round_, ctx.actor.id, id_)))


def put_differently(ctx: Ctx, event: FormSent) -> Answer:
    round_, (id_, *_) = named(ctx, event.action, 1)
    values, faults = check(
        forms.differently(ctx.words, round_, own(round_, ctx.actor.id, id_)), dict(event.values)
    )  # fmt: skip
    if faults:
        raise FormMistake(faults)
    answer = cast("KeepAnswer", values.text("named"))
    changed = rules.answer_keep(round_, ctx.actor.id, id_, answer, moment(ctx, round_), words=values.text("words"))
    settle(ctx, round_, changed)
    return Tell(views.consented(ctx.words, round_, id_, answer))


def names(ctx: Ctx, event: ButtonPressed) -> Answer:
    """Too few answers to stay unknown: whether one's name may stand beside one's own."""
    round_, (step, answer, *_) = named(ctx, event.action, 2)
    yes = answer == "yes"
    settle(ctx, round_, rules.answer_names(round_, ctx.actor.id, number(step), yes, moment(ctx, round_)))
    if yes:
        return Replace(views.told(ctx.words.say("Thank you. It is shown with your name.")))
    return Replace(views.told(ctx.words.say("That is fine. It is not shown to anybody.")))


def only(ctx: Ctx, event: ButtonPressed) -> Answer:
    """What becomes of an answer that was the only one."""
    round_, (id_, choice, *_) = named(ctx, event.action, 2)
    wanted = cast("Literal['keep', 'post', 'drop']", choice)
    settle(ctx, round_, rules.settle_only(round_, ctx.actor.id, id_, wanted, moment(ctx, round_)))
    match choice:
        case "keep":
            text = ctx.words.say("It stays with you, for next time.")
            return Replace(views.told(text, button(ctx.words.label("My part"), "mine", round_)))
        case "post":
            return Replace(views.told(ctx.words.say("It stands in the thread, with your name.")))
        case _:
            return Replace(views.told(ctx.words.say("It is gone.")))
