"""Which round a command is about."""

from __future__ import annotations

from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House


async def test_no_round_anywhere(house: House) -> None:
    anna = house.person("Anna")
    for verb in ("join", "begin", "status", "skip", "extend 3", "pause", "resume", "close", "cancel"):
        await anna.calls(f"round {verb}")
        assert anna.sees.startswith("There is no round here, and you are in none."), verb


async def test_the_round_of_this_channel(house: House) -> None:
    circle = Circle(house)
    await circle.anna.calls("round start harvest doors")
    await circle.people["Bo"].calls("round join listen")
    assert "You listen in «doors»" in circle.people["Bo"].sees


async def test_elsewhere_the_round_one_is_in(house: House) -> None:
    circle = Circle(house)
    await circle.anna.calls("round start harvest doors")
    await circle.anna.calls("round status", house.channel("random"))
    assert circle.anna.sees.startswith("Harvest: doors")
    bo = circle.people["Bo"]
    await bo.calls("round status", house.channel("random"))
    assert "There is no round here" in bo.sees


async def test_of_several_one_is_chosen(house: House) -> None:
    circle = Circle(house)
    await circle.anna.calls("round start harvest doors")
    await circle.anna.calls("round start talking_circle windows")
    bo = circle.people["Bo"]
    await bo.calls("round join speak")
    assert bo.sees == "Which round do you mean?\n[Choose a round]"
    await bo.picks("Choose a round", "Talking circle: windows")
    assert "You are in: you speak in «windows»" in bo.sees


async def test_in_its_thread_a_round_needs_no_choosing(house: House) -> None:
    circle = Circle(house)
    await circle.begin("harvest", "doors")
    thread = circle.thread
    await circle.people["Bo"].calls("round start talking_circle windows")
    await circle.people["Cas"].calls("round status", thread)
    assert circle.people["Cas"].sees.startswith("Harvest: doors")


async def test_a_verb_is_about_a_round_for_which_it_makes_sense_and_that_one_holds(house: House) -> None:
    circle = Circle(house)
    await circle.begin("harvest", "doors")
    await circle.people["Bo"].calls("round start talking_circle windows")
    await circle.anna.calls("round extend 6")
    assert circle.anna.sees.startswith("This step takes longer now.")
    await circle.people["Bo"].calls("round pause 2")
    assert circle.people["Bo"].sees.startswith("The round is on hold")
    await circle.people["Bo"].calls("round resume")
    assert circle.people["Bo"].sees.startswith("The round goes on.")


async def test_nor_does_the_menu_show_what_somebody_declined(house: House) -> None:
    circle = Circle(house)
    bo = circle.people["Bo"]
    await circle.anna.calls("round start harvest doors")
    await bo.calls("", bo.dm)
    assert "Harvest: doors" not in bo.sees
    await bo.presses("Not this time")
    await bo.calls("", bo.dm)
    assert "Harvest: doors" not in bo.sees
    await bo.presses("I'll listen")
    await bo.calls("", bo.dm)
    assert "Harvest: doors" in bo.sees


async def test_the_menu_shows_the_rounds_here(house: House) -> None:
    circle = Circle(house)
    await circle.anna.calls("")
    assert "[Start a round] [Help me choose]" in circle.anna.sees
    await circle.anna.presses("Start a round")
    assert circle.anna.form is not None
    await circle.anna.calls("round start harvest doors")
    await circle.people["Bo"].calls("")
    assert "Harvest: doors" in circle.people["Bo"].sees
    await circle.people["Bo"].presses("My part")
    assert "You are not in this round." in circle.people["Bo"].sees
