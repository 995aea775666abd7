"""What people said and wish is theirs: nobody sees it, all of it is in their file, and all of it can be erased."""

from __future__ import annotations

import json
from typing import Any

from tests.bot.circles.scene import HOME, SCHOOL, a_facilitator, circles, gets_listed, listed, proposed, somebody
from tests.knock import House, Player


async def wishes(player: Player, kind: str, other: Player) -> None:
    await player.calls("circle home")
    await player.presses("My wishes")
    await player.presses(kind)
    await player.fills({"person": other.account.id})


async def kept(house: House, player: Player) -> dict[str, Any]:
    await player.calls("me data")
    found: dict[str, Any] = json.loads(player.direct[-1].file)
    return found


async def test_a_wish_is_kept_shown_to_its_owner_and_taken_back(house: House) -> None:
    anna, bo = somebody(house, "Anna"), somebody(house, "Bo")
    await bo.calls("circle home")
    await wishes(anna, "Rather not with somebody", bo)
    assert "Rather not with Bo." in anna.sees
    await anna.presses("Take it back")
    assert "Bo" not in anna.sees


async def test_a_wish_needs_somebody_else_whom_kring_knows(house: House) -> None:
    anna = somebody(house, "Anna")
    await anna.calls("circle home")
    await wishes(anna, "With somebody", anna)
    assert anna.errors == {"person": "That is you. Choose somebody else."}
    await wishes(anna, "With somebody", somebody(house, "Stranger"))
    assert anna.errors == {"person": "I have not met this person yet. Choose somebody else."}


async def test_wishes_are_kept_and_shown_to_nobody(house: House) -> None:
    fay = await a_facilitator(house)
    people = await listed(house, 12)
    for other in people[1:5]:
        await wishes(people[0], "Rather not with somebody", other)
    await proposed(house, fay)
    card = fay.direct[-1].says.lower()
    assert "rather not" not in card
    await fay.presses("Ask everybody")
    for each in people:
        await each.presses("Fine")
    anna, made = await _id(house, people[0]), await circles(house)
    mine = next(each for each in made if anna in each.members)
    foes = {await _id(house, each) for each in people[1:5]}
    assert not foes & set(mine.members)
    everything = "".join(shown.says for shown in house.messages if shown.ref.channel != people[0].dm)
    assert "Rather not" not in everything


async def _id(house: House, player: Player) -> str:
    def work(unit: Any) -> str:
        found: str = unit.people.by_account(player.account).id
        return found

    return await house.store.look(work)  # type: ignore[no-any-return]


async def test_a_wish_that_cannot_be_kept_is_told_without_whose(house: House) -> None:
    fay = await a_facilitator(house)
    people = await listed(house, 6)
    await wishes(people[0], "Rather not with somebody", people[1])
    await proposed(house, fay)
    assert "Somebody's wish about whom not to be with could not be kept here." in fay.direct[-1].says


async def test_everything_is_in_ones_own_file(house: House) -> None:
    anna, bo = somebody(house, "Anna"), somebody(house, "Bo")
    await bo.calls("circle home")
    await gets_listed(anna, experience="long", slots=["0.morning"], languages=["nl"], topics="Waiting")
    await wishes(anna, "With somebody", bo)
    await anna.calls("circle new Wait")
    await anna.fills({"question": "Why?"})
    file = await kept(house, anna)
    assert file["for_circles"] == {
        "on_the_list": True,
        "experience": "long",
        "languages": ["nl"],
        "suits": ["0.morning"],
        "topics": "Waiting",
    }
    assert file["wishes"] == [{"kind": "with", "about": "Bo"}]
    [circle] = file["circles"]
    assert (circle["circle"], circle["you"], circle["you_hold_it"]) == ("Wait", "in", True)
    others = await kept(house, bo)
    assert "wishes" not in others
    assert "Anna" not in json.dumps(others)


async def test_who_is_forgotten_is_out_of_everything(house: House) -> None:
    fay = await a_facilitator(house)
    people = await listed(house, 7)
    await wishes(people[1], "With somebody", people[0])
    await proposed(house, fay)
    gone = await _id(house, people[0])
    await people[0].calls("me forget")
    await people[0].presses("Remove it")
    await fay.presses("Ask everybody")
    [circle] = await circles(house)
    assert gone not in circle.asked
    assert len(circle.asked) == 6
    assert "wishes" not in await kept(house, people[1])

    await people[1].presses("Fine")
    await people[1].calls("me forget")
    await people[1].presses("Remove it")
    [circle] = await circles(house)
    assert len(circle.seats) == 5
    assert await _rows_naming(house, gone) == []


async def _rows_naming(house: House, person: str) -> list[str]:
    from sqlalchemy import select

    from storage.circle_tables import circles, declared, formations, seats, wishes

    def work(unit: Any) -> list[str]:
        tables = (circles, declared, formations, seats, wishes)
        return [table.name for table in tables for row in unit.connection.execute(select(table)) if person in repr(row)]

    return await house.store.look(work)  # type: ignore[no-any-return]


async def test_who_leaves_the_space_leaves_the_circles(house: House) -> None:
    anna = somebody(house, "Anna")
    await anna.calls("circle new Wait")
    await anna.fills({"question": "Why?"})
    await gets_listed(anna)
    await anna.leaves()
    [circle] = await circles(house)
    assert (circle.members, circle.facilitator) == ((), "")
    assert "People: nobody yet" in house.shown(HOME)[-1].says

    def work(unit: Any) -> int:
        return len(unit.circles.ready(unit.communities.of(SCHOOL).id))

    assert await house.store.look(work) == 0


async def test_the_menu_and_the_page_lead_there(house: House) -> None:
    anna = somebody(house, "Anna")
    await anna.calls("")
    await anna.presses("My circles")
    assert anna.sees.startswith("You are in no circle.")
    await anna.calls("circle new Wait")
    await anna.fills({"question": "Why?"})
    await anna.opens_page()
    assert "Circle Wait" in anna.sees
