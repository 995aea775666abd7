"""P1, P2, P3: how the house sends, against a small real Slack (tests/fakes/slack_server.py) that says no when it may.

Slack's limits and the house's pace are both TEMPO times faster than they are, and the same: 300 messages a minute in a
workspace, one a second in a channel.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from adapters.slack.manifest import manifest
from adapters.slack.pace import RATES
from benchmarks.measure import Figure, figure, percentile
from bot.chat.actions import Action
from bot.chat.messages import Button, Controls, Words, message
from bot.chat.names import Account, Channel, Space
from bot.chat.requests import Conversation, Post
from bot.chat.text import plain
from bot.features import gather
from storage.store import open_store
from storage.unit import Unit
from tests.fakes.slack.state import Channel as Place
from tests.fakes.slack.state import Person, Workspace
from tests.fakes.slack_server import SlackServer

TEMPO = 20.0
SLOWER = 4.0
"""For the reveal, which is short."""
A_MINUTE = RATES["chat.postMessage"].limit
EVERYBODY = 10_000
CIRCLES, POSTS = 40, 3
KILLED = 2_000
"""People in the broadcast that is broken off."""
KILLS = 6
ASKED_EVERY = 0.1
IDLE = 100
"""Commands while nothing else is going on."""
STUCK = 30.0


async def measure(folder: Path) -> list[Figure]:
    return [*await _reveal(folder), *await _broadcast(folder), *await _killed(folder)]


class Stage:
    """A workspace, and the house's database before the house is started."""

    def __init__(self, slack: SlackServer, school: Workspace, folder: Path, tempo: float) -> None:
        self.slack = slack
        self.school = school
        self.tempo = tempo
        self.general: Place = slack.channel(school, "general", [school.owner])
        self._url = f"sqlite:///{folder / f'sending{id(self)}.db'}"

    @property
    def a_second(self) -> float:
        return A_MINUTE / 60 * self.tempo

    async def asked(self, posts: Sequence[Conversation]) -> None:
        """Puts a message for each into the outbox."""
        button = Controls((Button("Yes, gladly", Action("bench.yes", "1"), style="primary"),))
        letter = message(Words(plain("On Thursday we meet at four. Would you like to tell how you began?")), button)
        space, moment = Space("slack", self.school.id), datetime.now(UTC)

        def fill(unit: Unit, some: Sequence[Conversation]) -> None:
            community = unit.communities.of(space).id
            for to in some:
                unit.outbox.put(community, Post(to, letter), now=moment)

        async with open_store(self._url) as store:
            for start in range(0, len(posts), 1_000):
                some = posts[start : start + 1_000]
                await store.run(lambda unit, some=some: fill(unit, some))

    def people(self, count: int) -> list[Person]:
        return [self.slack.person(self.school, f"Person {number}") for number in range(count)]

    def account(self, person: Person) -> Account:
        return Account(Space("slack", self.school.id), person.id)

    @asynccontextmanager
    async def house(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """Running, in a process of its own."""
        slack = self.slack
        assert self.school.installation is not None
        environment = {name: value for name, value in os.environ.items() if not name.startswith("KRING_")}
        environment |= {
            "KRING_DATABASE__URL": self._url,
            "KRING_SLACK__API_URL": slack.url,
            "KRING_SLACK__BOT_TOKEN": self.school.installation.token,
            "KRING_SLACK__APP_TOKEN": slack.app.app_token,
        }
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
        while self.slack.counters.posts < posts:
            await asyncio.sleep(0.002)
            now = time.perf_counter()
            if self.slack.counters.posts != seen:
                seen, since = self.slack.counters.posts, now
            assert now - since < STUCK, f"stuck at {seen} of {posts}"
        return time.perf_counter()


@asynccontextmanager
async def _stage(folder: Path, tempo: float) -> AsyncIterator[Stage]:
    made = manifest(gather().offered.commands, None)
    async with SlackServer(manifest=made, tempo=tempo, posts_a_minute=A_MINUTE) as slack:
        yield Stage(slack, slack.workspace("De Regenboog"), folder, tempo)


# -- P1 and P2


async def _reveal(folder: Path) -> list[Figure]:
    """Everybody's answers in forty circles at the same moment."""
    async with _stage(folder, SLOWER) as stage:
        school = stage.school
        circles = [stage.slack.channel(school, f"circle-{n}", [school.owner]) for n in range(CIRCLES)]
        channels = [Channel(Space("slack", school.id), circle.id) for circle in circles]
        await stage.asked([channel for channel in channels for _ in range(POSTS)])
        async with stage.house():
            started = await stage.until(1)
            taken = await stage.until(CIRCLES * POSTS) - started
        stamps = [sorted(float(ts) for ts, each in circle.messages.items() if each.by_app) for circle in circles]
        waits = [(each[-1] - min(all_[0] for all_ in stamps)) * SLOWER for each in stamps]
        print(
            f"  at Slack's own speed the first circle is complete after {min(waits):.0f} s, the last {max(waits):.0f} s"
        )
        floor = CIRCLES * POSTS / stage.a_second
        return [
            figure(
                "P1", "reveal in 40 circles, against its messages at Slack's rate", [(taken, floor)], "s", at_most=1.05
            ),
            _refused(stage),
        ]


async def _broadcast(folder: Path) -> list[Figure]:
    async with _stage(folder, TEMPO) as stage:
        people = stage.people(EVERYBODY)
        await stage.asked([stage.account(person) for person in people])
        async with stage.house():
            started = await stage.until(1)
            done = asyncio.create_task(stage.until(EVERYBODY))
            asker = people[-1]
            await _answered(stage, asker)
            beside = []
            while not done.done():
                beside.append(await _answered(stage, asker))
                await asyncio.sleep(ASKED_EVERY)
            taken = await done - started
            await stage.slack.idle()
            idle = []
            for _ in range(IDLE):
                idle.append(await _answered(stage, asker))
                await asyncio.sleep(ASKED_EVERY / 5)
        print(
            f"  a command takes {median(beside) * 1e3:.1f} ms, while nothing is sent {median(idle) * 1e3:.1f} ms (p50)"
        )
        floor = EVERYBODY / stage.a_second
        pairs = [(percentile(beside, 0.95), percentile(idle, 0.95))]
        return [
            figure("P1", "10,000 direct messages, against Slack's rate", [(taken, floor)], "s", at_most=1.05),
            _refused(stage),
            figure("P2", "a command meanwhile, p95, against idle", pairs, "s", at_most=3),
        ]


async def _answered(stage: Stage, person: Person) -> float:
    """Seconds until the person reads the answer to a command."""
    started = time.perf_counter()
    outcome = await stage.slack.calls(person, stage.slack.dm(person), "/kring help round")
    taken = time.perf_counter() - started
    assert outcome.messages, f"no answer: {outcome.failed}"
    return taken


def _refused(stage: Stage) -> Figure:
    refused = stage.slack.too_many
    assert not stage.slack.counters.errors, stage.slack.counters.errors
    calls = sum(stage.slack.counters.calls.values())
    return figure("P1", "429s earned, of all calls", [(refused, calls)], "", at_most=0)


# -- P3


async def _killed(folder: Path) -> list[Figure]:
    """`kill -9` again and again in the middle of a broadcast."""
    async with _stage(folder, TEMPO) as stage:
        people = stage.people(KILLED)
        await stage.asked([stage.account(person) for person in people])
        for number in range(1, KILLS + 1):
            async with stage.house() as process:
                await stage.until(KILLED * number // (KILLS + 1))
                process.kill()
        async with stage.house():
            await stage.until(KILLED)
            await _settled(stage)
        counts = [_got(stage, person) for person in people]
        lost, twice = counts.count(0), sum(count - 1 for count in counts if count > 1)
        looked = stage.slack.counters.calls.get("conversations.history", 0)
        print(f"  {KILLS} kills: {lost} lost, {twice} doubled; looked {looked} times whether a message stood there")
        return [
            figure("P3", "lost in a broadcast that was killed", [(lost, KILLED)], "", at_most=0),
            figure("P3", "doubled, for each kill", [(twice, KILLS)], "", at_most=1),
            _refused(stage),
        ]


async def _settled(stage: Stage) -> None:
    """Returns when nothing more comes."""
    before = -1
    while before != stage.slack.counters.posts:
        before = stage.slack.counters.posts
        await asyncio.sleep(2)


def _got(stage: Stage, person: Person) -> int:
    return sum(each.by_app for each in stage.slack.dm(person).messages.values())
