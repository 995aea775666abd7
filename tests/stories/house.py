"""Kring in this process beside a fake platform, with a watch that a story sets: what is the same for each of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime

from bot.running import House
from tests.adapters.stand_ins import Watch

JITTER = 4.0
"""A platform's speed limits are faster than Kring's pace: at such a tempo the machine's own stutter counts for
seconds."""
SPACES = {"schools": "De Regenboog", "college": "College Zuid"}
"""The names that stories give to spaces, and what these are called."""


@contextmanager
def held(database: str) -> Iterator[None]:
    """Nothing can be written to that SQLite file meanwhile: Kring can change nothing before the end of it."""
    with closing(sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


class InTheHouse:
    """Time and post. Beside a client of a platform, which knows when that is quiet and what went to and fro."""

    house: House
    watch: Watch
    quiet: Callable[[], Awaitable[None]]
    traffic: Callable[[], tuple[int, ...]]

    async def beside(self) -> None:
        """Returns when what Kring does besides is done."""

    async def deliver(self) -> None:
        """Returns when everything that can be delivered is delivered."""
        while True:
            before = self.traffic()
            await self.quiet()
            await self.house.kring.postman.settle()
            await self.beside()
            if self.traffic() == before:
                return

    async def now(self) -> datetime:
        return self.watch.now()

    async def pass_until(self, moment: datetime) -> None:
        await self.deliver()
        await self.house.kring.clock.run_due(moment, post=self, travel=self.watch.travel)
        await self.deliver()

    async def settle(self) -> None:
        """With `next_at` the post, for the clock."""
        await self.deliver()

    async def next_at(self) -> datetime | None:
        return await self.house.kring.postman.next_at()
