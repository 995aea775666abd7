"""How a round goes from step to step, and how it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Literal

from bot.chat.chance import shuffled
from bot.rounds import keeping, turns
from bot.rounds.ballots import options, tally
from bot.rounds.facts import (
    FacilitatorAsked,
    FacilitatorMissed,
    RoleGiven,
    RoundCancelled,
    RoundFinished,
    RoundLapsed,
    TooFew,
    WrappingBegan,
)
from bot.rounds.floor import complete, enough, voices, waited_for
from bot.rounds.model import Asked, Changed, Now, Round, then
from bot.rounds.reveal import drop, needs_names, reveal, unrevealed
from bot.rounds.step_facts import (
    Fact,
    GraceBegan,
    NamesAsked,
    StepClosed,
    StepExtended,
    StepOpened,
    StepSkipped,
    VotesCounted,
)
from bot.rounds.step_run import Extension
from bot.rounds.timing import FACILITATOR, KEEP, NAMES, PURGE, TAKE_OVER, fair, grace, nudge_at, window


def open_step(round_: Round, step: int, now: Now) -> Changed:
    """Opens this step, or the next one for which there is somebody and something; wraps up behind the last."""
    if step >= len(round_.steps):
        return wrap(round_, now)
    round_ = decided(replace(round_, current=step))
    have, need = len(round_.speakers), round_.format.size.min
    if have < need:
        asked = ask_facilitator(round_, "too_few", now)
        until = asked[0].asked.until if asked[0].asked is not None else now.at
        return asked[0], (TooFew(round_.id, have, need, until, running=True), *asked[1])
    round_, facts = _give_roles(round_, step, now)
    run = round_.steps[step]
    people = waited_for(round_, step)
    if not people or (run.script.mode == "vote" and not options(round_, step)):
        run = run.stopped("skipped", now.at)
        skipped: Fact = StepSkipped(round_.id, step, run.script.key)
        return then((round_.with_step(step, run), (*facts, skipped)), lambda it: open_step(it, step + 1, now))
    due = fair(now.at + window(round_, run), people, now, round_.preset)
    nudged = run.script.mode in {"collect", "vote"}
    run = replace(run, state="open", opened_at=now.at, due_at=due, nudge_at=nudge_at(now.at, due) if nudged else None)
    opened: Fact = StepOpened(round_.id, step, run.script.key, due, people)
    so_far = round_.with_step(step, run), (*facts, opened)
    if run.script.mode == "turns":
        return then(so_far, lambda it: turns.begin_turns(it, step, now))
    if run.script.asks_to_keep:
        return then(so_far, lambda it: keeping.ask(it, due))
    return so_far


def _give_roles(round_: Round, step: int, now: Now) -> Changed:
    """Whoever this step names by a role is drawn by chance, unless somebody has it."""
    script = round_.steps[step].script
    facts: list[Fact] = []
    for role in round_.format.roles:
        named = f"{{{role.key}}}" in "".join(script.prompt.values()) or script.floor.endswith(f"role:{role.key}")
        free = [seat.person for seat in round_.seats if seat.person in round_.speakers and not seat.role]
        held = sum(seat.role == role.key for seat in round_.seats if seat.person in round_.speakers)
        for person in shuffled(free, now.seed)[: role.count - held] if named and held < role.count else ():
            seat = round_.seat(person)
            if seat is not None:
                round_ = round_.with_seat(replace(seat, role=role.key))
                facts.append(RoleGiven(round_.id, role.key, person))
    return round_, tuple(facts)


def settle(round_: Round, now: Now) -> Changed:
    """After anything that was said: closes the step when it is complete; wakes it when it had gone quiet.

    Also opens the next step when there are enough people again.
    """
    run = round_.step
    if round_.state != "running" or (run is not None and run.state == "revealing"):
        return round_, ()
    if run is None:
        enough_again = len(round_.speakers) >= round_.format.size.min
        return open_step(round_, round_.current, now) if enough_again else (round_, ())
    if complete(round_, round_.current):
        return close_step(round_, now)
    if round_.asked is not None and round_.asked.about == "quiet" and enough(round_, round_.current):
        return begin_grace(decided(round_), now)
    return turns.go_on(round_, round_.current, now)


def begin_grace(round_: Round, now: Now) -> Changed:
    """The time is over; what comes in during a tenth of it still counts."""
    step = round_.current
    run = round_.steps[step]
    until = now.at + grace(round_, run)
    run = replace(run, state="grace", due_at=until, nudge_at=None, holder=None, turn_due_at=None, turn_nudge_at=None)
    return round_.with_step(step, run), (GraceBegan(round_.id, step, until),)


def extend_step(round_: Round, longer: timedelta, why: Extension, now: Now) -> Changed:
    """Moves the step's end, from now on where that is over. A decision it waited for is made by this."""
    step = round_.current
    run = round_.steps[step]
    due = max(run.due_at, now.at) if run.due_at is not None and run.state == "open" else now.at
    due += longer
    if why != "facilitator":
        due = fair(due, waited_for(round_, step), now, round_.preset)
    # A step whose nudge has gone out gets no second one.
    nudge = nudge_at(run.opened_at, due) if run.nudge_at is not None and run.opened_at is not None else None
    extended = (*run.extended, why)
    run = replace(run, state="open", due_at=due, nudge_at=nudge, extended=extended)
    round_ = decided(round_.with_step(step, run))
    facts: tuple[Fact, ...] = (StepExtended(round_.id, step, due, why),)
    if run.script.mode == "turns" and run.turn_due_at is None and run.holder is None:
        return then((round_, facts), lambda it: turns.give_next(it, step, now))
    return round_, facts


