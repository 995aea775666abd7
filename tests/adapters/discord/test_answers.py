"""What the person who acted sees, of every kind of answer, and where it comes too late for what it was."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.discord.answers import Answers
from adapters.discord.custom_ids import CustomId
from adapters.discord.inbound import ASK_AGAIN, origin_of
from adapters.discord.origin import Origin
from adapters.discord.steps import Steps
from bot.chat.actions import LONGEST, Action
from bot.chat.answers import Answer, FormErrors, Nothing, OpenForm, Replace, Tell
from bot.chat.forms import Form, TextField
from bot.chat.messages import Button, Controls, Words, message
from bot.chat.text import plain
from storage.store import open_store
from tests.adapters.discord import test_replies
from tests.adapters.discord.test_replies import Stage, late
from tests.fakes.discord.state import Outcome

stage = test_replies.stage
ADD = Action("knowhow.add", "k1")
FORM = Form(ADD, "Something", (TextField("title", "Title"),), "Send")
HELLO = message(Words(plain("hello")), Controls((Button("Go on", Action("a.b")),)))


@dataclass
class Desk:
    stage: Stage
    answers: Answers
    forms: Steps

    def gives(self, answer: Answer, form: CustomId | None = None, **about: Any) -> test_replies.Answer:
        """As an answer of Kring's to an interaction; `about` is said of where it came from."""

        async def give(reply: Any) -> None:
            payload = self.stage.app.events("INTERACTION_CREATE")[-1]
            origin = origin_of(payload, self.stage.here.guild.id)
            shown = {name: getattr(origin, name) for name in origin.__slots__} | about
            await self.answers.give(answer, Origin(**shown), reply, form)

        return give


