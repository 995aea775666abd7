"""Everything that goes wrong between Slack and Kring, at random, for as many events as wanted.

    python -m tests.slack_faults --events 5000 --seed 7 --mode http

People call, mention, press, fill in, react and come in, a dozen at a time. Meanwhile connections break before and after
a call was carried out, Slack fails or says 429, answers slowly, sends events twice, loses acknowledgements, cuts
sockets; and Kring is killed with `kill -9` and started again. In the end, when all is well again: whatever was
acknowledged was handled once, and everything that Kring posts stands there once. The suite runs a few hundred events.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from string import ascii_lowercase

from adapters.slack.manifest import EVENTS_PATH
from bot.chat.names import Space
from bot.compose import store_of
from bot.settings import Settings
from tests.adapters.stand_ins import MONDAY
from tests.fakes.slack.mishaps import Chances
from tests.fakes.slack.people import ClientRefusal
from tests.fakes.slack.state import Channel, Outcome, Person, Shown
from tests.slack_process import Process, free_port, started, waiting
from tests.stories.slack_house import Mode, installed, new_slack, settings_for

HANDS = 12
"""So many people act at the same time."""
CHANNELS, PEOPLE = 6, 12
CHANCES = Chances(
    dropped=0.03, refused=0.03, failing=0.03, failing_after=0.03, throttled=0.02, slow=0.03,
    doubled=0.06, lost_ack=0.03, cut=0.001,
    methods=frozenset({
        "chat.postMessage", "chat.update", "chat.postEphemeral", "conversations.open", "conversations.history",
        "conversations.replies", "reactions.add", "users.info", "views.open", "views.publish",
    }),
)  # fmt: skip
"""All but what a start needs: there every failure costs five seconds of waiting."""
RETRIES = (0.0, 2.5, 7.0)
"""Slack's own pauses, for shorter lives: a start takes a second."""
SPEAK = "I'll speak"
PATIENT = 0.8
"""So many of the people wait when Kring is not there."""


@dataclass
class Told:
    """What the people outside know: whether Slack had the acknowledgement. Else nobody knows whether it was handled."""

    accepted: bool = False

    def fits(self, count: int) -> bool:
        return count == 1 or (count == 0 and not self.accepted)


@dataclass
class Card:
    channel: Channel
    topic: str
    told: Told
    speaking: dict[str, Told] = field(default_factory=dict)
    """By person: whether they pressed *I'll speak*."""


