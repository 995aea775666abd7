"""Circles on a platform where nobody may be written to first, and over two spaces of one community."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.chat.names import Channel, Space
from bot.chat.requests import Post
from tests.bot.circles.scene import HOME, SCHOOL, a_facilitator, gets_listed, proposed, somebody
from tests.bot.circles.test_uniting import code_of
from tests.knock import House, Player

SERVER = Space("discord", "server")
THERE = Channel(SERVER, "general")


async def listed_there(house: House, count: int) -> list[Player]:
    found = []
    for number in range(count):
        found.append(somebody(house, f"Person {number}", SERVER))
        await gets_listed(found[-1])
    return found


async def test_a_facilitator_who_was_only_named_is_not_written_to(house: House) -> None:
    fay, zoe = await a_facilitator(house, space=SERVER), somebody(house, "Zoe", SERVER)

    def named(unit: Any) -> None:
        person = unit.people.seen(zoe.account, zoe.profile, house.now)
        unit.people.unreachable(zoe.account)
        unit.members.make_facilitator(person.community, person.id, yes=True)

    people = await listed_there(house, 6)
    await house.store.run(named)
    await proposed(house, fay)
    await fay.presses("Ask everybody")
    for each in people[:4]:
        await each.presses("Fine")
    for each in people[4:]:
        await each.presses("Something else")
    assert "too few for a circle" in fay.direct[-1].says
    assert all(not isinstance(each, Post) or each.to != zoe.account for each in house.requests)
    await zoe.calls("circle close")
    assert zoe.sees.startswith("Shall I close Wait for good?"), "by the command they can"


async def test_who_closed_direct_messages_asks_in_the_channel(house: House) -> None:
    fay = await a_facilitator(house, space=SERVER)
    people = await listed_there(house, 6)
    house.unreachable.add(people[0].account)
    await proposed(house, fay)
    await fay.presses("Ask everybody")
    assert people[0].direct == []
    assert "[Am I asked?]" in house.shown(THERE)[-1].says
    await people[0].presses("Am I asked?")
    assert "Circle Wait" in people[0].sees
    await people[0].presses("Fine")
    assert people[0].sees == "Good, you are in Wait. You hear when it begins."


async def test_two_places_are_told_each_in_its_home(house: House) -> None:
    hessel, dirk = house.person("Hessel", host=True), somebody(house, "Dirk", SERVER, host=True)
    await hessel.calls("setup link")
    await dirk.calls(f"setup link {await code_of(hessel)}")

    def homes(unit: Any) -> None:
        before = unit.communities.of(SCHOOL)
        unit.members.arrange(before.id, before, replace(before, home=HOME, homes_elsewhere=(THERE,)))

    await house.store.run(homes)
    fay = await a_facilitator(house)
    people = await listed_there(house, 3)
    for number in range(3):
        people.append(somebody(house, f"Pupil {number}"))
        await gets_listed(people[-1])
    await proposed(house, fay)
    await fay.presses("Ask everybody")
    for home in (HOME, THERE):
        assert "[Am I asked?]" in house.shown(home)[-1].says
    for each in people:
        await each.presses("Fine")
    assert house.shown(HOME)[-1].says.startswith("Circle Wait")
    assert "Wait has begun" in people[0].direct[-1].says, "their card stands where they are not"
    assert "Wait has begun" not in people[-1].direct[-1].says

    dm = people[0].dm
    people[0].place = dm
    await people[0].calls("circle new Walk")
    await people[0].fills({"question": "Where?"})
    assert house.shown(THERE)[-1].says.startswith("Circle Walk")
