"""A round as rows and back. Each part of a round is one row of its own table, at a position.

Parts are read from JSON that the database makes of their rows: moments are texts there, and SQLite's booleans numbers.

What is private is closed by the cipher: answers until everybody may read them, ballots, and how an author would rather
say it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Table

from bot.chat.names import Channel, Space
from bot.chat.wire import from_json, to_json
from bot.rounds.group import Group
from bot.rounds.model import Asked, Home, Round, Seat, Settings
from bot.rounds.script import Format, Step
from bot.rounds.step_run import StepRun
from bot.rounds.task import Task
from storage import round_tables
from storage.said_rows import Cipher, Values, moment, read_contribution, read_vote, write_contribution, write_vote


@dataclass(frozen=True, slots=True)
class Part:
    """How one kind of part of a round is written and read."""

    table: Table
    of: Callable[[Round], Sequence[Any]]
    write: Callable[[Any, Cipher], Values]
    read: Callable[[Values, Cipher], Any]

    @property
    def columns(self) -> tuple[Column[Any], ...]:
        """What makes up the part, without whose it is and where it stands."""
        return tuple(column for column in self.table.c if not column.primary_key)


# -- the round itself

_SAME = (
    "number", "topic", "preset", "language", "facilitator", "state", "current", "created_at", "begins_at", "waited",
    "began_at", "offered_to", "early_by", "paused_at", "paused_until", "paused_from", "keep_until", "ended_at",
    "purge_at", "look_at", "went_on",
)  # fmt: skip
"""Columns that are called as in the model."""


def write_round(round_: Round) -> Values:
    """The round's own row, without its script."""
    asked = round_.asked
    return {name: getattr(round_, name) for name in _SAME} | {
        "ring": list(round_.ring) or None,
        "platform": round_.channel.space.platform,
        "space": round_.channel.space.id,
        "channel": round_.channel.id,
        "format": round_.format.id,
        "anonymous": round_.settings.anonymous,
        "sources": round_.settings.sources,
        "review": round_.settings.review,
        "paused_for": round_.paused_for or None,
        "asked_about": asked.about if asked else None,
        "asked_until": asked.until if asked else None,
        "asked_missed": asked.missed if asked else None,
    }


def write_script(format_: Format) -> str:
    return to_json(format_, Format)


def read_round(row: Any, parts: Mapping[str, Sequence[Any]]) -> Round:
    """The round of its row and of its parts by the name of their table, each in order."""
    return Round(
        id=row.round,
        community=row.community,
        channel=Channel(Space(row.platform, row.space), row.channel),
        format=_format(row.script),
        settings=Settings(row.anonymous, row.sources, row.review),
        asked=Asked(row.asked_about, row.asked_until, row.asked_missed) if row.asked_about else None,
        version=row.version,
        seats=tuple(parts["round_seats"]),
        homes=tuple(parts["round_homes"]),
        steps=tuple(parts["round_steps"]),
        groups=tuple(parts["round_groups"]),
        paused_for=row.paused_for or "",
        ring=tuple(row.ring or ()),
        contributions=tuple(parts["round_contributions"]),
        votes=tuple(parts["round_votes"]),
        tasks=tuple(parts["round_tasks"]),
        **{name: getattr(row, name) for name in _SAME},
    )


@lru_cache(maxsize=256)
def _format(script: str) -> Format:
    format_: Format = from_json(script, Format)
    return format_


# -- seats


def _write_seat(seat: Seat, _: Cipher) -> Values:
    return {
        "person": seat.person,
        "state": seat.state,
        "way": seat.way,
        "role": seat.role,
        "joined_step": seat.joined_step,
        "platform": seat.space.platform if seat.space else None,
        "space": seat.space.id if seat.space else None,
        "side": seat.side or None,
        "choose_until": seat.choose_until,
    }


