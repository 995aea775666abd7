"""When a newcomer is checked on: tables first, then any clock, pause and sequence of happenings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.hours import is_open, local_day, zone
from bot.chat.people import Person, Quiet
from bot.newcomers import rules
from bot.newcomers.model import DAYS, Newcomer
from bot.newcomers.rules import Over, Send, Step, Wait
from tests.bot.newcomers.people import ANNA, MONDAY, newcomer, undisturbed

FRIDAY = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def journey(newcomer: Newcomer, person: Person, now: datetime, days: int = 200) -> Iterator[tuple[int, datetime]]:
    """The days that are sent and when, if nobody answers anything and nothing comes between."""
    until = now + timedelta(days=days)
    while now <= until:
        match rules.next_step(newcomer, person, now, undisturbed):
            case Send(day=day):
                yield day, now
                newcomer = rules.sent(newcomer, person, day, now)
            case Wait(at=at):
                assert at > now
                now = at
            case Over():
                return


def answering(newcomer: Newcomer, person: Person, now: datetime) -> list[tuple[int, datetime]]:
    """The same, with every check-in answered at once."""
    sent: list[tuple[int, datetime]] = []
    while True:
        step: Step = rules.next_step(newcomer, person, now, undisturbed)
        match step:
            case Send(day=day):
                sent.append((day, now))
                newcomer = rules.answered(rules.sent(newcomer, person, day, now), day)
            case Wait(at=at):
                now = at
            case Over():
                return sent


# -- the usual way


def test_ninety_days_come_on_their_own_mornings() -> None:
    assert answering(newcomer(), ANNA, MONDAY) == [
        (1, utc("2026-11-24T08:30")),
        (3, utc("2026-11-26T08:30")),
        (7, utc("2026-11-30T08:30")),
        (14, utc("2026-12-07T08:30")),
        (30, utc("2026-12-23T08:30")),
        (60, utc("2027-01-22T08:30")),
        (90, utc("2027-02-22T08:30")),  # day 90 is a Sunday
    ]


def test_over_a_weekend_none_is_lost_and_none_comes_close() -> None:
    sent = answering(newcomer(joined=FRIDAY), ANNA, FRIDAY)
    assert [day for day, _ in sent] == list(DAYS[1:])
    assert sent[:3] == [(1, utc("2026-11-30T08:30")), (3, utc("2026-12-02T08:30")), (7, utc("2026-12-04T08:30"))]


@pytest.mark.parametrize(
    ("timezone", "first"),
    [
        ("Europe/Amsterdam", "2026-11-24T08:30"),
        ("America/Los_Angeles", "2026-11-24T17:30"),
        ("Asia/Kolkata", "2026-11-24T04:00"),
        ("Pacific/Kiritimati", "2026-11-23T19:30"),
    ],
)
def test_it_is_the_persons_own_morning(timezone: str, first: str) -> None:
    person = replace(ANNA, timezone=timezone)
    assert answering(newcomer(person), person, MONDAY)[0] == (1, utc(first))


@pytest.mark.parametrize(
    ("joined", "clock_changes"), [("2026-10-20T09:00", "2026-10-25"), ("2027-03-23T09:00", "2027-03-28")]
)
def test_half_past_nine_stays_half_past_nine_when_the_clock_changes(joined: str, clock_changes: str) -> None:
    sent = answering(newcomer(joined=utc(joined)), ANNA, utc(joined))
    local = [at.astimezone(zone(ANNA.timezone)) for _, at in sent]
    assert {each.time() for each in local} == {time(9, 30)}
    assert any(each.date() < date.fromisoformat(clock_changes) for each in local)
    assert any(each.date() > date.fromisoformat(clock_changes) for each in local)


@pytest.mark.parametrize(
    ("quiet", "first"),
    [
        (Quiet(time(18), time(10)), "2026-11-24T09:00"),  # a late riser: at ten
        (Quiet(time(7), time(15)), "2026-11-24T14:00"),  # who works at night: at three
        (Quiet(days=(3,)), "2026-11-26T08:30"),  # only on Thursdays: the introduction gives way to day 3
    ],
)
def test_quiet_hours_and_working_days_come_first(quiet: Quiet, first: str) -> None:
    person = replace(ANNA, quiet=quiet)
    assert answering(newcomer(person), person, MONDAY)[0][1] == utc(first)


def test_who_works_on_no_day_is_left_alone() -> None:
    person = replace(ANNA, quiet=Quiet(days=()))
    assert rules.next_step(newcomer(), person, MONDAY, undisturbed) == Over()


# -- moved


def test_another_message_moves_it() -> None:
    messages = {date(2026, 11, 25)}
    step = rules.next_step(newcomer(), ANNA, utc("2026-11-24T08:30"), messages.__contains__)
    assert step == Wait(utc("2026-11-30T08:30"))  # more than two days after the Wednesday, and not in the weekend


@pytest.mark.parametrize(
    ("down_until", "sent"),
    [
        ("2026-11-24T13:00", Send(1)),  # a few hours: still that day
        ("2026-11-24T20:00", Wait(utc("2026-11-25T08:30"))),
        ("2026-12-02T09:00", Send(7)),  # nine days: only the latest
        ("2026-12-24T10:00", Send(30)),
        ("2026-12-26T10:00", Wait(utc("2026-12-28T08:30"))),  # a Saturday
        ("2027-08-01T10:00", Over()),
    ],
)
def test_after_downtime_only_the_latest_comes(down_until: str, sent: Step) -> None:
    assert rules.next_step(newcomer(), ANNA, utc(down_until), undisturbed) == sent


def test_what_was_passed_over_does_not_come_later() -> None:
    late = utc("2026-12-23T09:00")  # day 30, after a month without Kring
    assert [day for day, _ in journey(newcomer(done=7), ANNA, late)] == [30, 60]


def test_a_pause_moves_it_behind_the_pause() -> None:
    paused = replace(ANNA, paused_until=utc("2026-11-26T23:00"))
    assert rules.next_step(newcomer(), paused, utc("2026-11-24T08:30"), undisturbed) == Wait(utc("2026-11-27T08:30"))


def test_a_long_pause_is_looked_at_again_every_week() -> None:
    paused = replace(ANNA, paused_until=utc("3000-01-01T00:00"))
    assert rules.next_step(newcomer(), paused, utc("2026-11-24T08:30"), undisturbed) == Wait(utc("2026-12-01T08:30"))


# -- fewer, stop, on, silence


def test_fewer_leaves_day_30_and_day_90() -> None:
    few = rules.fewer(newcomer(), ANNA, MONDAY)
    assert [day for day, _ in journey(few, ANNA, MONDAY)] == [30, 90]


def test_after_stop_nothing_comes() -> None:
    assert list(journey(rules.stop(newcomer()), ANNA, MONDAY)) == []
    assert list(journey(rules.only_when_asked(newcomer()), ANNA, MONDAY)) == []
    assert list(journey(rules.leave(newcomer(), MONDAY), ANNA, MONDAY)) == []


@pytest.mark.parametrize(
    ("now", "days"),
    [
        ("2026-11-23T10:00", [1, 3, 7, 14, 30, 60, 90]),
        ("2026-11-24T10:00", [1, 3, 7, 14, 30, 60, 90]),  # the introduction is still worth offering the next day
        ("2026-11-26T10:00", [7, 14, 30, 60, 90]),
        ("2026-12-08T10:00", [30, 60, 90]),
        ("2027-02-22T10:00", []),
    ],
)
def test_on_begins_again_with_the_next_day_that_is_left(now: str, days: list[int]) -> None:
    again = rules.resume(rules.stop(newcomer()), ANNA, utc(now))
    assert [day for day, _ in answering(again, ANNA, utc(now))] == days


def test_two_without_an_answer_leave_only_day_30() -> None:
    assert [day for day, _ in journey(newcomer(), ANNA, MONDAY)] == [1, 3, 30]


def test_an_answer_ends_the_silence() -> None:
    silent = newcomer(open=(1, 3), done=3)
    assert rules.days_left(silent) == (30,)
    assert rules.days_left(rules.answered(silent, 3)) == (7, 14, 30, 60, 90)
    assert rules.days_left(rules.answered(silent, 1)) == (7, 14, 30, 60, 90)


def test_what_was_not_delivered_is_no_silence() -> None:
    refused = rules.refused(rules.sent(newcomer(), ANNA, 1, MONDAY), 1)
    assert (refused.open, refused.undelivered) == ((), 1)
    assert rules.answered(refused, 1).undelivered is None


# -- joining


def test_a_second_account_starts_nothing() -> None:
    assert rules.arrive(newcomer(), "n2", ANNA, None, MONDAY + timedelta(days=200)) is None


@pytest.mark.parametrize(("away", "is_new"), [(1, False), (89, False), (90, True), (400, True)])
def test_coming_back(away: int, *, is_new: bool) -> None:
    left = rules.leave(newcomer(), MONDAY)
    back = rules.arrive(left, "n2", ANNA, None, MONDAY + timedelta(days=away))
    assert (back is not None) == is_new


def test_a_welcome_after_the_weekend_makes_its_day_the_first() -> None:
    joined = utc("2026-11-28T12:00")  # a Saturday
    new = rules.arrive(None, "n1", ANNA, None, joined)
    assert new is not None
    monday = rules.welcomed(new, ANNA, utc("2026-11-30T08:00"))
    assert monday.start == date(2026, 11, 30)
    assert answering(rules.resume(monday, ANNA, utc("2026-11-30T09:00")), ANNA, utc("2026-11-30T09:00"))[0] == (
        1,
        utc("2026-12-01T08:30"),
    )
    assert rules.welcomed(new, ANNA, utc("2026-12-20T08:00")).start == date(2026, 11, 28)


# -- whatever happens, in whatever order

ZONES = ("Europe/Amsterdam", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Kiritimati", "Pacific/Chatham")
STARTS = st.sampled_from(("2026-10-12T00:00", "2027-03-15T00:00", "2026-11-23T00:00")).flatmap(
    lambda start: st.integers(0, 14 * 24 * 4).map(lambda quarters: utc(start) + timedelta(minutes=15) * quarters)
)
CLOCKS = st.builds(time, st.integers(0, 23), st.sampled_from((0, 30)))
QUIETS = st.builds(Quiet, CLOCKS, CLOCKS, st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))))


@dataclass(frozen=True)
class Happening:
    what: str
    after: timedelta
    days: int


HAPPENINGS = st.builds(
    Happening,
    st.sampled_from(("time", "time", "time", "answer", "fewer", "stop", "on", "pause", "message", "move", "leave")),
    st.integers(0, 20 * 24 * 4).map(lambda quarters: timedelta(minutes=15) * quarters),
    st.integers(0, 40),
)


class Life:
    """One newcomer's life, with the alarm kept as the handlers keep it; each check-in is looked at as it is sent."""

    def __init__(self, person: Person, now: datetime) -> None:
        self.person, self.now = person, now
        self.newcomer = newcomer(person, now)
        self.messages: set[date] = set()
        self.wanted = True
        self.sent: list[tuple[int, date]] = []
        """The day, and the date on the person's calendar."""

    def happens(self, each: Happening) -> None:
        self.passes(each.after)
        match each.what:
            case "pause":
                self.person = replace(self.person, paused_until=self.now + timedelta(days=each.days))
            case "message":
                self.messages.add(local_day(self.person.timezone, self.now))
            case "move":
                self.person = replace(self.person, timezone=ZONES[each.days % len(ZONES)])
            case "answer":
                self.newcomer = rules.answered(self.newcomer, self.newcomer.done)
            case "fewer" | "on" | "stop" | "leave":
                self._chooses(each.what)

    def _chooses(self, what: str) -> None:
        self.wanted = what in ("fewer", "on")
        match what:
            case "fewer":
                self.newcomer = rules.fewer(self.newcomer, self.person, self.now)
            case "on":
                self.newcomer = rules.resume(self.newcomer, self.person, self.now)
            case "stop":
                self.newcomer = rules.stop(self.newcomer)
            case _:
                self.newcomer = rules.leave(self.newcomer, self.now)

    def passes(self, span: timedelta) -> None:
        until = self.now + span
        while True:
            match rules.next_step(self.newcomer, self.person, self.now, self.messages.__contains__):
                case Send(day=day):
                    self._gets(day)
                case Wait(at=at) if at <= until:
                    assert at > self.now
                    self.now = at
                case _:
                    self.now = until
                    return

    def _gets(self, day: int) -> None:
        assert self.wanted, "after stop or leaving"
        assert is_open(self.person.quiet, self.person.timezone, self.now)
        assert self.person.paused_until is None or self.now >= self.person.paused_until
        today = local_day(self.person.timezone, self.now)
        assert not any(abs((each - today).days) <= 2 for each in self.messages)
        self.sent.append((day, today))
        self.newcomer = rules.sent(self.newcomer, self.person, day, self.now)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(ZONES), QUIETS, STARTS, st.lists(HAPPENINGS, max_size=12))
def test_no_check_in_ever_comes_when_it_should_not(
    timezone: str, quiet: Quiet, start: datetime, happenings: list[Happening]
) -> None:
    life = Life(replace(ANNA, timezone=timezone, quiet=quiet), start)
    for each in happenings:
        life.happens(each)
    life.passes(timedelta(days=200))
    days = [day for day, _ in life.sent]
    assert days == sorted(set(days)), "each at most once, in order"
    dates = [on for _, on in life.sent]
    assert len(dates) == len(set(dates)), "never two on one day"


@settings(deadline=None)
@given(st.sampled_from(ZONES), QUIETS, STARTS)
def test_the_morning_is_open_and_at_half_past_nine_or_later(timezone: str, quiet: Quiet, start: datetime) -> None:
    person = replace(ANNA, timezone=timezone, quiet=quiet)
    for _, at in answering(newcomer(person, start), person, start):
        assert is_open(quiet, timezone, at)
        assert at.astimezone(zone(timezone)).time() >= time(9, 30)
