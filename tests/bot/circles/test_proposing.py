"""Circles are formed: the list, the proposal in words, and everybody's own yes."""

from __future__ import annotations

import pytest

from bot.chat.names import Space
from tests.bot.circles.scene import (
    HOME,
    a_facilitator,
    circles,
    formations,
    gets_listed,
    listed,
    proposed,
    somebody,
)
from tests.knock import House


async def test_from_the_list_to_circles_that_have_begun(house: House) -> None:
    fay = await a_facilitator(house)
    people = await listed(house, 13, slots=["0.morning", "1.evening"], topics="waiting")
    assert people[0].sees.startswith("You are on the list.")

    await proposed(house, fay)
    card = fay.direct[-1].says
    assert card.startswith("Circles for «What does waiting do?»")
    assert all(each.profile.name in card for each in people), "nobody is skipped"
    assert card.count("3 kinds of work; all speak English; Monday morning and Tuesday evening suit all") == 2
    assert "nobody was in a circle together before" in card
    assert card.count("• waiting") == 1
    assert "Better is not possible." in card
    assert all(each.direct == [] for each in people), "nobody was asked yet"
    assert await circles(house) == ()

    await fay.presses("Ask everybody")
    assert fay.sees.startswith("I ask 13 people for 2 circles.")
    asked = people[0].direct[-1].says
    assert "There could be a circle for you: Wait" in asked
    assert "Question: What does waiting do?" in asked
    assert people[0].profile.name not in asked
    assert {each.state for each in await circles(house)} == {"forming"}
    late = somebody(house, "Late")
    await late.calls("circle join 1")
    assert late.sees == "People are still being asked for this circle. Try again when it has begun."

    for each in people[:-1]:
        await each.presses("Fine")
    assert people[0].sees.startswith("Good, you are in Wait")
    await people[-1].presses("Something else")
    assert people[-1].sees.startswith("That is fine, and needs no reason.")
    await people[-1].presses("Keep me on the list")
    made = await circles(house)
    assert [each.state for each in made] == ["open", "open"]
    assert sorted(len(each.members) for each in made) in ([6, 6], [5, 7])
    cards = [shown.says for shown in house.shown(HOME) if shown.says.startswith("Circle Wait")]
    assert len(cards) == 2
    assert people[-1].profile.name not in "".join(cards)
    await people[-1].calls("circle home")
    assert people[-1].sees.startswith("You are in no circle.\nYou are on the list")
    await people[0].calls("circle home")
    assert "You are not on the list for the next circles." in people[0].sees


@pytest.mark.parametrize(("count", "says"), [(1, "1 person is on the list"), (5, "5 people are on the list")])
async def test_too_few_is_said(house: House, count: int, says: str) -> None:
    fay = await a_facilitator(house)
    await listed(house, count)
    await fay.calls("circle form")
    assert fay.sees.startswith(says)
    assert "/kring circle join" in fay.sees


@pytest.mark.parametrize(("choice", "sizes"), [("One circle of 11", [11]), ("6 and 5, and room for one more", [5, 6])])
async def test_eleven_is_said_with_the_choices(house: House, choice: str, sizes: list[int]) -> None:
    fay = await a_facilitator(house)
    people = await listed(house, 11)
    await fay.calls("circle form")
    assert "one too many for a circle and one too few for two" in fay.sees
    await fay.presses(choice)
    await fay.fills({"What are they called?": "Wait", "question": "Why?"})
    await house.passes(minutes=1)
    await fay.presses("Ask everybody")
    for each in people:
        await each.presses("Fine")
    assert sorted(len(each.members) for each in await circles(house)) == sizes


async def test_only_facilitators_form_them(house: House) -> None:
    await a_facilitator(house)
    people = await listed(house, 8)
    await people[0].calls("circle form")
    assert "facilitator" in people[0].sees
    assert people[0].form is None


async def test_dropped_and_nobody_was_asked(house: House) -> None:
    fay = await a_facilitator(house)
    people = await listed(house, 8)
    await proposed(house, fay)
    await fay.presses("Drop it")
    assert fay.sees == "Dropped. Everybody stays on the list, and nobody was asked."
    await fay.presses("Ask everybody")
    assert fay.sees == "This step is over."
    assert await circles(house) == ()
    assert await formations(house) == ()
    assert all(each.direct == [] for each in people)


