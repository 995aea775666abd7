"""A life in which everything goes wrong at random between a platform and Kring, and what must hold at its end.

People call, press, fill in and keep, a dozen at a time, while Kring is killed with `kill -9` and started again. In the
end, when all is well again: whatever was acknowledged was handled once, and everything that Kring posts stands there
once. What a platform has of its own is in `slack.py` and `discord.py`.
"""

from __future__ import annotations

import asyncio
import random
import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from bot.settings import Settings
from tests.adapters.stand_ins import MONDAY
from tests.process import Process, started, waiting

HANDS = 12
"""So many people act at the same time."""
PEOPLE = 12
SPEAK = "I'll speak"
PATIENT = 0.8
"""So many of the people wait when Kring is not there."""
ITEM = {"Title": "", "When and where does this come up?": "Year 6", "What do you do then?": "I wait."}

Person = Any
Channel = Any
Shown = Any
Outcome = Any
Act = Callable[[], Awaitable[None]]


@dataclass
class Told:
    """What the people outside know: whether they had an answer. Else nobody knows whether it was handled."""

    accepted: bool = False

    def fits(self, count: int) -> bool:
        return count == 1 or (count == 0 and not self.accepted)


@dataclass
class Card:
    channel: Channel
    topic: str
    told: Told
    speaking: dict[str, Told] = field(default_factory=dict)
    """By person: whether they pressed *I'll speak*."""


