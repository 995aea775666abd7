"""Whole rounds of each format by the door, in both languages."""

from __future__ import annotations

import pytest

from bot.rounds.formats import shipped
from bot.texts.catalogue import LANGUAGES
from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House

both = pytest.mark.parametrize("language", sorted(LANGUAGES))


def prompt(circle: Circle, format_: str, step: int) -> str:
    return shipped()[format_].steps[step].prompt[circle.language].replace("{topic}", "the first lesson")


@both
async def test_reveal_together(house: House, language: str) -> None:
    circle = Circle(house, language)
    await circle.begin("reveal_together")
    assert circle.label("Three agreements. We try to understand before we respond. What is personal stays here, unless "
                        "its owner says otherwise. Passing is always fine. Nothing leaves this round without your yes."
                        ) in circle.thread_says  # fmt: skip
    assert prompt(circle, "reveal_together", 0) in circle.thread_says
    await circle.all_answer()

    reveal = next(shown for shown in circle.said if "How Anna does it." in shown.says)
    for name in circle.people:
        assert f"{name}\nHow {name} does it." in reveal.says
    assert circle.label("Here are all answers at once. Read first, respond after.") in reveal.says

    await circle.write(circle.anna, "Mine and the others.")
    await circle.all_press("Done", prompt(circle, "reveal_together", 1))
    for name, who in circle.people.items():
        await circle.press(who, "Respond", circle.step_heading)
        await who.fills({"words": f"{name} asks why."})
    assert circle.thread_says.count(circle.label("In answer to {words}", words="").strip()) >= len(circle.people)
    await circle.all_press("Done", prompt(circle, "reveal_together", 2))

    for who in circle.people.values():
        await circle.press(who, "Vote", circle.step_heading)
        assert who.form is not None
        await who.fills({"pick1": "1. Anna: How Anna does it." if "1. Anna" in str(who.form) else first(who)})
    assert circle.label("The result") in circle.thread_says
    round_ = await circle.round()
    assert round_.state == "wrapping"
    asked = [one for one in round_.contributions if one.consent is not None]
    assert asked
    for name, who in circle.people.items():
        mine = [one for one in asked if one.body == f"How {name} does it."]
        if mine:
            assert mine[0].body in who.direct[-1].says
            await circle.press(who, "Yes, without my name")
    await house.passes(hours=73)
    assert (await circle.round()).state == "done"
    assert circle.label("This round is done. Thank you for thinking along.") in circle.card
    kept = circle.words.counted("{n} contribution", "{n} contributions", len(asked))
    assert f"{circle.label('Kept with consent')}: {kept}" in circle.card


def first(who: object) -> str:
    choices = who.form.fields[0].choices  # type: ignore[attr-defined]
    value: str = choices[0].value
    return value


@both
async def test_talking_circle(house: House, language: str) -> None:
    circle = Circle(house, language)
    await circle.begin("talking_circle")
    for name, who in circle.people.items():
        await circle.write(who, f"{name} is here")
        await circle.press(who, "Done", circle.step_heading)
    spoken: list[str] = []
    for _ in circle.people:
        holder = await circle.holder()
        player = circle.people[holder]
        assert circle.label("The word is yours, {name}, until {deadline}. Short is fine, and so is passing.",
                            name=holder, deadline="").split(" 2")[0][:20] in circle.said[-1].says  # fmt: skip
        if not spoken:
            await circle.press(player, "Later, please", holder)
        elif len(spoken) == 1:
            await circle.press(player, "Pass", holder)
        elif len(spoken) == 2:
            await circle.press(player, "Say it in a form", holder)
            await player.fills({"words": f"{holder} tells by form."})
            assert f"{holder}\n{holder} tells by form." in circle.thread_says
        else:
            await circle.write(player, f"{holder} tells.")
        spoken.append(holder)
    assert await circle.holder() == spoken[0]
    moved_on = circle.label(
        "We move on for now. {name} can still add something while this step is open.", name=spoken[0]
    )
    assert moved_on in circle.thread_says
    await circle.write(circle.people[spoken[0]], "At last.")
    assert prompt(circle, "talking_circle", 2) in circle.thread_says
    await circle.all_press("Done", circle.step_heading)
    await circle.all_press("Done", circle.step_heading)
    assert circle.said[-1].says.startswith(
        circle.label("We have come full circle. Thank you for thinking along.") + "\n"
    )
    assert (await circle.round()).state == "wrapping"


