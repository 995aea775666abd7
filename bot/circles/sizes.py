"""How many circles a number of people makes, and how large each is. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Literal

LEAST, MOST = 6, 10
"""So many people make a circle."""
WANTED = 8
TOO_SMALL = 5
"""A circle of fewer people than this cannot carry a round for long."""


@dataclass(frozen=True, slots=True)
class Unsplittable:
    """These people cannot be split into circles of six to ten. `few`: they are fewer than six; `eleven`: just that."""

    people: int
    why: Literal["few", "eleven"]


def split(people: int) -> tuple[int, ...] | Unsplittable:
    """The sizes of the circles, the larger ones first; they differ by at most 1 and are as close to 8 as can be."""
    if people < LEAST:
        return Unsplittable(people, "few")
    ways = range(ceil(people / MOST), people // LEAST + 1)
    if not ways:
        return Unsplittable(people, "eleven")
    return even(people, min(ways, key=lambda circles: (abs(people / circles - WANTED), circles)))


def even(people: int, circles: int) -> tuple[int, ...]:
    """So many people over so many circles, as even as can be."""
    size, larger = divmod(people, circles)
    return (size + 1,) * larger + (size,) * (circles - larger)
