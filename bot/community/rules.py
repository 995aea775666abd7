"""Pausing, linking spaces, and what a community still misses: pure, with `now` as an argument."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from datetime import datetime, time, timedelta
from hashlib import blake2b
from typing import Literal

from bot.chat.chance import spelled
from bot.chat.emoji import short_name
from bot.chat.hours import at_local, local_day
from bot.chat.names import Channel, Space
from bot.chat.people import Community, Person, Quiet
from bot.community.model import (
    CODE_LASTS,
    NEEDS_CONTACTS,
    OWN_CODE_LASTS,
    UNTIL_I_SAY,
    LinkCode,
    OwnCode,
    Preferences,
)
from bot.errors import UserMistake

LONGEST_PAUSE = 366
TIDY_AT = time(4, 0)

Missing = Literal["set_up", "home", "contacts", "facilitator"]

_EMOJI = re.compile(r"[a-z0-9_+'’-]{1,60}")


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
    """The short name of an emoji: of `:bookmark:`, `bookmark` or the emoji itself."""
    name = short_name(typed.strip()) or typed.strip().strip(":").lower()
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


def own_code(seed: int, by: Person, now: datetime) -> tuple[str, OwnCode]:
    """Eight letters that link another account of this person, and what is kept of them."""
    letters = spelled(seed, 8)
    return letters, OwnCode(by.community, by.id, digest(letters), now + OWN_CODE_LASTS)


def digest(code: str) -> str:
    """From which the code cannot be read."""
    return blake2b(code.encode(), digest_size=16, person=b"kring account").hexdigest()


def may_link(person: Person, code: OwnCode, taken: Collection[Space], own: Collection[Space]) -> None:
    """Whether this person is who asked for the code. `taken` and `own`: where the two of them have an account.

    Raises UserMistake.
    """
    if code.community != person.community:
        raise UserMistake(
            "That account belongs to another community. First a host has to make the two spaces one community: call "
            "setup link in the one, and bring its code to the other."
        )
    if code.person == person.id:
        raise UserMistake("These accounts are linked already.")
    if set(taken) & set(own):
        raise UserMistake("You have an account in this space already. I link accounts of different spaces only.")


def united(kept: Preferences, other: Preferences) -> Preferences:
    """What one person chose who was two: what was chosen in the first place counts, then what was chosen elsewhere.

    Of two pauses the longer one counts.
    """
    pauses = [each for each in (kept.paused_until, other.paused_until) if each is not None]
    return Preferences(
        kept.language if kept.language is not None else other.language,
        kept.timezone if kept.timezone is not None else other.timezone,
        kept.role if kept.role is not None else other.role,
        other.quiet if kept.quiet == Quiet() else kept.quiet,
        max(pauses, default=None),
    )


def without_double(community: Community, person: str, kept: str) -> Community:
    """The community when `person` is `kept`: among the people to turn to each stands once."""
    contacts = dict.fromkeys(kept if each == person else each for each in community.contacts)
    return replace(community, contacts=tuple(contacts))


def with_home(community: Community, channel: Channel) -> Community:
    """The community with this home for that space; the first one of all is where what concerns everybody is posted."""
    if community.home is None or community.home.space == channel.space:
        return replace(community, home=channel)
    others = tuple(home for home in community.homes_elsewhere if home.space != channel.space)
    return replace(community, homes_elsewhere=(*others, channel))


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
