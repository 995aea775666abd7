"""E0, E2, E3, E5, E8: a contribution through the whole door, from event to durable answer."""

from __future__ import annotations

import asyncio
import gc
import itertools
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.floors import Bolt, obvious_build
from benchmarks.measure import ROUNDS, Figure, each, figure, longest_stall, percentile, rate
from bot.chat.actions import Action
from bot.chat.answers import Nothing, Tell
from bot.chat.events import ButtonPressed, FormSent
from bot.chat.names import Channel
from bot.context import Feature
from bot.features import FEATURES, gather
from storage.search import Search
from storage.store import open_store
from tests.knock import House, as_words

COUNT = 1_500
IN_FLIGHT = 64


async def measure(folder: Path) -> list[Figure]:
    async with open_store(f"sqlite:///{folder / 'kring.db'}") as store, obvious_build(folder / "orm.db") as obvious:
        house = House(store)
        contribute = await _contributing(house)
        gc.collect()
        gc.freeze()  # as `bot/compose.py` does
        bolt, bare = Bolt(), Bare(folder / "bare.db")
        await asyncio.gather(*(contribute(number) for number in range(200)))
        against_bolt, against_obvious, against_row, serial = [], [], [], []
        for _ in range(ROUNDS):
            ours = await rate(contribute, COUNT, IN_FLIGHT)
            against_bolt.append((ours, await rate(bolt.event, COUNT, IN_FLIGHT)))
            against_obvious.append((ours, await rate(obvious, COUNT // 3, IN_FLIGHT)))
            row = median(await each(bare.insert, 300))
            p50 = median(await each(contribute, 300))
            serial.append((p50, 2 * row + 0.001))
            against_row.append((p50, row))
        figures = [
            figure(
                "E0", "contribution, 64 in flight, against Bolt acknowledging only", against_bolt, "/s", at_least=0.15
            ),
            figure("E0/E3", "the same against the async ORM on aiosqlite", against_obvious, "/s", at_least=4),
            figure("E0", "the same one by one, p50, against 2 durable rows + 1 ms", serial, "s", at_most=1),
            figure("E2", "the same one by one, p50, against a durable row", against_row, "s", at_most=8),
            figure("E5", "dispatch with 50 features against 1", await _dispatch(store), "s", at_most=1.25),
        ]
        return figures + await _beside_a_search(store, contribute)


async def _contributing(house: House) -> Any:
    """Eight rounds of eight people each, of whom seven answer privately and keep changing their answers."""
    events: list[FormSent] = []
    for number in range(8):
        people = [house.person(f"Person {number} {seat}", timezone="Europe/Amsterdam") for seat in range(8)]
        for person in people:
            person.place = Channel(person.account.space, f"c{number}")
        await people[0].calls(f'round start reveal_together "topic {number}"')
        for person in people:
            await person.presses("I'll speak", f"topic {number}")
        await people[0].calls("round begin")
        for person in people[1:]:  # when all have answered, the step is over
            action, ref, place = person._control("Answer privately", f"topic {number}")
            id_ = house.event_id()
            event = ButtonPressed(id_, house.now, person.account, place, action, ref, profile=person.profile)
            await person._acts(event)
            form = person.form
            assert form is not None
            values = tuple((field.name, field.value) for field in form.fields)
            events.append(FormSent("", house.now, person.account, place, form.action, values, person.profile))
    numbers = itertools.count(1)
    field = events[0].values[0][0]

    async def contribute(_: int) -> None:
        number = next(numbers)
        event = events[number % len(events)]
        words = tuple(
            (name, f"I wait ten seconds ({number})." if name == field else value) for name, value in event.values
        )
        answer = await house.door.handle(replace(event, id=f"bench{number}", values=words))
        assert isinstance(answer, Tell), answer
        assert "This step is over." not in as_words(answer.message)

    return contribute


class Bare:
    """One durable row in a thread of its own: the least that "durable" can cost from an event loop."""

    def __init__(self, file: Path) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._file = file
        self._pool.submit(self._open).result()

    def _open(self) -> None:
        self._db = sqlite3.connect(self._file, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute("CREATE TABLE inbox (event TEXT PRIMARY KEY, at TEXT)")
        self._numbers = itertools.count()

    def _insert(self) -> None:
        self._db.execute("INSERT INTO inbox VALUES (?, 'now')", (f"e{next(self._numbers)}",))

    async def insert(self, _: int) -> None:
        await asyncio.get_running_loop().run_in_executor(self._pool, self._insert)


async def _dispatch(store: Any) -> list[tuple[float, float]]:
    """Seconds for an event that a feature's button takes and does nothing with, with many features and with one."""

    def ring(*_: object) -> Nothing:
        return Nothing()

    def features(count: int) -> tuple[Feature, ...]:
        return tuple(Feature(f"f{n}", buttons={f"f{n}.ring": ring}, posted=()) for n in range(count))

    many, one = House(store, gather(features(50), {})), House(store, gather(features(1), {}))
    anna = one.person("Anna")
    numbers = itertools.count()

    async def press(house: House) -> None:
        id_ = f"press{next(numbers)}"
        event = ButtonPressed(id_, house.now, anna.account, anna.place, Action("f0.ring", "1"), profile=anna.profile)
        await house.door.handle(event)

    pairs = []
    for _ in range(ROUNDS):
        fifty = median(await each(lambda _: press(many), 300))
        pairs.append((fifty, median(await each(lambda _: press(one), 300))))
    assert len(FEATURES) < 50
    return pairs


async def _beside_a_search(store: Any, contribute: Any) -> list[Figure]:
    """The p99 of contributions while heavy searches run, against the p99 in quiet."""
    common = "how to start a lesson when it is quiet and people look at you"

    def fill(unit: Any, start: int) -> None:
        search = Search(unit.connection)
        for number in range(start, start + 1_000):
            search.put("c1", "item", str(number), f"{common} {number} " * 6)

    for start in range(0, 20_000, 1_000):
        await store.run(lambda unit, start=start: fill(unit, start))
    pairs, stalls = [], []
    for _ in range(3):
        quiet = percentile(await each(contribute, 400), 0.99)
        stop = time.perf_counter() + 1.5
        beside: list[float] = []

        async def searching(until: float = stop) -> None:
            while time.perf_counter() < until:
                await store.look(lambda unit: Search(unit.connection).find("c1", "item", common, 10))

        async def working(until: float = stop, into: list[float] = beside) -> None:
            while time.perf_counter() < until:
                into += await each(contribute, 5)

        stalls.append(await longest_stall(asyncio.gather(searching(), searching(), working())))
        pairs.append((percentile(beside, 0.99), quiet))
    return [
        figure("E8", "contribution p99 while searches run, against quiet", pairs, "s", at_most=20),
        figure("E8", "longest stall of the loop meanwhile, against 10 ms", [(median(stalls), 0.01)], "s", at_most=1),
    ]
