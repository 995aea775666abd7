"""When a repeating round comes back: over both changes of the clock, in any zone, nothing twice and nothing lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.hours import zone
from bot.rounds.recurring import LAST, Rule, between, day_of, days, moments, upcoming

AMSTERDAM = "Europe/Amsterdam"
START = date(2026, 9, 1)
YEAR = timedelta(days=400)
ZONES = (
    AMSTERDAM, "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Cairo", "America/Santiago",
    "Asia/Beirut", "Pacific/Apia", "UTC",
)  # fmt: skip


def weekly(weekday: int, at: str, step: int = 1, first: date = START, timezone: str = AMSTERDAM) -> Rule:
    return Rule("week", weekday, time.fromisoformat(at), timezone, first, step)


def monthly(nth: int, weekday: int, at: str = "09:30", first: date = START) -> Rule:
    return Rule("month", weekday, time.fromisoformat(at), AMSTERDAM, first, nth=nth)


def local(rule: Rule, count: int, after: datetime = datetime(2026, 9, 1, tzinfo=UTC)) -> list[str]:
    """The next moments as the clock there shows them."""
    found = islice(moments(rule, after), count)
    return [f"{at.astimezone(zone(rule.timezone)):%a %d %b %H:%M}" for at in found]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (weekly(3, "16:00"), ["Thu 03 Sep 16:00", "Thu 10 Sep 16:00", "Thu 17 Sep 16:00"]),
        (weekly(1, "10:00", 2), ["Tue 01 Sep 10:00", "Tue 15 Sep 10:00", "Tue 29 Sep 10:00"]),
        (weekly(1, "10:00", 2, date(2026, 9, 8)), ["Tue 08 Sep 10:00", "Tue 22 Sep 10:00", "Tue 06 Oct 10:00"]),
        (weekly(0, "09:00", 3, date(2026, 9, 3)), ["Mon 07 Sep 09:00", "Mon 28 Sep 09:00", "Mon 19 Oct 09:00"]),
        (monthly(1, 0), ["Mon 07 Sep 09:30", "Mon 05 Oct 09:30", "Mon 02 Nov 09:30"]),
        (monthly(4, 1), ["Tue 22 Sep 09:30", "Tue 27 Oct 09:30", "Tue 24 Nov 09:30"]),
        (monthly(LAST, 4), ["Fri 25 Sep 09:30", "Fri 30 Oct 09:30", "Fri 27 Nov 09:30"]),
        (monthly(LAST, 3, first=date(2026, 12, 1)), ["Thu 31 Dec 09:30", "Thu 28 Jan 09:30", "Thu 25 Feb 09:30"]),
    ],
)
def test_plain_rules(rule: Rule, expected: list[str]) -> None:
    assert local(rule, 3) == expected


def test_the_clock_on_the_wall_stays_the_same_over_both_changes() -> None:
    rule = weekly(1, "10:00", 1)
    october = list(islice(moments(rule, datetime(2026, 10, 19, tzinfo=UTC)), 2))
    assert [at.hour for at in october] == [8, 9]
    march = list(islice(moments(rule, datetime(2027, 3, 22, tzinfo=UTC)), 2))
    assert [at.hour for at in march] == [9, 8]


def test_in_the_double_hour_of_october_it_comes_once() -> None:
    rule = weekly(6, "02:30")
    found = list(islice(moments(rule, datetime(2026, 10, 24, tzinfo=UTC)), 2))
    assert found == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 11, 1, 1, 30, tzinfo=UTC)]
    first, second = found[0], found[0] + timedelta(hours=1)
    assert first.astimezone(zone(AMSTERDAM)).time() == second.astimezone(zone(AMSTERDAM)).time() == time(2, 30)
    assert upcoming(rule, first) == upcoming(rule, second) == found[1], "asked again in the second 2:30 it is over"


def test_in_the_hour_that_march_leaves_out_it_comes_an_hour_later() -> None:
    rule = weekly(6, "02:30")
    found = upcoming(rule, datetime(2027, 3, 27, tzinfo=UTC))
    assert found == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert found.astimezone(zone(AMSTERDAM)).time() == time(3, 30)


def test_quiet_days_are_left_out_and_the_weeks_are_counted_on() -> None:
    rule = weekly(1, "10:00", 2)
    quiet = {date(2026, 9, 15), date(2026, 9, 22)}
    found = islice(moments(rule, datetime(2026, 9, 2, tzinfo=UTC), quiet), 2)
    assert [day_of(rule, at) for at in found] == [date(2026, 9, 29), date(2026, 10, 13)]


def test_where_every_day_is_quiet_nothing_comes_and_nobody_waits_for_ever() -> None:
    class Always:
        def __contains__(self, _: object) -> bool:
            return True

        def __iter__(self) -> object:
            raise AssertionError

        def __len__(self) -> int:
            return 1

    assert upcoming(weekly(1, "10:00"), datetime(2026, 9, 1, tzinfo=UTC), Always()) is None  # type: ignore[arg-type]


def test_how_often_it_was_missed() -> None:
    rule = weekly(1, "10:00")
    first = datetime(2026, 9, 8, 8, 0, tzinfo=UTC)
    assert between(rule, first, first, 9) == 1
    assert between(rule, first, first + timedelta(days=34), 9) == 5
    assert between(rule, first, first + timedelta(days=340), 9) == 9


rules = st.one_of(
    st.builds(
        Rule,
        st.just("week"),
        st.integers(0, 6),
        st.times().map(lambda at: at.replace(second=0, microsecond=0)),
        st.sampled_from(ZONES),
        st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        st.integers(1, 12),
    ),
    st.builds(
        Rule,
        st.just("month"),
        st.integers(0, 6),
        st.times().map(lambda at: at.replace(second=0, microsecond=0)),
        st.sampled_from(ZONES),
        st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        nth=st.sampled_from((1, 2, 3, 4, LAST)),
    ),
)
"""Any rule, at any minute of the day; a year from their first day holds both changes of the clock."""


@given(rules)
@example(Rule("week", 4, time(0, 0, fold=1), "Africa/Cairo", date(2026, 1, 1)))  # there midnight is skipped
def test_each_day_of_a_rule_has_one_moment_over_both_changes_of_the_clock(rule: Rule) -> None:
    until = rule.first + YEAR
    expected = []
    for day in days(rule, rule.first):
        if day > until:
            break
        expected.append(day)
    start = datetime.combine(rule.first, time(), zone(rule.timezone)).astimezone(UTC) - timedelta(microseconds=1)
    found = list(islice(moments(rule, start), len(expected)))
    assert [day_of(rule, at) for at in found] == expected, "one moment on each day, none lost, none twice"
    assert all(one < other for one, other in pairwise(found))
    for at in found:
        assert at.astimezone(zone(rule.timezone)).weekday() == rule.weekday
        shown = at.astimezone(zone(rule.timezone)).time().replace(tzinfo=None)
        late = datetime.combine(START, shown) - datetime.combine(START, rule.at)
        assert timedelta(0) <= late <= timedelta(hours=1), "as typed, or so much later as the clock skipped"


@given(rules, st.lists(st.integers(0, 3 * 10**7), min_size=1, max_size=6))
def test_it_can_be_asked_at_any_moment_and_goes_on_from_there(rule: Rule, seconds: list[int]) -> None:
    """However time is cut into pieces by restarts, the same moments come, each once."""
    start = datetime(2026, 3, 1, tzinfo=UTC)
    end = start + timedelta(seconds=max(seconds))
    whole = []
    for at in moments(rule, start):
        if at > end:
            break
        whole.append(at)
    pieces, here = [], start
    for stop in sorted(start + timedelta(seconds=each) for each in seconds):
        while (at := upcoming(rule, here)) is not None and at <= stop:
            pieces.append(at)
            here = at
        here = max(here, stop)
    assert pieces == whole


@given(rules)
def test_weeks_are_counted_from_the_first_day(rule: Rule) -> None:
    found = list(islice(days(rule, rule.first), 4))
    assert found[0] >= rule.first
    if rule.every == "week":
        assert found[0] - rule.first < timedelta(days=7)
        assert {other - one for one, other in pairwise(found)} == {timedelta(weeks=rule.step)}
    else:
        assert len({(day.year, day.month) for day in found}) == 4
    for start in (found[2], found[1] + timedelta(days=1)):
        assert next(days(rule, start)) == found[2], "from the middle they are the same"
