"""What stays of a round: in its thread, privately, as files, and what becomes of it when somebody takes words back."""

from __future__ import annotations

import json

import pytest

from bot.chat.names import Channel
from bot.rounds.formats import shipped
from bot.texts.catalogue import LANGUAGES
from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House

KEPT = "Kept, with the yes of those who said it:"


async def marked(house: House, language: str = "en") -> Circle:
    """A round in which all answered and marked their own words, and which is being wrapped up."""
    circle = Circle(house, language)
    await circle.begin("reveal_together", "doors")
    await circle.all_answer()
    for who in circle.people.values():
        await who.calls("round status", circle.thread)
        await circle.press(who, "Keep this")
    await circle.anna.calls("round close")
    return circle


async def done(house: House, language: str = "en") -> Circle:
    """Anna said yes with her name and may be asked, Bo without his name, Cas no; Dia said nothing."""
    circle = await marked(house, language)
    anna, bo, cas = (circle.people[name] for name in ("Anna", "Bo", "Cas"))
    await circle.press(anna, "Yes, with my name")
    await circle.press(anna, "You may ask me about it")
    await circle.press(bo, "Yes, without my name")
    await circle.press(cas, "No")
    await house.passes(hours=73)
    return circle


def record(circle: Circle) -> str:
    """As it stands in the thread now."""
    label = circle.label("Until the next one")
    (found,) = [shown.says for shown in circle.said if shown.says.startswith(label)]
    return found


@pytest.mark.parametrize("language", sorted(LANGUAGES))
async def test_the_record_has_what_its_people_said_yes_to(house: House, language: str) -> None:
    circle = await done(house, language)
    says = record(circle)
    assert circle.label("This round is done. Thank you for thinking along.") in says
    assert f"{circle.label('The question')}: doors" in says
    assert circle.label("You may ask about it: {people}", people="Anna") in says
    _, kept = says.split(circle.label(KEPT))
    assert "\nAnna\nHow Anna does it.\n" in kept
    assert "How Bo does it.\n" in kept
    assert "Bo\n" not in kept
    assert "How Cas" not in says
    assert "How Dia" not in says


async def test_a_yes_taken_back_is_gone_from_the_record(house: House) -> None:
    circle = await done(house)
    await circle.anna.presses("Rather not after all", "people may ask you")
    says = record(circle)
    assert "Anna" not in says
    assert "How Bo does it." in says


@pytest.mark.parametrize(
    ("button", "stays"), [("Keep it with my name", True), ("Keep it without my name", True), ("Remove it", False)]
)
async def test_who_is_forgotten_stands_in_no_record(house: House, button: str, stays: bool) -> None:
    circle = await done(house)
    await circle.anna.calls("me forget")
    await circle.anna.presses(button)
    says = record(circle)
    assert ("How Anna does it." in says) is stays
    assert "Anna\n" not in says
    assert "You may ask" not in says
    assert "How Bo does it." in says


async def test_a_round_without_a_yes_says_so(house: House) -> None:
    circle = await marked(house)
    await house.passes(hours=73)
    assert KEPT not in record(circle)
    assert "Nothing of it was kept apart." in record(circle)


async def test_show_is_for_whoever_may_see_the_round(house: House) -> None:
    circle = await done(house)
    await circle.anna.calls("round show R-1")
    assert circle.anna.sees.startswith("R-1, Reveal together: doors\nThis round is done.")
    assert "How Bo does it." in circle.anna.sees
    stranger = house.person("Stef")
    await stranger.calls("round show")
    assert "How Bo does it." in stranger.sees, "it stands in this channel, where everybody reads it"
    stranger.place = Channel(stranger.account.space, "elsewhere")
    for typed in ("R-1", "1", "R-99", "doors", "R-", "٣"):
        await stranger.calls(f'round show "{typed}"')
        assert stranger.sees == f"I know no round {typed} that you can see from here."
    await stranger.calls("round show")
    assert stranger.sees.startswith("No round has ended here yet.")
    await circle.anna.calls("round show r-1", Channel(stranger.account.space, "elsewhere"))
    assert "How Bo does it." in circle.anna.sees
    await circle.anna.calls("round show", circle.anna.dm)
    assert "How Bo does it." in circle.anna.sees


