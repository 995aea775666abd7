"""Every text that Kring says is there in every language, with the same places and within the platforms' limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.chat.forms import Fault
from bot.chat.text import Bold, Code, Plain
from bot.texts.catalogue import LANGUAGES, words_in

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "bot" / "texts"
OTHERS = sorted(set(LANGUAGES) - {"en"})
KEYWORDS = {
    "_": None,
    "say": None,
    "label": None,
    "count": (1, 2),
    "counted": (1, 2),
    "UserMistake": None,
}


@cache
def said() -> dict[str, tuple[str | None, str]]:
    """The texts in the code: the text, its plural, and where it stands."""
    found: dict[str, tuple[str | None, str]] = {}
    for file, line, text, _, _ in extract_from_dir(
        ROOT, [("bot/**.py", "python"), ("adapters/**.py", "python")], keywords=KEYWORDS
    ):
        one, many = (text, None) if isinstance(text, str) else (text[0], text[1])
        if one:
            found[one] = (many, f"{file}:{line}")
    return found


def catalogue(language: str) -> Iterator[tuple[str, Message]]:
    for file in sorted((TEXTS / language).glob("*.po")):
        for message in read_po(BytesIO(file.read_bytes()), locale=language):
            if message.id:
                yield file.name, message


def places(text: str) -> set[str]:
    return set(re.findall(r"\{\w+\}", text))


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated(language: str) -> None:
    there = {
        message.id if isinstance(message.id, str) else message.id[0]: message for _, message in catalogue(language)
    }
    missing = [f"{where}: {text!r}" for text, (_, where) in said().items() if text not in there]
    assert not missing, "\n".join(missing)
    for text, (many, where) in said().items():
        assert isinstance(there[text].id, tuple) == (many is not None), f"{where}: {text!r}: plural or not?"


@pytest.mark.parametrize("language", OTHERS)
def test_every_translation_is_whole(language: str) -> None:
    for file, message in catalogue(language):
        ids = (message.id,) if isinstance(message.id, str) else message.id
        strings = (message.string,) if isinstance(message.string, str) else message.string
        assert not message.fuzzy, f"{file}: {ids[0]!r} is fuzzy"
        assert all(strings), f"{file}: {ids[0]!r} is not translated"
        assert len(strings) == len(ids), f"{file}: {ids[0]!r} needs both forms"
        for string in strings:
            assert places(string) == places(ids[-1]) or places(string) == places(ids[0]), f"{file}: {ids[0]!r}: places"
            assert string.count("*") % 2 == 0, f"{file}: {string!r}: a lone star"


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_left_over(language: str) -> None:
    for file, message in catalogue(language):
        one = message.id if isinstance(message.id, str) else message.id[0]
        assert one in said(), f"{file}: nobody says {one!r} any more"


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_has_one_translation(language: str) -> None:
    seen: dict[str, tuple[str, str]] = {}
    for file, message in catalogue(language):
        one = message.id if isinstance(message.id, str) else message.id[0]
        first, string = seen.setdefault(one, (file, str(message.string)))
        assert string == str(message.string), f"{one!r} reads differently in {first} and {file}"


def test_a_template_is_read_for_markup_and_what_fills_it_is_not() -> None:
    said = words_in("en").say("*{format}* on «{topic}».", format="Harvest", topic="*no* {format} @everyone")
    assert said == (Bold("Harvest"), Plain(" on «"), Plain("*no* {format} @everyone"), Plain("»."))


def test_a_span_fills_a_place_as_it_is() -> None:
    assert words_in("en").say("Type {word}.", word=Code("x")) == (Plain("Type "), Code("x"), Plain("."))


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_counting_and_listing(language: str) -> None:
    words = words_in(language)
    assert words.names(["Ana", "Bo", "Cas"]) == {"en": "Ana, Bo, and Cas", "nl": "Ana, Bo en Cas"}[language]
    one = words.fault(Fault("name", "too_short", 1))
    many = words.fault(Fault("name", "too_short", 8))
    assert "1" in one
    assert "8" in many
    assert one != many.replace("8", "1")


def test_an_unknown_language_is_english() -> None:
    assert words_in("xx").language == "en"
