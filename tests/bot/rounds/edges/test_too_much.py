"""What becomes too much: anybody inside a private round stops its clocks, and nobody hears who."""

from __future__ import annotations

import pytest

from bot.texts.catalogue import LANGUAGES
from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House, Player


def letters(player: Player, words: str) -> int:
    return sum(words in shown.says for shown in player.direct)


async def private(house: House, language: str = "en") -> Circle:
    circle = Circle(house, language)
    circle.people["Anna"] = house.person("Anna", language=language, host=True)  # others begin with easier formats
    await circle.begin("place_of_difficulty", "doors")
    return circle


async def test_it_pauses_and_one_person_is_asked_to_get_in_touch(house: House) -> None:
    circle = await private(house)
    dia = circle.people["Dia"]
    await dia.presses("This is too much")
    assert dia.sees.startswith("Paused. Nobody is told why. Do you want a person to contact you? That can be: Anna.")
    assert (await circle.round()).state == "paused"
    assert "This round is on hold. Everything is kept." in circle.thread_says
    assert "Dia" not in circle.said[-1].says
    assert not letters(circle.anna, "get in touch")
    await dia.presses("Yes, please: Anna")
    assert dia.sees == "I have asked Anna to get in touch with you."
    assert letters(circle.anna, "Dia asks you to get in touch") == 1
    await circle.anna.calls("round resume", circle.thread)
    assert (await circle.round()).state == "running"


async def test_just_a_break_or_an_end(house: House) -> None:
    circle = await private(house)
    dia = circle.people["Dia"]
    await dia.presses("This is too much")
    await dia.presses("No, just a break")
    assert (await circle.round()).state == "paused"
    await circle.anna.calls("round resume", circle.thread)
    await dia.presses("This is too much")
    await dia.presses("Stop the round")
    assert dia.sees == "The round is stopped."
    assert (await circle.round()).state == "cancelled"


async def test_only_those_inside_and_only_where_it_is_private(house: House) -> None:
    circle = await private(house)
    await house.person("Eva").presses("This is too much")
    assert (await circle.round()).state == "running"
    open_ = Circle(house)
    await open_.begin("reveal_together", "windows")
    assert "[This is too much]" not in open_.thread_says


@pytest.mark.parametrize("language", ["nl"])
async def test_in_the_other_language(house: House, language: str) -> None:
    circle = await private(house, language)
    dia = circle.people["Dia"]
    await dia.presses("Dit wordt te veel")
    assert dia.sees.startswith("Gepauzeerd. Niemand hoort waarom. Wil je dat iemand contact met je opneemt?")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
async def test_whoever_brings_something_in_is_never_urged_in_public(house: House, language: str) -> None:
    circle = await private(house, language)
    for who in circle.people.values():
        await who.calls("me quiet off")
    await circle.all_answer("What chafes {name}.")
    offers = {one.body: one.id for one in (await circle.round()).contributions}
    for name, who in circle.people.items():
        await circle.press(who, "Vote", circle.step_heading)
        await who.fills({"pick1": offers["What chafes Bo." if name != "Bo" else "What chafes Cas."]})
    before = circle.thread_says
    assert await circle.holder() == "Bo"
    await house.passes(hours=30)

    hint = circle.label(
        "{name} has not said anything in «{topic}» yet. The step stays open until {deadline}. Nobody else hears of "
        "this: perhaps a kind word from you helps, and pausing or closing the round is fine too.",
        name="Bo",
        topic="doors",
        deadline="#",
    ).partition("#")[0]
    heard = [name for name, who in circle.people.items() if letters(who, hint)]
    assert heard == ["Anna"]
    assert len(circle.thread_says.split("\n--\n")) == len(before.split("\n--\n")), "nothing new stands there"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
async def test_where_nobody_brings_anything_in_people_are_thanked(house: House, language: str) -> None:
    circle = await private(house, language)
    await circle.all_press("Pass", circle.step_heading)
    said = circle.thread_says
    assert circle.label("Nothing was brought in this time, and that is fine. Thank you for being here.") in said
    other = {"en": "Perhaps Talking circle suits better now.", "nl": "Misschien past Kringgesprek nu beter."}
    assert other[language] in said
    await circle.press(circle.anna, "Start it")
    assert circle.anna.form is not None
    assert circle.anna.form.fields[0].value == "talking_circle"  # type: ignore[union-attr]
    assert circle.label("We have come full circle. Thank you for thinking along.") not in said
