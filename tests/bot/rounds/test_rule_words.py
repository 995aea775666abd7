"""Repeating rules as people type them, in both languages; and what is said when one cannot be meant."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserMistake
from bot.rounds.recurring import LAST, Rule
from bot.rounds.rule_words import read
from bot.rounds.schedule_cards import rule_text
from bot.texts.catalogue import words_in

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday, ten o'clock in Amsterdam."""
AMSTERDAM = "Europe/Amsterdam"


def understood(text: str) -> Rule:
    rule, rest = read(text, AMSTERDAM, NOW)
    assert rest == ""
    return rule


def week(weekday: int, at: str, step: int, first: str, timezone: str = AMSTERDAM) -> Rule:
    return Rule("week", weekday, time.fromisoformat(at), timezone, date.fromisoformat(first), step)


def month(nth: int, weekday: int, at: str) -> Rule:
    return Rule("month", weekday, time.fromisoformat(at), AMSTERDAM, date(2026, 11, 23), nth=nth)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("every second Tuesday 10:00 Europe/Amsterdam", week(1, "10:00", 2, "2026-11-24")),
        ("every second Tuesday at 10:00 (America/New_York)", week(1, "10:00", 2, "2026-11-24", "America/New_York")),
        ("elke tweede dinsdag 10:00", week(1, "10:00", 2, "2026-11-24")),
        ("om de week op dinsdag om 10u", week(1, "10:00", 2, "2026-11-24")),
        ("every other week on Tue, 10.00", week(1, "10:00", 2, "2026-11-24")),
        ("fortnightly Tuesday 10am", week(1, "10:00", 2, "2026-11-24")),
        ("tweewekelijks di 10 uur", week(1, "10:00", 2, "2026-11-24")),
        ("weekly on Thu 16:00", week(3, "16:00", 1, "2026-11-26")),
        ("wekelijks op do. 16.00", week(3, "16:00", 1, "2026-11-26")),
        ("Thursdays at 4pm", week(3, "16:00", 1, "2026-11-26")),
        ("elke donderdag om 16u30", week(3, "16:30", 1, "2026-11-26")),
        ("every week on Thursday 12:15 am", week(3, "00:15", 1, "2026-11-26")),
        ("do 16 uur", week(3, "16:00", 1, "2026-11-26")),
        ("every 3 weeks on Monday 9:00", week(0, "09:00", 3, "2026-11-30")),
        ("elke drie weken op maandag 9:00", week(0, "09:00", 3, "2026-11-30")),
        ("Monday 11:00", week(0, "11:00", 1, "2026-11-23")),
        ("every Monday 9:00 from 2027-01-04", week(0, "09:00", 1, "2027-01-04")),
        ("elke maandag 9:00 vanaf 2027-01-05", week(0, "09:00", 1, "2027-01-11")),
        ("first Monday of the month 9:30", month(1, 0, "09:30")),
        ("eerste maandag van de maand 9:30", month(1, 0, "09:30")),
        ("elke 1e maandag 9:30", month(1, 0, "09:30")),
        ("every first Monday 9:30", month(1, 0, "09:30")),
        ("every second Tuesday of the month 10:00", month(2, 1, "10:00")),
        ("derde dinsdag van elke maand, 10:00", month(3, 1, "10:00")),
        ("laatste vrijdag van de maand 15:00", month(LAST, 4, "15:00")),
        ("monthly on the last Friday at 15:00", month(LAST, 4, "15:00")),
    ],
)  # fmt: skip
def test_what_is_understood(text: str, rule: Rule) -> None:
    assert understood(text) == rule


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "I do not understand when that is"),
        ("now and then", "I do not understand when that is"),
        ("10:00", "I do not understand when that is"),
        ("every Tuesday", "At what time?"),
        ("Tuesday 25:00", "At what time?"),
        ("Tuesday 13pm", "At what time?"),
        ("Monday and Thursday 10:00", "One rule names one day"),
        ("ma en do 10:00", "One rule names one day"),
        ("Monday Thursday 10:00", "One rule names one day"),
        ("every third Tuesday 10:00", "That can mean two things."),
        ("elke vierde dinsdag 10:00", "That can mean two things."),
        ("last week on Monday 10:00", "That can mean two things."),
        ("monthly on Monday 10:00", "Which one of the month?"),
        ("Tuesday 10:00 of the month", "Which one of the month?"),
        ("5 Monday of the month 10:00", "Not every month has so many"),
        ("Monday 10:00 from 2026-02-30", "There is no day {day}."),
        ("Monday 10:00 from 2026-11-01", "Begin on a day within the next year."),
        ("Monday 10:00 from 2028-11-01", "Begin on a day within the next year."),
    ],
)
def test_what_is_not(text: str, said: str) -> None:
    with pytest.raises(UserMistake) as mistake:
        read(text, AMSTERDAM, NOW)
    assert mistake.value.text.startswith(said)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("every second Tuesday 10:00 talking_circle trust", "talking_circle trust"),
        ("first Monday of the month 9:30 harvest the first day", "harvest the first day"),
        ("Tuesday 10:00 Talking circle", "Talking circle"),
        ("dinsdag 10:00 de eerste les", "de eerste les"),
    ],
)
def test_what_follows_the_rule_is_left_as_it_was_typed(text: str, rest: str) -> None:
    assert read(text, AMSTERDAM, NOW)[1] == rest


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("text", ["", "Tuesday", "monthly on Monday 10:00", "every third Tuesday 10:00"])
def test_the_examples_of_every_mistake_are_understood_and_said_back_in_both_languages(language: str, text: str) -> None:
    with pytest.raises(UserMistake) as mistake:
        read(text, AMSTERDAM, NOW)
    words = words_in(language)
    examples = re.findall("“([^”]+)”", words.label(mistake.value.text))
    assert examples
    for example in examples:
        rule = understood(example)
        assert understood(rule_text(words, rule)) == rule, example


@given(st.sampled_from(range(7)), st.times(), st.integers(1, 12), st.sampled_from(["en", "nl"]))
def test_every_rule_that_is_said_can_be_typed(weekday: int, at: time, step: int, language: str) -> None:
    rule = Rule("week", weekday, at.replace(second=0, microsecond=0), AMSTERDAM, date(2026, 11, 23), step)
    again = understood(rule_text(words_in(language), rule))
    assert (again.weekday, again.at, again.step, again.timezone) == (weekday, rule.at, step, AMSTERDAM)


@given(st.text(max_size=60))
def test_anything_typed_is_a_rule_or_a_mistake_in_words(text: str) -> None:
    with suppress(UserMistake):
        rule, rest = read(text, AMSTERDAM, NOW)
        assert rest in " ".join(text.replace(",", " ").split())
        assert rule.first >= date(2026, 11, 23)
