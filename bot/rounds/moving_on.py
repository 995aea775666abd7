"""What time does to a round."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.rounds import asking_in, chairs, ending, holding, inviting, left_behind, objections, pausing, steps, turns
from bot.rounds.casting import reaching_out
from bot.rounds.counting import discreet, nobody_took, passing_on
from bot.rounds.facts import Purged
from bot.rounds.floor import came_to_nothing, enough, heard, last_chance, silent_sides, unanswered, voices, waited_for
from bot.rounds.model import Changed, Round
from bot.rounds.now import Now
from bot.rounds.said import Contribution
from bot.rounds.step_facts import (
    ChairOffered,
    Fact,
    NudgeDue,
    RoleSilent,
    SideQuiet,
    StepExtended,
    TurnGiven,
    Unanswered,
    WentQuiet,
    WordOffered,
)
from bot.rounds.step_run import Timer
from bot.rounds.task import LIGHT, Task
from bot.rounds.timing import LATE, STALE_NUDGE, after_downtime, half, on_a_day_off, still_fair, waking


def move_on(round_: Round, now: Now) -> Changed:
    """Does everything that is due by now, in order. Nothing where nothing is due."""
    facts: tuple[Fact, ...] = ()
    while (timers := round_.timers) and timers[0].at <= now.at:
        round_, more = _came_due(round_, timers[0], now)
        facts += more
    return round_, facts


def _came_due(round_: Round, timer: Timer, now: Now) -> Changed:
    seeks = round_.seeking and round_.paused_until == timer.at
    if (timer.kind in {"turn", "step", "reveal", "facilitator", "keep"} or seeks) and _was_down(round_, timer, now):
        return _after_downtime(round_, timer, now)
    if timer.step < 0:
        return _round_due(round_, timer, now)
    match timer.kind:
        case "nudge" | "turn_nudge":
            return _nudge(round_, timer, now)
        case "turn":
            return _turn_due(round_, timer.step, now)
        case "step":
            return _step_due(round_, timer.step, now)
        case "grace":
            return _grace_due(round_, timer, now)
        case _:
            return steps.reveal_named(round_, timer.step, now)


def _round_due(round_: Round, timer: Timer, now: Now) -> Changed:
    match timer.kind:
        case "start":
            return inviting.start_due(round_, now)
        case "facilitator":
            return _facilitator_due(round_, now)
        case "pause":
            return _pause_over(round_, timer, now)
        case "keep":
            return ending.finish(round_, now)
        case "words":
            return left_behind.let_words_go(round_, now)
        case _:
            return _purge(round_, now)


def _pause_over(round_: Round, timer: Timer, now: Now) -> Changed:
    if round_.paused_until != timer.at:
        return ending.lapse(round_, "paused", now)
    return pausing.nobody_found(round_, now) if round_.seeking else holding.run_on(round_, now)


def _was_down(round_: Round, timer: Timer, now: Now) -> bool:
    return now.at - timer.at > LATE[round_.preset]


def _after_downtime(round_: Round, timer: Timer, now: Now) -> Changed:
    """While nobody was there to take answers, nobody could give them: so there is some time left."""
    until = after_downtime(round_, now)
    if timer.kind == "keep":
        return replace(round_, keep_until=until), ()
    if timer.kind == "facilitator":
        return replace(round_, asked=round_.asked and replace(round_.asked, until=until)), ()
    if timer.kind == "pause":
        return replace(round_, paused_until=until), ()
    step = timer.step
    run = round_.steps[step]
    if timer.kind == "turn":
        longer: Fact = WordOffered(round_.id, step, until)
        if run.holder is not None:
            longer = TurnGiven(round_.id, step, run.holder, until)
        return round_.with_step(step, replace(run, turn_due_at=until, turn_nudge_at=None)), (longer,)
    run = replace(run, due_at=until, nudge_at=None, extended=(*run.extended, "downtime"))
    return round_.with_step(step, run), (StepExtended(round_.id, step, until, "downtime"),)


def _turn_due(round_: Round, step: int, now: Now) -> Changed:
    """A turn was silent."""
    if discreet(round_, step):
        return round_.with_step(step, replace(round_.steps[step], turn_due_at=None, turn_nudge_at=None)), ()
    longer = half(round_, round_.steps[step])
    instead = steps.pass_role(round_, step, now) or turns.offer_to_others(round_, step, longer, now)
    return instead or turns.silent_turn(round_, step, now)


def _nudge(round_: Round, timer: Timer, now: Now) -> Changed:
    step = timer.step
    run = round_.steps[step]
    if timer.kind == "nudge":
        people = tuple(person for person in waited_for(round_, step) if not heard(round_, step, person))
        due = run.due_at
        run = replace(run, nudge_at=None)
    else:
        people = (run.holder,) if run.holder is not None else ()
        due = run.turn_due_at
        run = replace(run, turn_nudge_at=None)
    round_ = round_.with_step(step, run)
    if timer.kind == "nudge" and run.script.mode in {"open", "turns"}:
        late = due is None or now.at - timer.at > STALE_NUDGE[round_.preset]
        return round_, () if late else asking_in.offered(round_, step)
    if run.script.mode == "groups" and voices(round_, step):
        return round_, ()  # they have begun
    if not people or due is None or now.at - timer.at > STALE_NUDGE[round_.preset]:
        return round_, ()
    if (after := on_a_day_off(people, now)) is not None:
        later = after if after < due else None
        waits = replace(run, nudge_at=later) if timer.kind == "nudge" else replace(run, turn_nudge_at=later)
        return round_.with_step(step, waits), ()
    return round_, (NudgeDue(round_.id, step, people, due),)


def _step_due(round_: Round, step: int, now: Now) -> Changed:
    run = round_.steps[step]
    if (until := still_fair(round_, run, _silent_since_it_opened(round_, step), now)) is not None:
        run = replace(run, due_at=until, extended=(*run.extended, "hours"))
        return round_.with_step(step, run), (StepExtended(round_.id, step, until, "hours"),)
    if passing_on(round_, step) is not None and run.turn_due_at is not None and run.turn_due_at > now.at:
        return steps.extend_step(round_, step, run.turn_due_at - now.at, "people", now)
    if (passed := steps.pass_role(round_, step, now)) is not None:
        return passed
    if (offered := turns.offer_to_others(round_, step, half(round_, run), now)) is not None:
        return offered
    if not enough(round_, step) and not nobody_took(round_, step):
        if "quiet" not in run.extended:
            round_, facts = steps.extend_step(round_, step, half(round_, run), "quiet", now)
            return round_, (*_quiet(round_, step, now), *facts)
        if round_.at_work == (step,) and not came_to_nothing(round_, step):
            return _wait_for_decision(round_, step, now)
    waiting = unanswered(round_, step) if last_chance(round_, step) else ()
    if waiting and "unanswered" not in run.extended:
        round_, facts = steps.extend_step(round_, step, half(round_, run), "unanswered", now)
        ids = tuple(one.id for one in waiting)
        return round_, (Unanswered(round_.id, step, ids, _due(round_, step)), *facts)
    return steps.begin_grace(round_, step, now)


def _quiet(round_: Round, step: int, now: Now) -> tuple[Fact, ...]:
    """Who has to hear that a step is quiet: everybody, or somebody who can help quietly."""
    due = _due(round_, step)
    if discreet(round_, step):
        return (RoleSilent(round_.id, step, due),)
    if round_.answers(step) and silent_sides(round_, step):
        return (SideQuiet(round_.id, step, reaching_out(round_), due),)
    asked_in = chairs.could_come_in(round_, step, now)
    offered = (ChairOffered(round_.id, step, asked_in),) if asked_in else ()
    return (WentQuiet(round_.id, step, due), *offered)


def _silent_since_it_opened(round_: Round, step: int) -> tuple[str, ...]:
    """Whose answer it has waited for since it opened."""
    came_in = {seat.person for seat in round_.seats if seat.joined_step == round_.current}
    return tuple(one for one in waited_for(round_, step) if one not in came_in and not heard(round_, step, one))


def _due(round_: Round, step: int) -> datetime:
    return round_.steps[step].due_at or round_.created_at


def _wait_for_decision(round_: Round, step: int, now: Now) -> Changed:
    """Quiet twice: what becomes of the step is for people to say. Whoever still answers is welcome meanwhile."""
    run = replace(turns.put_down(round_.steps[step]), due_at=None, nudge_at=None)
    return ending.ask_facilitator(round_.with_step(step, run), "quiet", now)


def _grace_due(round_: Round, timer: Timer, now: Now) -> Changed:
    """Closes. A reveal that is late because nobody was there waits for the facilitator's waking hours."""
    run = round_.steps[timer.step]
    if run.script.mode == "collect" and round_.preset == "async" and _was_down(round_, timer, now):
        opens = waking(now.hours.get(round_.facilitator or ""), now.at)
        if opens > now.at:
            return round_.with_step(timer.step, replace(run, due_at=opens)), ()
    return steps.close_step(round_, timer.step, now)


