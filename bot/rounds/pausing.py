"""How a round stands still, and how its clocks run on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.rounds import course, objections
from bot.rounds.ballots import options
from bot.rounds.casting import none_has
from bot.rounds.ending import ask_facilitator, decided
from bot.rounds.facts import RoundPaused, RoundResumed, TooFew
from bot.rounds.floor import lacking, short_side, waited_for
from bot.rounds.model import Changed, Round, then
from bot.rounds.now import Now
from bot.rounds.step_facts import Fact
from bot.rounds.step_run import Extension
from bot.rounds.timing import PARKED, SECOND_VOICE, fair, nudge_at, window


def stop_clocks(round_: Round, now: Now, until: datetime | None) -> Round:
    return replace(round_, state="paused", paused_at=now.at, paused_until=until, paused_from=round_.state)


def woken(round_: Round) -> Round:
    """On hold no more. Its clocks have yet to be moved, or do not matter any more."""
    state = round_.paused_from or round_.state
    return replace(round_, state=state, paused_at=None, paused_until=None, paused_from=None, paused_for="")


def go_on(round_: Round, now: Now) -> Changed:
    """After a pause everything is due so much later, and everybody has their fair window again."""
    if round_.paused_at is None or round_.paused_from is None:
        return round_, ()
    longer = now.at - round_.paused_at

    def moved(at: datetime | None) -> datetime | None:
        return None if at is None else at + longer

    asked = decided(round_).asked if round_.seeking else round_.asked
    homes = tuple(replace(home, state="back") if home.state == "lost" else home for home in round_.homes)
    round_ = replace(
        woken(round_),
        homes=homes,
        begins_at=moved(round_.begins_at),
        keep_until=moved(round_.keep_until),
        asked=None if asked is None else replace(asked, until=asked.until + longer),
    )
    for step in round_.at_work:
        run = round_.steps[step]
        due = moved(run.due_at)
        if due is not None and run.state == "open":
            due = fair(due, waited_for(round_, step), now, round_.preset)
        run = replace(
            run,
            due_at=due,
            nudge_at=moved(run.nudge_at),
            turn_due_at=moved(run.turn_due_at),
            turn_nudge_at=moved(run.turn_nudge_at),
        )
        round_ = round_.with_step(step, run)
    dues = [round_.steps[step].due_at for step in round_.at_work]
    resumed: Fact = RoundResumed(round_.id, max((due for due in dues if due is not None), default=None))
    if None in dues and (round_.asked is None or round_.asked.about == "facilitator"):  # it was quiet before the pause
        heard_of = objections.waiting(round_) is not None
        return then((round_, (resumed,)), lambda it: ask_facilitator(it, "objection" if heard_of else "quiet", now))
    return round_, (resumed,)


def park(round_: Round, step: int, now: Now) -> Changed:
    """Puts the round aside. When it comes back the step has its whole time again, and everybody is asked anew."""
    run = round_.steps[step]
    due, until = now.at + window(round_, run), now.at + PARKED
    extended: tuple[Extension, ...] = (*run.extended, "parked")
    run = replace(run, state="open", due_at=due, nudge_at=nudge_at(now.at, due), passed=(), extended=extended)
    for role in options(round_, step):
        round_ = none_has(round_, role)
    votes = tuple(vote for vote in round_.votes if vote.step != step)
    round_ = replace(decided(round_.with_step(step, run)), votes=votes)
    return stop_clocks(round_, now, until), (RoundPaused(round_.id, until, "parked"),)


def parked_before(round_: Round, step: int) -> bool:
    return any("parked" in round_.steps[run].extended for run in course.runs(round_, course.base(round_, step)))


# -- a side that has become too small


def one_sided(round_: Round) -> bool:
    """Whether a step is open though one side is too small, in a format that waits for a second voice there."""
    waits = round_.format.size.below_side == "pause"
    return round_.state == "running" and bool(round_.at_work) and waits and short_side(round_) is not None


def wait_for_voice(round_: Round, now: Now) -> Changed:
    """Puts the round on hold, and somebody is looked for."""
    if not one_sided(round_):
        return round_, ()
    until = fair(now.at + SECOND_VOICE[round_.preset], round_.speakers, now, round_.preset)
    round_ = replace(stop_clocks(round_, now, until), paused_for="voice")
    return round_, (RoundPaused(round_.id, until, "voice"),)


def nobody_found(round_: Round, now: Now) -> Changed:
    """People are asked what to do, and the round stays on hold meanwhile."""
    have, need = lacking(round_) or (0, 0)
    round_, asked = ask_facilitator(replace(round_, paused_until=None), "too_few", now)
    until = round_.asked.until if round_.asked is not None else now.at
    return round_, (TooFew(round_.id, have, need, until, running=True), *asked)
