"""The days on which a community holds no rounds, as a host types them: `2026-12-25`, `21-12-2026 t/m 3-1-2027`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from bot.chat.text import Code
from bot.errors import UserMistake

MOST = 400
"""So many days are kept."""
DAY = timedelta(days=1)

_DAY = r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}))"
_SPAN = re.compile(rf"{_DAY}(?:\s*(?:to|until|till|t/m|tm|tot(?:\s+en\s+met)?|–|—|\s-\s)\s*{_DAY})?", re.IGNORECASE)


def read(text: str, today: date) -> tuple[date, ...]:
    """The days in order, each once; those that are over are left out. Raises UserMistake."""
    found: set[date] = set()
    for part in re.split(r"[\n,;]+", text):
        if part.strip():
            found |= _span(part.strip())
        if len(found) > MOST:
            raise UserMistake("These are too many days: give {most} at most.", most=MOST)
    return tuple(sorted(day for day in found if day >= today))


def _span(typed: str) -> set[date]:
    match = _SPAN.fullmatch(typed)
    if match is None:
        raise _unclear(typed)
    first = _day(typed, match.groups()[:6])
    last = _day(typed, match.groups()[6:]) if match[7] or match[10] else first
    if last < first or (last - first).days >= MOST:
        raise _unclear(typed)
    return {first + DAY * n for n in range((last - first).days + 1)}


def _day(typed: str, groups: tuple[str | None, ...]) -> date:
    year, month, day = groups[:3] if groups[0] else (groups[5], groups[4], groups[3])
    try:
        return date(int(year or 0), int(month or 0), int(day or 0))
    except ValueError:
        raise _unclear(typed) from None


def _unclear(typed: str) -> UserMistake:
    return UserMistake(
        "I do not understand {typed}. Write a day as {day}, and several as {first} to {last}.",
        typed=typed[:60],
        day=Code("2026-12-25"),
        first=Code("2026-12-21"),
        last=Code("2027-01-03"),
    )


def spans(days: Iterable[date]) -> tuple[tuple[date, date], ...]:
    """The first and the last of days that follow each other, in order."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and day - found[-1][1] == DAY:
            found[-1] = found[-1][0], day
        else:
            found.append((day, day))
    return tuple(found)
