"""The balance of a community as its facilitators ask for it, and the one time that Kring speaks of it by itself."""

from __future__ import annotations

import re

import pytest

from bot.chat.messages import Message, Picture
from bot.features import gather
from bot.rounds import balance
from bot.rounds.formats import shipped
from bot.texts.catalogue import LANGUAGES, words_in
from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House, Player

BETWEEN = "What is between what was measured and how it feels?"
HELD_ON = "Lately you mostly held on to what you had. Is it time for a round that searches?"


async def held(circle: Circle, format_: str = "harvest") -> None:
    """A round of the four, from the invitation to its end."""
    await circle.begin(format_, f"round {len(circle.house.messages)}")
    await circle.all_answer()
    await circle.anna.calls("round close", circle.thread)
    await circle.house.passes(hours=73)


def picture(message: Message | None) -> Picture:
    assert message is not None
    (found,) = [block for block in message.blocks if isinstance(block, Picture)]
    return found


async def test_before_anything_happened_there_is_nothing_to_weigh(house: House) -> None:
    fay = house.person("Fay", host=True)
    await fay.calls("round balance")
    assert fay.sees == (
        "Two hands: searching and holding\nNothing has happened yet that could be weighed. Hold a round first."
    )


@pytest.mark.parametrize("language", sorted(LANGUAGES))
async def test_a_picture_and_the_same_in_words(house: House, language: str) -> None:
    circle = Circle(house)
    await held(circle)
    words = words_in(language)
    fay = house.person("Fay", host=True, language=language)
    await fay.calls("round balance")
    for label, value in (("Measured", "about even"), ("Felt", "nobody was asked lately, or too few to say"),
                         ("Wanted", "something of both")):  # fmt: skip
        assert f"{words.label(label)}: {words.label(value)}" in fay.sees
        assert f"{words.label(label)}: {words.label(value)}" in picture(fay.saw).alt
    for label in ("searching", "holding", "Measured", "Wanted"):
        assert f">{words.label(label)}</text>" in picture(fay.saw).svg
    assert f">{words.label('Felt')}</text>" not in picture(fay.saw).svg
    assert "Anna" not in fay.sees


async def test_it_is_for_facilitators(house: House) -> None:
    circle = Circle(house)
    await held(circle)
    await circle.anna.calls("round balance")
    assert "Two hands" not in circle.anna.sees


async def test_outside_the_band_twice_in_a_row_is_said_once(house: House) -> None:
    """Rounds that hold on, one after the other: whoever held the second outside the band hears it, and no more."""
    circle = Circle(house)
    told = []
    for _ in range(9):
        await held(circle)
        told.append(sum(HELD_ON in shown.says for shown in circle.anna.direct))
    assert told[-1] == 1
    assert told.index(1) >= 2
    letter = next(shown.says for shown in circle.anna.direct if HELD_ON in shown.says)
    assert "It is only an offer, and I do not repeat it." in letter
    assert "[Help me choose]" in letter
    assert not any(HELD_ON in shown.says for shown in circle.people["Bo"].direct)
    fay = house.person("Fay", host=True)
    await fay.calls("round balance")
    assert HELD_ON in fay.sees
    assert "Measured: mostly holding" in fay.sees


async def felt(house: House, *marks: str) -> Circle:
    """A round in which people say whether they search or hold; these marks, by as many people."""
    names = ("Anna", "Bo", "Cas", "Dia", "Eva")
    circle = Circle(house, names=names)
    fay = house.person("Fay", host=True)
    await fay.calls("setup facilitator @anna")
    await fay.calls("setup")
    await fay.fills({})
    format_ = next(
        each.id
        for each in shipped().values()
        if any(step.vote and step.vote.kind == "scale" and step.vote.scale == balance.FELT for step in each.steps)
    )
    await fay.calls(f'round start {format_} "the past weeks"')
    for who in circle.people.values():
        await who.presses("I'll speak", "the past weeks")
    await fay.calls("round begin")
    for _ in range(9):
        round_ = await circle.round()
        if round_.step is not None and round_.step.script.mode == "vote":
            break
        await fay.calls("round skip")
    for who, mark in zip(circle.people.values(), marks, strict=False):
        await who.presses("Vote")
        await who.fills({"pick1": mark})
    await house.passes(hours=40)
    return circle


