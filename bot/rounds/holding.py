"""What the facilitator does: they hold the frame, not the content."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat.events import Reason
from bot.chat.names import Channel
from bot.errors import UserMistake
from bot.rounds import steps
from bot.rounds.facts import (
    FacilitatorAsked,
    FacilitatorChanged,
    FacilitatorOffered,
    HomeLost,
    RoundPaused,
    RoundResumed,
)
from bot.rounds.floor import waited_for
from bot.rounds.model import PAUSE_LIMIT, Asked, Changed, Now, Round, then
from bot.rounds.speaking import written
from bot.rounds.step_facts import Fact, PromptChanged
from bot.rounds.step_run import StepRun
from bot.rounds.timing import FACILITATOR, fair, half

EXTENSIONS = 3
LONGEST_EXTENSION = 168
"""Hours."""


def must_hold(round_: Round, person: str) -> None:
    if round_.facilitator != person:
        raise UserMistake("Only the facilitator of this round can do that. Ask them, or offer to take over.")


def _step_at_work(round_: Round, person: str) -> StepRun:
    must_hold(round_, person)
    run = round_.step
    if round_.state != "running" or run is None:
        raise UserMistake("No step of this round is open now.")
    return run


def extend(round_: Round, person: str, hours: float, now: Now) -> Changed:
    """The current step lasts so many hours longer, at most three times a step."""
    run = _step_at_work(round_, person)
    if not run.takes_answers:
        raise UserMistake("This step is over; its authors are asked about their names. Wait for that.")
    if run.extended.count("facilitator") >= EXTENSIONS:
        raise UserMistake("This step was extended three times already. Let it close, or pause the round.")
    if not 0 < hours <= LONGEST_EXTENSION:
        raise UserMistake("Extend it by at most {most} hours; for longer, pause the round.", most=LONGEST_EXTENSION)
    return steps.extend_step(round_, timedelta(hours=hours), "facilitator", now)


def skip(round_: Round, person: str, now: Now) -> Changed:
    """Goes on without the current step. A step that asks for consent cannot be skipped."""
    run = _step_at_work(round_, person)
    if run.script.asks_consent:
        raise UserMistake("This step asks people for their consent, and nobody can give it for them. Let it close.")
    return steps.skip_step(round_, now)


def reword(round_: Round, person: str, prompt: str, now: Now) -> Changed:
    """Asks the current step's question in other words."""
    run = _step_at_work(round_, person)
    round_ = round_.with_step(round_.current, replace(run, prompt=written(prompt)))
    facts: tuple[Fact, ...] = (PromptChanged(round_.id, round_.current),)
    if round_.asked is not None and round_.asked.about == "quiet":
        return then((round_, facts), lambda it: steps.extend_step(it, half(it, run), "quiet", now))
    return round_, facts


def pause(round_: Round, person: str, now: Now, *, until: datetime | None = None) -> Changed:
    """The clocks stand still, for at most 30 days."""
    must_hold(round_, person)
    if round_.state not in {"inviting", "running", "wrapping"}:
        raise UserMistake("This round is not going on now, so there is nothing to pause.")
    if until is not None and not now.at < until <= now.at + PAUSE_LIMIT:
        raise UserMistake("Pick a moment within the next 30 days. After that a round lapses.")
    return _stop_clocks(round_, now, until), (RoundPaused(round_.id, until, "asked"),)


def lose_place(round_: Round, refused: Reason, now: Now, *, channel: Channel | None = None) -> Changed:
    """Kring cannot write in the round's channel any more: the round waits.

    `channel`: which one it is. Where the round stands in others too, it goes on there (`HomeLost`).
    """
    if round_.ended or round_.state == "draft":
        return round_, ()
    if round_.homes and channel is not None:
        at = next((at for at, home in enumerate(round_.homes) if home.channel == channel), None)
        if at is None or round_.homes[at].state == "lost":
            return round_, ()
        gone = replace(round_.homes[at], state="lost")
        round_ = replace(round_, homes=(*round_.homes[:at], gone, *round_.homes[at + 1 :]))
        if round_.channels:
            return round_, (HomeLost(round_.id, at, refused),)
    if round_.state == "paused":
        return round_, ()
    return _stop_clocks(round_, now, None), (RoundPaused(round_.id, None, "place", refused),)


