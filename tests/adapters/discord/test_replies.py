"""The answer to one interaction: in time, once, and for the person alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from adapters.discord.commands import payload
from adapters.discord.inbound import origin_of
from adapters.discord.parts import Part
from adapters.discord.replies import Reply
from bot.chat.requests import Post
from bot.errors import PlatformRefusal, PlatformTrouble
from bot.features import gather
from tests.adapters.discord.sending import HELLO, School, school
from tests.fakes.discord.state import Message, Outcome
from tests.fakes.discord_listening import App, listening

CALLBACK = "POST /interactions/{interaction}/{token}/callback"
MODAL: dict[str, Any] = {
    "title": "Something",
    "custom_id": "knowhow.add:k1",
    "components": [{"type": 18, "label": "Title", "component": {"type": 4, "custom_id": "title", "style": 1}}],
}
Answer = Callable[[Reply], Awaitable[Any]]


def part(text: str) -> Part:
    row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Go on", "custom_id": "a.b:"}]}
    return Part({"flags": 1 << 15, "components": [{"type": 10, "content": text}, row]})


@dataclass
class Stage:
    here: School
    app: App

    @property
    def anna(self) -> Any:
        return self.here.anna

    async def card(self) -> Message:
        """A message of Kring's that all see."""
        path = "/channels/{channel_id}/messages"
        said = await self.here.calling.ask("POST", path, json=part("card").body, channel_id=self.here.practice.id)
        return self.here.practice.messages[said["id"]]

    async def whisper(self) -> Message:
        await self.called(lambda reply: reply.say([part("between us")]))
        return self.here.discord.ephemerals(self.anna)[-1].message

    async def called(self, answer: Answer, *, direct: bool = False) -> Outcome:
        place = self.here.discord.dm(self.anna) if direct else self.here.practice
        return await self._answered(self.here.discord.calls(self.anna, place, "/kring me card"), answer)

    async def pressed(self, message: Message, answer: Answer) -> Outcome:
        return await self._answered(self.here.discord.presses(self.anna, message, "Go on"), answer)

    async def submitted(self, answer: Answer, *, on: Message | None = None) -> Outcome:
        opens: Answer = lambda reply: reply.open(MODAL)  # noqa: E731 - as those of the tests are written
        await (self.called(opens) if on is None else self.pressed(on, opens))
        modal = self.here.discord.modal(self.anna)
        assert modal is not None
        return await self._answered(self.here.discord.submits(self.anna, modal, {"Title": "x"}), answer)

    async def typed(self, answer: Answer) -> list[Any]:
        typing = self.here.discord.autocompletes(self.anna, self.here.practice, "/kring round start", "format", "rev")
        return await self._answered(typing, answer)

    async def _answered(self, act: Any, answer: Answer) -> Any:
        before = len(self.app.events("INTERACTION_CREATE"))
        acting = asyncio.ensure_future(act)
        while len(self.app.events("INTERACTION_CREATE")) == before:  # noqa: ASYNC110 - it is on its way
            await asyncio.sleep(0.005)
        origin = origin_of(self.app.events("INTERACTION_CREATE")[-1], self.here.guild.id)
        await asyncio.gather(answer(Reply(self.here.calling, origin)))
        return await acting

    def shown(self, outcome: Outcome) -> list[tuple[str, bool]]:
        """What the outcome shows, and whether only Anna sees it."""
        told = self.here.discord.told(outcome)
        return [(each.text.splitlines()[0], each.private) for each in told]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with school() as here, listening(here.discord) as app:
        here.discord.commands.replace("", payload(gather().offered.commands))
        yield Stage(here, app)


def late(then: Answer) -> Answer:
    async def answer(reply: Reply) -> None:
        await reply.defer()
        await then(reply)

    return answer


def say(*texts: str) -> Answer:
    return lambda reply: reply.say([part(text) for text in texts])


def replace(*texts: str) -> Answer:
    return lambda reply: reply.replace([part(text) for text in texts])


def end(reply: Reply) -> Awaitable[None]:
    return reply.end()


@pytest.mark.parametrize("promised", [False, True])
async def test_what_is_said_is_for_one_person(stage: Stage, promised: bool) -> None:
    answer = say("one", "two")
    outcome = await stage.called(late(answer) if promised else answer)
    assert stage.shown(outcome) == [("one", True), ("two", True)]
    assert outcome.refused == []


async def test_between_one_person_and_kring_it_may_stay(stage: Stage) -> None:
    outcome = await stage.called(say("one"), direct=True)
    assert stage.shown(outcome) == [("one", False)]
    outcome = await stage.called(late(say("one")), direct=True)
    assert stage.shown(outcome) == [("one", False)]


