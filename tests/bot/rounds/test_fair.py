"""Everybody on the floor has six hours of their own day, whatever their zone, their quiet hours and the season."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.hours import local_day, open_hours
from bot.chat.people import Quiet
from bot.rounds import rules
from bot.rounds.facts import FacilitatorAsked, FacilitatorMissed, WrappingBegan
from bot.rounds.now import Hours, Now
from bot.rounds.step_facts import NudgeDue, StepExtended
from bot.rounds.timing import FAIR_HOURS, FAIR_LIMIT, FAIR_STEP, fair, waking
from tests.bot.rounds.play import ALWAYS, HOLDER, MONDAY, OFFICE, Play, kinds, made_of, only, step

FORMAT = made_of(step("one", "collect"), step("two", "open"))
FOUR = ("ana", "bo", "cas", "dee")
CHRISTMAS = (date(2026, 12, 25), date(2026, 12, 26))
ZONES = (
    "Europe/Amsterdam", "Europe/London", "America/Los_Angeles", "America/St_Johns", "America/Asuncion", "Asia/Kolkata",
    "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham", "Africa/Casablanca", "UTC",
)  # fmt: skip
"""With clock changes on other days than ours, of half an hour, and hours that are none."""

moments = st.integers(0, 2 * 365 * 24 * 60).map(lambda at: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=at))
clocks = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
week = st.lists(st.integers(0, 6), max_size=7, unique=True).map(lambda days: tuple(sorted(days)))
off = st.lists(st.integers(0, 729), max_size=12, unique=True).map(
    lambda days: tuple(date(2026, 1, 1) + timedelta(days=each) for each in sorted(days))
)
people = st.lists(st.builds(Hours, st.builds(Quiet, clocks, clocks, week), st.sampled_from(ZONES)), max_size=5)


def had(hours: Hours, start: datetime, end: datetime) -> float:
    """Open hours between two moments that are on no day off."""
    quarters = (start + timedelta(minutes=15 * n) for n in range(int((end - start) / timedelta(minutes=15))))
    return sum(
        open_hours(hours.quiet, hours.timezone, at, at + timedelta(minutes=15))
        for at in quarters
        if local_day(hours.timezone, at) not in hours.off
    )


@settings(max_examples=150, deadline=None)
@given(people=people, days_off=off, start=moments, hours=st.sampled_from((1, 12, 24, 36, 48, 72)))
def test_a_window_is_fair_and_no_longer_than_that(
    people: list[Hours], days_off: tuple[date, ...], start: datetime, hours: int
) -> None:
    everybody = {str(n): replace(one, off=days_off) for n, one in enumerate(people)}
    usual = start + timedelta(hours=hours)

    due = fair(usual, everybody, Now(start, 1, everybody), "async")

    longest = usual + FAIR_LIMIT + timedelta(days=len(days_off))
    assert usual <= due <= longest
    assert (due - usual) % FAIR_STEP == timedelta(0)
    waking_ = [one for one in everybody.values() if one.quiet.days]
    short = [one for one in waking_ if had(one, start, due) < FAIR_HOURS]
    assert not short or due >= usual + FAIR_LIMIT
    if due > usual:
        assert [one for one in waking_ if had(one, start, due - FAIR_STEP) < FAIR_HOURS]


@settings(max_examples=100, deadline=None)
@given(one=people.filter(bool).map(lambda some: some[0]), days_off=off, at=moments)
def test_waking_is_in_their_own_day(one: Hours, days_off: tuple[date, ...], at: datetime) -> None:
    hours = replace(one, off=days_off)

    found = waking(hours, at)

    assert found >= at
    if hours.quiet.days:
        assert open_hours(hours.quiet, hours.timezone, found, found + timedelta(minutes=15)) > 0
        assert local_day(hours.timezone, found) not in days_off
    else:
        assert found == at


@pytest.mark.parametrize(("saturday", "put_off"), [(date(2026, 10, 24), 0), (date(2027, 3, 27), 12)])
def test_hours_are_hours_when_the_clock_is_set(saturday: date, put_off: int) -> None:
    """Somebody who is up from midnight to six has seven hours in the night of October and five in that of March."""
    nights = Hours(Quiet(time(6), time(0), tuple(range(7))), "Europe/Amsterdam")
    start = datetime.combine(saturday, time(12), UTC)
    usual = start + timedelta(hours=24)

    assert fair(usual, ("ana",), Now(start, 1, {"ana": nights}), "async") == usual + timedelta(hours=put_off)


def test_days_without_rounds_put_a_step_off_and_are_not_counted() -> None:
    eve = datetime(2026, 12, 24, 15, tzinfo=UTC)
    plain, quiet = OFFICE, replace(OFFICE, off=CHRISTMAS)
    usual = eve + timedelta(hours=24)

    assert fair(usual, ("ana",), Now(eve, 1, {"ana": plain}), "async").date() == date(2026, 12, 25)
    due = fair(usual, ("ana",), Now(eve, 1, {"ana": quiet}), "async")
    assert due == datetime(2026, 12, 28, 15, tzinfo=UTC)
    fortnight = tuple(date(2026, 12, 25) + timedelta(days=n) for n in range(14))
    due = fair(usual, ("ana",), Now(eve, 1, {"ana": replace(OFFICE, off=fortnight)}), "async")
    assert due.date() == date(2027, 1, 8)
    assert had(replace(OFFICE, off=fortnight), eve, due) >= FAIR_HOURS


def begun(hours: Hours, at: datetime = MONDAY) -> Play:
    play = Play(FORMAT, hours=dict.fromkeys((*FOUR, HOLDER), hours))
    play.at = at
    return play.begun(*FOUR)


def test_nobody_is_nudged_on_a_day_without_rounds() -> None:
    play = begun(replace(OFFICE, off=CHRISTMAS), datetime(2026, 12, 24, 15, tzinfo=UTC))

    nudged = play.until(NudgeDue)

    assert nudged.people == FOUR
    assert play.at.date() not in CHRISTMAS
    assert play.at < (play.step.due_at or play.at)


def test_a_nudge_that_comes_due_on_a_day_without_rounds_waits_for_the_next() -> None:
    hours = Hours(ALWAYS.quiet, "UTC", (date(2026, 11, 24),))
    play = Play(made_of(step("one", "collect", async_h=50)), hours=dict.fromkeys(FOUR, hours)).begun(*FOUR)

    assert play.wait(30) == (), "60 % of the time is at three in the afternoon of that day"
    assert only(play.wait(10), NudgeDue).people == FOUR
    assert play.round.steps[0].nudge_at is None


def test_the_holder_of_the_word_is_not_reminded_on_a_day_without_rounds_either() -> None:
    hours = Hours(ALWAYS.quiet, "UTC", (date(2026, 11, 24),))
    circle = step("circle", "turns", order="fixed", async_h=200, turn_async_h=50)
    play = Play(made_of(circle), hours=dict.fromkeys(FOUR, hours)).begun(*FOUR)

    assert play.wait(38.9) == ()
    assert only(play.wait(1), NudgeDue).people == ("ana",)


def test_decisions_wait_for_hours_of_the_facilitators_own_day() -> None:
    friday = MONDAY + timedelta(days=4, hours=8)
    play = begun(OFFICE, friday)
    for who in ("ana", "bo", "cas"):
        play.does(rules.leave, who)

    asked = only(play.says("dee"), FacilitatorAsked)

    assert asked.until > friday + timedelta(hours=48)
    assert had(OFFICE, friday, asked.until) >= FAIR_HOURS


def test_others_too_have_hours_of_their_own_day_to_take_over() -> None:
    friday = MONDAY + timedelta(days=4, hours=8)
    play = begun(OFFICE, friday)

    missed = only(play.does(rules.leave, HOLDER), FacilitatorMissed)

    assert missed.until > friday + timedelta(hours=24)
    assert had(OFFICE, friday, missed.until) >= FAIR_HOURS


def test_an_invitation_stands_until_a_day_with_rounds() -> None:
    play = Play(FORMAT, hours={HOLDER: replace(OFFICE, off=CHRISTMAS)})
    play.at = datetime(2026, 12, 24, 12, tzinfo=UTC)

    play.does(rules.invite)

    assert play.round.begins_at == datetime(2026, 12, 28, 8, tzinfo=UTC), "Monday at nine in Amsterdam"


def test_authors_have_hours_of_their_own_day_to_answer_about_keeping() -> None:
    play = begun(replace(OFFICE, off=CHRISTMAS), datetime(2026, 12, 24, 16, tzinfo=UTC))

    until = only(play.does(rules.close, HOLDER), WrappingBegan).keep_until

    assert had(replace(OFFICE, off=CHRISTMAS), play.at, until) >= FAIR_HOURS
    assert until > play.at + timedelta(hours=72)


# -- somebody's day changes while a step is open


def test_somebody_who_moves_away_meanwhile_has_their_six_hours_too() -> None:
    play = begun(OFFICE)
    for who in ("bo", "cas", "dee"):
        play.says(who)
    moved = Hours(Quiet(time(12), time(9)), "Pacific/Auckland")
    play.hours = {**play.hours, "ana": moved}
    facts = play.wait(24)

    longer = only(facts, StepExtended)

    assert longer.why == "hours"
    assert had(moved, MONDAY, longer.due_at) >= FAIR_HOURS
    assert longer.due_at <= MONDAY + timedelta(hours=24) + FAIR_LIMIT
    assert "GraceBegan" in kinds(play.wait((longer.due_at - play.at) / timedelta(hours=1))), "once a step"


def test_nobody_who_has_answered_or_came_in_later_puts_it_off() -> None:
    far = Hours(Quiet(time(12), time(9)), "Pacific/Auckland")
    play = begun(OFFICE)
    for who in ("ana", "bo", "cas"):
        play.says(who)
    play.hours = {**play.hours, "ana": far, "eli": far}
    play.does(rules.join, "eli", "speak")

    assert kinds(play.wait(24))[-1] == "GraceBegan"
    assert play.at == MONDAY + timedelta(hours=24)


@settings(max_examples=60, deadline=None)
@given(before=people.filter(bool), after=people.filter(bool), start=moments)
def test_whatever_changes_a_step_that_opened_ends_in_time(
    before: list[Hours], after: list[Hours], start: datetime
) -> None:
    """Whoever's hours are others than before has six of them, or the step lasts as long as it may; it ends anyhow."""
    play = Play(FORMAT, hours={who: before[n % len(before)] for n, who in enumerate(FOUR)})
    play.at = start
    play.begun(*FOUR)
    for who in FOUR[1:]:
        play.says(who)
    later = after[0]
    play.hours = {**play.hours, "ana": later}
    while play.round.steps[0].state == "open":
        play.next()

    usual = start + timedelta(hours=24)
    assert not later.quiet.days or had(later, start, play.at) >= FAIR_HOURS or play.at >= usual + FAIR_LIMIT
    assert play.at <= usual + FAIR_LIMIT


def test_live_nobodys_hours_count() -> None:
    play = Play(FORMAT, preset="live", hours=dict.fromkeys(FOUR, OFFICE))
    play.at = MONDAY + timedelta(hours=12)
    play.begun(*FOUR)
    for who in ("ana", "bo", "cas"):
        play.says(who)
    assert only(play.wait(0.1), NudgeDue).people == ("dee",), "at six of ten minutes"
    assert only(play.facts, NudgeDue).due_at == MONDAY + timedelta(hours=12, minutes=10)
    play.wait(4 / 60)
    assert play.step.state == "grace"
    assert play.step.due_at == MONDAY + timedelta(hours=12, minutes=11), "a tenth, and a minute at most"
