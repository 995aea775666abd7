"""A command as stories write it, filled in as Discord's client asks for it: each option by its name."""

from __future__ import annotations

from collections.abc import Iterable

from adapters.discord.commands import BARE
from bot.chat.commands import Command, parse

LONGEST_OPTION = 6_000
"""Letters that Discord's client takes in one option."""


def slash(text: str, commands: Iterable[Command]) -> tuple[str, dict[str, str]] | None:
    """What is called, and its options; None where Discord offers no such thing, so that it cannot be called."""
    match parse(text.strip().removeprefix("/kring"), {}, commands):
        case (command, given):
            path = BARE.get(command.path, command.path)
            words = [*path[:1], "-".join(path[1:])] if len(path) > 1 else [*path]
            return " ".join(["/kring", *words]), {name: value[:LONGEST_OPTION] for name, value in given.values.items()}
        case _:
            return None
