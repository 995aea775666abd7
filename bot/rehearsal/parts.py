"""The people of a rehearsal: what each of them can do now, and how they do it, with the buttons and forms they see."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from adapters.playground.desk import Desk
from adapters.playground.players import Players
from bot.chat.forms import ChecksField, ChoiceField, TextField
from bot.chat.names import Account, Space
from bot.rehearsal.plan import NAMES, Plan, lines
from bot.rounds import floor, objections, rules
from bot.rounds.model import Round
from bot.rounds.script import SIDES

if TYPE_CHECKING:
    from storage.store import Store
    from storage.unit import Unit

HOME = "rehearsal"
"""The channel, and the space it is in."""
SOON = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Act:
    """Something that somebody could do now, and within what time they get to it."""

    key: str
    within: timedelta
    do: Callable[[], Awaitable[None]]


class Cast:
    """Knows of the round what is stored; what people do, they do by what they see."""

    def __init__(self, plan: Plan, desk: Desk, store: Store, players: Players, chance: random.Random) -> None:
        self.plan = plan
        self.players = players
        self._desk = desk
        self._store = store
        self._chance = chance
        self._lines = lines(plan.language)
        self._names = [name.lower() for name in NAMES[: plan.people]]
        others = self._names[1:]
        self._silent = set(chance.sample(others, min(plan.silent, len(others))))
        staying = [name for name in others if name not in self._silent]
        self._leaving = chance.sample(staying, min(plan.leave, len(staying)))
        self._said: dict[tuple[str, int, str], int] = {}
        """How often somebody spoke in a step."""
        self._spoken = 0
        self._gave_time: set[int] = set()
        self._people: dict[str, str] = {}
        """The id of the person that each of them is, by name."""
        self._community = ""

    # -- before the round

    async def introduce(self) -> None:
        """They meet Kring, and the host chooses what everybody reads."""
        for name in self._names:
            await self.players.call(name, HOME, "/kring me")
        host = self._names[0]
        await self.players.call(host, HOME, "/kring setup")
        await self.players.fill(host, name=self._lines.place, language=self.plan.language)
        space = Space("playground", self._desk.room.people[host].space)

        def look(unit: Unit) -> tuple[str, dict[str, str]]:
            known = {name: unit.people.by_account(Account(space, name)) for name in self._names}
            return unit.communities.of(space).id, {name: each.id for name, each in known.items() if each is not None}

        self._community, self._people = await self._store.look(look)
        await self.players.tidy()

    async def begin(self) -> None:
        host = self._names[0]
        called = f'/kring round start {self.plan.format.id} "{self._lines.topic}" {self.plan.preset}'
        await self.players.call(host, HOME, called)
        self._card = self.players.newest(HOME)
        sides = SIDES[: self.plan.format.sides]
        for number, name in enumerate(self._names):
            await self.players.press(name, "round.speak")
            if sides:
                round_ = await self.round()
                await self._press(name, "round.side", f"{round_.id}.{sides[number % len(sides)]}")
        await self.players.press(host, "round.begin")

    async def round(self) -> Round:
        """As it is stored now."""
        me = self._people[self._names[0]]

        def look(unit: Unit) -> Round:
            return unit.rounds.touching(self._community, me)[-1]

        return await self._store.look(look)

    # -- what can be done

    def can_do(self, round_: Round) -> list[Act]:
        if round_.state == "wrapping":
            return [*self._keeping(round_)]
        if round_.state != "running":
            return []
        leaving = [*self._goes(round_)]
        return leaving or [
            *self._keeping(round_),
            *self._steering(round_),
            *self._objected(round_),
            *self._in_steps(round_),
        ]

    def _goes(self, round_: Round) -> Iterator[Act]:
        """Halfway, those who are to leave do."""
        if self._leaving and round_.current >= len(round_.format.steps) // 2:
            yield Act("leave", SOON, partial(self._leave, self._leaving[-1]))

    def _keeping(self, round_: Round) -> Iterator[Act]:
        """Whoever is asked whether their words may be kept, and has read it."""
        names = {id_: name for name, id_ in self._people.items()}
        for one in round_.contributions:
            if one.consent is not None and one.consent.answer == "asked" and one.person in names:
                name = names[one.person]
                here = name not in self._silent and name in self._names
                if here and self.players.sees(name, "round.consent", f"{round_.id}.{one.id}"):
                    yield Act(f"keep {one.id}", self._within(round_, None), partial(self._consent, name, one.id))

    def _steering(self, round_: Round) -> Iterator[Act]:
        """The facilitator, where the round waits for them."""
        if round_.asked is not None and round_.facilitator == self._people[self._names[0]]:
            host = self._names[0]
            if round_.asked.about == "objection":
                return  # see `_objected`
            if round_.asked.about == "quiet":
                step = next((at for at in round_.at_work if round_.steps[at].due_at is None), round_.current)
                wish = "stop" if step in self._gave_time else "more_time"
                name, about = "round.wish", f"{round_.id}.{step}.{wish}"
            else:
                step, name, about = -1, "round.rest", round_.id
            if self.players.sees(host, name, about):
                yield Act(about, SOON, partial(self._decide, host, name, about, step))

    def _objected(self, round_: Round) -> Iterator[Act]:
        """The first time people talk and vote again; after that somebody who is still there takes it up."""
        step = objections.waiting(round_)
        if step is None:
            return
        about, host = f"{round_.id}.{step}", self._names[0]
        if objections.may_vote_again(round_, step) and round_.facilitator == self._people[host]:
            yield Act(f"again {about}", SOON, partial(self._press, host, "round.voteagain", about))
            return
        here = [name for name in self._names if name not in self._silent]
        left = len(objections.open_ones(round_, step))
        yield Act(f"take {about} {left}", self._within(round_, step), partial(self._take_up, here[-1], about))

    def _in_steps(self, round_: Round) -> Iterator[Act]:
        for step, run in enumerate(round_.steps):
            if not run.takes_answers:
                continue
            people = floor.waited_for(round_, step)
            for name in self._names:
                id_ = self._people[name]
                if name in self._silent or id_ not in people or floor.heard(round_, step, id_):
                    continue
                if run.script.mode == "turns" and run.holder != id_:
                    continue
                yield Act(f"{name} {step}", self._within(round_, step), partial(self._act, name, round_, step))

    def _within(self, round_: Round, step: int | None) -> timedelta:
        """Most are done when half of the time is over."""
        if step is None:
            return timedelta(hours=30) if round_.preset == "async" else timedelta(minutes=5)
        script = round_.steps[step].script
        whole = script.turn(round_.preset) if script.mode == "turns" else script.window(round_.preset)
        return whole * 0.5

    # -- doing it

    async def _act(self, name: str, round_: Round, step: int) -> None:
        script = round_.steps[step].script
        about = f"{round_.id}.{step}"
        if script.mode in {"collect", "turns", "vote"} and self._chance.random() < 0.08:
            await self._press(name, "round.pass", about)
            return
        match script.mode:
            case "collect":
                await self._answer(name, about)
            case "turns":
                await self._say(name, round_, step, self._lines.answers)
            case "vote" if script.vote is not None and script.vote.kind == "consent":
                await self._ballot(name, about)
            case "vote" if script.vote is not None and script.vote.proposals and self._proposes(round_, step):
                await self._press(name, "round.answer", about)
                await self._fill(name, self._lines.proposals)
            case "vote":
                await self._press(name, "round.vote", about)
                await self._fill(name)
            case _:
                await self._in_the_open(name, round_, step, about)

    def _proposes(self, round_: Round, step: int) -> bool:
        """The first of them propose something before they choose."""
        return len(rules.options(round_, step)) < len(self._lines.proposals)

    async def _answer(self, name: str, about: str) -> None:
        await self._press(name, "round.answer", about)
        if self.players.fields(name):  # not where people are asked about words of theirs instead
            await self._fill(name)

    async def _in_the_open(self, name: str, round_: Round, step: int, about: str) -> None:
        """Says something, then that they are done."""
        key = (name, step, round_.id)
        times = self._said[key] = self._said.get(key, 0) + 1
        if times > 1 or self._chance.random() < 0.15:
            await self._press(name, "round.done", about)
        elif floor.open_to_response(round_, step) and self._chance.random() < 0.6:
            await self._press(name, "round.respond", about)
            await self._fill(name, self._lines.responses)
        else:
            await self._say(name, round_, step, self._words(round_, step))

    def _words(self, round_: Round, step: int) -> tuple[str, ...]:
        """What fits the beginning, the end, or what lies between."""
        if step == 0:
            return self._lines.arriving
        return self._lines.closing if step == len(round_.format.steps) - 1 else self._lines.said

    async def _say(self, name: str, round_: Round, step: int, choice: tuple[str, ...]) -> None:
        """In the round's thread; in a form where there are fields, and where people are by themselves."""
        run = round_.steps[step]
        if run.script.fields or run.group is not None or round_.format.private:
            await self._press(name, "round.answer", f"{round_.id}.{step}")
            await self._fill(name, choice)
        else:
            await self.players.write(name, HOME, self._next(choice), under=self._card)

    async def _ballot(self, name: str, about: str) -> None:
        drawn = self._chance.random()
        kind = "concern" if drawn < 0.2 else "objection" if drawn < 0.4 else "fine"
        await self._press(name, "round.ballot", f"{about}.{kind}")
        if self.players.fields(name):
            await self.players.fill(name, words=self._lines.objection if kind == "objection" else self._lines.concern)

    async def _take_up(self, name: str, about: str) -> None:
        await self._press(name, "round.takeup", about)
        await self._fill(name, (self._lines.takes_up,))

    async def _consent(self, name: str, contribution: str) -> None:
        answer = self._chance.choice(("yes", "yes", "unnamed", "no"))
        round_ = await self.round()
        await self._press(name, "round.consent", f"{round_.id}.{contribution}.{answer}")

    async def _decide(self, name: str, button: str, about: str, step: int) -> None:
        """More time once, then an end."""
        self._gave_time.add(step)
        await self._press(name, button, about)

    async def _leave(self, name: str) -> None:
        self._leaving.remove(name)
        self._names.remove(name)
        await self.players.call(name, HOME, "/kring round status")
        await self._press(name, "round.leave")
        await self.players.press_if_there(name, "round.behind")

    async def _press(self, name: str, button: str, about: str = "") -> None:
        """Who has no such button before them looks under *My part* first."""
        if not self.players.sees(name, button, about):
            await self.players.call(name, HOME, "/kring round status")
        await self.players.press(name, button, about)

    async def _fill(self, name: str, choice: tuple[str, ...] = ()) -> None:
        """Fills in the form they have open: something of their own in each field, or one of what can be chosen."""
        values: dict[str, str | list[str]] = {}
        for each in self.players.fields(name):
            match each:
                case ChoiceField(choices=choices) if choices:
                    values[each.name] = self._chance.choice(choices).value
                case ChecksField(choices=choices) if choices:
                    values[each.name] = [self._chance.choice(choices).value]
                case TextField():
                    values[each.name] = self._next(choice or self._lines.answers)
                case _:
                    pass
        await self.players.fill(name, **values)

    def _next(self, choice: tuple[str, ...]) -> str:
        self._spoken += 1
        return choice[self._spoken % len(choice)]
