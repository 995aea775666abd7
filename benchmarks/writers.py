"""W1: a second process on the same SQLite file. Two writers in a loop starve each other, so ours refuses to start."""

from __future__ import annotations

import asyncio
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measure import Figure, each, figure, percentile
from bot.chat.actions import Action
from storage.store import open_store

SECOND = """
import asyncio, sys
from storage.store import open_store
async def main():
    async with open_store(sys.argv[1], holder="the second"):
        pass
try:
    asyncio.run(main())
except Exception as error:
    print(type(error).__name__, error)
"""


async def measure(folder: Path) -> list[Figure]:
    url = f"sqlite:///{folder / 'kring.db'}"
    about = Action("newcomer", "1")
    async with open_store(url, holder="the first") as store:
        now = datetime.now(UTC)

        async def write(_: int) -> None:
            await store.run(lambda unit: unit.due.set("c1", about, now))

        await each(write, 200)
        pairs = []
        for _ in range(3):
            alone = percentile(await each(write, 1_000), 0.99)
            starting = asyncio.create_task(_second(url))
            beside = []
            while not starting.done():
                started = time.perf_counter()
                await write(0)
                beside.append(time.perf_counter() - started)
            assert "StorageTrouble" in starting.result(), "the second process must refuse to start"
            pairs.append((percentile(beside, 0.99), alone))
    return [figure("W1", "write p99 while a second process is refused", pairs, "s", at_most=5)]


async def _second(url: str) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", "-c", SECOND, url, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    return said.decode()
