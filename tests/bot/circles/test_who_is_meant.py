"""Who counts for the next circles, who is asked, and which circle somebody means."""

from __future__ import annotations

import pytest

from tests.bot.circles.scene import a_facilitator, circles, gets_listed, listed, proposed, somebody
from tests.knock import House, Player


async def with_a_circle(house: House, name: str, circle: str) -> Player:
    player = somebody(house, name)
    await makes(player, circle)
    return player


async def makes(player: Player, circle: str) -> None:
    await player.calls(f"circle new {circle}")
    await player.fills({"Which question brings you together?": "What does waiting do?"})


async def test_who_is_gone_is_not_counted(house: House) -> None:
    fay = await a_facilitator(house)
    people = await listed(house, 6)
    await people[0].leaves()
    await fay.calls("circle form")
    assert fay.sees.startswith("5 people are on the list")


async def test_who_is_asked_already_is_not_counted(house: House) -> None:
    fay = await a_facilitator(house)
    await listed(house, 6)
    await proposed(house, fay)
    await fay.presses("Ask everybody")
    await gets_listed(somebody(house, "Late"))
    await fay.calls("circle form")
    assert fay.sees.startswith("1 person is on the list")


@pytest.mark.parametrize("days", [8, 30])
async def test_nobody_is_asked_when_the_answer_would_come_too_late(house: House, days: int) -> None:
    fay = await a_facilitator(house)
    people = await listed(house, 8)
    await people[0].calls(f"me pause {days}")
    await proposed(house, fay)
    await fay.presses("Ask everybody")
    assert "I cannot write to these people now" in fay.sees
    await house.passes(days=days + 1)
    assert all("There could be a circle for you" not in each.says for each in people[0].direct)


async def test_a_newcomer_is_not_the_only_one_in_a_circle(house: House) -> None:
    fay = await a_facilitator(house)
    people = await listed(house, 12)
    for each in (people[0], people[3]):
        await each.joins()
    await proposed(house, fay)
    assert "2 newcomers, so that nobody is the only one" in fay.direct[-1].says


async def test_without_a_number_it_is_ones_own_circle(house: House) -> None:
    fay = await a_facilitator(house)
    await with_a_circle(house, "Anna", "Wait")
    await makes(fay, "Walk")
    await fay.calls("circle rest")
    assert fay.sees.startswith("Walk rests."), "though she may decide about all"


async def test_a_circle_that_was_made_by_hand_counts_beside_the_last_that_were_formed(house: House) -> None:
    fay = await a_facilitator(house)
    await listed(house, 6)
    await proposed(house, fay)
    await fay.presses("Ask everybody")
    await makes(fay, "Walk")
    assert [each.formation for each in await circles(house)] == [1, 1]


async def test_people_are_called_only_to_a_circle_that_meets(house: House) -> None:
    anna = await with_a_circle(house, "Anna", "Wait")
    await house.passes(days=22)
    await anna.calls("circle rest")
    await anna.presses("Invite people", within="What would help?")
    assert anna.sees == "This step is over."


async def test_what_to_do_is_asked_once_though_the_circle_changes(house: House) -> None:
    fay = await a_facilitator(house)
    people = await listed(house, 8)
    await proposed(house, fay)
    await fay.presses("Ask everybody")
    for each in people[:4]:
        await each.presses("Fine")
    await house.passes(days=8)
    before = len(fay.direct)
    await people[0].calls("circle question Who may wait?")
    await house.passes(days=1)
    assert len(fay.direct) == before
