"""How voices were spread over a round, beside what chance alone would do. For its own circle, afterwards, in words.

Turns are counted, never words: short answers, and answers in a second language, weigh as much as any other. Nothing
here names a person, and no number leaves: only one of five readings does.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import shake_128
from struct import unpack
from typing import Literal

from bot.rounds.model import Round

Reading = Literal["too_few_people", "too_few_turns", "more_even", "as_chance", "few_voices"]

FEWEST = 5
"""Below this many people a reading would be about somebody."""
TURNS_EACH = 4
"""Below this many turns for each person on average chance hides everything else."""
SIMULATED = 2000
MOST_SIMULATED = 400
"""Turns; with more of them what chance does is scaled, since it shrinks with the root of their number."""
SEED = 63
LOW, HIGH = 0.05, 0.95
"""Between these shares of what chance gives a round is called as even as chance."""


def turns(round_: Round) -> tuple[int, ...]:
    """How many turns each speaking seat had that others could see, with the zeros; in no order that tells whose."""
    counted = dict.fromkeys(round_.speakers, 0)
    for one in round_.contributions:
        if one.person in counted and one.visible and one.counts:
            counted[one.person] += 1
    return tuple(sorted(counted.values()))


def gini(turns_: Sequence[int]) -> float:
    """How unevenly turns fell: 0 when everybody had as many, (n - 1) / n when one person had all. 0 without turns."""
    n, total = len(turns_), sum(turns_)
    if not total:
        return 0.0
    return sum((2 * i - n - 1) * each for i, each in enumerate(sorted(turns_), 1)) / (n * total)


@lru_cache(maxsize=512)
def by_chance(people: int, total: int) -> tuple[float, float, float]:
    """What `gini` is when each turn falls to anybody alike: its mean, and the values that 5 and 95 in 100 stay below.

    Simulated from a fixed seed, so it is the same today and tomorrow.
    """
    drawn = min(total, MOST_SIMULATED)
    found = sorted(_simulated(people, drawn))
    scale = (drawn / total) ** 0.5 if total else 1.0
    mean, low, high = sum(found) / len(found), found[int(LOW * len(found))], found[int(HIGH * len(found))]
    return mean * scale, low * scale, high * scale


def _simulated(people: int, total: int) -> list[float]:
    """A draw is two bytes of a stream, so it favours nobody by more than one in a thousand."""
    stream = shake_128(f"{SEED}/{people}/{total}".encode()).digest(2 * SIMULATED * total)
    draws = unpack(f"<{SIMULATED * total}H", stream)
    found = []
    for start in range(0, SIMULATED * total, total or 1):
        counted = [0] * people
        for draw in draws[start : start + total]:
            counted[draw * people >> 16] += 1
        found.append(gini(counted))
    return found or [0.0]


def reading(turns_: Sequence[int]) -> Reading:
    """What can be said about them; with so few people or turns nothing can."""
    n, total = len(turns_), sum(turns_)
    if n < FEWEST:
        return "too_few_people"
    if total < TURNS_EACH * n:
        return "too_few_turns"
    _, low, high = by_chance(n, total)
    found = gini(turns_)
    if found > high:
        return "few_voices"
    return "more_even" if found < low else "as_chance"


def heard_by(round_: Round, person: str) -> Reading | None:
    """The reading, for somebody who was in the round, once it is done; None for anybody else and before."""
    seat = round_.seat(person)
    here = person == round_.facilitator or (seat is not None and seat.state == "in")
    return reading(turns(round_)) if round_.state == "done" and here else None
