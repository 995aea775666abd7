"""P1, P2, P3 on Slack: 300 messages a minute in a workspace, one a second in a channel. See `sending.py`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from adapters.slack.manifest import manifest
from adapters.slack.pace import RATES
from benchmarks.measure import Figure
from benchmarks.sending import Stage, broadcast, killed, reveal
from bot.chat.names import Account, Channel, Space
from bot.features import gather
from tests.fakes.slack.state import Channel as Place
from tests.fakes.slack.state import Person
from tests.fakes.slack_server import SlackServer

TEMPO = 20.0
SLOWER = 4.0
"""For the reveal, which is short."""
A_MINUTE = RATES["chat.postMessage"].limit


async def measure(folder: Path) -> list[Figure]:
    return [
        *await reveal(_stage(folder, SLOWER)),
        *await broadcast(_stage(folder, TEMPO)),
        *await killed(_stage(folder, TEMPO)),
    ]


class SlackStage(Stage):
    name = "Slack"

    def __init__(self, slack: SlackServer, folder: Path, tempo: float) -> None:
        super().__init__(folder, tempo)
        self.server = slack
        self.school = slack.workspace("De Regenboog")
        self._space = Space("slack", self.school.id)

    @property
    def a_second(self) -> float:
        return A_MINUTE / 60 * self.tempo

    def circle(self, number: int) -> tuple[Channel, Place]:
        made = self.server.channel(self.school, f"circle-{number}", [self.school.owner])
        return Channel(self._space, made.id), made

    def people(self, count: int) -> list[tuple[Account, Person]]:
        made = [self.server.person(self.school, f"Person {number}") for number in range(count)]
        return [(Account(self._space, each.id), each) for each in made]

    def stamps(self, place: Place) -> list[float]:
        return sorted(float(ts) for ts, each in place.messages.items() if each.by_app)

    def got(self, person: Person) -> int:
        return sum(each.by_app for each in self.server.dm(person).messages.values())

    async def answered(self, person: Person) -> bool:
        outcome = await self.server.calls(person, self.server.dm(person), "/kring help round")
        return bool(outcome.messages)

    def environment(self) -> dict[str, str]:
        assert self.school.installation is not None
        return {
            "KRING_SLACK__API_URL": self.server.url,
            "KRING_SLACK__BOT_TOKEN": self.school.installation.token,
            "KRING_SLACK__APP_TOKEN": self.server.app.app_token,
        }


@asynccontextmanager
async def _stage(folder: Path, tempo: float) -> AsyncIterator[Stage]:
    made = manifest(gather().offered.commands, None)
    async with SlackServer(manifest=made, tempo=tempo, posts_a_minute=A_MINUTE) as slack:
        yield SlackStage(slack, folder, tempo)
