"""What the core needs from outside.

A unit of work gives the stores that every feature may use. What one feature needs besides is stated in that feature's
own `ports.py`, as a protocol that extends `Unit`; the one unit of storage satisfies all of them by structure.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from bot.chat.actions import Action
from bot.chat.events import (
    FetchedMessage,
)
from bot.chat.names import Account, MessageRef, Profile, Space, Thread
from bot.chat.people import Community, Person
from bot.chat.requests import Conversation, Request
from bot.chat.standing import Standing

T = TypeVar("T")

PATIENCE = 0.3
"""Seconds that the postman keeps a request in hand until its turn."""


class People(Protocol):
    def seen(self, account: Account, profile: Profile | None, now: datetime) -> Person:
        """The person of this account, made at first sight; newer facts of the profile are kept. Makes `gone` undone."""

    def by_account(self, account: Account) -> Person | None: ...

    def get(self, community: str, person: str) -> Person | None: ...

    def many(self, community: str, people: Iterable[str]) -> dict[str, Person]: ...

    def with_right(self, community: str, right: str) -> tuple[Person, ...]:
        """Who is `facilitator` or `host`, and not gone."""

    def changed(self, account: Account, profile: Profile) -> None:
        """The platform says something newer about an account. It is not their act: who is not known stays unknown, who
        is gone stays gone, and who could not be reached is no nearer.
        """

    def unreachable(self, account: Account) -> None:
        """The platform refused a direct message to this account; undone when the person acts (`seen`)."""

    def account_in(self, community: str, person: str, space: Space) -> Account | None:
        """The person's account in that space, if they have one there."""


class Communities(Protocol):
    def of(self, space: Space) -> Community:
        """The community that this space belongs to; made, not yet set up, at first sight."""

    def get(self, community: str) -> Community: ...

    def spaces(self, community: str) -> dict[Space, str]:
        """Its spaces and their names."""


class Outbox(Protocol):
    def put(self, community: str, request: Request, *, now: datetime, not_before: datetime | None = None) -> str:
        """Keeps the request for the postman; returns its id. A waiting `Edit` about the same thing gives way."""

    def drop(self, community: str, about: Action) -> None:
        """Takes back what is not sent yet about this."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of ours that stands somewhere: what it is about, and where."""

    about: Action
    to: Conversation
    message: MessageRef
    thread: str | None
    """The thread on it, once opened."""
    more: tuple[str, ...] = ()
    """The ids of the messages that follow it, where it was too long for one."""


class Posts(Protocol):
    """What the postman delivered `about` something."""

    def find(self, community: str, about: Action, to: Conversation | None = None) -> Posted | None:
        """In that conversation; without one the newest, wherever it stands."""

    def in_thread(self, community: str, thread: Thread) -> Posted | None:
        """The message of ours on which this thread was opened."""

    def named(self, community: str, message: MessageRef) -> Posted | None:
        """What this message of ours is about."""


class Due(Protocol):
    def set(self, community: str, about: Action, at: datetime | None) -> None:
        """The one moment this thing waits for now; None: it waits for nothing."""


class Facts(Protocol):
    def add(self, community: str, about: Action, facts: Sequence[object], now: datetime) -> None:
        """Keeps facts (frozen dataclasses) beside the thing they are about, in order."""

    def of(self, community: str, about: Action) -> tuple[tuple[datetime, str, dict[str, Any]], ...]:
        """When, the fact's class name, its fields; oldest first."""


class Unasked(Protocol):
    """What Kring sent to a person that they did not ask for; the gate counts it."""

    def since(self, community: str, person: str, day: date) -> Mapping[date, Mapping[str, int]]:
        """How many of each kind, by day of the person's own calendar, from that day on."""

    def add(self, community: str, person: str, day: date, kind: str) -> None: ...


class Unit(Protocol):
    """One unit of work: all of it becomes durable together, or nothing."""

    @property
    def people(self) -> People: ...
    @property
    def communities(self) -> Communities: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def posts(self) -> Posts: ...
    @property
    def due(self) -> Due: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def unasked(self) -> Unasked: ...

    def number(self, community: str, series: str) -> int:
        """The next number of a series that people say aloud, such as 1 for `K-1`."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request in the outbox, as the door finds it again when the postman reports."""

    id: str
    community: str
    request: Request


class Requests(Protocol):
    """The door's own view of the outbox."""

    def delivered(
        self, request: str, message: MessageRef | None, now: datetime, more: tuple[str, ...] = ()
    ) -> Waiting | None: ...

    def refused(self, request: str, reason: str, now: datetime) -> Waiting | None: ...


class DoorUnit(Unit, Protocol):
    @property
    def requests(self) -> Requests: ...

    def first_time(self, event: str, now: datetime) -> bool:
        """Notes the event's id; False when it was noted before."""

    def settle_due(self, community: str, about: Action, at: datetime) -> None:
        """The moment `at` has been handled: forgets it, unless another moment was set meanwhile."""

    def form_arrived(self, account: Account, action: Action) -> None:
        """Forgets what a platform kept of this form, so that nobody is given it once more to send."""


class Store(Protocol):
    def run(self, work: Callable[[Any], T]) -> Awaitable[T]:
        """Runs the work in one unit on a writer thread and returns its result when it is durable."""

    def look(self, work: Callable[[Any], T]) -> Awaitable[T]:
        """Runs work that changes nothing on a reader thread."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a request: the message it made or changed, or the messages that a `FetchThread` read.

    For an `OpenThread` it is the message that the thread belongs to, with `thread` set to the new thread's id.
    """

    message: MessageRef | None = None
    fetched: tuple[FetchedMessage, ...] | None = None
    standing: Standing | None = None
    """How a thread stands that was only looked at, where the platform closes threads."""
    more: tuple[str, ...] = ()
    """The ids of the messages that follow, where it was too long for one."""


class Platform(Protocol):
    """What the postman needs from an adapter. `name` is the platform of the spaces it serves."""

    @property
    def name(self) -> str: ...

    async def send(
        self, request_id: str, request: Request, target: Posted | None, since: datetime | None = None
    ) -> Sent:
        """Carries out one request. `target` is the message it edits, opens a thread on, or in whose thread it writes.

        Sending the same id again shows nothing twice: `since` says that it may have been carried out already, at that
        moment or later. Raises PlatformTrouble or PlatformRefusal.
        """

    def turn(self, request: Request) -> float:
        """Seconds until the platform will take this request without complaint.

        At most `bot.ports.PATIENCE`: its place is taken, and whoever asked waits that long. More: ask again then.
        """

    def crowded(self) -> Mapping[str, float]:
        """The lanes (`bot.chat.requests.lane`) that take nothing for so many seconds."""
