"""Kring's commands as Discord offers them: one `/kring` with a group for each noun, a subcommand for each verb.

    payload(commands) -> list of application commands, for the bulk overwrite
    called(data) -> (text, options) of a `CommandCalled`, from the `data` of an interaction of type 2
    asked(data) -> Asked, from the `data` of an interaction of type 4; suggestions(names) -> its choices
    shortcut(data) -> the name of a `ShortcutUsed`, from the `data` of a command in a message's menu
    spoken(text) -> a command as it is called on Discord: `/kring me` is `/kring me card` here, and `/kring help round`
        is `/kring help noun:round`

A noun cannot be called by itself where it has verbs too, nor `/kring` alone: those get a verb of their own (`BARE`).
What only hosts may do cannot be hidden from others: Discord gives permissions to a whole command, and there is one.
https://docs.discord.com/developers/interactions/application-commands (2026-11-26)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.discord import limits
from bot.chat.commands import Command, Option
from bot.chat.fit import cut
from bot.texts.catalogue import DEFAULT, LANGUAGES, _, words_in

Json = dict[str, Any]
Path = tuple[str, ...]

NAME = "kring"
ABOUT = _("Dialogue rounds, kept know-how, and newcomers who are not forgotten")
NOUNS = {
    "round": _("Dialogue rounds"),
    "knowhow": _("What people here know how to do"),
    "me": _("What I know about you, and what you can change"),
    "setup": _("For whoever administers this server"),
    "checkin": _("My check-ins with you, when you are new"),
    "buddy": _("Newcomers and their buddies"),
    "circle": _("Circles: six to ten people around a question"),
}
"""What each group of commands is about; Discord asks for it."""
BARE: Mapping[Path, Path] = {(): ("menu",), ("me",): ("me", "card"), ("setup",): ("setup", "wizard")}
"""What is called without a verb elsewhere, and what it is called here."""
_MEANT = {here: path for path, here in BARE.items()}
SHORTCUTS = {"keep": _("Keep as know-how")}
"""The menu of a message: the shortcut's name and what it is called. There is none in the menu of a person: nothing
that Kring does begins with somebody else's name."""

_CHAT, _MESSAGE = 1, 3
_SUBCOMMAND, _GROUP, _STRING, _INTEGER, _USER = 1, 2, 3, 4, 6
_GUILD, _WITH_KRING = 0, 1
_MOST = 999_999
"""The largest number that the parser of commands takes."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody is typing an option of a command: which, and its beginning."""

    command: str
    option: str
    typed: str


def payload(commands: Iterable[Command]) -> list[Json]:
    """All application commands, as `PUT /applications/{id}/commands` takes them."""
    options: list[Json] = []
    groups: dict[str, list[Json]] = {}
    commands = tuple(commands)
    nouns = {command.path[0] for command in commands if len(command.path) > 1}
    for command in commands:
        path = BARE.get(command.path, command.path)
        if len(path) == 1 and path[0] in nouns:
            raise ValueError(f"{command.usage()} needs a verb in BARE: Discord takes no noun that has verbs too")
        if len(path) == 1:
            options.append(_subcommand(path[0], command))
            continue
        if path[0] not in groups:
            groups[path[0]] = []
            about = NOUNS.get(path[0], path[0])
            options.append({"type": _GROUP, "name": path[0], **_about(about), "options": groups[path[0]]})
        groups[path[0]].append(_subcommand("-".join(path[1:]), command))
    common = {"integration_types": [0], "contexts": [_GUILD, _WITH_KRING]}
    slash = {"type": _CHAT, "name": NAME, **_about(ABOUT), **common, "options": options}
    return [slash, *({"type": _MESSAGE, **_named(name), **common, "contexts": [_GUILD]} for name in SHORTCUTS.values())]


# -- what was called


