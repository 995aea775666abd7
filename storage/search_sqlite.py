"""Ranked search over FTS5 that does not score every match (docs/why/performance.md).

FTS5 computes a score for each row that holds any of the terms. So the rarest words go first, and the common ones only
weigh in where a rare one stands; when the scores prove that no other thing can come among the best, that is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from storage.scoring import MOST, Candidate, Scope, ranked

BUDGET = 10_000
"""So many matches may be scored in one go, about a microsecond each."""
COMMON = 0.05
"""Words in more than this share of all things say little, as long as there is a rarer one."""
GATE = 200
"""So many of the best are scored once more, with all the words, when common ones were left out."""
NEWEST = 500

Groups = Sequence[tuple[str, ...]]
"""The terms of each word that is looked for."""

_RANKED = (
    "SELECT w.seq, w.thing, f.rank FROM (SELECT rowid, rank FROM words_fts WHERE words_fts MATCH ? "
    "ORDER BY rank LIMIT ?) f JOIN words w ON w.seq = f.rowid"
)
_NEWEST = "SELECT rowid FROM words_fts WHERE words_fts MATCH ? ORDER BY rowid DESC LIMIT ?"
_FREQUENCY = "SELECT doc FROM words_fts_terms WHERE term = ?"


class Fts5:
    def __init__(self, connection: Connection) -> None:
        # the driver's own cursor: a search is many small statements
        self._cursor: Any = connection.connection.cursor()

    def find(self, scope: Scope, groups: Groups, limit: int) -> list[tuple[str, float]]:
        """The things with any of the words and their scores, best first."""
        if scope.things <= BUDGET:
            return self._exact(_any(groups), limit)
        frequencies = self.frequencies([term for group in groups for term in group])
        known = [tuple(term for term in group if frequencies[term]) for group in groups]
        by_rarity = sorted((sum(frequencies[term] for term in group), group) for group in known if group)
        telling = [group for often, group in by_rarity if often <= scope.things * COMMON]
        wanted = telling or [group for _, group in by_rarity]
        if not wanted:
            return []
        cost = sum(often for often, group in by_rarity if group in wanted)
        if len(wanted) == len(by_rarity):
            found = (
                self._exact(_any(wanted), limit)
                if cost <= BUDGET
                else self._proved(scope, by_rarity, frequencies, limit)
            )
            if found is not None:
                return found
        gate = self._gate(scope, [(often, group) for often, group in by_rarity if group in wanted])
        return ranked(self._candidates(gate), frequencies.keys(), frequencies, scope)[:limit]

    def _exact(self, match: str, limit: int) -> list[tuple[str, float]]:
        return [(thing, score) for _, thing, score in self._ranked(match, limit)]

    def _proved(
        self, scope: Scope, by_rarity: Sequence[tuple[int, tuple[str, ...]]], frequencies: dict[str, int], limit: int
    ) -> list[tuple[str, float]] | None:
        """The best, if what the rarest words find shows that nothing else can be among them."""
        for budget in (BUDGET // 10, BUDGET):
            first = _within(by_rarity, budget)
            rest = [group for _, group in by_rarity[len(first) :]]
            if not first or not rest:
                continue
            # two statements: a term that is named twice in one counts twice
            scores: dict[int, tuple[float, str]] = {}
            for match in (_any(first), f"({_any(first)}) AND ({_any(rest)})"):
                for seq, thing, score in self._ranked(match, limit):
                    scores[seq] = max(scores.get(seq, (0.0, thing)), (score, thing))
            best = sorted((-score, seq, thing) for seq, (score, thing) in scores.items())[:limit]
            bound = MOST * sum(scope.idf(frequencies[term]) for group in rest for term in group)
            if len(best) == limit and -best[-1][0] >= bound:
                return [(thing, -score) for score, _, thing in best]
        return None

    def _gate(self, scope: Scope, by_rarity: Sequence[tuple[int, tuple[str, ...]]]) -> list[int]:
        """Where to look: what holds the rarest words, or several common ones, or is new."""
        first = _within(by_rarity, BUDGET)
        if first:
            gate = [seq for seq, _, _ in self._ranked(_any(first), GATE)]
            rest = [group for _, group in by_rarity[len(first) :]]
            if rest:
                gate += [seq for seq, _, _ in self._ranked(f"({_any(first)}) AND ({_any(rest)})", GATE)]
            return gate
        expected, needed = float(scope.things), []
        for often, group in by_rarity:
            expected *= often / scope.things
            needed.append(group)
            if expected <= BUDGET:
                return [seq for seq, _, _ in self._ranked(" AND ".join(f"({_any([one])})" for one in needed), GATE)]
        return [seq for (seq,) in self._cursor.execute(_NEWEST, (_any(needed), NEWEST))]

    def _ranked(self, match: str, limit: int) -> list[tuple[int, str, float]]:
        return [(seq, thing, -rank) for seq, thing, rank in self._cursor.execute(_RANKED, (match, limit))]

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """In how many things each term stands."""
        found = {}
        for term in terms:
            row = self._cursor.execute(_FREQUENCY, (term,)).fetchone()
            found[term] = row[0] if row else 0
        return found

    def _candidates(self, seqs: Sequence[int]) -> list[Candidate]:
        marks = ",".join("?" * len(set(seqs)))
        query = f"SELECT seq, thing, terms, length FROM words WHERE seq IN ({marks})"  # noqa: S608 - only question marks
        return [Candidate(*row) for row in self._cursor.execute(query, tuple(set(seqs)))]


def _within(by_rarity: Sequence[tuple[int, tuple[str, ...]]], budget: int) -> list[tuple[str, ...]]:
    """The rarest words that are together in at most so many things."""
    first: list[tuple[str, ...]] = []
    for often, group in by_rarity:
        budget -= often
        if budget < 0:
            break
        first.append(group)
    return first


def _any(groups: Groups) -> str:
    """Terms are letters and digits only, and quoted they are never syntax."""
    return " OR ".join(f'"{term}"' for group in groups for term in group)
