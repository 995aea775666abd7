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
    """The steps in which another one is promised now, or in which it counts again after the round was on hold.

    Steps that have made way for those of another format were not played: nothing was promised there.
    """
    moved = (before.state == "running") != (now.state == "running")
    found = []
    for step, run in enumerate(now.steps):
        was = promise(before.steps[step]) if step < len(before.steps) else None
        is_ = promise(run)
        if was != is_ or (moved and is_ is not None):
            found.append((step, was, is_))
    return tuple(found)
