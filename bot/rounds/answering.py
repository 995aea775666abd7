"""Answering, responding, and what else one does in a step while it is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

from bot.chat.answers import Answer, OpenForm, Replace, Tell
from bot.chat.events import ButtonPressed, FormSent
from bot.chat.forms import Field as FormField
from bot.chat.forms import checked
from bot.chat.messages import Choice, Message
from bot.chat.text import words as bare
from bot.errors import FormMistake, UserMistake
from bot.rounds import forms, rules, views
from bot.rounds.announcing import settle
from bot.rounds.finding import Ctx, moment, named, people_of
from bot.rounds.floor import last_chance
from bot.rounds.keeping import own
from bot.rounds.model import Round
from bot.rounds.seen import SeenAnswer, answers_seen, seen_by
from bot.rounds.speaking import on_floor
from bot.rounds.step_rules import Field
from bot.rounds.wording import button, words_of
from bot.texts.catalogue import Words as Language

OVER = "This step is over. Look in the round's thread for what is open now."


def _step(ctx: Ctx, round_: Round, parts: list[str]) -> int:
    """The step a button belongs to, which must still be open; of one that is played in groups that of one's own."""
    step = int(parts[0]) if parts and parts[0].isdecimal() else rules.own_step(round_, ctx.actor.id)
    if step >= len(round_.steps):
        raise UserMistake(OVER)
    if round_.steps[step].state == "split":
        step = rules.own_step(round_, ctx.actor.id)
    if round_.state == "running" and not round_.steps[step].at_work:
        raise UserMistake(OVER)
    return step


def _own_answers(round_: Round, person: str) -> dict[str, SeenAnswer]:
    """What somebody wrote themselves, as they see it."""
    seen = seen_by(round_, person)
    found = {one.id: one for each in seen.steps for one in each.answers if one.mine}
    return found | {one.id: one for one in seen.own.answers}


def _turn(ctx: Ctx, round_: Round, parts: list[str]) -> int:
    """The same for a button that may belong to a turn: then only its holder's press counts."""
    step = _step(ctx, round_, parts)
    if parts[1:] == ["turn"] and round_.steps[step].holder != ctx.actor.id:
        raise UserMistake("It is not your turn now. You are asked when it is.")
    return step


# -- one's own answer


def answer(ctx: Ctx, event: ButtonPressed) -> Answer:
    """Opens the form, filled in with what was answered before; where consent is asked, what there is to keep."""
    round_, parts = named(ctx, event.action)
    step = _step(ctx, round_, parts)
    on_floor(round_, ctx.actor.id, step)
    script = round_.steps[step].script
    if script.floor == "contributors" and (asked := rules.asked_to_keep(round_, ctx.actor.id)):
        answers = _own_answers(round_, ctx.actor.id)
        return Tell(Message(views.keeping(ctx.words, round_, [answers[one.id] for one in asked if one.id in answers])))
    before = round_.answer_of(ctx.actor.id, step) if script.mode == "collect" else None
    return OpenForm(forms.answer(ctx.words, round_, step, people_of(ctx, round_), before))


def answered(ctx: Ctx, event: FormSent) -> Answer:
    round_, parts = named(ctx, event.action)
    step = _step(ctx, round_, parts)
    body, fields = _filled(forms.answer_fields(ctx.words, round_, step), round_, step, event)
    now = moment(ctx, round_)
    changed = rules.contribute(round_, ctx.actor.id, step, ctx.new_id(), body, now, fields=fields)
    after = settle(ctx, round_, changed)
    one = after.answer_of(ctx.actor.id, step)
    if one is None or one.visible or after.steps[step].script.mode != "collect":
        return Tell(views.thanks(ctx.words, after))
    return Tell(views.saved(ctx.words, after, step, one.id))


def edit(ctx: Ctx, event: ButtonPressed) -> Answer:
    """Opens what somebody wrote, to be put in other words."""
    round_, (id_, *_) = named(ctx, event.action, 1)
    one = own(round_, ctx.actor.id, id_)
    return OpenForm(forms.edit(ctx.words, round_, one, people_of(ctx, round_)))


def edited(ctx: Ctx, event: FormSent) -> Answer:
    round_, (id_, *_) = named(ctx, event.action, 1)
    one = own(round_, ctx.actor.id, id_)
    body, fields = _filled(forms.answer_fields(ctx.words, round_, one.step, one), round_, one.step, event)
    settle(ctx, round_, rules.edit(round_, ctx.actor.id, id_, body, moment(ctx, round_), fields=fields))
    return Tell(views.told(ctx.words.say("Changed.")))


