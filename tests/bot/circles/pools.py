"""People for circles to be formed of, and the best seating there is, found by trying all."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations

from bot.circles.forming import Applicant, Known, together
from bot.circles.model import SLOTS, Wish
from bot.circles.puzzle import Puzzle, Seating, score


def pool(
    people: int, seed: int, *, live: bool = False, wishes: int = 0, past: int = 0, new: float = 0.0
) -> tuple[tuple[Applicant, ...], Known]:
    dice = random.Random(seed)
    found = tuple(
        Applicant(
            id=f"p{number:03}",
            organisation=f"school {min(7, int(dice.expovariate(0.4)))}",
            role=f"role {dice.randrange(5)}",
            experience=dice.choice(["", "starting", "some", "long"]),
            languages=frozenset(dice.choice([["nl"], ["nl", "en"], ["nl", "de", "en"]])),
            slots=frozenset(dice.sample(SLOTS, 9)) if dice.random() < 0.8 else None,
            newcomer=dice.random() < new,
        )
        for number in range(people)
    )
    ids = [each.id for each in found]
    wanted = tuple(
        Wish(*dice.sample(ids, 2), dice.choice(["with", "apart"]))  # type: ignore[arg-type]
        for _ in range(wishes)
    )
    earlier = []
    for time in range(past):
        mixed = dice.sample(ids, len(ids))
        earlier += [(time + 1, mixed[start : start + 6]) for start in range(0, len(ids), 6)]
    return found, Known(together(earlier, past + 1), wanted, live)


def seatings(sizes: tuple[int, ...]) -> Iterator[Seating]:
    """Every way to seat these many, once: circles of one size are not told apart."""

    def fill(left: tuple[int, ...], circle: int, first: int, seating: Seating) -> Iterator[Seating]:
        if circle == len(sizes):
            yield list(seating)
            return
        for members in combinations(left, sizes[circle]):
            if circle and sizes[circle] == sizes[circle - 1] and members[0] < first:
                continue
            for each in members:
                seating[each] = circle
            rest = tuple(each for each in left if each not in members)
            yield from fill(rest, circle + 1, members[0], seating)

    everybody = tuple(range(sum(sizes)))
    yield from fill(everybody, 0, -1, [-1] * len(everybody))


def best(puzzle: Puzzle) -> float:
    return max(score(puzzle, each) for each in seatings(puzzle.sizes))


def numbers(people: int, seed: int) -> list[list[float]]:
    """Any diversity at all between each two."""
    dice = random.Random(seed)
    table = [[0.0] * people for _ in range(people)]
    for one in range(people):
        for other in range(one):
            table[one][other] = table[other][one] = dice.uniform(0, 100)
    return table
