"""Ranked search over FTS5 that does not score every match (docs/why/performance.md).

FTS5 computes a score for each row that holds any of the terms. So the rarest words go first, and the common ones only
weigh in where a rare one stands; when the scores prove that no other thing can come among the best, that is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from storage.remembered import remembered
from storage.scoring import MOST, Candidate, Scope, prefix, prefix_end, ranked

BUDGET = 10_000
"""So many matches may be scored in one go, about a microsecond each."""
EXACT = 3 * BUDGET
"""So many are scored when nothing less gives the exact answer."""
COMMON = 0.05
"""Words in more than this share of all things say little, as long as there is a rarer one."""
GATE = 200
"""So many of the best are scored once more, with all the words, when common ones were left out."""
NEWEST = 500
REMEMBERED = 0.01
"""How common a term in more than this share of all things is costs time to find out, so it is remembered until the
number of things changed by as much."""

Group = tuple[str, ...]
"""The terms of one word that is looked for."""
TERMS = 10_000
"""Of so many terms it is remembered how frequent they are."""

_RANKED = (
    "SELECT w.seq, w.thing, f.rank FROM (SELECT rowid, rank FROM words_fts WHERE words_fts MATCH ? "
    "ORDER BY rank LIMIT ?) f JOIN words w ON w.seq = f.rowid ORDER BY f.rank, w.seq"
)
_NEWEST = "SELECT rowid FROM words_fts WHERE words_fts MATCH ? ORDER BY rowid DESC LIMIT ?"
_FREQUENCY = "SELECT doc FROM words_fts_terms WHERE term = ?"
_TERMS_LIKE = (
    "SELECT term FROM words_fts_terms WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ? "
    "AND (substr(term, ?, 1) = ? OR substr(term, -1) = ?)"
)
_THINGS = "SELECT sum(things) FROM search_scopes"


@dataclass(frozen=True, slots=True, order=True)
class Word:
    """A word that is looked for, and in about how many things it stands. The rarest is the least."""

    often: int
    group: Group


class Fts5:
    def __init__(self, connection: Connection) -> None:
        # the driver's own cursor: a search is many small statements
        self._cursor: Any = connection.connection.cursor()
        self._remembered = remembered(connection, "frequencies")

    def find(self, scope: Scope, groups: Sequence[Group], limit: int) -> list[tuple[str, float]]:
        """The things with any of the words and their scores, best first."""
        if scope.things <= BUDGET:
            return self._exact(groups, limit)
        frequencies = self.frequencies(scope, [term for group in groups for term in group])
        known = [tuple(term for term in group if frequencies[term]) for group in groups]
        words = sorted(Word(sum(frequencies[term] for term in group), group) for group in known if group)
        telling = [word for word in words if word.often <= scope.things * COMMON]
        if len(telling) == len(words):
            found = self._all_told(words, frequencies, limit)
            if found is not None:
                return found
        gate = self._gate(scope, telling or words)
        return ranked(self._candidates(gate), frequencies.keys(), frequencies, scope)[:limit]

    def _exact(self, groups: Sequence[Group], limit: int) -> list[tuple[str, float]]:
        return [(thing, score) for _, thing, score in self._ranked(_any(groups), limit)]

    def _all_told(
        self, words: Sequence[Word], frequencies: dict[str, int], limit: int
    ) -> list[tuple[str, float]] | None:
        """The best as a score of every match would give them; None when that costs too much."""
        if not words:
            return []
        cost = sum(word.often for word in words)
        if cost <= BUDGET:
            return self._exact([word.group for word in words], limit)
        found = self._proved(words, frequencies, limit)
        return self._exact([word.group for word in words], limit) if found is None and cost <= EXACT else found

    def _proved(self, words: Sequence[Word], frequencies: dict[str, int], limit: int) -> list[tuple[str, float]] | None:
        """The best, if what the rarest words find shows that nothing else can be among them."""
        (things,) = self._cursor.execute(_THINGS).fetchone()
        everything = Scope(0, things, 0)
        for budget in (BUDGET // 10, BUDGET):
            first, rest = _split(words, budget)
            if not first or not rest:
                continue
            # two statements: a term that is named twice in one counts twice
            scores: dict[int, tuple[float, str]] = {}
            for match in (_any(first), f"({_any(first)}) AND ({_any(rest)})"):
                for seq, thing, score in self._ranked(match, limit):
                    scores[seq] = max(scores.get(seq, (0.0, thing)), (score, thing))
            best = sorted((-score, seq, thing) for seq, (score, thing) in scores.items())[:limit]
            idf = sum(everything.idf(int(frequencies[term] * (1 - REMEMBERED))) for group in rest for term in group)
            bound = MOST * idf
            if len(best) == limit and -best[-1][0] >= bound:
                return [(thing, -score) for score, _, thing in best]
        return None

    def _gate(self, scope: Scope, words: Sequence[Word]) -> list[int]:
        """Where to look: what holds the rarest words, or several common ones, or is new."""
        first, rest = _split(words, BUDGET)
        if first:
            matches = [_any(first)] + ([f"({_any(first)}) AND ({_any(rest)})"] if rest else [])
            return [seq for match in matches for seq, _, _ in self._ranked(match, GATE)]
        expected = float(scope.things)
        for count, word in enumerate(words, 1):
            expected *= word.often / scope.things
            if expected <= BUDGET:
                together = " AND ".join(f"({_any([each.group])})" for each in words[:count])
                return [seq for seq, _, _ in self._ranked(together, GATE)]
        return [seq for (seq,) in self._cursor.execute(_NEWEST, (_any([word.group for word in words]), NEWEST))]

    def _ranked(self, match: str, limit: int) -> list[tuple[int, str, float]]:
        return [(seq, thing, -rank) for seq, thing, rank in self._cursor.execute(_RANKED, (match, limit))]

    def frequencies(self, scope: Scope, terms: Sequence[str]) -> dict[str, int]:
        """In how many things each term stands."""
        return {term: self._frequency(scope, term) for term in terms}

    def _frequency(self, scope: Scope, term: str) -> int:
        often, things = self._remembered.get(term) or (0, 0)
        if often and abs(scope.things - things) <= things * REMEMBERED:
            return often
        row = self._cursor.execute(_FREQUENCY, (term,)).fetchone()
        found: int = row[0] if row else 0
        if found > scope.things * REMEMBERED:
            self._remembered.keep(term, (found, scope.things), TERMS)
        return found

    def terms_like(self, scope: Scope, stem: str) -> list[str]:
        """Terms in use that may be one letter away: of about that length, with the same first or last letter."""
        start = prefix(scope.number)
        long = len(start) + len(stem)
        bounds = (start, prefix_end(scope.number), long - 1, long + 1, len(start) + 1, stem[0], stem[-1])
        return [term for (term,) in self._cursor.execute(_TERMS_LIKE, bounds)]

    def _candidates(self, seqs: Sequence[int]) -> list[Candidate]:
        marks = ",".join("?" * len(set(seqs)))
        query = f"SELECT seq, thing, terms, length FROM words WHERE seq IN ({marks})"  # noqa: S608 - only question marks
        return [Candidate(*row) for row in self._cursor.execute(query, tuple(set(seqs)))]


def _split(words: Sequence[Word], budget: int) -> tuple[list[Group], list[Group]]:
    """The rarest words that are together in at most so many things, and the others."""
    count = 0
    for word in words:
        budget -= word.often
        if budget < 0:
            break
        count += 1
    groups = [word.group for word in words]
    return groups[:count], groups[count:]


def _any(groups: Sequence[Group]) -> str:
    """Terms are letters and digits only, and quoted they are never syntax."""
    return " OR ".join(f'"{term}"' for group in groups for term in group)
