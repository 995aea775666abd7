"""What one step of a format may lay down: what it votes on and asks for, its groups, and when it is played."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Texts = Mapping[str, str]
"""One text by language: `{"en": ..., "nl": ...}`."""

VoteKind = Literal["choice", "dots", "scale", "consent", "claim"]
Prefer = Literal["", "not_recently_together", "different"]

CONSENT = ("fine", "concern", "objection")
"""The options of a `consent` vote."""
YES = "yes"
"""The option of a vote that ends an inner loop."""
REPORTER = "reporter"
"""The role that a `groups` step gives to one person of each group."""
INNER = "inner"
"""The role that the floor `inner` is for."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be voted for or picked. `label` is empty where `key` is one of the words of CONSENT."""

    key: str
    label: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeadsTo:
    """The format in which people can go on with what a vote came to. `format` is its id.

    After a `choice` or `dots`: with what so many people picked (`least`), when the round is over. After a `claim`: so
    many `days` after somebody took the first of its roles, to look at it together; whoever has one can choose the day.
    """

    format: str
    least: int = 1
    days: int = 0


@dataclass(frozen=True, slots=True)
class VoteRule:
    """How a `vote` step votes. Without `options` it votes on the answers that were revealed last."""

    kind: VoteKind
    per_person: int = 1
    """How many dots everybody has."""
    options: tuple[Option, ...] = ()
    scale: tuple[int, int] = (1, 5)
    """The lowest and the highest mark of a `scale`, from -10 to 10."""
    own_excluded: bool = False
    """Nobody votes for their own answer."""
    proposals: bool = False
    """In a `choice` people may add options of their own while it is open."""
    seats: tuple[str, ...] = ()
    """In a `claim`: the roles that can be taken; empty: all."""
    open_chair: int = 0
    """In a `claim`: so many of the first of `seats` stay free, for whoever wants in later."""
    gives: str = ""
    """In a `choice` or `dots` on answers: the role that the author of the winning answer gets."""
    leads_to: LeadsTo | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an answer that is asked by form fields; one is picked where there are `options`."""

    key: str
    label: Texts
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupRule:
    """How a `groups` step forms its groups: by `size`, or by merging so many of the last ones.

    `odd`: who is left over joins the others (larger), or makes a group of their own if they are two or more (smaller).
    """

    size: int = 0
    merge: int = 0
    odd: Literal["larger", "smaller"] = "larger"
    prefer: Prefer = ""
    reporter: bool = False
    """Somebody in each group gets the role `reporter`, by chance."""
    brings_notes: bool = False
    """Of groups that are merged: in which nobody said anything, what their people noted for themselves before is shown
    to the larger one.
    """


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many contributions of each person in an `open` step; `role`: only of those who have it."""

    most: int
    role: str = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """A step is played only when this holds.

    field: the last answer in the form field `of` was `value`. role: somebody has the role `of`. size: so many people
    (`value`) speak.
    """

    kind: Literal["field", "role", "size"]
    of: str = ""
    value: str = ""
