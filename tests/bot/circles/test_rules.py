"""The course of a circle: a place is only ever taken by an own yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.circles import rules
from bot.circles.model import (
    Circle,
    CircleClosed,
    CircleOpened,
    CircleRests,
    QuestionChanged,
    Seat,
    SeatDeclined,
    SeatLeft,
    SeatTaken,
)
from bot.errors import UserMistake

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PEOPLE = tuple(f"p{number}" for number in range(12))


def circle(*members: str, asked: tuple[str, ...] = (), state: str = "open", **changes: object) -> Circle:
    seats = tuple(Seat(each, "in", NOW) for each in members)
    made = Circle("k1", 1, "Wait", "Why?", state, "", None, 0, NOW, seats)  # type: ignore[arg-type]
    return replace(rules.invite(made, asked, NOW) if asked else made, **changes)  # type: ignore[arg-type]


def test_a_circle_opens_when_all_have_answered_and_five_said_yes() -> None:
    now = circle(asked=PEOPLE[:6], state="forming")
    for number, person in enumerate(PEOPLE[:5]):
        now, facts = rules.join(now, person, NOW)
        assert (now.state, facts, len(now.members)) == ("forming", (SeatTaken(),), number + 1)
    opened, facts = rules.decline(now, PEOPLE[5], NOW)
    assert (opened.state, facts) == ("open", (SeatDeclined(), CircleOpened(5)))
    assert opened.ask_until is None
    assert opened.seat(PEOPLE[5]) == Seat(PEOPLE[5], "declined", NOW)


def test_with_fewer_somebody_decides() -> None:
    now = circle(*PEOPLE[:4], asked=(PEOPLE[4],), state="forming")
    assert not rules.undecided(now)
    now, _ = rules.decline(now, PEOPLE[4], NOW)
    assert now.state == "forming"
    assert rules.undecided(now)
    opened, facts = rules.open_now(now, NOW)
    assert (opened.state, facts, opened.small_since) == ("open", (CircleOpened(4),), NOW)


def test_silence_is_no_yes() -> None:
    now = circle(*PEOPLE[:5], asked=PEOPLE[5:8], state="forming")
    end = NOW + rules.ANSWER_WITHIN
    assert rules.next_at(now) == end
    assert rules.time_up(now, end - timedelta(seconds=1)) == (now, ())
    after, facts = rules.time_up(now, end)
    assert (after.state, after.members) == ("open", PEOPLE[:5])
    assert facts == (SeatDeclined(), SeatDeclined(), SeatDeclined(), CircleOpened(5))
    assert rules.time_up(after, end) == (after, ())


def test_ten_is_full_but_who_was_asked_has_a_place() -> None:
    full = circle(*PEOPLE[:10])
    with pytest.raises(UserMistake):
        rules.join(full, PEOPLE[10], NOW)
    assert rules.join(full, PEOPLE[3], NOW) == (full, ())
    eleven = circle(*PEOPLE[:10], asked=(PEOPLE[10],), state="forming")
    assert len(rules.join(eleven, PEOPLE[10], NOW)[0].members) == 11
    held = circle(*PEOPLE[:8], asked=PEOPLE[8:10], state="forming")
    with pytest.raises(UserMistake):  # the places of who was asked are theirs
        rules.join(held, PEOPLE[10], NOW)


def test_whoever_holds_it_and_leaves_holds_it_no_more() -> None:
    now = rules.hold(circle(*PEOPLE[:6]), PEOPLE[0])
    assert now.facilitator == PEOPLE[0]
    with pytest.raises(UserMistake):
        rules.hold(now, PEOPLE[1])
    with pytest.raises(UserMistake):
        rules.hold(circle(*PEOPLE[:6]), PEOPLE[9])
    left, facts = rules.leave(now, PEOPLE[0], NOW)
    assert (left.facilitator, facts) == ("", (SeatLeft(),))
    assert rules.leave(left, PEOPLE[0], NOW) == (left, ())


def test_a_circle_of_four_is_asked_about_after_three_weeks() -> None:
    now, _ = rules.leave(circle(*PEOPLE[:5]), PEOPLE[0], NOW)
    due = NOW + timedelta(weeks=3)
    assert rules.next_at(now) == due
    assert not rules.too_small(now, due - timedelta(seconds=1))
    assert rules.too_small(now, due)
    assert rules.next_at(rules.asked_about_size(now, due)) == due + timedelta(weeks=3)
    again, _ = rules.join(now, PEOPLE[9], due)
    assert (again.small_since, rules.next_at(again)) == (None, None)


def test_rest_and_wake_and_close() -> None:
    resting, facts = rules.rest(circle(*PEOPLE[:4], small_since=NOW))
    assert (resting.state, facts, rules.next_at(resting)) == ("resting", (CircleRests(),), None)
    awake, facts = rules.open_now(resting, NOW)
    assert (awake.state, facts) == ("open", (CircleOpened(4),))
    closed, facts = rules.close(awake)
    assert (closed.state, facts, rules.next_at(closed)) == ("closed", (CircleClosed(),), None)
    for rule in (
        lambda: rules.rest(resting),
        lambda: rules.close(closed),
        lambda: rules.open_now(closed, NOW),
        lambda: rules.join(closed, PEOPLE[9], NOW),
        lambda: rules.ask(closed, "Who?"),
        lambda: rules.open_now(circle(state="resting"), NOW),
        lambda: rules.decline(awake, PEOPLE[0], NOW),
    ):
        with pytest.raises(UserMistake):
            rule()


def test_the_question() -> None:
    now, facts = rules.ask(circle(*PEOPLE[:6]), "Who?")
    assert (now.question, facts) == ("Who?", (QuestionChanged(),))
    assert rules.ask(now, "Who?") == (now, ())


HAPPENINGS = st.lists(
    st.tuples(
        st.sampled_from(["join", "decline", "leave", "hold", "open", "rest", "close", "time"]),
        st.sampled_from(PEOPLE),
        st.integers(0, 40),
    ),
    max_size=40,
)


@settings(max_examples=200, deadline=None)
@given(asked=st.integers(0, 11), happenings=HAPPENINGS)
def test_no_sequence_of_happenings_seats_anybody_without_a_yes(
    asked: int, happenings: list[tuple[str, str, int]]
) -> None:
    now = circle(asked=PEOPLE[:asked], state="forming" if asked else "open")
    said_yes: set[str] = set()
    at = NOW
    for name, person, hours in happenings:
        at += timedelta(hours=hours)
        before = now
        try:
            match name:
                case "join":
                    now, _ = rules.join(now, person, at)
                    said_yes.add(person)
                case "decline":
                    now, _ = rules.decline(now, person, at)
                case "leave":
                    now, _ = rules.leave(now, person, at)
                case "hold":
                    now = rules.hold(now, person)
                case "open":
                    now, _ = rules.open_now(now, at)
                case "rest":
                    now, _ = rules.rest(now)
                case "close":
                    now, _ = rules.close(now)
                case _:
                    now, _ = rules.time_up(now, at)
        except UserMistake:
            assert now == before
        assert set(now.members) <= said_yes
        assert len({each.person for each in now.seats}) == len(now.seats)
        assert len(now.members) <= max(10, asked)
        assert now.facilitator in ("", *now.members)
        assert now.state == "forming" or not now.asked
        assert before.state != "closed" or now.state == "closed"
        assert now.ask_until is None or now.state == "forming"
        assert (now.small_since is not None) <= (now.state == "open")
