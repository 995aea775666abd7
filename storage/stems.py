"""Words for searching: folded, and cut down to their Dutch and their English stem.

Snowball's Dutch stemmer leaves apart what search must bring together (*huis* and *huizen*, *werk* and *werkt*, *idee*
and *ideeën*), so its stems are made even once more, again and again until nothing changes. The word itself then adds
nothing: the same word has the same stems.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from threading import local

import snowballstemmer

LONGEST = 40
_WORD = re.compile(r"[^\W_]+")
_OWNED = re.compile(r"['’]s\b")
"""*teacher's*, *collega's*"""
_UNEVEN = {"v": "f", "z": "s"}
_IRREGULAR = {"kinder": "kind"}
_mine = local()


def folded(text: str) -> str:
    """Small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    if decomposed.isascii():
        return decomposed
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """The folded words, in order."""
    return _WORD.findall(_OWNED.sub("", folded(text)))


@lru_cache(maxsize=65536)
def stems(word: str) -> tuple[str, ...]:
    """The one or two stems of a folded word."""
    if not hasattr(_mine, "dutch"):  # a stemmer keeps what it works on, so each thread has its own
        _mine.dutch = snowballstemmer.stemmer("dutch_porter").stemWord
        _mine.english = snowballstemmer.stemmer("english").stemWord
    word = word[:LONGEST]
    return tuple(dict.fromkeys((_settled(_dutch, word), _settled(_mine.english, word))))


def _settled(cut: Callable[[str], str], word: str) -> str:
    before = ""
    while word != before:
        before, word = word, cut(word) or word
    return word


def _dutch(word: str) -> str:
    if word.endswith(("eeen", "ieen")):  # ideeën, kopieën
        word = word[:-2]
    stem: str = _mine.dutch(word)
    stem = _IRREGULAR.get(stem, stem)
    if len(stem) > 4 and stem[-1] == "t" and stem[-2] in "fgklmpr":  # werkt, vraagt
        stem = stem[:-1]
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeiou":  # begin(nen)
        stem = stem[:-1]
    return stem[:-1] + _UNEVEN.get(stem[-1:], stem[-1:])


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
