"""P1, P2, P3: how the house sends, against a small real platform that says no when it may (tests/fakes).

The platform's limits and the house's pace are both so many times faster than they are, and the same.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.measure import Figure, figure, percentile
from bot.chat.actions import Action
from bot.chat.messages import Button, Controls, Words, message
from bot.chat.names import Account, Channel
from bot.chat.requests import Conversation, Post
from bot.chat.text import plain
from storage.store import Store, open_store
from storage.unit import Unit

CIRCLES, POSTS = 40, 3
KILLED = 2_000
"""People in the broadcast that is broken off."""
KILLS = 6
ASKED_EVERY = 0.1
IDLE = 100
"""Commands while nothing else is going on."""
STUCK = 30.0

Person = Any
Place = Any


class Stage(ABC):
    """A platform, and the house's database before the house is started. `server` is the fake platform."""

    name: str
    """What the platform is called in the table."""
    server: Any
    everybody = 10_000
    """People of the broadcast."""

    def __init__(self, folder: Path, tempo: float) -> None:
        self.tempo = tempo
        self.url = f"sqlite:///{folder / f'sending{id(self)}.db'}"

    @property
    @abstractmethod
    def a_second(self) -> float:
        """Messages that the platform takes in all, at this tempo."""

    @abstractmethod
    def circle(self, number: int) -> tuple[Channel, Place]: ...

    @abstractmethod
    def people(self, count: int) -> list[tuple[Account, Person]]: ...

    @abstractmethod
    def stamps(self, place: Place) -> list[float]:
        """When each of the house's messages came to stand there, in seconds, the first first."""

    @abstractmethod
    def got(self, person: Person) -> int:
        """How many messages of the house stand in the person's conversation with it."""

    @property
    def posts(self) -> int:
        """How many of the messages that were asked for stand somewhere."""
        count: int = self.server.counters.posts
        return count

    @abstractmethod
    async def answered(self, person: Person) -> bool:
        """Calls a command; whether the person reads an answer."""

    @abstractmethod
    def environment(self) -> dict[str, str]:
        """The settings of the house."""

    async def known(self, store: Store, people: Sequence[tuple[Account, Person]]) -> None:  # noqa: B027 - nothing to know
        """What the house knows of people to whom it wrote before."""

    async def asked(self, posts: Sequence[Conversation], people: Sequence[tuple[Account, Person]] = ()) -> None:
        """Puts a message for each into the outbox."""
        button = Controls((Button("Yes, gladly", Action("bench.yes", "1"), style="primary"),))
        letter = message(Words(plain("On Thursday we meet at four. Would you like to tell how you began?")), button)
        moment = datetime.now(UTC)

        def fill(unit: Unit, some: Sequence[Conversation]) -> None:
            for to in some:
                unit.outbox.put(unit.communities.of(to.space).id, Post(to, letter), now=moment)

        async with open_store(self.url) as store:
            await self.known(store, people)
            for start in range(0, len(posts), 1_000):
                some = posts[start : start + 1_000]
                await store.run(lambda unit, some=some: fill(unit, some))

    @asynccontextmanager
    async def house(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """Running, in a process of its own."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("KRING_")}
        environment |= {"KRING_DATABASE__URL": self.url, **self.environment()}
        command = [sys.executable, "-m", "benchmarks.house", str(self.tempo)]
        process = await asyncio.create_subprocess_exec(*command, env=environment, stdout=asyncio.subprocess.PIPE)
        assert process.stdout is not None
        try:
            assert await process.stdout.readline() == b"ready\n", "the house did not start"
            yield process
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()

    async def until(self, posts: int) -> float:
        """Returns the moment at which so many different messages stand there."""
        seen, since = -1, time.perf_counter()
        while self.posts < posts:
            await asyncio.sleep(0.002)
            now = time.perf_counter()
            if self.posts != seen:
                seen, since = self.posts, now
            assert now - since < STUCK, f"stuck at {seen} of {posts}"
        return time.perf_counter()


Opening = AbstractAsyncContextManager[Stage]


async def reveal(opening: Opening) -> list[Figure]:
    """P1: everybody's answers in forty circles at the same moment."""
    async with opening as stage:
        circles = [stage.circle(number) for number in range(CIRCLES)]
        await stage.asked([channel for channel, _ in circles for _ in range(POSTS)])
        async with stage.house():
            started = await stage.until(1)
            taken = await stage.until(CIRCLES * POSTS) - started
        stamps = [stage.stamps(place) for _, place in circles]
        waits = [(each[-1] - min(all_[0] for all_ in stamps)) * stage.tempo for each in stamps]
        print(f"  at {stage.name}'s own speed the first circle is complete after {min(waits):.0f} s, "
              f"the last {max(waits):.0f} s")  # fmt: skip
        what = f"{stage.name}: reveal in 40 circles, against its messages at the platform's rate"
        return [figure("P1", what, [(taken, CIRCLES * POSTS / stage.a_second)], "s", at_most=1.05), _refused(stage)]


async def broadcast(opening: Opening) -> list[Figure]:
    """P1 and P2: a message to everybody, and a command meanwhile."""
    async with opening as stage:
        people = stage.people(stage.everybody)
        await stage.asked([account for account, _ in people], people)
        async with stage.house():
            started = await stage.until(1)
            done = asyncio.create_task(stage.until(stage.everybody))
            asker = people[-1][1]
            await _answered(stage, asker)
            beside = []
            while not done.done():
                beside.append(await _answered(stage, asker))
                await asyncio.sleep(ASKED_EVERY)
            taken = await done - started
            await stage.server.idle()
            idle = []
            for _ in range(IDLE):
                idle.append(await _answered(stage, asker))
                await asyncio.sleep(ASKED_EVERY / 5)
        busy, calm = median(beside) * 1e3, median(idle) * 1e3
        print(f"  a command takes {busy:.1f} ms, while nothing is sent {calm:.1f} ms (p50)")
        pairs = [(percentile(beside, 0.95), percentile(idle, 0.95))]
        what = f"{stage.name}: {stage.everybody:,} direct messages, against the platform's rate"
        return [
            figure("P1", what, [(taken, stage.everybody / stage.a_second)], "s", at_most=1.05),
            _refused(stage),
            figure("P2", f"{stage.name}: a command meanwhile, p95, against idle", pairs, "s", at_most=3),
        ]


async def killed(opening: Opening) -> list[Figure]:
    """P3: `kill -9` again and again in the middle of a broadcast."""
    async with opening as stage:
        people = stage.people(KILLED)
        await stage.asked([account for account, _ in people], people)
        for number in range(1, KILLS + 1):
            async with stage.house() as process:
                await stage.until(KILLED * number // (KILLS + 1))
                process.kill()
        async with stage.house():
            await stage.until(KILLED)
            before = -1
            while before != stage.posts:  # until nothing more comes
                before = stage.posts
                await asyncio.sleep(2)
        counts = [stage.got(person) for _, person in people]
        lost, twice = counts.count(0), sum(count - 1 for count in counts if count > 1)
        print(f"  {KILLS} kills: {lost} lost, {twice} doubled")
        return [
            figure("P3", f"{stage.name}: lost in a broadcast that was killed", [(lost, KILLED)], "", at_most=0),
            figure("P3", f"{stage.name}: doubled, for each kill", [(twice, KILLS)], "", at_most=1),
            _refused(stage),
        ]


async def _answered(stage: Stage, person: Person) -> float:
    """Seconds until the person reads the answer to a command."""
    started = time.perf_counter()
    assert await stage.answered(person), "no answer"
    return time.perf_counter() - started


def _refused(stage: Stage) -> Figure:
    counters = stage.server.counters
    assert not counters.errors, counters.errors
    return figure(
        "P1", f"{stage.name}: 429s earned, of all calls", [(stage.server.too_many, sum(counters.calls.values()))], "",
        at_most=0,
    )  # fmt: skip
