"""Templates: places in braces and *bold* between stars. Only the template is read for markup, never what fills it.

Each is read once. What is remembered is the template and what it says without anything in its places, for everybody
alike; what fills it is never kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.chat.text import Bold, Plain, Span, Text
from bot.chat.text import words as bare

REMEMBERED = 4096
"""All texts of two languages and the formats' own are fewer."""

_MARKUP = re.compile(r"(\*[^*\n]+\*|\{\w+\})")


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    unfilled: Plain


@dataclass(frozen=True, slots=True)
class _Bold:
    template: str


def fill(template: str, values: Mapping[str, object]) -> Text:
    """The text with its places filled; a place for which there is no value stays as it is written."""
    return _filled(template, values) if values else _alone(template)


def fill_bare(template: str, values: Mapping[str, object]) -> str:
    """The same without any markup."""
    return bare(_filled(template, values)) if values else _alone_bare(template)


@lru_cache(REMEMBERED)
def _alone(template: str) -> Text:
    return _filled(template, {})


@lru_cache(REMEMBERED)
def _alone_bare(template: str) -> str:
    return bare(_alone(template))


def _filled(template: str, values: Mapping[str, object]) -> Text:
    spans: list[Span] = []
    for part in _parts(template):
        if isinstance(part, Plain):
            spans.append(part)
        elif isinstance(part, _Bold):
            spans.append(Bold(fill_bare(part.template, values)))
        elif part.name in values:
            spans += _spans(values[part.name])
        else:
            spans.append(part.unfilled)
    return tuple(spans)


@lru_cache(REMEMBERED)
def _parts(template: str) -> tuple[Plain | _Place | _Bold, ...]:
    # of what is split by something in brackets every second part is what was found
    found = enumerate(_MARKUP.split(template))
    return tuple(_marked(part) if at % 2 else Plain(part) for at, part in found if part)


def _marked(part: str) -> _Place | _Bold:
    return _Bold(part[1:-1]) if part.startswith("*") else _Place(part[1:-1], Plain(part))


def _spans(value: object) -> Text:
    if isinstance(value, tuple):
        return value
    if isinstance(value, str | int):
        return (Plain(str(value)),)
    return (value,)  # type: ignore[return-value]  # a span: the union is closed, and views are tested
