"""What the facilitator does: they hold the frame, not the content."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat.events import Reason
from bot.chat.names import Channel
from bot.errors import UserMistake
from bot.rounds import course, ending, objections, pausing, steps
from bot.rounds.facts import (
    FacilitatorAsked,
    FacilitatorChanged,
    FacilitatorOffered,
    HomeLost,
    RoundPaused,
)
from bot.rounds.floor import short_side
from bot.rounds.model import PAUSE_LIMIT, Asked, Changed, Round, then
from bot.rounds.now import Now
from bot.rounds.pausing import stop_clocks
from bot.rounds.speaking import written
from bot.rounds.step_facts import Fact, PromptChanged
from bot.rounds.timing import half

EXTENSIONS = 3
LONGEST_EXTENSION = 168
"""Hours."""


def must_hold(round_: Round, person: str) -> None:
    if round_.facilitator != person:
        raise UserMistake("Only the facilitator of this round can do that. Ask them, or offer to take over.")


def _at_work(round_: Round, person: str) -> tuple[int, ...]:
    must_hold(round_, person)
    if round_.state != "running" or not round_.at_work:
        raise UserMistake("No step of this round is open now.")
    return round_.at_work


def extend(round_: Round, person: str, hours: float, now: Now) -> Changed:
    """What is open now lasts so many hours longer, in every group too; at most three times a step."""
    open_ = [step for step in _at_work(round_, person) if round_.steps[step].takes_answers]
    if not open_:
        if objections.waiting(round_) is not None:
            raise UserMistake("The votes are in, and there is an objection. First decide what happens with it.")
        raise UserMistake("This step is over; its authors are asked about their names. Wait for that.")
    open_ = [step for step in open_ if round_.steps[step].extended.count("facilitator") < EXTENSIONS]
    if not open_:
        raise UserMistake("This step was extended three times already. Let it close, or pause the round.")
    if not 0 < hours <= LONGEST_EXTENSION:
        raise UserMistake("Extend it by at most {most} hours; for longer, pause the round.", most=LONGEST_EXTENSION)
    facts: tuple[Fact, ...] = ()
    for step in open_:
        round_, more = steps.extend_step(round_, step, timedelta(hours=hours), "facilitator", now)
        facts += more
    return round_, facts


def skip(round_: Round, person: str, now: Now) -> Changed:
    """Goes on without what is open now, in every group too. A step that asks for consent cannot be skipped."""
    open_ = _at_work(round_, person)
    if any(round_.steps[step].script.asks_consent for step in open_):
        raise UserMistake("This step asks people for their consent, and nobody can give it for them. Let it close.")
    return steps.skip_steps(round_, open_, now)


def reword(round_: Round, person: str, prompt: str, now: Now) -> Changed:
    """Asks the current step's question in other words."""
    open_ = _at_work(round_, person)
    first, words = course.base(round_, round_.current), written(prompt)
    facts: tuple[Fact, ...] = ()
    for step in course.runs(round_, first):
        run = round_.steps[step]
        if not run.over:
            round_ = round_.with_step(step, replace(run, prompt=words))
            facts += (PromptChanged(round_.id, step),) if run.at_work else ()
    if round_.asked is not None and round_.asked.about == "quiet":
        more = half(round_, round_.steps[open_[0]])
        return then((round_, facts), lambda it: steps.extend_step(it, open_[0], more, "quiet", now))
    return round_, facts


def pause(round_: Round, person: str, now: Now, *, until: datetime | None = None) -> Changed:
    """The clocks stand still, for at most 30 days."""
    must_hold(round_, person)
    if round_.state not in {"inviting", "running", "wrapping"}:
        raise UserMistake("This round is not going on now, so there is nothing to pause.")
    if until is not None and not now.at < until <= now.at + PAUSE_LIMIT:
        raise UserMistake("Pick a moment within the next 30 days. After that a round lapses.")
    return stop_clocks(round_, now, until), (RoundPaused(round_.id, until, "asked"),)