def close_step(round_: Round, now: Now, *, ending: bool = False) -> Changed:
    """Reveals, counts, closes and opens the next step. `ending`: wraps up instead, and asks nobody for names."""
    step = round_.current
    facts: tuple[Fact, ...] = ()
    if needs_names(round_, step):
        if not ending:
            return _ask_names(round_, now)
        round_, facts = drop(round_, step, unnamed_only=False)
    return then((round_, facts), lambda it: _close(it, now, ending=ending))


def _ask_names(round_: Round, now: Now) -> Changed:
    step = round_.current
    authors = tuple(one.person for one in unrevealed(round_, step))
    until = fair(now.at + NAMES[round_.preset], authors, now, round_.preset)
    run = replace(round_.steps[step], state="revealing", due_at=until, nudge_at=None, asked_names=authors)
    round_ = decided(round_.with_step(step, run))
    return round_, (NamesAsked(round_.id, step, authors, until),)


def reveal_named(round_: Round, now: Now, *, ending: bool = False) -> Changed:
    """Shows the answers whose authors said yes to their names; the others are dropped."""
    dropped = drop(round_, round_.current, unnamed_only=True)
    return then(dropped, lambda it: _close(it, now, ending=ending))


def _close(round_: Round, now: Now, *, ending: bool) -> Changed:
    step = round_.current
    round_, facts = reveal(round_, step, now)
    run = round_.steps[step].stopped("closed", now.at)
    round_ = decided(round_.with_step(step, run))
    if run.script.vote is not None:
        round_ = _shuffle_votes(round_, step, now)
        facts += (VotesCounted(round_.id, step, tally(round_, step)),)
    facts += (StepClosed(round_.id, step, run.script.key, voices(round_, step)),)
    if run.script.asks_to_keep:
        round_, more = keeping.silence_is_no(round_)
        facts += more
    return then((round_, facts), lambda it: wrap(it, now) if ending else open_step(it, step + 1, now))


def _shuffle_votes(round_: Round, step: int, now: Now) -> Round:
    """The order of the votes would tell who wrote which words."""
    votes = {vote.person: vote for vote in round_.votes if vote.step == step}
    order = tuple(votes[person] for person in shuffled(votes, now.seed))
    return replace(round_, votes=(*(vote for vote in round_.votes if vote.step != step), *order))


