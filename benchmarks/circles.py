"""Who is there on Slack: people who talk in a channel, and rounds with an open step in whose threads others answer."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from benchmarks.signed import TEAM, Request, Signed, command, message
from bot.chat.names import Account, Channel, Profile, Space
from storage.store import Store
from tests.knock import MONDAY, House, Player

CIRCLES = 96
"""So many that each gets no more words than people write in one."""
SEATS = 8
GUESTS = 50
SPACE = Space("slack", TEAM)


@dataclass
class Circles:
    """`threads` has who sits in each round, by the root of its thread."""

    threads: Mapping[str, list[Player]]
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    began: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        return MONDAY + timedelta(seconds=time.monotonic() - self.began)

    @property
    def people(self) -> dict[Account, Profile]:
        seated = {person.account: person.profile for people in self.threads.values() for person in people}
        guests = {Account(SPACE, f"U0GUEST{number}"): Profile(f"Guest {number}", "en") for number in range(GUESTS)}
        return seated | guests

    @property
    def someone(self) -> str:
        """The id of somebody whom Kring knows well."""
        return next(iter(self.threads.values()))[0].account.id

    def messages(self, secret: str, count: int) -> list[Request]:
        """Talk in a channel, by people whom Kring never met; it is nobody's round."""
        signed = Signed(secret)
        numbers = itertools.islice(self.numbers, count)
        return [signed.json(message(number, user=f"U0GUEST{number % GUESTS}")) for number in numbers]

    def contributions(self, secret: str, count: int) -> list[Request]:
        """In the threads, in turns. The last of each round stays silent, so its step stays open."""
        signed, threads = Signed(secret), list(self.threads.items())
        made = []
        for number in itertools.islice(self.numbers, count):
            root, people = threads[number % len(threads)]
            who = people[number // len(threads) % (len(people) - 1)]
            fields = {"user": who.account.id, "thread_ts": root, "channel": who.place.id, "text": f"I wait ({number})."}
            made.append(signed.json(message(number, **fields)))
        return made

    def commands(self, secret: str, count: int, text: str) -> list[Request]:
        signed = Signed(secret)
        return [
            signed.form(command(number, text, user_id=self.someone)) for number in itertools.islice(self.numbers, count)
        ]


async def sit_down(store: Store, circles: int = CIRCLES) -> Circles:
    """Talking circles in their first step, where everybody may say something."""
    house = House(store)
    threads: dict[str, list[Player]] = {}
    for number in range(circles):
        people = [_person(house, number, seat) for seat in range(SEATS)]
        await people[0].calls(f'round start talking_circle "topic {number}"')
        for person in people:
            await person.presses("I'll speak", f"topic {number}")
        await people[0].calls("round begin")
        channel = people[0].place
        assert isinstance(channel, Channel)
        root = next(shown.ref.thread for shown in reversed(house.shown(channel)) if shown.ref.thread)
        threads[root] = people
    return Circles(threads)


def _person(house: House, number: int, seat: int) -> Player:
    person = house.person(f"Person {number} {seat}")
    person.account = Account(SPACE, f"U{number:04d}X{seat}")
    person.place = Channel(SPACE, f"C{number:04d}")
    return person
