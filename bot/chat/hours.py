"""A person's quiet hours and working days, in their own zone; all moments in and out are UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.chat.people import Quiet


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of that IANA name; UTC for one we do not know (a platform's new name must not stop a round)."""
    return ZoneInfo(name) if name in zone_names() else ZoneInfo("UTC")


@cache
def zone_names() -> frozenset[str]:
    """All IANA names of this installation."""
    return frozenset(available_timezones())


def known_zone(name: str) -> str | None:
    """The IANA name as it is spelled, whatever the case typed; None when there is no such zone."""
    return _spelled().get(name.strip().lower().replace(" ", "_"))


@cache
def _spelled() -> dict[str, str]:
    return {known.lower(): known for known in zone_names()}


def local_day(timezone: str, at: datetime) -> date:
    """The date on the person's own calendar."""
    return at.astimezone(zone(timezone)).date()


def is_open(quiet: Quiet, timezone: str, at: datetime) -> bool:
    """True when the person may be disturbed at that moment."""
    local = at.astimezone(zone(timezone))
    if local.weekday() not in quiet.days:
        return False
    clock = local.time().replace(tzinfo=None)
    if quiet.start == quiet.end:
        return True
    if quiet.start < quiet.end:
        return not quiet.start <= clock < quiet.end
    return quiet.end <= clock < quiet.start


def next_open(quiet: Quiet, timezone: str, at: datetime) -> datetime:
    """The first moment from `at` on when the person may be disturbed; `at` itself where that is already so.

    Raises ValueError when no day is a working day.
    """
    if not quiet.days:
        raise ValueError("nobody is quiet on all seven days")
    if is_open(quiet, timezone, at):
        return at
    day = local_day(timezone, at)
    for ahead in range(10):
        for moment in _openings(quiet, timezone, day + timedelta(days=ahead)):
            if moment >= at and is_open(quiet, timezone, moment):
                return moment
    raise AssertionError("a week has every weekday")  # pragma: no cover


def _openings(quiet: Quiet, timezone: str, day: date) -> list[datetime]:
    """When quiet hours may end on that day, in order. Where the clock is set that day, any quarter of an hour counts:
    the clock may skip the end of quiet hours, or show it twice."""
    first, last = at_local(timezone, day, time(0, 0)), at_local(timezone, day + timedelta(days=1), time(0, 0))
    moments = {first, at_local(timezone, day, quiet.end)}
    if last - first != timedelta(days=1):
        moments.add(datetime.combine(day, quiet.end, zone(timezone)).replace(fold=1).astimezone(UTC))
        moments.update(first + timedelta(minutes=15) * quarter for quarter in range(1, 26 * 4))
    return sorted(moments)


def at_local(timezone: str, day: date, clock: time) -> datetime:
    """The moment when the clock shows that on that day; in a skipped hour the next, in a double one the first."""
    return datetime.combine(day, clock.replace(fold=0), zone(timezone)).astimezone(UTC)


def open_hours(quiet: Quiet, timezone: str, start: datetime, end: datetime) -> float:
    """How many hours between two moments the person may be disturbed, to a quarter of an hour."""
    step = timedelta(minutes=15)
    count, at = 0, start
    while at + step <= end:
        count += is_open(quiet, timezone, at)
        at += step
    return count / 4
