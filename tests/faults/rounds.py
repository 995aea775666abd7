"""A life of rounds in which everything goes wrong: several formats are played by people who do whatever they can.

They join, answer, take the word, vote, talk in groups, pass, take back, leave, put on hold, and let things be kept;
time passes by hours, and Kring is killed in the middle. Then nobody does anything any more, and all rounds must end.
What must hold is in `proof.py`.
"""

from __future__ import annotations

import asyncio
import re
from abc import abstractmethod
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

from bot.settings import Settings
from tests.fakes.overheard import Overheard
from tests.faults import proof
from tests.faults.circle import SPEAK, TAKES_AWAY, THING, VOTE, WEIGHTS, YES, Circle
from tests.faults.filling import Field, filled
from tests.faults.kept import ENDED, Kept
from tests.faults.life import Act, Life, Person, Shown, Told
from tests.faults.objecting import FINE, GIVE_BACK, OBJECT, TAKE_UP
from tests.process import LONG_STRIDE, STRIDE, Process, started, waiting

FORMATS = ("one_two_four_all", "place_of_difficulty", "talking_circle", "reveal_together", "what_so_what_now_what")
PRIVATE = {"place_of_difficulty"}
HURRIED = {"what_so_what_now_what"}
"""Whoever holds it skips steps now and then: what comes last there is what it is played for."""
SEATS = 6
ENOUGH = 4
"""So many of them are in before the round begins, whoever holds it is not sure."""
BATCH = 60
"""After so many acts some hours pass."""
PATIENCE = 1.5
"""Seconds that somebody looks for an answer."""
LATE = 10
"""Seconds after which an answer that was looked for in vain comes no more."""
LONGEST = 60
"""So many days until whatever stands must have ended."""


