"""Light mode: Kring reads nothing of what people write, and everything can be done by buttons and forms."""

from __future__ import annotations

import pytest

from tests.stories.discord_house import DiscordDriver
from tests.talk import Player, Talk

pytestmark = [
    pytest.mark.usefixtures("discord"),
    pytest.mark.light_mode("in full mode what people write in the thread counts too"),
]


@pytest.fixture
async def three(talk: Talk) -> list[Player]:
    return [await talk.joins(name) for name in ("Ana", "Bo", "Cas")]


async def begun(people: list[Player], format_: str) -> None:
    await people[0].calls(f'/kring round start {format_} "the first lesson"')
    for person in people:
        await person.presses("I'll speak")
    await people[0].presses("Begin now")


async def test_words_by_the_form_stand_in_the_thread_with_their_name(three: list[Player]) -> None:
    await begun(three, "reveal_together")
    for person in three:
        await person.presses("Answer privately", within="Step 1 of 4")
        await person.fills({"Your words": f"{person.name} waits."})
    bo = three[1]
    await bo.presses("Add something", within="Step 2 of 4")
    await bo.fills({"Your words": "Ana and Cas differ most."})
    for person in three:
        await person.sees("Bo", "Ana and Cas differ most.")


async def test_the_word_goes_round_by_forms(three: list[Player]) -> None:
    await begun(three, "talking_circle")
    card = await three[0].sees("Talking circle: the first lesson", channel="general")
    for person in three:
        await person.presses("Add something", within="Step 1 of 4")
        assert person.saw.form is not None
        await person.fills({next(iter(person.saw.form.values)): f"{person.name} is here."})
    for person in three:
        await person.presses("Done", within="Step 1 of 4")
    for _ in three:
        turn = await three[0].sees("The word is yours, @", channel="general", thread=card.id)
        [speaker] = [person for person in three if f"The word is yours, @{person.name}" in turn.text]
        await speaker.presses("Say it in a form")
        assert speaker.saw.form is not None
        await speaker.fills({next(iter(speaker.saw.form.values)): f"{speaker.name} has a word."})
    for person in three:
        for name in ("Ana", "Bo", "Cas"):
            await person.sees(f"{name} is here.")
            await person.sees(f"{name} has a word.")


async def test_what_people_write_is_not_read(three: list[Player], discord: DiscordDriver) -> None:
    await begun(three, "reveal_together")
    header = await three[0].sees("1 of 4", channel="general")
    await three[1].writes("I wait, and I count to ten.", thread=header.id)
    await three[1].reacts(header, "bookmark")
    assert discord.discord.counters.events.get("MESSAGE_REACTION_ADD", 0) == 0
    assert await discord.house.kring.store.words_from("discord") == ()


async def test_a_whole_thread_cannot_be_kept_and_that_is_told(talk: Talk, three: list[Player]) -> None:
    ana, bo, _ = three
    question = await ana.writes("How do you keep the quiet pupils in a talk?")
    await bo.writes("In my class we first let everybody write for two minutes.", thread=question.id)
    await ana.calls("/kring knowhow keep", thread=question.id)
    told = "\n".join(each.text for each in await ana.reads("dm"))
    assert "Choose Keep as know-how in the menu of a message: that one I may read." in told
