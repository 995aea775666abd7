"""Writes the pages of docs/reference/ that are made from the code: `python -m docs.generate`.

A test compares them, so they cannot fall behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
from bot.rounds.formats import shipped
from bot.rounds.script import Format, Step
from bot.settings import keys, secrets, sections, variable
from bot.texts.catalogue import words_in
from docs import meanings
from docs.limits import own
from docs.platforms import discord_permissions, slack_scopes
from docs.writing import MADE, sentence, table

HERE = Path(__file__).parent / "reference"
WRONG = "[database]\nredaers = 3\n[log]\nlevel = 5\n"
"""Settings with two faults."""


def code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def coded(meaning: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((f"`{key}`", about) for key, about in meaning.items())


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


# -- formats


def formats() -> str:
    """Every format with its steps, and what a format file may hold."""
    lines = [
        MADE,
        "# Dialogue formats",
        meanings.FORMATS,
        *table(
            ("format", "", "people", "your time", "over"),
            [
                (
                    f"[`{each.id}`](#{each.id})",
                    f"{each.name['en']} / {each.name['nl']}",
                    f"{each.size.min} to {each.size.max}, best {each.size.best[0]} to {each.size.best[1]}",
                    f"{each.effort.async_minutes} minutes; live {each.effort.live_minutes}",
                    f"{each.effort.async_days} days",
                )
                for _, each in sorted(shipped().items())
            ],
        ),
        meanings.STEPS.lstrip(),
        *table(("mode of a step", "what happens"), coded(meanings.MODES)),
    ]
    for _, each in sorted(shipped().items()):
        lines += _format(each)
    lines += [
        "## Write your own",
        meanings.WRITE_YOUR_OWN,
        *table(
            ("key", "what it means"),
            coded(meanings.FORMAT_KEYS),
        ),
    ]
    return "\n".join(lines)


def _format(script: Format) -> Iterator[str]:
    yield f"## {script.id}\n"
    yield f"**{script.name['en']}**. {script.blurb['en']} {script.purpose}\n"
    yield f"***{script.name['nl']}**. {script.blurb['nl']}*\n"
    yield from table(
        ("step", "how", "open", "asks", "vraagt"),
        [(f"`{step.key}`", _how(step), _open(step), step.prompt["en"], step.prompt["nl"]) for step in script.steps],
    )
    if script.roles:
        roles = " and ".join(f"a {role.name['en']} / {role.name['nl']}" for role in script.roles)
        yield f"Somebody is drawn as {roles}.\n"
    if script.late_join_until:
        yield f"People can join until `{script.late_join_until}`.\n"


def _how(step: Step) -> str:
    parts = [f"`{step.mode}`"]
    if step.vote is not None:
        parts.append(step.vote.kind + (f" ({step.vote.per_person})" if step.vote.kind == "dots" else ""))
    if step.reveal == "together":
        parts.append("revealed together")
    if step.anonymous == "optional":
        parts.append("can be without names")
    if step.floor == "contributors":
        parts.append("only those quoted")
    return ", ".join(parts)


def _open(step: Step) -> str:
    turn = f", a turn {step.turn_async_h:g} h or {step.turn_sync_min:g} min" if step.mode == "turns" else ""
    return f"{step.async_h:g} h; live {step.sync_min:g} min{turn}"


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
