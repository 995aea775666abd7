"""How many circles, and how large."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.circles.sizes import Unsplittable, split


@pytest.mark.parametrize(
    ("people", "sizes"),
    [
        (6, (6,)),
        (10, (10,)),
        (12, (6, 6)),
        (13, (7, 6)),
        (16, (8, 8)),
        (19, (10, 9)),
        (20, (7, 7, 6)),
        (24, (8, 8, 8)),
        (25, (9, 8, 8)),
        (100, (8,) * 9 + (7,) * 4),  # 7.7 is nearer to 8 than 8.3
    ],
)
def test_the_sizes(people: int, sizes: tuple[int, ...]) -> None:
    assert split(people) == sizes


@pytest.mark.parametrize("people", range(6))
def test_too_few(people: int) -> None:
    assert split(people) == Unsplittable(people, "few")


def test_eleven_is_the_only_other_number_that_cannot_be_split() -> None:
    assert [each for each in range(6, 2000) if isinstance(split(each), Unsplittable)] == [11]
    assert split(11) == Unsplittable(11, "eleven")


@given(st.integers(6, 5000).filter(lambda people: people != 11))
def test_everybody_has_a_seat_and_sizes_are_even_and_near_eight(people: int) -> None:
    sizes = split(people)
    assert not isinstance(sizes, Unsplittable)
    assert sum(sizes) == people
    assert min(sizes) >= 6
    assert max(sizes) <= 10
    assert max(sizes) - min(sizes) <= 1
    assert list(sizes) == sorted(sizes, reverse=True)
    others = (count for count in range(1, people) if 6 <= people / count <= 10)
    assert all(abs(people / len(sizes) - 8) <= abs(people / other - 8) for other in others)
