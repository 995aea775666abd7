"""A figure is a ratio: ours beside a floor, in interleaved rounds of one run, and the median of the rounds' ratios."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from statistics import median

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One goal. `ratio` is ours to the floor; it is held when it is on the right side of `wanted`."""

    goal: str
    what: str
    ours: float
    floor: float
    unit: str
    ratio: float
    wanted: float
    at_least: bool

    @property
    def held(self) -> bool:
        return self.ratio >= self.wanted if self.at_least else self.ratio <= self.wanted

    def row(self) -> tuple[str, ...]:
        sign = "≥" if self.at_least else "≤"
        verdict = "held" if self.held else f"missed: {self._missed():.2f}x off"
        return (
            self.goal, self.what, f"{_short(self.ours)} {self.unit}", f"{_short(self.floor)} {self.unit}",
            f"{self.ratio:.3g}", f"{sign} {self.wanted:g}", verdict,
        )  # fmt: skip

    def _missed(self) -> float:
        if self.at_least:
            return self.wanted / self.ratio
        return self.ratio / self.wanted if self.wanted else inf


def figure(
    goal: str, what: str, pairs: Sequence[tuple[float, float]], unit: str, *, at_least: float = 0, at_most: float = 0
) -> Figure:
    """From the rounds' (ours, floor)."""
    return Figure(
        goal,
        what,
        median(ours for ours, _ in pairs),
        median(floor for _, floor in pairs),
        unit,
        median(ours / floor for ours, floor in pairs),
        at_least or at_most,
        bool(at_least),
    )


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def table(figures: Sequence[Figure]) -> str:
    rows = [("goal", "what", "Kring", "floor", "ratio", "wanted", ""), *(each.row() for each in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


async def rate(work: Callable[[int], Awaitable[object]], count: int, in_flight: int) -> float:
    """How many a second, with so many waiting at a time."""
    numbers = iter(range(count))

    async def worker() -> None:
        for number in numbers:
            await work(number)

    started = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(in_flight)))
    return count / (time.perf_counter() - started)


async def each(work: Callable[[int], Awaitable[object]], count: int) -> list[float]:
    """Seconds of each, one after the other."""
    taken = []
    for number in range(count):
        started = time.perf_counter()
        await work(number)
        taken.append(time.perf_counter() - started)
    return taken


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def sync_time(folder: Path, count: int = 200) -> float:
    """Seconds that this machine's disk takes to make 100 bytes durable: the floor of every durable write."""
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        taken = []
        for _ in range(count):
            started = time.perf_counter()
            file.write(b"x" * 100)
            file.flush()
            os.fdatasync(file.fileno())
            taken.append(time.perf_counter() - started)
    return median(taken)


def resident() -> float:
    """Megabytes that this process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def longest_stall(during: Awaitable[object]) -> float:
    """The longest time in seconds that the event loop did not turn while this was awaited."""
    worst = 0.0
    task = asyncio.ensure_future(during)
    while not task.done():
        started = time.perf_counter()
        await asyncio.sleep(0.001)
        worst = max(worst, time.perf_counter() - started - 0.001)
    await task
    return worst