async def test_a_round_that_goes_on_shows_where_it_is(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.anna.calls("round show")
    assert "This round is not over: it is at step 1 of 4." in circle.anna.sees
    assert "[Take it along]" not in circle.anna.sees
    await circle.anna.calls("round export")
    assert circle.anna.sees.startswith("The record is made when the round is done.")


async def test_the_record_comes_as_two_files(house: House) -> None:
    circle = await done(house)
    dia = circle.people["Dia"]
    await dia.presses("Take it along")
    assert dia.sees.startswith("You get the files in a direct message.")
    page, content = [shown.file for shown in dia.direct if shown.file]
    assert page.startswith("# R-1, Reveal together: doors\n\n- **The question:** doors\n")
    assert "## Kept, with the yes of those who said it\n\n> How " in page
    assert "> How Anna does it.\n>\n> Anna\n" in page
    assert "> How Bo does it.\n\n" in page
    assert "You may ask about it: Anna" in page
    told = json.loads(content)
    assert {one["words"]: one["by"] for one in told["kept"]} == {"How Anna does it.": "Anna", "How Bo does it.": None}
    assert told["may_be_asked"] == ["Anna"]
    assert (told["round"], told["question"], told["spoke"]) == ("R-1", "doors", 4)
    for text in (page, content):
        assert "Cas" not in text
        assert "Dia" not in text


async def test_markup_in_words_is_no_markup_in_the_file(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors # and *stars*")
    await circle.answer(circle.anna, "- one\n1. two <b>[x](y)</b>\n# three")
    for name in ("Bo", "Cas", "Dia"):
        await circle.answer(circle.people[name], "Words.")
    await circle.anna.calls("round status", circle.thread)
    await circle.anna.presses("Keep this")
    await circle.anna.calls("round close")
    await circle.anna.presses("Yes, with my name")
    await house.passes(hours=73)
    await circle.anna.calls("round export")
    page = next(shown.file for shown in circle.anna.direct if shown.file)
    assert page.startswith("# R-1, Reveal together: doors \\# and \\*stars\\*\n")
    assert "> \\- one\n> \\1. two \\<b\\>\\[x\\](y)\\</b\\>\n> \\# three\n" in page


async def test_closed_direct_messages_are_said(house: House) -> None:
    circle = await done(house)
    house.files = "forbidden"
    await circle.anna.calls("round export R-1")
    assert circle.anna.sees.startswith("You get the files in a direct message.")
    assert not [shown for shown in circle.anna.direct if shown.file]


async def test_my_data_has_whether_i_may_be_asked(house: House) -> None:
    circle = await done(house)
    await circle.anna.calls("me data")
    content = json.loads(next(shown.file for shown in circle.anna.direct if shown.file))
    (mine,) = content["rounds"]["contributions"] if "contributions" in content["rounds"] else content["contributions"]
    assert mine["may_people_ask_you"] is True


# -- voices


async def talked(house: House, turns: dict[str, int]) -> Circle:
    circle = Circle(house, names=tuple(turns))
    await circle.begin("reveal_together", "doors")
    await circle.all_answer()
    for name, count in turns.items():
        for n in range(count):
            await circle.write(circle.people[name], f"{name} says {n}.")
    await circle.anna.calls("round close")
    return circle


FEW = "A few voices carried much of this."


async def test_the_circle_reads_how_voices_were_spread_and_nobody_else(house: House) -> None:
    circle = await talked(house, {"Anna": 24, "Bo": 0, "Cas": 0, "Dia": 0, "Eva": 1})
    await circle.anna.calls("round show")
    assert "voices" not in circle.anna.sees.lower(), "not before the round is done"
    await house.passes(hours=73)
    for who in circle.people.values():
        await who.calls("round show")
        assert FEW in who.sees
        assert "it cannot say" in who.sees.replace("\n", " ")
    stranger = house.person("Stef")
    await stranger.calls("round show")
    assert "R-1" in stranger.sees
    assert FEW not in stranger.sees
    assert FEW not in circle.thread_says
    await circle.anna.calls("round export")
    assert not any("oices" in shown.file for shown in circle.anna.direct if shown.file)


async def test_four_people_are_too_few_to_say(house: House) -> None:
    circle = await talked(house, {"Anna": 24, "Bo": 0, "Cas": 0, "Dia": 0})
    await house.passes(hours=73)
    await circle.anna.calls("round show")
    assert "you were too few to say" in circle.anna.sees


# -- private rounds


async def test_behind_a_private_round_the_one_before_it_is_shown(house: House) -> None:
    await done(house)
    fay, stef = house.person("Fay", host=True), house.person("Stef")
    await fay.calls('round start place_of_difficulty "what chafes"')
    await fay.calls("round cancel")
    await fay.presses("Yes, stop it")
    await stef.calls("round show")
    assert stef.sees.startswith("R-1, Reveal together: doors")


async def test_the_record_of_a_private_round_is_for_those_inside(house: House) -> None:
    """Its thread has no words of it, and nobody else can read it, listeners neither."""
    circle = Circle(house)
    fay = house.person("Fay", host=True)
    await fay.calls("setup facilitator @fay")
    private = next(each for each in shipped().values() if each.private and each.size.min <= len(circle.people))
    await fay.calls(f'round start {private.id} "what chafes"')
    for who in circle.people.values():
        await who.presses("I'll speak", "what chafes")
    lis = house.person("Lis")
    await lis.presses("I'll listen", "what chafes")
    await fay.calls("round begin")
    asked = circle.said[-1].says.splitlines()[1]
    await fay.calls("round close")
    await house.passes(hours=73)
    assert (await circle.round()).state == "done"
    assert "What stays of it is for those who were inside." in record(circle)
    for who in (lis, house.person("Stef")):
        await who.presses("Read the record")
        assert who.sees == "The record of this round is for those who were inside."
        await who.calls("round show")
        assert "What we went through" not in who.sees
        await who.calls("round export R-1")
        assert not any(shown.file for shown in who.direct)
    await circle.anna.presses("Read the record")
    assert f"What we went through:\n1. {asked[:40]}" in circle.anna.sees
