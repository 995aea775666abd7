"""What people type behind `/kring`, and what Kring makes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.commands import Command, Given, Misused, Option, Unknown, fitting, parse, split

START = Command(
    ("round", "start"),
    "",
    (
        Option("format", "", required=True),
        Option("topic", "", kind="text"),
        Option("days", "", kind="number"),
        Option("preset", "", kind="choice", choices=("async", "live")),
    ),
)
GIVE = Command(("round", "give"), "", (Option("to", "", kind="person", required=True),))
FIND = Command(("knowhow", "find"), "", (Option("words", "", kind="text", required=True, rest=True),), looks=True)
HELP = Command(("help",), "", (Option("noun", ""),), aliases=(("hulp",),))
MENU = Command((), "")
COMMANDS = (START, GIVE, FIND, HELP, MENU)


@pytest.mark.parametrize(
    ("typed", "command", "values"),
    [
        ("", MENU, {}),
        ("   ", MENU, {}),
        ("help", HELP, {}),
        ("HULP round", HELP, {"noun": "round"}),
        ("round start x", START, {"format": "x"}),
        ('round start x "a topic of words" days=3', START, {"format": "x", "topic": "a topic of words", "days": "3"}),
        ("round start x “curly quotes”", START, {"format": "x", "topic": "curly quotes"}),
        ("round start x „laag en hoog” live", START, {"format": "x", "topic": "laag en hoog", "preset": "live"}),
        ("round start --topic hello x", START, {"format": "x", "topic": "hello"}),
        ("round start topic=y x", START, {"format": "x", "topic": "y"}),
        ("round start x days=3d", START, {"format": "x", "days": "3"}),
        ("round start x it's", START, {"format": "x", "topic": "it's"}),
        ('round start x "<!channel> @everyone"', START, {"format": "x", "topic": "<!channel> @everyone"}),
        ("Round Give <@U1|anna>", GIVE, {"to": "U1"}),
        ("round give <@!42>", GIVE, {"to": "42"}),
        ("knowhow find silent pupils a=b", FIND, {"words": "silent pupils a=b"}),
    ],
)
def test_understood(typed: str, command: Command, values: dict[str, str]) -> None:
    assert parse(typed, {}, COMMANDS) == (command, Given(values))


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("rund start", START), ("round strat x", START), ("halp", HELP), ("knowhw find", FIND), ("qqqqq", None)],
)
def test_an_unknown_word_gets_the_nearest_command(typed: str, nearest: Command | None) -> None:
    found = parse(typed, {}, COMMANDS)
    assert isinstance(found, Unknown)
    assert found.nearest == nearest


@pytest.mark.parametrize(
    ("typed", "option", "fault"),
    [
        ("round start", "format", "missing"),
        ("round start x y z w", "", "too_much"),
        ("round start x days=soon", "days", "not_a_number"),
        ("round start x preset=fast", "preset", "not_a_choice"),
        ("round give anna", "to", "not_a_person"),
        ("knowhow find", "words", "missing"),
    ],
)
def test_misused(typed: str, option: str, fault: str) -> None:
    found = parse(typed, {}, COMMANDS)
    assert isinstance(found, Misused)
    assert (found.option, found.fault) == (option, fault)


@pytest.mark.parametrize(
    "typed", ['round start harvest "\u200b"', 'round start harvest topic="\u2800 "', "round start harvest \u2060"]
)
def test_what_nobody_can_see_was_not_given(typed: str) -> None:
    assert parse(typed, {"topic": "\u200b"}, COMMANDS) == (START, Given({"format": "harvest"}))


def test_options_that_a_platform_took_apart_win() -> None:
    assert parse("round start", {"format": "x", "topic": "has spaces"}, COMMANDS) == (
        START,
        Given({"format": "x", "topic": "has spaces"}),
    )


def test_what_is_called_as_it_is_typed_comes_first() -> None:
    named = [("aftermath", "A look back"), ("harvest", "After all"), ("circle", "Talking circle")]
    assert fitting(named, "AFTER") == [named[1], named[0]]
    assert fitting(named, "") == named


def test_usage() -> None:
    assert START.usage() == "/kring round start <format> [topic] [days] [preset]"


@given(st.text(max_size=200))
def test_whatever_is_typed_gets_an_answer(typed: str) -> None:
    parse(typed, {}, COMMANDS)


@given(st.lists(st.text(st.characters(blacklist_categories=["Z", "C"], blacklist_characters='"“”„'), min_size=1)))
def test_words_without_quotes_are_split_at_spaces(typed: list[str]) -> None:
    assert split(" ".join(typed)) == typed
