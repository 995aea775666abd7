"""Forms on their way: nothing is sent before the last step, and nothing that was written is lost."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.discord.controls import Opened, used
from adapters.discord.custom_ids import unpack
from adapters.discord.fields import fields_of
from adapters.discord.steps import Lost, Partly, Steps, Whole, Wrong, lost, partly, wrong
from bot.chat.actions import Action
from bot.chat.answers import FormErrors
from bot.chat.forms import Form, TextField
from bot.chat.names import Account, Channel, Space
from bot.chat.text import ChannelName, Plain
from bot.texts.catalogue import words_in
from tests.adapters.discord.shown import reads
from tests.fakes.discord.component_checks import message_faults
from tests.fakes.discord.modal_checks import modal_faults

HERE = Space("discord", "111111111111111111")
ANNA, BRAM = Account(HERE, "333333333333333333"), Account(HERE, "444444444444444444")
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
LONG = Form(
    Action("knowhow.draft", "i1"), "Your draft", tuple(TextField(f"f{n}", f"Field {n}") for n in range(12)), "Share"
)
SHORT = Form(Action("round.answer", "r1"), "Your words", (TextField("words", "Your words", value="before"),), "Send")


class Kept:
    """A drawer in memory."""

    def __init__(self) -> None:
        self.texts: dict[tuple[Account, str], str] = {}

    async def draft_put(self, account: Account, action: str, text: str, now: datetime) -> None:
        await asyncio.sleep(0)
        self.texts[account, action] = text

    async def draft_take(self, account: Account, action: str) -> str | None:
        await asyncio.sleep(0)
        return self.texts.pop((account, action), None)


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def steps(kept: Kept) -> Steps:
    return Steps(kept, lambda: NOW)


async def send(steps: Steps, modal: dict[str, Any], account: Account = ANNA, **values: str) -> Whole | Partly | Lost:
    assert modal_faults(modal) == {}
    parts = tuple((name, values.get(name, field.get("value", ""))) for name, field in fields_of(modal))
    return await steps.sent(account, unpack(modal["custom_id"]), parts)


def stands(modal: dict[str, Any] | None) -> dict[str, str]:
    assert modal is not None
    return {name: field.get("value", "") for name, field in fields_of(modal)}


async def test_a_short_form_is_whole_at_once(steps: Steps, kept: Kept) -> None:
    modal = await steps.open(ANNA, SHORT)
    assert stands(modal) == {"words": "before"}
    assert await send(steps, modal, words="I wait") == Whole((("words", "I wait"),))
    await kept.draft_take(ANNA, SHORT.action.pack())  # as the door does when it arrives
    assert not kept.texts


async def test_a_long_form_goes_on_until_all_is_filled_in(steps: Steps, kept: Kept) -> None:
    first = await steps.open(ANNA, LONG)
    went = await send(steps, first, f0="zero", f4="four")
    assert went == Partly(LONG.action, 1, 1, 3)
    second = await steps.again(ANNA, LONG.action, 1)
    assert second is not None
    assert await send(steps, second, f5="five") == Partly(LONG.action, 2, 2, 3)
    third = await Steps(kept, lambda: NOW).again(ANNA, LONG.action, 2)  # Kring was started anew
    assert third is not None
    went = await send(steps, third, f11="eleven")
    assert isinstance(went, Whole)
    assert dict(went.values) == {f"f{n}": "" for n in range(12)} | {
        "f0": "zero",
        "f4": "four",
        "f5": "five",
        "f11": "eleven",
    }


async def test_a_step_can_be_sent_twice(steps: Steps) -> None:
    first = await steps.open(ANNA, LONG)
    await send(steps, first, f0="zero")
    assert await send(steps, first, f0="null") == Partly(LONG.action, 1, 1, 3)
    assert stands(await steps.again(ANNA, LONG.action, 0))["f0"] == "null"


async def test_what_did_not_arrive_stands_there_when_the_form_is_opened_anew(steps: Steps) -> None:
    await send(steps, await steps.open(ANNA, LONG), f1="one")
    again = await steps.open(ANNA, LONG)
    assert stands(again)["f1"] == "one"
    assert await send(steps, again) == Partly(LONG.action, 1, 1, 3)


async def test_what_arrived_does_not(steps: Steps, kept: Kept) -> None:
    await send(steps, await steps.open(ANNA, SHORT), words="I wait")
    await kept.draft_take(ANNA, SHORT.action.pack())  # as the door does when it arrives
    assert stands(await steps.open(ANNA, SHORT)) == {"words": "before"}


async def test_nobody_elses_and_of_no_other_form(steps: Steps) -> None:
    await send(steps, await steps.open(ANNA, LONG), f1="one")
    assert await steps.again(BRAM, LONG.action, 0) is None
    assert await steps.again(ANNA, Action("knowhow.draft", "i2"), 0) is None
    assert await steps.again(ANNA, LONG.action, 7) is None


async def test_a_long_form_that_is_kept_no_longer_is_lost_and_a_short_one_is_not(steps: Steps, kept: Kept) -> None:
    long, short = await steps.open(ANNA, LONG), await steps.open(ANNA, SHORT)
    kept.texts.clear()
    assert await send(steps, long, f0="zero") == Lost()
    assert await send(steps, short, words="I wait") == Whole((("words", "I wait"),))


async def test_what_is_wrong_is_opened_again_as_it_was_filled_in(steps: Steps) -> None:
    first = await steps.open(ANNA, LONG)
    await send(steps, first, f0="zero")
    for step in (1, 2):
        modal = await steps.again(ANNA, LONG.action, step)
        assert modal is not None
        went = await send(steps, modal, f6="six", f11="eleven")
    assert isinstance(went, Whole)
    problem = await steps.wrong(ANNA, LONG.action, FormErrors((("f11", "At least 9."), ("f6", "No."))))
    assert problem.step == 1
    middle = await steps.again(ANNA, LONG.action, 1)
    assert middle is not None
    assert stands(middle)["f6"] == "six"
    assert await send(steps, middle, f6="seven") == Partly(LONG.action, 2, 2, 3)
    last = await steps.again(ANNA, LONG.action, 2)
    assert last is not None
    went = await send(steps, last, f11="eleven more")
    assert isinstance(went, Whole)
    assert {name: value for name, value in went.values if value} == {"f0": "zero", "f6": "seven", "f11": "eleven more"}


async def test_two_presses_at_once_both_open_it(steps: Steps) -> None:
    await send(steps, await steps.open(ANNA, LONG), f0="zero")
    both = await asyncio.gather(*(steps.again(ANNA, LONG.action, 1) for _ in range(5)))
    assert None not in both


async def test_channels_are_named_where_an_intro_stands_in_plain_words(steps: Steps) -> None:
    where = Channel(HERE, "555555555555555555")
    five = replace(LONG, fields=LONG.fields[:5], intro=(Plain("It comes in "), ChannelName(where), Plain(".")))
    modal = await steps.open(ANNA, five, channels={where.id: "home"})
    assert modal["components"][0]["description"] == "It comes in #home."
    assert modal == await steps.again(ANNA, five.action, 0)


async def test_a_form_without_fields_is_not_kept(steps: Steps, kept: Kept) -> None:
    await steps.open(ANNA, Form(Action("a.b"), "Sure?", (), "Yes"))
    assert not kept.texts


# -- what the person reads


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_that_there_is_more(language: str) -> None:
    page = partly(words_in(language), Partly(LONG.action, 1, 1, 3), space=HERE)
    assert message_faults(page.body()) == {}
    button = page.components[-1]["components"][0]
    assert used(button | {"component_type": 2}) == Opened(LONG.action, 1)
    assert "1" in reads(page.components)
    assert "3" in reads(page.components)


def test_a_form_that_comes_after_another_is_opened_by_a_button() -> None:
    page = partly(words_in("en"), Partly(SHORT.action, 0, 0, 1), space=HERE)
    assert message_faults(page.body()) == {}
    assert reads(page.components) == "This goes on in a form.\n[Open the form]"
    assert used(page.components[-1]["components"][0] | {"component_type": 2}) == Opened(SHORT.action, 0)


async def test_what_is_wrong_is_said_by_the_labels_of_the_fields(steps: Steps) -> None:
    await steps.open(ANNA, LONG)
    problem = await steps.wrong(ANNA, LONG.action, FormErrors((("f2", "Please fill this in."),)))
    [page] = wrong(words_in("en"), problem, space=HERE)
    assert message_faults(page.body()) == {}
    assert "Field 2: Please fill this in." in reads(page.components)
    assert used(page.components[-1]["components"][0] | {"component_type": 2}) == Opened(LONG.action, 0)


async def test_what_is_wrong_in_a_form_that_is_kept_no_longer(steps: Steps) -> None:
    problem = await steps.wrong(ANNA, LONG.action, FormErrors((("f2", "Please fill this in."),)))
    assert isinstance(problem, Wrong)
    assert problem.step is None
    pages = wrong(words_in("en"), problem, space=HERE)
    read = "\n".join(reads(page.components) for page in pages)
    assert "Please fill this in." in read
    assert lost(words_in("en")).lines() in read
