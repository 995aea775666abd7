"""`kring run` in a process of its own that can be killed: at a test's pace, with a watch that shows another time.

async with started(settings, shift) as process:    # in a test
    await process.skips()       # there a few hours pass, and all that is due in them happens
    await process.kill()
python -m tests.process <seconds>                  # what it starts; the settings are in the environment
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.compose import store_of
from bot.loading import load
from bot.logs import configure
from bot.running import open_house
from bot.settings import PREFIX, Settings, sections, variable

ROOT = Path(__file__).parents[1]
TEMPO = 1000.0
"""Kring's pace is so many times faster, so that a test does not wait."""
READY = b"ready\n"
STRIDE, LONG_STRIDE = timedelta(hours=3), timedelta(days=1)
"""How far a watch goes ahead at once."""


class Process:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def kill(self) -> None:
        self._process.kill()
        await self._process.wait()

    async def skips(self, *, far: bool = False) -> None:
        """STRIDE passes there, or LONG_STRIDE: what is due happens, each at its moment."""
        self._process.send_signal(signal.SIGUSR2 if far else signal.SIGUSR1)
        assert self._process.stdout is not None
        said = await asyncio.wait_for(self._process.stdout.readline(), 120)
        assert said == READY, "it did not live to see that moment"

    @property
    def is_alive(self) -> bool:
        return self._process.returncode is None


@asynccontextmanager
async def started(settings: Settings, shift: timedelta, log: Path) -> AsyncIterator[Process]:
    """Runs until the end of the context, if it was not killed before. What it says goes into `log`."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    with log.open("ab") as file:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.process", str(shift.total_seconds()),
            cwd=ROOT, env=environment | as_environment(settings), stdout=-1, stderr=file,
        )  # fmt: skip
        assert process.stdout is not None
        try:
            said = await asyncio.wait_for(process.stdout.readline(), 60)
            assert said == READY, f"it did not start; see {log}"
            yield Process(process)
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


def as_environment(settings: Settings) -> dict[str, str]:
    """As the environment of a process holds them: whatever is not as it is by default."""
    given: dict[str, str] = {}
    for section, model in sections().items():
        for name, value in getattr(settings, section):
            if value != model.model_fields[name].default:
                shown = value.get_secret_value() if isinstance(value, SecretStr) else value
                given[variable(section, name)] = str(shown)
    return given


def waiting(database: str, until: datetime) -> int:
    """How many requests Kring has still to carry out by then, in that SQLite file."""
    written = until.replace(tzinfo=None).isoformat(" ", "microseconds")
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        query = "SELECT count(*) FROM outbox WHERE state = 'open' AND ready_at <= ?"
        count: int = connection.execute(query, (written,)).fetchone()[0]
        return count


def free_port() -> int:
    """One that nobody listens at, so that Kring is found there again after it was killed."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


async def serve(shift: timedelta) -> None:
    ready = os.dup(sys.stdout.fileno())
    # what is logged goes where the test keeps it
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def now() -> datetime:
        return datetime.now(UTC) + shift

    async def travel(moment: datetime) -> None:
        nonlocal shift
        shift = max(moment - datetime.now(UTC), shift)

    async def skip(stride: timedelta) -> None:
        await house.kring.clock.run_due(now() + stride, post=house.kring.postman, travel=travel)
        os.write(ready, READY)

    settings = load(None, os.environ)
    configure(settings.log)
    async with store_of(settings) as store:
        await store.release(now())
        async with open_house(settings, store, now=now, tempo=TEMPO) as house, asyncio.TaskGroup() as skips:
            for name, stride in ((signal.SIGUSR1, STRIDE), (signal.SIGUSR2, LONG_STRIDE)):
                asyncio.get_running_loop().add_signal_handler(name, lambda by=stride: skips.create_task(skip(by)))
            os.write(ready, READY)
            await asyncio.Event().wait()


if __name__ == "__main__":
    os.set_blocking(sys.stderr.fileno(), True)
    asyncio.run(serve(timedelta(seconds=float(sys.argv[1]))))
