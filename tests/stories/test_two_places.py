"""One community in two spaces: a round that stands in both, and somebody who is in both."""

from __future__ import annotations

import re

import pytest

from tests.talk import Player, Talk


def code_in(player: Player) -> str:
    found = re.search(r"\b([A-Z0-9]{4}-[A-Z0-9]{4})\b", player.saw.text)
    assert found is not None, player.saw
    return found[1]


@pytest.fixture
async def two(talk: Talk) -> tuple[Player, Player, Player, Player]:
    """Ana and Bo at the schools, Cas and Dia at the college; Ana and Cas are hosts and make it one community."""
    ana, bo = await talk.joins("Ana", "schools"), await talk.joins("Bo", "schools")
    cas, dia = await talk.joins("Cas", "college"), await talk.joins("Dia", "college")
    await ana.calls("/kring setup")
    await ana.fills({"Name of the community": "De Werkplaats"})
    await ana.calls("/kring setup link")
    await cas.calls(f"/kring setup link {code_in(ana)}")
    assert "now belongs to De Werkplaats" in cas.saw.text
    await cas.calls("/kring setup")
    await cas.fills({})
    return ana, bo, cas, dia


async def test_a_round_in_both(talk: Talk, two: tuple[Player, Player, Player, Player]) -> None:
    ana, bo, cas, dia = two
    await ana.calls("/kring round start reveal_together silence where=everywhere")
    assert "It stands in the home channel of" in ana.saw.text
    for each in two:
        await each.sees("invites you", "silence", channel="general")
        await each.presses("I'll speak", "silence")
    await ana.calls("/kring round begin")
    for each in two:
        await each.presses("Answer privately")
        for other in two:
            await other.sees_nothing_of("counts to")
        await each.fills({"Your words": f"{each.name} counts to ten."})
    for each in two:
        shown = await each.sees("Here are all answers at once.")
        for other in two:
            assert f"{other.name} counts to ten." in shown.text
            assert re.search(rf"{other.name} \(.+\)", shown.text), shown.text
    await dia.presses("Respond", "Step 2 of 4")
    await dia.fills({"Your response": "To twelve, here."})
    await bo.sees("Dia (", "To twelve, here.")
    await cas.sees("Dia (", "To twelve, here.")
    await ana.calls("/kring round close")
    await talk.days_pass(8)
    for each in two:
        await each.sees("This round is done.", "4 spoke", channel="general")


async def test_a_channel_that_is_closed_in_one_of_them(talk: Talk, two: tuple[Player, Player, Player, Player]) -> None:
    ana, bo, cas, dia = two
    await ana.calls("/kring round start reveal_together silence where=everywhere")
    for each in two:
        await each.presses("I'll speak", "silence")
    await cas.closes("general")
    await ana.calls("/kring round begin")
    await ana.sees("I cannot write in the channel of «silence» in", "The round goes on in the others", channel="dm")
    for each in (ana, bo):
        await each.presses("Answer privately", "Step 1")
        await each.fills({"Your words": f"{each.name} counts to ten."})
    for each in (cas, dia):
        await each.presses("Answer privately", "has begun")
        await each.fills({"Your words": f"{each.name} counts to ten."})
    await bo.sees("Here are all answers at once.", "Cas counts to ten.", "Dia counts to ten.")


async def test_two_accounts_of_one_person(talk: Talk, two: tuple[Player, Player, Player, Player]) -> None:
    ana, _, _, dia = two
    await dia.calls("/kring me role teacher educator")
    await ana.calls("/kring me link")
    await dia.calls(f"/kring me link {code_in(ana)}")
    assert "Shall I link your accounts?" in dia.saw.text
    await dia.presses("Yes, both are mine")
    await ana.sees("is linked with this one now", channel="dm")
    assert "teacher educator" in (await ana.calls("/kring me")).text
    await dia.calls("/kring me language nl")
    assert "Wat ik van je weet" in (await ana.calls("/kring me")).text
