"""What a handler knows, and what a feature offers the door."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Generic, TypeVar

from bot.chat.actions import Action
from bot.chat.answers import Answer
from bot.chat.chance import new_id
from bot.chat.commands import Command, Given
from bot.chat.customs import customs
from bot.chat.events import (
    ButtonPressed,
    CameDue,
    ChoiceMade,
    CommandCalled,
    Delivered,
    FormSent,
    HomeOpened,
    Installed,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ReactionAdded,
    Refused,
    ShortcutUsed,
    ThreadFetched,
    ThreadsStand,
)
from bot.chat.messages import Block
from bot.chat.names import Account, Place, Profile
from bot.chat.people import Community, Person
from bot.chat.requests import Request
from bot.ports import Unit
from bot.texts.catalogue import Words, words_in

U_co = TypeVar("U_co", bound=Unit, covariant=True)

Export = Callable[["Context[Any]"], Mapping[str, Any]]
Forget = Callable[["Context[Any]", str, str], None]
Home = Callable[["Context[Any]"], Sequence[Block]]
Menu = Callable[["Context[Any]", Place], Sequence[Block]]
TookPart = Callable[["Context[Any]", Person, datetime], bool]
Lists = Callable[["Context[Any]", str], Sequence[tuple[str, str]]]
Route = Callable[["Context[Any]", Any], None]
Unite = Callable[["Context[Any]", str, str], None]


@dataclass(frozen=True, slots=True)
class Offered:
    """What all features together offer, for the handlers that speak for all: help, menu, `me data`, `me forget`."""

    commands: tuple[Command, ...] = ()
    menus: tuple[Menu, ...] = ()
    homes: tuple[Home, ...] = ()
    cards: tuple[Home, ...] = ()
    exports: tuple[Export, ...] = ()
    forgets: tuple[Forget, ...] = ()
    unites: tuple[Unite, ...] = ()
    took_part: tuple[TookPart, ...] = ()
    routes: Mapping[type, tuple[Route, ...]] = field(default_factory=dict)
    """What other features do about a fact, see `bot/features.py`."""
    formats: Mapping[str, Any] = field(default_factory=dict)
    """The dialogue formats of the host's own folder, by id."""


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
    request: Request | None = None
    """What was asked of a platform, where it is reported that it was carried out or refused."""
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
    def by(self) -> Account:
        """The account by which the person acts; where that is not said, the one by which they are written to."""
        return self.account if self.account is not None else self.actor.account

    def named(self, account: Account, profile: Profile | None = None) -> Person:
        """The person of an account that somebody else named; met now if need be.

        Being named is nobody's own act: where that has to come first, Kring does not write to them before it.
        """
        known = self.unit.people.by_account(account)
        if known is not None:
            return known
        met = self.unit.people.seen(account, profile, self.now)
        if customs(account.space).asked_first:
            self.unit.people.unreachable(account)
            met = replace(met, reachable=False)
        return met

    @property
    def facilitators(self) -> tuple[Person, ...]:
        """Who holds rounds and circles in this community, by name."""
        return self.unit.people.with_right(self.community.id, "facilitator")

    @property
    def hosts(self) -> tuple[Person, ...]:
        """Who administers a space of this community, by name."""
        return self.unit.people.with_right(self.community.id, "host")

    def facilitates(self, person: Person) -> bool:
        """Whether they may do what facilitators may: so may hosts, as long as nobody is a facilitator."""
        return person.facilitator or (person.host and not self.facilitators)

    @property
    def exports(self) -> tuple[Export, ...]:
        return self.offered.exports

    @property
    def forgets(self) -> tuple[Forget, ...]:
        return self.offered.forgets

    @property
    def unites(self) -> tuple[Unite, ...]:
        return self.offered.unites

    @property
    def menus(self) -> tuple[Menu, ...]:
        return self.offered.menus

    @property
    def homes(self) -> tuple[Home, ...]:
        return self.offered.homes

    @property
    def cards(self) -> tuple[Home, ...]:
        return self.offered.cards

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
    installed: tuple[Callable[[Context[Any], Installed], Answer], ...] = ()
    threads: tuple[Callable[[Context[Any], ThreadsStand], Answer], ...] = ()
    opened: tuple[Callable[[Context[Any], HomeOpened], Answer], ...] = ()
    """They look, they change nothing."""
    lists: Mapping[str, Lists] = field(default_factory=dict)
    """By the `source` of an option: values that fit what was typed so far, each with what it is called; the best first.
    They look, they change nothing, and show only what the person may see."""
    menu: tuple[Menu, ...] = ()
    """Blocks for the private menu of `/kring` alone: what this person can do here. They look, they change nothing."""
    home: tuple[Home, ...] = ()
    """Blocks for the person's own page, where a platform has one. They look, they change nothing."""
    card: tuple[Home, ...] = ()
    """Blocks below the card of `/kring me`. They look, they change nothing."""
    exports: tuple[Export, ...] = ()
    """Everything the feature keeps about the person who acts, for `/kring me data`."""
    forgets: tuple[Forget, ...] = ()
    """Erases what the feature keeps about a person. Gets the person's id and what becomes of what they contributed:
    `keep`, `unname` or `remove`."""
    unites: tuple[Unite, ...] = ()
    """Somebody linked two accounts: what the feature keeps about the first person is the second one's from now on.
    Nothing is lost, nothing counts twice, and the first person's id stands nowhere any more."""
    took_part: tuple[TookPart, ...] = ()
    """Whether this person took part in something of the feature before that moment: who did is no newcomer."""
