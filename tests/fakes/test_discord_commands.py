"""What Discord takes as commands, as of 2026-11-26:
https://docs.discord.com/developers/interactions/application-commands"""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.discord.command_checks import command_faults, commands_faults, size, too_many
from tests.fakes.discord.form_checks import flat

Json = dict[str, Any]


def option(name: str = "topic", kind: int = 3, **more: Any) -> Json:
    return {"name": name, "description": "What about", "type": kind, **more}


def command(*options: Json, **more: Any) -> Json:
    return {"name": "kring", "description": "Talk in circles", "options": list(options), **more}


def choice(value: Any, name: str = "Name") -> Json:
    return {"name": name, "value": value}


TAKEN = {
    "a command": {"name": "kring", "description": "Talk in circles"},
    "a name of 32": command(name="x" * 32),
    "a name elsewhere": command(name="круг_1-x'"),
    "25 options": command(*(option(f"o{n}") for n in range(25))),
    "required first": command(option("a", required=True), option("b")),
    "a group": command(option("round", 2, options=[option("start", 1, options=[option()])])),
    "a group beside a sub-command": command(option("round", 2, options=[option("start", 1)]), option("help", 1)),
    "25 choices": command(option(choices=[choice(str(n)) for n in range(25)])),
    "numbers": command(option("days", 4, min_value=1, max_value=30), option("share", 10, choices=[choice(0.5)])),
    "lengths": command(option(min_length=0, max_length=6000)),
    "autocomplete": command(option(autocomplete=True)),
    "channels": command(option("where", 7, channel_types=[0, 15])),
    "Dutch": command(
        option(name_localizations={"nl": "onderwerp"}), description_localizations={"nl": "Praat in kringen"}
    ),
    "where and who": command(default_member_permissions="32", contexts=[0, 1], integration_types=[0], nsfw=False),
    "on a message": {"name": "Keep as know-how", "type": 3, "default_member_permissions": None},
    "on a person": {"name": "Ask as Buddy", "type": 2, "description": "", "options": []},
}

