"""P1, P2, P3 on Discord: forty of its fifty calls in a second, five messages in five seconds in a channel.

The people of the broadcast were written to before: conversations are never opened in bulk. See `sending.py`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from adapters.discord.pace import IN_A_SERVER, IN_ALL
from benchmarks.measure import Figure
from benchmarks.sending import Stage, broadcast, killed, reveal
from bot.chat.actions import Action
from bot.chat.names import Account, Channel, MessageRef, Space
from storage.store import Store
from storage.unit import Unit
from tests.fakes.discord.ids import made_at
from tests.fakes.discord.state import Channel as Place
from tests.fakes.discord.state import Person
from tests.fakes.discord_server import DiscordServer

TEMPO = 2.5
"""A hundred messages a second, as many as on Slack: more would measure this machine's pauses, which are not quicker."""
SLOWER = 1.0
"""For the reveal, which is short."""
SERVERS = 20
"""Over which the people of a broadcast are spread."""


async def measure(folder: Path) -> list[Figure]:
    return [
        *await reveal(_stage(folder, SLOWER, 1)),
        *await broadcast(_stage(folder, TEMPO, SERVERS)),
        *await killed(_stage(folder, TEMPO, SERVERS)),
    ]


class DiscordStage(Stage):
    name = "Discord"

    def __init__(self, discord: DiscordServer, folder: Path, tempo: float, servers: int) -> None:
        super().__init__(folder, tempo)
        self.server = discord
        self._servers = [discord.server(f"School {number}") for number in range(servers)]
        self._answers = 0
        """Messages that stand there as answers to commands."""

    @property
    def posts(self) -> int:
        return super().posts - self._answers

    @property
    def a_second(self) -> float:
        rate = min(IN_ALL.limit / IN_ALL.seconds, IN_A_SERVER.limit / IN_A_SERVER.seconds * len(self._servers))
        return rate * self.tempo

    def circle(self, number: int) -> tuple[Channel, Place]:
        server = self._servers[number % len(self._servers)]
        made = self.server.channel(server, f"circle-{number}")
        return Channel(Space("discord", server.id), made.id), made

    def people(self, count: int) -> list[tuple[Account, Person]]:
        found = []
        for number in range(count):
            server = self._servers[number % len(self._servers)]
            made = self.server.person(server, f"Person {number}")
            found.append((Account(Space("discord", server.id), made.id), made))
        return found

    async def known(self, store: Store, people: Sequence[tuple[Account, Person]]) -> None:
        def wrote(unit: Unit, some: Sequence[tuple[Account, Person]]) -> None:
            for account, person in some:
                direct = Channel(account.space, self.server.dm(person).id, direct=True)
                about = Action("bench.before", account.id)
                unit.posts.add(unit.communities.of(account.space).id, about, account, MessageRef(direct, "1"))

        for start in range(0, len(people), 1_000):
            some = people[start : start + 1_000]
            await store.run(lambda unit, some=some: wrote(unit, some))

    def stamps(self, place: Place) -> list[float]:
        return sorted(made_at(each.id) for each in place.messages.values() if each.by_app)

    def got(self, person: Person) -> int:
        return sum(each.by_app for each in self.server.dm(person).messages.values())

    async def answered(self, person: Person) -> bool:
        outcome = await self.server.calls(person, self.server.dm(person), "/kring help", options={"noun": "round"})
        self._answers += len(outcome.messages)
        return bool(outcome.messages)

    def environment(self) -> dict[str, str]:
        return {
            "KRING_DISCORD__API_URL": self.server.api_url,
            "KRING_DISCORD__GATEWAY_URL": self.server.gateway_url,
            "KRING_DISCORD__TOKEN": self.server.app.token,
        }


@asynccontextmanager
async def _stage(folder: Path, tempo: float, servers: int) -> AsyncIterator[Stage]:
    async with DiscordServer(tempo=tempo, intents_allowed=()) as discord:
        yield DiscordStage(discord, folder, tempo, servers)
