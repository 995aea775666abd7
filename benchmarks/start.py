"""E9: from nothing to ready to serve, against importing the same libraries and doing nothing."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

from benchmarks.measure import ROUNDS, Figure, figure

LIBRARIES = (
    "import aiohttp.web, alembic.command, apscheduler.schedulers.asyncio, babel.messages.pofile, click, "
    "cryptography.fernet, pydantic_settings, snowballstemmer, sqlalchemy, structlog"
)
READY = """
import asyncio, sys
from bot.compose import playground
from bot.settings import Database, Settings

async def main():
    async with playground(Settings(database=Database(url=sys.argv[1])), "en", empty=True):
        pass

asyncio.run(main())
"""


async def measure(folder: Path) -> list[Figure]:
    url = f"sqlite:///{folder / 'kring.db'}"
    await _run(READY, url)  # the first start makes the tables; what is measured is every other one
    times, memory = [], []
    for _ in range(ROUNDS):
        ours, floor = await _run(READY, url), await _run(LIBRARIES)
        times.append((ours[0], floor[0]))
        memory.append((ours[1], floor[1]))
    return [
        figure("E9", "start: import, open the database, be ready", times, "s", at_most=1.5),
        figure("E9", "peak memory of that", memory, "MiB", at_most=1.5),
    ]


async def _run(code: str, *args: str) -> tuple[float, float]:
    """Wall seconds and peak MiB of a process of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    child = os.posix_spawn(  # noqa: ASYNC221 - nothing else runs in this loop
        sys.executable, [sys.executable, "-W", "ignore", "-c", code, *args], environment,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )  # fmt: skip
    _, status, usage = await asyncio.to_thread(os.wait4, child, 0)
    taken = time.perf_counter() - started
    assert status == 0, f"{code!r} failed"
    return taken, usage.ru_maxrss / 1024
