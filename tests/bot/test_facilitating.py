"""Hosts stand in for facilitators as long as there are none: the same wherever somebody has to be one."""

from __future__ import annotations

import pytest

from bot.chat.actions import Action
from bot.chat.events import ButtonPressed
from tests.knock import House, Player

NOT_YOU = ("is for facilitators", "Only facilitators", "In this community facilitators start rounds")


async def command(who: Player) -> None:
    await who.calls("circle form")


async def button(who: Player) -> None:
    """Of a proposal that stands there from before."""
    about = Action("circle.eleven", "one")
    await who._acts(ButtonPressed(who._id(), who._now, who.account, who.place, about, None, profile=who.profile))


async def suggestion(who: Player) -> None:
    await who.calls("round suggest")


async def round_(who: Player) -> None:
    await who.calls("round start harvest doors")


@pytest.mark.parametrize("act", [command, button, suggestion, round_])
async def test_hosts_may_as_long_as_nobody_is_a_facilitator(house: House, act: object) -> None:
    hessel, fay, anna = house.person("Hessel", host=True), house.person("Fay"), house.person("Anna")
    await hessel.calls("setup")
    await hessel.fills({"Who may start a round": "facilitators only"})
    await fay.calls("me")

    async def may(who: Player) -> bool:
        await who.calls("menu")
        await act(who)  # type: ignore[operator]
        return not any(words in who.sees for words in NOT_YOU)

    assert [await may(who) for who in (hessel, fay, anna)] == [True, False, False]
    await hessel.calls("setup facilitator <@fay>")
    assert [await may(who) for who in (hessel, fay, anna)] == [False, True, False]
    await fay.leaves()
    assert [await may(who) for who in (hessel, anna)] == [True, False]
