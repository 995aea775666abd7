"""Somebody who was two people to Kring becomes one, with something in every feature: nothing is lost or left behind."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from sqlalchemy import select

from bot.chat.names import Thread
from storage.schema import metadata
from tests.knock import House, Player, channel_of

CODE = r"link ([A-Z0-9]{4}-[A-Z0-9]{4})"


def everything(unit: Any) -> dict[str, list[str]]:
    """All rows of all tables, as text."""
    return {
        table.name: [repr(tuple(row)) for row in unit.connection.execute(select(table))]
        for table in metadata.tables.values()
    }


async def ids(house: House, *players: Player) -> list[str]:
    return await house.store.look(lambda unit: [unit.people.by_account(each.account).id for each in players])


async def a_life(house: House, anna: Player, bo: Player, cas: Player) -> None:
    """A round that is over and one that is open, know-how with a try, an answered check-in, a circle and a wish."""
    for number, topic in enumerate(("the last day", "the first day")):
        await bo.calls(f'round start reveal_together "{topic}"')
        for each in (anna, bo, cas):
            await each.presses("I'll speak", topic)
        await bo.calls("round begin")
        for each in (anna, bo, cas):
            await each.presses("Answer privately")
            await each.fills({"words": f"How {each.profile.name} begins {number}."})
        await anna.calls("round time")
        if not number:
            await bo.calls("round close")
            await house.passes(days=9)
    said = await anna.writes("In my class we first let everybody write for two minutes. What do you do?")
    await bo.writes("I count to ten, because then the quiet ones begin.", Thread(channel_of(anna.place), said.id))
    await anna.uses("keep", said)
    await anna.calls('round schedule "Tuesday 10:00 from 2027-10-01" harvest "the days"')
    await bo.calls("buddy yes")
    await anna.calls("buddy yes")
    await anna.calls("me stage core")
    await anna.calls("circle new Wait")
    await anna.fills({"question": "What does waiting do?"})
    await anna.calls("circle home")
    await anna.presses("Put me on the list")
    await anna.fills({"ready": "yes"})
    await anna.calls("circle home")
    await anna.presses("My wishes")
    await anna.presses("With somebody")
    await anna.fills({"person": bo.account.id})


@pytest.fixture
async def two(house: House) -> tuple[Player, Player]:
    """Anna in the school and in the college, each with a life of her own, and one community over both."""
    hessel = house.person("Hessel", host=True)
    dirk = house.person("Dirk", space="college", host=True)
    await hessel.calls("setup link")
    code = re.search(CODE, hessel.sees)
    assert code is not None
    await dirk.calls(f"setup link {code[1]}")
    here, there = house.person("Anna"), house.person("Anna", space="college")
    await here.joins()
    await house.passes(hours=30)
    await there.joins()
    for each in (here, there):
        if "[Yes]" in each.direct[-1].says:
            await each.presses("Yes")
    await a_life(house, here, house.person("Bo"), house.person("Cas"))
    await a_life(house, there, house.person("Eva", space="college"), house.person("Gus", space="college"))
    return here, there


async def test_nothing_is_left_of_the_one_and_nothing_is_lost(house: House, two: tuple[Player, Player]) -> None:
    here, there = two
    kept, gone = await ids(house, here, there)
    assert kept != gone
    before = await house.store.look(everything)
    named = {table for table, rows in before.items() if any(gone in row for row in rows)}
    assert named >= {
        *("accounts", "people", "unasked", "facts", "round_seats", "round_steps", "round_contributions"),
        *("items", "consents", "newcomers", "stages", "buddies", "round_schedules"),
        *("circles", "circle_seats", "circle_wanted", "circle_wishes"),
    }, "the life is full enough"

    await here.calls("me link")
    code = re.search(CODE, here.sees)
    assert code is not None
    await there.calls(f"me link {code[1]}")
    await there.presses("Yes, both are mine")

    after = await house.store.look(everything)
    assert await ids(house, here, there) == [kept, kept]
    left = {table: row for table, rows in after.items() for row in rows if gone in row}
    assert not left
    for table in (
        "rounds",
        "round_seats",
        "round_steps",
        "round_contributions",
        "round_votes",
        "round_schedules",
        "items",
        "consents",
        "quotes",
        "circles",
        "circle_seats",
        "circle_wishes",
    ):
        assert len(after[table]) == len(before[table]), table
    assert len(after["newcomers"]) == len(before["newcomers"]) - 1
    assert len(after["stages"]) == len(before["stages"]) - 1
    assert len(after["circle_wanted"]) == len(before["circle_wanted"]) - 1
    assert len(after["people"]) == len(before["people"]) - 1

    await there.calls("me data")
    data = json.loads(there.direct[-1].file)
    assert len(data["rounds"]) == 4
    assert {each["words"] for each in data["contributions"]} == {"How Anna begins 0.", "How Anna begins 1."}
    assert len(data["contributions"]) == 4
    assert len(data["knowhow"]["kept"]) == 2


async def test_life_goes_on_by_either_account(house: House, two: tuple[Player, Player]) -> None:
    here, there = two
    await here.calls("me link")
    code = re.search(CODE, here.sees)
    assert code is not None
    await there.calls(f"me link {code[1]}")
    await there.presses("Yes, both are mine")
    await house.passes(days=100)
    await there.calls("me forget")
    await there.presses("Keep it without my name")
    for each in two:
        assert await house.store.look(lambda unit, it=each: unit.people.by_account(it.account)) is None
