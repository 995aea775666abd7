"""M1 to M4: a thousand rounds with eight people each, of four formats, all running at once."""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.eights import IN_FLIGHT, Town
from benchmarks.floors import Bolt, obvious_build
from benchmarks.measure import Figure, figure, percentile, rate, resident
from storage.store import open_store

MANY, FEW = 1_000, 12
"""So many rounds, and so few. Of a dozen each format has as large a share as of a thousand."""
WAVES = 11
"""In so many waves each circle of eight does about a hundred things, from the first step to the next round's."""
AMONG = (3, 7, 10)
"""After these waves of the many comes all of the few, so that both meet the same machine."""


@dataclass
class Took:
    """What the inputs of one or more waves took."""

    inputs: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    each: list[float] = field(default_factory=list)

    async def wave(self, town: Town) -> None:
        """Only what people do is timed; what follows is delivered after it."""
        events = await town.next()
        started, cpu = time.perf_counter(), time.process_time()
        self.each += await town.happen(events)
        self.cpu += time.process_time() - cpu
        self.seconds += time.perf_counter() - started
        self.inputs += len(events)
        await town.deliver()


async def measure(folder: Path, many: int = MANY, few: int = FEW, waves: int = WAVES) -> list[Figure]:
    all_few = [await _few(folder / "first.db", few, waves)]
    memory = resident()
    bolt, took = Bolt(), Took()
    floors: list[float] = []
    async with open_store(f"sqlite:///{folder / 'many.db'}") as store, obvious_build(folder / "orm.db") as obvious:
        town = Town(store, many)
        await town.opens()
        gc.collect()
        gc.freeze()
        orm = []
        for number in range(waves):
            await took.wave(town)
            floors.append(await rate(bolt.event, 1_500, IN_FLIGHT))
            orm.append(await rate(obvious, 200, IN_FLIGHT))
            if number in AMONG:
                all_few.append(await _few(folder / f"few{number}.db", few, waves))
        full = resident()
    speed = took.inputs / took.seconds
    print(f"  ({took.inputs:,} inputs of {many * 8:,} people; {took.cpu / took.inputs * 1e3:.2f} ms of processor each)")
    costs = [(took.cpu / took.inputs * 1e3, one.cpu / one.inputs * 1e3) for one in all_few]
    waits = [(percentile(took.each, 0.99) * 1e3, percentile(one.each, 0.99) * 1e3) for one in all_few]
    many_, few_ = f"{many:,} rounds", f"{few} rounds"
    return [
        figure(
            "M1", f"inputs in {many_}, against Bolt acknowledging only", _against(speed, floors), "/s", at_least=0.15
        ),
        figure("M1", "the same against the async ORM on aiosqlite", _against(speed, orm), "/s", at_least=4),
        figure("M2", f"processor for an input in {many_}, against {few_}", costs, "ms", at_most=1.25),
        figure("M3", f"p99 of an input in {many_}, 64 in flight, against {few_}", waits, "ms", at_most=1.5),
        figure("M4", f"memory with {many_}, against {few_}", [(full, memory)], "MB", at_most=1.5),
    ]


def _against(speed: float, floors: Sequence[float]) -> list[tuple[float, float]]:
    return [(speed, floor) for floor in floors]


async def _few(file: Path, rounds: int, waves: int) -> Took:
    took = Took()
    async with open_store(f"sqlite:///{file}") as store:
        town = Town(store, rounds)
        await town.opens()
        for _ in range(waves):
            await took.wave(town)
    return took
