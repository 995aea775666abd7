"""What a repeating round does as time goes by and as people act: by tables, and for any way that time is cut up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.names import Channel, Space
from bot.chat.people import Quiet
from bot.errors import UserMistake
from bot.rounds import schedules
from bot.rounds.now import Hours
from bot.rounds.recurring import Rule, moments
from bot.rounds.schedules import (
    Fact,
    Schedule,
    ScheduleAsked,
    ScheduleDue,
    ScheduleMade,
    ScheduleMissed,
    ScheduleRested,
    ScheduleResumed,
    ScheduleSkipped,
    ScheduleTopicChanged,
)

AMSTERDAM = "Europe/Amsterdam"
HOURS = Hours(Quiet(), AMSTERDAM)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
"""Ten o'clock in Amsterdam."""
WEEK = timedelta(weeks=1)
HOUR = timedelta(hours=1)
RULE = Rule("week", 1, time(10, 0), AMSTERDAM, date(2026, 11, 24))


def a_schedule(**news: Any) -> Schedule:
    made = Schedule(
        id="s1",
        community="c1",
        channel=Channel(Space("playground", "school"), "general"),
        format="harvest",
        topic="the doors",
        preset="async",
        rule=RULE,
        holder="anna",
        created_at=MONDAY,
        next_at=TUESDAY,
    )
    return replace(made, **news)


def moves(schedule: Schedule, now: datetime, quiet: tuple[date, ...] = ()) -> tuple[Schedule, tuple[Fact, ...]]:
    return schedules.move_on(schedule, now, HOURS, quiet)


def test_it_asks_the_day_before_and_opens_at_its_moment() -> None:
    schedule = a_schedule()
    assert schedules.wakes_at(schedule, HOURS) == TUESDAY - timedelta(days=1)
    assert moves(schedule, TUESDAY - timedelta(hours=25)) == (schedule, ())
    asked, facts = moves(schedule, TUESDAY - timedelta(days=1))
    assert facts == (ScheduleAsked("s1", TUESDAY),)
    assert schedules.wakes_at(asked, HOURS) == TUESDAY
    assert moves(asked, TUESDAY - HOUR) == (asked, ())
    after, facts = moves(asked, TUESDAY)
    assert facts == (ScheduleDue("s1", TUESDAY, "the doors"),)
    assert (after.next_at, after.asked) == (TUESDAY + WEEK, False)
    assert moves(after, TUESDAY) == (after, ()), "a second knock changes nothing"


def test_a_live_round_opens_an_hour_before_it_begins() -> None:
    schedule = a_schedule(preset="live", asked=True)
    assert schedules.wakes_at(schedule, HOURS) == TUESDAY - HOUR
    after, facts = moves(schedule, TUESDAY - HOUR)
    assert facts == (ScheduleDue("s1", TUESDAY, "the doors"),)
    assert after.next_at == TUESDAY + WEEK


@pytest.mark.parametrize(
    ("rule", "timezone", "days", "asks"),
    [
        (RULE, AMSTERDAM, (0, 1, 2, 3, 4), "Mon 30 Nov 09:00"),
        (replace(RULE, weekday=0), AMSTERDAM, (0, 1, 2, 3, 4), "Fri 27 Nov 09:00"),
        (replace(RULE, weekday=0), AMSTERDAM, (2,), "Wed 25 Nov 09:00"),
        (replace(RULE, weekday=0), AMSTERDAM, (), "Sun 29 Nov 09:00"),
        (RULE, "America/New_York", (0, 1, 2, 3, 4), "Mon 30 Nov 09:00"),
    ],
)
def test_it_asks_on_the_last_working_day_before(rule: Rule, timezone: str, days: tuple[int, ...], asks: str) -> None:
    at = next(moments(rule, TUESDAY - timedelta(days=2)))
    found = schedules.ask_at(a_schedule(rule=rule, next_at=at), Hours(Quiet(days=days), timezone))
    assert found is not None
    assert f"{found:%a %d %b %H:%M}" == asks


