"""A format file made of a few answers: what each step asks, and how. The rest is what suits such a step."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

How = Literal["private", "turns", "open", "pairs", "dots", "consent"]
"""private: everybody answers for themselves, then all is shown. pairs: two by two. The rest as in the modes."""

HOWS: tuple[How, ...] = ("private", "turns", "open", "pairs", "dots", "consent")
MOST_STEPS = 4
SMALLEST, BEST, LARGEST = 3, (4, 8), 12
LONGEST_ID = 30

_BODIES: dict[How, tuple[str, ...]] = {
    "private": ('mode = "collect"', 'reveal = "together"', 'harvest = "mark"'),
    "turns": ('mode = "turns"', "turn_async_h = 8", "turn_sync_min = 3", 'harvest = "mark"'),
    "open": ('mode = "open"', 'harvest = "mark"'),
    "pairs": ('mode = "groups"', 'groups = { size = 2, odd = "larger", prefer = "not_recently_together" }'),
    "dots": ('mode = "vote"', 'vote = { kind = "dots", per_person = 2 }', 'harvest = "draft"'),
    "consent": ('mode = "vote"', 'vote = { kind = "consent" }'),
}
_WINDOWS: dict[How, tuple[int, int]] = {
    "private": (24, 5),
    "turns": (72, 20),
    "open": (24, 8),
    "pairs": (36, 10),
    "dots": (12, 3),
    "consent": (12, 4),
}
"""Hours spread over days, and minutes live."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One step: its question and how it is answered."""

    question: str
    how: How


def written(id_: str, name: str, blurb: str, steps: Sequence[Asked]) -> str:
    """The file. What was said in one language stands there for both."""
    return "\n".join(_lines(id_, name, blurb, steps)) + "\n"


def _lines(id_: str, name: str, blurb: str, steps: Sequence[Asked]) -> Iterator[str]:
    hours = sum(_WINDOWS[step.how][0] for step in steps)
    minutes = sum(_WINDOWS[step.how][1] for step in steps)
    yield f"id = {_quoted(id_)}"
    yield "version = 1"
    yield f"purpose = {_quoted(blurb)}"
    yield "emphasis = { explore = 1, exploit = 1, tacit = 1, explicit = 1 }"
    yield f"size = {{ min = {SMALLEST}, best = [{BEST[0]}, {BEST[1]}], max = {LARGEST} }}"
    days = max(1, -(-hours // 24))
    yield f"effort = {{ async_minutes = {5 * len(steps)}, async_days = {days}, live_minutes = {minutes} }}"
    yield from _both("name", name)
    yield from _both("blurb", blurb)
    for number, step in enumerate(steps, 1):
        window = _WINDOWS[step.how]
        yield "\n[[steps]]"
        yield f'key = "step_{number}"'
        yield from _BODIES[step.how]
        yield f"async_h = {window[0]}"
        yield f"sync_min = {window[1]}"
        yield from _both("steps.prompt", step.question)


def _both(table: str, text: str) -> Iterator[str]:
    yield f"\n[{table}]"
    yield f"en = {_quoted(text)}"
    yield f"nl = {_quoted(text)}"


def _quoted(text: str) -> str:
    """As TOML writes it: like JSON, which leaves one control character as it is."""
    return json.dumps(text.replace("\x7f", ""), ensure_ascii=False)


def id_for(name: str, taken: Container[str]) -> str:
    """What people type for a format of that name: its letters, and a number where that is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    slug = slug if slug[:1].isalpha() else f"format_{slug}".rstrip("_")
    slug = slug[: LONGEST_ID - 3].rstrip("_")
    return next(id_ for n in range(1, 100) if (id_ := slug if n == 1 else f"{slug}_{n}") not in taken)