class Life(ABC):
    """`server` is the fake platform."""

    server: Any
    refusal: type[Exception]
    """What the platform's own client says no with."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.chance = random.Random(seed)
        self.shift = MONDAY - datetime.now(UTC)
        self.people: list[Person] = []
        self.cards: list[Card] = []
        self.items: dict[str, Told] = {}
        self.acts: Counter[str] = Counter()
        self.kills = 0
        self.up = False
        self._hands: list[asyncio.Task[None]] = []
        self._number = 0

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift

    # -- what a platform has of its own

    @abstractmethod
    async def set_up(self) -> Settings:
        """Who and what is there before Kring is."""

    @abstractmethod
    async def begin(self, settings: Settings) -> None:
        """Kring runs for the first time, and all is well: the community gets a home."""

    @abstractmethod
    def mishaps_begin(self) -> None: ...

    @property
    @abstractmethod
    def own_acts(self) -> Sequence[Act]:
        """What people do besides calling, pressing and writing down."""

    @abstractmethod
    def is_reachable(self) -> bool: ...

    @abstractmethod
    def new_channel(self, name: str) -> Channel: ...

    @abstractmethod
    async def calls(self, person: Person, channel: Channel, text: str) -> Outcome: ...

    @abstractmethod
    async def form(self, person: Person) -> Any:
        """Opens the form for an item; None when there is none now."""

    @abstractmethod
    async def sends(self, person: Person, form: Any, values: dict[str, str]) -> Outcome: ...

    @abstractmethod
    def was_taken(self, outcome: Outcome, title: str) -> bool:
        """Whether Kring said that it has the item now."""

    @abstractmethod
    def posts(self) -> dict[str, list[Any]]:
        """What Kring posted, by what names a post."""

    @abstractmethod
    def in_channel(self, channel: Channel) -> Iterable[tuple[Any, str]]:
        """Kring's messages there, outside of threads, and all of each as one text."""

    @abstractmethod
    def check_own(self) -> None:
        """What must hold on this platform besides."""

    @abstractmethod
    def given_up(self, about: str) -> bool:
        """Whether the platform gave up telling Kring of this: then nobody knows."""

    # -- the life

    async def run(self, events: int, kills: int) -> None:
        async with self.server:
            settings = await self.set_up()
            while True:
                async with started(settings, self.shift, self.folder / "kring.log") as process:
                    if not self.acts:
                        await self.begin(settings)
                    self.up = True
                    self.mishaps_begin()
                    left = events - self.acts.total()
                    if self.kills == kills:
                        await self._live(left)
                        self.server.mishaps.none()
                        await self._quiet(settings)
                        await self._check()
                        return
                    await self._live(left // (kills - self.kills + 1), process)
                self.kills += 1

    async def _live(self, count: int, doomed: Process | None = None) -> None:
        """So many acts by a dozen hands; a doomed process is killed somewhere in the middle of the last ones.

        Whoever waits for Kring then goes on when it is there again.
        """
        left = iter(range(count))
        self._hands += [asyncio.create_task(self._act(left)) for _ in range(HANDS)]
        if doomed is not None:
            enough = self.acts.total() + max(count - HANDS, 1)
            while self.acts.total() < enough:  # noqa: ASYNC110 - it is about to be killed at no special moment
                await asyncio.sleep(0.002)
            await asyncio.sleep(self.chance.uniform(0, 0.05))
            await doomed.kill()
            self.up = False
        else:
            await asyncio.gather(*self._hands)

    async def _act(self, left: Iterable[int]) -> None:
        for _ in left:
            if self.chance.random() < PATIENT:
                while not (self.up and self.is_reachable()):  # noqa: ASYNC110 - most people wait a moment
                    await asyncio.sleep(0.05)
            act = self.chance.choice(self.all_acts)
            await act()
            self.acts[getattr(act, "__name__", "").strip("_")] += 1

    @property
    def all_acts(self) -> Sequence[Act]:
        """One as often as another."""
        return (self._call, self._press, self._press, self._press, self._add, *self.own_acts)

    def mark(self, kind: str) -> str:
        self._number += 1
        return f"{kind} {self._number:06d}"

    def word(self) -> str:
        """One that is like no other, so that a search finds it alone."""
        return "".join(self.chance.choices(ascii_lowercase, k=12))

    def card(self, kind: str, told: Told) -> Card:
        """In a channel of its own: no more than two rounds go on in one."""
        topic = self.mark(kind)
        self.cards.append(Card(self.new_channel(topic.replace(" ", "-")), topic, told))
        return self.cards[-1]

    @property
    def told(self) -> str:
        """What came of it, in words."""
        cards = sum(card.told.accepted for card in self.cards)
        items = sum(told.accepted for told in self.items.values())
        return f"{cards} invitations and {items} items accepted"

    # -- what they do

    async def _call(self) -> None:
        person, card = self.chance.choice(self.people), self.card("called", Told())
        outcome = await self.calls(person, card.channel, f'/kring round start reveal_together "{card.topic}"')
        card.told.accepted = outcome.failed is None

    async def _press(self) -> None:
        if not self.cards:
            return
        person, card = self.chance.choice(self.people), self.chance.choice(self.cards[-30:])
        for _ in range(40):
            if shown := self.standing(card):
                break
            await asyncio.sleep(0.05)
        else:
            return
        try:
            outcome = await self.server.presses(person, shown[0], SPEAK)
        except self.refusal:  # it was changed just now
            return
        told = card.speaking.setdefault(person.id, Told())
        told.accepted = told.accepted or outcome.failed is None

    async def _add(self) -> None:
        person, title = self.chance.choice(self.people), self.word()
        form = await self.form(person)
        if form is None:
            return  # somebody else's hands had this person open another one, or Kring was not there
        told = self.items[title] = Told()
        try:
            outcome = await self.sends(person, form, ITEM | {"Title": title})
        except self.refusal:
            del self.items[title]
            return
        told.accepted = outcome.failed is None and self.was_taken(outcome, title)

    # -- what must hold

    async def _quiet(self, settings: Settings) -> None:
        """Returns when nothing is on its way any more, neither events nor what Kring still has to post."""
        database = settings.database.url.removeprefix("sqlite:///")
        for _ in range(600):
            await self.server.idle(60)
            before = self.server.counters.calls.copy()
            await asyncio.sleep(0.2)
            if not waiting(database, self.now() + timedelta(minutes=1)) and before == self.server.counters.calls:
                return
        raise AssertionError("it does not become quiet")

    async def _check(self) -> None:
        assert self.server.counters.too_many == 0, "Kring was too fast"
        twice = {name: posts for name, posts in self.posts().items() if len(posts) > 1}
        assert not twice, f"posted twice: {list(twice.values())[:3]}"
        for card in self.cards:
            self._check_card(card)
        for title, told in self.items.items():
            await self._check_item(title, told)
        self.check_own()

    def _check_card(self, card: Card) -> None:
        card.told.accepted = card.told.accepted and not self.given_up(card.topic)
        cards = self.standing(card)
        assert card.told.fits(len(cards)), f"{card.topic}: {len(cards)} cards, {card.told}"
        speaking = [told.accepted for told in card.speaking.values()]
        for each in cards:
            found = re.search(r"(\d+) speaks?\b", each.text)
            count = int(found.group(1)) if found else 0
            assert sum(speaking) <= count <= len(speaking), f"{card.topic}: {speaking}, but: {each.text}"

    async def _check_item(self, title: str, told: Told) -> None:
        asks = self.people[0]
        outcome = await self.calls(asks, self.home, f'/kring knowhow find "{title}"')
        [answer, *_] = self.server.told(*self.asked_by(asks, outcome))
        count = len(re.findall(rf"K-\d+ · {title}\b", answer.text))
        assert told.fits(count), f"{title}: {count} items, {told}:\n{answer.text}"

    @property
    @abstractmethod
    def home(self) -> Channel: ...

    def asked_by(self, person: Person, outcome: Outcome) -> tuple[Any, ...]:
        """How the fake platform is asked what an outcome told."""
        return (person, outcome)

    def standing(self, card: Card) -> list[Shown]:
        shown = (
            self.server.shown(*self.seen(each)) for each, text in self.in_channel(card.channel) if card.topic in text
        )
        return [each for each in shown if SPEAK in each.buttons]

    def seen(self, message: Any) -> tuple[Any, ...]:
        """How the fake platform is asked what a message shows."""
        return (self.people[0], message)

    def letters(self, person: Person) -> list[Shown]:
        """What Kring wrote to them alone, later than in answer to something."""
        return [each for each in self.server.sees(person, self.server.dm(person)) if each.message.by_app]