def too_much(round_: Round, person: str, now: Now) -> Changed:
    """Anybody inside a private round puts it on hold; only its facilitator lets it go on. Again: nothing more."""
    _must_be_inside(round_, person)
    if round_.seeking:  # now it does not go on by itself any more
        round_ = replace(ending.decided(round_), paused_until=None, paused_for="")
        return round_, (RoundPaused(round_.id, None, "asked"),)
    if round_.state == "paused":
        return round_, ()
    if round_.state not in {"running", "wrapping"}:
        raise UserMistake("This round is not going on now, so there is nothing to pause.")
    return stop_clocks(round_, now, None), (RoundPaused(round_.id, None, "asked"),)


def stop_for_good(round_: Round, person: str, now: Now) -> Changed:
    """Whoever it was too much for stops it while it is on hold."""
    _must_be_inside(round_, person)
    if round_.ended:
        raise UserMistake("This round is over.")
    if round_.state != "paused" or round_.wrapping:
        raise UserMistake("This round is not on hold.")
    return ending.cancelled(round_, "asked", now)


def _must_be_inside(round_: Round, person: str) -> None:
    if round_.format.place != "private":
        raise UserMistake("Only the facilitator of this round can do that. Ask them, or offer to take over.")
    if person not in (*round_.speakers, *round_.listeners, round_.facilitator):
        raise UserMistake("You are not in this round.")


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
    return stop_clocks(round_, now, None), (RoundPaused(round_.id, None, "place", refused),)


def resume(round_: Round, person: str, now: Now) -> Changed:
    """The clocks run on from where they stood."""
    must_hold(round_, person)
    if round_.state != "paused":
        raise UserMistake("This round is not on hold.")
    if round_.seeking and (short := short_side(round_)) is not None:
        raise UserMistake(
            "One side is too small: it has {have}, and each needs {need}. As soon as somebody joins there the round "
            "goes on by itself; or close it.",
            have=short[1],
            need=round_.format.size.per_side_min,
        )
    return run_on(round_, now)


def run_on(round_: Round, now: Now) -> Changed:
    """The clocks run on, and what has come about meanwhile is seen to."""
    return then(pausing.go_on(round_, now), lambda it: steps.settle(it, now))


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
    """*I'll hold it*: whom the facilitator asked, or the first one where the facilitator is away.

    That may be the facilitator, who is back.
    """
    if round_.ended:
        raise UserMistake("This round is over.")
    asked = round_.asked
    missed = (asked is not None and asked.missed) or round_.facilitator is None
    if round_.facilitator == person and not missed:
        return round_, ()
    here = person in (*round_.speakers, *round_.listeners, round_.facilitator)
    if person != round_.offered_to and not (missed and here):
        if missed:
            raise UserMistake("Join this round first; then you can hold it.")
        raise UserMistake("Somebody holds this round already.")
    seat = round_.seat(person)
    role = round_.format.role(seat.role) if seat is not None else None
    if role is not None and role.essential:
        raise UserMistake("The round is about what you bring in, so let somebody else hold it.")
    round_ = replace(round_, facilitator=person, offered_to=None)
    facts: tuple[Fact, ...] = (FacilitatorChanged(round_.id, person),)
    if asked is None:
        return round_, facts
    if asked.about == "facilitator":
        return replace(round_, asked=None), facts
    until = ending.to_decide(round_, person, now)
    round_ = replace(round_, asked=Asked(asked.about, until))
    return round_, (*facts, FacilitatorAsked(round_.id, asked.about, person, until))


def close(round_: Round, person: str, now: Now) -> Changed:
    """Ends the current step as usual and wraps up."""
    must_hold(round_, person)
    if round_.ended or round_.state == "wrapping":
        raise UserMistake("This round is over.")
    if round_.state != "running" and not round_.seeking:
        raise UserMistake("Only a round that is going on can be closed. Resume it, or cancel it.")
    return steps.close_round(round_, now)


def cancel(round_: Round, person: str, now: Now) -> Changed:
    """Stops the round. Not once it is being wrapped up."""
    must_hold(round_, person)
    if round_.ended:
        raise UserMistake("This round is over.")
    if round_.wrapping:
        raise UserMistake("This round has come to its end by itself. There is nothing to cancel.")
    return ending.cancelled(round_, "asked", now)
