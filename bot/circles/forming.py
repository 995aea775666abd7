"""Circles out of people: what they said becomes a puzzle, and a seating becomes an account of why. Pure.

    puzzle = as_puzzle(applicants, sizes, known)
    seating = start(puzzle, seed)
    seating = search_on(puzzle, seating, seed, effort)

The score is that of docs/why/circles.md. A pair counts the same in every circle of one formation: sizes differ by one
at most, so the mean size is used for all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import comb

from bot.circles.dealing import Dealer
from bot.circles.model import Wish
from bot.circles.puzzle import Puzzle, Seating, circles
from bot.circles.sizes import even
from bot.circles.swapping import Search

FADES = 0.7
"""What having been together counts, for each formation that it is longer ago."""
AT_ONCE = 200
"""So many people are looked at together; of more, some circles at a time."""
SOME = 500
"""Looks at a person in some circles, before others are searched."""


@dataclass(frozen=True, slots=True)
class Weights:
    variety: float = 1.0
    overlap: float = 0.5
    repeat: float = 2.0
    wish: float = 0.3


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody who would like to be in a circle. What they did not say is empty, and never counts against them."""

    id: str
    organisation: str = ""
    role: str = ""
    experience: str = ""
    languages: frozenset[str] = frozenset()
    slots: frozenset[str] | None = None
    """In the community's zone; None: did not say."""
    newcomer: bool = False

    @property
    def traits(self) -> tuple[str, ...]:
        return self.organisation, self.role, self.experience


@dataclass(frozen=True, slots=True)
class Known:
    """What is known between people."""

    together: Mapping[frozenset[str], float] = field(default_factory=dict)
    """By pair, how much they were in one circle before."""
    wishes: tuple[Wish, ...] = ()
    live: bool = False
    """They meet at one time, so they need a part of the week in common."""


def together(past: Iterable[tuple[int, Sequence[str]]], now: int) -> dict[frozenset[str], float]:
    """How much each pair was together, from the circles of earlier formations by their number; `now` is this one's."""
    met: Counter[frozenset[str]] = Counter()
    for formation, members in past:
        amount = FADES ** max(now - formation, 1)
        for place, one in enumerate(members):
            for other in members[:place]:
                met[frozenset((one, other))] += amount  # type: ignore[assignment]
    return dict(met)


def as_puzzle(people: Sequence[Applicant], sizes: tuple[int, ...], known: Known, weights: Weights = WEIGHTS) -> Puzzle:
    """The puzzle of these people, in this order."""
    mean = len(people) / len(sizes)
    traits, worth = _traits(people, mean, weights)
    languages, slots = _bits([each.languages or None for each in people]), _bits([each.slots for each in people])
    ties, apart = _ties(people, len(sizes), mean, known, weights)
    return Puzzle(
        sizes=sizes,
        traits=traits,
        worth=worth,
        ties=ties,
        apart=apart,
        languages=languages,
        slots=slots,
        overlap=weights.overlap if slots else 0.0,
        live=known.live,
        new=frozenset(place for place, each in enumerate(people) if each.newcomer),
    )


def _traits(
    people: Sequence[Applicant], mean: float, weights: Weights
) -> tuple[tuple[tuple[int, ...], ...], tuple[float, ...]]:
    """The attributes in which people differ at all, and what a pair brings that differs in each."""
    columns = [column for column in zip(*(each.traits for each in people), strict=True) if len(set(column)) > 1]
    traits, worth = [], []
    for column in columns:
        numbers = {value: number for number, value in enumerate(sorted(set(column)))}
        traits.append(tuple(numbers[value] for value in column))
        most = _blau(even(round(mean), min(len(numbers), round(mean))))
        worth.append(weights.variety * 2 / (mean * mean * most * len(columns)))
    return tuple(traits), tuple(worth)


def _blau(counts: Iterable[int]) -> float:
    """Blau's index of a circle with so many of each value: how likely it is that two of it differ."""
    counts = tuple(counts)
    size = sum(counts)
    return 1 - sum((count / size) ** 2 for count in counts) if size else 0.0


def variety(values: Iterable[str]) -> float:
    """Blau's index of these values."""
    return _blau(Counter(values).values())


def _bits(said: Sequence[Iterable[str] | None]) -> tuple[int, ...]:
    """Each as bits; who said nothing has all of them. Nothing, where nobody said anything."""
    numbers = {value: number for number, value in enumerate(sorted({v for each in said if each for v in each}))}
    if not numbers:
        return ()
    every = (1 << len(numbers)) - 1
    return tuple(sum(1 << numbers[value] for value in each) if each else every for each in said)


