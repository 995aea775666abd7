"""A circle of one's own: made, joined, its question, left, resting, closed."""

from __future__ import annotations

import pytest

from bot.chat.names import Channel
from tests.bot.circles.scene import HOME, SCHOOL, a_facilitator, circles, gets_listed, somebody
from tests.knock import House, Player


async def made(house: House, name: str = "Anna", circle: str = "Wait") -> Player:
    anna = somebody(house, name)
    await anna.calls(f"circle new {circle}")
    await anna.fills({"Which question brings you together?": "What does waiting do?"})
    return anna


async def test_a_circle_is_made_and_joined(house: House) -> None:
    anna = await made(house)
    assert anna.sees == "Wait is there, and has number 1. You hold it; people join it with /kring circle join 1."
    card = house.shown(HOME)[-1]
    assert card.says.startswith("Circle Wait\nQuestion: What does waiting do?\nPeople: Anna\nHeld by: Anna\n[Join]")
    bo = somebody(house, "Bo")
    await bo.presses("Join")
    assert bo.sees == "You are in Wait: What does waiting do?"
    assert "People: Anna, Bo" in card.says, "the card says what is so now"
    cas = somebody(house, "Cas")
    await cas.calls("circle join 1")
    await cas.calls("circle join")
    assert "People: Anna, Bo, Cas" in cas.sees
    assert "[Join]" not in cas.sees
    await cas.calls("circle join 9")
    assert cas.sees == "There is no circle 9."


async def test_ten_is_full(house: House) -> None:
    await made(house)
    for number in range(9):
        await somebody(house, f"Person {number}").calls("circle join 1")
    assert "[Join]" not in house.shown(HOME)[-1].says
    late = somebody(house, "Late")
    await late.calls("circle join 1")
    assert late.sees == "This circle is full: more than 10 people do not all get to speak."
    await late.calls("circle join")
    assert "[Join]" not in late.sees


async def test_without_circles_joining_is_the_list(house: House) -> None:
    anna = somebody(house, "Anna")
    await anna.calls("circle join")
    assert anna.form is not None
    await anna.fills({"ready": "yes"})
    assert anna.sees.startswith("You are on the list.")


async def test_the_question_is_the_circles_own(house: House) -> None:
    anna = await made(house)
    await anna.calls("circle question Who may wait?")
    assert anna.sees == "The question of Wait is now: Who may wait?"
    assert "Question: Who may wait?" in house.shown(HOME)[-1].says
    await anna.calls("circle question")
    assert anna.form is not None
    await anna.fills({"question": "Who waits for whom?"})
    assert anna.sees == "The question of Wait is now: Who waits for whom?"
    bo = somebody(house, "Bo")
    await bo.calls("circle question Mine?")
    assert bo.sees == "You are in no circle."
    await anna.calls("circle question " + "x" * 301)
    assert anna.sees == "A question has at most 300 characters."


async def test_which_circle_is_meant(house: House) -> None:
    anna = await made(house)
    anna.place = Channel(SCHOOL, "staff")
    await anna.calls("circle new Walk")
    await anna.fills({"question": "Where?"})
    await anna.calls("circle question Where to?")
    assert anna.sees == "The question of Walk is now: Where to?", "the one at home here"
    await anna.calls("circle leave")
    assert anna.sees == "Which circle do you mean?\n[Wait] [Walk]"
    await anna.presses("Wait")
    await anna.presses("Leave")
    assert anna.sees == "You are out of Wait. Thank you for being here."


async def test_leaving_is_asked_once(house: House) -> None:
    anna = await made(house)
    await anna.calls("circle leave")
    await anna.presses("Stay")
    assert len((await circles(house))[0].members) == 1
    await anna.calls("circle leave 1")
    await anna.presses("Leave", within="Shall I take you out?")
    [circle] = await circles(house)
    assert (circle.members, circle.facilitator) == ((), "")
    assert "People: nobody yet" in house.shown(HOME)[-1].says
    await anna.calls("circle leave 1")
    assert anna.sees == "You are not in this circle."


