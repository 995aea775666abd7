"""What else one can do in a step: pass, speak later, ask for time, be done, vote, and answer what only authors can."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import Literal

from bot.errors import UserMistake
from bot.rounds import holding, keeping, steps, turns
from bot.rounds.ballots import may_pick, options, room
from bot.rounds.casting import must_be_free
from bot.rounds.counting import stand_in
from bot.rounds.facts import RoleGiven
from bot.rounds.floor import heard, waited_for
from bot.rounds.forming import cast
from bot.rounds.left_behind import remove
from bot.rounds.model import Changed, Round, then
from bot.rounds.now import Now
from bot.rounds.said import Vote
from bot.rounds.speaking import LONGEST, goes_on, on_floor
from bot.rounds.step_facts import (
    AskedForTime,
    Fact,
    Passed,
    Revealed,
    SaidDone,
    TurnPassedOn,
    Voted,
    Wished,
)
from bot.rounds.step_rules import VoteRule
from bot.rounds.timing import half, nudge_at

EXTENDING = 2
"""So many people (or a third of them) who need more time extend a step."""


def pass_by(round_: Round, person: str, step: int, now: Now) -> Changed:
    """Passing: a full answer. Takes the place of an answer or a vote given before."""
    run = on_floor(round_, person, step)
    if person in run.passed:
        return round_, ()
    facts: tuple[Fact, ...] = (Passed(round_.id, step, person),)
    if run.script.mode == "collect":
        before = round_.answer_of(person, step)
        if before is not None:
            round_, facts = then((round_, facts), lambda it: remove(it, before))
    round_ = _unvoted(round_, person, step)
    run = round_.steps[step]
    round_ = round_.with_step(step, replace(run, passed=(*run.passed, person)))
    if run.holder == person:
        facts += (TurnPassedOn(round_.id, step, person),)
    return then((round_, facts), lambda it: steps.settle(it, now))


def _unvoted(round_: Round, person: str, step: int) -> Round:
    """Without their vote there, and what they claimed by it."""
    before, rule = round_.vote_of(person, step), round_.steps[step].script.vote
    if before is None or rule is None:
        return round_
    round_ = replace(round_, votes=tuple(vote for vote in round_.votes if vote is not before))
    seat = round_.seat(person)
    claimed = rule.kind == "claim" and seat is not None and seat.role in before.picks
    return cast(round_, person, "") if claimed else round_


def later(round_: Round, person: str, step: int, now: Now) -> Changed:
    """The holder would rather speak later: to the end of the queue, once."""
    run = on_floor(round_, person, step)
    if run.holder != person:
        raise UserMistake("It is not your turn now. You are asked when it is.")
    if person in run.later or not turns.may_come_back(run, person):
        raise UserMistake("The word has come back to you already. Say something short, or pass: that is a full answer.")
    if all(heard(round_, step, other) for other in run.queue):
        raise UserMistake("Nobody waits behind you. Ask for more time, or pass: that is a full answer.")
    round_ = round_.with_step(step, replace(run, later=(*run.later, person)))
    return turns.say_later(round_, step, now)


def need_time(round_: Round, person: str, step: int, now: Now) -> Changed:
    """Half a turn more for the holder; from others a wish that extends the step once two people or a third have it."""
    run = on_floor(round_, person, step)
    if person in run.more_time:
        return round_, ()
    run = replace(run, more_time=(*run.more_time, person))
    if run.holder == person and run.turn_due_at is not None:
        due = run.turn_due_at + run.script.turn(round_.preset) / 2
        run = replace(run, turn_due_at=due, turn_nudge_at=run.turn_nudge_at and nudge_at(now.at, due))
        return round_.with_step(step, run), (AskedForTime(round_.id, step, person, due),)
    round_ = round_.with_step(step, run)
    facts: tuple[Fact, ...] = (AskedForTime(round_.id, step, person, None),)
    needed = min(EXTENDING, ceil(len(waited_for(round_, step)) / 3))
    if len(run.more_time) >= needed and "people" not in run.extended:
        return then((round_, facts), lambda it: steps.extend_step(it, step, half(it, run), "people", now))
    return round_, facts


def say_done(round_: Round, person: str, step: int, now: Now) -> Changed:
    """*Done* in an `open` step, or in a group."""
    run = on_floor(round_, person, step)
    if not run.script.open_floor:
        raise UserMistake("This step closes by itself when everybody has answered. Answer, or pass.")
    if person in run.done:
        return round_, ()
    round_ = round_.with_step(step, replace(run, done=(*run.done, person)))
    return then((round_, (SaidDone(round_.id, step, person),)), lambda it: steps.settle(it, now))


def wish(
    round_: Round, person: str, step: int, wanted: Literal["more_time", "another_question", "stop"], now: Now
) -> Changed:
    """An answer to text `quiet`. *Stop here* by the facilitator closes the round; others' wishes go to them."""
    goes_on(round_)
    if person != round_.facilitator:
        on_floor(round_, person, step)
    elif round_.state != "running" or step not in round_.at_work:
        raise UserMistake("This step is over. Look in the round's thread for what is open now.")
    elif wanted == "stop":
        return steps.close_round(round_, now)
    elif wanted == "more_time" and round_.steps[step].takes_answers:
        return _give_time(round_, person, step, now)
    if wanted == "more_time":
        return need_time(round_, person, step, now)
    return round_, (Wished(round_.id, step, wanted),)