def _ties(
    people: Sequence[Applicant], count: int, mean: float, known: Known, weights: Weights
) -> tuple[tuple[dict[int, float], ...], tuple[frozenset[int], ...]]:
    place = {each.id: number for number, each in enumerate(people)}
    ties: list[dict[int, float]] = [{} for _ in people]
    apart: list[set[int]] = [set() for _ in people]
    for pair, amount in known.together.items():
        first, second = sorted(pair)
        if first in place and second in place:
            _tie(ties, place[first], place[second], -weights.repeat * amount / comb(max(2, round(mean)), 2))
    here = [each for each in known.wishes if each.person in place and each.other in place]
    wanted = [each for each in here if each.kind == "with"]
    for wish in here:
        one, other = place[wish.person], place[wish.other]
        if wish.kind == "with":
            _tie(ties, one, other, weights.wish * count / len(wanted))
        else:
            apart[one].add(other)
            apart[other].add(one)
    return tuple(ties), tuple(map(frozenset, apart)) if any(apart) else ()


def _tie(ties: list[dict[int, float]], one: int, other: int, amount: float) -> None:
    ties[one][other] = ties[one].get(other, 0.0) + amount
    ties[other][one] = ties[other].get(one, 0.0) + amount


# -- looking for a seating


def start(puzzle: Puzzle, seed: int) -> Seating:
    return Dealer(puzzle, seed).deal()


def search_on(puzzle: Puzzle, seating: Seating, seed: int, effort: int) -> Seating:
    """A seating at least as good. The effort is in looks at a person."""
    if puzzle.people <= AT_ONCE:
        return list(Search(puzzle, seating, seed).look(effort))
    seating = list(seating)
    members = circles(puzzle, seating)
    order = _worst_first(puzzle, members)
    some = max(2, AT_ONCE // max(puzzle.sizes))
    for turn in range(max(1, effort // SOME)):
        chosen = _some(order, turn, some)
        inside = [person for circle in chosen for person in members[circle]]
        part = _part(puzzle, chosen, inside)
        at = {circle: number for number, circle in enumerate(chosen)}
        found = Search(part, [at[seating[person]] for person in inside], seed + turn).look(SOME)
        for person, circle in zip(inside, found, strict=True):
            seating[person] = chosen[circle]
        for circle in chosen:
            members[circle] = [person for person in inside if seating[person] == circle]
    return seating


def _worst_first(puzzle: Puzzle, members: list[list[int]]) -> list[int]:
    """The circles by what they are worth for each pair."""

    def worth(circle: int) -> float:
        mine = members[circle]
        pairs = sum(puzzle.pair(one, other) for place, one in enumerate(mine) for other in mine[:place])
        return (pairs + puzzle.circle(mine)) / comb(max(2, len(mine)), 2)

    return sorted(range(len(members)), key=worth)


def _some(order: list[int], turn: int, some: int) -> list[int]:
    """The worst circles that were not looked at yet, and as many of the others, from the best on."""
    half = some // 2
    worst = [order[(turn * half + step) % len(order)] for step in range(half)]
    best = [order[-1 - (turn * half + step) % len(order)] for step in range(some - half)]
    return list(dict.fromkeys([*worst, *best]))


def _part(puzzle: Puzzle, chosen: list[int], inside: list[int]) -> Puzzle:
    """The puzzle of some circles alone, with their people numbered anew."""
    number = {person: place for place, person in enumerate(inside)}

    def of(values: Sequence[int]) -> tuple[int, ...]:
        return tuple(values[person] for person in inside) if values else ()

    ties = [
        {number[other]: amount for other, amount in puzzle.ties[person].items() if other in number}
        for person in inside
        if puzzle.ties
    ]
    apart = [
        frozenset(number[other] for other in puzzle.apart[person] if other in number)
        for person in inside
        if puzzle.apart
    ]
    return Puzzle(
        sizes=tuple(puzzle.sizes[circle] for circle in chosen),
        traits=tuple(of(values) for values in puzzle.traits),
        worth=puzzle.worth,
        ties=tuple(ties),
        apart=tuple(apart),
        between=[[puzzle.between[one][other] for other in inside] for one in inside] if puzzle.between else (),
        languages=of(puzzle.languages),
        slots=of(puzzle.slots),
        overlap=puzzle.overlap,
        live=puzzle.live,
        new=frozenset(number[person] for person in inside if person in puzzle.new),
    )