def _filled(
    form: Sequence[FormField], round_: Round, step: int, event: FormSent
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The words of an answer; of one with several fields also each of them."""
    values, faults = checked(form, dict(event.values))
    if faults:
        raise FormMistake(faults)
    names = [field.name for field in form]
    script = round_.steps[step].script
    fields = [field for field in script.fields if field.key in names]
    filled = tuple((field.key, values.text(field.key)) for field in fields if values.text(field.key))
    if "words" in names:
        return values.text("words"), filled
    if all(field.options for field in fields if values.text(field.key)):
        raise FormMistake(words={names[0]: UserMistake("Fill in at least one of these.")})
    lines = [_line(words_of(round_), field, values.text(field.key)) for field in fields if values.text(field.key)]
    return "\n".join(lines), filled


def _line(language: Language, field: Field, value: str) -> str:
    """What was filled in, behind what was asked."""
    picked = next((bare(language.pick(option.label)) for option in field.options if option.key == value), value)
    return f"{bare(language.pick(field.label))} {picked}"


def retract(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Take it back*"""
    round_, (id_, *_) = named(ctx, event.action, 1)
    after = settle(ctx, round_, rules.retract(round_, ctx.actor.id, id_, moment(ctx, round_)))
    one = after.contribution(id_)
    text = ctx.words.say("It is taken back; nothing of it is kept.")
    if one is not None and one.message is not None:
        text = ctx.words.say("It is taken back here. Your own message in the thread is yours to delete; I never do.")
    again = one is not None and one.step in after.at_work
    answer_again = (button(ctx.words.label("Answer again"), "answer", after, one.step),) if one and again else ()
    return Replace(views.told(text, *answer_again))


# -- responding


def respond(ctx: Ctx, event: ButtonPressed) -> Answer:
    """Offers the answers, the one with the fewest responses first; the one whose button was pressed is filled in."""
    round_, parts = named(ctx, event.action)
    step = _responding(ctx, round_, parts)
    on_floor(round_, ctx.actor.id, step)
    answers = _to_respond_to(ctx, round_, step)
    asked = parts[1] if len(parts) > 1 else ""
    if asked and asked not in [one.id for one in answers]:
        raise UserMistake("This one cannot be responded to now. It may be your own, or its time may be over.")
    chosen = asked or answers[0].id
    return OpenForm(forms.respond(ctx.words, round_, step, answers, people_of(ctx, round_), chosen))


def responded(ctx: Ctx, event: FormSent) -> Answer:
    round_, parts = named(ctx, event.action)
    step = _step(ctx, round_, parts)
    answers = _to_respond_to(ctx, round_, step)
    form = forms.response_fields(ctx.words, [Choice(one.id, "") for one in answers])
    values, faults = checked(form, dict(event.values))
    if faults:
        raise FormMistake(faults)
    now = moment(ctx, round_)
    settle(
        ctx,
        round_,
        rules.contribute(
            round_, ctx.actor.id, step, ctx.new_id(), values.text("words"), now, to=values.text("to") or None
        ),
    )
    return Tell(views.thanks(ctx.words, round_))


def _responding(ctx: Ctx, round_: Round, parts: list[str]) -> int:
    """The step in which one responds: the button names it, or the one in which the answer was given."""
    step = int(parts[0]) if parts and parts[0].isdecimal() else -1
    return step if step in round_.at_work else rules.own_step(round_, ctx.actor.id)


def _to_respond_to(ctx: Ctx, round_: Round, step: int) -> list[SeenAnswer]:
    open_ = rules.to_respond_to(round_, ctx.actor.id, ctx.seed, step)
    seen = {one.id: one for at in {one.step for one in open_} for one in answers_seen(round_, at, ctx.actor.id)}
    found = [seen[one.id] for one in open_ if one.id in seen]
    if not found:
        raise UserMistake("There is nothing to respond to in this step. Write in the thread, or wait for the next one.")
    return found


# -- the rest


def pass_by(ctx: Ctx, event: ButtonPressed) -> Answer:
    round_, parts = named(ctx, event.action)
    return _pass(ctx, round_, _turn(ctx, round_, parts))


def pass_now(ctx: Ctx, round_: Round, _: str = "") -> Answer:
    return _pass(ctx, round_, _turn(ctx, round_, _as_button(ctx, round_)))


def _pass(ctx: Ctx, round_: Round, step: int) -> Answer:
    settle(ctx, round_, rules.pass_by(round_, ctx.actor.id, step, moment(ctx, round_)))
    return Tell(views.told(ctx.words.say("That is fine: passing is a full answer, and nobody hears of it.")))


def _as_button(ctx: Ctx, round_: Round) -> list[str]:
    """What the button of the step that is open now for this person would name."""
    step = rules.own_step(round_, ctx.actor.id)
    turns = step in round_.at_work and round_.steps[step].script.mode == "turns"
    return [str(step), *(["turn"] if turns else [])]


def need_time(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*I need more time*: for the holder half a turn more, else a wish."""
    round_, parts = named(ctx, event.action)
    return _more_time(ctx, round_, _turn(ctx, round_, parts))


def more_time_now(ctx: Ctx, round_: Round, _: str = "") -> Answer:
    return _more_time(ctx, round_, _turn(ctx, round_, _as_button(ctx, round_)))


def _more_time(ctx: Ctx, round_: Round, step: int) -> Answer:
    after = settle(ctx, round_, rules.need_time(round_, ctx.actor.id, step, moment(ctx, round_)))
    longer = after.steps[step].turn_due_at != round_.steps[step].turn_due_at
    if longer or after.steps[step].due_at != round_.steps[step].due_at:
        return Tell(views.told(ctx.words.say("You have it: there is more time now.")))
    return Tell(views.told(ctx.words.say("Noted. When more people need it, this step is open longer.")))


def later(ctx: Ctx, event: ButtonPressed) -> Answer:
    round_, parts = named(ctx, event.action)
    return _later(ctx, round_, _step(ctx, round_, parts))


def later_now(ctx: Ctx, round_: Round, _: str = "") -> Answer:
    return _later(ctx, round_, rules.own_step(round_, ctx.actor.id))


def _later(ctx: Ctx, round_: Round, step: int) -> Answer:
    settle(ctx, round_, rules.later(round_, ctx.actor.id, step, moment(ctx, round_)))
    return Tell(views.told(ctx.words.say("The word goes on, and comes back to you at the end.")))


def done(ctx: Ctx, event: ButtonPressed) -> Answer:
    round_, parts = named(ctx, event.action)
    return _done(ctx, round_, _step(ctx, round_, parts))


def done_now(ctx: Ctx, round_: Round, _: str = "") -> Answer:
    return _done(ctx, round_, rules.own_step(round_, ctx.actor.id))


def _done(ctx: Ctx, round_: Round, step: int) -> Answer:
    """*Done*; where an answer still waits for a first response, a word about that."""
    me = ctx.actor.id
    after = settle(ctx, round_, rules.say_done(round_, me, step, moment(ctx, round_)))
    alone = [one for one in rules.to_respond_to(after, me, ctx.seed, step) if not after.responses(one.id)]
    if not alone or not last_chance(after, step):
        return Tell(views.told(ctx.words.say("Noted. When everybody is done, the round goes on.")))
    text = ctx.words.count(
        "Noted. {n} answer has no response yet; would you give one?",
        "Noted. {n} answers have no response yet; would you give one?",
        len(alone),
    )
    return Tell(views.told(text, button(ctx.words.label("Respond"), "respond", after, step)))


def wish(ctx: Ctx, event: ButtonPressed) -> Answer:
    """An answer to *what would help?*"""
    round_, parts = named(ctx, event.action, 2)
    step = _step(ctx, round_, parts)
    wanted = cast("Literal['more_time', 'another_question', 'stop']", parts[1])
    if wanted == "another_question" and round_.facilitator == ctx.actor.id:
        return OpenForm(forms.reword(ctx.words, round_, step, people_of(ctx, round_)))
    settle(ctx, round_, rules.wish(round_, ctx.actor.id, step, wanted, moment(ctx, round_)))
    if round_.facilitator != ctx.actor.id:
        text = ctx.words.say("Thank you, that helps. Whoever holds the round hears it, without your name.")
    elif wanted == "stop":
        text = ctx.words.say("We stop here. What was said stays, and nobody did anything wrong.")
    else:
        text = ctx.words.say("The step is open longer now.")
    return Tell(views.told(text))
