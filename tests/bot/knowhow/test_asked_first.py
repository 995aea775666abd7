"""On Discord people whose words are to be kept are asked where they said them, unless they know Kring already."""

from __future__ import annotations

import pytest

from bot.chat.names import Account, Channel, MessageRef, Thread
from bot.chat.requests import Post
from tests.bot.knowhow.scene import ANSWER, QUESTION
from tests.knock import House, Player


async def kept(house: House, *, known: bool, platform: str = "discord") -> tuple[Player, Player, MessageRef]:
    """Ana asked, Bo answered, and Kim keeps it; `known`: Bo called Kring before."""
    ana, bo, kim = (house.person(name, platform=platform) for name in ("Ana", "Bo", "Kim"))
    if known:
        await bo.calls("help")
    question = await ana.writes(QUESTION["en"], Channel(ana.account.space, "general"))
    answer = await bo.writes(ANSWER["en"], Thread(question.channel, question.id))
    await kim.uses("keep", answer)
    await kim.presses("Look at the draft")
    await kim.fills({})
    return bo, kim, question


def direct(house: House, player: Player) -> list[Post]:
    to = [each for each in house.requests if isinstance(each, Post) and isinstance(each.to, Account)]
    return [each for each in to if each.to == player.account]


async def test_who_never_called_kring_is_asked_in_the_thread(house: House) -> None:
    bo, _, question = await kept(house, known=False)
    assert direct(house, bo) == []
    in_thread = house.shown(question.channel, thread=question.id)
    asked = [each.says for each in in_thread if each.says.startswith("Somebody would like to ask you something")]
    assert len(asked) == 2, "Ana, whose question it is, is asked there too"
    assert not any("typing first" in each for each in asked), "that there is a question, and nothing of it"
    await bo.presses("See")
    assert "typing first" in bo.sees
    assert direct(house, bo) == []


@pytest.mark.parametrize(("known", "platform"), [(True, "discord"), (False, "slack"), (False, "playground")])
async def test_others_are_asked_directly(house: House, platform: str, *, known: bool) -> None:
    bo, _, question = await kept(house, known=known, platform=platform)
    assert len(direct(house, bo)) == 1
    assert not any("ask you something, bo" in each.says.lower() for each in house.shown(question.channel))
