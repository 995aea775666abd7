"""The whole way in of somebody on Discord who takes no direct messages: everything works from behind the button."""

from __future__ import annotations

from typing import Any

import pytest

from bot.chat.names import Channel
from tests.bot.newcomers.scene import School, direct, posts_to
from tests.bot.newcomers.server import linde
from tests.bot.newcomers.test_journey import ANSWERS, REPLIES, WHOLE
from tests.knock import House, Player

BUTTON = {"en": "I'm new here", "nl": "Ik ben hier nieuw"}
WAITS = "I have something for you that no direct message could bring."


async def begun(house: House, language: str = "en", **given: Any) -> tuple[School, Player]:
    """Anna pressed the button and said yes, and her direct messages are closed."""
    school = linde(house, language)
    await school.opens(**given)
    anna = school.somebody("Anna")
    house.unreachable.add(anna.account)
    await anna.calls("")
    await anna.presses(BUTTON[language])
    await anna.presses({"en": "Yes", "nl": "Ja hoor"}[language])
    return school, anna


async def looks(anna: Player) -> str:
    """What Kring has for her now: she presses *Show me*, else *I'm new here* in a channel."""
    await anna.calls("")
    assert WAITS in anna.sees
    await anna.presses("Show me")
    return anna.sees


async def asks(anna: Player, to: str) -> None:
    await anna.calls("")
    await anna.presses("A question")
    await anna.fills({"question": "What is a trio?", "to": to})


async def answers(faas: Player) -> None:
    await faas.presses("Answer")
    await faas.fills({"Your answer": "Three people."})


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_ninety_days_behind_the_button(house: House, language: str) -> None:
    _, anna = await begun(house, language)
    days = [text for _, text in WHOLE[language][1:]]
    for text, answer, reply in zip(days, ANSWERS[language], REPLIES[language], strict=True):
        before = posts_to(house, anna)
        while posts_to(house, anna) == before:
            await house.passes(days=1)
        await anna.calls("")
        await anna.presses({"en": "Show me", "nl": "Laat zien"}[language])
        assert anna.sees == text
        await anna.presses(answer)
        first = text.partition("\n")[0]
        assert anna.sees == f"{first}\n{reply}"
        await anna.calls("")
        assert WAITS not in anna.sees
    assert anna.direct == []
    assert all(not each.says.startswith(("Welcome", "Welkom")) for each in house.messages), "and nobody else hears"


async def test_the_standing_button_shows_it_too(house: House) -> None:
    school = linde(house)
    hessel = school.somebody("Hessel", host=True)
    hessel.place = school.home
    await hessel.calls("setup")
    await hessel.fills({"name": "De Linde"})
    anna = school.somebody("Anna")
    house.unreachable.add(anna.account)
    await anna.presses("I'm new here")
    await anna.presses("Yes")
    await house.passes(days=1)
    anna.saw = None
    await anna.presses("I'm new here")
    assert anna.sees.startswith("Shall I introduce you in #home?")
    await anna.presses("Write my line")
    await anna.fills({"line": "I teach history."})
    await anna.presses("Post it")
    assert "Anna introduces themselves: I teach history." in school.shown_at_home()
    assert anna.direct == []


async def test_who_opens_the_door_again_is_written_to(house: House) -> None:
    _, anna = await begun(house)
    await house.passes(days=1)
    house.unreachable.clear()
    await looks(anna)
    await house.passes(days=2)
    assert [text.partition(" ")[0] for text in direct(anna)] == ["Three"]


async def test_stuck_and_somebody_has_time(house: House) -> None:
    faas = linde(house).somebody("Faas")
    _, anna = await begun(house, facilitators=[faas])
    await anna.calls("")
    await anna.presses("Stuck")
    assert "What would help most?" in anna.sees
    await anna.presses("A chat with Faas")
    await anna.fills({"words": "I dare not speak."})
    assert "I have asked Faas." in anna.sees
    await faas.presses("I'll take it")
    assert (await looks(anna)).startswith("Faas has time for you.")
    await looks_nothing(anna)
    assert anna.direct == []


async def test_stuck_and_nobody_has_time(house: House) -> None:
    faas = linde(house).somebody("Faas")
    _, anna = await begun(house, facilitators=[faas])
    await anna.calls("")
    await anna.presses("Stuck")
    await anna.presses("A chat with Faas")
    await anna.fills({"words": "I dare not speak."})
    await faas.presses("I can't now")
    assert (await looks(anna)).startswith("It does not work out with whom I asked. Shall I ask someone else?")
    await house.passes(days=7)
    assert "I have not managed to reach someone, and I am sorry." in await looks(anna)
    assert anna.direct == []


