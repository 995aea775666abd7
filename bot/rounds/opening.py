"""How a step begins: with everybody, in somebody's lap, or in every group."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.chance import shuffled
from bot.rounds import bringing, course, forming, keeping, turns
from bot.rounds.ballots import options
from bot.rounds.casting import asked_role, fill
from bot.rounds.course import Place
from bot.rounds.ending import ask_facilitator, decided
from bot.rounds.facts import TooFew
from bot.rounds.floor import lacking, waited_for
from bot.rounds.guards import holds
from bot.rounds.model import Changed, Round, then
from bot.rounds.now import Now
from bot.rounds.step_facts import Fact, GroupsAtWork, StepClosed, StepOpened, StepSkipped
from bot.rounds.step_run import StepRun
from bot.rounds.timing import fair, nudge_at, window

Begun = tuple[Round, tuple[Fact, ...], tuple[int, ...]]
"""The round, what has happened, and the steps that were over as soon as they began."""


def beside(round_: Round) -> Round:
    """Of steps that are open together the first one that still is, is the current one."""
    open_ = [step for step in round_.at_work if round_.steps[step].group is None]
    return replace(round_, current=open_[0]) if open_ and round_.steps[round_.current].over else round_


def run_at(round_: Round, place: Place) -> tuple[Round, int]:
    """The number of the run at that place: the step of the script itself when it is played for the first time."""
    known = course.find(round_, place)
    if known is not None:
        return round_, known
    first = round_.steps[place.base]
    if place.group is None and first.state == "waiting":
        return round_.with_step(place.base, replace(first, lap=place.lap, attempt=place.attempt)), place.base
    latest = first if first.state == "split" else round_.steps[course.runs(round_, place.base)[-1]]
    run = StepRun(  # in the words in which it was asked last
        first.script, prompt=latest.prompt, of=place.base, group=place.group, lap=place.lap, attempt=place.attempt
    )
    return replace(round_, steps=(*round_.steps, run)), len(round_.steps)


def begin(round_: Round, step: int, now: Now) -> Begun:
    """Begins a step, and what is open together with it."""
    run = round_.steps[step]
    if run.group is not None:
        return _open(round_, step, now)
    round_ = decided(replace(round_, current=step))
    if (few := lacking(round_)) is not None:
        round_, asked = ask_facilitator(round_, "too_few", now)
        until = round_.asked.until if round_.asked is not None else now.at
        return round_, (TooFew(round_.id, *few, until, running=True), *asked), ()
    if run.script.groups is not None or run.script.in_groups:
        return _split(round_, step, now)
    if course.laps(round_, course.base(round_, step)) and not run.lap:
        round_ = replace(round_, ring=shuffled(round_.speakers, now.seed))
        round_ = round_.with_step(step, replace(run, lap=round_.ring[0]))
    both = course.together(round_, step) if run.of is None else (step,)
    facts: tuple[Fact, ...] = ()
    over: tuple[int, ...] = ()
    for each in both:
        if round_.steps[each].state == "waiting":
            round_, more, ended = _open(round_, each, now)
            facts, over = (*facts, *more), (*over, *ended)
    return beside(round_), facts, over[:1] if len(over) == len(both) else ()


def _open(round_: Round, step: int, now: Now) -> Begun:
    round_, facts = fill(round_, step, now)
    run = round_.steps[step]
    people = waited_for(round_, step)
    if not people or not holds(round_, step) or _nothing_to_vote_on(round_, step):
        round_ = round_.with_step(step, run.stopped("skipped", now.at))
        return round_, (*facts, StepSkipped(round_.id, step, run.script.key)), (step,)
    due = fair(now.at + window(round_, run), people, now, round_.preset)
    role = asked_role(round_, run.script)
    asks_in = role is not None and role.if_silent == "asks_in" and run.group is not None
    nudged = run.script.mode in {"collect", "vote", "groups"} or asks_in
    run = replace(run, state="open", opened_at=now.at, due_at=due, nudge_at=nudge_at(now.at, due) if nudged else None)
    opened: Fact = StepOpened(round_.id, step, run.script.key, due, people)
    if not window(round_, run):  # it forms the groups and asks nothing
        round_ = round_.with_step(step, run.stopped("closed", now.at))
        return round_, (*facts, opened, StepClosed(round_.id, step, run.script.key, 0)), (step,)
    so_far: Changed = round_.with_step(step, run), (*facts, opened)
    if run.script.mode == "turns":
        so_far = then(so_far, lambda it: turns.begin_turns(it, step, now))
    if run.script.asks_to_keep:
        so_far = then(so_far, lambda it: keeping.ask(it, due))
    return *so_far, ()


def _nothing_to_vote_on(round_: Round, step: int) -> bool:
    rule = round_.steps[step].script.vote
    return rule is not None and not rule.proposals and not options(round_, step)


def _split(round_: Round, step: int, now: Now) -> Begun:
    """The step begins in every group; those that follow it there will do so in each by itself."""
    rule = round_.steps[step].script.groups
    facts: tuple[Fact, ...] = ()
    if rule is not None and not holds(round_, step):
        skipped = round_.steps[step].stopped("skipped", now.at)
        return round_.with_step(step, skipped), (StepSkipped(round_.id, step, skipped.script.key),), (step,)
    if rule is not None:
        round_, facts = forming.form(round_, step, rule, now)
    elif not forming.active(round_):
        round_, facts = forming.of_all(round_, step, now)
    for person in round_.speakers if rule is None else ():
        round_, more = forming.take_in(round_, person)
        facts += more
    for each in course.block(round_, step) or (step,):
        run = round_.steps[each]
        if run.state == "waiting":
            round_ = round_.with_step(each, replace(run, state="split", opened_at=now.at))
    groups = forming.active(round_)
    facts += (GroupsAtWork(round_.id, step, groups),)
    over: tuple[int, ...] = ()
    for number in groups:
        round_ = round_.with_group(number, replace(round_.groups[number], done=False))
        lap = course.next_lap(round_, step, number) if course.laps(round_, step) else ""
        round_, at = run_at(round_, Place(step, number, lap))
        round_, more, ended = _open(round_, at, now)
        facts, over = (*facts, *more), (*over, *ended)
    round_, brought = bringing.bring(round_, step, now)
    return round_, (*facts, *brought), over
