"""A side of a border round becomes too small: it waits, somebody is found, and it goes on by itself."""

from __future__ import annotations

import pytest

from tests.bot.rounds.conversations.circle import Circle
from tests.bot.rounds.conversations.test_several_spaces import Two
from tests.knock import House

NAMES = ("Anna", "Bo", "Cas", "Dia", "Eli", "Fay")
"""Anna, Cas and Eli stand on side A."""


async def begun(house: House, language: str = "en") -> Circle:
    circle = Circle(house, language, NAMES[:4], deep=True)
    await circle.begin("boundary_object", "the handover")
    return circle


async def leaves(circle: Circle, name: str) -> None:
    who = circle.people[name]
    await who.calls("round status", circle.thread)
    await circle.press(who, "Leave the round")


@pytest.mark.parametrize(
    ("language", "waits", "asks", "goes_on"),
    [
        (
            "en",
            "We are too few on side B now, so the round waits for a second voice there, with its clock stopped.",
            "In «the handover» there are too few people on side B now, and nothing goes on one-sided",
            "We go on. This step is open until",
        ),
        (
            "nl",
            "Aan kant B zijn we nu met te weinig. De ronde wacht daar op een tweede stem, en de klok staat stil.",
            "In «the handover» zijn er nu te weinig mensen aan kant B, en eenzijdig gaan we niet verder",
            "We gaan verder. Deze stap staat open tot",
        ),
    ],
)
async def test_a_second_voice_is_found(house: House, language: str, waits: str, asks: str, goes_on: str) -> None:
    circle = await begun(house, language)
    await circle.house.passes(hours=2)
    await leaves(circle, "Bo")
    assert waits in circle.thread_says
    assert waits in circle.card
    assert "Bo" not in waits
    assert asks in circle.anna.direct[-1].says
    fay = house.person("Fay", language=language)
    button = circle.label("I'll speak on side {side}", side="B")
    await fay.presses(button, waits)
    assert f"[{circle.label('Side {side}', side='A')}]" not in fay.sees, "their side is known"

    assert goes_on in circle.thread_says
    assert f"[{button}]" not in circle.thread_says, "nobody comes in by it any more"
    round_ = await circle.round()
    assert (round_.state, len(round_.speakers)) == ("running", 4)


async def test_who_asks_for_it_to_go_on_hears_why_it_cannot(house: House) -> None:
    circle = await begun(house)
    await leaves(circle, "Bo")
    await circle.anna.calls("round resume", circle.thread)
    assert circle.anna.sees == (
        "One side is too small: it has 1, and each needs 2. As soon as somebody joins there the round goes on by "
        "itself; or close it."
    )
    await circle.anna.calls("round status", circle.thread)
    assert "[Go on]" not in circle.anna.sees
    await circle.anna.presses("Close the round")
    assert (await circle.round()).state == "wrapping"


async def test_nobody_is_found_and_people_decide(house: House) -> None:
    circle = await begun(house)
    await circle.people["Cas"].presses("Propose something")
    await circle.people["Cas"].fills({"words": "The form"})
    await leaves(circle, "Bo")
    eli = house.person("Eli")
    await eli.presses("I'll speak on side B", "We are too few on side B")
    await eli.calls("round status", circle.thread)
    await eli.presses("Leave the round")
    await house.passes(days=4)
    letter = circle.anna.direct[-1].says
    few = "In «the handover» nobody has been found for side B yet: it has 1, and each side needs 2."
    assert few in letter
    assert few in circle.card
    assert (await circle.round()).state == "paused"
    await circle.anna.presses("Let it rest", few)
    assert circle.anna.sees == "We let it rest. Nobody did anything wrong."
    assert (await circle.round()).state == "wrapping"
    assert "Here we waited for a second voice." in circle.thread_says


async def test_of_two_places_only_the_one_that_is_too_small_has_the_button(house: House) -> None:
    two = Two(house)
    await two.open()
    hessel = house.person("Hessel", platform="slack", host=True)
    await hessel.calls('round start boundary_object "the first lesson" where=everywhere', two.lobby)
    for each in two.everybody:
        await each.presses("I'll speak", "the first lesson")
    await hessel.calls("round begin", two.lobby)

    await two.cas.calls("round status", two.arrival)
    await two.cas.presses("Leave the round")

    waits = "We are too few on the side of college now"
    assert waits in two.says(two.lobby)
    assert waits in two.says(two.arrival)
    assert "[I'll speak]" not in two.says(two.lobby)
    assert "In «the first lesson» there are too few people on the side of college now" in hessel.direct[-1].says
    eva = house.person("Eva", space="college", platform="discord")
    eva.place = two.arrival
    await eva.presses("I'll speak", waits)
    for channel in (two.lobby, two.arrival):
        assert "We go on. This step is open until" in two.says(channel)
