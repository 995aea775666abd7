"""Where nobody says who comes in: a button stands in the home channel, and whoever presses it is new."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.chat.names import Account, Channel, Profile, Space
from tests.bot.newcomers.scene import School, direct
from tests.bot.newcomers.server import SERVER, cards, deletes, linde, set_up, standing, written_to
from tests.knock import House, Player


async def newcomer_of(house: House, player: Player) -> Any:
    def work(unit: Any) -> Any:
        person = unit.people.by_account(player.account)
        return person and unit.newcomers.of(person.community, person.id)

    return await house.store.look(work)


# -- the button that stands there


async def test_the_button_stands_in_the_home_channel_once(house: House) -> None:
    _, hessel = await set_up(house)
    [card] = standing(house)
    assert card.says.endswith("\n[I'm new here]")
    await hessel.calls("setup")
    await hessel.fills({"name": "De Grote Linde"})
    await hessel.calls("setup")
    await hessel.fills({})
    await house.passes(days=40)
    assert standing(house) == [card]


@pytest.mark.parametrize("platform", ["slack", "playground"])
async def test_no_button_where_joining_is_told(house: House, platform: str) -> None:
    space = Space(platform, "S1")
    hessel = Player(house, Account(space, "hessel"), Profile("Hessel", "en", host=True))
    await hessel.calls("setup")
    await hessel.fills({"name": "De Linde"})
    assert house.shown(Channel(space, "general")) == []
    await hessel.calls("me")
    assert "I'm new here" not in hessel.sees


async def test_it_follows_the_home_channel(house: House) -> None:
    _, hessel = await set_up(house)
    for channel in ("door", "home"):
        hessel.place = Channel(SERVER, channel)
        await hessel.calls("setup")
        await hessel.fills({})
        await hessel.presses("Make this channel the home")
        assert len(standing(house, channel)) == 1
    assert standing(house, "door") == []
    assert [each.says for each in house.shown(Channel(SERVER, "door"))] == [
        "The button for who is new stands in #home now."
    ]


async def test_it_comes_back_when_it_was_deleted_but_not_again_and_again(house: House) -> None:
    await set_up(house)
    await house.passes(days=3)
    await deletes(house, standing(house)[0])
    assert len(standing(house)) == 1
    await house.passes(hours=2)
    await deletes(house, standing(house)[0])
    assert standing(house) == []
    await house.passes(hours=21)
    assert standing(house) == []
    await house.passes(hours=2)
    assert len(standing(house)) == 1


async def test_another_message_that_is_deleted_brings_nothing_back(house: House) -> None:
    school, _ = await set_up(house)
    await house.passes(days=3)
    anna = school.somebody("Anna")
    await anna.joins()
    await deletes(house, house.shown(school.home)[-1])
    assert len(standing(house)) == 1


async def test_where_it_may_not_be_posted_hosts_hear_it_and_it_is_tried_again(house: House) -> None:
    home = Channel(SERVER, "home")
    house.closed[home] = "forbidden"
    _, hessel = await set_up(house)
    assert standing(house) == []
    told = hessel.direct[-1].says
    assert "I cannot greet people in the home channel. I may not see #home, or may not write there." in told
    assert "Give my role View Channel, Send Messages and Send Messages in Threads" in told
    before = len(hessel.direct)
    await house.passes(days=2)
    assert len(hessel.direct) == before, "hosts hear it once a week"
    house.closed.clear()
    await house.passes(days=1)
    assert len(standing(house)) == 1


async def test_who_lets_kring_in_did_not_ask_for_a_message(house: House) -> None:
    hessel = linde(house).somebody("Hessel", host=True)
    await hessel.installs()
    assert written_to(house, hessel) == []


# -- pressing it


async def test_pressing_begins_the_ninety_days_and_shows_day_0_to_that_person_alone(house: House) -> None:
    school, _ = await set_up(house)
    anna = school.somebody("Anna")
    assert await newcomer_of(house, anna) is None
    await anna.presses("I'm new here")
    assert anna.sees.startswith("Hi Anna, welcome to De Linde.")
    assert "After a yes I write to you directly." in anna.sees
    assert written_to(house, anna) == []
    await house.passes(days=20)
    assert written_to(house, anna) == [], "a press alone is no yes"
    assert cards(house) == [], "and nobody else hears of it"


async def test_after_a_yes_check_ins_come_directly_with_pause_and_why(house: House) -> None:
    school, _ = await set_up(house)
    anna = school.somebody("Anna")
    await anna.presses("I'm new here")
    await anna.presses("Yes")
    await house.passes(days=1)
    [text] = direct(anna)
    assert text.startswith("Shall I introduce you in #home?")
    assert "After a yes" not in text


async def test_pressing_again_goes_on_where_they_are(house: House) -> None:
    school, _ = await set_up(house)
    anna = school.somebody("Anna")
    await anna.presses("I'm new here")
    first = await newcomer_of(house, anna)
    anna.saw = None
    await anna.presses("I'm new here")
    assert anna.sees.startswith("Hi Anna, welcome to De Linde.")
    await anna.presses("Yes")
    anna.saw = None
    await anna.presses("I'm new here")
    assert anna.sees.startswith("You are new here.")
    assert (await newcomer_of(house, anna)).id == first.id


async def test_only_when_i_ask_is_kept_to(house: House) -> None:
    school, _ = await set_up(house)
    anna = school.somebody("Anna")
    await anna.presses("I'm new here")
    await anna.presses("Only when I ask")
    await house.passes(days=40)
    assert written_to(house, anna) == []


async def test_who_took_part_for_long_is_answered_kindly_and_nothing_is_kept(house: House) -> None:
    school, _ = await set_up(house)
    bo = school.somebody("Bo")
    await bo.calls("round start harvest doors", Channel(SERVER, "elsewhere"))
    await house.passes(days=31)
    before = len(written_to(house, bo))
    await bo.presses("I'm new here")
    assert bo.sees.startswith("You have been here for a while, Bo, so I begin no first three months for you.")
    assert await newcomer_of(house, bo) is None
    await house.passes(days=30)
    assert not any("welcome" in str(each.message) for each in written_to(house, bo)[before:])


async def test_hosts_and_facilitators_are_not_new(house: House) -> None:
    school, hessel = await set_up(house)
    faas = school.somebody("Faas")
    await school.opens(facilitators=[faas])
    for each in (hessel, faas):
        await each.presses("I'm new here")
        assert each.sees.startswith("You have been here for a while")
        assert await newcomer_of(house, each) is None


async def test_after_ninety_days_the_button_begins_nothing_anew(house: House) -> None:
    school, _ = await set_up(house)
    anna = school.somebody("Anna")
    await anna.presses("I'm new here")
    await house.passes(days=91)
    anna.saw = None
    await anna.presses("I'm new here")
    assert anna.sees.startswith("You have been here for a while")


@pytest.mark.parametrize(("days", "sees"), [(10, "You are new here."), (100, "Hi Anna, welcome to De Linde.")])
async def test_who_comes_back(house: House, days: int, sees: str) -> None:
    school, _ = await set_up(house)
    anna = school.somebody("Anna")
    await anna.presses("I'm new here")
    await anna.leaves()
    await house.passes(days=days)
    anna.saw = None
    await anna.presses("I'm new here")
    assert anna.sees.startswith(sees)


# -- the menu


@pytest.mark.parametrize("command", ["", "me"])
async def test_the_menu_and_the_own_card_offer_it_to_who_may_be_new(house: House, command: str) -> None:
    school = linde(house)
    await school.opens(home=False)
    anna = school.somebody("Anna")
    await anna.calls(command)
    assert "Are you new here? I can come by a few times in your first three months." in anna.sees
    await anna.presses("I'm new here")
    assert anna.sees.startswith("Hi Anna, welcome to De Linde.")
    await anna.calls(command)
    assert "I'm new here" not in anna.sees


async def test_the_menu_offers_it_to_nobody_else(house: House) -> None:
    school, hessel = await set_up(house)
    bo = school.somebody("Bo")
    await bo.calls("round start harvest doors", Channel(SERVER, "elsewhere"))
    for each in (hessel, bo):
        await each.calls("")
        assert "I'm new here" not in each.sees
        await each.calls("me")
        assert "I'm new here" not in each.sees


# -- two servers of one community


async def test_each_server_has_its_own_button(house: House) -> None:
    _, hessel = await set_up(house)
    await hessel.calls("setup link")
    code = hessel.sees.split("/kring setup link ")[1][:9]
    other = School(house, Space("discord", "G2"))
    ida = other.somebody("Ida", host=True)
    ida.place = other.home
    await ida.calls(f"setup link {code}")
    assert house.shown(other.home) == []
    await ida.calls("setup")
    await ida.fills({})
    assert len(other.shown_at_home()) == 1
    assert len(standing(house)) == 1
    jan = other.somebody("Jan")
    await jan.presses("I'm new here")
    assert jan.sees.startswith("Hi Jan, welcome to De Linde.")
    assert (await newcomer_of(house, jan)).joined - house.now == timedelta(0)
