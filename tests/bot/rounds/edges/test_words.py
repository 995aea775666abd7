"""Edge cases of what is said: twice, changed, taken back, in another language, or in a way that hurts."""

from __future__ import annotations

import pytest

from bot.chat.answers import Nothing
from bot.chat.events import ButtonPressed
from bot.texts.catalogue import words_in
from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House, Player


def letters(player: Player, words: str) -> int:
    return sum(words in shown.says for shown in player.direct)


async def revealed(house: House) -> Circle:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.all_answer()
    return circle


async def test_edge_08_an_event_that_comes_twice_counts_once(house: House) -> None:
    circle = await revealed(house)
    bo = circle.people["Bo"]
    action, ref, place = bo._control("Done", "Step 2 of 4")
    event = ButtonPressed("twice", house.now, bo.account, place, action, ref, profile=bo.profile)
    await house.happens(event)
    before, said = await circle.round(), len(house.messages)
    assert isinstance(await house.happens(event), Nothing)
    assert (await circle.round(), len(house.messages)) == (before, said)


async def test_edge_08_a_double_click_and_an_old_button(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    bo = circle.people["Bo"]
    await bo.presses("Pass", "Step 1 of 4")
    before = await circle.round()
    await bo.presses("Pass", "Step 1 of 4")
    assert await circle.round() == before
    old = bo._control("Answer privately", "Step 1 of 4")
    for name in ("Anna", "Cas", "Dia"):
        await circle.answer(circle.people[name], f"How {name} does it.")
    action, ref, place = old
    await house.happens(ButtonPressed("old", house.now, bo.account, place, action, ref, profile=bo.profile))
    await bo._acts(ButtonPressed("old again", house.now, bo.account, place, action, ref, profile=bo.profile))
    assert bo.sees.startswith("This step is over.")
    assert (await circle.round()).current == 1


async def kept(house: House) -> Circle:
    """Anna has said yes to keeping hers, and has a draft of it."""
    circle = await revealed(house)
    await circle.anna.presses("Keep this", "How Anna does it.")
    await circle.anna.calls("round close")
    await circle.anna.calls("round status", circle.thread)
    await circle.anna.presses("Yes, with my name", "May I? No answer counts as no.")
    round_ = await circle.round()
    (one,) = [one for one in round_.contributions if one.consent is not None]
    assert one.consent is not None
    assert one.consent.answer == "yes"
    drafts = await house.store.look(lambda unit: unit.knowhow.drafts_of(round_.community, one.person))
    assert "How Anna does it." in repr(drafts)
    return circle


async def test_edge_09_an_edit_after_the_reveal_is_shown_and_asked_about_again(house: House) -> None:
    circle = await kept(house)
    await circle.anna.calls("round status", circle.thread)
    await circle.anna.presses("Change it", "How Anna does it.")
    await circle.anna.fills({"words": "How Anna does it now."})
    assert "How Anna does it now. (edited)" in circle.thread_says
    (one,) = [one for one in (await circle.round()).contributions if one.consent is not None]
    assert one.consent is not None
    assert one.consent.answer == "asked", "the yes was to other words"
    await house.passes(days=8)
    assert "Kept with consent" not in circle.card


async def test_edge_10_a_deletion_takes_the_words_out_of_everything(house: House) -> None:
    circle = await kept(house)
    await circle.anna.calls("round status", circle.thread)
    await circle.anna.presses("Take it back", "How Anna does it.")
    round_ = await circle.round()
    (gone,) = [one for one in round_.contributions if one.removed]
    assert (gone.body, gone.fields) == ("", ())
    assert "How Anna does it." not in circle.thread_says
    drafts = await house.store.look(lambda unit: unit.knowhow.touching(round_.community, gone.person))
    assert "How Anna does it." not in repr(drafts)


async def test_edge_10_a_message_deleted_in_the_thread_is_gone_within_the_hour(house: House) -> None:
    circle = await revealed(house)
    ref = await circle.write(circle.anna, "Dia, why?")
    await circle.anna.deletes(ref)
    assert (await circle.round()).contributions[-1].body == ""


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_edge_18_everybody_may_read_it_in_the_other_language(house: House, language: str) -> None:
    circle = Circle(house, language)
    await circle.begin("reveal_together", "doors")
    other = {"en": "nl", "nl": "en"}[language]
    button = {"en": "Nederlands", "nl": "English"}[language]
    bo = circle.people["Bo"]
    there = words_in(other)
    await bo.presses(button, circle.step_heading)
    assert there.label("Step {i} of {n}", i=1, n=4) in bo.sees
    assert there.label("Answer privately") in bo.sees
    before = circle.thread_says
    await bo.presses(there.label("Answer privately"))
    await bo.fills({"words": "Zo doe ik het."})
    for name in ("Anna", "Cas", "Dia"):
        await circle.answer(circle.people[name], f"How {name} does it.")
    assert circle.thread_says.startswith(before.splitlines()[0])
    assert "Zo doe ik het." in circle.thread_says, "what people say is never translated"


async def with_contacts(house: House, *names: str) -> Circle:
    circle = await revealed(house)
    hessel = house.person("Hessel", host=True)
    await hessel.calls("setup")
    await hessel.fills({})
    await hessel.presses("Who to turn to")
    await hessel.fills({f"Person {n}": name.lower() for n, name in enumerate(names, start=1)})
    return circle


async def test_edge_19_help_is_asked_for_only_when_a_person_presses_it(house: House) -> None:
    vera, wim = house.person("Vera"), house.person("Wim")
    for each in (vera, wim):
        await each.calls("me")
    circle = await with_contacts(house, "Vera", "Wim")
    ref = await circle.write(circle.people["Cas"], "What a stupid way to open a door.")
    assert not letters(vera, "doors"), "nothing is read for what it means"
    assert house.find(ref).text == "What a stupid way to open a door.", "no message of a person is touched"
    dia = circle.people["Dia"]
    await dia.calls("round status", circle.thread)
    await dia.presses("Ask for help")
    assert "I can ask Vera, Wim to have a look." in dia.sees
    assert not letters(vera, "asks for help"), "it is asked once whether they want it"
    await dia.presses("Ask them, without my name")
    assert dia.sees.startswith("I have asked Vera, Wim to have a look.")
    for each in (vera, wim):
        assert letters(each, "Somebody in «doors» in #general asks for help") == 1
        assert not letters(each, "Dia")
    assert "help" not in circle.thread_says, "nobody else hears of it"
    assert "Dia" not in repr(await facts(house, circle)), "nor is it kept who asked"


async def facts(house: House, circle: Circle) -> list[object]:
    from bot.chat.actions import Action

    round_ = await circle.round()
    found = await house.store.look(lambda unit: unit.facts.of(round_.community, Action("round", round_.id)))
    return [values for _, kind, values in found if kind == "HelpAsked"]


async def test_edge_19_with_ones_name_and_never_to_oneself(house: House) -> None:
    wim = house.person("Wim")
    await wim.calls("me")
    circle = await with_contacts(house, "Wim", "Anna")
    await circle.anna.calls("round status", circle.thread)
    await circle.anna.presses("Ask for help")
    assert "I can ask Wim to have a look." in circle.anna.sees
    await circle.anna.presses("Ask them, with my name")
    assert letters(wim, "Anna asks for help with «doors» in #general") == 1
    assert not letters(circle.anna, "asks for help")


async def test_edge_19_where_nobody_is_named_the_hosts_are(house: House) -> None:
    circle = await with_contacts(house)
    await circle.anna.calls("round status", circle.thread)
    await circle.anna.presses("Ask for help")
    assert circle.anna.sees.startswith("Nobody has been named for this here yet")
    assert "Hosts here are Hessel." in circle.anna.sees


async def test_edge_19_who_cannot_be_reached_is_named(house: House) -> None:
    wim = house.person("Wim")
    await wim.calls("me")
    circle = await with_contacts(house, "Wim")
    await wim.calls("me pause 300")
    await circle.anna.calls("round status", circle.thread)
    await circle.anna.presses("Ask for help")
    await circle.anna.presses("Ask them, with my name")
    assert circle.anna.sees == "I cannot reach Wim now. Please write to them yourself."
