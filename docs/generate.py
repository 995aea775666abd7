"""Writes the pages of docs/reference/ that are made from the code: run `python docs/generate.py`.

A test compares them, so they cannot fall behind.
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from bot.chat.capabilities import DISCORD, PLAYGROUND, SLACK  # noqa: E402
from bot.community.privacy import purposes  # noqa: E402
from bot.features import gather  # noqa: E402
from bot.rounds.formats import load_all  # noqa: E402
from bot.settings import example  # noqa: E402
from bot.texts.catalogue import words_in  # noqa: E402

MADE = "<!-- Made by docs/generate.py; do not edit. -->\n"


def commands() -> str:
    """Every command with its options, in both languages."""
    english, dutch = words_in("en"), words_in("nl")
    lines = [
        MADE,
        "# Commands\n",
        "Typed behind `/kring`. Words in brackets may be left out; more words go between quotes.\n",
    ]
    known = sorted(gather().offered.commands, key=lambda command: command.path)
    for noun, group in groupby(known, key=lambda command: command.path[:1]):
        lines += [
            f"## {noun[0] if noun else '/kring alone'}\n",
            "| command | what it does | Nederlands | who |",
            "|---|---|---|---|",
        ]
        for command in group:
            about, over = english.label(command.about), dutch.label(command.about)
            lines.append(f"| `{command.usage()}` | {about} | {over} | {command.who} |")
        lines.append("")
    return "\n".join(lines)


def formats() -> str:
    """Every format with its steps."""
    lines = [MADE, "# Dialogue formats\n"]
    for script in sorted(load_all().values(), key=lambda script: script.id):
        lines += [
            f"## {script.name['en']} / {script.name['nl']} (`{script.id}`)\n",
            f"{script.blurb['en']}\n",
            f"*{script.blurb['nl']}*\n",
            f"{script.size.min} to {script.size.max} people. {script.effort['async']}; live {script.effort['live']}.\n",
            "| step | how | asks |",
            "|---|---|---|",
        ]
        lines += [f"| `{step.key}` | {step.mode} | {step.prompt['en']} |" for step in script.steps]
        lines.append("")
    return "\n".join(lines)


def settings() -> str:
    return f"{MADE}\n# Settings\n\n`config.toml`, or `KRING_…` in the environment.\n\n```toml\n{example()}```\n"


def stored() -> str:
    """Every column of every table with the reason it is there."""
    lines = [MADE, "# What is stored, and why\n"]
    for table, columns in groupby(sorted(purposes.items()), key=lambda entry: entry[0].partition(".")[0]):
        lines += [f"## {table}\n", "| field | why |", "|---|---|"]
        lines += [f"| `{name.partition('.')[2]}` | {why} |" for name, why in columns]
        lines.append("")
    return "\n".join(lines)


def limits() -> str:
    """What each platform can show; `fit` splits and pages by it."""
    names = list(SLACK.__dataclass_fields__)
    lines = [MADE, "# Limits of the platforms\n", "| | Slack | Discord | playground |", "|---|---|---|---|"]
    lines += [
        f"| {n.replace('_', ' ')} | {getattr(SLACK, n)} | {getattr(DISCORD, n)} | {getattr(PLAYGROUND, n)} |"
        for n in names
    ]
    return "\n".join(lines) + "\n"


PAGES = {
    "commands.md": commands,
    "formats.md": formats,
    "settings.md": settings,
    "stored.md": stored,
    "limits.md": limits,
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (HERE / "reference" / name).write_text(page().rstrip() + "\n", "utf-8")