def _facilitator_due(round_: Round, now: Now) -> Changed:
    """Nobody decided. First somebody is looked for; then the round does what is safe."""
    asked = round_.asked
    if asked is None:
        return round_, ()
    if not asked.missed:
        return ending.miss_facilitator(round_, round_.facilitator, now)
    if asked.about == "facilitator":
        return replace(round_, asked=None), ()  # no decision is needed: the clock is kept all the same
    if asked.about == "objection" and (step := objections.waiting(round_)) is not None:
        return steps.close_step(round_, step, now)
    if ending.said_anything(round_):
        return steps.close_round(round_, now)
    return ending.lapse(round_, "quiet", now)


def _purge(round_: Round, now: Now) -> Changed:
    """Erases what was never shown, and whose vote was whose; of a private round all that its people do not keep.

    A draft nobody sent out is let go.
    """
    private = round_.format.place == "private"
    erased = tuple(
        one if one.removed or _stays(one, private) else replace(one, body="", fields=(), removed=True)
        for one in round_.contributions
    )
    votes = tuple(replace(vote, person=vote.person if vote.named else "") for vote in round_.votes)
    if private:
        votes = tuple(replace(vote, words="") for vote in votes)
        round_ = replace(round_, tasks=tuple(_left_of(task) for task in round_.tasks if task.kind not in LIGHT))
    state, ended = ("cancelled", now.at) if round_.state == "draft" else (round_.state, round_.ended_at)
    round_ = replace(round_, state=state, ended_at=ended, contributions=erased, votes=votes, purge_at=None)
    return round_, (Purged(round_.id),)


def _left_of(task: Task) -> Task:
    """What somebody took up in private keeps its owner and its date."""
    return replace(task, words="") if task.kind == "objection" else task


def _stays(one: Contribution, private: bool) -> bool:
    return one.visible and (one.kept or not private)