def _stop_clocks(round_: Round, now: Now, until: datetime | None) -> Round:
    return replace(round_, state="paused", paused_at=now.at, paused_until=until, paused_from=round_.state)


def resume(round_: Round, person: str, now: Now) -> Changed:
    """The clocks run on from where they stood."""
    must_hold(round_, person)
    if round_.state != "paused":
        raise UserMistake("This round is not on hold.")
    return run_on(round_, now)


def run_on(round_: Round, now: Now) -> Changed:
    """After a pause everything is due so much later, and everybody has their fair window again."""
    if round_.paused_at is None or round_.paused_from is None:
        return round_, ()
    longer = now.at - round_.paused_at

    def moved(at: datetime | None) -> datetime | None:
        return None if at is None else at + longer

    asked = round_.asked
    round_ = replace(
        round_,
        homes=tuple(replace(home, state="back") if home.state == "lost" else home for home in round_.homes),
        state=round_.paused_from,
        paused_at=None,
        paused_until=None,
        paused_from=None,
        begins_at=moved(round_.begins_at),
        keep_until=moved(round_.keep_until),
        asked=None if asked is None else replace(asked, until=asked.until + longer),
    )
    run = round_.step
    if run is not None:
        due = moved(run.due_at)
        if due is not None and run.state == "open":
            due = fair(due, waited_for(round_, round_.current), now, round_.preset)
        run = replace(
            run,
            due_at=due,
            nudge_at=moved(run.nudge_at),
            turn_due_at=moved(run.turn_due_at),
            turn_nudge_at=moved(run.turn_nudge_at),
        )
        round_ = round_.with_step(round_.current, run)
    resumed: Fact = RoundResumed(round_.id, run.due_at if run is not None else None)
    return then((round_, (resumed,)), lambda it: steps.settle(it, now))


def give(round_: Round, person: str, to: str) -> Changed:
    """Asks somebody else to hold the round; it is theirs when they accept."""
    must_hold(round_, person)
    if round_.ended:
        raise UserMistake("This round is over.")
    if to == person:
        raise UserMistake("You hold this round already. Pick somebody else.")
    if to == round_.offered_to:
        return round_, ()
    return replace(round_, offered_to=to), (FacilitatorOffered(round_.id, to),)


def accept(round_: Round, person: str, now: Now) -> Changed:
    """*I'll hold it*: whom the facilitator asked, or the first one where the facilitator is away."""
    if round_.facilitator == person:
        return round_, ()
    if round_.ended:
        raise UserMistake("This round is over.")
    asked = round_.asked
    missed = (asked is not None and asked.missed) or round_.facilitator is None
    here = person in round_.speakers or person in round_.listeners
    if person != round_.offered_to and not (missed and here):
        if missed:
            raise UserMistake("Join this round first; then you can hold it.")
        raise UserMistake("Somebody holds this round already.")
    round_ = replace(round_, facilitator=person, offered_to=None)
    facts: tuple[Fact, ...] = (FacilitatorChanged(round_.id, person),)
    if asked is None:
        return round_, facts
    if asked.about == "facilitator":
        return replace(round_, asked=None), facts
    until = now.at + FACILITATOR[round_.preset]
    round_ = replace(round_, asked=Asked(asked.about, until))
    return round_, (*facts, FacilitatorAsked(round_.id, asked.about, person, until))


def close(round_: Round, person: str, now: Now) -> Changed:
    """Ends the current step as usual and wraps up."""
    must_hold(round_, person)
    if round_.state != "running":
        raise UserMistake("Only a round that is going on can be closed. Resume it, or cancel it.")
    return steps.close_round(round_, now)


def cancel(round_: Round, person: str, now: Now) -> Changed:
    """Stops the round. Not once it is being wrapped up."""
    must_hold(round_, person)
    if round_.state == "wrapping" or round_.paused_from == "wrapping" or round_.ended:
        raise UserMistake("This round has come to its end by itself. There is nothing to cancel.")
    return steps.cancelled(round_, "asked", now)
