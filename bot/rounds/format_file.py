"""A format file as text, read with every fault noted: which file, which key, and what mends it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar

from bot.rounds.step_rules import Texts

LANGUAGES = ("en", "nl")
LONGEST = 1000
"""Characters of a prompt: with an invitation around it, it still fits in one message everywhere."""

_PLACE = re.compile(r"\{([^{}]*)\}")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,29}")

T = TypeVar("T")


class Faults:
    """What is wrong with one file, collected so that its author can mend all of it at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[str] = []

    def note(self, key: str, wrong: str) -> None:
        self.found.append(f"{self.file}: {key}: {wrong}")

    def parse(self, text: str) -> dict[str, Any] | None:
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            self.found.append(f"{self.file}: not TOML: {error}. Strings stand in double quotes, tables in [brackets].")
            return None


class Table:
    """One table of the file. Reading a key notes what is wrong with it and gives a value to go on with.

    `step`: the key of the step in which it stands, said with what is wrong there.
    """

    def __init__(self, faults: Faults, values: Mapping[str, Any], path: str = "", step: str = "") -> None:
        self.faults = faults
        self.values = values
        self.path = path
        self.step = step
        self._known: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def note(self, key: str, wrong: str) -> None:
        told = f"{self.step}: " if self.step and key != "key" else ""
        self.faults.note(f"{told}{self.at(key)}", wrong)

    def text(self, key: str, *, needed: bool = True) -> str:
        return self._value(key, str, "a text in quotes", "", needed=needed).strip()

    def name(self, key: str) -> str:
        """A word by which other keys refer to this."""
        value = self.text(key)
        if value and not _KEY.fullmatch(value):
            self.note(key, f"{value!r} is no name; use up to 30 small letters, digits and underscores")
        return value

    def whole(self, key: str, least: int, most: int, *, default: int | None = None) -> int:
        value = self._value(key, int, "a whole number", least if default is None else default, needed=default is None)
        if not least <= value <= most:
            self.note(key, f"{value} is out of range; use {least} to {most}")
        return value

    def flag(self, key: str) -> bool:
        return self._value(key, bool, "true or false", False, needed=False)

    def amount(self, key: str, *, needed: bool = True, none: bool = False) -> float:
        """Hours or minutes, more than nothing unless it may be `none`."""
        value = self._value(key, (int, float), "a number", 0, needed=needed)
        if key in self.values and (value < 0 or (value == 0 and not none)):
            self.note(key, f"{value} is no time; use a number above 0")
        return float(value)

    def choice(self, key: str, choices: Sequence[str], default: str | None = None) -> str:
        value = self._value(key, str, "a text in quotes", default or choices[0], needed=default is None)
        if value not in choices:
            self.note(key, f"{value!r} is not one of {', '.join(choices)}{near(value, choices)}")
            return default or choices[0]
        return value

    def pair(self, key: str) -> tuple[int, int]:
        value = self._value(key, list, "two whole numbers in square brackets", [1, 1])
        if len(value) != 2 or not all(type(one) is int for one in value):
            self.note(key, "give two whole numbers in square brackets, such as [3, 8]")
            return (1, 1)
        return (value[0], value[1])

    def texts(self, key: str | None = None, *, places: Sequence[str] = ()) -> Texts:
        """A text in every language we speak, with the same places; from this table itself where `key` is None."""
        table = self if key is None else self.table(key)
        texts = {language: table.text(language) for language in LANGUAGES}
        used = {language: set(_PLACE.findall(text)) for language, text in texts.items()}
        for language, text in texts.items():
            if len(text) > LONGEST:
                table.note(language, f"{len(text)} characters; use at most {LONGEST}")
            for place in sorted(used[language] - set(places)):
                known = ", ".join(f"{{{one}}}" for one in places) or "none"
                table.note(language, f"{{{place}}} is filled by nothing; use {known}")
            if text and texts[LANGUAGES[0]]:
                for place in sorted(used[LANGUAGES[0]] - used[language]):
                    table.note(language, f"{{{place}}} stands in {LANGUAGES[0]} but not here; say it in both")
                for place in sorted(used[language] - used[LANGUAGES[0]]):
                    table.note(language, f"{{{place}}} stands here but not in {LANGUAGES[0]}; say it in both")
        if key is not None:
            table.close()
        return texts

    def table(self, key: str, *, needed: bool = True) -> Table:
        empty: dict[str, Any] = {}
        return Table(self.faults, self._value(key, dict, "a table", empty, needed=needed), self.at(key), self.step)

    def tables(self, key: str, *, needed: bool = False) -> list[Table]:
        """An array of tables; in faults they are counted from 1."""
        values: list[Any] = self._value(key, list, f"tables headed [[{key}]]", [], needed=needed)
        if not all(isinstance(value, dict) for value in values):
            self.note(key, f"write each as a table, headed [[{self.at(key)}]]")
            return []
        tables = [Table(self.faults, value, f"{self.at(key)}[{n}]", self.step) for n, value in enumerate(values, 1)]
        for table in tables if key == "steps" else ():
            named = table.values.get("key")
            table.step = f"step {named}" if isinstance(named, str) and _KEY.fullmatch(named) else ""
        return tables

    def strings(self, key: str) -> list[str]:
        values: list[Any] = self._value(key, list, "texts in square brackets", [], needed=False)
        return [value for value in values if isinstance(value, str)]

    def plain(self, key: str) -> dict[str, str]:
        """A table of texts that nobody but readers of the file needs."""
        table = self.table(key, needed=False)
        return {name: table.text(name) for name in table.values}

    def unused(self, key: str, why: str) -> None:
        """Marks a key that has no meaning here."""
        self._known.add(key)
        if key in self.values:
            self.note(key, f"{why}; leave it out")

    def close(self) -> None:
        """Notes every key that nobody read."""
        for key in self.values:
            if key not in self._known:
                self.note(key, f"nobody reads this key{near(key, sorted(self._known))}; leave it out")

    def _value(
        self, key: str, kind: type[Any] | tuple[type[Any], ...], said: str, instead: T, *, needed: bool = True
    ) -> T:
        self._known.add(key)
        if key not in self.values:
            if needed:
                self.note(key, f"missing; give {said}")
            return instead
        value = self.values[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.note(key, f"{value!r} is not {said}; give {said}")
            return instead
        if needed and value in ("", [], {}):
            self.note(key, f"empty; give {said}")
        checked: T = value
        return checked


def near(word: str, known: Sequence[str]) -> str:
    close = get_close_matches(word, known, n=1)
    return f"; did you mean {close[0]}?" if close else ""
