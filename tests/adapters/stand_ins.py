"""Small things that fill the ports of the clock and the postman, in memory."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing
from bot.chat.events import CameDue, Delivered, Event, Refused, ThreadFetched
from bot.chat.requests import Request, lane, order_key
from bot.ports import Posted, Sent

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Watch:
    """A clock that moves only when told to."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    async def travel(self, moment: datetime) -> None:
        assert moment > self.at, "time runs forward"
        self.at = moment


@dataclass(frozen=True)
class Thing:
    about: Action
    at: datetime
    community: str = "c1"


class Shelf:
    """Due things and an outbox, claimed with leases."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.things: dict[Action, Thing] = {}
        self.letters: dict[str, Letter] = {}
        self.tidied: list[datetime] = []
        self.held: dict[object, datetime] = {}
        self.claims: list[int] = []
        self.postponed: list[str] = []
        self._numbers = itertools.count(1)

    # -- due things

    def wait(self, name: str, at: datetime) -> None:
        self.things[Action(name)] = Thing(Action(name), at)

    async def next_due(self) -> datetime | None:
        return min((thing.at for thing in self.things.values() if self._free(thing.about)), default=None)

    async def claim_due(self, now: datetime, limit: int, lease: timedelta) -> list[Thing]:
        due = sorted((t for t in self.things.values() if t.at <= now and self._free(t.about)), key=lambda t: t.at)
        for thing in due[:limit]:
            self.held[thing.about] = now + lease
        return due[:limit]

    async def tidy(self, now: datetime) -> None:
        self.tidied.append(now)

    # -- requests

    def put(self, request: Request, at: datetime = MONDAY) -> str:
        letter = Letter(f"r{next(self._numbers)}", request, at)
        self.letters[letter.id] = letter
        return letter.id

    async def claim_requests(
        self, now: datetime, limit: int, lease: timedelta, *, newest: bool = False, without: Collection[str] = ()
    ) -> list[Letter]:
        ready = [each for each in self._heads(without) if each.at <= now and self._free(each.id)]
        ready = (ready[::-1] if newest else ready)[:limit]
        for letter in ready:
            self.held[letter.id] = now + lease
            self.letters[letter.id] = replace(letter, unsure=letter.unsure + 1)
        self.claims.append(len(ready))
        return [replace(each, risks=each.unsure, since=MONDAY if each.unsure else None) for each in ready]

    async def retry_request(self, request: str, at: datetime, *, ambiguous: bool) -> None:
        letter = self.letters[request]
        unsure = letter.unsure - (not ambiguous)
        self.letters[request] = replace(letter, at=at, attempts=letter.attempts + 1, unsure=unsure)
        del self.held[request]

    async def postpone_request(self, request: str, at: datetime) -> None:
        letter = self.letters[request]
        self.letters[request] = replace(letter, at=at, unsure=letter.unsure - 1)
        self.postponed.append(request)
        del self.held[request]

    async def next_request_at(self, *, without: Collection[str] = ()) -> datetime | None:
        return min((letter.at for letter in self._heads(without) if self._free(letter.id)), default=None)

    def _heads(self, without: Collection[str] = ()) -> list[Letter]:
        """The first of each conversation."""
        heads: dict[str, Letter] = {}
        for letter in self.letters.values():
            if lane(letter.request.to.space) not in without:
                heads.setdefault(order_key(letter.request.to), letter)
        return list(heads.values())

    def _free(self, key: object) -> bool:
        return self.held.get(key, self.watch.at) <= self.watch.at


@dataclass(frozen=True)
class Letter:
    id: str
    request: Request
    at: datetime
    attempts: int = 0
    risks: int = 0
    since: datetime | None = None
    unsure: int = 0
    target: Posted | None = None
    community: str = "c1"


class Doorman:
    """Notes every event and does the shelf's housekeeping; `does` may answer, put more, or raise."""

    def __init__(self, shelf: Shelf, does: Callable[[Event], Answer | None] | None = None) -> None:
        self.shelf = shelf
        self.does = does
        self.events: list[Event] = []
        self.moments: list[datetime] = []

    async def handle(self, event: Event) -> Answer:
        self.events.append(event)
        self.moments.append(self.shelf.watch.at)
        answer = self.does(event) if self.does else None
        match event:
            case CameDue():
                self.shelf.things.pop(event.about, None)
            case Delivered() | Refused() | ThreadFetched():
                self.shelf.letters.pop(event.request, None)
        return answer or Nothing()


@dataclass
class Pigeon:
    """A platform that notes what it was asked; `carries` may raise or wait. `waits` tells turns, `full` is crowded."""

    name: str = "playground"
    carries: Callable[[str, Request], Sent | None] | None = None
    waits: Callable[[Request], float] | None = None
    full: dict[str, float] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    unsure: list[datetime | None] = field(default_factory=list)

    async def send(
        self, request_id: str, request: Request, target: Posted | None, since: datetime | None = None
    ) -> Sent:
        self.unsure.append(since)
        result = self.carries(request_id, request) if self.carries else None
        self.sent.append(request_id)
        return result or Sent()

    def turn(self, request: Request) -> float:
        return self.waits(request) if self.waits else 0.0

    def crowded(self) -> Mapping[str, float]:
        return self.full


class Paced(Pigeon):
    """A platform that takes so many requests a second from each lane, and so many for each conversation."""

    def __init__(
        self, watch: Watch, *, lane: int = 10_000, conversation: int = 10_000, name: str = "playground"
    ) -> None:
        super().__init__(name)
        self.watch = watch
        self.most = {"lane": lane, "conversation": conversation}
        self.taken: Counter[tuple[str, str, int]] = Counter()
        """By what is counted, which, and the second."""

    @property
    def second(self) -> int:
        return int((self.watch.at - MONDAY).total_seconds())

    def turn(self, request: Request) -> float:
        places = (("lane", lane(request.to.space)), ("conversation", order_key(request.to)))
        if any(self.taken[kind, which, self.second] >= self.most[kind] for kind, which in places):
            return 1.0
        self.taken.update((kind, which, self.second) for kind, which in places)
        return 0.0

    def crowded(self) -> Mapping[str, float]:
        counts = self.taken.items()
        most = self.most["lane"]
        return {
            which: 1.0
            for (kind, which, at), count in counts
            if kind == "lane" and at == self.second and count >= most
        }  # fmt: skip


def names(events: Iterable[Event]) -> list[str]:
    return [event.about.name if isinstance(event, CameDue) else event.id for event in events]