REFUSED: dict[str, tuple[Json, str]] = {
    "capitals": (command(name="Kring"), "name [APPLICATION_COMMAND_INVALID_NAME] Command name is invalid"),
    "a space": (command(name="my kring"), "name [APPLICATION_COMMAND_INVALID_NAME]"),
    "a long name": (command(name="x" * 33), "name [BASE_TYPE_BAD_LENGTH] Must be between 1 and 32 in length."),
    "no description": ({"name": "kring"}, "description [BASE_TYPE_REQUIRED] This field is required"),
    "an empty description": (command(description=""), "description [BASE_TYPE_BAD_LENGTH]"),
    "a long description": (
        command(description="x" * 101),
        "description [BASE_TYPE_BAD_LENGTH] Must be between 1 and 100",
    ),
    "26 options": (
        command(*(option(f"o{n}") for n in range(26))),
        "options [BASE_TYPE_MAX_LENGTH] Must be 25 or fewer",
    ),
    "required last": (
        command(option("a"), option("b", required=True)),
        "options.1 [APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID] Required options must be",
    ),
    "one name twice": (command(option(), option()), "options.1.name [APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED]"),
    "one Dutch name twice": (
        command(option("a", name_localizations={"nl": "x"}), option("b", name_localizations={"nl": "x"})),
        "options.0.name_localizations.nl [APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED]",
    ),
    "a group in a group": (
        command(option("a", 2, options=[option("b", 2, options=[option("c", 1)])])),
        "options.0.options.0.type [BASE_TYPE_CHOICES] Value must be one of {1}.",
    ),
    "a group in a sub-command": (
        command(option("a", 1, options=[option("b", 2, options=[option("c", 1)])])),
        "options.0.options.0.type [BASE_TYPE_CHOICES]",
    ),
    "an option beside a sub-command": (
        command(option("a", 1), option("b")),
        "options [APPLICATION_COMMAND_OPTIONS_TYPE_INVALID]",
    ),
    "an unknown type": (command(option(kind=12)), "options.0.type [BASE_TYPE_CHOICES]"),
    "26 choices": (
        command(option(choices=[choice(str(n)) for n in range(26)])),
        "options.0.choices [BASE_TYPE_MAX_LENGTH] Must be 25 or fewer in length.",
    ),
    "a word among numbers": (
        command(option("days", 4, choices=[choice("one")])),
        'options.0.choices.0.value [NUMBER_TYPE_COERCE] Value "one" is not int.',
    ),
    "a long choice": (
        command(option(choices=[choice("x" * 101)])),
        "options.0.choices.0.value [BASE_TYPE_BAD_LENGTH] Must be between 1 and 100 in length.",
    ),
    "choices and autocomplete": (
        command(option(autocomplete=True, choices=[choice("a")])),
        "options.0.autocomplete [APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_CHOICES]",
    ),
    "autocomplete of people": (
        command(option("who", 6, autocomplete=True)),
        "options.0.autocomplete [APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_TYPE]",
    ),
    "bounds crossed": (
        command(option("days", 4, min_value=3, max_value=2)),
        "options.0.min_value [APPLICATION_COMMAND_OPTION_MIN_VALUE_INVALID]",
    ),
    "an unknown language": (
        command(description_localizations={"nl-NL": "x"}),
        "description_localizations.nl-NL [BASE_TYPE_CHOICES]",
    ),
    "long Dutch": (
        command(description_localizations={"nl": "x" * 101}),
        "description_localizations.nl [BASE_TYPE_BAD_LENGTH]",
    ),
    "a description on a menu": (
        {"name": "Keep", "type": 3, "description": "Keeps it"},
        "description [APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED]",
    ),
    "options on a menu": (
        {"name": "Keep", "type": 2, "options": [option()]},
        "options [APPLICATION_COMMAND_OPTIONS_NOT",
    ),
    "an unknown place": (command(contexts=[3]), "contexts.0 [BASE_TYPE_CHOICES]"),
    "permissions in words": (command(default_member_permissions="manage"), "default_member_permissions [NUMBER_TYPE"),
    "8,001 characters": (
        command(*(option(f"o{n}", choices=[choice("x" * 100, "x" * 100) for _ in range(4)]) for n in range(10))),
        "[APPLICATION_COMMAND_TOO_LARGE] Command exceeds maximum size (8000)",
    ),
}


@pytest.mark.parametrize("body", TAKEN.values(), ids=TAKEN)
def test_taken(body: Json) -> None:
    assert command_faults(body) == {}


@pytest.mark.parametrize(("body", "fault"), REFUSED.values(), ids=REFUSED)
def test_refused(body: Json, fault: str) -> None:
    assert any(each.startswith(fault) for each in flat(command_faults(body))), flat(command_faults(body))


def test_the_longest_language_counts() -> None:
    """https://docs.discord.com/developers/interactions/application-commands#slash-commands"""
    given = {"name": "ab", "description": "abc", "description_localizations": {"nl": "abcde", "fr": "a"}}
    assert size(given) == 7
    told = {**option("ab", description="abc"), "choices": [choice("value", "n")]}
    assert size({**given, "options": [told]}) == 7 + 5 + 6


def test_faults_in_a_list_are_named_by_place() -> None:
    fine = command()
    assert commands_faults([fine, {"name": "kring", "type": 3}]) == {}
    assert list(commands_faults([fine, command(name="A")])) == ["1"]
    said = {"code": "APPLICATION_COMMANDS_DUPLICATE_NAME", "message": "Application command names must be unique"}
    assert commands_faults([fine, fine]) == {"1": {"_errors": [said]}}


def test_how_many() -> None:
    """https://docs.discord.com/developers/interactions/application-commands#registering-a-command"""
    menus = [{"name": f"Menu {n}", "type": 3} for n in range(15)]
    chats = [command(name=f"c{n}") for n in range(100)]
    assert too_many([*menus, *chats]) is None
    assert too_many([*menus, {"name": "More", "type": 3}]) == 15
    assert too_many([*chats, command(name="more")]) == 100
