"""How a round goes from step to step."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.rounds import course, forming, keeping, objections, turns
from bot.rounds.ballots import options
from bot.rounds.casting import bereft, floor_of, none_has
from bot.rounds.counting import count, give_to, hear_objections, nobody_took, passing_on, runner_up
from bot.rounds.course import Next, Place
from bot.rounds.ending import decided, wrap
from bot.rounds.floor import came_to_nothing, complete, enough, heard, lacking, short_side, voices, waited_for
from bot.rounds.model import Changed, Round, then
from bot.rounds.now import Now
from bot.rounds.opening import begin, beside, run_at
from bot.rounds.pausing import go_on, one_sided, park, parked_before, wait_for_voice, woken
from bot.rounds.reveal import drop, needs_names, reveal, unrevealed
from bot.rounds.step_facts import (
    Fact,
    GraceBegan,
    NamesAsked,
    StepClosed,
    StepExtended,
    StepSkipped,
    TurnPassedOn,
)
from bot.rounds.step_run import Longer
from bot.rounds.timing import NAMES, fair, grace, nudge_at, window


def open_step(round_: Round, step: int, now: Now) -> Changed:
    """Opens this step, or the next one for which there is somebody and something; wraps up behind the last."""
    if step >= len(round_.steps):
        return wrap(round_, now)
    round_, facts, over = begin(round_, step, now)
    return then((round_, facts), lambda it: _go_on(it, over, now))


def _go_on(round_: Round, over: tuple[int, ...], now: Now) -> Changed:
    """These steps are over: what comes after each of them begins, once where it comes after several."""
    facts: tuple[Fact, ...] = ()
    todo, begun = list(over), set[Place]()
    while todo and round_.state == "running":
        round_, more, following = _following(round_, todo.pop(0), now)
        facts += more
        if following == "end":
            return then((round_, facts), lambda it: wrap(it, now))
        if not isinstance(following, Place) or following in begun:
            round_ = beside(round_)
            continue
        begun.add(following)
        round_, step = run_at(round_, following)
        round_, more, ended = begin(round_, step, now)
        facts += more
        todo += ended
    return round_, facts


def _following(round_: Round, step: int, now: Now) -> tuple[Round, tuple[Fact, ...], Next]:
    """What comes after a step; when it was the last one of the last group, what comes after all of them."""
    run = round_.steps[step]
    following = course.after(round_, step)
    if run.group is None or (following != "done" and not round_.groups[run.group].over):
        return round_, (), following
    round_ = round_.with_group(run.group, replace(round_.groups[run.group], done=True))
    return _all_done(round_, course.base(round_, step), now)


def _all_done(round_: Round, first: int, now: Now) -> tuple[Round, tuple[Fact, ...], Next]:
    inside = course.block(round_, first) or (first,)
    if any(not round_.groups[number].done for number in forming.active(round_)):
        return round_, (), "waits"
    facts: list[Fact] = []
    for step in inside:
        run = round_.steps[step]
        if run.state == "split":
            round_ = round_.with_step(step, run.stopped("closed", now.at))
            said = sum(voices(round_, one) for one in course.runs(round_, step))
            facts.append(StepClosed(round_.id, step, run.script.key, said))
    return round_, tuple(facts), course.beyond(round_, inside[-1]) if facts else "waits"


# -- while it is open


def settle(round_: Round, now: Now) -> Changed:
    """After anything that was said: closes each step that is complete; wakes one that had gone quiet.

    Also opens the next step when there are enough people again, goes on where the second voice has come in, and ends a
    round that cannot go on.
    """
    if round_.seeking and short_side(round_) is None:
        return then(go_on(round_, now), lambda it: settle(it, now))
    if round_.state == "paused":
        for step in round_.at_work:
            round_, _ = turns.go_on(round_, step, now)
    if round_.state != "running":
        return round_, ()
    if cannot_go_on(round_):
        return close_round(round_, now)
    if one_sided(round_):
        return wait_for_voice(round_, now)
    if round_.step is None:
        return open_step(round_, round_.current, now) if lacking(round_) is None else (round_, ())
    changed = skip_steps(round_, _orphans(round_), now)
    for step in changed[0].at_work:
        changed = then(changed, lambda it, step=step: _settle_step(it, step, now))  # type: ignore[misc]
    return changed


def _settle_step(round_: Round, step: int, now: Now) -> Changed:
    run = round_.steps[step]
    heard_out = run.state == "objected" and not objections.open_ones(round_, step)
    if not (run.takes_answers or heard_out) or round_.state != "running":
        return round_, ()
    if heard_out:
        return close_step(round_, step, now)
    if complete(round_, step):
        return pass_role(round_, step, now) or close_step(round_, step, now)
    if round_.asked is not None and round_.asked.about == "quiet" and enough(round_, step):
        return begin_grace(decided(round_), step, now)
    return turns.go_on(round_, step, now)


def pass_role(round_: Round, step: int, now: Now) -> Changed | None:
    """Whoever has the word for a role says nothing: the next in the vote has it now, with a window of their own."""
    person, run = runner_up(round_, step), round_.steps[step]
    key, _ = floor_of(run.script)
    if person is None:
        return None
    due = fair(now.at + window(round_, run), (person,), now, round_.preset)
    silent = () if run.holder is None else (TurnPassedOn(round_.id, step, run.holder),)
    run = replace(run, state="open", due_at=due, holder=None, queue=(person,), silent_turns=0, turn_due_at=None)
    longer: Fact = StepExtended(round_.id, step, due, "quiet")
    changed = then((decided(round_.with_step(step, run)), silent), lambda it: give_to(it, key, person, now))
    changed = then(changed, lambda it: (it, (longer,)))
    return then(changed, lambda it: turns.give_next(it, step, now))


def cannot_go_on(round_: Round) -> bool:
    """Whether somebody is missing without whom it ends: a person it is about, or so many that too few are left."""
    size = round_.format.size
    few = len(round_.speakers) < size.min if size.below_side == "pause" else lacking(round_) is not None
    return bereft(round_) or (size.below == "close" and few)


def _orphans(round_: Round) -> tuple[int, ...]:
    """Steps that are open though whose lap it was has left, or the group that played it."""
    runs = ((step, round_.steps[step]) for step in round_.at_work)
    return tuple(
        step
        for step, run in runs
        if course.lost_lap(round_, step) or (run.group is not None and round_.groups[run.group].over)
    )


def begin_grace(round_: Round, step: int, now: Now) -> Changed:
    """The time is over; what comes in during a tenth of it still counts."""
    run = round_.steps[step]
    until = now.at + grace(round_, run)
    run = replace(run, state="grace", due_at=until, nudge_at=None, holder=None, turn_due_at=None, turn_nudge_at=None)
    return round_.with_step(step, run), (GraceBegan(round_.id, step, until),)


def extend_step(round_: Round, step: int, longer: timedelta, why: Longer, now: Now) -> Changed:
    """Moves the step's end, from now on where that is over. A decision it waited for is made by this."""
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


