"""What shall be rehearsed, and what the people in it say."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from bot.rounds.script import Format, Preset

NAMES = (
    "Anna", "Bo", "Cas", "Dia", "Ebo", "Fleur", "Guus", "Hind", "Ivo", "Jet", "Kai", "Loes", "Mo", "Nina", "Otis",
    "Pia", "Quint", "Roos", "Sam", "Tess", "Umar", "Vera", "Wout", "Xena", "Yara", "Zeno", "Aad", "Bente", "Coen",
    "Dunya", "Eef", "Fedde", "Gijs", "Hugo", "Isa", "Jip", "Koen", "Lara", "Mees", "Noor",
)  # fmt: skip
MOST = len(NAMES)
"""So many people can be played."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`people` take part; the first of them holds the round. `silent` of them say nothing after they joined, and
    `leave` of the others go halfway. `seed` decides what is left to chance, and who does what when.
    """

    format: Format
    people: int = 8
    silent: int = 0
    leave: int = 0
    seed: int = 1
    preset: Preset = "async"
    language: str = "en"
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """What people say in one language."""

    topic: str
    channel: str
    place: str
    answers: tuple[str, ...]
    said: tuple[str, ...]
    responses: tuple[str, ...]
    proposals: tuple[str, ...]
    arriving: tuple[str, ...]
    closing: tuple[str, ...]
    concern: str
    objection: str
    takes_up: str


@cache
def lines(language: str) -> Lines:
    text = resources.files("bot.rehearsal").joinpath(f"words.{language}.toml").read_text("utf-8")
    read: dict[str, Any] = tomllib.loads(text)
    for key, value in read.items():
        read[key] = tuple(value) if isinstance(value, list) else value
    return Lines(**read)