def called(data: Mapping[str, Any]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What stands behind `/kring` elsewhere, and the options by name. A person is `<@id>`, as the parser knows them."""
    path, given = _taken_apart(data)
    options = ((each["name"], _value(each)) for each in given)
    return " ".join(_MEANT.get(path, path)), tuple(options)


def shortcut(data: Mapping[str, Any]) -> str | None:
    """Which shortcut was used; None when it is none of ours. Discord names it by its English name."""
    return next((name for name, text in SHORTCUTS.items() if text == data.get("name")), None)


def asked(data: Mapping[str, Any]) -> Asked | None:
    """What somebody is typing; None when it is none."""
    path, given = _taken_apart(data)
    name = " ".join(_MEANT.get(path, path))
    for each in given:
        if each.get("focused"):
            return Asked(name, each["name"], str(each.get("value", "")))
    return None


def suggestions(names: Iterable[tuple[str, str]]) -> list[Json]:
    """The choices to show, in their order: values, each with what it is called. Discord takes 25, and no long value."""
    fitting = [(value, cut(label, limits.CHOICE)) for value, label in names if 0 < len(value) <= limits.CHOICE]
    return [{"name": label or value, "value": value} for value, label in fitting[: limits.COMMAND_OPTIONS]]


# -- how commands are named in what Kring says

FILLED_IN = {
    "/kring help": "noun",
    "/kring me link": "code",
    "/kring setup link": "code",
    "/kring round format": "what",
}
"""Commands that Kring's texts name with a value, and the option that it is for: Discord wants to hear which."""
_SPOKEN = {" ".join(("/kring", *path)): " ".join(("/kring", *here)) for path, here in BARE.items()}


def spoken(text: str) -> str:
    """A command in a text of Kring's, named as it can be called here; any other text as it is."""
    for command, option in FILLED_IN.items():
        value = text.removeprefix(f"{command} ")
        if value != text and value[:1] not in "<[":
            return f"{command} {option}:{value}"
    return _SPOKEN.get(text.strip(), text)


# -- inside


def _subcommand(name: str, command: Command) -> Json:
    """Discord wants the options that are needed before the others."""
    options = sorted(command.options, key=lambda option: not option.required)
    return {
        "type": _SUBCOMMAND,
        "name": name,
        **_about(command.about),
        "options": [_option(option) for option in options],
    }


def _option(option: Option) -> Json:
    made: Json = {"name": option.name, **_about(option.about), "required": option.required}
    match option.kind:
        case "number":
            return {"type": _INTEGER, **made, "min_value": 1, "max_value": _MOST}
        case "person":
            return {"type": _USER, **made}
        case "choice":
            return {"type": _STRING, **made, "choices": [{"name": each, "value": each} for each in option.choices]}
        case "word" | "text":
            return {"type": _STRING, **made, "autocomplete": bool(option.source)}


def _about(text: str) -> Json:
    return {
        "description": _sentence(words_in(DEFAULT).label(text)),
        "description_localizations": {
            each: _sentence(words_in(each).label(text)) for each in LANGUAGES if each != DEFAULT
        },
    }


def _named(text: str) -> Json:
    return {
        "name": cut(text, limits.COMMAND_NAME),
        "name_localizations": {
            each: cut(words_in(each).label(text), limits.COMMAND_NAME) for each in LANGUAGES if each != DEFAULT
        },
    }


def _sentence(text: str) -> str:
    """Beside a command, whoever wrote it: a capital, no full stop."""
    return cut((text[:1].upper() + text[1:]).removesuffix("."), limits.COMMAND_ABOUT)


def _taken_apart(data: Mapping[str, Any]) -> tuple[Path, Sequence[Mapping[str, Any]]]:
    """The words of the command, and its options."""
    path: list[str] = []
    inside: Sequence[Mapping[str, Any]] = data.get("options") or ()
    while inside and inside[0].get("type") in (_SUBCOMMAND, _GROUP):
        path.append(str(inside[0]["name"]))
        inside = inside[0].get("options") or ()
    return tuple(path), inside


def _value(option: Mapping[str, Any]) -> str:
    return f"<@{option['value']}>" if option["type"] == _USER else str(option["value"])
