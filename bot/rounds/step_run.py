"""One step as it is played in a round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.rounds.script import Step

StepState = Literal["waiting", "open", "grace", "revealing", "objected", "split", "closed", "skipped"]
"""split: it is played in the groups, each of which has a run of its own. objected: its vote is counted, and the round
waits for what becomes of an objection.
"""

AT_WORK = ("open", "grace", "revealing", "objected")
Longer = Literal["facilitator", "people", "quiet", "unanswered", "downtime", "hours"]
"""Why a step is open for longer. hours: somebody's day is another than when it opened."""
Extension = Longer | Literal["parked", "asked_in"]
"""parked: the round was put aside, and the step is open again after that. asked_in: somebody was asked into its group
meanwhile; it is not open for longer by that.
"""


TimerKind = Literal[
    "start", "nudge", "turn_nudge", "turn", "step", "grace", "reveal", "pause", "facilitator", "keep", "words", "purge"
]


@dataclass(frozen=True, slots=True)
class Timer:
    """A moment the round waits for, and what for; of a step its number too."""

    at: datetime
    kind: TimerKind
    step: int = -1


_KIND: dict[str, TimerKind] = {"grace": "grace", "revealing": "reveal"}


@dataclass(frozen=True, slots=True)
class StepRun:
    """One step as it is played in this round. Lists of people are person ids.

    A step that is played several times, or in groups, has a run for each: the first one stands at the step's own place
    among the round's steps, the others behind all of them.
    """

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
    of: int | None = None
    """The number of the step that this is another run of; None: its first run."""
    group: int | None = None
    """In which of the round's groups it is played; None: with everybody."""
    lap: str = ""
    """Whose lap it is, in steps that are played once for every member."""
    attempt: int = 0
    """How often it was tried before, in steps that are repeated until somebody says yes."""

    @property
    def takes_answers(self) -> bool:
        return self.state in {"open", "grace"}

    @property
    def at_work(self) -> bool:
        """Whether it takes answers, is being revealed, or waits for what becomes of an objection."""
        return self.state in AT_WORK

    @property
    def counted(self) -> bool:
        """Whether everybody sees what its vote came to."""
        return self.state in {"closed", "objected"}

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

    def timers(self, step: int) -> Iterator[Timer]:
        """What this step waits for; `step` is its number."""
        if self.due_at is not None:
            yield Timer(self.due_at, _KIND.get(self.state, "step"), step)
        if self.state == "open":
            if self.nudge_at is not None:
                yield Timer(self.nudge_at, "nudge", step)
            if self.turn_due_at is not None:
                yield Timer(self.turn_due_at, "turn", step)
            if self.turn_nudge_at is not None:
                yield Timer(self.turn_nudge_at, "turn_nudge", step)
