"""Ranked search over PostgreSQL's inverted index: it finds, we score.

`ts_rank` would score every match and knows no rarity; so a bounded number of candidates is fetched, those with the
rarest words first, and scored in Python as SQLite does it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from storage.scoring import Candidate, Scope, prefix, ranked

MOST = 2_000
"""So many candidates are scored at most."""

_COUNT = text(
    "SELECT count(*) FROM (SELECT 1 FROM words WHERE found @@ CAST(:query AS tsquery) LIMIT 20000) AS counted"
)
_CANDIDATES = text("SELECT seq, thing, terms, length FROM words WHERE found @@ CAST(:query AS tsquery) LIMIT :most")


_TERMS_LIKE = text(
    "SELECT DISTINCT term FROM words, unnest(tsvector_to_array(found)) AS term WHERE scope = :scope "
    "AND length(term) BETWEEN :long - 1 AND :long + 1 "
    "AND (substr(term, :first_at, 1) = :first OR right(term, 1) = :last)"
)


class Gin:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, scope: Scope, groups: Sequence[tuple[str, ...]], limit: int) -> list[tuple[str, float]]:
        """The things with any of the words and their scores, best first."""
        terms = [term for group in groups for term in group]
        candidates = {candidate.seq: candidate for candidate in self._candidates(_any(terms), MOST)}
        if len(candidates) < MOST:  # these are all
            held = [candidate.terms.split(" ") for candidate in candidates.values()]
            frequencies = {term: sum(term in each for each in held) for term in terms}
            return ranked(candidates.values(), terms, frequencies, scope)[:limit]
        frequencies = self.frequencies(scope, terms)
        by_rarity = sorted((sum(frequencies[term] for term in group), group) for group in groups)
        candidates = {}
        room = MOST
        for query in [" & ".join(f"({_any(group)})" for group in groups), *(_any(group) for _, group in by_rarity)]:
            if room <= 0:
                break
            candidates |= {candidate.seq: candidate for candidate in self._candidates(query, room)}
            room = MOST - len(candidates)
        return ranked(candidates.values(), terms, frequencies, scope)[:limit]

    def frequencies(self, scope: Scope, terms: Sequence[str]) -> dict[str, int]:
        """In how many things each term stands, counted up to a bound."""
        return {term: int(self._connection.execute(_COUNT, {"query": _any([term])}).scalar_one()) for term in terms}

    def terms_like(self, scope: Scope, stem: str) -> list[str]:
        """Terms in use that may be one letter away: of about that length, with the same first or last letter."""
        start = len(prefix(scope.number))
        values = {"scope": scope.number, "long": start + len(stem), "first_at": start + 1}
        return list(self._connection.scalars(_TERMS_LIKE, values | {"first": stem[0], "last": stem[-1]}))

    def _candidates(self, query: str, most: int) -> list[Candidate]:
        rows = self._connection.execute(_CANDIDATES, {"query": query, "most": most})
        return [Candidate(*row) for row in rows]


def _any(terms: Sequence[str]) -> str:
    """Terms are letters and digits only, and quoted they are never syntax."""
    return " | ".join(f"'{term}'" for term in terms)
