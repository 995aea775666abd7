"""Two people in a round turn out to be one, who linked their accounts: one seat, one turn, one answer, one ballot.

What was shown stays as it was shown, under the one name; a result that was counted stays counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from bot.rounds import course, forming, steps, task
from bot.rounds.counting import stand_in
from bot.rounds.facts import VoicesUnited
from bot.rounds.model import Changed, Round, Seat, Way, then
from bot.rounds.now import Now
from bot.rounds.said import Contribution, Vote
from bot.rounds.seats import next_waiting
from bot.rounds.speaking import LONGEST
from bot.rounds.step_facts import Fact
from bot.rounds.step_run import StepRun

_NEAREST = ("in", "waiting", "asked", "left", "declined")
"""Of two seats the one that is nearer to the round is kept."""
TURNS = 2
"""Nobody has had the word more often in a step."""


def unite(round_: Round, person: str, into: str, now: Now) -> Changed:
    """All that is `person`'s is `into`'s from now on; nothing where the former has no part in the round."""
    both = round_.seat(person) is not None and round_.seat(into) is not None
    united = replace(
        round_,
        facilitator=_renamed(round_.facilitator, person, into),
        offered_to=_renamed(round_.offered_to, person, into),
        early_by=_renamed(round_.early_by, person, into),
        seats=_seats(round_, person, into),
        steps=_steps(round_, person, into),
        contributions=_contributions(round_, person, into),
        votes=_votes(round_, person, into),
        tasks=task.united(round_.tasks, person, into),
        ring=_once(round_.ring, person, into),
        groups=tuple(replace(group, members=_once(group.members, person, into)) for group in round_.groups),
    )
    if united == round_:
        return round_, ()
    if united.offered_to is not None and united.offered_to == united.facilitator:
        united = replace(united, offered_to=None)
    told: tuple[Fact, ...] = (VoicesUnited(round_.id, into),) if both else ()
    changed = then((_heard_once(united, into), told), lambda it: _in_one_group(it, into))
    changed = then(changed, lambda it: next_waiting(it, now))
    if (role := _both(united)) and not _both(round_):
        changed = then(changed, lambda it: stand_in(it, role, now))
    return then(changed, lambda it: steps.settle(it, now))


def _both(round_: Round) -> str:
    """The role of whoever holds the round; empty: none, or nobody holds it."""
    seat = round_.seat(round_.facilitator) if round_.facilitator is not None else None
    return seat.role if seat is not None and seat.state == "in" else ""


def _renamed(one: str | None, person: str, into: str) -> str | None:
    return into if one == person else one


def _once(people: Iterable[str], person: str, into: str) -> tuple[str, ...]:
    """The same people in the same order, each once."""
    return tuple(dict.fromkeys(into if one == person else one for one in people))


# -- seats


def _seats(round_: Round, person: str, into: str) -> tuple[Seat, ...]:
    """One seat for both, where the first of them stood."""
    theirs, own = round_.seat(person), round_.seat(into)
    if theirs is None:
        return round_.seats
    one = replace(theirs, person=into) if own is None else _seat(own, replace(theirs, person=into))
    if own is not None and one.state == "in" and (role := round_.format.role(theirs.role)) and role.essential:
        one = replace(one, role=theirs.role)
    found: dict[str, Seat] = {}
    for seat in round_.seats:
        if seat.person in (person, into):
            found.setdefault(into, one)
        else:
            found[seat.person] = seat
    return tuple(found.values())


def _seat(own: Seat, theirs: Seat) -> Seat:
    near, far = sorted((own, theirs), key=lambda seat: _NEAREST.index(seat.state))
    if near.state != far.state:
        return near
    way: Way = "speak" if "speak" in (own.way, theirs.way) else "listen"
    joined = [step for step in (own.joined_step, theirs.joined_step) if step is not None]
    early = min(joined) if len(joined) > 1 else None
    side = own.side or theirs.side
    until = own.choose_until or theirs.choose_until
    return replace(own, way=way, role=own.role or theirs.role, joined_step=early, side=side, choose_until=until)


def _in_one_group(round_: Round, into: str) -> Changed:
    """They were in two groups: they stay in the first. Nor does one who was two stay there alone."""
    groups = [number for number in forming.active(round_) if into in round_.groups[number].members]
    changed: Changed = round_, ()
    if len(groups) > 1:
        changed = forming.take_out(round_, into, groups[1])
    return then(changed, lambda it: forming.not_alone(it, groups[0], into)) if groups else changed


# -- steps


def _steps(round_: Round, person: str, into: str) -> tuple[StepRun, ...]:
    """Nobody has two laps: where both had begun one, the later one is played no further."""
    steps = []
    first: dict[tuple[int, int | None], str] = {}
    for step, run in enumerate(round_.steps):
        lap = run.lap
        if lap in (person, into):
            around = course.lap(round_, course.base(round_, step)) or (step,)
            lap = into if first.setdefault((around[0], run.group), lap) == lap else course.NOBODYS
        steps.append(replace(_step(run, person, into), lap=lap))
    return tuple(steps)


def _step(run: StepRun, person: str, into: str) -> StepRun:
    holder = _renamed(run.holder, person, into)
    had: Counter[str] = Counter()
    held = []
    for one in run.held:
        name = _renamed(one, person, into) or ""
        had[name] += 1
        if name != into or had[name] <= TURNS:
            held.append(name)
    return replace(
        run,
        passed=_once(run.passed, person, into),
        done=_once(run.done, person, into),
        more_time=_once(run.more_time, person, into),
        later=_once(run.later, person, into),
        hinted=_once(run.hinted, person, into),
        asked_names=_once(run.asked_names, person, into),
        queue=tuple(one for one in _once(run.queue, person, into) if one != holder),
        holder=holder,
        held=tuple(held),
    )


def _heard_once(round_: Round, into: str) -> Round:
    """Who answered in an open step has not passed in it."""
    for step in round_.at_work:
        run = round_.steps[step]
        if into in run.passed and (round_.answer_of(into, step) or round_.vote_of(into, step)):
            round_ = round_.with_step(step, replace(run, passed=tuple(one for one in run.passed if one != into)))
    return round_


# -- what was said


def _contributions(round_: Round, person: str, into: str) -> tuple[Contribution, ...]:
    """All of them; but of two answers that nobody else has seen yet one is made, with the words of both."""
    found: list[Contribution] = []
    for one in round_.contributions:
        own = replace(one, person=into) if one.person == person else one
        at = next((at for at, other in enumerate(found) if _waits(round_, other, into, own.step)), None)
        if at is None or not _waits(round_, own, into, own.step):
            found.append(own)
        else:
            found[at : at + 1] = _as_one(found[at], own)
    return tuple(found)


def _waits(round_: Round, one: Contribution, person: str, step: int) -> bool:
    """An answer of this person in this step that waits for its reveal."""
    run = round_.steps[step]
    private = run.script.mode == "collect" and not run.over
    return private and one.person == person and one.step == step and one.counts and one.revealed_at is None


def _as_one(first: Contribution, second: Contribution) -> tuple[Contribution, ...]:
    """Where both are too long together the earlier one is not shown; its author still has it."""
    body = f"{first.body}\n\n{second.body}"
    if len(body) > LONGEST:
        return replace(first, withdrawn=True), second
    fields = dict(first.fields)
    for name, words in second.fields:
        fields[name] = f"{fields[name]}\n{words}" if name in fields else words
    given = tuple(fields.items()) if first.fields and second.fields else ()
    together = replace(
        first, body=body, fields=given, named=first.named and second.named, marked=first.marked or second.marked
    )
    return (together,)


def _votes(round_: Round, person: str, into: str) -> tuple[Vote, ...]:
    """One ballot each; where they were counted already the other one stays, and is nobody's."""
    mine = {vote.step for vote in round_.votes if vote.person == into}
    found: list[Vote] = []
    for vote in round_.votes:
        if vote.person != person:
            found.append(vote)
        elif vote.step not in mine:
            found.append(replace(vote, person=into))
        elif round_.steps[vote.step].over or round_.steps[vote.step].counted:
            found.append(replace(vote, person="", named=False))
    return tuple(found)
