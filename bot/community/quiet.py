"""Quiet hours and working days as people type them: `18:00-9:00 mon-fri`, `van 18 tot 9`, `ma t/m do`, `off`."""

from __future__ import annotations

import re
from datetime import time

from bot.chat.people import Quiet

_DAYS = (
    ("mon", "monday", "ma", "maandag"),
    ("tue", "tuesday", "tues", "di", "dinsdag"),
    ("wed", "wednesday", "wo", "woensdag"),
    ("thu", "thursday", "thur", "thurs", "do", "donderdag"),
    ("fri", "friday", "vr", "vrijdag"),
    ("sat", "saturday", "za", "zaterdag"),
    ("sun", "sunday", "zo", "zondag"),
)
_DAY = {name: day for day, names in enumerate(_DAYS) for name in names}
_WEEK, _WORK, _WEEKEND = frozenset(range(7)), frozenset(range(5)), frozenset({5, 6})
_SEVERAL = {
    "daily": _WEEK,
    "everyday": _WEEK,
    "dagelijks": _WEEK,
    "weekdays": _WORK,
    "workdays": _WORK,
    "werkdagen": _WORK,
    "weekend": _WEEKEND,
    "weekends": _WEEKEND,
}
_NO_HOURS = {"off", "none", "never", "uit", "geen", "nooit"}
_FILLERS = {"from", "van", "and", "en", "on", "op", "days", "dagen"}
_UNTIL = {"to", "until", "till", "tot", "t/m", "tm", "-"}
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?:u|uur)?")

NO_HOURS = time(0, 0)
"""Hours that begin and end at the same moment are no quiet hours at all."""


class NotUnderstoodError(ValueError):
    """`word` is neither a time, a day nor a word between them."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


def read(text: str, before: Quiet) -> Quiet:
    """What was typed, over what was chosen before: hours, days, or both. Raises NotUnderstoodError."""
    hours: list[time] = []
    days: set[int] = set()
    last_day, ranging = -1, False
    for word in _parts(text):
        if word in _UNTIL:
            ranging = True
            continue
        if word in _FILLERS:
            continue
        if word in _NO_HOURS:
            hours = [NO_HOURS, NO_HOURS]
        elif word in _SEVERAL:
            days |= _SEVERAL[word]
        elif word in _DAY:
            day = _DAY[word]
            days |= _between(last_day, day) if ranging and last_day >= 0 else {day}
            last_day = day
        else:
            hours.append(clock(word))
        ranging = False
    if len(hours) not in (0, 2) or not (hours or days):
        raise NotUnderstoodError(text)
    start, end = hours or (before.start, before.end)
    return Quiet(start, end, tuple(sorted(days)) or before.days)


def clock(word: str) -> time:
    """`9`, `09:00`, `9.30`, `18u` or `24:00`. Raises NotUnderstoodError."""
    found = _CLOCK.fullmatch(word.strip().lower())
    if found is None:
        raise NotUnderstoodError(word)
    hour, minute = int(found[1]), int(found[2] or 0)
    if (hour, minute) == (24, 0):
        hour = 0
    if hour > 23 or minute > 59:
        raise NotUnderstoodError(word)
    return time(hour, minute)


def _parts(text: str) -> list[str]:
    """Words and lone hyphens, in lower case; hyphens also stand between two times or days without spaces."""
    spaced = re.sub(r"[–—−-]", " - ", text.lower())
    return [word for part in spaced.split() for word in part.split(",") if word]


def _between(first: int, last: int) -> set[int]:
    """The days of a range; one that runs over Sunday goes on with Monday."""
    return {(first + step) % 7 for step in range((last - first) % 7 + 1)}