def close_round(round_: Round, now: Now) -> Changed:
    """Ends the step that is open as usual, and wraps up."""
    run = round_.step
    if run is None:
        return wrap(round_, now)
    return reveal_named(round_, now, ending=True) if run.state == "revealing" else close_step(round_, now, ending=True)


def skip_step(round_: Round, now: Now) -> Changed:
    """Goes on without the step. What was said in it in public stays; what was private stays private."""
    step = round_.current
    run = round_.steps[step].stopped("skipped", now.at)
    round_ = decided(round_.with_step(step, run))
    skipped: Fact = StepSkipped(round_.id, step, run.script.key)
    return then((round_, (skipped,)), lambda it: open_step(it, step + 1, now))


def ask_facilitator(round_: Round, about: Literal["quiet", "too_few"], now: Now) -> Changed:
    """The round waits for a decision: of its facilitator, or of whoever takes over where nobody holds it."""
    if round_.facilitator is None:
        until = now.at + TAKE_OVER[round_.preset]
        return replace(round_, asked=Asked(about, until, missed=True)), (FacilitatorMissed(round_.id, None, until),)
    until = now.at + FACILITATOR[round_.preset]
    return replace(round_, asked=Asked(about, until)), (FacilitatorAsked(round_.id, about, round_.facilitator, until),)


def decided(round_: Round) -> Round:
    """The decision it waited for is made; somebody who holds the round may be looked for all the same."""
    return round_ if round_.asked is None or round_.asked.about == "facilitator" else replace(round_, asked=None)


def miss_facilitator(round_: Round, away: str | None, now: Now) -> Changed:
    """Looks for somebody who takes over."""
    about = round_.asked.about if round_.asked is not None else "facilitator"
    until = now.at + TAKE_OVER[round_.preset]
    return replace(round_, asked=Asked(about, until, missed=True)), (FacilitatorMissed(round_.id, away, until),)


def said_anything(round_: Round) -> bool:
    return any(one.visible for one in round_.contributions)


def wrap(round_: Round, now: Now) -> Changed:
    """Nothing more opens; authors are asked about what might be kept."""
    until = now.at + KEEP
    rest = tuple(run.stopped("skipped", None) if run.state == "waiting" else run for run in round_.steps)
    round_ = replace(
        round_,
        state="wrapping",
        steps=rest,
        current=len(rest),
        asked=None,
        offered_to=None,
        keep_until=until,
    )
    return then((round_, (WrappingBegan(round_.id, until),)), lambda it: keeping.ask(it, until))


def finish(round_: Round, now: Now) -> Changed:
    """Who has not said yes to keeping has said no."""
    over = end(replace(round_, state="done"), now)
    return then(over, lambda it: (it, (RoundFinished(it.id, it.format.id, it.topic),)))


def lapse(round_: Round, why: Literal["quiet", "paused"], now: Now) -> Changed:
    """Ended by silence, without blame. What was said stays with its authors for 30 days."""
    return then(end(replace(round_, state="lapsed"), now), lambda it: (it, (RoundLapsed(it.id, why),)))


def cancelled(round_: Round, why: Literal["asked", "too_few"], now: Now) -> Changed:
    """Stopped. Its authors choose what becomes of what they wrote."""
    return then(end(replace(round_, state="cancelled"), now), lambda it: (it, (RoundCancelled(it.id, why),)))


def end(round_: Round, now: Now) -> Changed:
    """Nothing is waited for any more, but the day when the rest is erased. Who has yet to say yes has said no."""
    steps = tuple(run if run.over else run.stopped("skipped", run.opened_at and now.at) for run in round_.steps)
    round_ = replace(
        round_,
        steps=steps,
        asked=None,
        offered_to=None,
        begins_at=None,
        keep_until=None,
        paused_at=None,
        paused_until=None,
        paused_from=None,
        ended_at=now.at,
        purge_at=now.at + PURGE,
    )
    return keeping.silence_is_no(round_)
