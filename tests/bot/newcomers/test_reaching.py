"""What follows when somebody was asked to help: the steps, in their order, and none after somebody was reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.hours import local_day
from bot.chat.people import Person, Quiet
from bot.newcomers import reaching
from bot.newcomers.model import (
    AnotherOffered,
    CalledAgain,
    FacilitatorsTold,
    Help,
    HelpKind,
    HelpMissed,
    HelpTaken,
)
from tests.bot.newcomers.people import ANNA, MONDAY

BO, CAS = replace(ANNA, id="p2", name="Bo"), replace(ANNA, id="p3", name="Cas")
ALL = (CalledAgain(0), AnotherOffered(), FacilitatorsTold(), HelpMissed())


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def asked(helper: Person = BO, at: datetime = MONDAY, kind: HelpKind = "chat") -> Help:
    return reaching.asked(Help("h1", "n1", ANNA.id, kind, "Please", with_name=False, asked=at), [(helper, at)])


def steps(help_: Help, *, until: timedelta = timedelta(days=30)) -> list[tuple[object, datetime]]:
    """Everything that follows while nobody does anything, at its moment."""
    found: list[tuple[object, datetime]] = []
    end = help_.asked + until
    while (at := reaching.next_at(help_)) is not None and at <= end:
        help_, now = reaching.pass_time(help_, at)
        found += [(each, at) for each in now]
    return found


def test_the_steps_of_a_monday_morning() -> None:
    assert steps(asked()) == [
        (CalledAgain(0), utc("2026-11-23T17:00")),  # eight waking hours
        (AnotherOffered(), utc("2026-11-23T17:00")),
        (FacilitatorsTold(), utc("2026-11-24T17:00")),  # twenty-four
        (HelpMissed(), utc("2026-11-25T09:00")),  # two days
    ]


def test_a_weekend_does_not_count() -> None:
    friday = utc("2026-11-27T15:00")
    assert [(type(each), at) for each, at in steps(asked(at=friday))] == [
        (CalledAgain, utc("2026-11-30T07:00")),  # an hour was left for Monday
        (AnotherOffered, utc("2026-11-30T07:00")),
        (FacilitatorsTold, utc("2026-12-01T07:00")),
        (HelpMissed, utc("2026-12-01T15:00")),
    ]


@pytest.mark.parametrize("kind", ["link", "task"])
def test_only_who_is_stuck_is_brought_to_all_facilitators(kind: HelpKind) -> None:
    assert [each for each, _ in steps(asked(kind=kind))] == [CalledAgain(0), AnotherOffered(), HelpMissed()]


def test_after_downtime_everything_overdue_happens_once_and_nobody_else_is_offered() -> None:
    help_, now = reaching.pass_time(asked(), MONDAY + timedelta(days=9))
    assert now == (CalledAgain(0), FacilitatorsTold(), HelpMissed())
    assert help_.state == "missed"
    assert reaching.pass_time(help_, MONDAY + timedelta(days=10)) == (help_, ())


def test_who_takes_it_ends_it_and_the_words_are_forgotten() -> None:
    taken, fact = reaching.taken(asked(), BO.id)
    assert fact == HelpTaken()
    assert (taken.state, taken.words, reaching.next_at(taken)) == ("taken", "", None)
    assert [(each.person, each.state) for each in taken.helpers] == [(BO.id, "taken")]


def test_a_facilitator_may_take_it() -> None:
    taken, _ = reaching.taken(asked(), CAS.id)
    assert [(each.person, each.state) for each in taken.helpers] == [(BO.id, "asked"), (CAS.id, "taken")]


def test_it_may_be_taken_late() -> None:
    missed, _ = reaching.pass_time(asked(), MONDAY + timedelta(days=9))
    assert reaching.taken(missed, BO.id)[0].state == "taken"


def test_who_says_no_is_not_asked_again() -> None:
    refused = reaching.declined(asked(), BO.id)
    assert reaching.nobody_left(refused)
    assert [each for each, _ in steps(refused)] == [FacilitatorsTold(), HelpMissed()]


def test_somebody_else_is_asked_and_the_clock_of_the_promise_goes_on() -> None:
    first = reaching.declined(asked(), BO.id)
    second = reaching.asked(first, [(CAS, MONDAY + timedelta(hours=4))])
    assert not reaching.nobody_left(second)
    assert (second.tell_at, second.own_up_at) == (first.tell_at, first.own_up_at)
    assert steps(second)[0] == (CalledAgain(1), utc("2026-11-23T21:00"))


def test_letting_it_rest_ends_it() -> None:
    assert steps(reaching.dropped(asked())) == []
    assert reaching.dropped(asked()).words == ""


@settings(deadline=None)
@given(
    st.sampled_from(("Europe/Amsterdam", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Kiritimati")),
    st.sets(st.integers(0, 6)).map(lambda days: tuple(sorted(days))),
    st.integers(0, 7 * 24 * 4).map(lambda quarters: utc("2026-10-22T00:00") + timedelta(minutes=15) * quarters),
)
def test_the_steps_keep_their_order_wherever_the_helper_is(timezone: str, days: tuple[int, ...], at: datetime) -> None:
    helper = replace(BO, timezone=timezone, quiet=Quiet(days=days))
    found = steps(asked(helper, at))
    assert tuple(each for each, _ in found) == ALL
    moments = [moment for _, moment in found]
    assert moments == sorted(moments)
    assert all(at + timedelta(hours=8) <= moment <= at + timedelta(days=10, minutes=15) for moment in moments)
    if days and moments[0] - at < timedelta(days=9):
        assert local_day(timezone, moments[0] - timedelta(minutes=1)).weekday() in days