def _read_seat(row: Values, _: Cipher) -> Seat:
    space = Space(row["platform"], row["space"]) if row["platform"] else None
    return Seat(
        row["person"],
        row["state"],
        row["way"],
        row["role"],
        row["joined_step"],
        space,
        row["side"] or "",
        moment(row["choose_until"]),
    )


# -- homes


def _write_home(home: Home, _: Cipher) -> Values:
    channel = home.channel
    where = {"platform": channel.space.platform, "space": channel.space.id, "channel": channel.id}
    return where | {"name": home.name, "state": home.state}


def _read_home(row: Values, _: Cipher) -> Home:
    return Home(Channel(Space(row["platform"], row["space"]), row["channel"]), row["name"], row["state"])


# -- steps

_PLAIN = ("state", "prompt", "holder", "silent_turns")
_MOMENTS = ("opened_at", "due_at", "nudge_at", "closed_at", "turn_due_at", "turn_nudge_at")
_LISTS = ("extended", "passed", "done", "more_time", "later", "hinted", "queue", "held", "asked_names")


def _write_step(run: StepRun, _: Cipher) -> Values:
    same = {name: getattr(run, name) for name in (*_PLAIN, *_MOMENTS, "word_offered")}
    lists = {name: list(getattr(run, name)) for name in _LISTS}
    place = {"run_of": run.of, "in_group": run.group, "lap": run.lap or None, "attempt": run.attempt or None}
    return same | lists | place | {"step_key": run.script.key, "script": _written(run.script)}


def _read_step(row: Values, _: Cipher) -> StepRun:
    moments: dict[str, Any] = {name: moment(row[name]) for name in _MOMENTS}
    return StepRun(
        script=_step(row["script"]),
        word_offered=bool(row["word_offered"]),
        of=row["run_of"],
        group=row["in_group"],
        lap=row["lap"] or "",
        attempt=row["attempt"] or 0,
        **{name: row[name] for name in _PLAIN},
        **moments,
        **{name: _people(row[name]) for name in _LISTS},
    )


def _people(value: str | list[str]) -> Any:
    """SQLite keeps a list as text."""
    if isinstance(value, str):
        return tuple(json.loads(value)) if value != "[]" else ()
    return tuple(value)


def _written(script: Step) -> str:
    return to_json(script, Step)


@lru_cache(maxsize=1024)
def _step(script: str) -> Step:
    step: Step = from_json(script, Step)
    return step


# -- groups


def _write_group(group: Group, _: Cipher) -> Values:
    return {"formed": group.formed, "members": list(group.members), "done": group.done, "over": group.over}


def _read_group(row: Values, _: Cipher) -> Group:
    return Group(row["formed"], _people(row["members"]), bool(row["done"]), bool(row["over"]))


# -- tasks


def _write_task(task: Task, cipher: Cipher) -> Values:
    same = {name: getattr(task, name) for name in ("person", "kind", "named", "given_at", "remind_at")}
    return same | {"task": task.id, "words": cipher.close(task.words)}


def _read_task(row: Values, cipher: Cipher) -> Task:
    return Task(
        id=row["task"],
        person=row["person"],
        kind=row["kind"],
        words=cipher.open(row["words"]),
        named=bool(row["named"]),
        given_at=moment(row["given_at"]),
        remind_at=moment(row["remind_at"]),
    )


PARTS = (
    Part(round_tables.seats, lambda round_: round_.seats, _write_seat, _read_seat),
    Part(round_tables.homes, lambda round_: round_.homes, _write_home, _read_home),
    Part(round_tables.steps, lambda round_: round_.steps, _write_step, _read_step),
    Part(round_tables.groups, lambda round_: round_.groups, _write_group, _read_group),
    Part(round_tables.contributions, lambda round_: round_.contributions, write_contribution, read_contribution),
    Part(round_tables.votes, lambda round_: round_.votes, write_vote, read_vote),
    Part(round_tables.tasks, lambda round_: round_.tasks, _write_task, _read_task),
)
