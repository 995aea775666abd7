"""Coming in, listening, waiting, stepping out."""

from __future__ import annotations

import pytest

from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House


async def test_the_card_counts_seats_without_names(house: House) -> None:
    circle = Circle(house)
    await circle.anna.calls("round start harvest doors")
    await circle.people["Bo"].presses("I'll speak")
    await circle.people["Cas"].presses("I'll listen")
    assert "Taking part: 1 speaks, 1 listens" in circle.card
    assert "Bo" not in circle.card
    assert "Cas" not in circle.card


async def test_not_this_time_is_shown_to_nobody(house: House) -> None:
    circle = Circle(house)
    await circle.anna.calls("round start harvest doors")
    before = circle.card
    await circle.people["Bo"].presses("Not this time")
    assert circle.people["Bo"].sees == "That is fine. Nobody hears about it, and you can still join."
    assert circle.card == before


async def test_what_is_this(house: House) -> None:
    circle = Circle(house)
    await circle.anna.calls("round start reveal_together doors")
    bo = circle.people["Bo"]
    await bo.presses("What is this?")
    assert "Answer for yourself first" in bo.sees
    assert "1. «doors»: what do you actually do?" in bo.sees
    assert "4. Which answers should we keep or try out?" in bo.sees
    await bo.presses("Nederlands")
    assert "«doors»: wat doe jij dan echt?" in bo.sees


async def test_a_step_in_the_other_language(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    bo = circle.people["Bo"]
    await bo.presses("Nederlands", "Step 1 of 4")
    assert bo.sees.startswith("Stap 1 van 4\n«doors»: wat doe jij dan echt?")
    await bo.presses("Antwoord privé")
    assert bo.form is not None


async def test_somebody_reads_what_is_private_in_their_own_language(house: House) -> None:
    circle = Circle(house)
    fien = house.person("Fien", language="nl")
    await circle.anna.calls("round start harvest doors")
    await fien.presses("I'll speak")
    assert fien.sees.startswith("Je doet mee: je praat mee over «doors».")
    await circle.people["Bo"].presses("I'll speak")
    await circle.anna.calls("round begin")
    assert fien.direct[-1].says.startswith("«doors» is begonnen.")
    assert "[Antwoord privé]" in fien.direct[-1].says


async def test_everybody_hears_once_that_it_begins_also_who_is_not_asked_first(house: House) -> None:
    """Of a round that begins with one person's turn; and that person hears no more than that it is theirs."""
    circle = Circle(house, names=("Anna", "Bo", "Cas", "Dia"))
    await circle.begin("paraphrase_check", "doors")
    first = await circle.holder()
    for name, who in circle.people.items():
        begun = [shown.says for shown in who.direct if "«doors» has begun" in shown.says]
        turns = [shown.says for shown in who.direct if "The word is yours" in shown.says]
        assert (len(begun), len(turns)) == (0, 1) if name == first else (name != "Anna", 0)
        assert all("[My part]" in says and "[Pass]" not in says for says in begun)


async def test_whoever_has_the_word_can_speak_from_their_part(house: House) -> None:
    circle = Circle(house, names=("Anna", "Bo", "Cas"))
    await circle.begin("paraphrase_check", "doors")
    first = await circle.holder()
    for name, who in circle.people.items():
        await who.calls("round status")
        assert ("The word is yours now." in who.sees, "[Say it in a form] [Pass]" in who.sees) == (name == first,) * 2


async def test_who_begins_in_a_group_hears_of_it_once(house: House) -> None:
    circle = Circle(house)
    await circle.begin("appreciative", "doors")
    told = {name: sum("«doors» has begun" in each.says for each in who.direct) for name, who in circle.people.items()}
    assert told == {"Anna": 0, "Bo": 1, "Cas": 1, "Dia": 1}
    assert all("[Add something]" in who.direct[-1].says for name, who in circle.people.items() if name != "Anna")


async def test_late_is_welcome(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    eva = house.person("Eva")
    await eva.presses("I'll speak")
    assert eva.sees.startswith("Good to have you, Eva. We are at step 1 of 4: “«doors»: what do you actually do?")
    assert "This is what came before: the thread in #general." in eva.sees
    assert "Taking part: 5 speak" in circle.card


async def test_a_full_circle_has_a_waiting_list(house: House) -> None:
    circle = Circle(house, names=tuple(f"P{n}" for n in range(10)))
    await circle.people["P0"].calls("round start talking_circle doors")
    for who in circle.people.values():
        await who.presses("I'll speak")
    eva = house.person("Eva")
    await eva.presses("I'll speak")
    assert eva.sees.startswith("The circle is full with 10 people. You are on the waiting list")
    assert "Taking part: 10 speak" in circle.card
    await circle.people["P3"].presses("Leave the round")
    assert "You have left this round. Nobody is told why." in circle.people["P3"].sees
    assert eva.direct[-1].says.startswith("A seat came free in «doors», and it is yours.")
    assert "Taking part: 10 speak" in circle.card


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        ("Keep it with my name", "Bo\nHow Bo does it."),
        ("Keep it without my name", "How Bo does it."),
        ("Remove it", "An answer was taken back by its author."),
    ],
)
async def test_who_leaves_says_what_becomes_of_their_words(house: House, choice: str, shown: str) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.all_answer()
    cas, bo = circle.people["Cas"], circle.people["Bo"]
    await circle.write(circle.anna, "Something.")
    await circle.all_press("Done", "Step 2 of 4")
    await cas.presses("Respond", "How Bo does it.")
    await cas.fills({"In answer to": value_of(cas, "Bo"), "words": "Why so?"})
    await bo.presses("My part")
    await bo.presses("Leave the round")
    assert bo.sees.startswith("You have left this round. What shall I do with what you wrote?")
    await bo.presses(choice)
    assert ("in the thread yourself" in bo.sees) == (choice != "Keep it with my name")
    reveal = next(each.says for each in circle.said if each.says.startswith("Here are all answers at once."))
    assert shown in reveal
    assert ("Bo\n" in reveal) == (choice == "Keep it with my name")
    quoted = next(each.says for each in circle.said if "Why so?" in each.says)
    assert ("Bo" in quoted) == (choice != "Remove it") or choice == "Keep it without my name"
    assert ("How Bo does it." in quoted) == (choice != "Remove it")
    assert "Taking part: 3 speak" in circle.card


