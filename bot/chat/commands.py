"""One definition of a command: for Discord's payload, Slack's manifest, the parser, help and the docs."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from bot.chat.text import stripped

Who = Literal["member", "facilitator", "host"]


@dataclass(frozen=True, slots=True)
class Option:
    """`about` is an English text that the catalogue translates. `rest` takes all words that are left.

    Kinds: `word`, `text` (may hold spaces), `number` (whole, positive), `person` (a mention),
    `choice` (one of `choices`). `source` names a list to choose from while somebody types (`bot.context.Feature`);
    anything else may be given, too.
    """

    name: str
    about: str
    kind: Literal["word", "text", "number", "person", "choice"] = "word"
    required: bool = False
    choices: tuple[str, ...] = ()
    rest: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """`path` is what is typed behind `/kring`: (`round`, `start`). A command that `looks` changes nothing."""

    path: tuple[str, ...]
    about: str
    options: tuple[Option, ...] = ()
    who: Who = "member"
    looks: bool = False
    aliases: tuple[tuple[str, ...], ...] = ()

    @property
    def name(self) -> str:
        return " ".join(self.path)

    def usage(self) -> str:
        """Such as `/kring round start <format> [topic]`."""
        parts = [f"<{o.name}>" if o.required else f"[{o.name}]" for o in self.options]
        return " ".join(["/kring", *self.path, *parts])


def fitting(named: Iterable[tuple[str, str]], typed: str) -> list[tuple[str, str]]:
    """Of values, each with what it is called, those that have what was typed; first those that are called so."""
    typed = typed.casefold()
    found = [(value, name) for value, name in named if typed in f"{value} {name}".casefold()]
    return sorted(found, key=lambda one: not one[1].casefold().startswith(typed))


@dataclass(frozen=True, slots=True)
class Given:
    """The options of one call, checked. A person is the account's id in the space of the call."""

    values: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def number(self, name: str) -> int | None:
        value = self.values.get(name)
        return None if value is None else int(value)


@dataclass(frozen=True, slots=True)
class Unknown:
    """No such command. `nearest` is the closest one there is, or None."""

    typed: str
    nearest: Command | None


@dataclass(frozen=True, slots=True)
class Misused:
    """The command is known, one option is not as it should be."""

    command: Command
    option: str
    fault: Literal["missing", "not_a_number", "not_a_choice", "not_a_person", "too_much"]
    typed: str = ""


Parsed = tuple[Command, Given] | Unknown | Misused


def split(text: str) -> list[str]:
    """Words as typed; what stands between quotes is one word. Curly quotes count as quotes; a lone one is a letter."""
    for curly, straight in (("“", '"'), ("”", '"'), ("„", '"')):
        text = text.replace(curly, straight)
    lexer = shlex.shlex(text, posix=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    lexer.quotes = '"'
    lexer.escape = ""
    try:
        return list(lexer)
    except ValueError:
        return text.replace('"', " ").split()


def parse(text: str, options: Mapping[str, str], commands: Iterable[Command]) -> Parsed:
    """The command that `text` calls, with its checked options, or what is wrong with it.

    `options` are values that the platform has taken apart already; they win over words in the text.
    """
    typed = split(text)
    table = {path: command for command in commands for path in (command.path, *command.aliases)}
    lowered = tuple(word.lower() for word in typed[:3])
    for length in range(min(3, len(typed)), -1, -1):
        command = table.get(lowered[:length])
        if command is not None and (length or not typed):
            return _options(command, typed[length:], options)
    wanted = " ".join(lowered[:2])
    names = {" ".join(path): command for path, command in table.items() if path}
    near = get_close_matches(wanted, names, n=1, cutoff=0.5) or get_close_matches(lowered[0], names, n=1, cutoff=0.5)
    if not near:
        near = [name for name in names if name.startswith(lowered[0] + " ")][:1]
    return Unknown(wanted, names[near[0]] if near else None)


def _options(command: Command, typed: list[str], given: Mapping[str, str]) -> Parsed:
    values = {name: value for name, value in given.items() if stripped(value)}  # what nobody can see was not given
    loose = [word for word in _named(command, typed, values) if stripped(word)]
    for option in command.options:
        if option.name in values or not loose:
            continue
        if option.rest:
            values[option.name], loose = " ".join(loose), []
        elif option.required or _fits(option, loose[0]):
            values[option.name] = loose.pop(0)
    if loose:
        return _misfit(command, loose, values)
    for option in command.options:
        if option.name not in values:
            if option.required:
                return Misused(command, option.name, "missing")
            continue
        checked = _checked(option, values[option.name])
        if isinstance(checked, str):
            values[option.name] = checked
        else:
            return Misused(command, option.name, checked[0], values[option.name])
    return command, Given(values)


def _misfit(command: Command, loose: list[str], values: Mapping[str, str]) -> Misused:
    """Words that went nowhere. A single one was meant for the first option that takes only certain words."""
    for option in command.options:
        if len(loose) == 1 and option.name not in values and not isinstance(checked := _checked(option, loose[0]), str):
            return Misused(command, option.name, checked[0], loose[0])
    return Misused(command, "", "too_much", " ".join(loose))


def _named(command: Command, typed: list[str], values: dict[str, str]) -> list[str]:
    """Takes `name=value` out of the words; returns the words that are left. `--name value` works too."""
    names = {option.name for option in command.options}
    loose: list[str] = []
    waiting = ""
    for word in typed:
        name, equals, value = word.partition("=")
        name = name.lower()
        if waiting:
            values.setdefault(waiting, word)
            waiting = ""
        elif equals and name.removeprefix("--") in names:
            if stripped(value):
                values.setdefault(name.removeprefix("--"), value)
        elif name.startswith("--") and name[2:] in names:
            waiting = name[2:]
        else:
            loose.append(word)
    return loose


def _fits(option: Option, word: str) -> bool:
    return isinstance(_checked(option, word), str)


def _checked(option: Option, value: str) -> str | tuple[Literal["not_a_number", "not_a_choice", "not_a_person"]]:
    match option.kind:
        case "number":
            digits = value.rstrip("hdHD")
            return digits if digits.isascii() and digits.isdigit() and len(digits) < 7 else ("not_a_number",)
        case "choice":
            return value.lower() if value.lower() in option.choices else ("not_a_choice",)
        case "person":
            if value.startswith("<@") and value.endswith(">"):
                return value[2:-1].lstrip("!").partition("|")[0]
            return ("not_a_person",)
        case "word" | "text":
            return value