def test_where_nobody_knows_the_hours_of_its_holder_it_is_a_day() -> None:
    assert schedules.ask_at(a_schedule(), None) == TUESDAY - timedelta(days=1)


def test_the_day_before_is_one_on_the_clock_over_a_change_of_it() -> None:
    rule = replace(RULE, weekday=6)
    at = datetime(2026, 10, 25, 9, 0, tzinfo=UTC)
    daily = Hours(Quiet(days=(0, 1, 2, 3, 4, 5, 6)), AMSTERDAM)
    assert schedules.ask_at(a_schedule(rule=rule, next_at=at), daily) == datetime(2026, 10, 24, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("preset", "late", "opens"),
    [
        ("async", timedelta(hours=3, minutes=59), True),
        ("async", timedelta(hours=5), False),
        ("live", timedelta(minutes=-1), True),
        ("live", timedelta(0), False),
        ("live", timedelta(minutes=1), False),
    ],
)
def test_a_little_late_it_still_opens(preset: str, late: timedelta, opens: bool) -> None:
    """A live round until the moment it begins, one over days for some hours."""
    after, facts = moves(a_schedule(preset=preset, asked=True), TUESDAY + late)
    assert isinstance(facts[0], ScheduleDue if opens else ScheduleMissed)
    assert len(facts) == 1
    assert after.next_at == TUESDAY + WEEK


def test_after_five_weeks_away_it_is_told_once_and_goes_on() -> None:
    now = TUESDAY + 4 * WEEK + timedelta(days=2)
    after, facts = moves(a_schedule(asked=True), now)
    assert facts == (ScheduleMissed("s1", TUESDAY, 5),)
    assert (after.next_at, after.missed_at, after.asked) == (TUESDAY + 5 * WEEK, TUESDAY, False)
    assert moves(after, now) == (after, ())
    made_up = schedules.make_up(after)
    with pytest.raises(UserMistake):
        schedules.make_up(made_up)


def test_a_day_that_became_quiet_is_passed_over_when_its_holder_would_be_asked() -> None:
    quiet = (date(2026, 12, 1), date(2026, 12, 8))
    schedule = a_schedule()
    assert moves(schedule, TUESDAY - timedelta(days=2), quiet) == (schedule, ()), "not weeks ahead"
    after, facts = moves(schedule, TUESDAY - timedelta(days=1), quiet)
    assert facts == (ScheduleSkipped("s1", TUESDAY, "quiet_day"),)
    assert after.next_at == TUESDAY + 2 * WEEK


def test_where_only_quiet_days_would_come_it_rests() -> None:
    class Always(tuple[date, ...]):
        __slots__ = ()

        def __contains__(self, _: object) -> bool:
            return True

    after, facts = moves(a_schedule(), TUESDAY, Always())
    assert facts == (ScheduleSkipped("s1", TUESDAY, "quiet_day"), ScheduleRested("s1", "quiet"))
    assert schedules.wakes_at(after, HOURS) is None
    with pytest.raises(UserMistake, match="Only quiet days"):
        schedules.make(a_schedule(next_at=None), MONDAY, HOURS, Always())


# -- what people do


def test_who_sets_it_up_within_the_day_before_is_not_asked() -> None:
    made, facts = schedules.make(a_schedule(next_at=None, topic="  the \n doors "), MONDAY, HOURS, ())
    assert facts == (ScheduleMade("s1", "anna"),)
    assert (made.next_at, made.asked, made.topic) == (TUESDAY - WEEK, True, "the doors"), "tomorrow at ten"
    made, _ = schedules.make(a_schedule(next_at=None), MONDAY, HOURS, (date(2026, 11, 24),))
    assert (made.next_at, made.asked) == (TUESDAY, False)
    for topic in (" ", "x" * 201):
        with pytest.raises(UserMistake):
            schedules.make(a_schedule(next_at=None, topic=topic), MONDAY, HOURS, ())


def test_a_live_one_is_never_set_up_for_a_moment_without_time_to_invite() -> None:
    at = TUESDAY - timedelta(minutes=30)
    made, _ = schedules.make(a_schedule(next_at=None, preset="live"), at, HOURS, ())
    assert made.next_at == TUESDAY + WEEK