async def test_how_people_treat_me(house: House) -> None:
    dia = linde(house).somebody("Dia")
    _, anna = await begun(house, contacts=[dia])
    await anna.calls("")
    await anna.presses("Stuck")
    await anna.presses("It's about how people treat me")
    assert "Contact persons: Dia" in anna.sees


async def test_a_question_and_its_answer(house: House) -> None:
    faas = linde(house).somebody("Faas")
    _, anna = await begun(house, facilitators=[faas])
    await asks(anna, "A facilitator")
    await answers(faas)
    assert faas.sees == "Brought back. Thank you."
    assert len(faas.direct) == 1, "the closed door is nobody's business"
    shown = "You asked:\nWhat is a trio?\nFaas answers:\nThree people.\n[Got it]\n"
    assert (await looks(anna)).startswith(shown)
    assert (await looks(anna)).startswith(shown), "an answer that got lost can be looked up again"
    await anna.presses("Got it")
    assert anna.sees == "Good. I have forgotten it here."
    await anna.calls("")
    assert WAITS not in anna.sees
    assert anna.direct == []


async def test_got_it_is_for_who_asked(house: House) -> None:
    faas = linde(house).somebody("Faas")
    _, anna = await begun(house, facilitators=[faas])
    await asks(anna, "A facilitator")
    await answers(faas)
    await looks(anna)
    faas.saw = anna.saw
    await faas.presses("Got it")
    assert faas.sees == "This one is for somebody else."
    await anna.presses("Got it")
    anna.saw = faas.saw = None
    await looks_nothing(anna)


async def looks_nothing(anna: Player) -> None:
    await anna.calls("")
    assert WAITS not in anna.sees


async def test_a_question_for_the_circle_comes_back(house: House) -> None:
    school, anna = await begun(house)
    house.closed[Channel(school.space, "home")] = "forbidden"
    await asks(anna, "The circle, in the channel")
    shown = "I could not bring this to whom you chose. Who else could know?\nWhat is a trio?\n[Got it]\n"
    assert (await looks(anna)).startswith(shown)
    assert anna.direct == []


async def test_a_question_that_reached_nobody_comes_back(house: House) -> None:
    faas = linde(house).somebody("Faas")
    _, anna = await begun(house, facilitators=[faas])
    house.unreachable.add(faas.account)
    await asks(anna, "A facilitator")
    assert "What is a trio?\n[Got it]\n" in await looks(anna)


async def test_an_introduction_that_could_not_be_posted_waits_as_a_draft(house: House) -> None:
    school, anna = await begun(house)
    await house.passes(days=1)
    await looks(anna)
    await anna.presses("Write my line")
    await anna.fills({"line": "I teach history."})
    home = Channel(school.space, "home")
    house.closed[home] = "forbidden"
    await anna.presses("Post it")
    house.closed.clear()
    await house.passes(days=3)
    assert "Anna introduces themselves: I teach history." in await looks(anna)
    await anna.presses("Post it")
    assert "Anna introduces themselves: I teach history." in school.shown_at_home()


async def test_a_buddy(house: House) -> None:
    school = linde(house)
    await school.opens()
    vera = school.somebody("Vera")
    await vera.calls("buddy yes")
    _, anna = await begun(house)
    await anna.calls("buddy ask")
    assert anna.sees.startswith("I have asked somebody.")
    await vera.presses("Happy to")
    await anna.calls("buddy ask")
    assert anna.sees == "Vera is your buddy: write to them whenever you like."
    assert (await looks(anna)).startswith("Vera is your buddy: write to them whenever you like.\n")
    await looks_nothing(anna)
    await house.passes(days=5)
    assert "\nVera is your buddy: write to them whenever you like.\n" in await looks(anna)
    assert anna.direct == []


async def test_what_waits_is_ones_own_data_and_goes_with_it(house: House) -> None:
    faas = linde(house).somebody("Faas")
    _, anna = await begun(house, facilitators=[faas])
    await asks(anna, "A facilitator")
    await answers(faas)
    house.unreachable.clear()
    await anna.calls("me data")
    file = anna.direct[-1].file
    assert '"kind": "reply"' in file
    assert '"Three people."' in file
    await house.passes(days=121)
    await anna.calls("me data")
    assert "Three people." not in anna.direct[-1].file
