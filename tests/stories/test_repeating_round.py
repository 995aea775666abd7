"""Somebody who does not know which format is helped, and a round comes back by itself until somebody stops it."""

from __future__ import annotations

import pytest

from tests.talk import Talk


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_three_questions_lead_to_the_form_filled_in(talk: Talk, language: str) -> None:
    dutch = language == "nl"
    ana = await talk.joins("Ana", language=language)
    await ana.calls("/kring round suggest")
    for answer in (
        "Bewaren wat we leerden" if dutch else "Keeping what we learned",
        "4 tot 6" if dutch else "4 to 6",
        "Een week of langer" if dutch else "A week or longer",
    ):
        await ana.presses(answer)
    starts = [label for label in ana.saw.message.buttons if "start" in label.lower()] if ana.saw.message else []
    assert 0 < len(starts) <= 3
    name = "Oogst" if dutch else "Harvest"
    assert starts[0] == f"Start: {name}"
    await ana.presses(starts[0])
    await ana.fills({"Onderwerp" if dutch else "Topic": "the open day"})
    await ana.sees("the open day", channel="general")


async def test_a_round_comes_back_is_left_out_once_and_stopped(talk: Talk) -> None:
    ana = await talk.joins("Ana")
    await talk.monday_comes()
    await ana.calls("/kring round schedule")
    await ana.presses("Set up a repeating round")
    await ana.fills({"When": "every Thursday 10:00", "Format": "Harvest (2 to 12 people)", "Topic": "the open day"})
    await ana.sees("«the open day» comes back: every Thursday at 10:00")
    await talk.days_pass(2.5)
    await ana.sees("Your repeating round «the open day» is next in", "Without an answer it goes on.", channel="dm")
    await ana.presses("Not this time")
    assert "Then not this time." in ana.saw.text
    await talk.days_pass(4)
    await ana.sees_nothing_of("invites you")
    await talk.days_pass(4)
    await ana.sees("the open day", "invites you", channel="general")
    await ana.calls("/kring round schedule stop")
    assert "does not come back any more" in ana.saw.text
