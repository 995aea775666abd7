"""BM25 as SQLite's FTS5 counts it, in Python: the same order on every database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import log

K1 = 1.2
B = 0.75
MOST = K1 + 1
"""One term adds at most so many times its idf."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing with terms that were looked for. `seq` is its place in the index: of equals the older is first."""

    seq: int
    thing: str
    terms: str
    length: int


def prefix(scope: int) -> str:
    """What stands before every term of a scope: digits, and the letter that ends them."""
    return f"{scope}q"


def prefix_end(scope: int) -> str:
    """What sorts after every term of a scope and before every other."""
    return f"{scope}r"


@dataclass(frozen=True, slots=True)
class Scope:
    """What is known of all things that are searched together."""

    number: int
    things: int
    length: int

    def term(self, stem: str) -> str:
        return prefix(self.number) + stem

    def idf(self, frequency: int) -> float:
        """How much a term says that stands in so many things."""
        raw = log((self.things - frequency + 0.5) / (frequency + 0.5)) if frequency < self.things else 0.0
        return max(raw, 1e-6)


def ranked(
    candidates: Iterable[Candidate], terms: Collection[str], frequencies: Mapping[str, int], scope: Scope
) -> list[tuple[str, float]]:
    """Things and their scores, best first."""
    idf = {term: scope.idf(frequencies.get(term, 1)) for term in terms}
    usual = max(scope.length / max(scope.things, 1), 1.0)
    scored = []
    for candidate in candidates:
        there = candidate.terms.split(" ")
        bend = K1 * (1 - B + B * candidate.length / usual)
        score = 0.0
        for term, weight in idf.items():
            often = there.count(term)
            if often:
                score += weight * often * (K1 + 1) / (often + bend)
        if score:
            scored.append((-score, candidate.seq, candidate.thing))
    return [(thing, -score) for score, _, thing in sorted(scored)]
