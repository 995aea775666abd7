"""Writes the pages of docs/reference/ that are made from the code: `python -m docs.generate`.

A test compares them, so they cannot fall behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args, get_origin

from bot.chat.capabilities import DISCORD, PLAYGROUND, SLACK
from bot.chat.commands import Command
from bot.community.privacy import KEPT
from bot.errors import SettingsFault
from bot.features import gather
from bot.loading import load
from bot.settings import keys, secrets, sections, variable
from bot.texts.catalogue import words_in
from docs import meanings
from docs.formats import formats
from docs.limits import own
from docs.platforms import discord_permissions, slack_scopes
from docs.states import states
from docs.writing import MADE, code, coded, sentence, table

HERE = Path(__file__).parent / "reference"
WRONG = "[database]\nredaers = 3\n[log]\nlevel = 5\n"
"""Settings with two faults."""


# -- commands


def commands() -> str:
    """Every command with its options, in both languages."""
    lines = [MADE, "# Commands", meanings.COMMANDS]
    known = sorted(gather().offered.commands, key=lambda command: command.path)
    for noun, group in groupby(known, key=lambda command: command.path[:1]):
        lines.append(f"## {noun[0] if noun else '/kring alone'}\n")
        for command in group:
            lines += _command(command)
    return "\n".join(lines)


def _command(command: Command) -> Iterator[str]:
    english, dutch = words_in("en"), words_in("nl")
    yield f"### `{command.usage()}`\n"
    about = sentence(english.label(command.about))
    yield f"{about}{meanings.WHO[command.who]} · *{sentence(dutch.label(command.about))}*\n"
    if command.aliases:
        yield f"Also: {code(' '.join(('/kring', *alias)) for alias in command.aliases)}\n"
    if command.options:
        rows = [
            (
                f"`{option.name}`",
                english.label(option.about) + (f" ({code(option.choices)})" if option.choices else ""),
                dutch.label(option.about),
            )
            for option in command.options
        ]
        yield from table(("option", "what", "wat"), rows)


# -- settings


def settings() -> str:
    lines = [MADE, "# Settings", meanings.SETTINGS]
    for name, model in sections().items():
        lines += [f"## [{name}]\n", f"{model.__doc__}\n"]
        defaults = model()
        rows = []
        for key in keys(name):
            field = model.model_fields[key]
            given = get_args(field.annotation) if get_origin(field.annotation) else ()
            choices = f" One of {code(given)}." if given else ""
            default = getattr(defaults, key)
            rows.append(
                (
                    f"`{key}`",
                    f"`{default}`" if default != "" else "none",
                    f"{field.description}{choices}",
                    f"`{variable(name, key)}`",
                )
            )
        lines += table(("key", "default", "what it means", "in the environment"), rows)
    lines += [
        "## Secrets",
        meanings.SECRETS,
        *table(("in the environment", "what it means"), coded({variable(*path): what for path, what in secrets()})),
        "## When something is wrong",
        meanings.FAULTS,
        f"```\n{_faults(WRONG)}```\n",
    ]
    return "\n".join(lines)


def _faults(file: str) -> str:
    """What Kring says about this config.toml."""
    with TemporaryDirectory() as folder:
        config = Path(folder) / "config.toml"
        config.write_text(file, "utf-8")
        try:
            load(config, {})
        except SettingsFault as fault:
            lines = [f"The settings are not right yet ({len(fault.faults)} faults):", *fault.faults]
            return "\n  ".join(lines) + "\n"
    raise ValueError("there is nothing wrong with this file")


# -- what is stored


def stored() -> str:
    """Every column of every table with the reason it is there."""
    lines = [MADE, "# What is stored, and why", meanings.STORED]
    features = {kept.feature: None for kept in KEPT.values()}
    for feature in sorted(features, key=lambda name: (name in ("house", "playground"), name)):
        lines.append(f"## {feature}\n")
        for name, kept in sorted(KEPT.items()):
            if kept.feature != feature:
                continue
            closed = kept.closed.split()
            rows = [
                (", ".join(f"`{each}`" + (" 🔒" if each in closed else "") for each in columns.split()), why)
                for columns, why in kept.columns.items()
            ]
            lines += [f"### {name}\n", f"Until {kept.until}.\n", *table(("field", "what for"), rows)]
    return "\n".join(lines)


# -- limits


def limits() -> str:
    """Kring's own limits, and what each platform can show."""
    names = list(SLACK.__dataclass_fields__)
    lines = [MADE, "# Limits\n"]
    for title, rows in own():
        lines += [f"## {title}\n", *table(("what", "limit"), rows)]
    lines += [
        "## What platforms can show",
        meanings.PLATFORMS,
        *table(
            ("", "Slack", "Discord", "playground"),
            [
                (meanings.CAPABILITIES[name], *(_shown(getattr(each, name)) for each in (SLACK, DISCORD, PLAYGROUND)))
                for name in names
            ],
        ),
    ]
    return "\n".join(lines)


def _shown(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else f"{value:,}"


PAGES = {
    "commands.md": commands,
    "formats.md": formats,
    "round-states.md": states,
    "settings.md": settings,
    "slack-scopes.md": slack_scopes,
    "discord-permissions.md": discord_permissions,
    "stored.md": stored,
    "limits.md": limits,
}


def made(name: str) -> str:
    """The whole text of one page."""
    return PAGES[name]().rstrip() + "\n"


if __name__ == "__main__":
    for page in PAGES:
        (HERE / page).write_text(made(page), "utf-8")
