"""Kring's commands and shortcuts as Slack offers them: one slash command, whose hint names what can follow it.

Slack has no menus of words behind a slash command: `/kring help` lists them, and a wrong word gets the nearest.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.chat.commands import Command

COMMAND = "/kring"
SHORTCUTS = {"keep": ("Keep as know-how", "Ask whoever wrote this whether Kring may keep it as know-how.")}
"""The menu of a message: the shortcut's name, what it is called, and what it does."""
LONGEST_HINT = 1000
"""https://docs.slack.dev/reference/app-manifest (2026-11-25)"""


def hint(commands: Iterable[Command]) -> str:
    """The nouns that can follow, each once and in the order of the features: `[help | round | find | …]`."""
    nouns = list(dict.fromkeys(command.path[0] for command in commands if command.path))
    hinted = f"[{' | '.join(nouns)}]"
    while len(hinted) > LONGEST_HINT:
        nouns.pop()
        hinted = f"[{' | '.join((*nouns, '…'))}]"
    return hinted


def slash(commands: Iterable[Command], request_url: str | None) -> dict[str, Any]:
    """The slash command. `should_escape` makes people and channels come as ids, which alone are unmistakable."""
    command: dict[str, Any] = {
        "command": COMMAND,
        "description": "Dialogue rounds, kept know-how, and newcomers who are not forgotten",
        "usage_hint": hint(commands),
        "should_escape": True,
    }
    return {"url": request_url, **command} if request_url else command


def shortcuts() -> list[dict[str, Any]]:
    return [
        {"name": name, "type": "message", "callback_id": callback, "description": about}
        for callback, (name, about) in SHORTCUTS.items()
    ]
