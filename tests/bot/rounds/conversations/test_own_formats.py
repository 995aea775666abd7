"""A community makes a format of its own, plays it, and drops it."""

from __future__ import annotations

import pytest

from bot.features import gather
from bot.rounds.formats import load, shipped
from bot.texts.catalogue import LANGUAGES, words_in
from storage.store import open_store
from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House

both = pytest.mark.parametrize("language", sorted(LANGUAGES))
ANSWERS: dict[str, str | list[str]] = {
    "name": "Three good things",
    "blurb": "To end the week with.",
    "question1": "What went well with {topic}?",
    "how1": "private",
    "question2": "Which one would you like to see?",
    "how2": "dots",
    "question3": "And next week?",
    "how3": "turns",
}


@both
async def test_a_format_is_made_by_a_form_and_played(house: House, language: str) -> None:
    circle = Circle(house, language)
    await circle.speaks()
    await circle.anna.calls("round format new")
    await circle.anna.fills(ANSWERS)
    assert "Three good things" in circle.anna.sees

    await circle.begin("three_good_things", "the first lesson")
    assert "What went well with the first lesson?" in circle.thread_says
    await circle.all_answer()
    assert "How Anna does it." in circle.thread_says
    assert "Which one would you like to see?" in circle.thread_says

    await circle.anna.calls('round format drop "Three good things"')
    assert circle.words.label(
        "*{format}* is not offered any more. Rounds that run with it go on.", format="Three good things"
    ).replace("*", "") in circle.anna.sees  # fmt: skip
    await circle.all_press("Pass", circle.step_heading)
    assert "And next week?" in circle.thread_says


async def test_it_is_offered_beside_the_others_and_to_this_community_alone(house: House) -> None:
    anna, far = house.person("Anna"), house.person("Far", space="college")
    await anna.calls("round format new")
    await anna.fills(ANSWERS)

    await anna.calls("round start")
    assert anna.form is not None
    offered = [choice.value for choice in anna.form.fields[0].choices]  # type: ignore[union-attr]
    assert offered[0] == "three_good_things"
    assert set(offered) >= set(shipped())
    await far.calls("round start three_good_things doors")
    assert "I do not know the format" in far.sees
    await anna.calls("round format")
    assert "Three good things (three_good_things)" in anna.sees
    await far.calls("round format")
    assert "There are none yet." in far.sees


@pytest.mark.parametrize(
    ("change", "field", "fault"),
    [
        ({"question1": "What about {tpoic}?"}, "question1", "I fill in nothing but {topic}; leave out other braces."),
        ({"how1": "open"}, "how2", "No answers were shown before; let a question be answered privately."),
        ({"name": "Talking  circle"}, "name", "There is a format of that name already."),
        ({"name": ""}, "name", "Please fill this in."),
    ],
)
async def test_what_cannot_be_played_is_said_beside_its_field(
    house: House, change: dict[str, str], field: str, fault: str
) -> None:
    anna = house.person("Anna")
    await anna.calls("round format new")
    await anna.fills({**ANSWERS, **change})

    assert anna.errors == {field: fault}
    await anna.calls("round format")
    assert "There are none yet." in anna.sees


async def test_a_format_is_read_before_anybody_starts_it(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls("round format show harvest")

    assert "Turn what was said into something another can use" in anna.sees
    assert "Imagine a newcomer who starts on Monday." in anna.sees


@both
async def test_a_format_that_is_not_there_or_not_theirs_says_which_are(house: House, language: str) -> None:
    anna = house.person("Anna", language=language)
    words = words_in(language)
    names = ", ".join(words.label(each.name[language]) for each in shipped().values())
    new = "/kring round format new"
    for asked, text, values in (
        ("show nothing", "I do not know the format {typed}. There are: {names}.", {"typed": "nothing", "names": names}),
        ("show", "Write which one behind it. There are: {names}.", {"names": names}),
        ("drop", "You have no formats of your own to drop. {command} makes one.", {"command": new}),
        (
            "drop harvest",
            "“{format}” comes with this Kring, so it stays. You have none of your own yet; {command} makes one.",
            {"format": shipped()["harvest"].name[language], "command": new},
        ),
    ):
        await anna.calls(f"round format {asked}")
        assert anna.sees == words.label(text, **values)

    await anna.calls("round format new")
    await anna.fills(ANSWERS)
    mine = {"names": "Three good things"}
    for asked, text, values in (
        ("drop nothing", "You have no format called {typed}. Your own: {names}.", {"typed": "nothing"}),
        ("drop", "Write which one behind it. Your own: {names}.", {}),
        (
            "drop harvest",
            "“{format}” comes with this Kring, so it stays. Your own: {names}.",
            {"format": shipped()["harvest"].name[language]},
        ),
    ):
        await anna.calls(f"round format {asked}")
        assert anna.sees == words.label(text, **values, **mine)


async def test_formats_of_the_hosts_folder_are_offered_to_every_community(sqlite_url: str) -> None:
    text = """
id = "ours"
version = 1
purpose = "To test."
emphasis = { explore = 1, exploit = 0, tacit = 0, explicit = 0 }
size = { min = 2, best = [2, 4], max = 8 }
effort = { async_minutes = 5, async_days = 1, live_minutes = 5 }
name = { en = "Ours", nl = "Die van ons" }
blurb = { en = "A test.", nl = "Een test." }
[[steps]]
key = "tell"
mode = "open"
async_h = 24
sync_min = 5
prompt = { en = "What about {topic}?", nl = "Wat met {topic}?" }
"""
    async with open_store(sqlite_url, holder="test", lasting=False) as store:
        house = House(store, gather(formats=load({"ours.toml": text})))
        circle = Circle(house, names=("Anna", "Bo"))
        await circle.begin("ours", "doors")

        assert "What about doors?" in circle.thread_says


async def test_what_goes_deeper_opens_after_two_rounds_and_a_facilitator_may_start_it_before(house: House) -> None:
    bo, hessel = house.person("Bo"), house.person("Hessel", host=True)
    await bo.calls("round start place_of_difficulty parents")
    assert "“Place of difficulty” goes deeper. It opens here after 2 rounds, and there have been 0." in bo.sees
    await bo.calls("round start trio_consult parents")
    assert "“Trio consult” goes deeper. It opens here after 1 round, and there have been 0." in bo.sees

    await hessel.calls("round start place_of_difficulty parents")
    assert "Your invitation stands in #general." in hessel.sees
    assert "This goes deeper than people here have gone together so far." in hessel.sees
    early = "Hessel chose this format, though it usually comes later here."
    [card] = house.shown(house.channel())
    assert early in card.says
    await bo.presses("I'll speak")
    assert early in card.says, "it still stands there when the card is edited"
    await hessel.calls("round cancel")
    await hessel.presses("Yes, stop it")

    for topic in ("one", "two"):
        circle = Circle(house, names=("Anna", "Cas", "Dia"))
        await circle.begin("what_so_what_now_what", topic)
        await circle.anna.calls("round close")
        await house.passes(hours=80)
        assert (await circle.round()).state == "done"
    await bo.calls("round start place_of_difficulty parents")
    assert "Your invitation stands in #general." in bo.sees
    assert "usually comes later" not in house.shown(house.channel())[-1].says


async def test_looking_back_on_both_hands_needs_both(house: House) -> None:
    bo = house.person("Bo")
    await bo.calls("round start explore_exploit_retro autumn")

    assert "“Search and hold” weighs searching against holding on. It opens here when there have been rounds" in bo.sees
