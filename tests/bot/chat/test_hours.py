"""Quiet hours and working days in a person's own zone, over both changes of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.hours import at_local, is_open, known_zone, local_day, next_open, open_hours, zone
from bot.chat.people import WORKING_DAYS, Quiet

ZONES = (
    "Europe/Amsterdam",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Pacific/Chatham",
    "America/Havana",
    "Australia/Lord_Howe",
    "UTC",
)
QUARTERS = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))
QUIETS = st.builds(
    Quiet,
    QUARTERS,
    QUARTERS,
    st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
)
# the clock changes on 25 October 2026 and 28 March 2027 in Amsterdam, and on other days elsewhere
MOMENTS = st.datetimes(datetime(2026, 10, 1), datetime(2027, 5, 1)).map(  # noqa: DTZ001 - the zone follows
    lambda moment: moment.replace(minute=moment.minute - moment.minute % 15, second=0, microsecond=0, tzinfo=UTC)
)
NEAR_CHANGES = st.sampled_from(
    ("2026-10-24T18:00", "2026-11-01T00:00", "2027-03-13T20:00", "2027-03-27T18:00")
).flatmap(
    lambda start: st.integers(0, 4 * 48).map(
        lambda quarters: datetime.fromisoformat(start).replace(tzinfo=UTC) + quarters * timedelta(minutes=15)
    )
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("timezone", "at", "opens"),
    [
        ("Europe/Amsterdam", "2026-11-23T10:00", "2026-11-23T10:00"),  # a Monday morning: now
        ("Europe/Amsterdam", "2026-11-23T17:00", "2026-11-24T08:00"),  # six in the evening: the next morning
        ("Europe/Amsterdam", "2026-11-27T17:30", "2026-11-30T08:00"),  # a Friday evening: Monday
        ("Europe/Amsterdam", "2026-10-24T10:00", "2026-10-26T08:00"),  # over the end of summer time
        ("Europe/Amsterdam", "2027-03-27T10:00", "2027-03-29T07:00"),  # over its beginning
        ("America/Los_Angeles", "2026-11-23T10:00", "2026-11-23T17:00"),
        ("Asia/Kolkata", "2026-11-23T13:00", "2026-11-24T03:30"),
        ("Pacific/Kiritimati", "2026-11-22T10:00", "2026-11-22T19:00"),  # Monday comes early there
    ],
)
def test_the_next_time_somebody_may_be_disturbed(timezone: str, at: str, opens: str) -> None:
    assert next_open(Quiet(), timezone, utc(at)) == utc(opens)


@pytest.mark.parametrize(
    ("quiet", "at", "is_it"),
    [
        (Quiet(time(18), time(9)), "2026-11-23T08:59", False),
        (Quiet(time(18), time(9)), "2026-11-23T09:00", True),
        (Quiet(time(18), time(9)), "2026-11-23T17:59", True),
        (Quiet(time(18), time(9)), "2026-11-23T18:00", False),
        (Quiet(time(9), time(18)), "2026-11-23T12:00", False),  # works at night
        (Quiet(time(9), time(18)), "2026-11-23T23:00", True),
        (Quiet(time(0), time(0)), "2026-11-23T03:00", True),  # no quiet hours
        (Quiet(time(0), time(0)), "2026-11-22T12:00", False),  # but Sunday is no working day
        (Quiet(time(0), time(0), (6,)), "2026-11-22T12:00", True),
    ],
)
def test_quiet_hours(quiet: Quiet, at: str, is_it: bool) -> None:
    assert is_open(quiet, "UTC", utc(at)) is is_it


@given(QUIETS, st.sampled_from(ZONES), MOMENTS | NEAR_CHANGES)
def test_next_open_is_open_and_nothing_before_it_is(quiet: Quiet, timezone: str, at: datetime) -> None:
    found = next_open(quiet, timezone, at)
    assert found >= at
    assert is_open(quiet, timezone, found)
    before = at
    while before < found:
        assert not is_open(quiet, timezone, before)
        before += timedelta(minutes=15)


def test_nobody_is_disturbed_who_works_on_no_day() -> None:
    with pytest.raises(ValueError, match="seven days"):
        next_open(Quiet(days=()), "UTC", utc("2026-11-23T09:00"))


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        (date(2026, 10, 25), time(2, 30), "2026-10-25T00:30"),  # shown twice: the first
        (date(2027, 3, 28), time(2, 30), "2027-03-28T01:30"),  # never shown: an hour on
        (date(2026, 10, 26), time(9, 30), "2026-10-26T08:30"),
        (date(2026, 10, 23), time(9, 30), "2026-10-23T07:30"),
    ],
)
def test_a_clock_on_a_day(day: date, clock: time, moment: str) -> None:
    assert at_local("Europe/Amsterdam", day, clock) == utc(moment)


def test_a_day_belongs_to_a_place() -> None:
    at = utc("2026-11-23T11:00")
    assert local_day("Pacific/Kiritimati", at) == date(2026, 11, 24)
    assert local_day("America/Los_Angeles", at) == date(2026, 11, 23)


@given(QUIETS, st.sampled_from(ZONES), MOMENTS, st.integers(0, 40))
def test_open_hours_add_up(quiet: Quiet, timezone: str, at: datetime, quarters: int) -> None:
    middle, end = at + quarters * timedelta(minutes=15), at + timedelta(hours=20)
    whole = open_hours(quiet, timezone, at, end)
    assert whole == open_hours(quiet, timezone, at, middle) + open_hours(quiet, timezone, middle, end)
    assert 0 <= whole <= 20


def test_a_working_day_has_nine_open_hours_also_when_the_clock_changes() -> None:
    everyday = Quiet(days=(*WORKING_DAYS, 5, 6))
    for day in ("2026-10-25", "2027-03-28", "2026-11-23"):
        start = at_local("Europe/Amsterdam", date.fromisoformat(day), time(0))
        assert open_hours(everyday, "Europe/Amsterdam", start, start + timedelta(hours=23)) == 9


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("europe/amsterdam", "Europe/Amsterdam"),
        (" America/los angeles ", "America/Los_Angeles"),
        ("utc", "UTC"),
        ("Mars/Olympus", None),
        ("", None),
    ],
)
def test_a_zone_is_known_however_it_is_typed(typed: str, name: str | None) -> None:
    assert known_zone(typed) == name


def test_an_unknown_zone_counts_as_utc() -> None:
    assert zone("Mars/Olympus").key == "UTC"
