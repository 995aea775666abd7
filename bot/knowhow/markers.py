"""What words give away about a message, in the two languages that Kring reads. The lists stand in `markers.toml`.

Tried on real chat, such lists find know-how poorly outside the communities they were made for. They are good enough to
choose a moment to ask a person, and to fill in a draft that a person corrects.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any, Literal

Marker = Literal[
    "question", "step", "experience", "because", "caveat", "thanks", "solved", "not_solved",
    "know_what", "sensitive", "place_time",
]  # fmt: skip

LANGUAGES = ("en", "nl")
READ = 12_000
"""So many characters of one message are looked at; what stands behind them is not distilled."""

_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]+")
_LINK = re.compile(r"https?://[^\s<>|()\[\]]+")


def found(kind: Marker, language: str, text: str) -> bool:
    """True when the text has a marker of that kind in that language. Takes time in proportion to the text."""
    return _patterns(kind, language).search(_calm(text[:READ])) is not None


def found_beside(kind: Marker, other: Marker, language: str, text: str) -> bool:
    """The same, in what is left of the text without its markers of another kind: *I'll try that* is thanks, no step."""
    rest = _patterns(other, language).sub(" ", _calm(text[:READ]))
    return _patterns(kind, language).search(rest) is not None


def without_greeting(language: str, sentence: str) -> str:
    """The sentence from behind *Hi all,* on; the sentence itself when nothing else would be left."""
    rest = sentence
    for pattern in _each("greeting", language):
        if match := pattern.match(rest):
            rest = rest[match.end() :]
    return rest or sentence


def language_of(texts: Iterable[str], default: str) -> str:
    """The language with most of its common words in the texts; `default` when neither has more."""
    count: Counter[str] = Counter()
    common = {language: _common(language) for language in LANGUAGES}
    for text in texts:
        for match in _WORD.finditer(text[:READ].lower()):
            for language, known in common.items():
                count[language] += match.group() in known
    best = max(LANGUAGES, key=lambda language: count[language])
    if sum(count[language] == count[best] for language in LANGUAGES) > 1:
        return default if default in LANGUAGES else LANGUAGES[0]
    return best


def is_common(word: str) -> bool:
    """Such as *the* and *het*: it says nothing about what a text is about. In small letters."""
    return any(word in _common(language) for language in LANGUAGES)


def links(text: str) -> tuple[str, ...]:
    """The addresses of web pages in the text, in order, without the full stop or bracket behind them."""
    return tuple(match.group().rstrip(".,;:!?'\"") for match in _LINK.finditer(text[:READ]))


def words_beside_links(text: str) -> int:
    """How many words there are besides the links."""
    return len(_WORD.findall(_LINK.sub(" ", text[:READ])))


def version() -> int:
    """Which lists these are; kept with a score, so that scores of different lists are never compared."""
    return int(_lists()["version"])


def _calm(text: str) -> str:
    """Every run of blanks becomes one: patterns that skip blanks would walk over a long run again and again."""
    return _SPACE.sub(lambda run: "\n" if "\n" in run.group() else " ", text)


@cache
def _lists() -> Mapping[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("markers.toml").read_text(encoding="utf-8"))


@cache
def _patterns(kind: Marker, language: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in _lists()[kind][language]), re.IGNORECASE | re.MULTILINE)


@cache
def _each(kind: str, language: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(each, re.IGNORECASE) for each in _lists()[kind][language])


@cache
def _common(language: str) -> frozenset[str]:
    return frozenset(_lists()["common"][language])
