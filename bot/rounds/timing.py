"""When things are due: time boxes, grace, nudges, and the fair window."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import ceil

from bot.chat.chance import portion
from bot.chat.hours import at_local, is_open, local_day, next_open
from bot.rounds.model import Round
from bot.rounds.now import Hours, Now
from bot.rounds.script import Preset
from bot.rounds.step_run import StepRun

FAIR_HOURS = 6
"""Everybody on the floor has at least so many hours of their own day in a step that is spread over days."""
FAIR_STEP = timedelta(hours=4)
FAIR_LIMIT = timedelta(hours=72)
"""A step is put off by so much at most; days on which the community holds no rounds are not counted."""
MOST_DAYS_OFF = 30

INVITATION = {"async": timedelta(hours=24), "live": timedelta(minutes=10)}
FACILITATOR = {"async": timedelta(hours=48), "live": timedelta(minutes=12)}
"""How long a decision waits for the facilitator."""
TAKE_OVER = {"async": timedelta(hours=24), "live": timedelta(minutes=12)}
"""How long it then waits for anybody who takes over."""
NAMES = {"async": timedelta(hours=24), "live": timedelta(minutes=5)}
WAIT_FOR_MORE = timedelta(hours=24)
KEEP = timedelta(hours=72)
LEFT = timedelta(hours=72)
"""How long somebody who left a role whose words go with it can say what becomes of them."""
PARKED = timedelta(days=90)
"""So long a round is put aside that nobody takes on; longer than anybody can put one on hold."""
SECOND_VOICE = {"async": timedelta(days=3), "live": timedelta(minutes=12)}
"""So long somebody is looked for on a side that has become too small."""
PURGE = timedelta(days=30)
GRACE_LIMIT = {"async": timedelta(hours=6), "live": timedelta(minutes=1)}

LATE = {"async": timedelta(minutes=15), "live": timedelta(minutes=2)}
"""Something that is handled later than this was due while nobody was there to handle it."""
STALE_NUDGE = {"async": timedelta(hours=2), "live": timedelta(minutes=2)}
AFTER_DOWNTIME = {"async": timedelta(hours=4), "live": timedelta(minutes=5)}
APART = {"async": timedelta(hours=1), "live": timedelta(minutes=1)}
"""Over so much more time the rounds are spread that were all overdue at once."""

_QUARTER = timedelta(minutes=15)


def fair(due: datetime, people: Iterable[str], now: Now, preset: Preset, *, start: datetime | None = None) -> datetime:
    """`due`, or so much later (by 4 hours, up to 72) that these people have 6 open hours between `start` and then.

    `start` is now, if nothing else is said.

    Days on which the community holds no rounds are nobody's open hours, and the 72 hours do not run on them. Somebody
    who has no working days at all cannot be helped by waiting.
    """
    if preset == "live":
        return due
    different = {now.hours[person] for person in people if person in now.hours}
    return max((_fair_for(hours, start or now.at, due) for hours in different if hours.quiet.days), default=due)


@lru_cache(maxsize=1024)  # people with the same hours are asked at the same moment: in each group, and in each round
def _fair_for(hours: Hours, start: datetime, due: datetime) -> datetime:
    off = _days_off(hours, start, due)
    wanted, at, limit = FAIR_HOURS * 4, start, due + FAIR_LIMIT + len(off) * timedelta(days=1)
    while wanted and at + _QUARTER <= limit:
        wanted -= is_open(hours.quiet, hours.timezone, at) and not (off and local_day(hours.timezone, at) in off)
        at += _QUARTER
    put_off = max(at, due) - due if not wanted else limit - due
    return due + ceil(put_off / FAIR_STEP) * FAIR_STEP


def _days_off(hours: Hours, start: datetime, due: datetime) -> frozenset[date]:
    """Days off from `start` on, as long as they put the limit off."""
    first, limit = local_day(hours.timezone, start), due + FAIR_LIMIT
    found: set[date] = set()
    for day in hours.off:
        if day >= first and len(found) < MOST_DAYS_OFF and at_local(hours.timezone, day, time(0, 0)) < limit:
            found.add(day)
            limit += timedelta(days=1)
    return frozenset(found)


def waking(hours: Hours | None, at: datetime) -> datetime:
    """The first moment from `at` on in this person's own day; `at` itself where nothing is known of it."""
    if hours is None or not hours.quiet.days:
        return at
    for _ in range(MOST_DAYS_OFF):
        at = next_open(hours.quiet, hours.timezone, at)
        day = local_day(hours.timezone, at)
        if day not in hours.off:
            break
        at = at_local(hours.timezone, day + timedelta(days=1), time(0, 0))
    return at


def on_a_day_off(people: Iterable[str], now: Now) -> datetime | None:
    """When the last of them wakes after a day without rounds, where it is one now for any of them."""
    known = [now.hours[person] for person in people if person in now.hours]
    ends = [waking(hours, now.at) for hours in known if hours.off and local_day(hours.timezone, now.at) in hours.off]
    return max((end for end in ends if end > now.at), default=None)


def still_fair(round_: Round, run: StepRun, people: Iterable[str], now: Now) -> datetime | None:
    """How long the step has to go on all the same: somebody's zone or quiet hours are others than when it opened.

    None: it may close. Who came in since then came in knowing the time there was.
    """
    if run.opened_at is None or "hours" in run.extended:
        return None
    usual = run.opened_at + window(round_, run)
    due = fair(usual, people, now, round_.preset, start=run.opened_at)
    return due if due > now.at else None


def after_downtime(round_: Round, now: Now) -> datetime:
    """Until when something waits that came due while nobody was there; each round until a moment of its own."""
    return now.at + AFTER_DOWNTIME[round_.preset] + portion(round_.id) * APART[round_.preset]


def put_aside(round_: Round) -> bool:
    """Whether it is on hold because nobody takes on what it came to."""
    at, until = round_.paused_at, round_.paused_until
    return at is not None and until is not None and until - at >= PARKED


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
