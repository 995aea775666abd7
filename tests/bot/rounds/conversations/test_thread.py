"""Words in a round's thread: contributions without a command, hints, edits and deletions."""

from __future__ import annotations

from bot.chat.answers import Nothing
from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House


async def revealed(house: House) -> Circle:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.all_answer()
    return circle


async def test_words_in_an_open_step_are_contributions(house: House) -> None:
    circle = await revealed(house)
    await circle.write(circle.anna, "All of you wait.")
    written = (await circle.round()).contributions[-1]
    assert (written.body, written.step, written.to) == ("All of you wait.", 1, None)
    await circle.anna.calls("round status", circle.thread)
    assert "All of you wait." in circle.anna.sees


async def test_words_elsewhere_and_of_others_are_not(house: House) -> None:
    circle = await revealed(house)
    await circle.anna.writes("Good morning.")
    eva = house.person("Eva")
    await circle.write(eva, "I only pass by.")
    assert len((await circle.round()).contributions) == 4


async def test_naming_or_quoting_somebody_responds_to_them(house: House) -> None:
    circle = await revealed(house)
    await circle.write(circle.anna, "dia, why do you do that?")
    await circle.write(circle.people["Bo"], "“How Cas does it” surprises me")
    await circle.write(circle.people["Cas"], "<@anna> and why?")
    await circle.write(circle.people["Dia"], "Anna and Bo differ most.")
    round_ = await circle.round()
    by_id = {one.id: one.body for one in round_.contributions}
    assert [by_id.get(one.to or "") for one in round_.contributions[4:]] == [
        "How Dia does it.",
        "How Cas does it.",
        "How Anna does it.",
        None,
    ]


async def test_an_answer_in_public_may_become_the_private_one(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    bo = circle.people["Bo"]
    await circle.write(bo, "I always knock.")
    assert bo.sees.startswith("In this step answers are private until all are shown at once.")
    assert (await circle.round()).contributions == ()
    await bo.presses("Use this as my private answer")
    assert bo.sees.startswith("I take it over as your private answer")
    (answer,) = (await circle.round()).contributions
    assert (answer.body, answer.revealed_at) == ("I always knock.", None)
    assert bo.direct[-1].says.startswith("Noted. Nobody in the round sees this before")
    await circle.write(bo, "And then I wait.")
    assert bo.sees.startswith("I take it over")


async def test_who_writes_off_turn_is_told_once(house: House) -> None:
    circle = Circle(house)
    await circle.begin("talking_circle", "doors")
    await circle.all_press("Done", "Step 1 of 4")
    holder = await circle.holder()
    others = [who for name, who in circle.people.items() if name != holder]
    ref = await circle.write(others[0], "Me too!")
    assert others[0].sees == (
        f"{holder} has the word right now. Your message stays where it is; I'll remind you of it when it's your turn."
    )
    assert house.find(ref).text == "Me too!"
    others[0].saw = None
    await circle.write(others[0], "And another thing.")
    assert others[0].saw is None
    assert [one for one in (await circle.round()).contributions if one.step == 1] == []
    await circle.write(circle.people[holder], "My story.")
    for _ in range(2):
        holder = await circle.holder()
        if holder == others[0].profile.name:
            break
        await circle.press(circle.people[holder], "Pass", holder)
    assert "What you wrote before it was your turn still stands in the thread." in others[0].direct[-1].says


async def test_only_the_holder_may_press_the_turns_buttons(house: House) -> None:
    circle = Circle(house)
    await circle.begin("talking_circle", "doors")
    await circle.all_press("Done", "Step 1 of 4")
    holder = await circle.holder()
    other = next(who for name, who in circle.people.items() if name != holder)
    for button in ("Pass", "I need more time", "Later, please"):
        await other.presses(button, "The word is yours")
        assert other.sees == "It is not your turn now. You are asked when it is."
    await other.presses("Say it in a form", "The word is yours")
    await circle.people[holder].presses("I need more time", "The word is yours")
    assert circle.people[holder].sees == "You have it: there is more time now."


async def test_a_word_that_went_on_has_no_buttons_left(house: House) -> None:
    circle = Circle(house)
    await circle.begin("talking_circle", "doors", "live")
    await circle.all_press("Done", "Step 1 of 4")
    await house.passes(hours=0.11)
    offer = next(each for each in circle.said if each.says.startswith("The word is for whoever is ready"))
    ready = next(name for name in circle.people if f"{name} can still add something" not in circle.thread_says)
    await circle.write(circle.people[ready], "Me, then.")
    assert offer.says == "The word goes on."
    holder = await circle.holder()
    turn = next(each for each in reversed(circle.said) if each.says.startswith(f"The word is yours, {holder}"))
    await circle.anna.calls("round skip")
    assert turn.says == "This step is over."
    assert "[Later, please]" not in circle.thread_says


async def test_an_edit_flows_through(house: House) -> None:
    circle = await revealed(house)
    ref = await circle.write(circle.anna, "Dia, why?")
    await circle.anna.edits(ref, "Dia, why not?")
    written = (await circle.round()).contributions[-1]
    assert (written.body, written.edited_at) == ("Dia, why not?", house.now)
    assert isinstance(await circle.anna.edits(ref, "Dia, why not?"), Nothing)


async def test_a_deletion_flows_through(house: House) -> None:
    circle = await revealed(house)
    ref = await circle.write(circle.anna, "Dia, why?")
    await circle.anna.deletes(ref)
    written = (await circle.round()).contributions[-1]
    assert (written.body, written.removed) == ("", True)


async def test_what_was_said_by_form_can_be_put_otherwise_and_taken_back(house: House) -> None:
    circle = Circle(house)
    await circle.begin("talking_circle", "doors")
    anna = circle.anna
    await anna.presses("Add something", "Step 1 of 4")
    await anna.fills({"words": "Wide awake."})
    assert "Anna\nWide awake." in circle.thread_says
    await anna.calls("round status", circle.thread)
    await anna.presses("Change it")
    await anna.fills({"words": "Half awake."})
    assert anna.sees == "Changed."
    assert "Anna\nHalf awake. (edited)" in circle.thread_says
    assert "Wide awake." not in circle.thread_says
    await anna.calls("round status", circle.thread)
    await anna.presses("Take it back")
    assert "awake" not in circle.thread_says
    assert "This was taken back by its author." in circle.thread_says


async def test_a_revealed_answer_can_be_taken_back(house: House) -> None:
    circle = await revealed(house)
    anna = circle.anna
    await anna.calls("round status", circle.thread)
    await anna.presses("Take it back", "How Anna does it.")
    assert "How Anna does it." not in circle.thread_says
    assert "An answer was taken back by its author." in circle.thread_says
    assert "How Bo does it." in circle.thread_says
