"""What the core needs from outside, and what a feature offers the door.

A unit of work gives the stores that every feature may use. What one feature needs besides is stated in that feature's
own `ports.py`, as a protocol that extends `Unit`; the one unit of storage satisfies all of them by structure.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar

from bot.chat.actions import Action
from bot.chat.answers import Answer
from bot.chat.chance import new_id
from bot.chat.commands import Command, Given
from bot.chat.events import (
    ButtonPressed,
    CameDue,
    ChoiceMade,
    CommandCalled,
    Delivered,
    FetchedMessage,
    FormSent,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ReactionAdded,
    Refused,
    ShortcutUsed,
    ThreadFetched,
)
from bot.chat.messages import Block
from bot.chat.names import Account, MessageRef, Place, Profile, Space, Thread
from bot.chat.people import Community, Person
from bot.chat.requests import Conversation, Request
from bot.texts.catalogue import Words, words_in

T = TypeVar("T")


class People(Protocol):
    def seen(self, account: Account, profile: Profile | None, now: datetime) -> Person:
        """The person of this account, made at first sight; newer facts of the profile are kept. Makes `gone` undone."""

    def by_account(self, account: Account) -> Person | None: ...

    def get(self, community: str, person: str) -> Person | None: ...

    def many(self, community: str, people: Iterable[str]) -> dict[str, Person]: ...

    def with_right(self, community: str, right: str) -> tuple[Person, ...]:
        """Who is `facilitator` or `host`, and not gone."""

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


class Posts(Protocol):
    """What the postman delivered `about` something."""

    def find(self, community: str, about: Action) -> Posted | None: ...

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

    def count(self, community: str, person: str, day: date) -> Mapping[str, int]:
        """How many of each kind on that day of the person's own calendar."""

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

    def delivered(self, request: str, message: MessageRef | None, now: datetime) -> Waiting | None: ...

    def refused(self, request: str, reason: str, now: datetime) -> Waiting | None: ...


class DoorUnit(Unit, Protocol):
    @property
    def requests(self) -> Requests: ...

    def first_time(self, event: str, now: datetime) -> bool:
        """Notes the event's id; False when it was noted before."""

    def settle_due(self, community: str, about: Action, at: datetime) -> None:
        """The moment `at` has been handled: forgets it, unless another moment was set meanwhile."""


class Store(Protocol):
    def run(self, work: Callable[[Any], T]) -> Awaitable[T]:
        """Runs the work in one unit on a writer thread and returns its result when it is durable."""

    def look(self, work: Callable[[Any], T]) -> Awaitable[T]:
        """Runs work that changes nothing on a reader thread."""


U_co = TypeVar("U_co", bound=Unit, covariant=True)

Export = Callable[["Context[Any]"], Mapping[str, Any]]
Forget = Callable[["Context[Any]", str, str], None]
Menu = Callable[["Context[Any]", Place], Sequence[Block]]
Route = Callable[["Context[Any]", Any], None]


@dataclass(frozen=True, slots=True)
class Offered:
    """What all features together offer, for the handlers that speak for all: help, menu, `me data`, `me forget`."""

    commands: tuple[Command, ...] = ()
    menus: tuple[Menu, ...] = ()
    exports: tuple[Export, ...] = ()
    forgets: tuple[Forget, ...] = ()
    routes: Mapping[type, tuple[Route, ...]] = field(default_factory=dict)
    """What other features do about a fact, see `bot/features.py`."""


