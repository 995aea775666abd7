"""One step as it is played in a round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.rounds.script import Step

StepState = Literal["waiting", "open", "grace", "revealing", "closed", "skipped"]
Extension = Literal["facilitator", "people", "quiet", "unanswered", "downtime"]


TimerKind = Literal[
    "start", "nudge", "turn_nudge", "turn", "step", "grace", "reveal", "pause", "facilitator", "keep", "purge"
]


@dataclass(frozen=True, slots=True)
class Timer:
    """A moment the round waits for, and what for."""

    at: datetime
    kind: TimerKind


_KIND: dict[str, TimerKind] = {"grace": "grace", "revealing": "reveal"}


@dataclass(frozen=True, slots=True)
class StepRun:
    """One step as it is played in this round. Lists of people are person ids."""

    script: Step
    state: StepState = "waiting"
    prompt: str = ""
    """The facilitator's own wording of the question; empty: the script's."""
    opened_at: datetime | None = None
    due_at: datetime | None = None
    """None while nothing is waited for here: before it opens, after it closes, while the facilitator decides."""
    nudge_at: datetime | None = None
    closed_at: datetime | None = None
    extended: tuple[Extension, ...] = ()
    passed: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    more_time: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    hinted: tuple[str, ...] = ()
    """Who was told once that it is not their turn, or that answers are private."""
    queue: tuple[str, ...] = ()
    """In a `turns` step: who gets the word next, after the holder."""
    holder: str | None = None
    held: tuple[str, ...] = ()
    """Everybody who got the word, once for each time."""
    turn_due_at: datetime | None = None
    turn_nudge_at: datetime | None = None
    silent_turns: int = 0
    """How many turns in a row were silent."""
    word_offered: bool = False
    """The word is for whoever is ready."""
    asked_names: tuple[str, ...] = ()
    """In `revealing`: authors who have yet to say whether their name may stand beside their answer."""

    @property
    def takes_answers(self) -> bool:
        return self.state in {"open", "grace"}

    @property
    def over(self) -> bool:
        return self.state in {"closed", "skipped"}

    def stopped(self, state: Literal["closed", "skipped"], at: datetime | None) -> StepRun:
        """Over: it waits for nothing and nobody has the word."""
        return replace(
            self,
            state=state,
            closed_at=at,
            due_at=None,
            nudge_at=None,
            queue=(),
            holder=None,
            word_offered=False,
            turn_due_at=None,
            turn_nudge_at=None,
            asked_names=(),
        )

    @property
    def timers(self) -> Iterator[Timer]:
        """What this step waits for."""
        if self.due_at is not None:
            yield Timer(self.due_at, _KIND.get(self.state, "step"))
        if self.state == "open":
            if self.nudge_at is not None:
                yield Timer(self.nudge_at, "nudge")
            if self.turn_due_at is not None:
                yield Timer(self.turn_due_at, "turn")
            if self.turn_nudge_at is not None:
                yield Timer(self.turn_nudge_at, "turn_nudge")
