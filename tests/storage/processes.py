"""Another process that uses the same database: started, listened to, killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
_WRITER = """
import asyncio, itertools, sys
from datetime import UTC, datetime
from storage.store import open_store

async def main(url, in_flight):
    numbers = itertools.count()
    async with open_store(url, holder="the other one") as store:
        print("ready", flush=True)
        async def write():
            for number in numbers:
                await store.run(lambda unit: unit.first_time(f"e{number}", datetime.now(UTC)))
                print(number, flush=True)
        await asyncio.gather(*(write() for _ in range(in_flight)))
        await asyncio.Event().wait()

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


@contextmanager
def another(url: str, writing: int = 0) -> Iterator[subprocess.Popen[str]]:
    """A Kring with the database open; with `writing` so many tasks write event ids and print each that is durable."""
    command = [sys.executable, "-c", _WRITER, url, str(writing)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", process.stderr and process.stderr.read()
        yield process
    finally:
        process.kill()
        process.communicate()
