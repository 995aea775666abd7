"""Voting: by a form for dots, choices, marks and roles, by three buttons for consent."""

from __future__ import annotations

from bot.chat.answers import Answer, OpenForm, Tell
from bot.chat.events import ButtonPressed, FormSent
from bot.chat.forms import check, checked
from bot.chat.messages import Choice
from bot.errors import FormMistake, UserMistake
from bot.rounds import forms, rules, views
from bot.rounds.announcing import settle
from bot.rounds.audience import chooses
from bot.rounds.finding import Ctx, moment, named, number, people_of
from bot.rounds.model import Round
from bot.rounds.prompts import consent_buttons
from bot.rounds.speaking import on_floor
from bot.rounds.step_rules import VoteRule


def _rule(ctx: Ctx, round_: Round, parts: list[str]) -> tuple[int, VoteRule]:
    """The step a ballot belongs to, which must be open, and how it votes."""
    step = number(parts[0])
    if step < len(round_.steps) and round_.steps[step].state == "split":
        step = rules.own_step(round_, ctx.actor.id)
    rule = on_floor(round_, ctx.actor.id, step).script.vote
    if rule is None:
        raise UserMistake("There is nothing to vote on in this step. Answer in your own words.")
    if not rules.may_pick(round_, step, ctx.actor.id):
        raise UserMistake("There is nothing here yet that you could pick. Propose something yourself, or pass.")
    return step, rule


def vote(ctx: Ctx, event: ButtonPressed) -> Answer:
    """Opens the ballot, filled in with the vote given before."""
    round_, parts = named(ctx, event.action, 1)
    step, rule = _rule(ctx, round_, parts)
    if rule.kind == "consent":
        return Tell(views.told(ctx.words.say("What do you say?"), *consent_buttons(ctx.words, round_, step)))
    before = round_.vote_of(ctx.actor.id, step)
    picked = before.picks if before else ()
    options = rules.may_pick(round_, step, ctx.actor.id)
    people, me = people_of(ctx, round_), ctx.actor.id
    return OpenForm(forms.vote(ctx.words, round_, step, rule, options, people, picked, me))


def voted(ctx: Ctx, event: FormSent) -> Answer:
    round_, parts = named(ctx, event.action, 1)
    step, rule = _rule(ctx, round_, parts)
    options = [Choice(each, "") for each in rules.may_pick(round_, step, ctx.actor.id)]
    fields = forms.vote_fields(ctx.words, rule, "", options)
    values, faults = checked(fields, dict(event.values))
    if faults:
        raise FormMistake(faults)
    picks = tuple(pick for field in fields if (pick := values.text(field.name)))
    return _thanks(ctx, settle(ctx, round_, rules.vote(round_, ctx.actor.id, step, picks, moment(ctx, round_))), step)


def ballot(ctx: Ctx, event: ButtonPressed) -> Answer:
    """One of the three ways to consent; a concern or an objection may come with words."""
    round_, parts = named(ctx, event.action, 2)
    step, _ = _rule(ctx, round_, parts)
    kind = parts[1]
    if kind != "fine":
        return OpenForm(forms.objection(ctx.words, round_, step, kind, people_of(ctx, round_)))
    return _thanks(ctx, settle(ctx, round_, rules.vote(round_, ctx.actor.id, step, (kind,), moment(ctx, round_))), step)


def objected(ctx: Ctx, event: FormSent) -> Answer:
    round_, parts = named(ctx, event.action, 2)
    step, _ = _rule(ctx, round_, parts)
    kind = parts[1]
    values, faults = check(forms.objection(ctx.words, round_, step, kind, {}), dict(event.values))
    if faults:
        raise FormMistake(faults)
    words, with_name = values.text("words"), values.text("named") == "yes"
    changed = rules.vote(
        round_, ctx.actor.id, step, (kind,), moment(ctx, round_), words=words, named=with_name
    )  # fmt: skip
    return _thanks(ctx, settle(ctx, round_, changed), step)


def _thanks(ctx: Ctx, round_: Round, step: int) -> Answer:
    """To whoever has voted; the last vote of all may have closed the step."""
    say = ctx.words.say
    match chooses(round_, round_.steps[step].script), round_.steps[step].takes_answers:
        case True, True:
            text = say("Noted. Until the step closes you can choose otherwise.")
        case True, False:
            text = say("Noted.")
        case False, True:
            text = say("Your vote is in. Until the step closes you can vote again instead.")
        case _:
            text = say("Your vote is in.")
    return Tell(views.told(text))
