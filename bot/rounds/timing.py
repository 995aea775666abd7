"""When things are due: time boxes, grace, nudges, and the fair window."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil

from bot.chat.hours import is_open
from bot.rounds.model import Hours, Now, Round
from bot.rounds.script import Preset
from bot.rounds.step_run import StepRun

FAIR_HOURS = 6
"""Everybody on the floor has at least so many hours of their own day in a step that is spread over days."""
FAIR_STEP = timedelta(hours=4)
FAIR_LIMIT = timedelta(hours=72)

INVITATION = {"async": timedelta(hours=24), "live": timedelta(minutes=10)}
FACILITATOR = {"async": timedelta(hours=48), "live": timedelta(minutes=12)}
"""How long a decision waits for the facilitator."""
TAKE_OVER = {"async": timedelta(hours=24), "live": timedelta(minutes=12)}
"""How long it then waits for anybody who takes over."""
NAMES = {"async": timedelta(hours=24), "live": timedelta(minutes=5)}
WAIT_FOR_MORE = timedelta(hours=24)
KEEP = timedelta(hours=72)
PURGE = timedelta(days=30)
GRACE_LIMIT = {"async": timedelta(hours=6), "live": timedelta(minutes=1)}

LATE = {"async": timedelta(minutes=15), "live": timedelta(minutes=2)}
"""Something that is handled later than this was due while nobody was there to handle it."""
STALE_NUDGE = {"async": timedelta(hours=2), "live": timedelta(minutes=2)}
AFTER_DOWNTIME = {"async": timedelta(hours=4), "live": timedelta(minutes=5)}

_QUARTER = timedelta(minutes=15)


def fair(due: datetime, people: Iterable[str], now: Now, preset: Preset) -> datetime:
    """`due`, or so much later (by 4 hours, up to 72) that these people have 6 open hours until then.

    Somebody who has no working days at all cannot be helped by waiting.
    """
    if preset == "live":
        return due
    different = {now.hours[person] for person in people if person in now.hours}
    return max((_fair_for(hours, now.at, due) for hours in different if hours.quiet.days), default=due)


def _fair_for(hours: Hours, start: datetime, due: datetime) -> datetime:
    wanted, at, limit = FAIR_HOURS * 4, start, due + FAIR_LIMIT
    while wanted and at + _QUARTER <= limit:
        wanted -= is_open(hours.quiet, hours.timezone, at)
        at += _QUARTER
    later = ceil(max(at - due, timedelta(0)) / FAIR_STEP) if not wanted else FAIR_LIMIT // FAIR_STEP
    return due + later * FAIR_STEP


def window(round_: Round, run: StepRun) -> timedelta:
    return run.script.window(round_.preset)


def half(round_: Round, run: StepRun) -> timedelta:
    """What a step is extended by when it needs more time."""
    return window(round_, run) / 2


def grace(round_: Round, run: StepRun) -> timedelta:
    return min(window(round_, run) / 10, GRACE_LIMIT[round_.preset])


def nudge_at(start: datetime, due: datetime) -> datetime:
    """At 60 % of the time."""
    return start + (due - start) * 0.6
