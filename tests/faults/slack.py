"""Everything that goes wrong between Slack and Kring: see `life.py`.

Connections break before and after a call was carried out, Slack fails or says 429, answers slowly, sends events twice,
loses acknowledgements and cuts sockets. Besides what all do, people mention Kring, react, and come into the workspace.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from adapters.slack.manifest import EVENTS_PATH
from bot.chat.names import Space
from bot.compose import store_of
from bot.settings import Settings
from tests.fakes.slack.mishaps import Chances
from tests.fakes.slack.people import ClientRefusal
from tests.fakes.slack.state import Channel, Outcome, Person
from tests.faults.life import PEOPLE, Act, Life, Told
from tests.process import free_port
from tests.stories.slack_house import Mode, installed, new_slack, settings_for

CHANNELS = 6
CHANCES = Chances(
    dropped=0.03, refused=0.03, failing=0.03, failing_after=0.03, throttled=0.02, slow=0.03,
    doubled=0.06, lost_ack=0.03, cut=0.001,
    only=frozenset({
        "chat.postMessage", "chat.update", "chat.postEphemeral", "conversations.open", "conversations.history",
        "conversations.replies", "reactions.add", "users.info", "views.open", "views.publish",
    }),
)  # fmt: skip
"""All but what a start needs: there every failure costs five seconds of waiting."""
RETRIES = (0.0, 2.5, 7.0)
"""Slack's own pauses, for shorter lives: a start takes a second."""


class SlackLife(Life):
    refusal = ClientRefusal

    def __init__(self, folder: Path, mode: Mode, seed: int) -> None:
        super().__init__(folder, seed)
        self.mode: Mode = mode
        self.server = new_slack(mode, self.now, retries=RETRIES, seed=seed)
        self.questions: dict[str, tuple[Person, str]] = {}
        """Who asked, and the message of the question."""
        self.newcomers: list[Person] = []

    async def set_up(self) -> Settings:
        slack = self.server
        self.school = slack.workspace("De Regenboog")
        ana = slack.person(self.school, "Ana", admin=True)
        self.people = [ana, *(slack.person(self.school, f"P{n}") for n in range(1, PEOPLE))]
        self.general = slack.channel(self.school, "general", self.people)
        self.channels = [slack.channel(self.school, f"room-{n}", self.people) for n in range(CHANNELS)]
        port = free_port() if self.mode == "http" else 0
        settings = settings_for(slack, self.mode, f"sqlite:///{self.folder / 'kring.db'}", port=port)
        async with store_of(settings) as store:
            await store.keep_installation(Space("slack", self.school.id), installed(slack, self.school).pack())
        return settings

    async def begin(self, settings: Settings) -> None:
        if self.mode == "http":
            await self.server.deliver_to(f"http://127.0.0.1:{settings.server.port}{EVENTS_PATH}")
        ana = self.people[0]
        await self.calls(ana, self.general, "/kring setup")
        view = self.server.modal(ana)
        assert view is not None
        await self.server.submits(ana, view, {"Name of the community": "De Werkplaats"})
        await self.server.idle()

    def mishaps_begin(self) -> None:
        self.server.mishaps.chances = CHANCES

    @property
    def own_acts(self) -> Sequence[Act]:
        return (self._mention, self._keep, self._come)

    def is_reachable(self) -> bool:
        return self.mode == "http" or bool(self.server.connected)

    def new_channel(self, name: str) -> Channel:
        return self.server.channel(self.school, name, self.people)

    @property
    def home(self) -> Channel:
        return self.general

    async def calls(self, person: Person, channel: Channel, text: str) -> Outcome:
        return await self.server.calls(person, channel, text)

    async def form(self, person: Person) -> Any:
        outcome = await self._opened(person, await self.calls(person, self.general, "/kring knowhow add"))
        view = outcome.view
        return view if view is not None and self.server.modal(person) is view else None

    async def _opened(self, person: Person, outcome: Outcome) -> Outcome:
        """Where Slack closed the door before the form could open, a button opens it."""
        for told in self.server.told(person, outcome):
            if "Open the form" in told.buttons:
                return await self.server.presses(person, told, "Open the form")
        return outcome

    async def sends(self, person: Person, form: Any, values: dict[str, str]) -> Outcome:
        return await self.server.submits(person, form, values)

    def was_taken(self, outcome: Outcome, title: str) -> bool:
        return not outcome.errors

    def posts(self) -> dict[str, list[Any]]:
        return dict(self.server.posts_by_id())

    def in_channel(self, channel: Channel) -> Iterable[tuple[Any, str]]:
        return ((each, str(each.blocks)) for each in channel.messages.values() if each.by_app and each.thread is None)

    def given_up(self, about: str) -> bool:
        return about in str(self.server.counters.given_up)

    # -- what people do here besides

    async def _mention(self) -> None:
        """An event: Slack sends it until it is acknowledged."""
        person, card = self.chance.choice(self.people), self.card("mentioned", Told(accepted=True))
        await self.server.says(person, card.channel, f'@Kring round start reveal_together "{card.topic}"')

    async def _keep(self) -> None:
        """A question with an answer, and an emoji on it."""
        asks, answers = self.chance.sample(self.people, 2)
        channel, mark = self.chance.choice(self.channels), self.mark("question")
        root = await self.server.says(asks, channel, f"What about {mark} in the last lesson? I do not know.")
        await self.server.says(
            answers, channel, "We first let everybody write for two minutes, because it works.", thread=root
        )
        await self.server.reacts(asks, root, "bookmark")
        self.questions[mark] = asks, root.ts

    async def _come(self) -> None:
        self.newcomers.append(await self.server.joins_team(self.school, self.mark("Newcomer")))

    def check_own(self) -> None:
        for person in self.newcomers:
            welcomes = [each for each in self.letters(person) if "welcome to De Werkplaats" in each.text]
            told = Told(accepted=not self.given_up(person.id))
            assert told.fits(len(welcomes)), f"{person.name} was welcomed {len(welcomes)} times, {told}"
        for mark, (person, ts) in self.questions.items():
            drafts = [each for each in self.letters(person) if mark in each.text and "draft" in each.text]
            told = Told(accepted=not self.given_up(ts))
            assert told.fits(len(drafts)), f"{mark}: {len(drafts)} drafts, {told}"
