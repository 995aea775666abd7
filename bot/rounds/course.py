"""Which step is played after which: laps, loops, groups, and steps that are open together.

The steps of the script stand in the round in its order; another run of one stands behind all of them and says whose
it is. So a step keeps its number whatever is played between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.rounds.model import Round
from bot.rounds.step_rules import YES


@dataclass(frozen=True, slots=True)
class Place:
    """A run of a step of the script: in which group, in whose lap, at which attempt."""

    base: int
    group: int | None = None
    lap: str = ""
    attempt: int = 0


NOBODYS = "-"
"""Whose lap it was, of people who were forgotten or turned out to be somebody else: it is played no further."""

Next = Place | Literal["waits", "done", "end"]
"""waits: others go on beside it. done: its group has nothing more to do. end: nothing comes after it."""


def bases(round_: Round) -> tuple[int, ...]:
    """The steps of the script, in its order."""
    return tuple(step for step, run in enumerate(round_.steps) if run.of is None)


def base(round_: Round, step: int) -> int:
    """The step of the script that this is a run of."""
    of = round_.steps[step].of
    return step if of is None else of


def runs(round_: Round, first: int) -> tuple[int, ...]:
    """All runs of a step of the script, as far as they are known."""
    return tuple(step for step, run in enumerate(round_.steps) if first in (step, run.of))


def find(round_: Round, place: Place) -> int | None:
    """The number of the run at this place, where it is known."""
    for step in runs(round_, place.base):
        run = round_.steps[step]
        if (run.group, run.lap, run.attempt) == (place.group, place.lap, place.attempt):
            return step
    return None


# -- which steps belong together


def lap(round_: Round, first: int) -> tuple[int, ...]:
    """The steps around this one that are repeated with it; none where it is played once."""
    if not round_.steps[first].script.repeat:
        return ()
    inside = round_.steps[first].script.in_groups
    scripts = {step: round_.steps[step].script for step in bases(round_)}
    return _around(round_, first, lambda step: bool(scripts[step].repeat) and scripts[step].in_groups == inside)


def loop(round_: Round, first: int) -> tuple[int, ...]:
    """Those of them that are repeated until somebody says yes."""
    if round_.steps[first].script.repeat != "until":
        return ()
    around = lap(round_, first)
    return _around(round_, first, lambda step: step in around and round_.steps[step].script.repeat == "until")


def block(round_: Round, first: int) -> tuple[int, ...]:
    """The steps around this one that are played in groups with it."""
    return _around(round_, first, lambda step: round_.steps[step].script.in_groups)


def together(round_: Round, first: int) -> tuple[int, ...]:
    """The steps that are open together with this one, itself too."""
    in_order = bases(round_)
    at = in_order.index(first)
    while at > 0 and round_.steps[in_order[at]].script.parallel_with:
        at -= 1
    found = [in_order[at]]
    for step in in_order[at + 1 :]:
        if not round_.steps[step].script.parallel_with:
            break
        found.append(step)
    return tuple(found)


def laps(round_: Round, first: int) -> bool:
    """Whether it is played once for every member."""
    return any(round_.steps[step].script.repeat == "each" for step in lap(round_, first))


def _around(round_: Round, first: int, belongs: Callable[[int], bool]) -> tuple[int, ...]:
    if not belongs(first):
        return ()
    in_order = bases(round_)
    at = end = in_order.index(first)
    while at > 0 and belongs(in_order[at - 1]):
        at -= 1
    while end + 1 < len(in_order) and belongs(in_order[end + 1]):
        end += 1
    return in_order[at : end + 1]


# -- what was before


def rank(round_: Round, step: int) -> tuple[int, int, int, int, int]:
    """Runs in the order of their ranks are in the order in which they are played."""
    run, first = round_.steps[step], base(round_, step)
    around, inner = lap(round_, first), loop(round_, first)
    turn = _lap_number(round_, first, step) if run.lap else 0
    return (around or (first,))[0], turn, (inner or (first,))[0], run.attempt, first


def _lap_number(round_: Round, first: int, step: int) -> int:
    """Of the laps around it in the order in which they began: each begins with a run of the first of its steps."""
    run = round_.steps[step]
    begun = (round_.steps[one] for one in runs(round_, lap(round_, first)[0]))
    laps_ = list(dict.fromkeys(one.lap for one in begun if one.group == run.group and one.lap))
    return laps_.index(run.lap) if run.lap in laps_ else len(laps_)


def earlier(round_: Round, step: int) -> Iterator[int]:
    """What was played before it, the latest first, as far as it is seen there: not what other groups do."""
    mine, group = rank(round_, step), round_.steps[step].group
    found = [
        (rank(round_, other), other)
        for other, run in enumerate(round_.steps)
        if other != step and (group is None or run.group is None or run.group == group)
    ]
    return (other for _, other in sorted(((at, other) for at, other in found if at < mine), reverse=True))


# -- what comes next


def after(round_: Round, step: int) -> Next:
    """What is played when this run is over."""
    run, first = round_.steps[step], base(round_, step)
    if (within := _within(round_, step, first)) is not None:
        return within
    around = lap(round_, first)
    if around and laps(round_, first) and (person := next_lap(round_, first, run.group)):
        return Place(around[0], run.group, person)
    last = around[-1] if around else first
    if run.group is not None:
        inside = block(round_, first)
        follows = next((other for other in inside if other > last), None)
        if follows is None:
            return "done"
        return Place(follows, run.group, next_lap(round_, follows, run.group) if laps(round_, follows) else "")
    return beyond(round_, last)


def beyond(round_: Round, last: int) -> Next:
    """The step after this one of the script, and those that are open together with it."""
    beside = together(round_, last)
    if any(round_.steps[other].at_work for other in beside):
        return "waits"
    follows = [other for other in bases(round_) if other > max(beside)]
    return Place(follows[0]) if follows else "end"


def _within(round_: Round, step: int, first: int) -> Place | None:
    """The next step of the same lap."""
    run, around, inner = round_.steps[step], lap(round_, first), loop(round_, first)
    if lost_lap(round_, step) or empty_lap(round_, step):
        return None
    if inner and first != inner[-1]:
        return Place(inner[inner.index(first) + 1], run.group, run.lap, run.attempt)
    if inner and said_otherwise(round_, step) and run.attempt + 1 < run.script.tries:
        return Place(inner[0], run.group, run.lap, run.attempt + 1)
    follows = [other for other in around if other > first]
    return Place(follows[0], run.group, run.lap) if follows else None


def lost_lap(round_: Round, step: int) -> bool:
    """Whether it is somebody's lap who does not go round there any more."""
    run = round_.steps[step]
    return bool(run.lap) and run.lap not in ring(round_, run.group)


def empty_lap(round_: Round, step: int) -> bool:
    """Whether what follows in the lap is about nothing, because nobody has said anything in this step of it."""
    return round_.steps[step].script.if_nothing == "next_lap" and not round_.answers(step)


def said_otherwise(round_: Round, step: int) -> bool:
    """Whether anybody said something, and no more people said yes than anything else."""
    picks = Counter(pick for vote in round_.votes if vote.step == step for pick in vote.picks)
    return bool(picks) and picks[YES] <= max((count for pick, count in picks.items() if pick != YES), default=0)


def ring(round_: Round, group: int | None) -> tuple[str, ...]:
    """Who goes round there, as far as they still speak."""
    people = round_.ring if group is None else round_.groups[group].members
    return tuple(person for person in people if person in round_.speakers)


def next_lap(round_: Round, first: int, group: int | None) -> str:
    """Whose lap comes next; empty where everybody has had one."""
    around = lap(round_, first)
    played = (round_.steps[step] for one in around for step in runs(round_, one))
    had = {run.lap for run in played if run.group == group}
    return next((person for person in ring(round_, group) if person not in had), "")