# -- closing


def close_step(round_: Round, step: int, now: Now, *, ending: bool = False) -> Changed:
    """Reveals, counts, closes and opens what comes next. `ending`: opens nothing, and asks nobody for names."""
    facts: tuple[Fact, ...] = ()
    if nobody_took(round_, step) and not ending and not parked_before(round_, step):
        return park(round_, step, now)
    if objections.asks_for_talk(round_, step) and not ending:
        return hear_objections(round_, step, now)
    if needs_names(round_, step):
        if not ending:
            return _ask_names(round_, step, now)
        round_, facts = drop(round_, step, unnamed_only=False)
    return then((round_, facts), lambda it: _close(it, step, now, ending=ending))


def claim_again(round_: Round, role: str, now: Now) -> Changed:
    """While the round is wrapped up the last one left who had taken it on: the others are asked anew."""
    claims = (
        step
        for step, run in enumerate(round_.steps)
        if run.state == "closed" and run.script.vote is not None and run.script.vote.kind == "claim"
        if role in options(round_, step) and nobody_took(round_, step)
    )
    step = max(claims, default=None)
    if step is None or round_.state != "wrapping":
        return round_, ()
    for each in options(round_, step):
        round_ = none_has(round_, each)
    again = Place(course.base(round_, step), attempt=round_.steps[step].attempt + 1)
    round_, number = run_at(replace(round_, state="running", keep_until=None), again)
    return open_step(round_, number, now)


