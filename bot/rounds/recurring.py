"""When a repeating round comes back: a plain rule, and the moments it gives.

A rule gives days on its own calendar, and each day has one moment. So nothing comes twice in the hour that October
shows twice, and nothing is lost in the hour that March leaves out: there it is as much later as the clock skipped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Literal

from bot.chat.hours import at_local, local_day

LAST = -1
"""The last such weekday of a month."""
WEEK = timedelta(days=7)
LOOK_AHEAD = 600
"""So many days of a rule are looked at for one that is not quiet; beyond that it never comes."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Every so many weeks on a weekday, or on the n-th of a month; at a time on the clock of a zone.

    `first`: the day from which the weeks are counted; no moment lies before it.
    """

    every: Literal["week", "month"]
    weekday: int
    """0 is Monday, as `datetime.weekday` counts."""
    at: time
    timezone: str
    """IANA name."""
    first: date
    step: int = 1
    """Every so many weeks."""
    nth: int = 0
    """In a month: 1 to 4, or LAST."""


def days(rule: Rule, start: date) -> Iterator[date]:
    """The days of the rule from `start` on, in order, without end."""
    start = max(start, rule.first)
    if rule.every == "week":
        span = WEEK * rule.step
        day = _on(rule.first, rule.weekday)
        if start > day:
            day += -(-(start - day) // span) * span
        while True:
            yield day
            day += span
    year, month = start.year, start.month
    while True:
        day = _of_month(rule, year, month)
        if day >= start:
            yield day
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _on(day: date, weekday: int) -> date:
    """The first such weekday from `day` on."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _of_month(rule: Rule, year: int, month: int) -> date:
    if rule.nth == LAST:
        after = date(year, month + 1, 1) if month < 12 else date(year + 1, 1, 1)
        return _on(after - WEEK, rule.weekday)
    return _on(date(year, month, 1), rule.weekday) + WEEK * (rule.nth - 1)


def moment(rule: Rule, day: date) -> datetime:
    """The one moment of that day, in UTC."""
    return at_local(rule.timezone, day, rule.at)


def day_of(rule: Rule, at: datetime) -> date:
    """The day of a moment, on the rule's own calendar."""
    return local_day(rule.timezone, at)


def moments(rule: Rule, after: datetime, quiet: Collection[date] = ()) -> Iterator[datetime]:
    """The moments later than `after`, in order; none on a quiet day. Ends when nothing but quiet days would come."""
    quiet_ones = 0
    for day in days(rule, day_of(rule, after)):
        at = moment(rule, day)
        if at <= after:
            continue
        if day in quiet:
            quiet_ones += 1
            if quiet_ones > LOOK_AHEAD:
                return
            continue
        quiet_ones = 0
        yield at


def upcoming(rule: Rule, after: datetime, quiet: Collection[date] = ()) -> datetime | None:
    """The next moment later than `after`."""
    return next(moments(rule, after, quiet), None)


def between(rule: Rule, first: datetime, last: datetime, most: int, quiet: Collection[date] = ()) -> int:
    """How many of its moments lie from `first` to `last`, both counted; `most` at most."""
    found = moments(rule, first - timedelta(microseconds=1), quiet)
    return sum(1 for at in islice(found, most) if at <= last)