class Faults:
    def __init__(self, folder: Path, mode: Mode, seed: int) -> None:
        self.folder = folder
        self.mode: Mode = mode
        self.chance = random.Random(seed)
        self.shift = MONDAY - datetime.now(UTC)
        self.slack = new_slack(mode, lambda: datetime.now(UTC) + self.shift, retries=RETRIES, seed=seed)
        self.cards: list[Card] = []
        self.items: dict[str, Told] = {}
        self.questions: dict[str, tuple[Person, str]] = {}
        """Who asked, and the message of the question."""
        self.newcomers: list[Person] = []
        self.acts: Counter[str] = Counter()
        self.kills = 0
        self._up = False
        self._hands: list[asyncio.Task[None]] = []
        self._number = 0
        self._given_up = ""
        """The events that Slack gave up: nobody knows whether they were handled."""

    async def run(self, events: int, kills: int) -> None:
        async with self.slack:
            settings = await self._set_up()
            while True:
                async with started(settings, self.shift, self.folder / "kring.log") as process:
                    if not self.acts:
                        await self._begin(settings)
                    self._up = True
                    self.slack.mishaps.chances = CHANCES
                    left = events - self.acts.total()
                    if self.kills == kills:
                        await self._live(left)
                        self.slack.mishaps.none()
                        await self._quiet(settings)
                        await self._check()
                        return
                    await self._live(left // (kills - self.kills + 1), process)
                self.kills += 1

    async def _set_up(self) -> Settings:
        slack = self.slack
        self.school = slack.workspace("De Regenboog")
        self.ana = slack.person(self.school, "Ana", admin=True)
        self.people = [self.ana, *(slack.person(self.school, f"P{n}") for n in range(1, PEOPLE))]
        self.general = slack.channel(self.school, "general", self.people)
        self.channels = [slack.channel(self.school, f"room-{n}", self.people) for n in range(CHANNELS)]
        port = free_port() if self.mode == "http" else 0
        settings = settings_for(slack, self.mode, f"sqlite:///{self.folder / 'kring.db'}", port=port)
        async with store_of(settings) as store:
            await store.keep_installation(Space("slack", self.school.id), installed(slack, self.school).pack())
        return settings

    async def _begin(self, settings: Settings) -> None:
        """All is well until the community has a home."""
        if self.mode == "http":
            await self.slack.deliver_to(f"http://127.0.0.1:{settings.server.port}{EVENTS_PATH}")
        await self.slack.calls(self.ana, self.general, "/kring setup")
        view = self.slack.modal(self.ana)
        assert view is not None
        await self.slack.submits(self.ana, view, {"Name of the community": "De Werkplaats"})
        await self.slack.idle()

    # -- what they do

    async def _live(self, count: int, doomed: Process | None = None) -> None:
        """So many acts by a dozen hands; a doomed process is killed somewhere in the middle of the last ones.

        Whoever waits for Kring then goes on when it is there again.
        """
        left = iter(range(count))
        self._hands += [asyncio.create_task(self._act(left)) for _ in range(HANDS)]
        if doomed is not None:
            enough = self.acts.total() + max(count - HANDS, 1)
            while self.acts.total() < enough:  # noqa: ASYNC110 - it is about to be killed at no special moment
                await asyncio.sleep(0.002)
            await asyncio.sleep(self.chance.uniform(0, 0.05))
            await doomed.kill()
            self._up = False
        else:
            await asyncio.gather(*self._hands)

    async def _act(self, left: Iterable[int]) -> None:
        acts = (self._call, self._mention, self._press, self._press, self._press, self._add, self._keep, self._come)
        for _ in left:
            if self.chance.random() < PATIENT:
                await self._reachable()
            act = self.chance.choice(acts)
            await act()
            self.acts[act.__name__.strip("_")] += 1

    async def _reachable(self) -> None:
        """Returns when Kring is there; when it is not, most people wait a moment."""
        while not self._up or (self.mode == "socket" and not self.slack.connected):  # noqa: ASYNC110
            await asyncio.sleep(0.05)

    def _mark(self, kind: str) -> str:
        self._number += 1
        return f"{kind} {self._number:06d}"

    def _word(self) -> str:
        """One that is like no other, so that a search finds it alone."""
        return "".join(self.chance.choices(ascii_lowercase, k=12))

    def _card(self, kind: str, told: Told) -> Card:
        """In a channel of its own: no more than two rounds go on in one."""
        topic = self._mark(kind)
        channel = self.slack.channel(self.school, topic.replace(" ", "-"), self.people)
        self.cards.append(Card(channel, topic, told))
        return self.cards[-1]

    async def _call(self) -> None:
        person, card = self.chance.choice(self.people), self._card("called", Told())
        outcome = await self.slack.calls(person, card.channel, f'/kring round start reveal_together "{card.topic}"')
        card.told.accepted = outcome.failed is None

    async def _mention(self) -> None:
        """An event: Slack sends it until it is acknowledged."""
        person, card = self.chance.choice(self.people), self._card("mentioned", Told(accepted=True))
        await self.slack.says(person, card.channel, f'@Kring round start reveal_together "{card.topic}"')

    async def _press(self) -> None:
        if not self.cards:
            return
        person, card = self.chance.choice(self.people), self.chance.choice(self.cards[-30:])
        for _ in range(40):
            if shown := self._standing(card):
                break
            await asyncio.sleep(0.05)
        else:
            return
        try:
            outcome = await self.slack.presses(person, shown[0], SPEAK)
        except ClientRefusal:  # it was changed just now
            return
        told = card.speaking.setdefault(person.id, Told())
        told.accepted = told.accepted or outcome.failed is None

    async def _add(self) -> None:
        person, title = self.chance.choice(self.people), self._word()
        outcome = await self._opened(person, await self.slack.calls(person, self.general, "/kring knowhow add"))
        view = outcome.view
        if view is None or self.slack.modal(person) is not view:
            return  # somebody else's hands had this person open another one, or Kring was not there
        told = self.items[title] = Told()
        values = {"Title": title, "When and where does this come up?": "Year 6", "What do you do then?": "I wait."}
        try:
            outcome = await self.slack.submits(person, view, values)
        except ClientRefusal:
            del self.items[title]
            return
        told.accepted = outcome.failed is None and not outcome.errors

    async def _opened(self, person: Person, outcome: Outcome) -> Outcome:
        """Where Slack closed the door before the form could open, a button opens it."""
        for told in self.slack.told(person, outcome):
            if "Open the form" in told.buttons:
                return await self.slack.presses(person, told, "Open the form")
        return outcome

    async def _keep(self) -> None:
        """A question with an answer, and an emoji on it."""
        asks, answers = self.chance.sample(self.people, 2)
        channel, mark = self.chance.choice(self.channels), self._mark("question")
        root = await self.slack.says(asks, channel, f"What about {mark} in the last lesson? I do not know.")
        await self.slack.says(
            answers, channel, "We first let everybody write for two minutes, because it works.", thread=root
        )
        await self.slack.reacts(asks, root, "bookmark")
        self.questions[mark] = asks, root.ts

    async def _come(self) -> None:
        self.newcomers.append(await self.slack.joins_team(self.school, self._mark("Newcomer")))

    # -- what must hold

    async def _quiet(self, settings: Settings) -> None:
        """Returns when nothing is on its way any more, neither events nor what Kring still has to post."""
        database = settings.database.url.removeprefix("sqlite:///")
        for _ in range(600):
            await self.slack.idle(60)
            before = self.slack.counters.calls.copy()
            await asyncio.sleep(0.2)
            now = datetime.now(UTC) + self.shift
            if not waiting(database, now + timedelta(minutes=1)) and before == self.slack.counters.calls:
                return
        raise AssertionError("it does not become quiet")

    async def _check(self) -> None:
        counters = self.slack.counters
        self._given_up = str(counters.given_up)
        assert counters.too_many == 0, "Kring was too fast"
        twice = {id_: posts for id_, posts in self.slack.posts_by_id().items() if len(posts) > 1}
        assert not twice, f"posted twice: {list(twice.values())[:3]}"
        self._check_cards()
        self._check_letters()
        await self._check_items()

    def _check_cards(self) -> None:
        for card in self.cards:
            card.told.accepted = card.told.accepted and card.topic not in self._given_up
            cards = self._standing(card)
            assert card.told.fits(len(cards)), f"{card.topic}: {len(cards)} cards, {card.told}"
            speaking = [told.accepted for told in card.speaking.values()]
            for each in cards:
                found = re.search(r"(\d+) speaks?\b", each.text)
                count = int(found.group(1)) if found else 0
                assert sum(speaking) <= count <= len(speaking), f"{card.topic}: {speaking}, but: {each.text}"

    def _check_letters(self) -> None:
        for person in self.newcomers:
            welcomes = [each for each in self._letters(person) if "welcome to De Werkplaats" in each.text]
            told = Told(accepted=person.id not in self._given_up)
            assert told.fits(len(welcomes)), f"{person.name} was welcomed {len(welcomes)} times, {told}"
        for mark, (person, ts) in self.questions.items():
            drafts = [each for each in self._letters(person) if mark in each.text and "draft" in each.text]
            told = Told(accepted=ts not in self._given_up)
            assert told.fits(len(drafts)), f"{mark}: {len(drafts)} drafts, {told}"

    async def _check_items(self) -> None:
        for title, told in self.items.items():
            outcome = await self.slack.calls(self.ana, self.general, f'/kring knowhow find "{title}"')
            [answer, *_] = self.slack.told(self.ana, outcome)
            count = len(re.findall(rf"K-\d+ · {title}\b", answer.text))
            assert told.fits(count), f"{title}: {count} items, {told}:\n{answer.text}"

    def _standing(self, card: Card) -> list[Shown]:
        tops = (each for each in card.channel.messages.values() if each.by_app and each.thread is None)
        shown = (self.slack.shown(self.ana, each) for each in tops if card.topic in str(each.blocks))
        return [each for each in shown if SPEAK in each.buttons]

    def _letters(self, person: Person) -> list[Shown]:
        return [each for each in self.slack.sees(person, self.slack.dm(person)) if each.message.by_app]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--mode", choices=("socket", "http"), default="socket")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kring-faults-") as folder:
        faults = Faults(Path(folder), options.mode, options.seed)
        try:
            asyncio.run(faults.run(options.events, options.kills))
        except BaseException:
            log = (Path(folder) / "kring.log").read_text("utf-8")
            print(log[log.rfind("Traceback") - 3_000 :][:9_000] if "Traceback" in log else log[-3_000:])
            raise
    counters = faults.slack.counters
    print(f"{dict(faults.acts)}, {faults.kills} kills")
    print(f"{counters.sent} events, {counters.redelivered} of them sent again; {counters.posts} posts")
    print(f"what went wrong: {dict(sorted(faults.slack.mishaps.happened.items()))}")
    print("nothing lost, nothing twice")
    return 0


if __name__ == "__main__":
    sys.exit(main())