async def test_what_people_say_stands_beside_what_was_measured(house: House) -> None:
    """Under a heading that says what it is; where nothing has happened yet, nothing is said to have been measured."""
    circle = await felt(house, "2", "1", "1", "1", "-2")
    heading = "Two hands: searching and holding\n"
    assert f"{heading}Measured: nothing to weigh yet\nFelt: mostly searching" in circle.thread_says
    assert BETWEEN not in circle.thread_says
    headings = [shown.says.splitlines()[0] for shown in circle.said if shown.message]
    at = headings.index(heading.strip())
    assert headings[at + 1].startswith("Step "), "what comes next is asked below it"
    assert headings[at - 1] == "The result"
    fay = house.person("Fay", host=True)
    await fay.calls("round close")
    await house.passes(hours=80)
    await fay.calls("round balance")
    assert "Felt: mostly searching" in fay.sees
    assert ">Felt</text>" in picture(fay.saw).svg
    assert BETWEEN in fay.sees
    again = await felt(house, "1", "1", "1", "1", "0")
    [beside] = [shown.says for shown in again.said if shown.says.startswith(heading)]
    assert "Felt: mostly searching" in beside
    assert "Measured: nothing" not in beside
    assert BETWEEN in beside


async def test_what_four_people_feel_is_not_said(house: House) -> None:
    circle = await felt(house, "2", "2", "2", "2")
    assert "Felt: too few to say" in circle.thread_says
    assert BETWEEN not in circle.thread_says, "nothing is between what is known and what is not"


def test_no_command_ranks_or_scores_anybody() -> None:
    """There is no one number of a person, a circle or a community, and nothing to ask one by."""
    offered = gather()
    called = [*offered.tables["buttons"], *(" ".join(path) for path in offered.commands)]
    for word in ("score", "rank", "top", "leader", "compare", "best", "active"):
        assert not [name for name in called if word in name.replace(".", " ").split()]


async def circle_of(anna: Player, name: str, *others: Player) -> str:
    """A circle that Anna makes and these join; its number."""
    await anna.calls(f"circle new {name}")
    await anna.fills({"Which question brings you together?": "What does waiting do?"})
    number: str = re.findall(r"has number (\d+)", anna.sees)[0]
    for other in others:
        await other.calls(f"circle join {number}")
    return number


async def test_a_circle_sees_what_is_its_own(house: House) -> None:
    """Rounds in which most who spoke are in it; others count for the community alone."""
    anna, fien, gus, hal = (house.person(name) for name in ("Anna", "Fien", "Gus", "Hal"))
    await circle_of(anna, "Wait", fien, gus)
    await held(Circle(house))
    await anna.calls("circle balance")
    assert "Nothing has happened yet that could be weighed." in anna.sees, "one of four is not most of them"
    await held(Circle(house, names=("Anna", "Fien", "Gus", "Hal")))
    for person in (anna, fien, gus):
        await person.calls("circle balance 1")
        assert "Of Wait: rounds in which most of those who spoke are in this circle" in person.sees
        assert "Measured: " in person.sees
        assert picture(person.saw).svg
    await hal.calls("circle balance")
    assert hal.sees == "You are in no circle."
    await hal.calls("circle balance 1")
    assert hal.sees == "You are not in this circle.", "its numbers are for those who are in it"


async def test_who_is_in_several_circles_is_asked_which(house: House) -> None:
    anna = house.person("Anna")
    await circle_of(anna, "Wait")
    await circle_of(anna, "Doors")
    await anna.calls("circle balance")
    assert anna.sees.startswith("Which circle do you mean?")
    await anna.presses("Doors")
    assert "Of Doors: rounds in which most of those who spoke are in this circle" in anna.sees
    await anna.calls("circle leave 2")
    await anna.presses("Leave")
    await anna.calls("circle balance")
    assert "Of Wait:" in anna.sees
