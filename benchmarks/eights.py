"""Circles of eight that hold one round after the other: what each of them does next, as events for the door."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

from benchmarks.measure import rate
from bot.chat.actions import Action
from bot.chat.answers import FormErrors
from bot.chat.events import ButtonPressed, CommandCalled, Delivered, Event, FormSent
from bot.chat.names import Channel, MessageRef
from bot.chat.requests import OpenThread, Post, Request
from bot.ports import Posted
from bot.rounds import floor, rules
from bot.rounds.model import Round
from bot.rounds.said import Contribution
from bot.rounds.step_run import StepRun
from storage.store import Store
from storage.unit import Unit
from tests.knock import LEASE, House, Player

FORMATS = ("reveal_together", "talking_circle", "one_two_four_all", "place_of_difficulty")
"""Among them they collect, reveal, go round, form groups and merge them, vote, give roles, and stay private."""
SEATS = 8
IN_FLIGHT = 64
BUSY = 12
"""In so many circles something happens at a time."""


@dataclass
class Circle:
    """Eight people and the round they hold now."""

    house: House
    number: int
    people: list[Player]
    ids: dict[str, Player] = field(default_factory=dict)
    held: int = 0

    @property
    def channel(self) -> Channel:
        """Each round has one of its own: the one before it still asks what may be kept."""
        return Channel(self.people[0].account.space, f"c{self.number}-{self.held}")

    def goes_on(self, round_: Round | None) -> Iterator[Event]:
        """What can be done before somebody has to look at the round again."""
        if round_ is not None and round_.state == "inviting":
            yield from self._begins(round_)
            return
        acts = list(self._plays(round_)) if round_ is not None else []
        yield from acts or self._starts()

    def _starts(self) -> Iterator[Event]:
        name = FORMATS[(self.number + self.held) % len(FORMATS)]
        self.held += 1
        yield self._calls(self.people[0], f'round start {name} "topic {self.number} {self.held}"')

    def _begins(self, round_: Round) -> Iterator[Event]:
        for person in self.people:
            yield self._presses(person, "speak", round_.id)
        yield self._presses(self.people[0], "begin", round_.id)

    def _plays(self, round_: Round) -> Iterator[Event]:
        for step in round_.at_work:
            run = round_.steps[step]
            if run.takes_answers:
                waited = [one for one in floor.waited_for(round_, step) if not floor.heard(round_, step, one)]
                yield from self._in_step(round_, step, run, waited)
        for one in round_.contributions:
            if one.consent is not None and one.consent.answer == "asked":
                yield self._presses(self.ids[one.person], "consent", round_.id, one.id, "yes")

    def _in_step(self, round_: Round, step: int, run: StepRun, waited: Sequence[str]) -> Iterator[Event]:
        match run.script.mode:
            case "collect":
                for one in waited:
                    yield self._answers(one, round_, step, run)
                    if one != waited[-1]:  # with the last one the step is over
                        yield self._answers(one, round_, step, run)
            case "turns":
                for one in (run.holder, *run.queue):
                    if one is not None:
                        yield self._answers(one, round_, step, run)
            case "vote":
                for one in waited:
                    pick = rules.may_pick(round_, step, one)[0]
                    yield self._fills(one, "vote", round_.id, step, pick1=pick)
            case _:
                for one in waited:
                    others = rules.to_respond_to(round_, one, self.number, step)
                    yield (
                        self._responds(one, others[0], step, round_)
                        if others
                        else self._answers(one, round_, step, run)
                    )
                    yield self._presses(self.ids[one], "done", round_.id, step)
                for answer in floor.unanswered(round_, step) if not waited else ():
                    one = next(each for each in self.ids if each != answer.person)
                    yield self._responds(one, answer, step, round_)

    def _responds(self, one: str, to: Contribution, step: int, round_: Round) -> Event:
        return self._fills(one, "respond", round_.id, step, to=to.id, words="I heard that you wait.")

    def _answers(self, one: str, round_: Round, step: int, run: StepRun) -> Event:
        fields = {each.key: each.options[-1].key if each.options else "It was quiet." for each in run.script.fields}
        if all(each.options for each in run.script.fields):
            fields["words"] = f"I wait ten seconds before I say anything ({self.house.event_id()})."
        return self._fills(one, "answer", round_.id, step, **fields)

    def _fills(self, one: str, name: str, *parts: object, **values: str) -> Event:
        person = self.ids[one]
        return FormSent(
            self.house.event_id(), self.house.now, person.account, self.channel, _action(name, *parts),
            tuple(values.items()), person.profile,
        )  # fmt: skip

    def _presses(self, person: Player, name: str, *parts: object) -> Event:
        return ButtonPressed(
            self.house.event_id(), self.house.now, person.account, self.channel, _action(name, *parts),
            profile=person.profile,
        )  # fmt: skip

    def _calls(self, person: Player, text: str) -> Event:
        return CommandCalled(
            self.house.event_id(), self.house.now, person.account, self.channel, text, profile=person.profile
        )


def _action(name: str, *parts: object) -> Action:
    return Action(f"round.{name}", ".".join(str(part) for part in parts))


class Town:
    """So many circles, all in one community, with a round each."""

    def __init__(self, store: Store, circles: int) -> None:
        self.house = House(store)
        self._messages = itertools.count(1)
        self._chance = random.Random(8)  # the same life each time
        self.circles = [self._circle(number) for number in range(circles)]
        self._community = ""

    def _circle(self, number: int) -> Circle:
        people = [self.house.person(f"Person {number} {seat}", host=seat == 0) for seat in range(SEATS)]
        return Circle(self.house, number, people)

    async def opens(self) -> None:
        """Everybody has met Kring, and each circle has begun its first round."""
        people = [person for circle in self.circles for person in circle.people]
        await self.happen([circle._calls(person, "me") for circle in self.circles for person in circle.people])
        known = await self.house.store.look(lambda unit: [unit.people.by_account(each.account) for each in people])
        self._community = known[0].community
        for at, circle in enumerate(self.circles):
            seats = range(at * SEATS, (at + 1) * SEATS)
            circle.ids = {known[seat].id: people[seat] for seat in seats}
        for _ in range(2):
            await self.happen(await self.next())
            await self.deliver()

    async def next(self) -> list[Event]:
        """What can happen now: in each circle one thing after the other, and whose comes next by chance.

        A dozen circles are busy at a time, of many as of few. Else many would all end a step together, which few never
        can, and the slowest inputs were compared and not the rounds.
        """
        self.house.now += timedelta(minutes=1)
        look = self.house.store.look
        found = [list(each.goes_on(await look(partial(self._latest, each)))) for each in self.circles]
        left = [iter(events) for events in found]
        happens: list[Event] = []
        for first in range(0, len(found), BUSY):
            busy = range(first, min(first + BUSY, len(found)))
            turns = [number for number in busy for _ in found[number]]
            self._chance.shuffle(turns)
            happens += [next(left[number]) for number in turns]
        return happens

    def _latest(self, circle: Circle, unit: Unit) -> Round | None:
        return (unit.rounds.in_channel(self._community, circle.channel) or (None,))[-1]

    async def happen(self, events: Sequence[Event]) -> list[float]:
        """Seconds that each took, with many under way."""
        taken = [0.0] * len(events)

        async def one(number: int) -> None:
            started = time.perf_counter()
            answer = await self.house.door.handle(events[number])
            taken[number] = time.perf_counter() - started
            assert not isinstance(answer, FormErrors), answer

        await rate(one, len(events), IN_FLIGHT)
        return taken

    async def deliver(self) -> int:
        """Everything that was asked for is carried out."""
        count = 0
        while claimed := await self.house.store.claim_requests(self.house.now, 500, LEASE):
            done = [
                Delivered(f"sent/{each.id}", self.house.now, each.id, self._carried_out(each.request, each.target))
                for each in claimed
            ]
            await self.happen(done)
            count += len(claimed)
        return count

    def _carried_out(self, request: Request, target: Posted | None) -> MessageRef | None:
        to = request.to if isinstance(request.to, Channel) else Channel(request.to.space, f"d{request.to.id}", True)
        match request:
            case Post():
                return MessageRef(to, f"m{next(self._messages)}")
            case OpenThread() if target is not None:
                return replace(target.message, thread=target.message.id)
            case _:
                return target.message if target is not None else None
