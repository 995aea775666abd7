"""Who need not be nudged any more, where the nudge waits for a good moment."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat.actions import Action
from bot.rounds.floor import heard, waited_for
from bot.rounds.model import Round
from bot.rounds.promises import promise
from bot.rounds.wording import action


def about(round_: Round, step: int, person: str) -> Action:
    """The nudge to this person."""
    return action("nudge", round_, step, person)


def needless(before: Round, now: Round) -> Iterator[tuple[int, str]]:
    """Step and person: they have answered since, or left, or the word is not theirs any more, or the step is over."""
    for step in before.at_work:
        run = before.steps[step]
        if run.script.mode == "turns":
            if run.holder is not None and run.turn_nudge_at is None and _turn_is_over(before, now, step):
                yield step, run.holder
        elif run.nudge_at is None:
            waits = waited_for(now, step) if now.steps[step].takes_answers else ()
            for person in waited_for(before, step):
                if not heard(before, step, person) and (person not in waits or heard(now, step, person)):
                    yield step, person


def _turn_is_over(before: Round, now: Round, step: int) -> bool:
    was, is_ = promise(before.steps[step]), promise(now.steps[step])
    return was is not None and (is_ is None or (was.person, was.turn) != (is_.person, is_.turn))
