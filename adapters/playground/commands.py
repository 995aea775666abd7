"""Commands as the page offers them, and the people named in what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from adapters.playground.model import Somebody
from adapters.playground.room import Room
from bot.chat.commands import Command
from bot.texts.catalogue import Words, _

SHORTCUTS = {"keep": _("Keep as know-how")}
"""The menu of a message: the shortcut's name and what it is called."""


def mentioned(room: Room, who: Somebody, text: str) -> str:
    """The text with every `@Name` of somebody in the person's space as `<@id>`; `@everyone` stays what it is."""
    names: dict[str, str] = {}
    for each in room.people.values():
        if each.space == who.space and not each.gone:
            names[each.name.lower()] = names[each.id] = each.id
    first = [each.name.split()[0].lower() for each in room.people.values() if each.space == who.space and not each.gone]
    for name, id_ in list(names.items()):
        short = name.split()[0]
        if first.count(short) == 1:
            names.setdefault(short, id_)
    if not names:
        return text
    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w<])@({'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)
    return pattern.sub(lambda found: f"<@{names[found.group(1).lower()]}>", text)


def offered(commands: Iterable[Command], words: Words) -> list[dict[str, Any]]:
    """For completion and help, in the reader's language; what is typed is English everywhere."""
    return [
        {
            "name": command.name,
            "usage": command.usage(),
            "about": words.label(command.about),
            "who": command.who,
            "options": [
                {
                    "name": option.name,
                    "about": words.label(option.about),
                    "kind": option.kind,
                    "required": option.required,
                    "choices": list(option.choices),
                    "rest": option.rest,
                }
                for option in command.options
            ],
        }
        for command in commands
    ]
