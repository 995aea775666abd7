"""A good first seating, for any number of people: one after the other, each into the circle that gains most by them.

For each value of a trait a whole number holds, as bits, the circles in which it stands so many times. So the best
circle for a person is found by a few `&`, and ten thousand people are dealt in a fraction of a second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import product

from bot.circles.dice import Dice
from bot.circles.puzzle import PART, TOGETHER, Puzzle, Seating

DEEPEST = 4
"""Circles with more of one value than this are all equally bad."""
WEIGHED = 4
"""So many attributes are weighed against each other in dealing, those that count most; the search knows all."""


@cache
def _ways(worth: tuple[float, ...]) -> tuple[tuple[int, ...], ...]:
    """How often each of a person's values stands in a circle already, the best ways first."""
    ways = product(range(DEEPEST + 1), repeat=len(worth))
    return tuple(sorted(ways, key=lambda way: sum(w * count for w, count in zip(worth, way, strict=True))))


class Dealer:
    def __init__(self, puzzle: Puzzle, seed: int) -> None:
        self.puzzle = puzzle
        self.dice = Dice(seed)
        self.all = (1 << len(puzzle.sizes)) - 1
        self.seating: Seating = [-1] * puzzle.people
        self.filled = [0] * len(puzzle.sizes)
        self.new = [0] * len(puzzle.sizes)
        said = (puzzle.languages, puzzle.slots if puzzle.live else ())
        self.common = [(masks, [self.all] * _width(masks)) for masks in said if masks]
        """By language, or slot: the circles whose members all have it."""
        self.room = self.all
        """The circles that are not full."""
        weightiest = sorted(range(len(puzzle.worth)), key=puzzle.worth.__getitem__, reverse=True)[:WEIGHED]
        self.worth = tuple(puzzle.worth[each] for each in weightiest)
        self.traits = tuple(puzzle.traits[each] for each in weightiest)
        self.standing: list[dict[int, list[int]]] = [{} for _ in self.traits]
        """By attribute and value: the circles in which it stands 0, 1, 2 … times, as bits."""
        self.holders = Counter(self.traits[0] if self.traits else ())

    def deal(self) -> Seating:
        order = list(range(self.puzzle.people))
        self.dice.shuffle(order)
        order.sort(key=self._ease)
        for person in (each for each in order if each in self.puzzle.new):
            self._seat(person, self._place_for_new())
        for person in (each for each in order if each not in self.puzzle.new):
            self._seat(person, self.room)
        return self.seating

    def _ease(self, person: int) -> tuple[int, int, int, int]:
        """Whoever fits with fewest comes first, then the largest groups that are equal in what counts most."""
        puzzle = self.puzzle
        free = sum(masks[person].bit_count() for masks, _holding in self.common)
        foes = len(puzzle.apart[person]) if puzzle.apart else 0
        if not self.traits:
            return free, -foes, 0, 0
        value = self.traits[0][person]
        return free, -foes, -self.holders[value], value

    def _place_for_new(self) -> int:
        """Beside a newcomer who is alone, else where there is none yet, else where they are few."""
        sizes = self.puzzle.sizes
        room = [circle for circle, size in enumerate(sizes) if self.filled[circle] < size]
        alone = [circle for circle in room if 0 < self.new[circle] < TOGETHER]
        none = [circle for circle in room if self.new[circle] == 0]
        few = [circle for circle in room if (self.new[circle] + 1) * PART <= sizes[circle] and self.new[circle]]
        left = len(self.puzzle.new) - sum(self.new)
        places = alone or (none if left >= TOGETHER and none else few or none or room)
        return sum(1 << circle for circle in places)

    def _seat(self, person: int, places: int) -> None:
        for allowed in (self._without_foes(person), self._common(person), self._without_ties(person)):
            places = places & allowed or places
        circle = self._best(person, places)
        self._sit(person, circle)

    def _without_foes(self, person: int) -> int:
        return self._without(self.puzzle.apart[person]) if self.puzzle.apart else self.all

    def _without_ties(self, person: int) -> int:
        if not self.puzzle.ties:
            return self.all
        return self._without(other for other, amount in self.puzzle.ties[person].items() if amount < 0)

    def _without(self, others: Iterable[int]) -> int:
        taken = 0
        for other in others:
            if self.seating[other] >= 0:
                taken |= 1 << self.seating[other]
        return self.all & ~taken

    def _common(self, person: int) -> int:
        """The circles that would still have a language, and a slot, in common."""
        allowed = self.all
        for masks, holding in self.common:
            some = 0
            for bit, circles in enumerate(holding):
                if masks[person] >> bit & 1:
                    some |= circles
            allowed &= some
        return allowed

    def _best(self, person: int, places: int) -> int:
        held = [
            standing.get(values[person], (self.all,))
            for standing, values in zip(self.standing, self.traits, strict=True)
        ]
        found = places
        for way in _ways(self.worth):
            fits = places
            for counts, count in zip(held, way, strict=True):
                fits &= counts[count] if count < len(counts) else 0
                if not fits:
                    break
            if fits:
                found = fits
                break
        return self._any(found)

    def _any(self, places: int) -> int:
        """One of these circles, by chance: the next one from somewhere on."""
        start = self.dice.below(len(self.puzzle.sizes))
        later = places >> start
        return start + (later & -later).bit_length() - 1 if later else (places & -places).bit_length() - 1

    def _sit(self, person: int, circle: int) -> None:
        bit = 1 << circle
        self.seating[person] = circle
        self.filled[circle] += 1
        self.new[circle] += person in self.puzzle.new
        if self.filled[circle] == self.puzzle.sizes[circle]:
            self.room &= ~bit
        for standing, values in zip(self.standing, self.traits, strict=True):
            counts = standing.setdefault(values[person], [self.all])
            count = next(number for number, circles in enumerate(counts) if circles & bit)
            counts[count] &= ~bit
            if count + 1 == len(counts):
                counts.append(0)
            counts[count + 1] |= bit
        for masks, holding in self.common:
            for number in range(len(holding)):
                if not masks[person] >> number & 1:
                    holding[number] &= ~bit


def _width(masks: tuple[int, ...]) -> int:
    return max((mask.bit_length() for mask in masks), default=0)
