"""The puzzle of who sits with whom, in numbers: people are 0, 1, 2 …, and every pair in one circle brings something.

It is the maximally diverse grouping problem with a few terms for a circle as a whole. Any diversity between two people
can be put in: as `traits` (what differs brings `worth`), as `ties` between some pairs, or as `between` for every pair.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import comb

FAULT = 1000.0
"""What a broken rule takes from a score: more than anything else can bring."""

Seating = list[int]
"""By person, the circle they are in."""


@dataclass(frozen=True, slots=True)
class Puzzle:
    """What makes a seating good. Nothing here is about who the people are."""

    sizes: tuple[int, ...]
    """Of the circles."""
    traits: tuple[tuple[int, ...], ...] = ()
    """By attribute, each person's value, counted from 0."""
    worth: tuple[float, ...] = ()
    """By attribute, what a pair brings that differs in it."""
    ties: tuple[Mapping[int, float], ...] = ()
    """By person, what being together with some others brings; negative for what should not be. Symmetric."""
    apart: tuple[frozenset[int], ...] = ()
    """By person, with whom they may not be. Symmetric."""
    between: Sequence[Sequence[float]] = ()
    """What each pair brings besides; symmetric, or nothing."""
    languages: tuple[int, ...] = ()
    """By person, a bit for each language; a circle needs one in common. Empty: it does not matter."""
    slots: tuple[int, ...] = ()
    """By person, a bit for each part of the week that suits. Empty: it does not matter."""
    overlap: float = 0.0
    """What a circle gains that has `ENOUGH` slots in common."""
    live: bool = False
    """A circle needs a slot in common."""
    new: frozenset[int] = frozenset()
    """Newcomers: none in a circle, or two and more, and at most a third."""

    @property
    def people(self) -> int:
        return sum(self.sizes)

    @property
    def whole(self) -> bool:
        """Whether a circle is judged by more than its pairs."""
        return bool(self.languages or self.slots or self.new)

    def pair(self, one: int, other: int) -> float:
        """What these two bring to a circle they are both in."""
        brings = sum(
            worth for worth, values in zip(self.worth, self.traits, strict=True) if values[one] != values[other]
        )
        if self.between:
            brings += self.between[one][other]
        if self.ties:
            brings += self.ties[one].get(other, 0.0)
        if self.apart and other in self.apart[one]:
            brings -= FAULT
        return brings

    def circle(self, members: Iterable[int]) -> float:
        """What the circle as a whole has besides its pairs."""
        members = tuple(members)
        return self.judged(
            shared(self.languages, members), shared(self.slots, members), len(self.new.intersection(members)),
            len(members),
        )  # fmt: skip

    def judged(self, languages: int, slots: int, new: int, size: int) -> float:
        """The same, from what its members have in common and how many of them are new."""
        gain = 0.0
        if self.slots:
            common = slots.bit_count()
            gain = self.overlap * min(common, ENOUGH) / ENOUGH
            if self.live and not common:
                gain -= FAULT
        if self.languages and not languages:
            gain -= FAULT
        if new and (new < TOGETHER or new * PART > size):
            gain -= FAULT
        return gain


ENOUGH = 3
"""More common slots than this make no difference."""
TOGETHER = 2
"""A newcomer is never the only one in a circle."""
PART = 3
"""Newcomers are at most one in so many."""


def shared(masks: Sequence[int], members: Iterable[int]) -> int:
    """The bits that all of them have."""
    common = -1
    for each in members:
        common &= masks[each] if masks else -1
    return common


def circles(puzzle: Puzzle, seating: Seating) -> list[list[int]]:
    """By circle, its members."""
    made: list[list[int]] = [[] for _ in puzzle.sizes]
    for person, circle in enumerate(seating):
        made[circle].append(person)
    return made


def score(puzzle: Puzzle, seating: Seating) -> float:
    """What the seating is worth, all in all."""
    total = 0.0
    for members in circles(puzzle, seating):
        total += puzzle.circle(members) + sum(
            puzzle.pair(one, other) for place, one in enumerate(members) for other in members[:place]
        )
    return total