def _ask_names(round_: Round, step: int, now: Now) -> Changed:
    authors = tuple(one.person for one in unrevealed(round_, step))
    until = fair(now.at + NAMES[round_.preset], authors, now, round_.preset)
    run = replace(round_.steps[step], state="revealing", due_at=until, nudge_at=None, asked_names=authors)
    round_ = decided(round_.with_step(step, run))
    return round_, (NamesAsked(round_.id, step, authors, until),)


def reveal_named(round_: Round, step: int, now: Now, *, ending: bool = False) -> Changed:
    """Shows the answers whose authors said yes to their names; the others are dropped."""
    dropped = drop(round_, step, unnamed_only=True)
    return then(dropped, lambda it: _close(it, step, now, ending=ending))


def _close(round_: Round, step: int, now: Now, *, ending: bool) -> Changed:
    round_, facts = reveal(round_, step, now)
    counted = round_.steps[step].counted
    run = round_.steps[step].stopped("closed", now.at)
    round_ = decided(round_.with_step(step, run))
    if run.script.vote is not None and not counted:
        round_, more = count(round_, step, now)
        facts += more
    if (role := passing_on(round_, step)) is not None:
        round_ = none_has(round_, role.key)
    facts += (StepClosed(round_.id, step, run.script.key, voices(round_, step)),)
    if run.script.asks_to_keep:
        round_, more = keeping.silence_is_no(round_)
        facts += more
    if came_to_nothing(round_, step) and not ending:
        return then((round_, facts), lambda it: close_round(it, now))
    if ending:
        return round_, facts
    return then((_lap_comes_last(round_, step), facts), lambda it: _go_on(it, (step,), now))


def _lap_comes_last(round_: Round, step: int) -> Round:
    """Whose lap it is said nothing when it began: the others have theirs first, once."""
    run, first = round_.steps[step], course.base(round_, step)
    goes_round = next((role for role in round_.format.roles if role.filled_by == "lap" and not role.rest), None)
    if goes_round is None or goes_round.if_silent != "last" or not run.lap or first != course.lap(round_, first)[0]:
        return round_
    whose, same = run.lap, [round_.steps[other] for other in course.runs(round_, first)]
    before = any(whose in other.later for other in same if other.group == run.group)
    said = heard(round_, step, whose) or any(one.person == whose for one in round_.answers(step))
    if before or said or not course.next_lap(round_, first, run.group):
        return round_
    round_ = round_.with_step(step, replace(run, lap=course.NOBODYS, later=(*run.later, whose)))
    if run.group is None:
        return replace(round_, ring=(*(one for one in round_.ring if one != whose), whose))
    group = round_.groups[run.group]
    return round_.with_group(run.group, replace(group, members=(*group.without(whose), whose)))


def close_round(round_: Round, now: Now) -> Changed:
    """Ends the steps that are open as usual, and wraps up."""
    return then(close_open(round_, now), lambda it: wrap(it, now))


def close_open(round_: Round, now: Now) -> Changed:
    """Ends the steps that are open as usual, also those of a round that waits for a second voice; opens nothing."""
    round_ = woken(round_) if round_.seeking else round_
    facts: tuple[Fact, ...] = ()
    for step in round_.at_work:
        over = reveal_named if round_.steps[step].state == "revealing" else close_step
        round_, more = over(round_, step, now, ending=True)
        facts += more
    split = (run.stopped("closed", now.at) if run.state == "split" else run for run in round_.steps)
    return replace(round_, steps=tuple(split)), facts


def skip_steps(round_: Round, steps: tuple[int, ...], now: Now) -> Changed:
    """Goes on without these. What was said in them in public stays; what was private stays private; a vote that is
    counted, and waited for what becomes of an objection, is closed.
    """
    facts: tuple[Fact, ...] = ()
    for step in steps:
        run = round_.steps[step]
        round_ = decided(round_.with_step(step, run.stopped("closed" if run.counted else "skipped", now.at)))
        closed = StepClosed(round_.id, step, run.script.key, voices(round_, step))
        facts += (closed if run.counted else StepSkipped(round_.id, step, run.script.key),)
    return then((round_, facts), lambda it: _go_on(it, steps, now))
