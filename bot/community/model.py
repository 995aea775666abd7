"""What a person chose, what a host has set, and the facts about both.

Facts name no preferences: when somebody pauses or sleeps is nobody's audit trail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from bot.chat.people import Quiet

UNTIL_I_SAY = datetime(3000, 1, 1, tzinfo=UTC)
"""A pause without an end."""

CODE_LASTS = timedelta(hours=1)
"""How long a code links a space to a community."""

OWN_CODE_LASTS = timedelta(minutes=15)
"""How long a code links another account of the person who asked for it."""

TRIES = 5
"""So many codes that are none somebody may type while one lasts."""

GONE_STAYS = timedelta(days=90)
"""So long after leaving a person can come back to what they had chosen; then it is erased."""

NEEDS_CONTACTS = 2
"""How many people to turn to a community should name: somebody may be the one it is about."""

Contributions = Literal["keep", "unname", "remove"]
"""What becomes of what somebody contributed: it stays with their name, without it, or goes."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person chose for themselves. None: what the platform or the community says counts."""

    language: str | None = None
    timezone: str | None = None
    role: str | None = None
    quiet: Quiet = field(default_factory=Quiet)
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class LinkCode:
    """Lets a host elsewhere join their space to this community, until then."""

    code: str
    by: str
    until: datetime


@dataclass(frozen=True, slots=True)
class OwnCode:
    """Lets a person link another account of theirs, until then. `digest`: what is kept of the code."""

    community: str
    person: str
    digest: str
    until: datetime


@dataclass(frozen=True, slots=True)
class CommunitySetUp:
    """A host filled in the setup form; `changed` names the settings that became different."""

    by: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FacilitatorNamed:
    by: str
    person: str


@dataclass(frozen=True, slots=True)
class FacilitatorReleased:
    by: str
    person: str


@dataclass(frozen=True, slots=True)
class SpaceJoined:
    """A space that had a community of its own now belongs to this one."""

    by: str
    platform: str
    space: str


@dataclass(frozen=True, slots=True)
class AccountLinked:
    """Somebody's account in this space turned out to be this person's."""

    person: str
    platform: str
    space: str


@dataclass(frozen=True, slots=True)
class AccountUnlinked:
    """An account is this person's no more."""

    person: str
    platform: str
    space: str


@dataclass(frozen=True, slots=True)
class PersonForgotten:
    """Somebody was erased. Who, is not kept."""

    contributions: Contributions
    asked: bool
    """By themselves; False when they had been gone for long."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """`feature` needs the field for `why`; `until` says when it goes. `closed`: encrypted where a key is set."""

    feature: str
    why: str
    until: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A table. `columns`: names, several with spaces between, and what they are needed for; `closed`: the private."""

    feature: str
    until: str
    columns: Mapping[str, str]
    closed: str = ""
