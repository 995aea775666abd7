"""Edge cases of where a round is: two in one place, a channel that is gone, people of another organisation."""

from __future__ import annotations

import pytest

from bot.chat.names import Channel, Thread
from tests.bot.rounds.conversations.circle import Circle
from tests.bot.rounds.conversations.test_several_spaces import Two
from tests.knock import House, Player

LOST = "I cannot write in the channel of «doors» any more, so the round is on hold."


def letters(player: Player, words: str) -> int:
    return sum(words in shown.says for shown in player.direct)


async def test_edge_04_two_rounds_in_one_place(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    first = circle.thread
    await circle.begin("reveal_together", "windows")
    await circle.anna.calls("round start reveal_together roofs")
    assert circle.anna.sees.startswith("Two rounds are going on in this channel already.")
    bo = circle.people["Bo"]
    await bo.calls("round status")
    assert bo.sees.startswith("Which round do you mean?")
    await bo.picks("Choose a round", "Reveal together: windows")
    assert bo.sees.startswith("Reveal together: windows")
    await bo.calls("round status", first)
    assert bo.sees.startswith("Reveal together: doors"), "in its thread there is only one"
    await house.passes(hours=24)
    assert letters(bo, "There is still room for your voice") == 1, "one nudge a day, over all rounds"


async def lost(house: House, verb: str = "begin") -> Circle:
    """A round on its way, or an invitation, whose channel is archived."""
    circle = Circle(house)
    if verb == "begin":
        await circle.begin("reveal_together", "doors")
        await circle.answer(circle.anna, "I knock.")
    else:
        await circle.anna.calls('round start reveal_together "doors"')
    house.gone.add(circle.channel)
    await house.person("Eva").presses("I'll listen")
    return circle


async def test_edge_11_a_lost_channel_and_another_place(house: House) -> None:
    circle = await lost(house)
    assert (await circle.round()).state == "paused"
    assert letters(circle.anna, LOST) == 1
    await circle.anna.presses("Move to another place")
    assert "call /kring round move there" in circle.anna.sees
    assert "[Go on in the home channel]" not in circle.anna.sees, "there is none"
    await house.passes(hours=6)
    attic = house.channel("attic")
    await circle.anna.calls("round move", attic)
    assert circle.anna.sees.startswith("The round goes on in #attic.")
    round_ = await circle.round()
    assert (round_.state, round_.channel) == ("running", attic)
    assert round_.due is not None
    card, *thread = house.shown(attic)
    assert "Step: 1 of 4." in card.says
    assert "Stands in" not in card.says, "it is in one place, as before"
    said = "\n--\n".join(each.says for each in thread)
    assert "This round goes on here. What was said before stays where it was said;" in said
    assert "Step 1 of 4" in said
    assert "We go on." in said
    assert "I knock." not in said
    assert letters(circle.people["Bo"], "The round goes on in #attic: be sure that you are in there.") == 1
    assert not letters(circle.anna, "be sure that you are in there")
    house.gone.clear()
    await circle.people["Bo"].calls("round status", attic)
    assert circle.people["Bo"].sees.startswith("Reveal together: doors")


async def test_edge_11_everything_of_the_round_happens_in_the_new_place(house: House) -> None:
    circle = await lost(house)
    attic = house.channel("attic")
    await circle.anna.calls("round move", attic)
    for name in ("Bo", "Cas", "Dia"):
        await circle.people[name].presses("Answer privately", "Step 1 of 4")
        await circle.people[name].fills({"words": f"How {name} does it."})
    said = "\n--\n".join(each.says for each in house.shown(attic))
    assert "Anna\nI knock." in said, "nothing was lost"
    card = house.shown(attic)[0]
    assert "Step: 2 of 4." in card.says
    await circle.anna.calls("round status", attic)
    await circle.anna.presses("Take it back")
    assert "I knock." not in "\n".join(each.says for each in house.shown(attic))
    await circle.anna.calls("round close", attic)
    await house.passes(days=8)
    assert (await circle.round()).state == "done"
    assert "This round is done." in card.says


async def test_edge_11_what_stands_in_the_old_place_is_let_be(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.all_answer()
    house.gone.add(circle.channel)
    await house.person("Eva").presses("I'll listen")
    attic = house.channel("attic")
    await circle.anna.calls("round move", attic)
    tries = len(house.requests)
    await circle.anna.calls("round status", attic)
    await circle.anna.presses("Take it back", "How Anna does it.")
    assert (await circle.round()).state == "running"
    assert not [each for each in house.requests[tries:] if each.to == circle.channel]


async def test_edge_11_groups_work_on_in_threads_of_their_own(house: House) -> None:
    circle = Circle(house)
    await circle.begin("one_two_four_all", "doors")
    await circle.all_answer()
    assert len((await circle.round()).groups) == 2
    house.gone.add(circle.channel)
    await house.person("Eva").calls("round join listen")
    attic = house.channel("attic")
    await circle.anna.calls("round move", attic)
    assert (await circle.round()).state == "running"
    tables = [shown for shown in house.shown(attic) if shown.ref.thread is None][1:]
    assert len(tables) == 2
    for table in tables:
        inside = [shown.says for shown in house.shown(attic, thread=table.ref.id) if shown.ref.thread]
        assert len(inside) == 1, "what its step asks"
    bo = circle.people["Bo"]
    mine = next(table for table in tables if "Bo" in table.says)
    await bo.writes("We push.", Thread(attic, mine.ref.id))
    assert [one.body for one in (await circle.round()).contributions][-1] == "We push."


@pytest.mark.parametrize("language", ["nl"])
async def test_edge_11_in_the_other_language_too(house: House, language: str) -> None:
    circle = Circle(house, language)
    await circle.begin("reveal_together", "doors")
    house.gone.add(circle.channel)
    await house.person("Eva", language=language).calls("round join listen")
    await circle.press(circle.anna, "Move to another place")
    assert circle.anna.sees.startswith("Ga naar het kanaal waar «doors» verder moet gaan")
    await circle.anna.calls("round move", house.channel("zolder"))
    assert circle.anna.sees.startswith("De ronde gaat verder in #zolder.")
    assert any("Deze ronde gaat hier verder." in shown.says for shown in house.shown(house.channel("zolder")))


async def going_round(house: House) -> tuple[Circle, str]:
    """A round in which the word goes round, whose channel is archived while somebody has it."""
    circle = Circle(house)
    await circle.begin("talking_circle", "doors")
    await circle.anna.calls("round skip")
    holder = await circle.holder()
    house.gone.add(circle.channel)
    await house.person("Eva").presses("I'll listen")
    assert (await circle.round()).state == "paused"
    return circle, holder


async def test_edge_11_in_another_place_it_is_said_whose_word_it_is(house: House) -> None:
    circle, holder = await going_round(house)
    attic = house.channel("attic")
    await circle.anna.calls("round move", attic)
    word = [shown for shown in house.shown(attic) if "The word is yours" in shown.says]
    assert [f"The word is yours, {holder}" in each.says for each in word] == [True]
    await circle.people[holder].presses("Say it in a form", "The word is yours")
    await circle.people[holder].fills({"words": "I hold it open."})
    assert word[0].says == f"{holder} had the word.", "its buttons go there too"


async def test_edge_11_back_in_its_place_it_is_said_whose_word_it_is(house: House) -> None:
    circle, holder = await going_round(house)
    house.gone.clear()
    await circle.anna.presses("Go on", LOST)
    assert f"The word is yours, {holder}" in circle.thread_says, "in the new thread"


async def test_edge_11_in_another_place_the_word_is_still_for_whoever_is_ready(house: House) -> None:
    circle = Circle(house)
    await circle.begin("talking_circle", "doors")
    await circle.anna.calls("round skip")
    for _ in range(12):
        if "The word is for whoever is ready" in circle.thread_says:
            break
        await house.passes(hours=4)
    house.gone.add(circle.channel)
    await house.person("Eva").presses("I'll listen")
    attic = house.channel("attic")
    await circle.anna.calls("round move", attic)
    assert sum("The word is for whoever is ready" in shown.says for shown in house.shown(attic)) == 1


async def test_edge_11_an_invitation_moves_to_the_home_channel_at_a_press(house: House) -> None:
    hessel = house.person("Hessel", host=True)
    await hessel.calls("setup", house.channel("hall"))
    await hessel.fills({})
    circle = await lost(house, "start")
    await circle.anna.presses("Move to another place")
    await circle.anna.presses("Go on in the home channel")
    assert (await circle.round()).state == "inviting"
    assert "Anna invites you." in house.shown(house.channel("hall"))[0].says


async def test_edge_11_a_move_has_its_limits(house: House) -> None:
    circle = await lost(house)
    attic = house.channel("attic")
    bo = circle.people["Bo"]
    await bo.calls("round move", attic)
    assert bo.sees.startswith("I can write where the rounds stand that you hold")
    await circle.anna.calls("round move", circle.channel)
    assert circle.anna.sees == "This is the channel in which I cannot write. Pick another one."
    await circle.anna.calls("round move", circle.anna.dm)
    assert circle.anna.sees == "Call /kring round move in the channel where the round should go on."
    for topic in ("one", "two"):
        await house.person("Eva").calls(f"round start reveal_together {topic}", attic)
    await circle.anna.calls("round move", attic)
    assert circle.anna.sees.startswith("Two rounds are going on in this channel already.")
    assert (await circle.round()).channel == circle.channel
    house.gone.clear()
    await circle.anna.presses("Go on", LOST)
    await circle.anna.calls("round move", house.channel("cellar"))
    assert circle.anna.sees.startswith("I can write where the rounds stand that you hold, so they stay there.")


async def test_edge_11_of_several_lost_rounds_one_is_chosen(house: House) -> None:
    circle = await lost(house)
    house.gone.clear()
    await circle.anna.calls('round start reveal_together "windows"')
    house.gone.add(circle.channel)
    await house.person("Eva").presses("I'll listen", "windows")
    attic = house.channel("attic")
    await circle.anna.calls("round move", attic)
    assert circle.anna.sees.startswith("Which round do you mean?")
    await circle.anna.picks("Choose a round", "Reveal together: windows")
    assert "windows" in house.shown(attic)[0].says
    assert "doors" not in house.shown(attic)[0].says


@pytest.fixture
async def two(house: House) -> Two:
    found = Two(house)
    await found.open()
    return found


async def test_edge_11_one_of_several_channels_moves_and_the_other_stays(house: House, two: Two) -> None:
    await two.begin()
    house.gone.add(two.lobby)
    await two.bo.presses("Answer privately")
    await two.bo.fills({"words": "How Bo begins."})
    await two.anna.calls("round extend 2", two.arrival)
    assert letters(two.anna, "in school. The round goes on in the others") == 1
    attic = Channel(two.lobby.space, "attic")
    await two.anna.calls("round move", attic)
    says = "\n".join(each.says for each in house.shown(attic))
    assert "Stands in: school and college." in says
    assert "Step 1 of 4" in says
    assert "This round goes on here." not in two.says(two.arrival)
    assert letters(two.bo, "The round goes on in #attic") == 1
    assert not letters(two.cas, "goes on in #")


async def test_edge_22_people_of_another_organisation_are_named_before_anything_is_kept(house: House, two: Two) -> None:
    await two.begin()
    for each in two.everybody:
        await two.answer(each)
    await two.bo.calls("round status")
    await two.bo.presses("Keep this", "How Bo begins.")
    await two.anna.calls("round close")
    await house.passes(days=1)
    told = "People of school and college are in this round, and may find what is kept."
    letter = next(shown.says for shown in two.bo.direct if "May I? No answer counts as no." in shown.says)
    assert told in letter
    await two.bo.calls("round status")
    assert told in two.bo.sees
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.all_answer()
    await circle.anna.presses("Keep this", "How Anna does it.")
    await circle.anna.calls("round close", circle.thread)
    assert not letters(circle.anna, "are in this round, and may find")
