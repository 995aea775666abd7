"""Pausing, linking spaces, and what a community still misses: pure, with `now` as an argument."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime, time, timedelta
from typing import Literal

from bot.chat.hours import at_local, local_day
from bot.chat.people import Community, Person
from bot.community.model import CODE_LASTS, NEEDS_CONTACTS, UNTIL_I_SAY, LinkCode, Preferences
from bot.errors import UserMistake

LONGEST_PAUSE = 366
TIDY_AT = time(4, 0)

Missing = Literal["set_up", "home", "contacts", "facilitator"]

_EMOJI = re.compile(r"[a-z0-9_+'’-]{1,60}")
_KNOWN_EMOJI = {
    "🔖": "bookmark",
    "📌": "pushpin",
    "⭐": "star",
    "💡": "bulb",
    "🌱": "seedling",
    "📚": "books",
    "📝": "memo",
    "🧠": "brain",
    "💾": "floppy_disk",
}


def pause_until(choice: str, now: datetime, timezone: str) -> datetime:
    """When a pause of `day` (the rest of it), `week`, `open` or so many days ends: at midnight on the person's clock.

    Raises UserMistake for a number of days that is none or too many.
    """
    if choice == "open":
        return UNTIL_I_SAY
    days = {"day": 1, "week": 7}.get(choice) or (int(choice) if choice.isascii() and choice.isdigit() else 0)
    if not 1 <= days <= LONGEST_PAUSE:
        raise UserMistake("A pause takes 1 to {most} days.", most=LONGEST_PAUSE)
    return at_local(timezone, local_day(timezone, now) + timedelta(days=days), time(0, 0))


def is_paused(until: datetime | None, now: datetime) -> bool:
    return until is not None and until > now


def with_role(preferences: Preferences, role: str) -> Preferences:
    """One line of at most 80 characters; an empty one hides what the platform says too."""
    line = " ".join(role.split())
    if len(line) > 80:
        raise UserMistake("A role is at most {most} characters.", most=80)
    return replace(preferences, role=line)


def emoji_name(typed: str) -> str:
    """The short name of an emoji: of `:bookmark:`, `bookmark` or a few emoji themselves."""
    name = _KNOWN_EMOJI.get(typed.strip().rstrip("\ufe0f"), typed.strip().strip(":").lower())
    if not _EMOJI.fullmatch(name):
        raise UserMistake("Write the short name of the emoji, such as bookmark.")
    return name


def link_code(letters: str, by: Person, now: datetime) -> LinkCode:
    """A code of eight letters and digits, out of at least eight random ones."""
    return LinkCode(letters[:8].upper(), by.id, now + CODE_LASTS)


def read_code(typed: str) -> str:
    """A code as it was written down: spaces, hyphens and full stops do not count."""
    return re.sub(r"[^a-zA-Z0-9]", "", typed).upper()


def may_join(community: Community, into: str | None, *, is_new: bool) -> str:
    """The community that a space may join by its code. Raises UserMistake."""
    if into is None:
        raise UserMistake(
            "I do not know this code, or its hour is over. Call setup link in the community you want to join, and "
            "bring me the new one."
        )
    if into == community.id:
        raise UserMistake("This space belongs to that community already.")
    if community.set_up or not is_new:
        raise UserMistake(
            "This space has a community of its own, with things in it. Only a space where nothing was made yet can "
            "join another community, so that nobody's words move to other people."
        )
    return into


def changed(before: Community, after: Community) -> tuple[str, ...]:
    """The names of the settings that differ."""
    return tuple(each.name for each in fields(Community) if getattr(before, each.name) != getattr(after, each.name))


def missing(community: Community, facilitators: Sequence[Person]) -> tuple[Missing, ...]:
    """What a community still has to set, the weightiest first."""
    found: list[Missing] = []
    if not community.set_up:
        found.append("set_up")
    if community.home is None:
        found.append("home")
    if len(community.contacts) < NEEDS_CONTACTS:
        found.append("contacts")
    if not facilitators:
        found.append("facilitator")
    return tuple(found)


def next_tidy(now: datetime, timezone: str) -> datetime:
    """The next moment it is four at night there; the same all day long, so that setting it again changes nothing."""
    today = at_local(timezone, local_day(timezone, now), TIDY_AT)
    return today if today > now else at_local(timezone, local_day(timezone, now) + timedelta(days=1), TIDY_AT)
