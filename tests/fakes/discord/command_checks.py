"""Whether Discord takes an application command. What it does not take comes back in Discord's nested form.

https://docs.discord.com/developers/interactions/application-commands#application-command-object, as of 2026-11-26.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.fakes.discord.form_checks import (
    Check,
    Fault,
    Json,
    Path,
    Shape,
    boolean,
    many,
    nested,
    number,
    one_of,
    string,
)

CHAT, USER, MESSAGE = 1, 2, 3
SUB_COMMAND, GROUP, STRING, INTEGER, BOOLEAN, PERSON, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(1, 12)
MOST = {CHAT: 100, USER: 15, MESSAGE: 15}
"""How many there may be of each, globally and again per server."""
MOST_CHARACTERS = 8000
SAFE = 2**53 - 1
# https://docs.discord.com/developers/reference#locales
NORTH_AND_WEST = ("da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "it", "nl", "no", "pt-BR", "fi", "sv-SE")
ELSEWHERE = ("id", "hr", "lt", "hu", "pl", "ro", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "ja", "ko")
LOCALES = frozenset((*NORTH_AND_WEST, *ELSEWHERE, "zh-CN", "zh-TW"))


def _letter(each: str) -> bool:
    if each in "-_'" or unicodedata.category(each)[0] in "LN":
        return True
    return "\u0900" <= each <= "\u097f" or "\u0e00" <= each <= "\u0e7f"  # Devanagari, Thai


def name(value: Any, path: Path) -> Iterator[Fault]:
    """`^[-_'\\p{L}\\p{N}\\p{sc=Deva}\\p{sc=Thai}]{1,32}$`, and lower case where there is one:
    https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming
    """
    wrong = list(string(32, 1)(value, path))
    yield from wrong
    if not wrong and (not all(map(_letter, value)) or value != value.lower()):
        yield Fault(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


DESCRIPTION = string(100, 1)


def _translated(check: Check) -> Check:
    def check_all(value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
            return
        for locale, words in value.items():
            here = (*path, str(locale))
            if locale not in LOCALES:
                yield from one_of(*sorted(LOCALES))(locale, here)
            elif words is not None:
                yield from check(words, here)

    return check_all


def choice(kind: int) -> Check:
    value = {STRING: string(100, 1), INTEGER: number(-SAFE, SAFE), NUMBER: number(-SAFE, SAFE, whole=False)}[kind]
    named = string(100, 1)
    return Shape({"name": named, "value": value}, {"name_localizations": _translated(named)}).check


def _bounds(option: Json, path: Path) -> Iterator[Fault]:
    for low, high in (("min_value", "max_value"), ("min_length", "max_length")):
        if None not in (option.get(low), option.get(high)) and option[low] > option[high]:
            words = f"{low} is above {high}"
            yield Fault((*path, low), f"APPLICATION_COMMAND_OPTION_{low.upper()}_INVALID", words)
    if option.get("autocomplete") and option.get("choices"):
        # "autocomplete may not be set to true if choices are present"
        words = "Autocomplete options cannot have choices"
        yield Fault((*path, "autocomplete"), "APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_CHOICES", words)
    if option.get("autocomplete") and option["type"] not in (STRING, INTEGER, NUMBER):
        words = "Autocomplete is for string, integer and number options"
        yield Fault((*path, "autocomplete"), "APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_TYPE", words)


def _of_type(kind: int) -> dict[str, Check]:
    if kind == STRING:
        return {"choices": many(choice(kind), 25), "min_length": number(0, 6000), "max_length": number(1, 6000)}
    if kind in (INTEGER, NUMBER):
        value = number(-SAFE, SAFE, whole=kind == INTEGER)
        return {"choices": many(choice(kind), 25), "min_value": value, "max_value": value}
    return {"channel_types": many(number(0, 16))} if kind == CHANNEL else {}


NAMED: dict[str, Check] = {"name": name, "description": DESCRIPTION}
TRANSLATED: dict[str, Check] = {
    "name_localizations": _translated(name),
    "description_localizations": _translated(DESCRIPTION),
}
PARAMETERS: dict[int, Shape] = {
    kind: Shape(NAMED, {**TRANSLATED, "required": boolean, "autocomplete": boolean, **_of_type(kind)}, _bounds)
    for kind in range(STRING, ATTACHMENT + 1)
}


def _option(depth: int) -> Check:
    """One nesting within a group is the only one: `depth` 0 is directly under the command."""

    def check(value: Any, path: Path) -> Iterator[Fault]:
        kind = value.get("type") if isinstance(value, dict) else None
        nests = {0: {SUB_COMMAND, GROUP}, 1: {SUB_COMMAND}, 2: set()}[depth]
        known = set(PARAMETERS) | nests if depth != 1 else nests
        if not isinstance(kind, int) or kind not in known:
            told = ", ".join(map(str, sorted(known)))
            yield Fault((*path, "type"), "BASE_TYPE_CHOICES", f"Value must be one of {{{told}}}.")
        elif kind == GROUP:
            yield from Shape({**NAMED, "options": options(1)}, TRANSLATED).check(value, path)
        elif kind == SUB_COMMAND:
            yield from Shape(NAMED, {**TRANSLATED, "options": options(2)}).check(value, path)
        else:
            yield from PARAMETERS[kind].check(value, path)

    return check


def options(depth: int) -> Check:
    def check(value: Any, path: Path) -> Iterator[Fault]:
        wrong = list(many(_option(depth), 25)(value, path))
        yield from wrong
        if not wrong:
            yield from _together(value, path)

    return check


def _together(given: list[Json], path: Path) -> Iterator[Fault]:
    nesting = [each["type"] in (SUB_COMMAND, GROUP) for each in given]
    if any(nesting) and not all(nesting):
        words = "Sub-command and sub-command group option types are mutually exclusive to all other types"
        yield Fault(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", words)
    optional = False
    names: set[str] = set()
    for index, each in enumerate(given):
        here = (*path, str(index))
        if each.get("required") and optional:
            words = "Required options must be placed before non-required options"
            yield Fault(here, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", words)
        optional = optional or not each.get("required")
        if each["name"] in names:
            yield Fault((*here, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED", "Option name already exists")
        names.add(each["name"])
    yield from _translated_names(given, path)


def _translated_names(given: list[Json], path: Path) -> Iterator[Fault]:
    """ "distinct from all other default option names … as well as all other option names within that locale"."""
    for index, each in enumerate(given):
        others = [other for other in given if other is not each]
        for locale, told in (each.get("name_localizations") or {}).items():
            taken = {other["name"] for other in others}
            taken |= {(other.get("name_localizations") or {}).get(locale) for other in others}
            if told in taken:
                where = (*path, str(index), "name_localizations", locale)
                yield Fault(where, "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED", "Option name already exists")


def _bits(value: Any, path: Path) -> Iterator[Fault]:
    if not str(value).isdigit():
        yield Fault(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')


EVERY: dict[str, Check] = {
    "type": one_of(CHAT, USER, MESSAGE),
    "default_member_permissions": _bits,
    "dm_permission": boolean,
    "nsfw": boolean,
    "integration_types": many(one_of(0, 1), None, 1),
    "contexts": many(one_of(0, 1, 2), None, 1),
}
SLASH = Shape(NAMED, {**TRANSLATED, "options": options(0), **EVERY})


def _only_a_name(command: Json, path: Path) -> Iterator[Fault]:
    """ "The description field is not allowed when creating message commands"; options are for slash commands."""
    for field in ("description", "options"):
        if command.get(field):
            words = f"Context menu commands cannot have {field}"
            yield Fault((*path, field), f"APPLICATION_COMMAND_{field.upper()}_NOT_ALLOWED", words)


MENU = Shape({"name": string(32, 1)}, {"name_localizations": _translated(string(32, 1)), **EVERY}, _only_a_name)


def size(command: Json) -> int:
    """Characters of names, descriptions and values, of the longest language each:
    https://docs.discord.com/developers/interactions/application-commands#slash-commands"""
    total = 0
    for field in ("name", "description"):
        told = [command.get(field), *(command.get(f"{field}_localizations") or {}).values()]
        total += max(len(each or "") for each in told)
    for one in command.get("choices") or ():
        names = [one["name"], *(one.get("name_localizations") or {}).values()]
        total += max(len(each or "") for each in names) + len(str(one["value"]))
    return total + sum(map(size, command.get("options") or ()))


