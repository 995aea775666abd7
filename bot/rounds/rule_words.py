"""A repeating rule as people type it in English or Dutch: `every second Tuesday 10:00`, `elke tweede dinsdag 10:00`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.chat.hours import known_zone, local_day
from bot.errors import UserMistake
from bot.rounds.recurring import LAST, Rule, day_of, upcoming

FARTHEST_WEEKS = 12
FOURTH = 4
FARTHEST_DAYS = 366
"""A rule begins within so many days."""

_DAYS = (
    "monday mondays mon maandag ma",
    "tuesday tuesdays tue tues dinsdag di",
    "wednesday wednesdays wed woensdag wo",
    "thursday thursdays thu thur thurs donderdag do",
    "friday fridays fri vrijdag vr",
    "saturday saturdays sat zaterdag za",
    "sunday sundays sun zondag zo",
)
_WEEKDAY = {word: day for day, words in enumerate(_DAYS) for word in words.split()}
_NUMBERS = (
    "first eerste 1st 1e 1ste",
    "second other tweede 2nd 2e 2de two twee",
    "third derde 3rd 3e 3de three drie",
    "fourth vierde 4th 4e 4de four vier",
)
_NUMBER = {word: number for number, words in enumerate(_NUMBERS, 1) for word in words.split()}
_LAST = {"last", "laatste"}
_EVERY = {"every", "each", "elke", "iedere", "elk", "ieder"}
_WEEK = {"week", "weeks", "weken", "weekly", "wekelijks"}
_MONTH = {"month", "monthly", "maand", "maandelijks"}
_FORTNIGHT = {"fortnightly", "biweekly", "tweewekelijks"}
_FROM = {"from", "starting", "vanaf"}
_FILLERS = {"on", "at", "the", "of", "in", "op", "om", "de", "van", "uur", "o'clock", "(", ")"}
_MORE = {"and", "en"}
_HOUR = {"uur": "u", "u": "u", "o'clock": "u", "am": "am", "pm": "pm"}
"""What may stand behind an hour, with a space between."""
_PHRASES = {
    **dict.fromkeys(("of the month", "of every month", "of each month", "in the month", "every month"), "month"),
    **dict.fromkeys(("van de maand", "van elke maand", "in de maand", "elke maand", "per maand"), "month"),
    **dict.fromkeys(("om de week", "om de andere week", "every other week", "every second week"), "fortnightly"),
    **dict.fromkeys(("every week", "elke week", "per week"), "weekly"),
}
"""What several words mean together."""
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:u|uur)?|(\d{1,2})(?:u|uur|h)(\d{2})?|(\d{1,2})(?::(\d{2}))?(am|pm)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class _Heard:
    """What was understood so far."""

    weekday: int | None = None
    at: time | None = None
    timezone: str = ""
    first: date | None = None
    number: int = 0
    """*second*, *2*, or LAST."""
    unit: Literal["", "week", "month"] = ""

    @property
    def whole(self) -> bool:
        return self.weekday is not None and self.at is not None


def read(text: str, timezone: str, now: datetime) -> tuple[Rule, str]:
    """The rule, and the words that follow it and do not belong to it.

    `timezone` where none is typed. Raises UserMistake that says what is missing.
    """
    typed = text.replace(",", " ").split()
    heard, used = _listen([word.casefold() for word in typed], typed)
    following = typed[used].casefold() if used < len(typed) else ""
    if not heard.whole and (following in _WEEKDAY or following in _MORE):
        raise UserMistake("One rule names one day of the week. Set up another one for the other day.")
    if heard.weekday is None:
        raise _not_understood(text)
    if heard.at is None:
        raise UserMistake("At what time? Say it like “every second Tuesday 10:00”.")
    return _rule(heard, heard.weekday, heard.at, heard.timezone or timezone, now), " ".join(typed[used:])


def _listen(words: list[str], typed: list[str]) -> tuple[_Heard, int]:
    """Reads from the front to the first word that does not belong to a rule."""
    heard, at = _Heard(), 0
    while at < len(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        phrase = next((" ".join(words[at : at + n]) for n in (4, 3, 2) if " ".join(words[at : at + n]) in _PHRASES), "")
        if words[at] in _FROM and _DATE.fullmatch(following):
            heard, at = replace(heard, first=_day(following)), at + 2
            continue
        if heard.at is None and words[at][:1].isdigit() and following in _HOUR:
            taken, length = _take(heard, words[at] + _HOUR[following], ""), 2
        elif phrase:
            taken, length = _take(heard, _PHRASES[phrase], ""), len(phrase.split())
        else:
            taken, length = _take(heard, words[at].strip("()"), typed[at].strip("()")), 1
        if taken is None:
            break
        heard, at = taken, at + length
    return heard, at


def _take(heard: _Heard, word: str, typed: str) -> _Heard | None:
    """What is understood with this word too; None for one that is no part of a rule, or says it a second time."""
    if not heard.timezone and ("/" in typed or typed == "UTC") and (zone := known_zone(typed)) is not None:
        return replace(heard, timezone=zone)
    if not heard.unit and (word in _WEEK or word in _FORTNIGHT):
        return replace(heard, unit="week", number=2 if word in _FORTNIGHT else heard.number)
    if not heard.unit and word in _MONTH:
        return replace(heard, unit="month")
    if heard.whole:
        return None
    if heard.weekday is None and (day := _WEEKDAY.get(word.rstrip("."))) is not None:
        return replace(heard, weekday=day)
    if heard.at is None and (clock := _clock(word)) is not None:
        return replace(heard, at=clock)
    number = LAST if word in _LAST else _NUMBER.get(word, 0)
    if number and not heard.number and heard.weekday is None:
        return replace(heard, number=number)
    if word.isascii() and word.isdigit():
        return _bare_number(heard, int(word[:4]))
    return heard if word in _EVERY or word in _FILLERS else None


def _bare_number(heard: _Heard, number: int) -> _Heard | None:
    """*every 3 weeks*, or an hour behind the day."""
    if heard.weekday is None and not heard.number and 0 < number <= FARTHEST_WEEKS:
        return replace(heard, number=number)
    if heard.weekday is not None and heard.at is None and number < 24:
        return replace(heard, at=time(number, 0))
    return None


def _clock(word: str) -> time | None:
    found = _CLOCK.fullmatch(word)
    if found is None:
        return None
    hour = int(found[1] or found[3] or found[5])
    minute = int(found[2] or found[4] or found[6] or 0)
    if found[7] is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[7] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise UserMistake("There is no day {day}.", day=typed) from None


def _rule(heard: _Heard, weekday: int, at: time, timezone: str, now: datetime) -> Rule:
    """*Every second Tuesday* is one of two; the first and the last one are those of a month."""
    today = local_day(timezone, now)
    first = heard.first or today
    if not today <= first <= today + timedelta(days=FARTHEST_DAYS):
        raise UserMistake("Begin on a day within the next year.")
    rule = Rule("week", weekday, at, timezone, first)
    if heard.unit == "week":
        if heard.number == LAST:
            raise _unclear()
        rule = replace(rule, step=heard.number or 1)
    elif heard.unit == "month" or heard.number in (1, LAST):
        if not heard.number:
            raise UserMistake("Which one of the month? Say it like “first Monday of the month 9:30”.")
        if heard.number > FOURTH:
            raise UserMistake("Not every month has so many of that day. Say first to fourth, or last.")
        return replace(rule, every="month", nth=heard.number)
    elif heard.number > 2:
        raise _unclear()
    else:
        rule = replace(rule, step=heard.number or 1)
    # the weeks are counted from the first such day that is still to come
    coming = upcoming(replace(rule, step=1), now)
    return rule if coming is None else replace(rule, first=day_of(rule, coming))


def _unclear() -> UserMistake:
    return UserMistake(
        "That can mean two things. Say “every 3 weeks on Tuesday 10:00” or “third Tuesday of the month 10:00”."
    )


def _not_understood(text: str) -> UserMistake:
    return UserMistake(
        "I do not understand when that is: {typed}. Name one day of the week and a time, such as “every second Tuesday "
        "10:00”, “first Monday of the month 9:30” or “weekly on Thu 16:00”.",
        typed=" ".join(text.split())[:80] or "–",
    )
