"""Words for searching: folded, and cut down to their Dutch and their English stem.

A stem is cut until nothing more comes off: snowball makes *fiets* of *fietsen* but *fiet* of *fiets*, and both must
meet. The word itself then adds nothing: the same word has the same stems.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from threading import local

import snowballstemmer

LONGEST = 40
_WORD = re.compile(r"[^\W_]+")
_LANGUAGES = ("dutch", "english")
_mine = local()


def folded(text: str) -> str:
    """Small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    if decomposed.isascii():
        return decomposed
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """The folded words, in order."""
    return _WORD.findall(folded(text))


@lru_cache(maxsize=65536)
def stems(word: str) -> tuple[str, ...]:
    """The one or two stems of a folded word."""
    if not hasattr(_mine, "stemmers"):  # a stemmer keeps what it works on, so each thread has its own
        _mine.stemmers = [snowballstemmer.stemmer(language) for language in _LANGUAGES]
    found = []
    for stemmer in _mine.stemmers:
        stem, before = word[:LONGEST], ""
        while stem != before:
            before, stem = stem, stemmer.stemWord(stem)
        if stem and stem not in found:
            found.append(stem)
    return tuple(found)


def terms(text: str) -> list[str]:
    """The stems of all words, in order."""
    return [stem for word in words_of(text) for stem in stems(word)]


def groups(query: str, most: int) -> list[tuple[str, ...]]:
    """The stems by word, each stem once, for at most so many words."""
    return distinct(stems(word) for word in dict.fromkeys(words_of(query)))[:most]


def distinct(many: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    seen: set[str] = set()
    found = []
    for group in many:
        fresh = tuple(stem for stem in group if stem not in seen)
        seen.update(fresh)
        if fresh:
            found.append(fresh)
    return found