class RoundsLife(Life):
    keeps_what_arrived = False
    """A form that is closed after an acknowledgement was lost is opened again with words that stand already."""

    def __init__(self, folder: Any, mode: Any, seed: int) -> None:
        super().__init__(folder, mode, seed)  # type: ignore[call-arg]
        self.book = Kept(folder)
        self.circles: list[Circle] = []
        self._unanswered: dict[str, float] = {}
        self.server.ear.listens = True

    # -- what a platform has of its own

    @abstractmethod
    def new_people(self, names: Iterable[str]) -> list[Person]: ...

    @abstractmethod
    def around(self, person: Person, circle: Circle) -> list[Shown]:
        """All that the person sees there: in the channel, in its threads, and from Kring alone."""

    @abstractmethod
    def fields(self, form: Any) -> list[Field]: ...

    @abstractmethod
    async def opened_form(self, person: Person, outcome: Any) -> Any:
        """The form that an act opened; None where it did not."""

    @abstractmethod
    def answers(self, person: Person, outcome: Any) -> dict[str, str]:
        """What Kring said to that person alone for what they did, by the message's id."""

    @abstractmethod
    async def closes(self, person: Person) -> None:
        """Closes whatever is open before them."""

    @abstractmethod
    async def utters(self, person: Person, under: Shown, text: str) -> None:
        """Writes into the thread of that message."""

    @abstractmethod
    def read_by(self, heard: Overheard) -> str:
        """The one person who reads it; `inside` for a private thread, `public` for all else."""

    @abstractmethod
    def app_messages(self, circle: Circle) -> Iterator[proof.Standing]:
        """What Kring posted in the channel, in its threads, and to its people."""

    # -- the life

    async def run(self, events: int, kills: int) -> None:
        async with self.server:
            settings = await self.set_up()
            self._sit_down()
            for number in range(kills):
                async with self._running(settings) as process:
                    await self._play_until(events * (number + 1) // (kills + 1), process, dies=True)
                    self._dead()
            async with self._running(settings) as process:
                await self._play_until(events, process)
                self.server.mishaps.none()
                await self._quiet(settings)
                proof.of_words(self.circles, self.book.rounds())
            for _ in range(kills):
                async with self._running(settings) as process:
                    await self._die_in_the_night(process)
            async with self._running(settings) as process:
                self.server.mishaps.none()
                await self._end(settings, process)
                proof.of_ends(self.circles, self.book.rounds())
                proof.of_secrets(self)
                proof.of_posts(self)
                await self._check()

    def _sit_down(self) -> None:
        for number, format_ in enumerate(FORMATS):
            people = self.new_people(f"{chr(65 + number)}{n}" for n in range(SEATS))
            if format_ in PRIVATE:
                people[0] = self.people[0]  # what goes deep a host begins
            self.people += [each for each in people if each not in self.people]
            self.circles.append(Circle(format_, format_ in PRIVATE, self.new_channel(f"circle-{number}"), people))

    @asynccontextmanager
    async def _running(self, settings: Settings) -> AsyncIterator[Process]:
        async with started(settings, self.shift, self.folder / "kring.log") as process:
            if not self.acts:
                await self.begin(settings)
            self.up = True
            self.mishaps_begin()
            yield process
            self.up = False

    async def _play_until(self, count: int, process: Process, *, dies: bool = False) -> None:
        while (left := count - self.acts.total()) > BATCH:
            await self._live(BATCH)
            await self._hours_pass(process, self.chance.choice((0, 1, 1, 2, 4)))
        await self._live(max(left, 1), process if dies else None)

    def _dead(self) -> None:
        """It may be a while until somebody sees it."""
        self.kills += 1
        self.shift += STRIDE * self.chance.choice((0, 0, 1, 5))

    async def _die_in_the_night(self, process: Process) -> None:
        """While what is due is handled, and nobody does anything."""
        for _ in range(self.chance.choice((0, 1, 2))):
            await self._hours_pass(process, 4)
        self.shift += STRIDE
        skipping = asyncio.create_task(process.skips())
        await asyncio.sleep(self.chance.uniform(0, 0.3))
        await process.kill()
        with suppress(AssertionError):
            await skipping
        self._dead()

    async def _hours_pass(self, process: Process, strides: int) -> None:
        """Not while something is on its way: between an attempt and the next the platform's watch would jump alone."""
        for _ in range(strides):
            for _ in range(100):
                if not waiting(str(self.folder / "kring.db"), self.now() + timedelta(minutes=1)):
                    self.shift += STRIDE
                    await process.skips()
                    break
                await asyncio.sleep(0.05)

    async def _end(self, settings: Settings, process: Process) -> None:
        """Nobody does anything any more."""
        for _ in range(LONGEST):
            if all(each.state in ENDED for each in self.book.rounds().values()) and not self.book.reminders:
                break
            self.shift += LONG_STRIDE
            await process.skips(far=True)
        for _ in range(3):
            self.shift += LONG_STRIDE
            await process.skips(far=True)
        await self._quiet(settings)

    @property
    def told(self) -> str:
        words = sum(saying.accepted for circle in self.circles for saying in circle.said)
        votes = sum(told.accepted for circle in self.circles for each in circle.voted.values() for _, told in each)
        rounds = self.book.rounds().values()
        objected = sum(len(list(each.of("ObjectionStands"))) for each in rounds)
        taken = sum(len(each.tasks) for each in rounds)
        ends = dict(Counter(each.state for each in rounds))
        return (
            f"{words} words and {votes} votes accepted, {objected} votes objected to, {taken} objections taken up, "
            f"in rounds that ended: {ends}"
        )

    @property
    def all_acts(self) -> Sequence[Act]:
        return (self._play,)

    # -- what they do

    async def _play(self) -> None:
        [circle] = self.chance.choices(self.circles, [2 if each.format in HURRIED else 1 for each in self.circles])
        begun = self.book.state(circle.topic) not in (None, *ENDED)
        person = self.chance.choice(circle.people) if begun else circle.people[0]
        async with circle.locks[person.id]:
            with suppress(self.refusal):  # it was changed just now
                await self._act_in(circle, person)
            with suppress(self.refusal):
                await self.closes(person)

    async def _act_in(self, circle: Circle, person: Person) -> None:
        state = self.book.state(circle.topic)
        holds = person is circle.people[0]
        if state is None or state in ENDED:
            await self._start(circle, circle.people[0])
            return
        joined = circle.joined[circle.topic]
        if holds and state == "inviting" and len(joined) >= ENOUGH:
            await self.calls(person, circle.channel, "/kring round begin")
        elif state == "paused" and self.chance.random() < 0.3:
            await self.calls(circle.people[0], circle.channel, "/kring round resume")
        elif holds and state == "running" and self.chance.random() < 0.03:
            await self.calls(person, circle.channel, "/kring round pause")
        elif holds and state == "running" and self._hurries(circle):
            await self.calls(person, circle.channel, "/kring round skip")
        elif self.chance.random() < 0.05:
            await self.calls(person, circle.channel, "/kring round status")
        elif state == "running" and not circle.private and self.chance.random() < 0.05:
            await self._utter(circle, person)
        else:
            await self._press_something(circle, person)

    def _hurries(self, circle: Circle) -> bool:
        return circle.format in HURRIED and self.chance.random() < 0.6 and self.book.mode(circle.topic) != "vote"

    async def _start(self, circle: Circle, person: Person) -> None:
        topic = self.mark("topic")
        told = circle.calls[topic] = Told()
        circle.topics.append(topic)
        before = self.answers(person, None)
        outcome = await self.calls(person, circle.channel, f'/kring round start {circle.format} "{topic}"')
        told.accepted = await self._is_told(person, outcome, before)
        for _ in range(20):
            if self.book.state(topic):
                return
            await asyncio.sleep(0.1)

    async def _utter(self, circle: Circle, person: Person) -> None:
        roots = [each for each in self.around(person, circle) if each.replies]
        if roots:
            text = self.mark("utterance")
            circle.uttered.append(text)
            await self.utters(person, self.chance.choice(roots[-4:]), text)

    async def _press_something(self, circle: Circle, person: Person) -> None:
        there: list[tuple[Shown, str]] = []
        weights: list[float] = []
        for age, shown in enumerate(reversed(self.around(person, circle))):
            for label in shown.buttons:
                weight = WEIGHTS.get(label, 0.0)
                if label == SPEAK and circle.topic in shown.text:
                    weight = 0.1 if person.id in circle.joined[circle.topic] else 12.0
                if weight:
                    there.append((shown, label))
                    weights.append(weight / (1 + age / 4))
        if there:
            [(shown, label)] = self.chance.choices(there, weights)
            await self._presses(circle, person, shown, label)

    async def _presses(self, circle: Circle, person: Person, shown: Shown, label: str) -> None:
        if label in TAKES_AWAY:
            circle.takes_away(person, label)
        before = self.answers(person, None)
        outcome = await self.server.presses(person, shown, label)
        if label == SPEAK and outcome.failed is None:
            circle.joined[circle.topic].add(person.id)
        form = await self.opened_form(person, outcome) if outcome.failed is None else None
        if form is not None:
            await self._fill(circle, person, form, label, _step_of(shown.text))
        elif label == FINE:
            told = Told()
            circle.voted[circle.topic].append((person.id, told))
            told.accepted = await self._is_told(person, outcome, before)
        elif label == VOTE:  # the letter that nudges somebody asks what they say
            for asked in self.server.told(*self.asked_by(person, outcome)):
                if FINE in asked.buttons:
                    await self._presses(circle, person, asked, self.chance.choice((FINE, OBJECT)))
        elif label == "Take it back":
            accepted = await self._is_told(person, outcome, before)
            marks = set(THING.findall(shown.text))
            for each in circle.said if accepted and len(marks) == 1 else ():  # else it may have been another
                if set(each.marks) & marks:
                    each.tries.append((None, Told(True)))

    async def _fill(self, circle: Circle, person: Person, form: Any, label: str, step: str) -> None:
        values, told = filled(self, circle, person, self.fields(form), label, step)
        before = self.answers(person, None)
        outcome = await self.sends(person, form, values)
        told.accepted = await self._is_told(person, outcome, before)
        if label == TAKE_UP and told.accepted and self.chance.random() < 0.2:
            await self._give_back(circle, person, outcome)

    async def _give_back(self, circle: Circle, person: Person, outcome: Any) -> None:
        circle.takes_away(person, GIVE_BACK)
        for shown in self.server.told(*self.asked_by(person, outcome)):
            if GIVE_BACK in shown.buttons:
                await self.server.presses(person, shown, GIVE_BACK)

    async def _is_told(self, person: Person, outcome: Any, before: dict[str, str]) -> bool:
        """Whether Kring says that it did it; what does not come or says anything else leaves it open. So does what
        comes while another answer to them is still on its way: it may be that one.
        """
        now = asyncio.get_running_loop().time
        sure = now() - self._unanswered.pop(person.id, -LATE) >= LATE
        for _ in range(int(PATIENCE / 0.05) if outcome.failed is None else 0):
            said = [words for id_, words in self.answers(person, outcome).items() if before.get(id_) != words]
            if said:
                return sure and any(words.startswith(YES) for words in said)
            await asyncio.sleep(0.05)
        self._unanswered[person.id] = now()
        return False


def _step_of(text: str) -> str:
    found = re.search(r"Step \d+ of \d+", text)
    return found.group() if found else ""
