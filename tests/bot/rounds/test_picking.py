"""Which formats are proposed: by tables, and for every occasion."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rounds.balance import Hand
from bot.rounds.formats import shipped
from bot.rounds.picking import CROWDS, MOST, TIMES, Held, Occasion, cycles, occasion, pick, ready
from bot.rounds.script import NEEDS, Effort, Emphasis, Format, Size, Unlock

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SHIPPED = shipped()
ANY = SHIPPED["harvest"]


def a_format(
    id_: str,
    good_for: str = "",
    *,
    explore: int = 0,
    exploit: int = 0,
    size: tuple[int, int, int, int] = (2, 2, 40, 40),
    days: int = 3,
    minutes: int = 20,
    unlock: Unlock = Unlock(),  # noqa: B008 - it is frozen
) -> Format:
    least, best, most, top = size
    return replace(
        ANY,
        id=id_,
        good_for=tuple(good_for.split()),
        emphasis=Emphasis(explore, exploit),
        size=Size(least, (best, most), top),
        effort=Effort(10, days, minutes),
        unlock=unlock,
    )


def wanted(need: str = "idea", crowd: str = "few", time: str = "days") -> Occasion:
    found = occasion(need, crowd, time)
    assert found is not None
    return found


def ago(format_: str, weeks: float, explore: int = 0, exploit: int = 0) -> Held:
    return Held(format_, Emphasis(explore, exploit), NOW - timedelta(weeks=weeks))


def picked(
    formats: list[Format], made: Occasion, *done: Held, weaker: Hand | None = None
) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.format.id, each.why) for each in pick(made, formats, done, weaker, NOW).proposals]


def test_what_it_was_made_for_comes_first_then_what_it_is_good_for_too() -> None:
    formats = [a_format("a"), a_format("b", "back idea"), a_format("c", "idea"), a_format("d", "meet back idea")]
    found = picked(formats, wanted("idea"))
    assert found == [("c", ("need",)), ("b", ("also",)), ("d", ("also",))]
    assert picked(formats, wanted("keep"))[0] == ("a", ())


def test_a_variant_is_proposed_by_its_format() -> None:
    assert picked([a_format("a"), replace(a_format("b", "idea"), variant_of="a")], wanted()) == [("a", ())]


def test_the_weaker_hand_decides_between_formats_for_the_same_need() -> None:
    formats = [a_format("holds", "idea", exploit=2), a_format("searches", "idea", explore=2)]
    assert [id_ for id_, _ in picked(formats, wanted())] == ["holds", "searches"], "by name"
    assert picked(formats, wanted(), weaker="explore") == [("searches", ("need", "explore")), ("holds", ("need",))]
    assert picked(formats, wanted(), weaker="exploit")[0] == ("holds", ("need", "exploit"))
    assert [id_ for id_, _ in picked([*formats, a_format("c", "meet", explore=2)], wanted(), weaker="explore")] == [
        "searches", "holds", "c",
    ], "a need weighs more"  # fmt: skip


def test_what_was_not_done_lately_comes_before_what_was() -> None:
    formats = [a_format(id_, "idea") for id_ in "abc"]
    found = picked(formats, wanted(), ago("a", 1), ago("b", 3), ago("a", 20))
    assert found == [("c", ("need", "new")), ("b", ("need",)), ("a", ("need",))]
    assert picked(formats, wanted(), ago("a", 7), ago("b", 1))[0] == ("a", ("need", "rested"))


@pytest.mark.parametrize(
    ("size", "crowd", "fits"),
    [
        ((3, 3, 5, 8), "two", False),
        ((3, 3, 5, 8), "three", True),
        ((4, 4, 5, 8), "few", True),
        ((5, 5, 6, 8), "few", False),
        ((4, 4, 5, 8), "circle", True),
        ((4, 4, 5, 8), "many", False),
        ((4, 4, 8, 15), "crowd", False),
        ((4, 4, 8, 16), "crowd", True),
    ],
)
def test_it_can_begin_with_the_fewest_of_them(size: tuple[int, int, int, int], crowd: str, fits: bool) -> None:
    assert bool(picked([a_format("a", size=size)], wanted(crowd=crowd))) == fits


@pytest.mark.parametrize(
    ("days", "minutes", "time", "fits"),
    [
        (3, 30, "half", True),
        (3, 31, "half", False),
        (3, 60, "hour", True),
        (5, 90, "days", True),
        (6, 90, "days", False),
        (60, 90, "week", True),
    ],
)
def test_it_takes_no_longer_than_there_is_time(days: int, minutes: int, time: str, fits: bool) -> None:
    assert bool(picked([a_format("a", days=days, minutes=minutes)], wanted(time=time))) == fits


def test_the_ladder_of_depth() -> None:
    deep, deeper = a_format("a", "idea", unlock=Unlock(rounds=2)), a_format("b", "idea", unlock=Unlock(cycles=1))
    formats = [deep, deeper, a_format("c", "meet")]
    found = pick(wanted(), formats, (), None, NOW)
    assert [each.format.id for each in found.proposals] == ["c"]
    assert found.later is not None
    assert (found.later.format.id, found.later.rounds) == ("a", 2)
    assert [id_ for id_, _ in picked(formats, wanted(), ago("c", 9), ago("c", 8))] == ["a", "c"]
    both = (ago("c", 9, explore=2), ago("c", 8, exploit=1))
    assert [id_ for id_, _ in picked(formats, wanted(), *both)] == ["a", "b", "c"]
    assert pick(wanted("meet"), formats, (), None, NOW).later is None, "what is for something else is not held out"


def test_a_cycle_is_a_round_that_searched_and_one_that_held_on() -> None:
    assert cycles([ago("a", 1, 2, 0), ago("a", 1, 2, 1)]) == 0
    assert cycles([ago("a", 1, 2, 0), ago("a", 1, 0, 2), ago("a", 1, 1, 1)]) == 1
    assert not ready(Unlock(2, 1), [ago("a", 1, 2, 0)])


def test_answers_that_are_none_make_no_occasion() -> None:
    assert occasion("idea", "few", "days") == Occasion("idea", CROWDS[2], TIMES[2])
    for answers in (("ideas", "few", "days"), ("idea", "5", "days"), ("idea", "few", "")):
        assert occasion(*answers) is None


def test_every_need_has_a_format_that_comes_with_kring_for_it() -> None:
    """Seven needs; a circle of five people with an hour or some days is always offered something."""
    for need in NEEDS:
        for time in ("hour", "week"):
            assert pick(wanted(need, "few", time), SHIPPED.values(), (), None, NOW).proposals, (need, time)


@given(
    made=st.builds(Occasion, st.sampled_from(NEEDS), st.sampled_from(CROWDS), st.sampled_from(TIMES)),
    done=st.lists(
        st.builds(ago, st.sampled_from(sorted(SHIPPED)), st.floats(0, 60), st.integers(0, 2), st.integers(0, 2)),
        max_size=12,
    ),
    weaker=st.sampled_from((None, "explore", "exploit")),
)
def test_three_at_most_and_each_of_them_can_be_done(made: Occasion, done: list[Held], weaker: Hand | None) -> None:
    found = pick(made, SHIPPED.values(), done, weaker, NOW)
    ids = [each.format.id for each in found.proposals]
    assert len(ids) == len(set(ids)) <= MOST
    for each in found.proposals:
        assert each.format.size.min <= made.crowd.least <= each.format.size.max
        assert ready(each.format.unlock, done)
    assert found == pick(made, reversed(list(SHIPPED.values())), list(reversed(done)), weaker, NOW), "order is chance"
    if found.later is not None:
        assert not ready(found.later.format.unlock, done)
        assert found.later.rounds + found.later.cycles > 0
