"""The community and its people, as every feature needs to know them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.chat.names import Account, Channel, Space
from bot.chat.text import PersonName

WORKING_DAYS = (0, 1, 2, 3, 4)
"""Monday to Friday, as `datetime.weekday` counts."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """When Kring leaves a person alone, in their own zone: from `start` to `end`, and on other days than `days`."""

    start: time = time(18, 0)
    end: time = time(9, 0)
    days: tuple[int, ...] = WORKING_DAYS


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a community, with accounts in one or more spaces; `account` is where Kring writes to them."""

    id: str
    community: str
    name: str
    account: Account
    organisation: str
    """The name of the space of `account`."""
    language: str
    timezone: str
    """IANA name."""
    role: str = ""
    """What they do, in their own words."""
    facilitator: bool = False
    host: bool = False
    quiet: Quiet = Quiet()
    paused_until: datetime | None = None
    """No message that the person did not ask for before this moment."""
    reachable: bool = True
    """False after the platform refused a direct message; True again when the person acts."""
    gone: bool = False
    """Has left the space or was deactivated."""

    def shown(self, *, notify: bool = False) -> PersonName:
        return PersonName(self.name, self.account, notify)


@dataclass(frozen=True, slots=True)
class Community:
    """One community of practice, over one or more spaces, and what its host has set."""

    id: str
    name: str
    language: str = "en"
    timezone: str = "Europe/Amsterdam"
    starters: str = "members"
    """Who may start a round: `members` or `facilitators`."""
    home: Channel | None = None
    """Where Kring greets people and posts what concerns everybody."""
    homes_elsewhere: tuple[Channel, ...] = ()
    """The same for its other spaces: one channel in each that has one."""
    keep_emoji: str = "bookmark"
    """The reaction that means *keep this as know-how*."""
    daily_messages: int = 3
    """At most so many messages a day to one person that they did not ask for."""
    contacts: tuple[str, ...] = ()
    """Ids of the people to turn to about how people treat each other."""
    quiet_days: tuple[date, ...] = ()
    """Holidays and other days on which it holds no rounds, in order."""
    offers_threads: bool = True
    """Before a thread in a home channel closes by itself, Kring offers to keep it."""
    set_up: bool = False

    @property
    def homes(self) -> tuple[Channel, ...]:
        """Where it meets: at most one channel in each of its spaces."""
        return (*(() if self.home is None else (self.home,)), *self.homes_elsewhere)

    def home_in(self, space: Space) -> Channel | None:
        return next((home for home in self.homes if home.space == space), None)
