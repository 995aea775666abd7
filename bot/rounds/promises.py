"""What whoever has the word is promised: that it is theirs, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.rounds.model import Round
from bot.rounds.step_run import StepRun


@dataclass(frozen=True, slots=True)
class Promise:
    person: str
    turn: int
    """How often they have had the word in this step."""
    until: datetime


def promise(run: StepRun) -> Promise | None:
    """None: nobody has the word there."""
    if run.holder is None or run.turn_due_at is None:
        return None
    return Promise(run.holder, run.held.count(run.holder), within(run, run.turn_due_at))


def within(run: StepRun, due: datetime) -> datetime:
    """A turn that is given late, or that waits for somebody's own hours, may outlast its step: that is not promised."""
    return min(due, run.due_at) if run.state == "open" and run.due_at is not None else due


def before_and_now(before: Round, now: Round) -> tuple[tuple[int, Promise | None, Promise | None], ...]:
    """The steps in which another one is promised now, or in which it counts again after the round was on hold."""
    was = [promise(run) for run in before.steps] + [None] * (len(now.steps) - len(before.steps))
    are = [promise(run) for run in now.steps]
    moved = (before.state == "running") != (now.state == "running")
    both = enumerate(zip(was, are, strict=True))
    return tuple((step, old, new) for step, (old, new) in both if old != new or (moved and new is not None))
