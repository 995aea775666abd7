"""Measures everything, or what is named: `python -m benchmarks [door] [due] …`."""

from __future__ import annotations

import asyncio
import importlib
import platform
import sys
import tempfile
import time
from pathlib import Path

import structlog

from benchmarks.measure import Figure, sync_time, table
from bot.compose import tune

PARTS = (
    "start",
    "door",
    "due",
    "search",
    "writers",
    "many_rounds",
    "after_downtime",
    "slack",
    "slack_http",
    "slack_sending",
    "discord",
    "discord_sending",
    "forming",
)


async def main(parts: list[str]) -> int:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    unknown = sorted(set(parts) - set(PARTS))
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(PARTS)}")
        return 2
    tune()  # as a process that serves
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="kring-bench-") as name:
        folder = Path(name)
        print(f"Python {platform.python_version()}; one sync of the disk takes {sync_time(folder) * 1000:.2f} ms")
        for part in parts or PARTS:
            started = time.perf_counter()
            (folder / part).mkdir()
            figures += await importlib.import_module(f"benchmarks.{part}").measure(folder / part)
            print(f"  {part}: {time.perf_counter() - started:.0f} s", flush=True)
    print()
    print(table(figures))
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
