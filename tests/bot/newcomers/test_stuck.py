"""Stuck: who is asked, who learns what, and what follows until somebody is reached or the truth is told."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.newcomers.scene import School, direct, started
from tests.knock import House, Player

WORDS = "I do not dare to speak in the round."
SAYS = "Thanks for saying so. What would help most? I only pass on what you choose, to whom you choose."


async def stuck(house: House, *, facilitators: tuple[str, ...] = ("Faas",), **given: Any) -> tuple[School, Player]:
    """Day 3, and Anna pressed Stuck."""
    known = [School(house, **given).somebody(name) for name in facilitators]
    school, anna = await started(house, facilitators=known, **given)
    await house.passes(days=3)
    await anna.presses({"en": "Stuck", "nl": "Ik zit vast"}[school.language])
    return school, anna


async def asks(anna: Player, button: str, **values: str) -> None:
    await anna.presses(button)
    await anna.fills({"words": WORDS, **values})


async def test_what_would_help(house: House) -> None:
    _, anna = await stuck(house)
    assert anna.sees.endswith(
        f"{SAYS}\n[A chat with Faas] [Someone else] [A trio this week] [Just wanted to say it] "
        "[It's about how people treat me]"
    )


async def test_what_would_help_in_dutch(house: House) -> None:
    school, anna = await stuck(house, language="nl")
    assert anna.sees.endswith(
        "Dank dat je het zegt. Wat zou het meeste helpen? Ik geef alleen door wat jij kiest, aan wie jij kiest.\n"
        "[Even praten met Faas] [Iemand anders] [Een drietal deze week] [Ik wilde het alleen kwijt] "
        "[Het gaat over hoe mensen met me omgaan]"
    )
    await asks(anna, "Even praten met Faas")
    assert direct(school.somebody("Faas")) == [f"Anna wil graag even praten\n{WORDS}\n[Ik pak het op] [Ik kan nu niet]"]


async def test_without_anybody_near_there_is_no_such_button(house: House) -> None:
    _, anna = await stuck(house, facilitators=())
    assert "A chat with" not in anna.sees


async def test_just_wanted_to_say_it_goes_nowhere(house: House) -> None:
    school, anna = await stuck(house)
    await anna.presses("Just wanted to say it")
    assert anna.sees == "Thank you for telling me. I have stored nothing of it and pass nothing on."
    await house.passes(days=3)
    assert direct(school.somebody("Faas")) == []


async def test_the_helper_gets_the_name_and_the_words_and_nothing_else(house: House) -> None:
    school, anna = await stuck(house)
    await asks(anna, "A chat with Faas")
    assert (
        anna.sees
        == "I have asked Faas. They read your name and these words, nothing else. You hear from me either way."
    )
    faas = school.somebody("Faas")
    assert direct(faas) == [f"Anna would like a chat\n{WORDS}\n[I'll take it] [I can't now]"]
    await faas.presses("I'll take it")
    assert faas.sees == "Thank you. Anna knows now. A word from you makes it easier to begin."
    assert direct(anna)[-1] == "Faas has time for you. Write to each other whenever it suits you."
    await house.passes(days=10)
    assert len(direct(faas)) == 1  # nobody is asked again
    await faas.presses("I'll take it")  # an old button changes nothing
    assert sum("has time for you" in each for each in direct(anna)) == 1


async def test_to_the_end_when_nobody_reacts(house: House) -> None:
    school = School(house)
    kees, lia = school.somebody("Kees"), school.somebody("Lia")
    faas, floor = school.somebody("Faas"), school.somebody("Floor")
    school, anna = await started(house, facilitators=[faas, floor], contacts=[kees, lia])
    await house.passes(days=3)  # Thursday, ten in the morning
    await anna.presses("Stuck")
    await asks(anna, "A chat with Faas")
    before = len(anna.direct)
    await house.passes(hours=8)  # eight waking hours: the evening
    assert len(direct(faas)) == 1
    await house.passes(hours=15)  # nine in the morning
    asked, *again = direct(faas)
    wish, answers = asked.rsplit("\n", 1)
    assert again == [f"{wish}\nI ask this once more, and then no more.\n{answers}"]
    (offered,) = direct(anna)[before:]
    assert offered.startswith("I have had no answer yet. Shall I ask someone else, or wait a little longer?")
    assert offered.endswith("[Someone else] [A trio this week] [Leave it]")
    assert direct(floor) == []
    await house.passes(days=3)  # the other facilitators, on Monday morning: it was Friday evening, and then the weekend
    assert direct(floor) == ["A newcomer asked for help and has not been reached yet.\n[I'll take it]"]
    assert all("Anna" not in each for each in direct(floor))
    await house.passes(hours=8)
    assert direct(anna)[-1].split("\n") == [
        "I have not managed to reach someone, and I am sorry. These people you can write to yourself:",
        "Facilitators: Faas, Floor",
        "Contact persons: Kees, Lia",
    ]
    await house.passes(days=30)
    assert len(direct(faas)) == 2
    assert direct(kees) == direct(lia) == []


async def test_the_facilitators_read_the_name_only_where_it_was_allowed(house: House) -> None:
    school, anna = await stuck(house, facilitators=("Faas", "Floor"))
    await asks(anna, "A chat with Faas", name="Yes, with my name")
    await house.passes(days=5)
    assert direct(school.somebody("Floor")) == ["Anna asked for help and has not been reached yet.\n[I'll take it]"]


async def test_a_facilitator_helps_without_knowing_whom(house: House) -> None:
    school, anna = await stuck(house, facilitators=("Faas", "Floor"))
    floor = school.somebody("Floor")
    await asks(anna, "A chat with Faas")
    await house.passes(days=4, hours=1)
    await floor.presses("I'll take it")
    assert floor.sees == "Thank you. They know now that you have time, and may write to you."
    assert "Floor has time for you. Write to each other whenever it suits you." in direct(anna)
    faas = school.somebody("Faas")
    await faas.presses("I'll take it")
    assert faas.sees == "Somebody else is there already. Thank you."


async def test_a_no_leads_to_somebody_else(house: House) -> None:
    school, anna = await stuck(house)
    faas, bo = school.somebody("Faas"), school.somebody("Bo")
    await bo.calls("help")
    await asks(anna, "A chat with Faas")
    await faas.presses("I can't now")
    assert faas.sees == "That is fine. I tell nobody why, and we look for somebody else."
    assert direct(anna)[-1].startswith("It does not work out with whom I asked. Shall I ask someone else?")
    await anna.presses("Someone else", "It does not work out")
    await anna.fills({"Who?": "bo", "words": "Another word"})
    assert direct(bo) == ["Anna would like a chat\nAnother word\n[I'll take it] [I can't now]"]
    await house.passes(days=10)
    assert len(direct(faas)) == 1


async def test_someone_else_may_be_left_to_kring(house: House) -> None:
    school, anna = await stuck(house)
    await asks(anna, "Someone else")
    assert direct(school.somebody("Faas")) == [f"Anna would like a chat\n{WORDS}\n[I'll take it] [I can't now]"]


async def test_a_trio(house: House) -> None:
    school, anna = await stuck(house)
    bo, cas, faas = school.somebody("Bo"), school.somebody("Cas"), school.somebody("Faas")
    for each in (bo, cas):
        await each.calls("buddy yes")
    known = len(direct(bo)), len(direct(cas))  # one of them was proposed as a buddy
    await asks(anna, "A trio this week")
    wish = f"Anna would like a chat with two of you this week\n{WORDS}\n[I'll take it] [I can't now]"
    assert direct(bo, known[0]) == direct(cas, known[1]) == [wish]
    assert direct(faas) == []
    await bo.presses("I'll take it")
    await cas.presses("I'll take it")
    assert [each for each in direct(anna) if "has time for you" in each] == [
        "Bo has time for you. Write to each other whenever it suits you.",
        "Cas has time for you. Write to each other whenever it suits you.",
    ]


async def test_nobody_can_be_asked(house: House) -> None:
    _, anna = await stuck(house, facilitators=())
    await asks(anna, "A trio this week")
    assert anna.errors == {"words": "I cannot reach anybody for this now. Choose another way."}
    assert anna.form is not None


async def test_a_helper_whose_door_is_closed_counts_as_a_no(house: House) -> None:
    school, anna = await stuck(house)
    house.unreachable.add(school.somebody("Faas").account)
    await asks(anna, "A chat with Faas")
    assert direct(anna)[-1].startswith("It does not work out with whom I asked.")


async def test_letting_it_rest(house: House) -> None:
    school, anna = await stuck(house)
    faas = school.somebody("Faas")
    await asks(anna, "A chat with Faas")
    await house.passes(hours=24)
    await anna.presses("Leave it")
    assert anna.sees == "Then I let it rest. You can come back to it at any time."
    await house.passes(days=3)
    assert not any("not managed" in each for each in direct(anna))
    assert len(direct(faas)) == 2  # asked, and once more
    await faas.presses("I'll take it")
    assert faas.sees == "This step is over."


async def test_how_people_treat_me_shows_the_contacts_and_keeps_a_count(house: House) -> None:
    school = School(house)
    kees, lia, faas = (school.somebody(name) for name in ("Kees", "Lia", "Faas"))
    school, anna = await started(house, facilitators=[faas], contacts=[kees, lia])
    await house.passes(days=3)
    await anna.presses("Stuck")

    def stored(unit: Any) -> tuple[Any, ...]:
        community = unit.communities.of(school.space).id
        person = unit.people.by_account(anna.account).id
        store = unit.newcomers
        newcomer = store.of(community, person)
        return newcomer, store.answers(community, newcomer.id), store.helps(community, person)

    before = await house.store.look(stored)
    sent = len(house.messages)
    await anna.presses("It's about how people treat me")
    assert anna.sees == (
        "These people are there for that. Write to them yourself; I pass nothing on and have stored nothing.\n"
        "Contact persons: Kees, Lia"
    )
    assert await house.store.look(stored) == before
    assert len(house.messages) == sent
    counts = await house.store.look(lambda unit: unit.newcomers.counts(unit.communities.of(school.space).id))
    assert counts == {"contacts shown": 1}


async def test_without_contacts_it_is_said(house: House) -> None:
    _, anna = await stuck(house)
    await anna.presses("It's about how people treat me")
    assert anna.sees.startswith("Nobody has been named for this here yet")


@pytest.mark.parametrize(
    ("button", "days", "field", "wish"),
    [
        ("Link me", 7, "What work do you do?", "would like to meet somebody who does similar work"),
        ("A small task", 30, "Words for them", "would like a small task"),
    ],
)
async def test_other_wishes(house: House, button: str, days: int, field: str, wish: str) -> None:
    faas = School(house).somebody("Faas")
    _, anna = await started(house, facilitators=[faas])
    await house.passes(days=4)
    await anna.presses("Fine")
    await house.passes(days=4)
    if days == 30:
        await anna.presses("Not now")
        await house.passes(days=23)
    await anna.presses(button)
    await anna.fills({field: "Maths, with fourteen-year-olds"})
    assert direct(faas) == [f"Anna {wish}\nMaths, with fourteen-year-olds\n[I'll take it] [I can't now]"]
    await house.passes(days=5)
    assert all("has not been reached" not in each for each in direct(faas))


async def test_only_who_was_asked_may_take_it(house: House) -> None:
    school, anna = await stuck(house)
    await asks(anna, "A chat with Faas")
    bo = school.somebody("Bo")
    bo.saw = school.somebody("Faas").direct[-1].message
    await bo.presses("I'll take it")
    assert bo.sees == "This one is for somebody else."


async def test_who_takes_no_direct_messages_finds_it_behind_the_start_button(house: House) -> None:
    school, anna = await stuck(house)
    faas = school.somebody("Faas")
    await asks(anna, "A chat with Faas")
    house.unreachable.add(anna.account)
    await faas.presses("I'll take it")
    assert school.shown_at_home() == ["Welcome, Anna! I have a word for you; only you see it.\n[Start]"]
    await anna.presses("Start")
    assert anna.sees.startswith("Faas has time for you. Write to each other whenever it suits you.\nYou are new here.")


async def test_so_is_a_no(house: House) -> None:
    school, anna = await stuck(house)
    house.unreachable.add(anna.account)
    await asks(anna, "A chat with Faas")
    await school.somebody("Faas").presses("I can't now")
    await anna.presses("Start")
    assert anna.sees.startswith("It does not work out with whom I asked.")


async def test_so_is_the_truth(house: House) -> None:
    school, anna = await stuck(house)
    house.unreachable.add(anna.account)
    await asks(anna, "A chat with Faas")
    await house.passes(days=7)
    assert len(school.shown_at_home()) == 1
    await anna.presses("Start")
    assert anna.sees.startswith("I have not managed to reach someone, and I am sorry.")
    assert "\nOne week." in anna.sees