def bound(puzzle: Puzzle) -> float:
    """No seating is worth more than this.

    Fewest pairs are equal in an attribute when each of its values is spread evenly over the circles, and nobody has
    better company than those who bring most to them.
    """
    pairs = sum(comb(size, 2) for size in puzzle.sizes)
    count = len(puzzle.sizes)
    most = 0.0
    for values, worth in zip(puzzle.traits, puzzle.worth, strict=True):
        most += worth * (pairs - sum(_fewest(holders, count) for holders in Counter(values).values()))
    most += sum(_best_company(puzzle, ties.values()) for ties in puzzle.ties) / 2
    for one, row in enumerate(puzzle.between):
        most += _best_company(puzzle, (*row[:one], *row[one + 1 :])) / 2
    return most + count * puzzle.overlap * _most_common(puzzle) / ENOUGH


def _best_company(puzzle: Puzzle, brings: Iterable[float]) -> float:
    """The most that others can bring to one person, in a circle of any of the sizes; who is not named brings 0."""
    brings = sorted(brings, reverse=True)
    nothing = puzzle.people - 1 - len(brings)
    first = next((place for place, amount in enumerate(brings) if amount < 0), len(brings))

    def of(others: int) -> float:
        return sum(brings[: min(first, others)]) + sum(brings[first : first + max(0, others - first - nothing)])

    return max(of(size - 1) for size in {*puzzle.sizes})


def _most_common(puzzle: Puzzle) -> int:
    """No circle has more slots in common than those that suit as many people as the smallest circle has."""
    held = Counter(bit for mask in puzzle.slots for bit in range(mask.bit_length()) if mask >> bit & 1)
    return min(ENOUGH, sum(1 for holders in held.values() if holders >= min(puzzle.sizes)))


def _fewest(holders: int, circles: int) -> int:
    size, larger = divmod(holders, circles)
    return larger * comb(size + 1, 2) + (circles - larger) * comb(size, 2)


@dataclass(slots=True)
class Standing:
    """A seating on its way, with what each person brings to each circle, kept up to date."""

    puzzle: Puzzle
    seating: Seating
    pulls: list[list[float]]
    """What each pair brings."""
    toward: list[list[float]] = field(init=False)
    """By circle, what each person brings to its members (of whom they may be one)."""
    own: list[float] = field(init=False)
    """The same for one's own circle."""

    def __post_init__(self) -> None:
        members = circles(self.puzzle, self.seating)
        self.toward = [
            [sum(column) for column in zip(*(self.pulls[each] for each in mine), strict=True)] for mine in members
        ]
        self.own = [self.toward[circle][person] for person, circle in enumerate(self.seating)]

    def copied(self) -> Standing:
        """The same, to go back to. A swap makes new rows, so the rows need no copies."""
        copy = object.__new__(Standing)
        copy.puzzle, copy.pulls = self.puzzle, self.pulls
        copy.seating, copy.toward, copy.own = list(self.seating), list(self.toward), list(self.own)
        return copy

    def swap(self, one: int, other: int) -> None:
        """These two change places."""
        here, there = self.seating[one], self.seating[other]
        self.seating[one], self.seating[other] = there, here
        first, second = self.pulls[one], self.pulls[other]
        changed = [b - a for a, b in zip(first, second, strict=True)]
        self.toward[here] = mine = [x + c for x, c in zip(self.toward[here], changed, strict=True)]
        self.toward[there] = theirs = [x - c for x, c in zip(self.toward[there], changed, strict=True)]
        for person, circle in enumerate(self.seating):
            if circle == here:
                self.own[person] = mine[person]
            elif circle == there:
                self.own[person] = theirs[person]


def pulls(puzzle: Puzzle) -> list[list[float]]:
    """What each pair brings, as a table; what one would bring to oneself is 0."""
    people = puzzle.people
    rows = [[0.0] * people for _ in range(people)]
    if puzzle.between:
        rows = [list(row) for row in puzzle.between]
    for values, worth in zip(puzzle.traits, puzzle.worth, strict=True):
        by_value = {mine: [0.0 if value == mine else worth for value in values] for mine in set(values)}
        rows = [
            [brings + more for brings, more in zip(row, by_value[mine], strict=True)]
            for row, mine in zip(rows, values, strict=True)
        ]
    for one, row in enumerate(rows):
        for other, amount in puzzle.ties[one].items() if puzzle.ties else ():
            row[other] += amount
        for other in puzzle.apart[one] if puzzle.apart else ():
            row[other] -= FAULT
        row[one] = 0.0
    return rows
