"""What Kring has kept of its rounds, read from its database by somebody who may only look."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ENDED = {"done", "cancelled", "lapsed"}


@dataclass(frozen=True)
class Fact:
    at: datetime
    name: str
    fields: dict[str, Any]


@dataclass(frozen=True)
class Said:
    id: str
    step: int
    private: bool
    """It was asked for privately, to be shown with all others or to nobody."""
    body: str
    removed: bool


@dataclass(frozen=True)
class KeptRound:
    id: str
    topic: str
    state: str
    ended_at: datetime | None
    waits_for: datetime | None
    """The moment at which it goes on by itself."""
    said: tuple[Said, ...] = field(repr=False)
    votes: tuple[tuple[int, str], ...] = field(repr=False)
    """Step and person."""
    facts: tuple[Fact, ...] = field(repr=False)
    groups: int
    ballots: tuple[tuple[int, str], ...] = field(repr=False)
    """Step, and the words that stand in it."""
    tasks: tuple[str, ...] = field(repr=False)
    """The words of those who took up an objection."""
    held: dict[int, tuple[str, ...]] = field(repr=False)
    """By step: who had the word there, once for each time."""

    def of(self, *names: str) -> Iterator[Fact]:
        return (each for each in self.facts if each.name in names)


class Kept:
    def __init__(self, folder: Path) -> None:
        self._uri = f"file:{folder / 'kring.db'}?mode=ro"

    def state(self, topic: str) -> str | None:
        """None: there is no such round."""
        rows = self._rows("SELECT state FROM rounds WHERE topic = ?", topic)
        return rows[0][0] if rows else None

    def mode(self, topic: str) -> str | None:
        """Of the step that is open now."""
        rows = self._rows(
            "SELECT json_extract(run.script, '$.mode') FROM rounds JOIN round_steps AS run USING (round) "
            "WHERE topic = ? AND run.position = rounds.current",
            topic,
        )
        return rows[0][0] if rows else None

    @property
    def reminders(self) -> int:
        """How many people are still to be reminded of what they took upon themselves."""
        count: int = self._rows("SELECT count(*) FROM due WHERE name = 'round.smallstep'")[0][0]
        return count

    def rounds(self) -> dict[str, KeptRound]:
        """By topic."""
        found = self._rows(
            "SELECT round, topic, state, ended_at, at FROM rounds LEFT JOIN due ON due.id = round AND name = 'round'"
        )
        assert len({topic for _, topic, *_ in found}) == len(found), f"begun twice: {found}"
        return {
            topic: KeptRound(id_, topic, state, _moment(ended), _moment(due), *self._parts(id_))
            for id_, topic, state, ended, due in found
        }

    def _parts(self, id_: str) -> tuple[Any, ...]:
        said = self._rows(
            "SELECT contribution, step, json_extract(run.script, '$.mode') = 'collect', body || ' ' || fields, removed "
            "FROM round_contributions AS one JOIN round_steps AS run USING (round) "
            "WHERE round = ? AND run.position = step",
            id_,
        )
        votes = self._rows("SELECT step, person, words FROM round_votes WHERE round = ?", id_)
        facts = self._rows("SELECT at, fact, fields FROM facts WHERE name = 'round' AND id = ? ORDER BY seq", id_)
        groups = self._rows("SELECT count(*) FROM round_groups WHERE round = ?", id_)
        tasks = self._rows("SELECT words FROM round_tasks WHERE round = ? AND kind = 'objection'", id_)
        turns = self._rows("SELECT position, held FROM round_steps WHERE round = ?", id_)
        return (
            tuple(Said(id_, step, bool(private), body, bool(gone)) for id_, step, private, body, gone in said),
            tuple((step, person) for step, person, _ in votes),
            tuple(
                Fact(datetime.fromisoformat(at).replace(tzinfo=UTC), name, json.loads(rest)) for at, name, rest in facts
            ),
            groups[0][0],
            tuple((step, words) for step, _, words in votes),
            tuple(words for (words,) in tasks),
            {step: tuple(json.loads(held)) for step, held in turns},
        )

    def _rows(self, statement: str, *values: Any) -> list[Any]:
        with closing(sqlite3.connect(self._uri, uri=True, timeout=10)) as connection:
            return connection.execute(statement, values).fetchall()


def _moment(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written).replace(tzinfo=UTC)