def test_not_this_time() -> None:
    schedule = a_schedule(asked=True, other_topic="the windows")
    after, facts = schedules.skip(schedule, schedule.stamp, MONDAY, ())
    assert facts == (ScheduleSkipped("s1", TUESDAY, "person"),)
    assert (after.next_at, after.asked, after.other_topic) == (TUESDAY + WEEK, False, "")
    with pytest.raises(UserMistake):
        schedules.skip(after, schedule.stamp, MONDAY, ())


def test_another_topic_once_or_from_now_on() -> None:
    schedule = a_schedule(asked=True)
    once, facts = schedules.another_topic(schedule, schedule.stamp, " the  windows", once=True)
    assert (once.subject, once.topic, facts) == ("the windows", "the doors", (ScheduleTopicChanged("s1", True),))
    opened, due = moves(once, TUESDAY)
    assert due == (ScheduleDue("s1", TUESDAY, "the windows"),)
    assert opened.subject == "the doors"
    always, _ = schedules.another_topic(once, once.stamp, "the roof", once=False)
    assert (always.subject, always.topic) == ("the roof", "the roof")
    with pytest.raises(UserMistake):
        schedules.another_topic(opened, schedule.stamp, "the roof", once=True)


def test_it_rests_and_somebody_takes_it_up() -> None:
    rested, facts = schedules.without_holder(a_schedule(asked=True, other_topic="x", missed_at=MONDAY))
    assert facts == (ScheduleRested("s1", "holder"),)
    assert (rested.holder, rested.next_at, rested.stamp, rested.missed_at) == (None, None, "", None)
    assert schedules.wakes_at(rested, None) is None
    assert moves(rested, TUESDAY + WEEK) == (rested, ())
    assert schedules.rest(rested, "holder") == (rested, ())
    again, facts = schedules.resume(rested, "bo", TUESDAY, HOURS, ())
    assert facts == (ScheduleResumed("s1", "bo"),)
    assert (again.holder, again.next_at, again.resting, again.asked) == ("bo", TUESDAY + WEEK, None, False)
    with pytest.raises(UserMistake):
        schedules.resume(again, "cas", TUESDAY, HOURS, ())


@given(
    knocks=st.lists(st.integers(1, 200), min_size=1, max_size=40),
    preset=st.sampled_from(["async", "live"]),
    weekday=st.integers(0, 6),
    at=st.sampled_from([time(2, 30), time(3, 0), time(10, 0), time(23, 50)]),
    step=st.integers(1, 2),
)
def test_however_late_the_clock_knocks_every_time_comes_once(
    knocks: list[int], preset: str, weekday: int, at: time, step: int
) -> None:
    """Knocks hours apart, through October and beyond: each time is opened, or told as missed, and never twice."""
    start = datetime(2026, 10, 12, 12, 0, tzinfo=UTC)
    rule = Rule("week", weekday, at, AMSTERDAM, date(2026, 10, 12), step)
    schedule, _ = schedules.make(a_schedule(rule=rule, preset=preset, created_at=start, next_at=None), start, HOURS, ())
    now, told, asked = start, 0, []
    opened: list[datetime] = []
    for hours in knocks:
        now += timedelta(hours=hours)
        for _ in range(3):
            schedule, facts = moves(schedule, now)
            for fact in facts:
                match fact:
                    case ScheduleDue(at=at_):
                        opened.append(at_)
                    case ScheduleMissed(times=times):
                        told += times
                    case ScheduleAsked(at=at_):
                        asked.append(at_)
                    case _:
                        raise AssertionError(fact)
            if not facts:
                break
        else:
            raise AssertionError("it does not come to rest")
    assert len(set(opened)) == len(opened)
    assert len(set(asked)) == len(asked), "nobody is asked twice about one time"
    after_start = moments(rule, start + schedules.AHEAD[schedule.preset])
    ahead = schedules.AHEAD[schedule.preset]
    due = []
    for each in after_start:
        if each - ahead > now:
            break
        due.append(each)
    assert set(opened) <= set(due)
    assert len(opened) + told == len(due)
