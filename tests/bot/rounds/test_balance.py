"""Two hands: what weighs how much, what fades, which hand is weaker, and where knowledge gets stuck."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rounds import balance
from bot.rounds.balance import Balance, Band, Happening, Held, Kind, Life
from tests.bot.rounds.play import MONDAY as NOW

WEEK = timedelta(weeks=1)


def ago(weeks: float) -> datetime:
    return NOW - weeks * WEEK


def of(kind: Kind, weeks: float = 0, times: int = 1) -> list[Happening]:
    return [Happening(kind, ago(weeks))] * times


HAPPENED = st.lists(
    st.builds(Happening, st.sampled_from(get_args(Kind)), st.integers(0, 30).map(ago)), max_size=20
)  # fmt: skip


def test_every_kind_has_its_weight() -> None:
    assert set(balance.WEIGHTS) == set(get_args(Kind))
    assert set(balance.NOT_COUNTED) < set(get_args(Kind))


@pytest.mark.parametrize(
    ("happened", "explore", "exploit", "value"),
    [
        ([], 0, 0, 0),
        (of("border_round"), 2, 0, 2 / 6),
        (of("tried"), 0, 2, -2 / 6),
        (of("border_round") + of("tried"), 2, 2, 0),
        (of("border_round", weeks=6), 1, 0, 1 / 5),
        (of("border_round", weeks=12), 0.5, 0, 0.5 / 4.5),
        (of("border_round", weeks=12.1), 0, 0, 0),
        (of("border_round", weeks=-1), 0, 0, 0),
        (of("experiment_started", times=4), 12, 0, 12 / 16),
    ],
)
def test_what_weighs_how_much(happened: list[Happening], explore: float, exploit: float, value: float) -> None:
    found = balance.measure(happened, NOW)
    assert (found.explore, found.exploit) == pytest.approx((explore, exploit))
    assert found.value == pytest.approx(value)


@given(HAPPENED)
def test_it_stays_within_its_bounds_and_turns_with_the_hands(happened: list[Happening]) -> None:
    found = balance.measure(happened, NOW)
    assert -1 < found.value < 1
    assert Balance(found.exploit, found.explore).value == pytest.approx(-found.value)
    assert balance.measure([*happened, Happening("tried", NOW)], NOW).value < found.value
    assert balance.measure([*happened, Happening("seed", NOW)], NOW).value > found.value


@pytest.mark.parametrize(
    ("happened", "hand"),
    [
        ([], None),
        (of("tried") + of("seed"), None),
        (of("experiment_started", times=4), "exploit"),
        (of("tried", times=3), "explore"),
        (of("tried"), "explore"),  # inside the band, but nobody searched for six weeks
        (of("tried") + of("seed", weeks=6), None),
        (of("tried") + of("seed", weeks=6.1), "explore"),
        (of("experiment_started", weeks=7, times=9), "exploit"),
        (of("tried", weeks=13), None),
    ],
)
def test_which_hand_is_weaker(happened: list[Happening], hand: str | None) -> None:
    assert balance.weaker(happened, NOW) == hand


def test_a_community_aims_for_what_it_likes() -> None:
    much = of("experiment_started", times=4)
    assert balance.weaker(much, NOW, Band(0, 0.9)) is None
    assert balance.weaker(much + of("tried", times=6), NOW, Band(0.5, 0.9)) == "explore"


def test_it_is_said_the_second_time_and_only_then() -> None:
    """Outside the band at the end of two rounds running; not after the first, nor after the third."""
    happened = [one for week in (3, 2, 1) for one in of("experiment_started", weeks=week, times=4)]
    ends = [ago(4), ago(3), ago(2), ago(1)]
    said = [balance.just_twice(happened, ends[:n]) for n in range(1, 5)]
    assert said == [None, None, "exploit", None]
    assert balance.just_twice(happened, []) is None
    assert balance.just_twice(of("experiment_started", times=4), [NOW]) is None
    assert balance.just_twice(of("experiment_started", times=4), [NOW, NOW]) == "exploit"


def test_two_different_hands_are_not_twice_the_same() -> None:
    happened = of("experiment_started", weeks=3, times=4) + of("tried", times=12)
    assert balance.just_twice(happened, [ago(3), NOW]) is None


@pytest.mark.parametrize(
    ("held", "kinds"),
    [
        (Held("a", 1, 1, NOW), []),
        (Held("a", 2, 0, NOW), ["searching_round"]),
        (Held("a", 0, 2, NOW), ["holding_round"]),
        (Held("a", 1, 1, NOW, spaces=2, new=True), ["border_round", "new_format"]),
        (Held("a", 2, 0, NOW, started=True), ["experiment_started", "searching_round"]),
    ],
)
def test_what_a_round_counts_for(held: Held, kinds: list[str]) -> None:
    assert [one.kind for one in balance.happenings([held], [])] == kinds


def test_what_an_item_counts_for() -> None:
    plain = Life(ago(9), "drafted")
    shared = Life(ago(9), "shared", from_round=True, shared_at=ago(8), reviewed_at=ago(8), tried_at=(ago(2), ago(1)))
    revised = Life(ago(9), "shared", shared_at=ago(8), reviewed_at=ago(3))
    found = balance.happenings([], [plain, shared, revised])
    assert [(one.kind, one.at) for one in found] == [
        ("seed", ago(9)), ("revised", ago(3)), ("tried", ago(2)), ("tried", ago(1)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("marks", "felt"),
    [((), None), ((2, 2, 2, 2), None), ((-2, 0, 1, 2, 2), 0.5), ((0, 0, 0, 1, 1, 1), 0.25), ((-2,) * 5, -1)],
)
def test_how_it_feels(marks: tuple[int, ...], felt: float | None) -> None:
    assert balance.median_felt(marks) == felt


def lives(stage: str, weeks: float, times: int) -> list[Life]:
    return [Life(ago(weeks), stage)] * times  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "lately", "stuck"),
    [
        ([], [], None),
        (lives("shared", 30, 4), lives("drafted", 8, 9), None),
        (lives("shared", 30, 9), lives("drafted", 8, 4), None),
        (lives("shared", 30, 9), lives("drafted", 8, 9), "shared"),
        (lives("shared", 30, 9), lives("sensed", 8, 9), "drafted"),
        (lives("retired", 30, 9), lives("shared", 8, 9), None),
        (lives("sensed", 30, 9), lives("shared", 8, 9), None),
        (lives("shared", 30, 9), lives("drafted", 1, 9), None),
        (lives("shared", 30, 9), lives("sensed", 8, 2) + lives("drafted", 8, 7) + lives("shared", 8, 1), "shared"),
    ],
)
def test_where_knowledge_gets_stuck(before: list[Life], lately: list[Life], stuck: str | None) -> None:
    assert balance.flow([*before, *lately], NOW).stuck == stuck


def test_what_stands_in_each_stage_and_what_came_back() -> None:
    tried = Life(ago(70), "shared", shared_at=ago(69), reviewed_at=ago(69), tried_at=(ago(9),))
    long_ago = Life(ago(70), "shared", shared_at=ago(69), reviewed_at=ago(69), tried_at=(ago(60),))
    revised = Life(ago(70), "shared", shared_at=ago(69), reviewed_at=ago(20))
    rests = Life(ago(70), "retired", tried_at=(ago(9),))
    found = balance.flow([tried, long_ago, revised, rests, *lives("sensed", 1, 2), *lives("drafted", 1, 1)], NOW)
    assert (found.sensed, found.drafted, found.shared, found.answered) == (2, 1, 3, 2)
