"""One `/kring` with everything in it: Discord takes it, and what people call is what the core is told."""

from __future__ import annotations

from itertools import chain
from typing import Any

import pytest

from adapters.discord import limits
from adapters.discord.commands import (
    BARE,
    FILLED_IN,
    NOUNS,
    SHORTCUTS,
    Asked,
    asked,
    called,
    payload,
    shortcut,
    spoken,
    suggestions,
)
from bot.chat.commands import Command, Option, parse
from bot.community.views import overview
from bot.features import gather
from bot.texts.catalogue import words_in
from tests.fakes.discord.command_checks import command_faults, commands_faults, size

COMMANDS = gather().offered.commands
PAYLOAD = payload(COMMANDS)
SLASH = PAYLOAD[0]


def subcommands(command: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every subcommand by its words."""
    found = {}
    for top in command["options"]:
        if top["type"] == 1:
            found[top["name"]] = top
        else:
            found |= {f"{top['name']} {each['name']}": each for each in top["options"]}
    return found


def interaction(path: str, **options: Any) -> dict[str, Any]:
    """The `data` of an interaction in which somebody calls this."""
    given = subcommands(SLASH)[path]
    kinds = {each["name"]: each["type"] for each in given["options"]}
    words = path.split()
    inner = {
        "type": 1,
        "name": words[-1],
        "options": [{"name": name, "type": kinds[name], "value": value} for name, value in options.items()],
    }
    outer = {"type": 2, "name": words[0], "options": [inner]} if len(words) > 1 else inner
    return {"id": "1", "name": "kring", "type": 1, "options": [outer]}


def test_discord_takes_them() -> None:
    assert commands_faults(PAYLOAD) == {}
    assert [(each["type"], each["name"]) for each in PAYLOAD] == [(1, "kring"), (3, "Keep as know-how")]
    assert size(SLASH) < limits.COMMAND_LETTERS * 0.8, "there is room for more"


def test_every_command_is_there_once() -> None:
    there = subcommands(SLASH)
    assert set(there) == {" ".join(BARE.get(each.path, each.path)) for each in COMMANDS}
    for command in COMMANDS:
        given = there[" ".join(BARE.get(command.path, command.path))]
        assert {each["name"] for each in given["options"]} == {each.name for each in command.options}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_call_is_what_the_core_knows(command: Command) -> None:
    values = {"number": 3, "person": "333333333333333333", "word": "word", "text": "some words"}
    given = {each.name: each.choices[0] if each.choices else values[each.kind] for each in command.options}
    text, options = called(interaction(" ".join(BARE.get(command.path, command.path)), **given))
    parsed = parse(text, dict(options), COMMANDS)
    assert isinstance(parsed, tuple), parsed
    assert parsed[0] == command
    assert parsed[1].values == {name: str(value) for name, value in given.items()}


def test_what_is_needed_comes_first() -> None:
    odd = Command(("a", "b"), "About.", (Option("may", "May."), Option("must", "Must.", required=True)))
    [slash, _] = payload([odd])
    [group] = slash["options"]
    assert [each["name"] for each in group["options"][0]["options"]] == ["must", "may"]
    assert command_faults(slash) == {}


def test_a_noun_with_verbs_needs_one_itself() -> None:
    with pytest.raises(ValueError, match="/kring thing needs a verb"):
        payload([Command(("thing",), "A thing."), Command(("thing", "find"), "Find it.")])


def test_dutch_beside_the_english() -> None:
    pause = subcommands(SLASH)["me pause"]
    assert pause["description"] == "Nothing that you did not ask for, for a while"
    dutch = words_in("nl").label("nothing that you did not ask for, for a while")
    assert pause["description_localizations"]["nl"].casefold() == dutch.removesuffix(".").casefold()
    assert dutch != "nothing that you did not ask for, for a while"
    [menu] = PAYLOAD[1:]
    assert menu["name_localizations"]["nl"] == words_in("nl").label("Keep as know-how")


def test_nothing_is_cut() -> None:
    texts = chain([*NOUNS.values()], *([each.about, *(o.about for o in each.options)] for each in COMMANDS))
    for language in ("en", "nl"):
        for text in texts:
            assert len(words_in(language).label(text)) <= limits.COMMAND_ABOUT, text
        for name in SHORTCUTS.values():
            assert len(words_in(language).label(name)) <= limits.COMMAND_NAME
    groups = {top["name"] for top in SLASH["options"] if top["type"] == 2}
    assert groups <= set(NOUNS), "each noun says what it is about"


def test_numbers_and_choices_are_checked_by_discord() -> None:
    start = {each["name"]: each for each in subcommands(SLASH)["round start"]["options"]}
    assert (start["hours"]["type"], start["hours"]["min_value"], start["hours"]["max_value"]) == (4, 1, 999_999)
    assert start["preset"]["choices"] == [{"name": "async", "value": "async"}, {"name": "live", "value": "live"}]
    assert start["format"]["autocomplete"] is True
    assert start["topic"]["autocomplete"] is False
    give = {each["name"]: each for each in subcommands(SLASH)["round give"]["options"]}
    assert (give["member"]["type"], give["member"]["required"]) == (6, True)


# -- sent only when it has changed


# -- what people are typing


def test_what_somebody_is_typing() -> None:
    data = interaction("round start", topic="x", format="rev")
    data["options"][0]["options"][0]["options"][1]["focused"] = True
    assert asked(data) == Asked("round start", "format", "rev")
    assert asked(interaction("round start", topic="x")) is None
    bare = {"id": "1", "name": "kring", "options": [{"type": 1, "name": "help", "options": [
        {"type": 3, "name": "noun", "value": "", "focused": True}]}]}  # fmt: skip
    assert asked(bare) == Asked("help", "noun", "")


def test_suggestions() -> None:
    names = [("K-12", "Begin late"), ("K-1", ""), ("x" * 101, "too long a value"), ("K-2", "x" * 200)]
    assert [(each["value"], each["name"]) for each in suggestions(names)] == [
        ("K-12", "Begin late"),
        ("K-1", "K-1"),
        ("K-2", "x" * (limits.CHOICE - 1) + "…"),
    ]
    assert len(suggestions([(str(n), str(n)) for n in range(99)])) == limits.COMMAND_OPTIONS


# -- names


def test_a_shortcut_by_its_name() -> None:
    assert shortcut({"name": "Keep as know-how", "type": 3}) == "keep"
    assert shortcut({"name": "Something else", "type": 3}) is None


def test_commands_are_named_as_they_are_called_here() -> None:
    assert spoken("/kring") == "/kring menu"
    assert spoken("/kring me") == "/kring me card"
    assert spoken("/kring me pause [days]") == "/kring me pause [days]"
    assert spoken("/kring help me") == "/kring help noun:me"
    assert spoken("/kring help [noun]") == "/kring help [noun]"
    assert spoken("/kring setup link abcd-efgh") == "/kring setup link code:abcd-efgh"
    assert spoken("anything else") == "anything else"
    for command in COMMANDS:
        path = spoken(f"/kring {command.name}".strip()).split()[1:]
        assert " ".join(path) in subcommands(SLASH)


def test_what_is_filled_in_is_for_an_option_there_is() -> None:
    options = {f"/kring {each.name}": [option.name for option in each.options] for each in COMMANDS}
    for command, option in FILLED_IN.items():
        assert options[command][0] == option, "typed elsewhere, it would be for the first"


def test_the_help_names_only_what_can_be_called() -> None:
    from adapters.discord.components import pages
    from bot.chat.names import Space
    from tests.adapters.discord.shown import nodes

    shown = pages(overview(words_in("en"), COMMANDS), space=Space("discord", "1"), private=True)
    texts = [each["content"] for page in shown for each in page.components if each["type"] == 10]
    named = [text for each in texts for kind, text in nodes(each) if kind == "code"]
    assert len(named) > len(COMMANDS)
    for each in named:
        words = [word for word in each.split()[1:] if word[0] not in "<["]
        known = subcommands(SLASH)
        assert " ".join(words) in known or words == ["help", "noun:round"], each