@pytest.fixture
async def desk(stage: Stage, sqlite_url: str) -> AsyncIterator[Desk]:
    async with open_store(sqlite_url) as store:
        forms = Steps(store, lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
        yield Desk(stage, Answers(stage.here.calling, forms, stage.here.servers), forms)


def lines(outcome: Outcome, desk: Desk) -> list[str]:
    return [each.text.splitlines()[0] for each in desk.stage.here.discord.told(outcome) if each.private]


async def test_told(desk: Desk) -> None:
    assert lines(await desk.stage.called(desk.gives(Tell(HELLO))), desk) == ["hello"]


async def test_nothing(desk: Desk) -> None:
    outcome = await desk.stage.called(desk.gives(Nothing()))
    assert (outcome.failed, outcome.refused) == (None, [])
    assert desk.stage.here.discord.ephemerals(desk.stage.anna) == []


async def test_what_is_for_one_person_is_replaced(desk: Desk) -> None:
    whisper = await desk.stage.whisper()
    await desk.stage.pressed(whisper, desk.gives(Replace(HELLO)))
    assert [each.text.splitlines()[0] for each in desk.stage.here.discord.ephemerals(desk.stage.anna)] == ["hello"]


async def test_what_all_see_is_not_replaced(desk: Desk) -> None:
    card = await desk.stage.card()
    assert lines(await desk.stage.pressed(card, desk.gives(Replace(HELLO))), desk) == ["hello"]
    assert "card" in desk.stage.here.texts()[0]


async def test_a_form_is_opened(desk: Desk) -> None:
    outcome = await desk.stage.called(desk.gives(OpenForm(FORM)))
    assert outcome.modal is not None
    assert list(desk.stage.here.discord.modal_fields(outcome.modal)) == ["Title"]


async def test_a_form_that_comes_too_late_is_opened_by_a_button(desk: Desk) -> None:
    asked = 'round start topic="x"'
    outcome = await desk.stage.called(late(desk.gives(OpenForm(FORM), asked=asked)))
    [told] = desk.stage.here.discord.told(outcome)
    assert "did not open in time" in told.text
    assert told.buttons == ("Open the form",)
    assert f"{ASK_AGAIN}:{asked}" in [each["custom_id"] for each in controls(told.message.components)]


def controls(components: Any) -> Iterator[Any]:
    for each in components:
        if "custom_id" in each:
            yield each
        yield from controls(each.get("components", ()))


async def test_what_is_too_long_for_a_button_must_be_called_again(desk: Desk) -> None:
    outcome = await desk.stage.called(late(desk.gives(OpenForm(FORM), asked="x" * LONGEST)))
    [told] = desk.stage.here.discord.told(outcome)
    assert "call the command once more" in told.text
    assert not told.buttons


async def test_a_press_that_comes_too_late_must_be_made_again(desk: Desk) -> None:
    card = await desk.stage.card()
    assert "press once more" in lines(await desk.stage.pressed(card, late(desk.gives(OpenForm(FORM)))), desk)[0]


async def test_a_form_in_answer_to_a_form_is_opened_by_a_button(desk: Desk) -> None:
    outcome = await desk.stage.submitted(desk.gives(OpenForm(FORM), CustomId(ADD)))
    assert outcome.refused == []
    [told] = desk.stage.here.discord.told(outcome)
    assert list(told.buttons) == ["Open the form"]


async def test_what_is_wrong_in_a_form_is_said_and_can_be_mended(desk: Desk) -> None:
    await desk.stage.called(desk.gives(OpenForm(FORM)))
    wrong = FormErrors((("title", "Say a little more."),))
    outcome = await desk.stage.submitted(desk.gives(wrong, CustomId(ADD)))
    [told] = desk.stage.here.discord.told(outcome)
    assert "Say a little more." in told.text
    assert list(told.buttons) == ["Try again"]
    assert told.private


async def test_the_words_are_those_of_the_reader(desk: Desk) -> None:
    card = await desk.stage.card()
    told = lines(await desk.stage.pressed(card, late(desk.gives(OpenForm(FORM), language="nl"))), desk)
    assert told
    assert "once more" not in told[0]


# -- words in a direct conversation


@pytest.fixture
def written(desk: Desk) -> Callable[[Answer, str], Any]:
    async def write(answer: Answer, asked: str = "me") -> list[tuple[str, list[str]]]:
        dm = desk.stage.here.discord.dm(desk.stage.anna)
        guild = desk.stage.here.guild.id
        await desk.answers.write(answer, Origin(guild, desk.stage.anna.id, "written", dm.id, direct=True, asked=asked))
        return [
            (each.text.splitlines()[0], list(each.buttons))
            for each in desk.stage.here.discord.sees(desk.stage.anna, dm)
        ]

    return write


@pytest.mark.parametrize("answer", [Tell(HELLO), Replace(HELLO)])
async def test_words_are_answered_with_words(written: Any, answer: Answer) -> None:
    assert await written(answer) == [("hello", ["Go on"])]


@pytest.mark.parametrize("answer", [Nothing(), FormErrors(())])
async def test_to_some_words_there_is_nothing_to_say(written: Any, answer: Answer) -> None:
    assert await written(answer) == []


async def test_words_open_no_form_but_a_button_does(written: Any) -> None:
    [(told, buttons)] = await written(OpenForm(FORM), "knowhow add")
    assert "opens from a button only" in told
    assert buttons == ["Open the form"]


async def test_who_is_not_known_anywhere_is_asked_to_call_once(desk: Desk) -> None:
    async def ask(reply: Any) -> None:
        payload = desk.stage.app.events("INTERACTION_CREATE")[-1]
        await desk.answers.not_known(origin_of(payload), reply)

    outcome = await desk.stage.called(ask, direct=True)
    assert [each.text.splitlines()[0] for each in desk.stage.here.discord.told(outcome)] == [
        "I do not know yet in which server you are. Call /kring menu there once, then come back."
    ]


async def test_a_step_that_is_over_is_said_to_be(desk: Desk) -> None:
    async def strange(reply: Any) -> None:
        payload = desk.stage.app.events("INTERACTION_CREATE")[-1]
        await desk.answers.strange(origin_of(payload, desk.stage.here.guild.id), reply)

    card = await desk.stage.card()
    assert lines(await desk.stage.pressed(card, strange), desk) == ["This step is over."]
