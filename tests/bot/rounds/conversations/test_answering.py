"""Private answers, the reveal, responses and votes."""

from __future__ import annotations

from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House, Player


async def test_an_answer_is_private_until_the_reveal(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    anna, bo = circle.anna, circle.people["Bo"]
    await circle.answer(anna, "I wait ten seconds.")
    assert anna.sees.startswith("Noted. Nobody in the round sees this before all answers are shown at once.")
    assert "ten seconds" not in circle.thread_says
    await bo.calls("round status")
    assert "Answers so far: 1" in bo.sees
    assert "ten seconds" not in bo.sees
    await anna.calls("round status")
    assert "I wait ten seconds." in anna.sees


async def test_an_answer_can_be_changed_and_taken_back(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    anna = circle.anna
    await circle.answer(anna, "I wait ten seconds.")
    await anna.presses("Change it")
    assert anna.form is not None
    assert anna.form.fields[0].value == "I wait ten seconds."
    await anna.fills({"words": "I wait a minute."})
    assert anna.sees.startswith("Noted.")
    await anna.calls("round status")
    assert "I wait a minute." in anna.sees
    assert "ten seconds" not in anna.sees
    await anna.presses("Take it back")
    assert anna.sees == "It is taken back; nothing of it is kept.\n[Answer again]"
    await anna.presses("Answer again")
    assert anna.form is not None
    assert anna.form.fields[0].value == ""


async def test_an_empty_answer_and_a_book(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.answer(circle.anna, "   ")
    assert circle.anna.errors == {"words": "Please fill this in."}
    await circle.anna.fills({"words": "x" * 40_000})
    assert circle.anna.errors == {"words": "At most 2500 characters."}
    await circle.anna.fills({"words": "👋 שלום @everyone <!channel> *bold*"})
    await circle.people["Bo"].presses("Pass", "Step 1 of 4")
    await circle.answer(circle.people["Cas"], "Cas")
    await circle.answer(circle.people["Dia"], "Dia")
    assert "👋 שלום @everyone <!channel> *bold*" in circle.thread_says


async def test_a_pass_is_told_to_nobody(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    before = (circle.card, circle.thread_says)
    await circle.people["Bo"].presses("Pass", "Step 1 of 4")
    assert circle.people["Bo"].sees == "That is fine: passing is a full answer, and nobody hears of it."
    assert (circle.card, circle.thread_says) == before


async def test_a_form_sent_twice_changes_nothing(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.press(circle.anna, "Answer privately", "Step 1 of 4")
    form = circle.anna.form
    await circle.anna.fills({"words": "Once."})
    circle.anna.form = form
    await circle.anna.fills({"words": "Once."})
    assert circle.anna.sees.startswith("Noted.")
    assert len((await circle.round()).contributions) == 1


async def test_an_old_button_says_that_the_step_is_over(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    bo = circle.people["Bo"]
    old = bo.direct[-1]
    assert "[Answer privately]" in old.says
    await circle.all_answer()
    await bo.presses("Answer privately", "«doors» has begun.")
    assert bo.sees == "This step is over. Look in the round's thread for what is open now."
    assert "[Answer privately]" not in circle.thread_says


async def test_a_nameless_reveal(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors", "anonymous=yes")
    await circle.all_answer("A way of mine: {name[0]}.")
    reveal = next(each.says for each in circle.said if each.says.startswith("Here are all answers at once."))
    assert "A way of mine: B." in reveal
    assert not any(name in reveal for name in circle.people)


async def test_too_few_nameless_answers_need_names(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors", "anonymous=yes")
    for name in ("Anna", "Bo", "Cas"):
        await circle.answer(circle.people[name], f"How {name} does it.")
    await circle.people["Dia"].presses("Pass", "Step 1 of 4")
    assert "Their authors are asked whether their names may stand beside them." in circle.thread_says
    for name, answer in (("Anna", "Yes, with my name"), ("Bo", "Yes, with my name"), ("Cas", "No")):
        assert "to stay unknown" in circle.people[name].direct[-1].says
        await circle.people[name].presses(answer)
    assert "Anna\nHow Anna does it." in circle.thread_says
    assert "How Cas does it." not in circle.thread_says
    assert "not shown" not in circle.thread_says


async def test_nothing_is_shown_without_names_where_nobody_says_yes(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors", "anonymous=yes")
    for name in ("Anna", "Bo", "Cas"):
        await circle.answer(circle.people[name], f"How {name} does it.")
    await circle.people["Dia"].presses("Pass", "Step 1 of 4")
    await house.passes(hours=30)
    assert "does it." not in circle.thread_says
    assert "3 answers are not shown: with so few, everybody would know who wrote them." in circle.thread_says


async def test_an_only_answer_stays_with_its_author(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.answer(circle.anna, "How Anna does it.")
    for name in ("Bo", "Cas", "Dia"):
        await circle.people[name].presses("Pass", "Step 1 of 4")
    assert "Yours is the only answer in «doors»" in circle.anna.direct[-1].says
    assert "How Anna does it." not in circle.thread_says
    await circle.anna.presses("Post it as my own words")
    assert "Anna\nHow Anna does it." in circle.thread_says


async def test_responders_get_the_answer_that_needs_it_most(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.all_answer()
    responded = set()
    for who in circle.people.values():
        await who.presses("Respond", "Step 2 of 4")
        assert who.form is not None
        field = who.form.fields[0]
        assert field.value not in responded
        responded.add(field.value)
        await who.fills({"words": "Because?"})
        assert who.sees == "Thank you. It stands in the thread now."
    assert len(responded) == 4


async def test_a_response_to_the_answer_whose_button_was_pressed(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.all_answer()
    first = next(one for one in (await circle.round()).contributions if one.revealed_at is not None)
    author = next(name for name in circle.people if first.body == f"How {name} does it.")
    for name, who in circle.people.items():
        await who.presses("Respond", "Here are all answers at once.")
        if name == author:
            assert who.sees.startswith("This one cannot be responded to now. It may be your own")
        else:
            assert who.form is not None
            assert who.form.fields[0].value == first.id


async def test_a_vote_can_be_changed(house: House) -> None:
    circle = Circle(house)
    await circle.begin("harvest", "doors")
    await circle.all_answer()
    anna = circle.anna
    await circle.press(anna, "Vote", "Step 2 of 5")
    assert anna.form is not None
    assert [field.label for field in anna.form.fields] == ["Dot 1", "Dot 2", "Dot 3"]
    pick = anna.form.fields[0].choices[1].value
    await anna.fills({"Dot 1": pick, "Dot 2": pick})
    assert anna.sees.startswith("Your vote is in.")
    await circle.press(anna, "Vote", "Step 2 of 5")
    assert anna.form is not None
    assert [field.value for field in anna.form.fields] == [pick, pick, ""]
    await anna.calls("round status")
    assert "Your vote: 2." in anna.sees
    await circle.people["Bo"].calls("round status")
    assert "Your vote" not in circle.people["Bo"].sees


async def test_nobody_is_told_to_vote_again_in_a_step_that_their_vote_has_closed(house: House) -> None:
    circle = Circle(house)
    await circle.begin("harvest", "doors")
    await circle.all_answer()
    *others, last = circle.people.values()
    for who in (*others, last):
        await circle.press(who, "Vote", "Step 2 of 5")
        assert who.form is not None
        await who.fills({"Dot 1": who.form.fields[0].choices[1].value})
    assert [who.sees for who in others] == ["Your vote is in. Until the step closes you can vote again instead."] * 3
    assert last.sees == "Your vote is in."


async def mirrored(circle: Circle) -> Player:
    """Who spoke, and now says whether the mirror has understood."""
    await circle.begin("paraphrase_check", "doors")
    speaker = circle.people[await circle.holder()]
    await circle.write(speaker, "I leave them open.")
    await circle.write(circle.people[await circle.holder()], "So you mean that anybody may come in.")
    return speaker


async def test_what_one_person_says_by_choosing_is_called_no_vote(house: House) -> None:
    circle = Circle(house)
    speaker = await mirrored(circle)
    await circle.press(speaker, "Choose", "Step 3 of 5")
    await speaker.fills({"pick1": "almost"})
    assert speaker.sees == "Noted."
    assert "The answer\nAlmost" in circle.thread_says


async def test_where_whoever_is_asked_chooses_nothing_it_says_so(house: House) -> None:
    circle = Circle(house)
    speaker = await mirrored(circle)
    await circle.press(speaker, "Pass", "Step 3 of 5")
    assert "Nothing was chosen in this step." in circle.thread_says
    assert "voted" not in circle.thread_says


async def test_somebody_who_is_not_in_is_told_so(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    eva = house.person("Eva")
    await eva.presses("Answer privately", "Step 1 of 4")
    assert eva.sees == "You are not in this round yet. Join it first, then add your voice."


async def test_more_time_for_two(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.people["Bo"].presses("I need more time", "Step 1 of 4")
    assert circle.people["Bo"].sees == "Noted. When more people need it, this step is open longer."
    await circle.people["Cas"].presses("I need more time", "Step 1 of 4")
    assert circle.people["Cas"].sees == "You have it: there is more time now."
    assert "This step takes longer: it is open until 2026-11-24 21:00 UTC." in circle.thread_says
    assert "Closes: 2026-11-24 21:00 UTC" in circle.card
