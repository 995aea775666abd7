"""What is somebody's own is seen by nobody else, whatever they try."""

from __future__ import annotations

import json

import pytest

from tests.stories.playground import PlaygroundDriver
from tests.talk import Refusal, Talk


async def test_everybody_has_their_own_data_and_nobody_elses(talk: Talk) -> None:
    ana, bo = await talk.joins("Ana"), await talk.joins("Bo")
    await ana.calls("/kring me role teacher of history")
    await ana.calls("/kring me data")
    (file,) = [each for message in await ana.reads("dm") for each in message.files]
    data = json.loads(file)
    assert "teacher of history" in file
    assert isinstance(data, dict)
    await bo.sees_nothing_of("teacher of history")


@pytest.mark.playground_only("who may press, read and send what is the platform's own to guard; here that is us")
async def test_what_is_anothers_is_refused_whoever_asks(talk: Talk) -> None:
    ana, bo, cas = await talk.joins("Ana"), await talk.joins("Bo"), await talk.joins("Cas", "college")
    await ana.calls("/kring me data")
    answer = (await ana.calls("/kring me")).message
    await ana.calls("/kring knowhow add")
    form = ana.saw.form
    direct = (await ana.reads("dm"))[-1]
    mine = await ana.writes("mine")
    assert answer is not None
    assert form is not None

    driver = talk.driver
    assert isinstance(driver, PlaygroundDriver)
    for other in (bo, cas):
        for attempt in (
            driver.press(other.id, answer, answer.buttons[0]),
            driver.fill(other.id, form.id, {}),
            driver.look(other.id, f"dm-{ana.id}", None),
            driver.look(other.id, "schools-general", answer.id),
            driver.react(other.id, direct, "eyes"),
            driver.use(other.id, direct, "keep"),
            driver.edit(other.id, mine, "yours"),
            driver.delete(other.id, mine),
            driver.write(other.id, f"dm-{ana.id}", None, "hello"),
        ):
            with pytest.raises(Refusal) as refusal:
                await attempt
            assert refusal.value.status == 403
    with pytest.raises(Refusal):
        await driver.look(cas.id, "schools-general", None)
    for message in await ana.reads("dm"):
        for file in message.files:
            await bo.sees_nothing_of(file[:40])


async def test_forgotten_is_forgotten(talk: Talk) -> None:
    await talk.joins("Host")
    ana, bo = await talk.joins("Ana"), await talk.joins("Bo")
    await ana.calls("/kring me role teacher of history")
    await ana.calls("/kring knowhow add")
    await ana.fills(
        {
            "Title": "When pupils mix up tenths",
            "When and where does this come up?": "Year 6",
            "What do you do then?": "I take money.",
        }
    )
    await ana.calls("/kring me forget")
    await ana.presses(next(label for label in ana.saw.message.buttons if "emove" in label))  # type: ignore[union-attr]
    assert "I take money." not in (await bo.calls("/kring knowhow find tenths")).text
    await talk.days_pass(2)
    assert "I take money." not in (await bo.calls("/kring knowhow show K-1")).text


async def test_closed_direct_messages_are_no_dead_end(talk: Talk) -> None:
    await talk.joins("Host")
    ana, bo = await talk.joins("Ana"), await talk.joins("Bo")
    question = await ana.writes("How do you keep the quiet pupils in? Tell me.")
    await bo.writes("In my class we first let everybody write, because then it works.", thread=question.id)
    await ana.takes_no_direct_messages()
    await ana.keeps(question)
    await ana.sees("The draft is ready", channel="general", thread=question.id)
    await ana.presses("Look at the draft")
    assert ana.saw.form is not None
