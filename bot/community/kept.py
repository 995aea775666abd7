"""All that is kept about one person: as a file, and in words with counts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, time
from typing import Any

from bot.community.card import OPERATOR
from bot.context import Context
from bot.texts import catalogue

COUNTED: Mapping[str, Callable[[catalogue.Words, int], str]] = {
    "contributions": lambda words, n: words.counted("{n} contribution to a round", "{n} contributions to rounds", n),
    "rounds": lambda words, n: words.counted("{n} round you took part in", "{n} rounds you took part in", n),
    "votes": lambda words, n: words.counted("{n} vote in a round", "{n} votes in rounds", n),
    "tasks_and_small_steps": lambda words, n: words.counted(
        "{n} task or small step in a round", "{n} tasks and small steps in rounds", n
    ),
    "repeating_rounds": lambda words, n: words.counted("{n} repeating round", "{n} repeating rounds", n),
    "kept": lambda words, n: words.counted("{n} know-how item of yours", "{n} know-how items of yours", n),
    "words": lambda words, n: words.counted("{n} answer about your words", "{n} answers about your words", n),
    "tried": lambda words, n: words.counted("{n} report of a try", "{n} reports of tries", n),
    "check_in_answers": lambda words, n: words.counted("{n} answer to a check-in", "{n} answers to check-ins", n),
    "buddies": lambda words, n: words.counted("{n} buddy", "{n} buddies", n),
    "asked_for_somebody": lambda words, n: words.counted("{n} request for help", "{n} requests for help", n),
}
"""By the name under which a feature exports a list of them."""


def export(ctx: Context[Any]) -> dict[str, object]:
    """What the community and the house itself keep about the person who acts."""
    return {"person": ctx.unit.members.record(ctx.community.id, ctx.actor.id)}


def everything(ctx: Context[Any]) -> dict[str, Any]:
    """What every feature keeps about the person who acts, by the features' own names."""
    data: dict[str, Any] = {}
    for export in ctx.exports:
        data.update(export(ctx))
    return data


def as_file(words: catalogue.Words, data: Mapping[str, Any], now: datetime) -> str:
    """The same as JSON, with who could technically read it."""
    about = {
        "what": words.label("Everything that Kring keeps about you."),
        "made_at": now,
        "who_can_read_it": [words.label(line) for line in OPERATOR],
    }
    return json.dumps({"about": about, **data}, default=_plain, ensure_ascii=False, indent=2)


def in_words(ctx: Context[Any]) -> list[str]:
    """One line for each kind of thing: what it is and how many of it. What is empty is not mentioned."""
    words = ctx.words
    data: dict[str, Any] = {}
    for each in ctx.exports:
        if each is not export:  # of the person themselves nothing is counted
            data.update(each(ctx))
    lines = [words.label("your name, settings and accounts")]
    other = 0
    for name, things in _lists(data):
        say = COUNTED.get(name)
        if say is None:
            other += len(things)
        else:
            lines.append(say(words, len(things)))
    if other:
        lines.append(words.counted("{n} other thing", "{n} other things", other))
    return lines


def _lists(data: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[object]]]:
    """Every list that has something in it, by its name, however deep."""
    for name, value in data.items():
        if isinstance(value, Mapping):
            yield from _lists(value)
        elif isinstance(value, list | tuple) and value and (name in COUNTED or isinstance(value[0], Mapping)):
            yield name, value


def _plain(value: object) -> object:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)
