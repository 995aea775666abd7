"""The search: nobody is skipped, the rules are kept where they can be, and small cases are solved as well as can be."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.circles.account import account
from bot.circles.forming import WEIGHTS, Applicant, Known, as_puzzle, search_on, start, together, variety
from bot.circles.model import Wish
from bot.circles.puzzle import FAULT, Puzzle, Seating, Standing, bound, circles, pulls, score
from bot.circles.sizes import Unsplittable, even, split
from bot.circles.swapping import Search
from tests.bot.circles.pools import best, numbers, pool, seatings

MANY = 4000


def found(puzzle: Puzzle, seed: int = 1, effort: int = MANY) -> Seating:
    return search_on(puzzle, start(puzzle, seed), seed, effort)


def sizes_of(people: int) -> tuple[int, ...]:
    sizes = split(people)
    return even(people, max(1, people // 3)) if isinstance(sizes, Unsplittable) else sizes


# -- against all seatings of small cases


def test_every_seating_is_tried_once() -> None:
    assert sum(1 for _ in seatings((3, 3, 3))) == 280
    assert sum(1 for _ in seatings((6, 6))) == 462
    assert sum(1 for _ in seatings((4, 3))) == 35


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("sizes", [(6, 6), (3, 3, 3), (4, 4, 3)])
def test_small_cases_are_solved_exactly(sizes: tuple[int, ...], seed: int) -> None:
    people, known = pool(sum(sizes), seed, live=seed % 2 == 0, wishes=3, past=2, new=0.2)
    puzzle = as_puzzle(people, sizes, known)
    exact = best(puzzle)
    assert score(puzzle, found(puzzle, seed)) == pytest.approx(exact)
    assert bound(puzzle) >= exact - 1e-9


@pytest.mark.parametrize("seed", range(4))
def test_any_pairwise_diversity_can_be_taken(seed: int) -> None:
    puzzle = Puzzle((4, 4, 3), between=numbers(11, seed))
    exact = best(puzzle)
    assert score(puzzle, found(puzzle, seed)) == pytest.approx(exact)
    assert bound(puzzle) >= exact


@pytest.mark.parametrize("seed", range(6))
def test_the_bound_is_reached_where_nothing_is_in_the_way(seed: int) -> None:
    """Four schools of six over four circles of six: each circle can have one or two of each."""
    people = tuple(Applicant(f"p{number}", organisation=f"school {number % 4}") for number in range(24))
    puzzle = as_puzzle(people, (6, 6, 6, 6), Known())
    assert score(puzzle, found(puzzle, seed)) == pytest.approx(bound(puzzle))


# -- of any people


@settings(max_examples=40, deadline=None)
@given(
    people=st.integers(3, 45), seed=st.integers(0, 10**6), live=st.booleans(), wishes=st.integers(0, 9),
    past=st.integers(0, 3), new=st.sampled_from([0.0, 0.1, 0.4]),
)  # fmt: skip
def test_nobody_is_skipped_and_nothing_gets_worse(
    people: int, seed: int, live: bool, wishes: int, past: int, new: float
) -> None:
    pool_, known = pool(people, seed, live=live, wishes=wishes, past=past, new=new)
    puzzle = as_puzzle(pool_, sizes_of(people), known)
    first = start(puzzle, seed)
    then = search_on(puzzle, first, seed, 300)
    for seating in (first, then):
        counts = Counter(seating)
        assert tuple(counts[circle] for circle in range(len(puzzle.sizes))) == puzzle.sizes
    assert score(puzzle, first) - 1e-6 <= score(puzzle, then) <= bound(puzzle) + 1e-6
    assert (first, then) == (start(puzzle, seed), search_on(puzzle, first, seed, 300)), "it can be repeated"


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6), whole=st.booleans())
def test_what_the_search_keeps_up_to_date_is_so(seed: int, whole: bool) -> None:
    people, known = pool(21, seed, live=whole, wishes=6, past=2, new=0.3)
    puzzle = as_puzzle(people, (7, 7, 7), known)
    search = Search(puzzle, start(puzzle, seed), seed)
    for _ in range(5):
        seating = search.look(40)
        assert search.worth == pytest.approx(score(puzzle, seating))
        assert search._now.worth == pytest.approx(score(puzzle, search._now.standing.seating))
    standing = search._now.standing
    fresh = Standing(puzzle, standing.seating, pulls(puzzle))
    assert standing.own == pytest.approx(fresh.own)
    assert standing.toward == [pytest.approx(row) for row in fresh.toward]


def test_a_large_community_is_looked_at_some_circles_at_a_time() -> None:
    people, known = pool(430, 3, wishes=20, past=2)
    sizes = split(430)
    assert not isinstance(sizes, Unsplittable)
    puzzle = as_puzzle(people, sizes, known)
    first = start(puzzle, 1)
    then = search_on(puzzle, first, 1, MANY)
    assert score(puzzle, then) > score(puzzle, first)
    assert sorted(map(len, circles(puzzle, then)), reverse=True) == list(sizes)


# -- the rules


def test_who_would_rather_not_is_apart_and_managers_too() -> None:
    people = tuple(Applicant(f"p{number}") for number in range(12))
    foes = tuple(Wish("p0", f"p{number}", "apart" if number % 2 else "line") for number in range(1, 7))
    puzzle = as_puzzle(people, (6, 6), Known(wishes=foes))
    seating = found(puzzle)
    assert all(seating[0] != seating[number] for number in range(1, 7))


def test_what_cannot_be_kept_is_told_and_everybody_is_seated_all_the_same() -> None:
    people = tuple(Applicant(f"p{number}") for number in range(12))
    foes = tuple(Wish("p0", f"p{number}", "apart") for number in range(1, 12))
    known = Known(wishes=foes)
    puzzle = as_puzzle(people, (6, 6), known)
    members = circles(puzzle, found(puzzle))
    told = [account([people[each] for each in circle], known) for circle in members]
    assert sorted(each.unmet for each in told) == [(), ("apart",)]


def test_a_language_in_common() -> None:
    people = tuple(Applicant(f"p{number}", languages=frozenset({"nl" if number % 2 else "en"})) for number in range(12))
    seating = found(as_puzzle(people, (6, 6), Known()))
    assert len({seating[number] for number in range(0, 12, 2)}) == 1


def test_a_part_of_the_week_in_common_for_who_meets_at_one_time() -> None:
    early, late = frozenset({"0.morning"}), frozenset({"4.evening"})
    people = tuple(Applicant(f"p{number}", slots=early if number % 2 else late) for number in range(12))
    known = Known(live=True)
    puzzle = as_puzzle(people, (6, 6), known)
    members = circles(puzzle, found(puzzle))
    assert sorted(account([people[each] for each in circle], known).slots for circle in members) == [
        ("0.morning",),
        ("4.evening",),
    ]


def test_who_did_not_say_when_fits_anywhere() -> None:
    people = tuple(
        Applicant(f"p{number}", slots=frozenset({"0.morning"}) if number < 6 else None) for number in range(12)
    )
    puzzle = as_puzzle(people, (6, 6), Known(live=True))
    assert score(puzzle, start(puzzle, 1)) > -FAULT


@pytest.mark.parametrize(("new", "expected"), [(2, [0, 2]), (3, [0, 3]), (4, [2, 2]), (5, [2, 3])])
def test_newcomers_are_together_and_at_most_a_third(new: int, expected: list[int]) -> None:
    people = tuple(Applicant(f"p{number:02}", newcomer=number < new) for number in range(18))
    seating = found(as_puzzle(people, (9, 9), Known()))
    assert sorted(Counter(seating[number] for number in range(new)).get(circle, 0) for circle in (0, 1)) == expected


def test_a_newcomer_who_can_only_be_alone_is_told() -> None:
    people = tuple(Applicant(f"p{number}", newcomer=number == 0) for number in range(12))
    puzzle = as_puzzle(people, (6, 6), Known())
    members = circles(puzzle, found(puzzle))
    told = [account([people[each] for each in circle], Known()) for circle in members]
    assert sorted(each.unmet for each in told) == [(), ("new_alone",)]


def test_wishes_to_be_together_count() -> None:
    people = tuple(Applicant(f"p{number}") for number in range(12))
    wishes = tuple(Wish(f"p{number}", f"p{number + 6}", "with") for number in range(6))
    seating = found(as_puzzle(people, (6, 6), Known(wishes=wishes)))
    assert all(seating[number] == seating[number + 6] for number in range(6))


# -- the numbers


def test_being_together_fades() -> None:
    met = together([(1, ("a", "b", "c")), (3, ("a", "b"))], 4)
    assert met == {
        frozenset("ab"): pytest.approx(0.7**3 + 0.7),
        frozenset("ac"): pytest.approx(0.7**3),
        frozenset("bc"): pytest.approx(0.7**3),
    }


def test_a_formation_of_now_counts_as_the_latest() -> None:
    assert together([(0, ("a", "b"))], 0) == {frozenset("ab"): pytest.approx(0.7)}


def test_the_score_is_that_of_the_page() -> None:
    """One circle of four from two schools: as mixed as can be, one slot in common, one pair met, one wish met."""
    slots = [frozenset({"0.morning", "1.morning", "2.morning"}), frozenset({"0.morning"})]
    people = tuple(Applicant(f"p{n}", organisation=f"s{n % 2}", slots=slots[n % 2]) for n in range(4))
    known = Known({frozenset(("p0", "p2")): 0.7}, (Wish("p0", "p1", "with"),))
    puzzle = as_puzzle(people, (4,), known)
    assert variety(each.organisation for each in people) == 0.5
    expected = WEIGHTS.variety * 1 + WEIGHTS.overlap * 1 / 3 - WEIGHTS.repeat * 0.7 / 6 + WEIGHTS.wish * 1
    assert score(puzzle, [0, 0, 0, 0]) == pytest.approx(expected)


def test_many_attributes_are_taken_too() -> None:
    """Dealing weighs four of them, the search knows all."""
    traits = tuple(tuple((person >> bit) & 1 for person in range(24)) for bit in range(4)) * 2
    puzzle = Puzzle((8, 8, 8), traits, (1.0,) * 8)
    assert score(puzzle, found(puzzle)) >= 0.97 * bound(puzzle)