async def test_somebody_else_holds_it(house: House) -> None:
    anna = await made(house)
    bo = somebody(house, "Bo")
    await bo.calls("circle join 1")
    await anna.calls("circle leave")
    await anna.presses("Leave")
    await bo.calls("circle home")
    await bo.presses("I'll hold it")
    assert bo.sees == "You hold Wait from now on. Thank you."
    assert "Held by: Bo" in house.shown(HOME)[-1].says


async def test_rest_and_wake(house: House) -> None:
    anna = await made(house)
    bo = somebody(house, "Bo")
    await bo.calls("circle join 1")
    await bo.calls("circle rest 1")
    assert bo.sees == "Who holds a circle decides this, and you hold none."
    await anna.calls("circle rest")
    assert anna.sees.startswith("Wait rests.")
    assert "State: rests for now" in house.shown(HOME)[-1].says
    await anna.calls("circle home")
    await anna.presses("Wake it up")
    assert anna.sees == "Wait is open."


async def test_closing_is_asked_once_and_is_for_good(house: House) -> None:
    anna = await made(house)
    await anna.calls("circle close")
    assert anna.sees.startswith("Shall I close Wait for good?")
    assert (await circles(house))[0].state == "open"
    await anna.presses("Let it be")
    await anna.calls("circle close 1")
    await anna.presses("Close it")
    assert anna.sees == "Wait is closed. What was learned in it stays with you."
    assert await circles(house) == ()
    assert "State: closed" in house.shown(HOME)[-1].says
    await anna.calls("circle home")
    assert anna.sees.startswith("You are in no circle.")


async def test_old_buttons_say_that_it_is_over(house: House) -> None:
    anna = await made(house)
    await anna.calls("circle close")
    question = anna.saw
    await anna.presses("Close it")
    anna.saw = question
    await anna.presses("Close it")
    assert anna.sees == "This circle is closed."


async def test_facilitators_of_the_community_may_rest_any(house: House) -> None:
    fay = await a_facilitator(house)
    await made(house)
    await fay.calls("circle rest 1")
    assert fay.sees.startswith("Wait rests.")


async def test_where_nobody_holds_it_every_member_decides_and_hosts_too(house: House) -> None:
    bo, hein = somebody(house, "Bo"), somebody(house, "Hein", host=True)
    anna = await made(house)
    await bo.calls("circle join 1")
    await hein.calls("circle rest 1")
    assert hein.sees == "Who holds a circle decides this, and you hold none.", "as long as somebody holds it"
    await anna.calls("circle leave")
    await anna.presses("Leave")
    await anna.calls("circle rest 1")
    assert anna.sees == "Who holds a circle decides this, and you hold none."
    await bo.calls("circle rest 1")
    assert bo.sees.startswith("Wait rests.")
    await hein.calls("circle close 1")
    assert hein.sees.startswith("Shall I close Wait for good?")


async def test_who_joins_is_on_the_list_no_more(house: House) -> None:
    await made(house)
    bo = somebody(house, "Bo")
    await gets_listed(bo)
    await bo.calls("circle join 1")
    await bo.calls("circle home")
    assert "You are not on the list for the next circles." in bo.sees


async def test_a_circle_that_stays_small_is_asked_about(house: House) -> None:
    anna = await made(house)
    await house.passes(days=22)
    assert "Wait has had 1 person for three weeks. What would help?" in anna.direct[-1].says
    before = len(house.shown(HOME))
    await anna.presses("Invite people")
    assert anna.sees == "I have invited people in the channel."
    assert len(house.shown(HOME)) == before + 1
    await house.passes(days=1)
    assert len(anna.direct) == 1, "not again every day"


@pytest.mark.parametrize(("language", "first"), [("en", "You are in no circle."), ("nl", "Je zit in geen kring.")])
async def test_in_the_readers_language(house: House, language: str, first: str) -> None:
    anna = somebody(house, "Anna", language=language)
    await anna.calls("circle home")
    assert anna.sees.startswith(first)


async def test_topics_are_never_read_as_markup(house: House) -> None:
    anna = somebody(house, "Anna")
    await anna.calls("circle new")
    await anna.fills({"name": "*<!channel>* {name}", "question": "@everyone?"})
    assert house.shown(HOME)[-1].says.startswith("Circle *<!channel>* {name}\nQuestion: @everyone?")