def command_faults(command: Any) -> Json:
    """What Discord has against one command, nested per field; empty when it takes it."""
    return nested(_faults(command, ()))


def commands_faults(commands: Any) -> Json:
    """The same for a whole list (bulk overwrite): `{"0": {"options": …}}`."""

    def each(value: Any, path: Path) -> Iterator[Fault]:
        return _faults(value, path)

    wrong = list(many(each)(commands, ()))
    return nested(wrong or _same_names(commands))


def _faults(command: Any, path: Path) -> Iterator[Fault]:
    shape = MENU if isinstance(command, Mapping) and command.get("type") in (USER, MESSAGE) else SLASH
    wrong = list(shape.check(command, path))
    yield from wrong
    if not wrong and size(command) > MOST_CHARACTERS:
        words = f"Command exceeds maximum size ({MOST_CHARACTERS})"
        yield Fault(path, "APPLICATION_COMMAND_TOO_LARGE", words)


def _same_names(commands: Iterable[Json]) -> Iterator[Fault]:
    seen: set[tuple[int, str]] = set()
    for index, each in enumerate(commands):
        key = (each.get("type") or CHAT, each["name"])
        if key in seen:
            words = "Application command names must be unique"
            yield Fault((str(index),), "APPLICATION_COMMANDS_DUPLICATE_NAME", words)
        seen.add(key)


def too_many(commands: Iterable[Json]) -> int | None:
    """The bound that is passed: `30032 Maximum number of application commands reached (100)`."""
    kinds = [each.get("type") or CHAT for each in commands]
    return next((most for kind, most in MOST.items() if kinds.count(kind) > most), None)
