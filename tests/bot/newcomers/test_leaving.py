"""Leaving and being forgotten end everything at once; what facilitators and the file of one's own data show."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.chat.names import Account, Space
from tests.bot.newcomers.scene import School, direct, started
from tests.knock import House, Player

WORDS = "I do not dare to speak in the round."


async def in_the_middle(house: House) -> tuple[School, Player, Player, Player]:
    """Anna has a buddy, asked for help and for an answer, introduced herself and kept something to herself."""
    school = School(house)
    bo, faas = school.somebody("Bo"), school.somebody("Faas")
    school, anna = await started(house, facilitators=[faas])
    await bo.calls("buddy yes")
    await bo.presses("Happy to")
    await house.passes(days=1)
    await anna.presses("Write my line")
    await anna.fills({"line": "I teach maths"})
    await anna.presses("Post it")
    await house.passes(days=2)
    await anna.presses("A question")
    await anna.fills({"question": "What is a trio?", "to": "A facilitator"})
    await anna.presses("Stuck")
    await anna.presses("Someone else")
    await anna.fills({"words": WORDS})
    await anna.calls("me stage listening")
    return school, anna, bo, faas


@pytest.mark.parametrize("way", ["leaves", "is forgotten"])
async def test_it_ends_at_once(house: House, way: str) -> None:
    _, anna, _, faas = await in_the_middle(house)
    if way == "leaves":
        await anna.leaves()
    else:
        await anna.calls("me forget")
        await anna.presses("Remove it")
    said = len(house.messages)
    await house.passes(days=120)
    assert len(house.messages) == said, "nothing is sent any more, to nobody"
    for player, button in ((faas, "I'll take it"), (faas, "Answer")):
        await player.presses(button)
        assert player.sees == "This step is over."


async def test_what_waits_to_be_sent_is_taken_back(house: House) -> None:
    _, anna, _, faas = await in_the_middle(house)
    before = len(direct(faas))
    await house.passes(hours=9)  # the evening: the reminder waits for the morning
    await anna.leaves()
    await house.passes(days=3)
    assert len(direct(faas)) == before


async def test_who_leaves_before_the_morning_is_not_welcomed(house: House) -> None:
    school = School(house)
    await school.opens()
    await house.passes(hours=12)
    anna = school.somebody("Anna")
    await anna.joins()
    await anna.leaves()
    await house.passes(days=3)
    assert anna.direct == []


async def test_who_comes_back_soon_is_not_new_again(house: House) -> None:
    _, anna = await started(house)
    await anna.leaves()
    await house.passes(days=20)
    await anna.joins()
    await house.passes(days=20)
    assert len(anna.direct) == 1
    await anna.calls("checkin on")  # unless they want it themselves
    assert anna.sees.startswith("Good. You hear from me on 2027-01-22")


async def test_who_comes_back_after_long_is_new_again(house: House) -> None:
    _, anna = await started(house)
    await anna.leaves()
    await house.passes(days=100)
    await anna.joins()
    await house.passes(days=3)
    assert direct(anna)[-1].startswith("Hi Anna, welcome to De Linde.")


async def test_a_member_of_old_who_leaves_and_returns_is_not_new(house: House) -> None:
    school, _ = await started(house)
    bo = school.somebody("Bo")
    await bo.calls("help")
    await bo.leaves()
    await house.passes(days=7)
    await bo.joins()
    assert bo.direct == []


async def test_a_second_account_starts_nothing_and_one_account_less_ends_nothing(house: House, tmp_path: Path) -> None:
    _, anna = await started(house)
    other = Player(house, Account(Space("playground", "college"), "anna2"), anna.profile)
    await other.calls("help")
    with closing(sqlite3.connect(tmp_path / "kring.db", isolation_level=None)) as database:  # as a host links them
        database.execute("update spaces set community = (select community from spaces where space = 'school')")
        database.execute(
            "update accounts set (community, person) = "
            "(select community, person from accounts where account = 'anna') where account = 'anna2'"
        )
    await other.joins()
    assert len(anna.direct) == 1
    assert other.direct == []
    await other.leaves()
    await house.passes(days=1)
    assert len(anna.direct) == 2


# -- what is one's own


async def test_forgetting_takes_the_name_out_of_the_channel(house: House) -> None:
    school, anna, _, _ = await in_the_middle(house)
    assert any("Anna introduces themselves" in shown for shown in school.shown_at_home())
    await anna.calls("me forget")
    await anna.presses("Remove it")
    assert school.shown_at_home() == ["Somebody introduced themselves here and took it back."]


async def test_a_question_is_no_longer_brought_to_who_is_forgotten(house: House) -> None:
    _, anna, _, faas = await in_the_middle(house)
    await anna.calls("me data")
    (question,) = json.loads(anna.direct[-1].file)["check_in_answers"]
    assert len(question["brought_to"]) == 1
    await faas.calls("me forget")
    await faas.presses("Remove it")
    await anna.calls("me data")
    (question,) = json.loads(anna.direct[-1].file)["check_in_answers"]
    assert question["brought_to"] == []


async def test_the_file_shows_all_of_it(house: House) -> None:
    _, anna, bo, faas = await in_the_middle(house)
    await anna.calls("me data")
    kept = json.loads(anna.direct[-1].file)
    assert kept["newcomer"]["check_ins"] == "regular"
    assert kept["newcomer"]["last_check_in_day"] == 3
    assert kept["stage"] == "listening"
    assert [(each["kind"], each["text"]) for each in kept["check_in_answers"]] == [("question", "What is a trio?")]
    assert [(each["as"], each["with"], each["state"]) for each in kept["buddies"]] == [("newcomer", "Bo", "agreed")]
    assert [(each["kind"], each["words"]) for each in kept["asked_for_somebody"]] == [("chat", WORDS)]
    await bo.calls("me data")
    others = json.loads(bo.direct[-1].file)
    assert others["offers_to_be_a_buddy"] is True
    assert [(each["as"], each["with"]) for each in others["buddies"]] == [("buddy", "Anna")]
    assert WORDS not in bo.direct[-1].file
    assert "trio" not in bo.direct[-1].file
    await faas.calls("me data")
    assert [each["state"] for each in json.loads(faas.direct[-1].file)["asked_to_help"]] == ["asked"]
    assert WORDS not in faas.direct[-1].file


async def test_what_is_over_for_long_is_forgotten(house: House) -> None:
    _, anna, _, faas = await in_the_middle(house)
    await faas.presses("I'll take it")
    await house.passes(days=130)
    await anna.calls("me data")
    kept = json.loads(anna.direct[-1].file)
    assert kept.keys().isdisjoint({"check_in_answers", "asked_for_somebody", "buddies"})
    await faas.presses("I'll take it")
    assert faas.sees == "This step is over."


async def test_the_menu_of_who_is_new(house: House) -> None:
    school = School(house)
    await school.opens()
    anna, bo = school.somebody("Anna"), school.somebody("Bo")
    await anna.joins()
    await anna.calls("")
    assert "[Start]" in anna.sees
    await anna.presses("Yes")
    await anna.calls("")
    assert "[A question] [Stuck] [Fewer of these] [Stop these]" in anna.sees
    await anna.presses("Stop these")
    await anna.calls("")
    assert "[A question] [Stuck] [Check-ins, please]" in anna.sees
    await anna.presses("Check-ins, please")
    assert anna.sees.startswith("Good. You hear from me")
    await anna.calls("checkin fewer")
    await anna.calls("")
    assert "[A question] [Stuck] [Check-ins, please] [Stop these]" in anna.sees
    await bo.calls("")
    assert "Stuck" not in bo.sees
    await house.passes(days=100)
    await anna.calls("")
    assert "Stuck" not in anna.sees


@pytest.mark.parametrize(
    ("language", "reply"),
    [
        ("en", "Noted: first contribution. Only you see it, and you can change it at any time."),
        ("nl", "Genoteerd: eerste bijdrage. Alleen jij ziet het, en je kunt het altijd veranderen."),
    ],
)
async def test_a_stage_is_set_by_the_person(house: House, language: str, reply: str) -> None:
    bo = School(house).somebody("Bo", language=language)
    await bo.calls("me stage first")
    assert bo.sees == reply
    await bo.calls("me stage wizard")
    assert "wizard" in bo.sees


# -- what facilitators see


async def test_facilitators_see_no_names_and_no_small_numbers(house: House) -> None:
    school = School(house)
    faas = school.somebody("Faas")
    await school.opens(facilitators=[faas])
    for number in range(4):
        player = school.somebody(f"Eva{number}")
        await player.joins()
        await player.calls("me stage listening")
    await faas.calls("newcomers")
    assert faas.sees.startswith("Newcomers\nThere are too few newcomers to say anything about them")
    assert "listening" not in faas.sees
    fifth = school.somebody("Eva4")
    await fifth.joins()
    await fifth.calls("me stage listening")
    await faas.calls("newcomers")
    assert "Week of 23 November: 5\nWeek of 16 November: too few to say" in faas.sees
    assert "\nlistening: 5\n" in faas.sees
    assert "\narriving: too few to say\n" in faas.sees
    assert "Eva" not in faas.sees
    bo = school.somebody("Bo")
    await bo.calls("newcomers")
    assert bo.sees == "/kring newcomers is for facilitators. A host can make you one."