async def test_look_further_and_show_again(house: House) -> None:
    """Where direct messages are closed, the command shows the proposal."""
    fay = await a_facilitator(house)
    await listed(house, 16, languages=["en"])
    house.unreachable.add(fay.account)
    await proposed(house, fay)
    assert fay.direct == []
    await fay.calls("circle form")
    assert fay.sees.startswith("Circles for «What does waiting do?»")
    await fay.presses("Look further")
    assert fay.sees.startswith("I am looking how 16 people fit into 2 circles.")
    await fay.calls("circle form")
    assert fay.sees.startswith("I am looking how 16 people fit into 2 circles.")
    await house.passes(minutes=1)
    await fay.calls("circle form")
    assert fay.sees.startswith("Circles for «What does waiting do?»")
    await fay.presses("Start anew")
    assert fay.form is not None


async def test_who_leaves_the_list_meanwhile_is_not_asked(house: House) -> None:
    fay = await a_facilitator(house)
    people = await listed(house, 9)
    await proposed(house, fay)
    await people[0].calls("circle home")
    await people[0].presses("What I said about me")
    await people[0].fills({"ready": "no"})
    assert people[0].sees.startswith("You are off the list.")
    await fay.presses("Ask everybody")
    assert people[0].direct == []
    assert fay.sees.startswith("I ask 8 people")
    [circle] = await circles(house)
    assert len(circle.asked) == 8


async def test_when_all_leave_the_list_meanwhile_nothing_is_proposed(house: House) -> None:
    fay = await a_facilitator(house)
    people = await listed(house, 6)
    await proposed(house, fay)
    await fay.presses("Look further")
    for each in people:
        await each.calls("circle home")
        await each.presses("What I said about me")
        await each.fills({"ready": "no"})
    before = len(fay.direct)
    await house.passes(minutes=1)
    assert len(fay.direct) == before
    assert await formations(house) == ()


async def test_nobody_is_asked_for_a_circle_that_was_closed_at_night(house: House) -> None:
    fay = await a_facilitator(house)
    people = await listed(house, 6)
    await house.passes(hours=13)
    await proposed(house, fay)
    await fay.presses("Ask everybody")
    await fay.calls("circle close 1")
    await fay.presses("Close it")
    await house.passes(hours=12)
    assert all(each.direct == [] for each in people)


async def test_organisations_are_mixed(house: House) -> None:
    """Two schools in one community: both circles have people of both."""
    fay = await a_facilitator(house)
    college = Space("playground", "college")
    host = somebody(house, "Hein", host=True)
    await host.calls("setup link")
    code = host.sees.partition("/kring setup link ")[2].split()[0]
    other = somebody(house, "Oda", college, host=True)
    await other.calls(f"setup link {code}")
    for number in range(6):
        await gets_listed(somebody(house, f"School {number}"))
        await gets_listed(somebody(house, f"College {number}", college))
    await proposed(house, fay)
    assert fay.direct[-1].says.count("2 organisations") == 2


async def test_silence_is_no_yes_and_somebody_decides(house: House) -> None:
    fay = await a_facilitator(house)
    people = await listed(house, 8)
    await proposed(house, fay)
    await fay.presses("Ask everybody")
    for each in people[:4]:
        await each.presses("Fine")
    await house.passes(days=8)
    [circle] = await circles(house)
    assert (circle.state, len(circle.members), circle.asked) == ("forming", 4, ())
    assert "Everybody has answered for Wait, and 4 people said yes: too few" in fay.direct[-1].says
    await people[7].presses("Fine")
    assert people[7].sees == "This step is over."
    await fay.presses("Open it all the same")
    assert fay.sees == "Wait is open."
    assert (await circles(house))[0].state == "open"


