"""What somebody took upon themselves in a round: a light task of a listening seat, one small step of their own, or an
objection that somebody had.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

Light = Literal["surprised", "words", "harvest", "question"]
TaskKind = Literal["surprised", "words", "harvest", "question", "step", "objection"]

LIGHT: tuple[Light, ...] = get_args(Light)
"""What a listener can do: say what surprised them, list words they do not know, write the harvest, or ask one question
at the end.
"""


@dataclass(frozen=True, slots=True)
class Task:
    """A light task is shown to everybody once it is given and the round wraps up; a small step only ever to its owner;
    an objection that was taken up to everybody at once, with its owner's name and until when.

    `named`: the owner wants their name beside it. `remind_at`: when the owner of the last two is reminded, once.
    """

    id: str
    person: str
    """Empty when they were forgotten, and left what they gave."""
    kind: TaskKind
    words: str = ""
    """Empty while it is not done yet."""
    named: bool = False
    given_at: datetime | None = None
    remind_at: datetime | None = None

    @property
    def given(self) -> bool:
        return self.given_at is not None


# -- when their people leave, are forgotten, or turn out to be one


def given_up(tasks: tuple[Task, ...], person: str) -> tuple[Task, ...]:
    """Somebody leaves, and with them what they did not do: others may take it. An objection is nobody's again."""
    done = (one for one in tasks if one.given and one.kind != "objection")
    kept = {one.id for one in (*done, *(one for one in tasks if one.kind == "step"))}
    return tuple(one for one in tasks if one.person != person or one.id in kept)


def left_behind(tasks: tuple[Task, ...], person: str, choice: str) -> tuple[Task, ...]:
    """What somebody who left gave is kept, kept without their name (`unname`) or gone (`remove`), as they choose."""
    found = []
    for one in tasks:
        if one.person != person or one.kind not in LIGHT:
            found.append(one)
        elif one.given and choice != "remove":
            found.append(replace(one, named=one.named and choice == "keep"))
    return tuple(found)


def forgotten(tasks: tuple[Task, ...], person: str) -> tuple[Task, ...]:
    """Nothing says any more whose it was; a small step was nobody else's, and goes; an objection is open again."""
    found = []
    for one in tasks:
        if one.person != person:
            found.append(one)
        elif one.given and one.kind in LIGHT:
            found.append(replace(one, person="", named=False))
    return tuple(found)


def united(tasks: tuple[Task, ...], person: str, into: str) -> tuple[Task, ...]:
    """Two are one: of two tasks of a kind one is kept, with the words of both; of objections each."""
    found: dict[tuple[str, str], Task] = {}
    for one in tasks:
        own = replace(one, person=into) if one.person == person else one
        key = (own.person, own.kind) if own.person and own.kind != "objection" else ("", own.id)
        found[key] = _both(found[key], own) if key in found else own
    return tuple(found.values())


def _both(first: Task, second: Task) -> Task:
    words = "\n\n".join(dict.fromkeys(one.words for one in (first, second) if one.words))
    reminders = {one.remind_at: one.id for one in (second, first) if one.remind_at is not None}
    remind_at = min(reminders, default=None)
    return replace(
        first,
        id=first.id if remind_at is None else reminders[remind_at],  # the reminder that waits goes by its task's id
        words=words,
        named=all(one.named for one in (first, second) if one.given) and (first.given or second.given),
        given_at=first.given_at or second.given_at,
        remind_at=remind_at,
    )