@dataclass(slots=True)
class Context(Generic[U_co]):
    """What a handler knows: the unit of work, the moment, the community, and who acted."""

    unit: U_co
    now: datetime
    community: Community
    seed: int
    """Fresh for every event; the source of ids and of every choice left to chance."""
    event: str
    """The id of the event that is being handled."""
    offered: Offered
    """What all features together offer."""
    person: Person | None = None
    """Who acted, if Kring knows them; None when time or the postman did."""
    account: Account | None = None
    profile: Profile | None = None
    _made: int = 0

    @property
    def actor(self) -> Person:
        """Who acted; somebody Kring has not met yet is met now. Only for handlers of what people do."""
        if self.person is None:
            if self.account is None:
                raise LookupError("nobody acted here")
            self.person = self.unit.people.seen(self.account, self.profile, self.now)
        return self.person

    @property
    def exports(self) -> tuple[Export, ...]:
        return self.offered.exports

    @property
    def forgets(self) -> tuple[Forget, ...]:
        return self.offered.forgets

    @property
    def menus(self) -> tuple[Menu, ...]:
        return self.offered.menus

    @property
    def commands(self) -> tuple[Command, ...]:
        return self.offered.commands

    @property
    def words(self) -> Words:
        """In the language of the person who acted, else of the community."""
        return words_in(self.person.language if self.person else self.community.language)

    @property
    def common_words(self) -> Words:
        """In the community's language, for what everybody reads."""
        return words_in(self.community.language)

    def words_for(self, person: Person) -> Words:
        return words_in(person.language)

    def new_id(self) -> str:
        self._made += 1
        return new_id(self.seed, self._made)

    def ask(self, request: Request, *, not_before: datetime | None = None) -> str:
        """Puts a request into the outbox. Unasked direct messages go through `bot.gate` instead."""
        return self.unit.outbox.put(self.community.id, request, now=self.now, not_before=not_before)

    def record(self, about: Action, *facts: object) -> None:
        """Keeps the facts, and lets the features that follow such a fact do their part in the same unit."""
        if not facts:
            return
        self.unit.facts.add(self.community.id, about, facts, self.now)
        for fact in facts:
            for route in self.offered.routes.get(type(fact), ()):
                route(self, fact)

    def wait(self, about: Action, at: datetime | None) -> None:
        """Sets the one moment this thing waits for; `CameDue(about)` will knock then."""
        self.unit.due.set(self.community.id, about, at)


CommandHandler = Callable[[Context[Any], CommandCalled, Given], Answer]


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature's table of contents. Names of buttons, forms, deadlines and posts start with the feature's own word."""

    name: str
    commands: tuple[tuple[Command, CommandHandler], ...] = ()
    buttons: Mapping[str, Callable[[Context[Any], ButtonPressed], Answer]] = field(default_factory=dict)
    choices: Mapping[str, Callable[[Context[Any], ChoiceMade], Answer]] = field(default_factory=dict)
    forms: Mapping[str, Callable[[Context[Any], FormSent], Answer]] = field(default_factory=dict)
    shortcuts: Mapping[str, Callable[[Context[Any], ShortcutUsed], Answer]] = field(default_factory=dict)
    deadlines: Mapping[str, Callable[[Context[Any], CameDue], Answer]] = field(default_factory=dict)
    """By the name of what `Context.wait` named."""
    delivered: Mapping[str, Callable[[Context[Any], Delivered, Action], Answer]] = field(default_factory=dict)
    """By the name of what the request was about; only where a feature must know."""
    refused: Mapping[str, Callable[[Context[Any], Refused, Action], Answer]] = field(default_factory=dict)
    fetched: Mapping[str, Callable[[Context[Any], ThreadFetched, Action], Answer]] = field(default_factory=dict)
    posted: tuple[Callable[[Context[Any], MessagePosted], Answer], ...] = ()
    edited: tuple[Callable[[Context[Any], MessageEdited], Answer], ...] = ()
    deleted: tuple[Callable[[Context[Any], MessageDeleted], Answer], ...] = ()
    reacted: tuple[Callable[[Context[Any], ReactionAdded], Answer], ...] = ()
    joined: tuple[Callable[[Context[Any], MemberJoined], Answer], ...] = ()
    left: tuple[Callable[[Context[Any], MemberLeft], Answer], ...] = ()
    menu: tuple[Menu, ...] = ()
    """Blocks for the private menu of `/kring` alone: what this person can do here. They look, they change nothing."""
    exports: tuple[Export, ...] = ()
    """Everything the feature keeps about the person who acts, for `/kring me data`."""
    forgets: tuple[Forget, ...] = ()
    """Erases what the feature keeps about a person. Gets the person's id and what becomes of what they contributed:
    `keep`, `unname` or `remove`."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a request: the message it made or changed, or the messages that a `FetchThread` read.

    For an `OpenThread` it is the message the thread was opened on, with `thread` set to the new thread's id.
    """

    message: MessageRef | None = None
    fetched: tuple[FetchedMessage, ...] | None = None


class Platform(Protocol):
    """What the postman needs from an adapter. `name` is the platform of the spaces it serves."""

    @property
    def name(self) -> str: ...

    async def send(self, request_id: str, request: Request, target: Posted | None) -> Sent:
        """Carries out one request. `target` is the message it edits, opens a thread on, or in whose thread it writes.

        Sending the same id again shows nothing twice. Raises PlatformTrouble or PlatformRefusal.
        """
