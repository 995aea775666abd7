"""`round suggest`: three questions, three proposals at most, and the form filled in."""

from __future__ import annotations

import pytest

from bot.chat.actions import Action
from bot.chat.events import ButtonPressed
from bot.chat.messages import Button, Controls
from bot.rounds.picking import CROWDS, TIMES
from bot.rounds.proposing import ABOUT
from bot.rounds.script import NEEDS
from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House, Player


def values(player: Player) -> dict[str, object]:
    assert player.form is not None
    return {field.name: field.value for field in player.form.fields}


def labels(player: Player) -> list[str]:
    assert player.saw is not None
    return [
        control.label
        for block in player.saw.blocks
        if isinstance(block, Controls)
        for control in block.controls
        if isinstance(control, Button)
    ]


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_three_questions_and_the_form_filled_in(house: House, language: str) -> None:
    circle = Circle(house, language)
    anna = circle.anna
    if language != "en":
        await circle.speaks()
    await anna.calls("round suggest")
    assert labels(anna) == [circle.label(ABOUT[need]) for need in NEEDS]
    await circle.press(anna, "Looking back")
    assert labels(anna)[:-1] == ["2", "3", circle.label("{min} to {max}", min=4, max=6),
        circle.label("{min} to {max}", min=7, max=10), circle.label("{min} to {max}", min=11, max=15),
        circle.label("{n} or more", n=16)]  # fmt: skip
    await anna.presses(circle.label("{min} to {max}", min=4, max=6))
    await circle.press(anna, "Half an hour, together")
    starts = [label for label in labels(anna) if label != circle.label("Begin again")]
    assert 1 <= len(starts) <= 3
    name = {"en": "What, so what, now what", "nl": "Wat, dus wat, wat nu"}[language]
    assert starts[0] == circle.label("Start: {format}", format=name)
    assert circle.label("It is made for this.") in anna.sees
    await anna.presses(starts[0])
    assert (values(anna)["format"], values(anna)["preset"], values(anna)["topic"]) == (
        "what_so_what_now_what", "live", "",
    )  # fmt: skip
    await anna.fills({"topic": "the open day"})
    assert circle.card.startswith(f"{name}: the open day")


async def test_one_begins_again(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls("round suggest")
    await anna.presses("An idea")
    await anna.presses("Begin again")
    await anna.presses("Newcomers")
    await anna.presses("2")
    assert anna.sees.startswith("Newcomers, 2 people\nHow much time is there?")
    await anna.presses("A week or longer")
    assert anna.sees.startswith("What I would propose\nNewcomers, 2 people, a week or longer\n")


async def test_from_the_menu(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls("")
    await anna.presses("Help me choose")
    assert "What is it about?" in anna.sees


async def test_in_a_direct_conversation_it_is_for_the_home_channel(house: House) -> None:
    hessel, anna = house.person("Hessel", host=True), house.person("Anna")
    await anna.calls("round suggest", anna.dm)
    assert anna.sees.startswith("Here only you and I would see it.")
    await hessel.calls("setup")
    await hessel.fills({})
    anna.place = anna.dm
    for label in ("An idea", "7 to 10", "A few days, each in our own time"):
        if label == "An idea":
            await anna.calls("round suggest")
        await anna.presses(label)
    await anna.presses(labels(anna)[0])
    await anna.fills({"topic": "the doors"})
    assert house.shown(house.channel())[0].says.splitlines()[0].endswith(": the doors")


async def test_what_was_done_here_counts(house: House) -> None:
    circle = Circle(house)
    anna = circle.anna

    async def proposed() -> list[str]:
        await anna.calls("round suggest")
        for label in ("Getting to know each other", "4 to 6", "An hour, together"):
            await anna.presses(label)
        return [label for label in labels(anna) if label in ("Start: Talking circle", "Start: Reveal together")]

    assert await proposed() == ["Start: Reveal together", "Start: Talking circle"]
    await circle.begin("reveal_together")
    await circle.all_answer()
    await anna.calls("round close")
    await house.passes(days=9)
    assert await proposed() == ["Start: Talking circle", "Start: Reveal together"]
    assert "You have not done it yet." in anna.sees


async def test_only_who_may_start_is_asked(house: House) -> None:
    hessel, anna = house.person("Hessel", host=True), house.person("Anna")
    await hessel.calls("setup")
    await hessel.fills({"Who may start a round": "facilitators only"})
    await anna.calls("round suggest")
    assert anna.sees == "In this community facilitators start rounds, and there are none yet. Ask a host."


async def test_an_old_button_of_another_release_asks_anew(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls("me")
    for id_, said in (
        ("dance", "What is it about?"),
        ("idea.9", "How many people"),
        ("idea.few.never", "How much time"),
    ):
        action = Action("round.suggest", id_)
        event = ButtonPressed(house.event_id(), house.now, anna.account, anna.place, action, None, anna.profile)
        assert said in str(await house.happens(event))


async def test_every_wish_is_answered(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls("me")
    for need in NEEDS:
        for crowd in CROWDS:
            for time in TIMES:
                action = Action("round.suggest", f"{need}.{crowd.key}.{time.key}")
                event = ButtonPressed(house.event_id(), house.now, anna.account, anna.place, action, None, anna.profile)
                assert "What I would propose" in str(await house.happens(event))
