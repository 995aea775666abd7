"""How a round waits for a decision, and how it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal

from bot.rounds import keeping
from bot.rounds.facts import (
    FacilitatorAsked,
    FacilitatorMissed,
    RoundCancelled,
    RoundFinished,
    RoundLapsed,
    WrappingBegan,
)
from bot.rounds.model import Asked, Changed, Round, then
from bot.rounds.now import Now
from bot.rounds.step_run import StepRun
from bot.rounds.timing import FACILITATOR, KEEP, PURGE, TAKE_OVER, fair


def ask_facilitator(round_: Round, about: Literal["quiet", "too_few", "objection"], now: Now) -> Changed:
    """The round waits for a decision: of its facilitator, or of whoever takes over where nobody holds it."""
    if round_.facilitator is None:
        until = _to_take_over(round_, now)
        return replace(round_, asked=Asked(about, until, missed=True)), (FacilitatorMissed(round_.id, None, until),)
    until = to_decide(round_, round_.facilitator, now)
    return replace(round_, asked=Asked(about, until)), (FacilitatorAsked(round_.id, about, round_.facilitator, until),)


def to_decide(round_: Round, facilitator: str, now: Now) -> datetime:
    """Until when a decision waits for them: they have some hours of their own day until then."""
    return fair(now.at + FACILITATOR[round_.preset], (facilitator,), now, round_.preset)


def _to_take_over(round_: Round, now: Now) -> datetime:
    return fair(now.at + TAKE_OVER[round_.preset], (*round_.speakers, *round_.listeners), now, round_.preset)


def decided(round_: Round) -> Round:
    """The decision it waited for is made; somebody who holds the round may be looked for all the same."""
    return round_ if round_.asked is None or round_.asked.about == "facilitator" else replace(round_, asked=None)


def miss_facilitator(round_: Round, away: str | None, now: Now) -> Changed:
    """Looks for somebody who takes over."""
    about = round_.asked.about if round_.asked is not None else "facilitator"
    until = _to_take_over(round_, now)
    return replace(round_, asked=Asked(about, until, missed=True)), (FacilitatorMissed(round_.id, away, until),)


def said_anything(round_: Round) -> bool:
    return any(one.visible for one in round_.contributions)


def wrap(round_: Round, now: Now) -> Changed:
    """Nothing more opens; authors are asked about what might be kept."""
    until = fair(now.at + KEEP, round_.speakers, now, "async")
    rest = tuple(_stopped(run, now) if not run.over else run for run in round_.steps)
    round_ = replace(
        round_,
        state="wrapping",
        steps=rest,
        current=len(rest),
        asked=None,
        offered_to=None,
        keep_until=until,
    )
    return then((round_, (WrappingBegan(round_.id, until),)), lambda it: keeping.ask(it, until))


def cut_short(round_: Round) -> bool:
    """Whether it was wrapped up before all of its steps had their turn; not those that made way for another format."""
    return any(run.of is None and run.state == "skipped" and run.closed_at is None for run in round_.steps)


def finish(round_: Round, now: Now) -> Changed:
    """Who has not said yes to keeping has said no."""
    over = end(replace(round_, state="done"), now)
    return then(over, lambda it: (it, (RoundFinished(it.id, it.format.id, it.topic),)))


def lapse(round_: Round, why: Literal["quiet", "paused"], now: Now) -> Changed:
    """Ended by silence, without blame. What was said stays with its authors for 30 days."""
    return then(end(replace(round_, state="lapsed"), now), lambda it: (it, (RoundLapsed(it.id, why),)))


def cancelled(round_: Round, why: Literal["asked", "too_few"], now: Now) -> Changed:
    """Stopped. Its authors choose what becomes of what they wrote."""
    return then(end(replace(round_, state="cancelled"), now), lambda it: (it, (RoundCancelled(it.id, why),)))


def end(round_: Round, now: Now) -> Changed:
    """Nothing is waited for any more, but the day when the rest is erased, and the day to look at what somebody took
    on, where it came to its end. Who has yet to say yes has said no.
    """
    steps = tuple(run if run.over else _stopped(run, now) for run in round_.steps)
    round_ = replace(
        round_,
        steps=steps,
        asked=None,
        offered_to=None,
        begins_at=None,
        keep_until=None,
        look_at=round_.look_at if round_.state == "done" else None,
        paused_at=None,
        paused_until=None,
        paused_from=None,
        paused_for="",
        ended_at=now.at,
        purge_at=now.at + PURGE,
    )
    return keeping.silence_is_no(round_)


def _stopped(run: StepRun, now: Now) -> StepRun:
    """A step that was played in groups, and a vote that is counted, is closed; others were not played to their end."""
    return run.stopped("closed" if run.state in {"split", "objected"} else "skipped", run.opened_at and now.at)