@pytest.mark.parametrize("promised", [False, True])
async def test_what_others_see_stays_as_it_is(stage: Stage, promised: bool) -> None:
    card, answer = await stage.card(), say("one")
    outcome = await stage.pressed(card, late(answer) if promised else answer)
    assert [each for each in stage.shown(outcome) if each[1]] == [("one", True)]
    assert "card" in stage.here.texts()[0]
    assert outcome.refused == []


@pytest.mark.parametrize("promised", [False, True])
async def test_what_one_person_sees_becomes_the_answer(stage: Stage, promised: bool) -> None:
    whisper, answer = await stage.whisper(), replace("one", "two")
    outcome = await stage.pressed(whisper, late(answer) if promised else answer)
    assert stage.shown(outcome) == [("one", True), ("two", True)]
    assert [each.text.splitlines()[0] for each in stage.here.discord.ephemerals(stage.anna)] == ["one", "two"]


async def test_where_there_is_no_message_to_replace_it_is_said(stage: Stage) -> None:
    assert stage.shown(await stage.called(replace("one"))) == [("one", True)]


@pytest.mark.parametrize("promised", [False, True])
async def test_a_form_is_answered(stage: Stage, promised: bool) -> None:
    answer = say("one")
    assert stage.shown(await stage.submitted(late(answer) if promised else answer)) == [("one", True)]


@pytest.mark.parametrize("promised", [False, True])
async def test_a_form_that_a_message_opened_is_answered(stage: Stage, promised: bool) -> None:
    answer = replace("one")
    outcome = await stage.submitted(late(answer) if promised else answer, on=await stage.whisper())
    assert stage.shown(outcome) == [("one", True)]
    assert len(stage.here.discord.ephemerals(stage.anna)) == 1


async def test_a_form_is_shown_once_and_in_time(stage: Stage) -> None:
    shown: list[bool] = []

    async def open_twice(reply: Reply) -> None:
        shown.extend([await reply.open(MODAL), await reply.open(MODAL)])

    async def open_late(reply: Reply) -> None:
        shown.append(await reply.open(MODAL))
        await reply.say([part("too late")])

    assert (await stage.called(open_twice)).modal is not None
    await stage.called(late(open_late))
    await stage.submitted(open_late)
    assert shown == [True, False, False, False]


@pytest.mark.parametrize("promised", [False, True])
async def test_where_there_is_nothing_to_show_nothing_stays(stage: Stage, promised: bool) -> None:
    answer = late(end) if promised else end
    card = await stage.card()
    for outcome in (await stage.called(answer), await stage.pressed(card, answer), await stage.submitted(answer)):
        assert outcome.failed is None
        assert outcome.refused == []
    assert stage.here.discord.ephemerals(stage.anna) == []
    assert len(stage.here.texts()) == 1


async def test_what_there_is_to_choose_from_is_listed(stage: Stage) -> None:
    choices = [{"name": "Reveal together", "value": "reveal_together"}]
    assert await stage.typed(lambda reply: reply.suggest(choices)) == choices


async def test_who_is_promised_an_answer_while_it_is_given_gets_one(stage: Stage) -> None:
    async def both(reply: Reply) -> None:
        await asyncio.gather(reply.say([part("one")]), reply.defer())

    outcome = await stage.called(both)
    assert stage.shown(outcome) == [("one", True)]
    assert outcome.refused == []


@pytest.mark.parametrize("mishap", ["dropped", "refused", "failing", "failing_after"])
async def test_an_answer_whose_answer_was_lost_is_given_once(stage: Stage, mishap: str) -> None:
    stage.here.discord.mishaps.next(mishap, CALLBACK)
    outcome = await stage.called(say("one"))
    assert outcome.failed is None
    assert stage.shown(outcome) == [("one", True)]


async def test_a_promise_that_could_not_be_made_does_not_spoil_the_answer(stage: Stage) -> None:
    async def answer(reply: Reply) -> None:
        with pytest.raises(PlatformTrouble):
            await reply.defer()
        await asyncio.sleep(0.05)
        await reply.say([part("one")])

    stage.here.discord.mishaps.chances.retry_after = 0.01
    stage.here.discord.mishaps.next("throttled", CALLBACK)
    assert stage.shown(await stage.called(answer)) == [("one", True)]


async def test_after_a_quarter_of_an_hour_nothing_can_be_shown(stage: Stage) -> None:
    async def answer(reply: Reply) -> None:
        await reply.defer()
        stage.here.clock.ahead += timedelta(minutes=16)
        with pytest.raises(PlatformRefusal):
            await reply.say([part("too late")])

    outcome = await stage.called(answer)
    # Discord says it with the same number as that a bot's token is not valid: that would hold everything up
    assert stage.here.platform.turn(Post(stage.here.channel, HELLO)) < 1
    assert [each.loading for each in stage.here.discord.told(outcome)] == [True]
