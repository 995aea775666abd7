"""How a listener takes a light task and gives what came of it, and how anybody takes one small step of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

from bot.errors import UserMistake
from bot.rounds.model import Changed, Round
from bot.rounds.now import Now
from bot.rounds.speaking import written
from bot.rounds.task import LIGHT, Light, Task
from bot.rounds.task_facts import SmallStepTaken, TaskChosen, TaskDropped, TaskGiven

FARTHEST = timedelta(days=60)
"""A reminder of a small step is at most so far away."""


def choose(round_: Round, person: str, kind: str, id_: str) -> Changed:
    """A listener takes a task, in the place of the one they had and did not do yet. `id_` is its id."""
    if kind not in LIGHT:
        raise UserMistake("This step is over.")
    if round_.state in {"draft", "cancelled", "lapsed", "done"}:
        raise UserMistake("This round is over. Join the next one, or start one yourself.")
    if person not in round_.listeners:
        raise UserMistake("Light tasks are for those who listen. Take a listening seat first.")
    if kind == "harvest" and any(one.kind == "harvest" and one.person != person for one in round_.tasks):
        raise UserMistake("Somebody else writes the harvest already. Pick another task.")
    if of(round_, person, kind) is not None:
        return round_, ()
    task = Task(id_, person, kind)
    others = tuple(one for one in round_.tasks if one.person != person or one.given or one.kind == "step")
    return replace(round_, tasks=(*others, task)), (TaskChosen(round_.id, person, task.kind),)


def give(round_: Round, person: str, kind: str, words: str, now: Now, *, named: bool) -> Changed:
    """What came of it: shown when the round wraps up, or at once when it does. Given again it stands in its place."""
    task = of(round_, person, kind)
    if task is None or kind not in LIGHT:
        raise UserMistake("You do not have this task any more.")
    if round_.state in {"draft", "inviting", "cancelled", "lapsed"}:
        raise UserMistake("There is nothing to tell yet. Once the round goes on you can.")
    given = replace(task, words=written(words), named=named, given_at=task.given_at or now.at)
    if given == task:
        return round_, ()
    return _with(round_, given), (TaskGiven(round_.id, person, given.kind, again=task.given),)


def drop(round_: Round, person: str, kind: str) -> Changed:
    """Not this task after all, or what came of it is taken back. A small step too."""
    task = of(round_, person, kind) if kind != "objection" else None  # that is given back by its id
    if task is None:
        return round_, ()
    kept = tuple(one for one in round_.tasks if one is not task)
    return replace(round_, tasks=kept), (TaskDropped(round_.id, person, task.kind, task.given),)


def small_step(round_: Round, person: str, id_: str, words: str, remind_at: datetime | None, now: Now) -> Changed:
    """One small step, in the place of an earlier one: nobody else ever sees it."""
    seat = round_.seat(person)
    if (seat is None or seat.state != "in") and round_.facilitator != person:
        raise UserMistake("You are not in this round.")
    if round_.state in {"draft", "inviting", "cancelled"}:
        raise UserMistake("This round has not begun.")
    if remind_at is not None and not now.at < remind_at <= now.at + FARTHEST:
        raise UserMistake("Pick a moment in the next 60 days.")
    before = of(round_, person, "step")
    id_ = before.id if before is not None else id_
    taken = Task(id_, person, "step", written(words), given_at=now.at, remind_at=remind_at)
    return _with(round_, taken), (SmallStepTaken(round_.id, person, remind_at),)


def of(round_: Round, person: str, kind: str) -> Task | None:
    return next((one for one in round_.tasks if person and one.person == person and one.kind == kind), None)


def shown(round_: Round) -> tuple[Task, ...]:
    """What listeners gave and everybody sees, in the order of the kinds."""
    if not round_.wrapping and round_.state != "done":
        return ()
    given = [one for one in round_.tasks if one.kind in LIGHT and one.given]
    return tuple(sorted(given, key=lambda one: LIGHT.index(cast("Light", one.kind))))


def waiting(round_: Round) -> tuple[Task, ...]:
    """What was taken and not given yet."""
    return tuple(one for one in round_.tasks if one.kind in LIGHT and not one.given)


def _with(round_: Round, task: Task) -> Round:
    if of(round_, task.person, task.kind) is None:
        return replace(round_, tasks=(*round_.tasks, task))
    return replace(round_, tasks=tuple(task if one.id == task.id else one for one in round_.tasks))
