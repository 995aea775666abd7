"""Makes a seating better: two people change places as long as that gains something, then a few by chance, and again.

It is an iterated local search. Its effort is counted in looks at a person, not in seconds, so the same seed gives the
same seating on every machine, and it can go on where it stopped.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from bot.circles.dice import Dice
from bot.circles.puzzle import Puzzle, Seating, Standing, circles, pulls, score, shared

LITTLE = 1e-9
"""Gains below this are rounding."""
KICKS = 3
"""So many pairs change places by chance when nothing gains any more."""
PATIENCE = 60
"""After so many kicks without anything better, the search goes on from the best seating."""


@dataclass(slots=True)
class Point:
    """Where the search stands."""

    standing: Standing
    worth: float
    whole: list[float]
    """What each circle has besides its pairs."""
    rest: list[dict[int, tuple[int, int, int]]]
    """By circle, what `_others` found, until the circle changes."""

    def copied(self) -> Point:
        return Point(self.standing.copied(), self.worth, list(self.whole), list(self.rest))


class Search:
    """The search for one puzzle; `best` is the best seating so far and `worth` its score."""

    def __init__(self, puzzle: Puzzle, seating: Seating, seed: int) -> None:
        self.puzzle = puzzle
        self.dice = Dice(seed)
        table = pulls(puzzle)
        self._doubled = [[2 * each for each in row] for row in table]
        self._most = puzzle.overlap if puzzle.slots else 0.0
        self.worth = score(puzzle, seating)
        self.best = list(seating)
        whole = [puzzle.circle(members) for members in circles(puzzle, seating)]
        self._now = Point(Standing(puzzle, list(seating), table), self.worth, whole, [{} for _ in puzzle.sizes])
        self._accepted = self._best = self._now.copied()
        self._failed = 0
        self._changed = set(range(len(puzzle.sizes)))
        """Circles that changed since their people were last looked at: only with them can anything be gained."""
        self._queue: list[int] = []

    def look(self, effort: int) -> Seating:
        """Looks so many times at a person, and returns the best seating so far."""
        if len(self.puzzle.sizes) < 2:
            return self.best
        for _ in range(effort):
            if not self._queue:
                self._fill_queue()
            self._improve(self._queue.pop())
        if self._now.worth > self.worth + LITTLE:
            self._keep()
        return self.best

    def _fill_queue(self) -> None:
        if not self._changed:
            self._settle()
        seating = self._now.standing.seating
        self._queue = [person for person, circle in enumerate(seating) if circle in self._changed]
        self._changed.clear()
        self.dice.shuffle(self._queue)

    # -- one person

    def _improve(self, person: int) -> None:
        """Changes places with whom it gains most, if with anybody."""
        now, whole = self._now.standing, self._now.whole
        here = now.seating[person]
        # what the person brings elsewhere; where circles are judged as a whole, with all that it could bring at best
        spare = [self._most - each for each in whole] if self.puzzle.whole else [0.0] * len(whole)
        elsewhere = [toward[person] + extra for toward, extra in zip(now.toward, spare, strict=True)]
        elsewhere[here] = -inf
        gains = [
            comes - leaves - twice + elsewhere[circle]
            for comes, leaves, twice, circle in zip(
                now.toward[here], now.own, self._doubled[person], now.seating, strict=True
            )
        ]
        needed = now.own[person] - spare[here] + LITTLE
        if self.puzzle.whole:
            self._improve_whole(person, gains, needed)
        elif (best := max(gains)) > needed:
            self._swap(person, gains.index(best), best - now.own[person])

    def _improve_whole(self, person: int, gains: list[float], needed: float) -> None:
        """The same, where each circle also counts as a whole."""
        hopeful = sorted(((gain, other) for other, gain in enumerate(gains) if gain > needed), reverse=True)
        best, chosen = LITTLE, -1
        for most, other in hopeful:
            if most - needed + LITTLE <= best:
                break
            gain = self._exact(person, other)
            if gain > best:
                best, chosen = gain, other
        if chosen >= 0:
            self._swap(person, chosen, best)

    def _exact(self, one: int, other: int) -> float:
        """What it gains when these two change places."""
        now, whole = self._now.standing, self._now.whole
        here, there = now.seating[one], now.seating[other]
        pairs = now.toward[here][other] - now.own[other] - self._doubled[one][other]
        pairs += now.toward[there][one] - now.own[one]
        if not self.puzzle.whole:
            return pairs
        changed = self._joined(here, one, other) + self._joined(there, other, one)
        return pairs + changed - whole[here] - whole[there]

    def _joined(self, circle: int, goes: int, comes: int) -> float:
        """What the circle as a whole is worth when one goes and another comes."""
        puzzle = self.puzzle
        languages, slots, new = self._others(circle)[goes]
        return puzzle.judged(
            languages & puzzle.languages[comes] if puzzle.languages else -1,
            slots & puzzle.slots[comes] if puzzle.slots else -1,
            new + (comes in puzzle.new),
            puzzle.sizes[circle],
        )

    def _others(self, circle: int) -> dict[int, tuple[int, int, int]]:
        """By member, what all others in the circle have in common, and how many of them are new."""
        found = self._now.rest[circle]
        if not found:
            puzzle, seating = self.puzzle, self._now.standing.seating
            members = [each for each, place in enumerate(seating) if place == circle]
            for member in members:
                others = [each for each in members if each != member]
                found[member] = (
                    shared(puzzle.languages, others),
                    shared(puzzle.slots, others),
                    len(puzzle.new.intersection(others)),
                )
        return found

    def _swap(self, one: int, other: int, gain: float) -> None:
        now = self._now
        here, there = now.standing.seating[one], now.standing.seating[other]
        if self.puzzle.whole:
            now.whole[here], now.whole[there] = self._joined(here, one, other), self._joined(there, other, one)
            now.rest[here], now.rest[there] = {}, {}
        now.standing.swap(one, other)
        now.worth += gain
        self._changed |= {here, there}

    # -- when nothing gains any more

    def _settle(self) -> None:
        self._failed += 1
        if self._now.worth > self.worth + LITTLE:
            self._keep()
            self._failed = 0
        if self._now.worth >= self._accepted.worth - LITTLE:
            self._accepted = self._now.copied()
        else:
            if self._failed > PATIENCE:
                self._accepted, self._failed = self._best, 0
            self._now = self._accepted.copied()
        self._kick()

    def _keep(self) -> None:
        self.best = list(self._now.standing.seating)
        self.worth = self._now.worth = score(self.puzzle, self.best)
        self._best = self._now.copied()

    def _kick(self) -> None:
        people, seating = self.puzzle.people, self._now.standing.seating
        done = 0
        while done < KICKS:
            one, other = self.dice.below(people), self.dice.below(people)
            if seating[one] != seating[other]:
                self._swap(one, other, self._exact(one, other))
                done += 1
