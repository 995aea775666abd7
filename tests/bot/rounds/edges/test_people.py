"""Edge cases of who takes part: too few, too many, somebody who leaves, one lone voice, closed direct messages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.rounds import rules
from bot.rounds.formats import shipped
from bot.texts.catalogue import LANGUAGES
from tests.bot.rounds.conversations.circle import Circle
from tests.bot.rounds.play import Play
from tests.knock import House, Player

FEW = "So far: 2. This works from 3 people. Switch to"
STILL = "So far: 2. This works from 3 people. Wait a day, switch to"


def letters(player: Player, words: str) -> int:
    return sum(words in shown.says for shown in player.direct)


async def invited(house: House, *names: str) -> Circle:
    """Those of the circle who want to speak in a round that has not begun."""
    circle = Circle(house)
    await circle.anna.calls('round start reveal_together "doors"')
    for name in names:
        await circle.people[name].presses("I'll speak")
    return circle


async def test_edge_01_fewer_than_the_minimum_at_start(house: House) -> None:
    circle = await invited(house, "Anna", "Bo")
    await circle.anna.calls("round begin")
    assert circle.anna.sees.startswith("So far: 2. This works from 3 people.")
    await house.passes(hours=24)
    assert (await circle.round()).state == "inviting", "it never starts below the minimum, and waits a day once"
    assert FEW in circle.card
    assert letters(circle.anna, "«doors» has too few people: 2, and it works from 3.") == 1
    assert not letters(circle.people["Bo"], "too few"), "only its facilitator is asked"
    await circle.people["Cas"].presses("I'll speak")
    assert FEW not in circle.card
    await house.passes(hours=24)
    assert (await circle.round()).state == "running"


async def test_edge_01_the_facilitator_waits_of_their_own_accord_and_only_once(house: House) -> None:
    circle = await invited(house, "Anna", "Bo")
    await house.passes(hours=24)
    before = (await circle.round()).begins_at
    assert "[Wait a day]" not in circle.card, "it waits already"
    await house.passes(hours=24)
    assert before == house.now
    assert (await circle.round()).state == "cancelled"
    assert "This round does not go ahead." in circle.card


async def test_edge_01_switching_goes_on_with_a_format_for_so_few(house: House) -> None:
    circle = await invited(house, "Anna", "Bo")
    await house.passes(hours=24)
    await circle.anna.presses("Switch", FEW)
    round_ = await circle.round()
    assert (round_.state, len(round_.speakers)) == ("running", 2)
    assert round_.format.size.min == 2
    assert round_.format.id in ("paraphrase_check", "what_so_what_now_what")


@pytest.mark.parametrize(
    ("people", "named"), [(2, ("paraphrase_check", "what_so_what_now_what")), (3, ("trio_consult",))]
)
@pytest.mark.parametrize("meant", [one for one in shipped() if not one.startswith("harvest")])
def test_edge_01_the_alternative_that_is_named(people: int, named: tuple[str, ...], meant: str) -> None:
    format_ = shipped()[meant]
    if people >= format_.size.min:
        format_ = replace(format_, size=replace(format_.size, min=people + 1))
    play = Play(format_)
    play.does(rules.invite)
    for person in ("ana", "bo", "cas")[:people]:
        play.does(rules.join, person, "speak")

    found = rules.alternative(play.round, shipped().values())

    assert found is not None
    assert found.id in named or meant in named


async def test_edge_01_letting_it_rest_blames_nobody(house: House) -> None:
    circle = await invited(house, "Anna", "Bo")
    await house.passes(hours=24)
    await circle.anna.presses("Let it rest", FEW)
    assert circle.anna.sees == "We let it rest. Nobody did anything wrong."
    assert (await circle.round()).state == "cancelled"


async def test_edge_02_below_the_minimum_on_the_way(house: House) -> None:
    circle = Circle(house, names=("Anna", "Bo", "Cas"))
    await circle.begin("reveal_together", "doors", "anonymous=yes")
    await circle.answer(circle.anna, "Open.")
    await circle.people["Bo"].calls("round status", circle.thread)
    await circle.people["Bo"].presses("Leave the round")
    assert (await circle.round()).step is not None, "the step is finished first"
    await circle.answer(circle.people["Cas"], "Shut.")
    assert "Open." not in circle.thread_says, "two answers would show who wrote which"
    for name in ("Anna", "Cas"):
        await circle.people[name].presses("No", "Too few people answered in «doors» to stay unknown")
    assert "Open." not in circle.thread_says
    assert STILL in circle.thread_says
    assert letters(circle.anna, "«doors» has too few people: 2, and it works from 3.") == 1
    await circle.anna.presses("Wait a day", STILL)
    await circle.people["Bo"].presses("I'll speak")
    assert "Step 2 of 4" in circle.thread_says, "with enough people again it goes on by itself"


async def test_edge_03_somebody_leaves_and_what_they_wrote_is_theirs(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    bo = circle.people["Bo"]
    await circle.answer(bo, "I kick it.")
    await bo.calls("round status", circle.thread)
    await bo.presses("Leave the round")
    assert "What shall I do with what you wrote?" in bo.sees
    for name in ("Anna", "Cas", "Dia"):
        await circle.answer(circle.people[name], f"How {name} does it.")
    assert "Here are all answers at once." in circle.thread_says
    assert "I kick it." not in circle.thread_says, "what nobody had seen went with its author"
    dia = circle.people["Dia"]
    await dia.calls("round status", circle.thread)
    await dia.presses("Leave the round")
    await dia.presses("Keep it without my name")
    assert "How Dia does it." in circle.thread_says
    assert "Dia\nHow Dia does it." not in circle.thread_says


async def test_edge_03_the_holder_leaves_and_the_next_has_the_word(house: House) -> None:
    circle = Circle(house)
    await circle.begin("talking_circle", "doors")
    await circle.all_press("Done", "Step 1 of 4")
    holder = await circle.holder()
    await circle.people[holder].calls("round status", circle.thread)
    await circle.people[holder].presses("Leave the round")
    following = await circle.holder()
    assert following != holder
    assert f"The word is yours, {holder}" not in circle.thread_says
    assert "The word goes on." in circle.thread_says
    await circle.write(circle.people[following], "My story.")
    assert await circle.holder() not in (holder, following)


async def test_edge_12_a_closed_direct_conversation_keeps_nobody_out(house: House) -> None:
    circle = Circle(house)
    bo = circle.people["Bo"]
    house.unreachable.add(bo.account)
    await circle.begin("reveal_together", "doors")
    await circle.all_answer()
    assert not bo.direct
    assert "Bo\nHow Bo does it." in circle.thread_says, "the button under the step opens the form"
    assert "reach" not in circle.thread_says, "nobody is told"


async def full(house: House) -> tuple[Circle, list[Player]]:
    """A talking circle of ten, and three who come too late."""
    circle = Circle(house)
    await circle.anna.calls('round start talking_circle "doors"')
    names = [f"P{n}" for n in range(9)]
    for who in (circle.anna, *(house.person(name) for name in names)):
        await who.presses("I'll speak")
    late = [house.person(name) for name in ("Eli", "Fay", "Gus")]
    for who in late:
        await who.presses("I'll speak")
    return circle, late


async def test_edge_16_too_many_wait_or_listen(house: House) -> None:
    circle, (eli, fay, gus) = await full(house)
    assert eli.sees.startswith("The circle is full with 10 people. You are on the waiting list;")
    await gus.presses("I'll listen")
    assert gus.sees.startswith("You listen in «doors»")
    await circle.anna.calls("round begin")
    p3 = house.person("P3")
    await p3.calls("round status", circle.thread)
    await p3.presses("Leave the round")
    assert letters(eli, "A seat came free in «doors», and it is yours.") == 1
    assert not letters(fay, "A seat came free"), "Fay is next"
    assert len((await circle.round()).speakers) == 10


async def test_edge_16_who_waits_hears_so_however_they_ask(house: House) -> None:
    _, (eli, *_) = await full(house)
    waits = "You are on the waiting list;"
    await eli.presses("I'll speak", "Anna invites you")
    assert waits in eli.sees
    await eli.calls("round status")
    assert waits in eli.sees
    assert "You are not in this round." not in eli.sees
    await eli.presses("Leave the round")
    await eli.calls("round status")
    assert "You are not in this round." in eli.sees


async def test_edge_16_those_who_wait_begin_a_second_circle(house: House) -> None:
    circle, (eli, fay, gus) = await full(house)
    first = await circle.round()
    await eli.presses("Start a second circle")
    assert eli.sees.startswith("Your invitation stands in #general.")
    offer = "There is a second circle on «doors», held by Eli."
    assert [letters(who, offer) for who in (eli, fay, gus, circle.anna)] == [0, 1, 1, 0]
    await fay.presses("Take a seat in the second")
    assert fay.sees.startswith("You are in: you speak in «doors».")
    unit = await house.store.look(lambda unit: unit.rounds.in_channel(first.community, circle.channel))
    before, second = unit
    assert (before.id, len(before.speakers), len(second.speakers)) == (first.id, 10, 2)
    states = {seat.person: seat.state for seat in before.seats}
    assert sorted(states.values()).count("waiting") == 1, "Gus waits on in the first"
    assert (second.format.id, second.topic, second.preset) == (before.format.id, before.topic, before.preset)
    await gus.presses("Start a second circle", "The circle is full")
    assert gus.sees.startswith("Two rounds are going on in this channel already.")


async def test_edge_16_a_second_circle_that_is_full_costs_nobody_their_place(house: House) -> None:
    circle, (eli, fay, gus) = await full(house)
    first = await circle.round()
    await eli.presses("Start a second circle")
    for name in (f"Q{n}" for n in range(9)):
        await house.person(name).presses("I'll speak", "Eli invites you")
    await fay.presses("Take a seat in the second")
    assert fay.sees.startswith("The circle is full with 10 people.")
    await circle.anna.presses("Leave the round")
    assert letters(fay, "A seat came free in «doors», and it is yours.") == 1
    assert len((await house.store.look(lambda unit: unit.rounds.get(first.community, first.id))).speakers) == 10
    assert not letters(gus, "A seat came free")


async def test_edge_20_the_only_answer_is_its_authors_own(house: House) -> None:
    for choice, words in (
        ("Keep it for me", ""),
        ("Post it as my own words", "I knock."),
        ("Throw it away", ""),
    ):
        circle = Circle(house, names=("Anna", "Bo", "Cas"))
        await circle.begin("reveal_together", f"doors {choice}")
        await circle.answer(circle.anna, "I knock.")
        for name in ("Bo", "Cas"):
            await circle.people[name].presses("Pass", circle.step_heading)
        assert "I knock." not in circle.thread_says
        assert letters(circle.anna, f"Yours is the only answer in «doors {choice}», so I did not show it.") == 1
        await circle.anna.presses(choice)
        assert ("I knock." in circle.thread_says) == bool(words)
        kept = [one.body for one in (await circle.round()).contributions]
        assert kept == ([""] if choice == "Throw it away" else ["I knock."])
        await circle.anna.calls("round cancel", circle.thread)
        await circle.anna.presses("Yes, stop it")
        await house.passes(days=1)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
async def test_edge_02_with_two_the_round_closes_kindly_when_one_leaves(house: House, language: str) -> None:
    circle = Circle(house, language, ("Anna", "Bo"))
    await circle.begin("paraphrase_check", "doors")
    speaker = circle.people[str(await circle.holder())]
    await circle.press(speaker, "Say it in a form")
    await speaker.fills({"words": "I knock twice."})
    await circle.press(circle.people["Bo"], "My part")
    await circle.press(circle.people["Bo"], "Leave the round")

    kind = "We are too few to go on, so we stop here, no harm done. What was said stays. Thank you for thinking along."
    assert circle.label(kind) in circle.thread_says
    assert circle.label("Wait a day") not in circle.thread_says
    assert "I knock twice." in circle.thread_says
    assert (await circle.round()).state == "wrapping"


async def test_edge_03_when_the_one_it_is_about_leaves_nobody_is_told_that_it_came_round(house: House) -> None:
    circle = Circle(house, deep=True)
    await circle.begin("place_of_difficulty", "doors")
    await circle.all_answer("What chafes {name}.")
    offers = {one.body: one.id for one in (await circle.round()).contributions}
    for name, who in circle.people.items():
        await circle.press(who, "Vote", circle.step_heading)
        await who.fills({"pick1": offers["What chafes Bo." if name != "Bo" else "What chafes Cas."]})
    await circle.people["Bo"].presses("My part")
    await circle.people["Bo"].presses("Leave the round")
    assert "The one this was about has left, so we stop here. Thank you for thinking along." in circle.thread_says
    assert "We have come full circle. Thank you" not in circle.thread_says


async def test_edge_02_a_round_that_came_to_its_end_with_too_few_is_not_said_to_have_stopped(house: House) -> None:
    circle = Circle(house, names=("Anna", "Bo", "Cas"))
    await circle.begin("reveal_together", "doors")
    await circle.all_answer("{name} knocks.")
    for _ in range(2):
        await circle.anna.calls("round skip", circle.thread)
    await circle.press(circle.people["Cas"], "My part")
    await circle.press(circle.people["Cas"], "Leave the round")
    await circle.anna.calls("round skip", circle.thread)
    assert (await circle.round()).state == "wrapping"
    assert "We have come full circle. Thank you" in circle.thread_says
    assert "We are too few to go on" not in circle.thread_says
