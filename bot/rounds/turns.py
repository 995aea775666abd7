"""The word goes round: one holder at a time, and nobody waits twice for the same person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.chat.chance import shuffled
from bot.rounds.floor import heard, lets_stand_in, stand_ins, waited_for
from bot.rounds.model import Changed, Round, then
from bot.rounds.now import Now
from bot.rounds.step_facts import Fact, StepExtended, TurnGiven, TurnPassedOn, WordOffered
from bot.rounds.step_run import Extension, StepRun
from bot.rounds.timing import fair, nudge_at

SILENCES = 2
"""After so many silent turns in a row the word is offered to whoever is ready."""


def begin_turns(round_: Round, step: int, now: Now) -> Changed:
    run = round_.steps[step]
    people = waited_for(round_, step)
    queue = people if run.script.order == "fixed" else shuffled(people, now.seed)
    if run.script.order == "newcomers_first":
        queue = tuple(sorted(queue, key=lambda person: now.rounds.get(person, 0)))
    return give_next(round_.with_step(step, replace(run, queue=queue)), step, now)


def give_next(round_: Round, step: int, now: Now) -> Changed:
    """The first in the queue gets the word; nobody holds it when the queue is empty.

    Who passed in advance stands in the queue until now, so that its length tells nobody who did.
    """
    run = replace(round_.steps[step], word_offered=False)
    people = waited_for(round_, step)
    queue = [one for one in run.queue if one in people and not heard(round_, step, one)]
    if not queue:
        run = replace(run, queue=(), holder=None, turn_due_at=None, turn_nudge_at=None)
        return round_.with_step(step, run), ()
    person, *queue = queue
    due = fair(now.at + run.script.turn(round_.preset), (person,), now, round_.preset)
    run = replace(
        run,
        holder=person,
        held=(*run.held, person),
        queue=tuple(queue),
        turn_due_at=due,
        turn_nudge_at=nudge_at(now.at, due),
    )
    return round_.with_step(step, run), (TurnGiven(round_.id, step, person, due),)


def go_on(round_: Round, step: int, now: Now) -> Changed:
    """Everybody who may speak there waits for the word, and nobody else does; where its holder has spoken or left, or
    somebody took it who was ready, it goes on.

    While the step waits for a decision, the word stays with whoever is ready; on hold and in grace nobody gets it.
    """
    run = round_.steps[step]
    if run.script.mode != "turns" or run.state not in {"open", "grace"}:
        return round_, ()
    people = waited_for(round_, step)
    spoke = [one for one in run.queue if one not in run.passed and heard(round_, step, one)]
    left = run.holder is not None and (run.holder not in people or heard(round_, step, run.holder))
    known = (run.holder, *run.queue, *run.held)
    late = (one for one in people if one not in known and not heard(round_, step, one))
    queue = (*(one for one in run.queue if one in people and one not in spoke), *late)
    taken = run.word_offered and bool(spoke) and run.due_at is not None
    run = replace(run, queue=queue, silent_turns=0 if left or taken else run.silent_turns)
    if left:
        run = replace(run, holder=None, turn_due_at=None, turn_nudge_at=None)
    round_ = round_.with_step(step, run)
    if run.holder is None and (taken or not run.word_offered) and (round_.state, run.state) == ("running", "open"):
        return give_next(round_, step, now)
    return round_, ()


def say_later(round_: Round, step: int, now: Now) -> Changed:
    """The holder's own wish: the word goes on and comes back once."""
    return _pass_on(round_, step, now, silent=False)


def silent_turn(round_: Round, step: int, now: Now) -> Changed:
    """The turn's time is over. The first time the word comes back at the end of the queue; then the seat stays open."""
    run = round_.steps[step]
    if run.word_offered:
        return give_next(round_, step, now)
    return _pass_on(round_, step, now, silent=True)


def _pass_on(round_: Round, step: int, now: Now, *, silent: bool) -> Changed:
    run = round_.steps[step]
    holder = run.holder
    if holder is None:
        return round_, ()
    silences = run.silent_turns + 1 if silent else 0
    queue = (*run.queue, holder) if may_come_back(run, holder) else run.queue
    run = replace(run, holder=None, queue=queue, silent_turns=silences)
    passed = round_.with_step(step, run), (TurnPassedOn(round_.id, step, holder),)
    if silences >= SILENCES and queue:
        return then(passed, lambda now_: offer_word(now_, step, now))
    return then(passed, lambda now_: give_next(now_, step, now))


def may_come_back(run: StepRun, person: str) -> bool:
    """Nobody gets the word more than twice."""
    return run.held.count(person) < 2


def offer_word(round_: Round, step: int, now: Now) -> Changed:
    """The word is for whoever is ready, as long as one turn lasts."""
    run = round_.steps[step]
    due = fair(now.at + run.script.turn(round_.preset), run.queue, now, round_.preset)
    run = replace(run, holder=None, word_offered=True, silent_turns=0, turn_due_at=due, turn_nudge_at=None)
    return round_.with_step(step, run), (WordOffered(round_.id, step, due),)


def offer_to_others(round_: Round, step: int, longer: timedelta, now: Now) -> Changed | None:
    """Whoever has the word for a role is silent: for so much longer it is for those who would say it instead.

    None where nobody could, or where it was so already.
    """
    run = round_.steps[step]
    if not lets_stand_in(round_, step) or "quiet" in run.extended or round_.answers(step):
        return None
    facts: tuple[Fact, ...] = () if run.holder is None else (TurnPassedOn(round_.id, step, run.holder),)
    extended: tuple[Extension, ...] = (*run.extended, "quiet")
    run = replace(
        run, holder=None, queue=(), word_offered=True, turn_due_at=None, turn_nudge_at=None, extended=extended
    )
    offered = round_.with_step(step, run)
    others = stand_ins(offered, step)
    if not others:
        return None
    due = fair(now.at + longer, others, now, round_.preset)
    more = StepExtended(round_.id, step, due, "quiet"), WordOffered(round_.id, step, due)
    return offered.with_step(step, replace(run, due_at=due)), (*facts, *more)


def may_speak(round_: Round, step: int, person: str) -> bool:
    """The holder; anybody who waits while the word is offered; who had the word and said nothing; all in grace."""
    run = round_.steps[step]
    if person in stand_ins(round_, step):
        return True
    if person not in waited_for(round_, step) or round_.answer_of(person, step) is not None:
        return False
    if person == run.holder or person in run.held or person in run.passed or run.state == "grace":
        return True
    return run.word_offered or not run.queue


def put_down(run: StepRun) -> StepRun:
    """Nobody holds the word while the step waits for a decision; whoever is ready may speak."""
    if run.script.mode != "turns":
        return run
    back = (run.holder,) if run.holder is not None and may_come_back(run, run.holder) else ()
    return replace(run, holder=None, queue=(*back, *run.queue), word_offered=True, turn_due_at=None, turn_nudge_at=None)
