"""The record of a round to take along: as Markdown for people, and as JSON for programs. The same things in both."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from bot.chat.text import words as bare
from bot.rounds.model import Round
from bot.rounds.objections import Voiced
from bot.rounds.record import Kept, Record
from bot.rounds.record_page import becomes_of_it, called, facts, task_name, took
from bot.rounds.task import Task
from bot.rounds.wording import People, bare_name, format_name, prompt
from bot.texts.catalogue import Words as Language

_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")
_LINE = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))", re.MULTILINE)


def markdown(language: Language, round_: Round, record: Record, people: People) -> str:
    """One page. What people wrote is no markup in it."""
    chapters = [
        f"# {_safe(called(language, round_))}",
        "\n".join(f"- **{_safe(label)}:** {_safe(bare(value))}" for label, value in facts(language, round_)),
    ]
    if record.steps:
        asks = [_line(bare(prompt(language, round_, step, people, in_all=True))) for step in record.steps]
        steps = "\n".join(f"{number}. {_safe(ask)}" for number, ask in enumerate(asks, 1))
        chapters += [_chapter(language.label("What we went through:")), steps]
    if record.kept:
        chapters.append(_chapter(language.label("Kept, with the yes of those who said it:")))
        chapters += [_quoted(one.body, _author(language, one, people)) for one in record.kept]
    if record.ask:
        names = language.names(bare_name(language, people, person) for person in record.ask)
        chapters.append(_safe(language.label("You may ask about it: {people}", people=names)))
    if record.took:
        chapters.append(_chapter(language.label("Taken on by:")))
        who = took(language, round_, record, people)
        chapters.append("\n".join(f"- **{_safe(role)}:** {_safe(bare(names))}" for role, names in who))
    for task in record.gifts:
        chapters += [_chapter(task_name(language, task.kind)), _quoted(task.words, _giver(language, task, people))]
    if record.objections:
        chapters.append(_chapter(language.label("Objections, and what became of them:")))
    for one in record.objections:
        words = one.words or language.label("An objection, without words")
        chapters += [_quoted(words, _objector(language, one, people)), _safe(_becomes(language, one, people))]
    for space, n in record.elsewhere:
        stays = language.counted(
            "{n} thing that was kept stays in {space}.", "{n} things that were kept stay in {space}.", n, space=space
        )
        chapters.append(_safe(stays))
    return "\n\n".join(chapters) + "\n"


def as_json(language: Language, round_: Round, record: Record, people: People) -> str:
    """The same; times in UTC, keys in English."""
    content: dict[str, Any] = {
        "round": f"R-{round_.number}" if round_.number else None,
        "format": round_.format.id,
        "format_name": format_name(language, round_.format),
        "question": round_.topic,
        "language": round_.language,
        "began": _moment(round_.began_at),
        "ended": _moment(round_.ended_at),
        "state": round_.state,
        "spoke": len(round_.speakers),
        "listened": len(round_.listeners),
        "spaces": [home.name for home in round_.homes] if round_.several else [],
        "steps": [
            {"step": round_.steps[step].script.key, "asks": bare(prompt(language, round_, step, people, in_all=True))}
            for step in record.steps
        ],
        "kept": [
            {
                "step": round_.steps[one.step].script.key,
                "words": one.body,
                "fields": dict(one.fields),
                "by": _author(language, one, people) or None,
            }
            for one in record.kept
        ],
        "may_be_asked": [bare_name(language, people, person) for person in record.ask],
        "from_listeners": [
            {"task": task.kind, "words": task.words, "by": _giver(language, task, people) or None}
            for task in record.gifts
        ],
        "objections": [
            {
                "step": round_.steps[one.step].script.key,
                "words": one.words,
                "by": _objector(language, one, people) or None,
                "taken_up_by": bare_name(language, people, one.task.person) if one.task is not None else None,
                "until": _moment(one.task.remind_at) if one.task is not None else None,
                "what_they_do": one.task.words if one.task is not None else None,
            }
            for one in record.objections
        ],
        "taken_on": {key: [bare_name(language, people, person) for person in who] for key, who in record.took},
        "look_day": _moment(round_.look_at),
        "went_on_in": f"R-{round_.went_on}" if round_.went_on is not None else None,
        "kept_elsewhere": dict(record.elsewhere),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _author(language: Language, one: Kept, people: People) -> str:
    return bare_name(language, people, one.author) if one.author is not None else ""


def _giver(language: Language, task: Task, people: People) -> str:
    return bare_name(language, people, task.person) if task.named and task.person else ""


def _objector(language: Language, one: Voiced, people: People) -> str:
    return bare_name(language, people, one.author) if one.author is not None else ""


def _becomes(language: Language, one: Voiced, people: People) -> str:
    if one.task is None:
        return language.label("Nobody has taken it up.")
    return bare(becomes_of_it(language, one.task, one.words, people))


def _chapter(label: str) -> str:
    return f"## {_safe(label.rstrip(':'))}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str, who: str) -> str:
    lines = [f"> {line}" if line else ">" for line in _safe(text).splitlines()]
    return "\n".join([*lines, ">", f"> {_safe(who)}"] if who else lines)


def _safe(text: str) -> str:
    return _LINE.sub(r"\1\\\2", _MARKS.sub(r"\\\1", text))
