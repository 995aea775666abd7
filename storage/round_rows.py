"""A round as rows and back. Each part of a round is one row of its own table, at a position.

Parts are read from JSON that the database makes of their rows: moments are texts there, and SQLite's booleans numbers.

What is private is closed by the cipher: answers until everybody may read them, ballots, and how an author would rather
say it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Protocol

from sqlalchemy import Column, Table

from bot.chat.names import Channel, MessageRef, Space
from bot.chat.wire import from_json, to_json
from bot.rounds.model import Asked, Consent, Contribution, Home, Round, Seat, Settings, Vote
from bot.rounds.script import Format, Step
from bot.rounds.step_run import StepRun
from storage import round_tables

Values = dict[str, Any]


class Cipher(Protocol):
    def close(self, text: str) -> str:
        """The text so that only the holder of the key can read it."""

    def open(self, closed: str) -> str:
        """The text that `close` was given."""


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


def _moment(value: str | None) -> datetime | None:
    """SQLite forgets zones; PostgreSQL writes its own."""
    if value is None:
        return None
    moment = datetime.fromisoformat(value)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


# -- the round itself

_SAME = (
    "number", "topic", "preset", "language", "facilitator", "state", "current", "created_at", "begins_at", "waited",
    "began_at", "offered_to", "paused_at", "paused_until", "paused_from", "keep_until", "ended_at", "purge_at",
)  # fmt: skip
"""Columns that are called as in the model."""


def write_round(round_: Round) -> Values:
    """The round's own row, without its script."""
    asked = round_.asked
    return {name: getattr(round_, name) for name in _SAME} | {
        "platform": round_.channel.space.platform,
        "space": round_.channel.space.id,
        "channel": round_.channel.id,
        "format": round_.format.id,
        "anonymous": round_.settings.anonymous,
        "sources": round_.settings.sources,
        "review": round_.settings.review,
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
        contributions=tuple(parts["round_contributions"]),
        votes=tuple(parts["round_votes"]),
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
    }


def _read_seat(row: Values, _: Cipher) -> Seat:
    space = Space(row["platform"], row["space"]) if row["platform"] else None
    return Seat(row["person"], row["state"], row["way"], row["role"], row["joined_step"], space)


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
    return same | lists | {"step_key": run.script.key, "script": _written(run.script)}


def _read_step(row: Values, _: Cipher) -> StepRun:
    moments: dict[str, Any] = {name: _moment(row[name]) for name in _MOMENTS}
    return StepRun(
        script=_step(row["script"]),
        word_offered=bool(row["word_offered"]),
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


# -- contributions


def _write_contribution(one: Contribution, cipher: Cipher) -> Values:
    close = cipher.close if one.revealed_at is None else str
    fields = json.dumps(one.fields, ensure_ascii=False) if one.fields else ""
    return {
        "contribution": one.id,
        "step": one.step,
        "person": one.person,
        "body": close(one.body),
        "fields": close(fields),
        "responds_to": one.to,
        "named": one.named,
        "revealed_at": one.revealed_at,
        "edited_at": one.edited_at,
        "removed": one.removed,
        "withdrawn": one.withdrawn,
        "marked": one.marked,
        "consent": one.consent.answer if one.consent else None,
        "consent_words": cipher.close(one.consent.words) if one.consent else None,
        **_write_message(one.message),
    }


def _read_contribution(row: Values, cipher: Cipher) -> Contribution:
    revealed_at = _moment(row["revealed_at"])
    open_ = cipher.open if revealed_at is None else str
    fields = open_(row["fields"])
    return Contribution(
        id=row["contribution"],
        step=row["step"],
        person=row["person"],
        body=open_(row["body"]),
        fields=tuple((name, value) for name, value in json.loads(fields)) if fields else (),
        to=row["responds_to"],
        named=bool(row["named"]),
        message=_read_message(row),
        revealed_at=revealed_at,
        edited_at=_moment(row["edited_at"]),
        removed=bool(row["removed"]),
        withdrawn=bool(row["withdrawn"]),
        marked=bool(row["marked"]),
        consent=Consent(row["consent"], cipher.open(row["consent_words"])) if row["consent"] else None,
    )


def _write_message(message: MessageRef | None) -> Values:
    return {
        "message_platform": message.channel.space.platform if message else None,
        "message_space": message.channel.space.id if message else None,
        "message_channel": message.channel.id if message else None,
        "message_thread": message.thread if message else None,
        "message": message.id if message else None,
    }


def _read_message(row: Values) -> MessageRef | None:
    if row["message"] is None:
        return None
    channel = Channel(Space(row["message_platform"], row["message_space"]), row["message_channel"])
    return MessageRef(channel, row["message"], row["message_thread"])


# -- votes


def _write_vote(vote: Vote, cipher: Cipher) -> Values:
    return {
        "step": vote.step,
        "person": vote.person,
        "picks": cipher.close(json.dumps(vote.picks)),
        "words": cipher.close(vote.words),
        "named": vote.named,
    }


def _read_vote(row: Values, cipher: Cipher) -> Vote:
    picks = tuple(json.loads(cipher.open(row["picks"])))
    return Vote(row["step"], row["person"], picks, cipher.open(row["words"]), bool(row["named"]))


PARTS = (
    Part(round_tables.seats, lambda round_: round_.seats, _write_seat, _read_seat),
    Part(round_tables.homes, lambda round_: round_.homes, _write_home, _read_home),
    Part(round_tables.steps, lambda round_: round_.steps, _write_step, _read_step),
    Part(round_tables.contributions, lambda round_: round_.contributions, _write_contribution, _read_contribution),
    Part(round_tables.votes, lambda round_: round_.votes, _write_vote, _read_vote),
)