@both
async def test_what_so_what_now_what(house: House, language: str) -> None:
    circle = Circle(house, language, ("Anna", "Bo", "Cas"))
    await circle.begin("what_so_what_now_what", more="anonymous=no")
    await circle.all_answer("{name} saw two doors.")
    assert "Bo saw two doors." in circle.thread_says
    await circle.write(circle.anna, "Bo, why two? So doors matter.")
    await circle.write(circle.people["Bo"], "“Cas saw two doors.” Which ones?")
    await circle.all_press("Done", circle.step_heading)
    assert circle.words.counted(
        "Noted. {n} answer has no response yet; would you give one?",
        "Noted. {n} answers have no response yet; would you give one?",
        1,
    ) in circle.people["Cas"].sees  # fmt: skip
    await circle.press(circle.people["Cas"], "Respond")
    await circle.people["Cas"].fills({"words": "Were they open?"})
    await circle.all_answer("{name} keeps a door open.")
    anna, bo, cas = circle.people.values()
    await circle.press(anna, "Fine", circle.step_heading)
    await circle.press(bo, "A concern", circle.step_heading)
    await bo.fills({"words": "It is cold.", "named": "no"})
    await circle.press(cas, "An objection", circle.step_heading)
    await cas.fills({"words": "The alarm.", "named": "yes"})
    result = next(shown.says for shown in circle.said if shown.says.startswith(circle.label("The result")))
    assert f"{circle.label('A concern')}: It is cold." in result
    assert f"Cas, {circle.label('An objection')}: The alarm." in result
    assert "Bo" not in result
    await circle.press(anna, "Go on, it stays open", result.splitlines()[0])
    assert (await circle.round()).state == "wrapping"
    await circle.press(anna, "Yes, with my name")
    round_ = await circle.round()
    kept = [one for one in round_.contributions if one.consent is not None and one.consent.answer == "yes"]
    assert [one.body for one in kept] == ["Anna keeps a door open."]


@both
async def test_harvest(house: House, language: str) -> None:
    circle = Circle(house, language, ("Anna", "Bo"))
    await circle.begin("harvest", "the doors")
    assert "the doors" in circle.thread_says
    await circle.all_answer("{name} would tell where the key is.")
    for who in circle.people.values():
        await circle.press(who, "Vote", circle.step_heading)
        await who.fills({"pick1": first(who)})
    scribe = shipped()["harvest"].roles[0].name[language]
    assert scribe in circle.thread_says
    await circle.press(circle.anna, "Add something", circle.step_heading)
    assert circle.anna.form is not None
    await circle.anna.fills({"when": "On a Monday.", "what_we_do": "We ask the porter."})
    field = shipped()["harvest"].steps[2].fields[1].label[language]
    assert f"{field} We ask the porter." in circle.thread_says
    await circle.all_press("Done", circle.step_heading)

    await circle.press(circle.anna, "Answer privately", circle.step_heading)
    assert "We ask the porter." in circle.anna.sees
    await circle.press(circle.anna, "I'd word it differently")
    await circle.anna.fills({"words": "Ask the porter.", "named": "yes"})
    await circle.press(circle.people["Bo"], "Pass", circle.step_heading)
    round_ = await circle.round()
    assert round_.contributions[-1].consent is not None
    assert round_.contributions[-1].consent.words == "Ask the porter."
    await house.passes(hours=73)
    await circle.all_press("Fine", circle.step_heading)
    await house.passes(hours=80)
    assert (await circle.round()).state == "done"
