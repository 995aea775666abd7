"""Full text search in Dutch and English, with the same hits on SQLite and on PostgreSQL.

search.put(community, "item", item.id, "all its words")
search.find(community, "item", "how to start a lesson", 10)  # ids, best first
"""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, select

from storage.scoring import Scope, prefix
from storage.search_postgresql import Gin
from storage.search_sqlite import Fts5
from storage.search_tables import search_scopes, words
from storage.stems import distinct, groups, terms
from storage.typos import LEAST, near
from storage.upsert import Upsert

MOST_WORDS = 16
"""Of a query that many words are looked at; of a text that is compared, as many of the rarest."""
COMPARED = 80
"""Of a text that is compared, so many different words are looked at."""

_SCOPE = select(search_scopes.c.scope, search_scopes.c.things, search_scopes.c.length).where(
    search_scopes.c.community == bindparam("in_community"), search_scopes.c.kind == bindparam("of_kind")
)
_NEW_SCOPE = Upsert(search_scopes, lambda insert: insert.on_conflict_do_nothing(index_elements=["community", "kind"]))
_PUT = Upsert(
    words,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["scope", "thing"],
        set_={"terms": insert.excluded.terms, "length": insert.excluded.length},
    ),
)
_DROP = delete(words).where(words.c.scope == bindparam("in_scope"), words.c.thing == bindparam("this"))


class Search:
    """Things are found by the words that were put for them; what stands in them is kept elsewhere."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._numbers: dict[tuple[str, str], int] = {}

    def put(self, community: str, kind: str, id_: str, text: str) -> None:
        """Makes the thing findable by these words, instead of those before."""
        number = self._numbers.get((community, kind)) or self._number(community, kind)
        found = terms(text)
        start = prefix(number)
        said = start + f" {start}".join(found) if found else ""
        self._connection.execute(
            _PUT.on(self._connection), {"scope": number, "thing": id_, "terms": said, "length": len(found)}
        )

    def drop(self, community: str, kind: str, id_: str) -> None:
        """It is not found any more."""
        scope = self._scope(community, kind)
        if scope is not None:
            self._connection.execute(_DROP, {"in_scope": scope.number, "this": id_})

    def find(self, community: str, kind: str, query: str, limit: int) -> tuple[str, ...]:
        """The ids of the things with any of the words, best first: those with all of them, or with rare ones."""
        return tuple(id_ for id_, _ in self.scored(community, kind, query, limit))

    def scored(self, community: str, kind: str, query: str, limit: int) -> list[tuple[str, float]]:
        """The same with their scores (BM25). Where nothing is found at all, words with one wrong letter are mended."""
        scope, wanted = self._scope(community, kind), groups(query, MOST_WORDS)
        found = self._found(scope, wanted, limit)
        if found or scope is None or not scope.things:
            return found
        return self._found(scope, self._mended(scope, wanted), limit)

    def like(self, community: str, kind: str, text: str, limit: int) -> tuple[str, ...]:
        """The ids of the things that have most telling words in common with a text, best first."""
        scope = self._scope(community, kind)
        wanted = groups(text, COMPARED)
        if scope is not None and len(wanted) > MOST_WORDS:
            often = self._engine().frequencies(scope, [scope.term(stem) for group in wanted for stem in group])
            there = {group: sum(often[scope.term(stem)] for stem in group) for group in wanted}
            wanted = sorted((group for group in wanted if there[group]), key=lambda group: there[group])[:MOST_WORDS]
        return tuple(id_ for id_, _ in self._found(scope, wanted, limit))

    def _mended(self, scope: Scope, wanted: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """The stems that are in use and one letter away from those that were looked for."""
        start, mended = prefix(scope.number), []
        for stem in (stem for group in wanted for stem in group if len(stem) >= LEAST):
            known = (term.removeprefix(start) for term in self._engine().terms_like(scope, stem))
            mended.append(near(stem, known))
        return distinct(mended)[:MOST_WORDS]

    def _found(self, scope: Scope | None, wanted: list[tuple[str, ...]], limit: int) -> list[tuple[str, float]]:
        if scope is None or not scope.things or not wanted or limit < 1:
            return []
        return self._engine().find(scope, [tuple(scope.term(stem) for stem in group) for group in wanted], limit)

    def _engine(self) -> Fts5 | Gin:
        return Fts5(self._connection) if self._connection.dialect.name == "sqlite" else Gin(self._connection)

    def _number(self, community: str, kind: str) -> int:
        """The number of the scope, which gets one when something is put there first."""
        scope = self._scope(community, kind)
        if scope is None:
            fresh = {"community": community, "kind": kind, "things": 0, "length": 0}
            self._connection.execute(_NEW_SCOPE.on(self._connection), fresh)
            scope = self._scope(community, kind)
            assert scope is not None  # noqa: S101 - it was written in this very transaction
        self._numbers[community, kind] = scope.number
        return scope.number

    def _scope(self, community: str, kind: str) -> Scope | None:
        row = self._connection.execute(_SCOPE, {"in_community": community, "of_kind": kind}).one_or_none()
        return None if row is None else Scope(row.scope, row.things, row.length)
