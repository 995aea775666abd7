"""Where people press a button first: who joins in the same minutes shares one card, and a raid makes little noise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.names import Channel, Space
from bot.chat.requests import Edit, Post
from bot.newcomers.rules import next_gathering, shares
from tests.bot.newcomers.scene import School, direct
from tests.bot.newcomers.server import cards, edits, linde, written_to
from tests.knock import House, Player

OPENED = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
ALONE = "Welcome, Anna! I have a word for you; only you see it.\n[Start]"


@pytest.mark.parametrize(
    ("after", "shared"),
    [(timedelta(), True), (timedelta(minutes=9, seconds=59), True), (timedelta(minutes=10), False)],
)
def test_a_card_is_shared_for_ten_minutes(after: timedelta, *, shared: bool) -> None:
    assert shares(OPENED, OPENED + after) is shared


@pytest.mark.parametrize(
    ("after", "at"),
    [(0, 2), (1, 2), (119, 2), (120, 4), (121, 4), (599, 10), (3600, 62)],
)
def test_everybody_waits_for_the_same_moment(after: int, at: int) -> None:
    assert next_gathering(OPENED, OPENED + timedelta(seconds=after)) == OPENED + timedelta(minutes=at)


async def join(house: House, school: School, *names: str, minutes: float = 0.01) -> list[Player]:
    players = [school.somebody(name) for name in names]
    for each in players:
        await each.joins(school.home)
        await house.passes(minutes=minutes)
    return players


async def opened(house: House) -> School:
    school = linde(house)
    await school.opens()
    return school


async def test_one_who_comes_alone_has_a_card_of_their_own(house: House) -> None:
    school = await opened(house)
    await join(house, school, "Anna")
    await house.passes(days=1)
    assert cards(house) == [ALONE]
    assert edits(house) == 0


async def test_who_come_together_share_a_card(house: House) -> None:
    school = await opened(house)
    await join(house, school, "Anna", "Bo")
    assert cards(house) == [ALONE]
    await house.passes(minutes=2)
    assert cards(house) == ["Welcome, Bo, Anna! A word for each of you waits here; only you see yours.\n[Start]"]
    await join(house, school, "Cas", "Dia")
    await house.passes(minutes=2)
    assert cards(house) == [
        "Welcome, Dia, Cas, Bo and 1 other! A word for each of you waits here; only you see yours.\n[Start]"
    ]
    await join(house, school, "Eef")
    await house.passes(minutes=2)
    assert "Welcome, Eef, Dia, Cas and 2 others!" in cards(house)[0]
    assert written_to(house) == []


async def test_who_comes_later_gets_a_new_card(house: House) -> None:
    school = await opened(house)
    await join(house, school, "Anna")
    await house.passes(minutes=10)
    await join(house, school, "Bo", "Cas")
    await house.passes(minutes=5)
    assert cards(house)[0] == ALONE
    assert cards(house)[1].startswith("Welcome, Cas, Bo!")


async def test_around_midnight_too(house: House) -> None:
    school = await opened(house)
    house.now = datetime(2026, 11, 26, 23, 57, tzinfo=UTC)
    await join(house, school, "Anna", "Bo", minutes=5)
    await house.passes(minutes=5)
    assert len(cards(house)) == 1
    assert cards(house)[0].startswith("Welcome, Bo, Anna!")


async def test_each_reads_their_own_word_behind_it(house: House) -> None:
    school = await opened(house)
    anna, bo = await join(house, school, "Anna", "Bo")
    await house.passes(minutes=2)
    for each, name in ((anna, "Anna"), (bo, "Bo")):
        await each.presses("Start")
        assert each.sees.startswith(f"Hi {name}, welcome to De Linde.")
    assert written_to(house) == []
    await anna.presses("Yes")
    await house.passes(days=1)
    assert [text.partition(" ")[0] for text in direct(anna)] == ["Shall"]
    assert written_to(house, bo) == []


async def test_a_raid_makes_a_handful_of_edits_and_no_direct_message(house: House) -> None:
    school = await opened(house)
    volunteer = school.somebody("Vera")
    await volunteer.calls("buddy yes")
    for number in range(500):
        await school.somebody(f"Raider {number}").joins(school.home)
        house.now += timedelta(seconds=1)
        if number % 20 == 0:
            await house.passes(seconds=0)
    await house.passes(days=1)
    assert sum(isinstance(each, Post) for each in house.requests) == 1
    assert 1 <= edits(house) <= 5
    assert written_to(house) == []
    [card] = cards(house)
    assert card.startswith("Welcome, Raider 499, Raider 498, Raider 497 and 497 others!")


async def test_a_raid_that_is_put_out_is_not_named_any_more(house: House) -> None:
    school = await opened(house)
    players = await join(house, school, "Anna", *(f"Raider {number}" for number in range(20)))
    await house.passes(minutes=2)
    for each in players[1:]:
        await each.leaves()
    before = edits(house)
    await house.passes(minutes=2)
    assert edits(house) == before + 1
    assert cards(house) == [ALONE]


async def test_who_is_forgotten_is_not_named_any_more(house: House) -> None:
    school = await opened(house)
    [anna] = await join(house, school, "Anna")
    await house.passes(days=20)
    await anna.calls("me forget")
    await anna.presses("Remove it")
    assert school.shown_at_home() == ["Somebody new was welcomed here."]


async def test_who_pressed_the_standing_button_is_not_named(house: House) -> None:
    school = await opened(house)
    await join(house, school, "Anna")
    dia = school.somebody("Dia")
    await dia.calls("")
    await dia.presses("I'm new here")
    await join(house, school, "Bo")
    await house.passes(minutes=4)
    assert cards(house)[0].startswith("Welcome, Bo, Anna!")


async def test_a_card_that_is_not_taken_is_told_to_hosts_and_the_next_one_gets_a_new_card(house: House) -> None:
    school = await opened(house)
    hessel = school.somebody("Hessel", host=True)
    await hessel.calls("help")
    house.closed[school.home] = "forbidden"
    [anna] = await join(house, school, "Anna")
    [told] = direct(hessel)
    assert told.startswith("I cannot greet people in the home channel. I may not see #home")
    assert "Anna" not in told
    house.closed.clear()
    await join(house, school, "Bo")
    await house.passes(minutes=5)
    assert cards(house) == [ALONE.replace("Anna", "Bo")]
    assert not any(isinstance(each, Edit) for each in house.requests)
    await anna.calls("")
    await anna.presses("Start")
    assert anna.sees.startswith("Hi Anna, welcome to De Linde.")


async def test_each_server_has_its_own_card(house: House) -> None:
    school, other = await opened(house), School(house, Space("discord", "G2"))
    await other.opens()
    await join(house, school, "Anna")
    await join(house, other, "Bo")
    await house.passes(minutes=5)
    assert cards(house) == [ALONE]
    assert other.shown_at_home() == [ALONE.replace("Anna", "Bo")]


# -- what joining is not


async def test_nobody_is_asked_to_be_the_buddy_of_who_did_not_press(house: House) -> None:
    school = await opened(house)
    vera = school.somebody("Vera")
    await vera.calls("buddy yes")
    [anna] = await join(house, school, "Anna")
    assert vera.direct == []
    await anna.presses("Start")
    assert direct(vera)[0].startswith("You are Anna's buddy.")
    anna.saw = None
    await anna.presses("Start")
    assert len(vera.direct) == 1


async def test_who_volunteers_is_asked_for_those_only_who_said_yes(house: House) -> None:
    school = await opened(house)
    anna, bo = await join(house, school, "Anna", "Bo")
    for each in (anna, bo):
        await each.presses("Start")
    await anna.presses("Yes")
    vera = school.somebody("Vera")
    await vera.calls("buddy yes")
    assert [text.partition("'")[0] for text in direct(vera)] == ["You are Anna"]


async def test_joining_again_is_not_asking_for_messages(house: House) -> None:
    """Somebody whom a host named has done nothing themselves: not by joining either."""
    school = await opened(house)
    hessel, faas = school.somebody("Hessel", host=True), school.somebody("Faas")
    await hessel.calls("setup facilitator <@faas>")
    await faas.joins(school.home)
    anna = school.somebody("Anna")
    await anna.calls("")
    await anna.presses("I'm new here")
    await anna.presses("Yes")
    await anna.calls("")
    await anna.presses("A question")
    await anna.fills({"question": "What is a trio?", "to": "A facilitator"})
    assert anna.errors == {"to": "I cannot reach anybody for this now. Choose another way."}
    assert written_to(house, faas) == []
    await faas.calls("buddy no")
    await anna.fills({"question": "What is a trio?", "to": "A facilitator"})
    assert direct(faas) == ["Somebody asks:\nWhat is a trio?\n[Answer]"]


async def test_somebody_who_did_not_offer_is_not_written_to_for_a_newcomer(house: House) -> None:
    school = await opened(house)
    bo, anna = school.somebody("Bo"), school.somebody("Anna")
    bo.place = Channel(school.space, "elsewhere")
    await bo.calls("round start harvest doors")
    await anna.calls("")
    await anna.presses("I'm new here")
    await anna.presses("Yes")
    await anna.calls("")
    await anna.presses("A question")
    asked = {"question": "What is a trio?", "to": "Somebody I choose", "person": "bo"}
    await anna.fills(asked)
    assert anna.errors == {
        "person": "Bo has not asked for messages of mine. Write to them yourself, or choose somebody else."
    }
    await bo.calls("buddy yes")
    await anna.fills(asked)
    assert "Brought to Bo." in anna.sees
