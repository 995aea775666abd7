"""S2, S3, S5, S6: search among 100,000 items against FTS5's own ranking of every match.

The texts are made: 60 words, half of them Dutch-like, half English-like, drawn by Zipf's law (exponent 1.07).
"""

from __future__ import annotations

import random
import sqlite3
import time
from bisect import bisect
from collections.abc import Iterator
from contextlib import closing
from itertools import accumulate
from pathlib import Path
from statistics import median

from benchmarks.measure import Figure, figure, percentile
from storage.search import Search
from storage.search_sqlite import _any
from storage.stems import groups
from storage.store import open_store

ITEMS = 100_000
WORDS = 20_000
QUERIES = 40
SYLLABLES = ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo", "zu", "kra", "ste"]
CLASSES = {
    "1 common": [(15, 60)],
    "1 mid": [(300, 1_500)],
    "1 rare": [(8_000, 20_000)],
    "3 mixed": [(15, 60), (300, 1_500), (8_000, 20_000)],
    "6 mid": [(300, 1_500)] * 6,
    "6 question": [(0, 8)] * 3 + [(300, 1_500)] * 2 + [(8_000, 20_000)],
}
"""Ranks of the words in each kind of query."""


class Corpus:
    """Words by rank, and texts of them; the same every time."""

    def __init__(self) -> None:
        self._chance = random.Random(7)
        made: dict[str, None] = {}
        while len(made) < WORDS:
            made["".join(self._chance.choices(SYLLABLES, k=self._chance.randint(2, 4)))] = None
        self.words = list(made)
        self._weights = list(accumulate(1 / (rank + 1) ** 1.07 for rank in range(WORDS)))

    def text(self) -> str:
        top = self._weights[-1]
        return " ".join(self.words[bisect(self._weights, self._chance.random() * top)] for _ in range(60))

    def query(self, ranks: list[tuple[int, int]]) -> str:
        return " ".join(self.words[self._chance.randrange(low, min(high, WORDS))] for low, high in ranks)


async def measure(folder: Path) -> list[Figure]:
    corpus = Corpus()
    file = folder / "kring.db"
    text_size = 0
    async with open_store(f"sqlite:///{file}") as store:
        for start in range(0, ITEMS, 2_000):
            texts = [(str(start + n), corpus.text()) for n in range(2_000)]
            text_size += sum(len(text) for _, text in texts)
            await store.run(lambda unit, texts=texts: _put_all(Search(unit.connection), texts))
        ours, floor, exact, agreement = [], [], [], []
        for name, ranks in CLASSES.items():
            queries = [corpus.query(ranks) for _ in range(QUERIES)]
            timed = [await store.look(lambda unit, q=query: _both(Search(unit.connection), q)) for query in queries]
            print(
                f"  {name}: p50 {median(t[0] for t in timed) * 1e3:.2f} ms, "
                f"FTS5's own {median(t[1] for t in timed) * 1e3:.2f} ms",
                flush=True,
            )
            ours += [t[0] for t in timed]
            floor += [t[1] for t in timed]
            exact += [t[2] for t in timed if t[4] <= 0.05]
            agreement += [t[3] for t in timed if t[4] > 0.05]
        added = await _adds(store, corpus, folder / "plain.db")
    return [
        figure("S2", "search, mixed queries, p95", _rounds(ours, floor), "s", at_most=0.2),
        figure("S3", "top 10 equal, no term above 5%", [(sum(exact) / len(exact), 1)], "", at_least=1),
        figure("S3", "agreement of the score sum else", [(sum(agreement) / len(agreement), 1)], "", at_least=0.9),
        figure("S5", "index to text", [(_index_size(file), text_size)], "bytes", at_most=0.8),
        figure("S6", "one item added, against a plain row", added, "µs", at_most=8),
    ]


def _put_all(search: Search, texts: list[tuple[str, str]]) -> None:
    for id_, text in texts:
        search.put("c1", "item", id_, text)


def _rounds(ours: list[float], floor: list[float]) -> list[tuple[float, float]]:
    """The p95 of each fifth of the queries, which are of all classes in turn."""
    return [(percentile(ours[part::5], 0.95), percentile(floor[part::5], 0.95)) for part in range(5)]


def _both(search: Search, query: str) -> tuple[float, float, float, float, float]:
    """Seconds of ours and of FTS5 alone, whether the ten are the same, the share of the score, the commonest word."""
    started = time.perf_counter()
    found = search.scored("c1", "item", query, 10)
    middle = time.perf_counter()
    scope = search._scope("c1", "item")
    assert scope is not None
    terms = [tuple(scope.term(stem) for stem in group) for group in groups(query, 16)]
    best = search._engine()._ranked(_any(terms), 10)  # type: ignore[union-attr]
    ended = time.perf_counter()
    frequencies = search._engine().frequencies(scope, [term for group in terms for term in group])
    reference = {thing: score for _, thing, score in best}
    same = sorted(round(score, 6) for _, score in found) == sorted(round(score, 6) for score in reference.values())
    share = sum(score for _, score in found) / max(sum(reference.values()), 1e-9)
    return middle - started, ended - middle, float(same), min(share, 1.0), max(frequencies.values()) / ITEMS


async def _adds(store: object, corpus: Corpus, plain: Path) -> list[tuple[float, float]]:
    """Microseconds of one item in a transaction of its own that is open already, and of a plain row in the same way."""
    ours = await store.run(lambda unit: list(_timed_puts(Search(unit.connection), corpus)))  # type: ignore[attr-defined]
    floor = []
    with closing(sqlite3.connect(plain, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, community TEXT, body TEXT)")
        db.execute("CREATE INDEX of_community ON items (community)")
        for _ in range(500):
            text = corpus.text()
            started = time.perf_counter()
            db.execute("INSERT INTO items (community, body) VALUES (?, ?)", ("c1", text))
            floor.append((time.perf_counter() - started) * 1e6)
    return [(median(ours[part::5]), median(floor[part::5])) for part in range(5)]


def _timed_puts(search: Search, corpus: Corpus) -> Iterator[float]:
    for number in range(500):
        text = corpus.text()
        started = time.perf_counter()
        search.put("c1", "item", f"new{number}", text)
        yield (time.perf_counter() - started) * 1e6


def _index_size(file: Path) -> float:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        pages = db.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'words_fts%'").fetchone()
        return float(pages[0])
