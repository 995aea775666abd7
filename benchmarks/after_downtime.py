"""M5 to M8: a thousand rounds run, Kring is away for a day, and comes back."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.eights import Town
from benchmarks.measure import Figure, each, figure, longest_stall, percentile
from bot.chat.events import CommandCalled
from bot.chat.names import Channel, MessageRef
from bot.chat.requests import FetchThread, OpenThread, Post, Request
from bot.compose import Kring, compose
from bot.ports import Posted, Sent
from storage.due import due
from storage.store import open_store
from storage.unit import Unit

MANY = 1_000
WAVES = 1
AWAY = timedelta(days=1)
STALL = 0.1


class Eager:
    """A platform that takes everything at once, which is the worst for whoever else wants something."""

    name = "playground"

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self.sent: Counter[object] = Counter()
        """How many requests went to each conversation."""

    async def send(
        self, request_id: str, request: Request, target: Posted | None, since: datetime | None = None
    ) -> Sent:
        self.sent[request.to] += 1
        to = request.to if isinstance(request.to, Channel) else Channel(request.to.space, f"d{request.to.id}", True)
        match request:
            case FetchThread():
                return Sent(fetched=())
            case Post():
                return Sent(MessageRef(to, f"later{next(self._numbers)}"))
            case OpenThread() if target is not None:
                return Sent(replace(target.message, thread=target.message.id))
            case _:
                return Sent(target.message if target is not None else None)

    def turn(self, request: Request) -> float:
        return 0.0

    def crowded(self) -> Mapping[str, float]:
        return {}


@dataclass
class Back:
    """How it was to come back."""

    ready: float
    """Seconds from opening the database to the first answer."""
    settled: float = 0.0
    """Seconds until nothing was due and nothing waited to be sent."""
    stall: float = 0.0
    waits: list[float] = field(default_factory=list)
    """Seconds that people waited for an answer meanwhile."""


async def measure(folder: Path, many: int = MANY) -> list[Figure]:
    async with open_store(f"sqlite:///{folder / 'away.db'}") as store:
        town = Town(store, many)
        await town.opens()
        events = delivered = 0
        started = time.perf_counter()
        for _ in range(WAVES):
            events += len(await _wave(town))
            delivered += await town.deliver()
        usual = (events + delivered) / (time.perf_counter() - started)
        now = town.house.now + AWAY
        overdue = await store.look(lambda unit: _overdue(unit, now))
    empty = [await _nothing_to_do(folder / f"empty{number}.db", town, now) for number in range(3)]
    eager = Eager()
    back = await _comes_back(folder / "away.db", town, now, eager)
    sent, most = eager.sent.total(), max(eager.sent.values())
    print(f"  ({overdue:,} rounds overdue; {sent:,} requests sent, at most {most} to one conversation)")
    boots = [(back.ready, one.ready) for one in empty]
    usually = (overdue + sent) / usual
    return [
        figure("M5", f"ready with {many:,} rounds after a day, against nothing to do", boots, "s", at_most=1.5),
        figure("M6", "all due handled and sent, against as many events", [(back.settled, usually)], "s", at_most=1.5),
        figure("M7", "longest stall of the loop meanwhile, against 100 ms", [(back.stall, STALL)], "s", at_most=1),
        figure("M8", "p99 of an answer meanwhile, against 3 s", [(percentile(back.waits, 0.99), 3)], "s", at_most=0.33),
    ]


def _overdue(unit: Unit, now: datetime) -> int:
    return unit.connection.execute(select(func.count()).where(due.c.at <= now)).scalar_one()


async def _wave(town: Town) -> list[float]:
    return await town.happen(await town.next())


async def _nothing_to_do(file: Path, town: Town, now: datetime) -> Back:
    await _comes_back(file, town, now, Eager())  # the first time its tables are made
    return await _comes_back(file, town, now, Eager())


async def _comes_back(file: Path, town: Town, now: datetime, platform: Eager) -> Back:
    person, numbers = town.circles[0].people[0], itertools.count()
    started = time.perf_counter()

    def clock() -> datetime:
        return now + timedelta(seconds=time.perf_counter() - started)

    async with open_store(f"sqlite:///{file}") as store:
        await store.release(now)
        async with compose(store, [platform], now=clock) as kring:

            async def asks(_: int) -> None:
                await asyncio.sleep(0.01)
                id_ = f"{file.name}{started}{next(numbers)}"
                place = Channel(person.account.space, "c0")
                await kring.door.handle(
                    CommandCalled(id_, clock(), person.account, place, "me", profile=person.profile)
                )

            async def settles(back: Back) -> None:
                while not await _settled(kring):
                    back.waits += await each(asks, 20)
                back.settled = time.perf_counter() - started

            await asks(0)
            back = Back(time.perf_counter() - started)
            back.stall = await longest_stall(settles(back))
            return back


async def _settled(kring: Kring) -> bool:
    due, waiting = await kring.store.next_due(), await kring.store.next_request_at()
    moment = kring.now() + timedelta(minutes=1)
    return all(at is None or at > moment for at in (due, waiting))
