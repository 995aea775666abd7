"""`round schedule`: setting up what comes back, the list, and what people do about the next time."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.chat.names import Channel, Space
from bot.features import gather
from bot.rounds.formats import shipped
from bot.rounds.script import Unlock
from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House, Player

TUESDAYS = 'round schedule "every second Tuesday 10:00" harvest "the doors"'


def cards(house: House) -> list[str]:
    """The headings of the rounds that stand in the channel."""
    return [
        shown.says.splitlines()[0]
        for shown in house.messages
        if shown.message and shown.ref.channel == house.channel() and shown.ref.thread is None
    ]


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_set_up_asked_the_day_before_and_opened(house: House, language: str) -> None:
    circle = Circle(house, language)
    anna = circle.anna
    if language != "en":
        await circle.speaks()
    typed = {"en": "every second Tuesday 10:00", "nl": "elke tweede dinsdag 10:00"}[language]
    await anna.calls(f'round schedule "{typed}" harvest "the doors"')
    said = {"en": "every second Tuesday at 10:00", "nl": "om de week op dinsdag om 10:00"}[language]
    assert said in anna.sees
    assert "2026-11-24 09:00 UTC\n• 2026-12-08 09:00 UTC\n• 2026-12-22 09:00 UTC" in anna.sees
    await house.passes(hours=25)
    name = {"en": "Harvest", "nl": "Oogst"}[language]
    assert cards(house) == [f"{name}: the doors"]
    assert not anna.direct, "nobody is asked about what they set up within the day"
    await house.passes(days=12, hours=23)
    assert house.now == datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
    [asked] = [shown.says for shown in anna.direct if "«the doors»" in shown.says and "2026-12-08 09:00" in shown.says]
    assert circle.label("Without an answer it goes on.") in asked
    await house.passes(days=1)
    assert cards(house) == [f"{name}: the doors"] * 2


async def test_a_live_round_is_announced_an_hour_before_and_begins_at_its_time(house: House) -> None:
    circle = Circle(house)
    await circle.anna.calls('round schedule "every Thursday 16:00" talking_circle "trust" live')
    await house.passes(days=3, hours=4, minutes=59)
    assert not cards(house)
    await house.passes(minutes=2)
    assert cards(house) == ["Talking circle: trust"]
    round_ = await circle.round()
    assert (round_.preset, round_.begins_at) == ("live", datetime(2026, 11, 26, 15, 0, tzinfo=UTC))


async def test_words_may_be_loose(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls("round schedule first Monday of the month 9:30 oogst the first days topic=doors")
    assert anna.sees.startswith(
        "«doors» comes back: the first Monday of the month at 09:30 (Europe/Amsterdam), in #general."
    )
    await anna.calls("round schedule weekly on Thu 16:00 Talking circle")
    assert anna.form is not None
    assert {field.name: field.value for field in anna.form.fields} == {
        "when": "weekly on Thu 16:00", "format": "talking_circle", "topic": "", "preset": "async",
    }  # fmt: skip
    await anna.fills({"topic": "trust"})
    assert "«trust» comes back: every Thursday at 16:00" in anna.sees
    await anna.calls("round schedule weekly on Thu 16:00 dancing about doors")
    assert anna.form is not None
    assert {field.name: field.value for field in anna.form.fields}["topic"] == "dancing about doors"
    await anna.calls("round schedule do 16:00 tegelijk_onthullen trust in us live")
    await anna.calls("round schedule")
    assert "Reveal together: trust in us" in anna.sees
    await anna.calls("round schedule do 17:00 live format=oogst")
    assert anna.form is not None
    assert [field.value for field in anna.form.fields if hasattr(field, "value")] == ["do 17:00", "harvest", "", "live"]


async def test_the_form_says_what_is_wrong(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls("round schedule")
    assert "No round comes back by itself here." in anna.sees
    await anna.presses("Set up a repeating round")
    await anna.fills({"When": "now and then", "Format": "harvest", "Topic": "doors"})
    assert anna.errors["when"].startswith("I do not understand when that is: now and then.")
    await anna.fills({"When": "Thursday 10:00 or so", "Format": "harvest", "Topic": "doors"})
    assert anna.errors == {"when": "I do not understand this part: or so."}
    await anna.fills({"When": "Thursday", "Format": "harvest", "Topic": "doors"})
    assert anna.errors["when"].startswith("At what time?")
    await anna.fills({"When": "Thursday 10:00", "Format": "harvest", "Topic": " "})
    assert anna.errors == {"topic": "Please fill this in."}
    await anna.calls("round schedule now and then")
    assert anna.sees.startswith("I do not understand when that is")


async def test_not_this_time(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls(TUESDAYS)
    await house.passes(hours=25)
    await house.passes(days=13)
    await anna.presses("Not this time", "Does it go on?")
    assert anna.sees == "Then not this time. The next time is 2026-12-22 09:00 UTC."
    await anna.presses("Not this time", "Does it go on?")
    assert anna.sees == "That time is over, or was changed already."
    await house.passes(days=2)
    assert len(cards(house)) == 1
    await house.passes(days=14)
    assert len(cards(house)) == 2


async def test_another_topic_for_the_next_time(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls(TUESDAYS)
    await anna.presses("Another topic")
    await anna.fills({"Topic": "the windows"})
    assert anna.sees == "The next time it is about «the windows»."
    await anna.calls("round schedule")
    assert "It is about «the windows» then." in anna.sees
    await house.passes(days=16)
    assert cards(house) == ["Harvest: the windows", "Harvest: the doors"]
    await anna.calls("round schedule")
    await anna.presses("Another topic")
    await anna.fills({"Topic": "the roof", "How long": "From now on"})
    assert anna.sees == "From now on it is about «the roof»."
    await anna.calls("round schedule")
    assert "Harvest: the roof" in anna.sees


async def test_the_list_and_stopping(house: House) -> None:
    anna, bo = house.person("Anna"), house.person("Bo")
    await anna.calls(TUESDAYS)
    await anna.calls('round schedule "Friday 9:00" harvest "the stairs"')
    await bo.calls("round schedule")
    assert (
        "Harvest: the doors\nEvery second Tuesday at 10:00 (Europe/Amsterdam), in #general. Anna holds it." in bo.sees
    )
    assert "[Stop it]" not in bo.sees, "what others hold is theirs"
    await anna.calls("round schedule stop")
    assert anna.sees.count("[Stop it]") == 2
    await anna.presses("Stop it")
    assert anna.sees == "«the doors» does not come back any more."
    await anna.calls("round schedule skip")
    assert anna.sees == "Then not this time. The next time is 2026-12-04 08:00 UTC."
    await anna.calls("round schedule stop")
    assert anna.sees == "«the stairs» does not come back any more."
    await house.passes(days=30)
    assert not cards(house)


async def test_in_ones_own_conversation_stands_what_one_holds(house: House) -> None:
    anna, bo = house.person("Anna"), house.person("Bo")
    await anna.calls(TUESDAYS)
    await bo.calls("round schedule", bo.dm)
    assert "the doors" not in bo.sees
    await anna.calls("round schedule list", anna.dm)
    assert "the doors" in anna.sees
    await anna.calls('round schedule "Friday 9:00" harvest "the stairs"', anna.dm)
    assert anna.sees.startswith("Here only you and I would see it.")


async def test_only_who_may_start_rounds_sets_one_up_and_others_change_nothing(house: House) -> None:
    hessel, anna, bo = house.person("Hessel", host=True), house.person("Anna"), house.person("Bo")
    await anna.calls(TUESDAYS)
    kept = anna.saw
    bo.saw = kept
    await bo.presses("Not this time")
    assert bo.sees == "Whoever holds it can change this, or a facilitator."
    await hessel.calls("round schedule")
    await hessel.presses("Another topic")
    await hessel.fills({"Topic": "the roof"})
    assert hessel.sees == "The next time it is about «the roof»."
    await hessel.calls("setup")
    await hessel.fills({"Who may start a round": "facilitators only"})
    await bo.calls(TUESDAYS)
    assert bo.sees.startswith("In this community facilitators start rounds")
    await house.passes(days=2)
    assert not cards(house), "Anna may not start rounds any more"
    assert "only facilitators start rounds here now" in anna.direct[-1].says


async def test_so_many_in_a_channel(house: House) -> None:
    anna = house.person("Anna")
    for number in range(10):
        await anna.calls(f'round schedule "Tuesday 10:00" harvest "door {number}"')
    await anna.calls(TUESDAYS)
    assert anna.sees == "10 rounds come back in this channel already. Stop one of them first."


async def test_days_without_rounds(house: House) -> None:
    hessel, anna = house.person("Hessel", host=True), house.person("Anna")
    await hessel.calls("setup check")
    await hessel.presses("Days without rounds")
    await hessel.fills({"Days": "24-11-2026\n2026-12-21 to 2027-01-03"})
    assert hessel.sees == "Days without repeating rounds:\n• 2026-11-24\n• 2026-12-21 to 2027-01-03"
    await anna.calls('round schedule "Tuesday 10:00" harvest "the doors"')
    assert "• 2026-12-01 09:00 UTC\n• 2026-12-08 09:00 UTC\n• 2026-12-15 09:00 UTC" in anna.sees
    await hessel.calls("setup check")
    await hessel.presses("Days without rounds")
    await hessel.fills({"Days": "2026-12-01"})
    await house.passes(days=9)
    assert not cards(house)
    assert "«the doors» does not take place 2026-12-01 09:00 UTC: that is a quiet day here." in anna.direct[-1].says
    await house.passes(days=7)
    assert len(cards(house)) == 1


async def test_a_button_of_one_that_was_stopped(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls(TUESDAYS)
    made = anna.saw
    await anna.presses("Stop it")
    anna.saw = made
    await anna.presses("Not this time")
    assert anna.sees == "This does not come back any more."


async def held(house: House, player: Player) -> list[dict[str, object]]:
    await player.calls("me data")
    await house.deliver()
    found: list[dict[str, object]] = json.loads(player.direct[-1].file)["repeating_rounds"]
    return found


async def test_me_data_has_what_one_holds(house: House) -> None:
    anna = house.person("Anna", language="nl")
    await anna.calls(TUESDAYS)
    [one] = await held(house, anna)
    assert one["topic"] == "the doors"
    assert one["rule"] == "om de week op dinsdag om 10:00 (Europe/Amsterdam)"
    assert await held(house, house.person("Bo")) == []


async def test_another_community_sees_nothing_of_it(house: House) -> None:
    anna, zoe = house.person("Anna"), house.person("Zoe", space="elsewhere")
    await anna.calls(TUESDAYS)
    await zoe.calls("round schedule", Channel(Space("playground", "elsewhere"), "general"))
    assert "the doors" not in zoe.sees


async def test_what_goes_deeper_comes_back_only_where_people_are_ready_for_it(house: House) -> None:
    deep = replace(shipped()["harvest"], id="deep", unlock=Unlock(rounds=2))
    features = gather()
    house = House(house.store, replace(features, offered=replace(features.offered, formats={"deep": deep})))
    anna, hessel = house.person("Anna"), house.person("Hessel", host=True)
    await anna.calls('round schedule "Tuesday 10:00" deep "trust"')
    assert "goes deeper" in anna.sees
    await hessel.calls('round schedule "Tuesday 10:00" deep "trust"')
    assert hessel.sees.startswith("«trust» comes back")


async def test_where_its_format_is_gone_it_rests(house: House) -> None:
    folder = {"mine": replace(shipped()["harvest"], id="mine")}
    features = gather()
    house = House(house.store, replace(features, offered=replace(features.offered, formats=folder)))
    anna = house.person("Anna")
    await anna.calls('round schedule "Tuesday 10:00" mine "trust"')
    folder.clear()
    await anna.calls("round schedule")
    assert "mine: trust" in anna.sees
    await house.passes(days=2)
    assert "It rests: its format is not there any more." in anna.direct[-1].says
    assert not cards(house)