def value_of(who: object, name: str) -> str:
    choices = who.form.fields[0].choices  # type: ignore[attr-defined]
    value: str = next(choice.value for choice in choices if f" {name}: " in choice.label)
    return value


async def test_unrevealed_words_leave_with_their_author(house: House) -> None:
    circle = Circle(house, names=("Anna", "Bo", "Cas", "Dia", "Eva"))
    await circle.begin("reveal_together", "doors")
    for name in ("Anna", "Bo", "Cas", "Dia"):
        await circle.answer(circle.people[name], f"How {name} does it.")
    await circle.people["Bo"].calls("round status")
    await circle.people["Bo"].presses("Leave the round")
    await circle.answer(circle.people["Eva"], "How Eva does it.")
    assert "How Eva does it." in circle.thread_says
    assert "How Bo does it." not in circle.thread_says


async def test_who_leaves_the_space_leaves_the_round(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.people["Bo"].leaves()
    assert "Taking part: 3 speak" in circle.card
    await circle.anna.leaves()
    assert "Anna seems to be away. Would one of you hold the round from here?" in circle.thread_says
    await circle.people["Cas"].presses("I'll hold it")
    assert circle.people["Cas"].sees.startswith("Thank you. You hold the round from here; I keep the clock.")
    assert "Held by: Cas" in circle.card
    assert "Cas holds the round from here." in circle.thread_says
    assert "[I'll hold it]" not in circle.thread_says
    await circle.people["Dia"].presses("What is this?")