def _give_time(round_: Round, person: str, step: int, now: Now) -> Changed:
    """Half of its time more, by the facilitator; once, or whenever the step waits for them to decide."""
    run = round_.steps[step]
    if run.due_at is not None and person in run.more_time:
        return round_, ()
    wished = run.more_time if person in run.more_time else (*run.more_time, person)
    round_ = round_.with_step(step, replace(run, more_time=wished))
    return holding.extend(round_, person, half(round_, run).total_seconds() / 3600, now)


def answer_names(round_: Round, person: str, step: int, yes: bool, now: Now) -> Changed:
    """Too few anonymous answers: whether this author's may be shown with their name."""
    goes_on(round_)
    run = round_.steps[step] if 0 <= step < len(round_.steps) else None
    if round_.state != "running" or run is None or person not in run.asked_names:
        raise UserMistake("This step is over. Look in the round's thread for what is open now.")
    one = round_.answer_of(person, step)
    if one is not None:
        round_ = round_.with_contribution(replace(one, named=yes, withdrawn=not yes))
    left = tuple(other for other in run.asked_names if other != person)
    round_ = round_.with_step(step, replace(run, asked_names=left))
    return (round_, ()) if left else steps.reveal_named(round_, step, now)


def settle_only(
    round_: Round, person: str, contribution: str, choice: Literal["keep", "post", "drop"], now: Now
) -> Changed:
    """What becomes of an only answer: kept for its author, shown to all as their own words, or dropped."""
    one = keeping.own(round_, person, contribution)
    run = round_.steps[one.step]
    if one.revealed_at is not None or not one.counts or not run.over or run.script.reveal == "none":
        raise UserMistake("This has been settled already.")
    if choice == "drop":
        return remove(round_, one)
    if choice == "keep":
        return round_.with_contribution(replace(one, withdrawn=True)), ()
    if round_.ended:
        raise UserMistake("This round is over. Post it in the channel yourself if you want to share it.")
    shown = replace(one, revealed_at=now.at, named=True)
    return round_.with_contribution(shown), (Revealed(round_.id, one.step, (one.id,)),)


def answer_keep(
    round_: Round,
    person: str,
    contribution: str,
    answer: Literal["yes", "unnamed", "no"],
    now: Now,
    *,
    words: str = "",
) -> Changed:
    """The author's answer to text `keep_consent`. `words`: how they say it rather. A yes may become a no."""
    answered = keeping.answer(round_, person, contribution, answer, words=words)
    return then(answered, lambda it: steps.settle(it, now))


def vote(
    round_: Round, person: str, step: int, picks: tuple[str, ...], now: Now, *, words: str = "", named: bool = False
) -> Changed:
    """Votes, or votes again instead. `words` and `named`: what somebody adds to a concern or objection."""
    run = on_floor(round_, person, step)
    rule = run.script.vote
    if rule is None:
        raise UserMistake("There is nothing to vote on in this step. Answer in your own words.")
    _check(round_, person, step, rule, picks)
    if len(words) > LONGEST:
        raise UserMistake("That is too long. Say it in at most {most} characters.", most=LONGEST)
    consent = rule.kind == "consent"
    ballot = Vote(step, person, picks, words.strip() if consent else "", named and consent)
    if ballot == round_.vote_of(person, step):
        return round_, ()
    others = tuple(one for one in round_.votes if (one.person, one.step) != (person, step))
    round_ = replace(round_, votes=(*others, ballot))
    run = replace(run, passed=tuple(one for one in run.passed if one != person))
    facts: tuple[Fact, ...] = (Voted(round_.id, step, person),)
    round_ = round_.with_step(step, run)
    if rule.kind == "claim":
        round_, more = then(_claim(round_, person, picks[0]), lambda it: stand_in(it, picks[0], now))
        facts += more
    return then((round_, facts), lambda it: steps.settle(it, now))


def _check(round_: Round, person: str, step: int, rule: VoteRule, picks: tuple[str, ...]) -> None:
    known = may_pick(round_, step, person)
    if not picks or any(pick not in known for pick in picks):
        if any(pick in options(round_, step) for pick in picks):
            raise UserMistake("In this step nobody picks their own. Pick somebody else's.")
        raise UserMistake("Pick from the options of this step.")
    dots = rule.per_person if rule.kind == "dots" else 1
    if len(picks) > dots:
        raise UserMistake(
            "You can pick {dots} here, and this is {picked}. Take some away.", dots=dots, picked=len(picks)
        )
    if rule.kind == "claim":
        must_be_free(round_, person, picks[0])
        taken = {one.person for one in round_.votes if one.step == step and picks[0] in one.picks}
        taken |= {seat.person for seat in round_.seats if seat.role == picks[0]}
        if len(taken - {person}) >= room(round_, step, picks[0]):
            raise UserMistake("Somebody was just before you. Pick something that is still free.")


def _claim(round_: Round, person: str, pick: str) -> Changed:
    """A role that is claimed is taken at once; who would rather be one of the rest has none."""
    role = round_.format.role(pick)
    if role is None:
        return round_, ()
    if role.rest:
        return cast(round_, person, ""), ()
    return cast(round_, person, pick), (RoleGiven(round_.id, pick, person),)