@pytest.mark.parametrize("why", ["paused", "refused"])
async def test_where_nobody_who_decides_can_be_reached_all_see_the_question(house: House, why: str) -> None:
    fay = await a_facilitator(house)
    people = await listed(house, 8)
    await proposed(house, fay)
    await fay.presses("Ask everybody")
    for each in people[:2]:
        await each.presses("Fine")
    if why == "paused":
        await fay.calls("me pause 30")
    else:
        house.unreachable.add(fay.account)
    asked = len(fay.direct)
    await house.passes(days=8)
    assert len(fay.direct) == asked
    [question] = [shown for shown in house.shown(HOME) if "2 people said yes: too few" in shown.says]
    assert "A facilitator can do it here, and so can who is in it." in question.says
    await house.passes(days=8)
    assert len([shown for shown in house.shown(HOME) if "too few" in shown.says]) == 1, "once is enough"
    await people[5].presses("Open it all the same")
    assert people[5].sees == "Who holds a circle decides this, and you hold none."
    await people[0].presses("Open it all the same")
    assert (await circles(house))[0].state == "open"
    assert question.says == "It is decided what becomes of Wait."


async def test_where_one_of_those_who_decide_hears_it_it_is_not_asked_for_all_to_see(house: House) -> None:
    fay, gus = await a_facilitator(house), await a_facilitator(house, "Gus")
    people = await listed(house, 8)
    await proposed(house, fay)
    await fay.presses("Ask everybody")
    await people[0].presses("Fine")
    house.unreachable.add(fay.account)
    await house.passes(days=8)
    assert "1 person said yes: too few" in gus.direct[-1].says
    assert not [shown for shown in house.shown(HOME) if "too few" in shown.says]


async def test_where_nobody_decides_for_a_week_all_see_the_question(house: House) -> None:
    fay = await a_facilitator(house)
    people = await listed(house, 8)
    await proposed(house, fay)
    await fay.presses("Ask everybody")
    await people[0].presses("Fine")
    await house.passes(days=8)
    assert "1 person said yes: too few" in fay.direct[-1].says
    assert not [shown for shown in house.shown(HOME) if "too few" in shown.says]
    await house.passes(days=7)
    [question] = [shown for shown in house.shown(HOME) if "too few" in shown.says]
    await fay.presses("Close it", "1 person said yes")
    await fay.presses("Close it")
    assert question.says == "It is decided what becomes of Wait."
    assert await circles(house) == ()


async def test_for_who_holds_it_and_cannot_be_reached_facilitators_are_asked(house: House) -> None:
    fay = await a_facilitator(house)
    anna = somebody(house, "Anna")
    await anna.calls("circle new Wait")
    await anna.fills({"Which question brings you together?": "What does waiting do?"})
    await house.passes(days=20)
    await anna.calls("me pause 30")
    await house.passes(days=2)
    assert "Wait has had 1 person for three weeks. What would help?" in fay.direct[-1].says


async def test_who_takes_no_direct_messages_finds_it_in_the_channel(house: House) -> None:
    fay = await a_facilitator(house)
    people = await listed(house, 8)
    house.unreachable.add(people[0].account)
    await proposed(house, fay)
    await fay.presses("Ask everybody")
    assert people[0].direct == []
    await people[0].presses("Am I asked?")
    assert "Circle Wait" in people[0].sees
    await people[0].presses("Fine")
    assert people[0].sees == "Good, you are in Wait. You hear when it begins."


async def test_a_pause_is_respected_and_the_facilitator_hears_it(house: House) -> None:
    fay = await a_facilitator(house)
    people = await listed(house, 8)
    await people[0].calls("me pause 30")
    await proposed(house, fay)
    await fay.presses("Ask everybody")
    assert people[0].direct == []
    assert "I cannot write to these people now" in fay.sees
    assert people[0].profile.name in fay.sees


async def test_the_next_time_they_are_mixed_anew(house: House) -> None:
    fay = await a_facilitator(house)
    people = await listed(house, 12)
    for _ in range(2):
        await proposed(house, fay)
        await fay.presses("Ask everybody")
        for each in people:
            await each.presses("Fine")
            await each.calls("circle home")
            await each.presses("Put me on the list")
            await each.fills({"ready": "yes"})
        await house.passes(days=1)
    made = await circles(house)
    assert [each.formation for each in made] == [1, 1, 2, 2]
    first, second = set(made[0].members), set(made[2].members)
    assert len(first & second) == 3, "as few as six and six allow"
