"""What stays of a round, on every platform: a listener's task, a yes, the record, the files, and a yes taken back."""

from __future__ import annotations

import pytest

from tests.stories.test_reveal_round import SECRETS, _answers, _begun
from tests.talk import Player, Talk


@pytest.fixture
async def four(talk: Talk) -> list[Player]:
    return [await talk.joins(name) for name in SECRETS]


async def test_from_a_yes_to_a_file_and_back(talk: Talk, four: list[Player]) -> None:
    ana, bo = four[0], four[1]
    header = await _begun(four)
    lis = await talk.joins("Lis")
    await lis.presses("I'll listen", within="1 of 4")
    await lis.presses("What surprised me")
    await lis.presses("Write it down")
    await lis.fills({"Your words": "Nobody spoke of the corridor.", "Shown": "With my name"})
    for person in four:
        await _answers(person)
    await ana.calls("/kring round status", thread=header.id)
    assert ana.saw.message is not None
    await ana.presses_on(ana.saw.message, "Keep this")
    await ana.presses("Close the round")
    await ana.presses("Yes, with my name")
    await ana.presses("You may ask me about it")
    await bo.presses("One small step")
    await bo.fills({"What, and by when": "Count to ten on Monday.", "Remind me": "in 7 days"})
    await talk.days_pass(4)

    record = await bo.sees("Until the next one", channel="general", thread=header.id)
    assert SECRETS["Ana"] in record.text
    assert SECRETS["Bo"] not in record.text
    assert "You may ask about it:" in record.text
    assert "Nobody spoke of the corridor." in record.text
    shown = await bo.calls("/kring round show R-1")
    assert "Count to ten on Monday." in shown.text
    assert "you were too few to say" in shown.text
    for other in (ana, lis):
        await other.sees_nothing_of("Count to ten")

    await lis.calls("/kring round export R-1")
    page, content = [file for message in await lis.reads("dm") for file in message.files]
    assert page.startswith("# R-1")
    for file in (page, content):
        assert SECRETS["Ana"] in file
        assert SECRETS["Bo"] not in file

    await ana.presses("Rather not after all")
    record = await bo.sees("Until the next one", channel="general", thread=header.id)
    assert SECRETS["Ana"] not in record.text
    await talk.days_pass(7)
    await bo.sees("you wanted to take a small step", channel="dm")
