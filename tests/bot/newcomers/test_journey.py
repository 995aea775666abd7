"""Ninety days, in both languages, as the newcomer lives them."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.chat.answers import Nothing, Replace
from bot.chat.events import MemberJoined
from tests.bot.newcomers.scene import School, direct, started
from tests.knock import House

WHOLE = {
    language: [(each["at"], each["text"]) for each in days]
    for language, days in tomllib.loads(Path(__file__).with_name("ninety_days.toml").read_text("utf-8")).items()
}
ANSWERS = {
    "en": ["I'll do it myself", "Fine", "Not now", "Nothing yet", "I'm fine here", "Not yet", "Thanks, bye"],
    "nl": ["Ik doe het zelf", "Prima", "Nu niet", "Nog niets", "Prima zo", "Nog niet", "Dank, tot ziens"],
}
REPLIES = {
    "en": [
        "Good. Then I leave it to you.",
        "Good to hear. I'll leave you to it.",
        "Fine. The door stays open.",
        "Fine. It may still come.",
        "Good to hear. I'll leave you to it.",
        "Fine. There is no hurry.",
        "Thank you for three months of being here. I stay within reach, and so do the people.",
    ],
    "nl": [
        "Goed. Dan laat ik het aan jou.",
        "Fijn om te horen. Ik laat je met rust.",
        "Prima. De deur blijft open.",
        "Prima. Het kan nog komen.",
        "Fijn om te horen. Ik laat je met rust.",
        "Prima. Er is geen haast.",
        "Dank voor drie maanden hier zijn. Ik blijf in de buurt, en de mensen ook.",
    ],
}


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_ninety_days(house: House, language: str) -> None:
    _, anna = await started(house, language=language)
    for answer, reply in zip(ANSWERS[language], REPLIES[language], strict=True):
        before = len(anna.direct)
        while len(anna.direct) == before:
            await house.passes(days=1)
        assert isinstance(await anna.presses(answer), Replace)
        text = direct(anna)[-1].partition("\n")[0]
        assert anna.sees == f"{text}\n{reply}"
    await house.passes(days=400)
    moments = [f"{shown.at:%Y-%m-%dT%H:%M}" for shown in anna.direct]
    assert list(zip(moments, direct(anna), strict=True)) == WHOLE[language]


@pytest.mark.parametrize(("hours", "letters"), [(12, 2), (30, 1)], ids=["the same day", "the next day"])
async def test_what_cannot_be_sent_on_its_own_day_is_not_made_up_for(house: House, hours: int, letters: int) -> None:
    school, anna = await started(house)
    await house.passes(hours=20)
    house.down = True
    await house.passes(hours=hours)  # the platform takes nothing
    house.down = False
    await house.passes(hours=1)
    assert len(anna.direct) == letters
    assert school.shown_at_home() == []  # she takes direct messages: nobody calls her in a channel
    await house.passes(days=2)
    assert direct(anna)[-1].startswith("Three days in.")


# -- the welcome


async def test_a_person_is_welcomed_once(house: House) -> None:
    school = School(house)
    await school.opens()
    anna = school.somebody("Anna")
    await anna.joins()
    await anna.joins()
    await house.passes(days=120)
    assert len(anna.direct) == 1  # nothing without a yes


async def test_a_welcome_waits_for_the_morning_and_makes_it_day_0(house: House) -> None:
    school = School(house)
    await school.opens()
    house.now = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)  # a Saturday evening
    anna = school.somebody("Anna")
    await anna.joins()
    assert anna.direct == []
    await house.passes(hours=37)
    assert [shown.at for shown in anna.direct] == [datetime(2026, 11, 30, 8, 0, tzinfo=UTC)]
    await anna.presses("Yes")
    assert anna.sees.endswith("\nGood. You hear from me on 2026-12-01 08:30 UTC.")


async def test_a_facilitator_is_named_as_long_as_there_is_no_buddy(house: House) -> None:
    school = School(house)
    await school.opens(facilitators=[school.somebody("Faas")])
    anna = school.somebody("Anna")
    await anna.joins()
    assert "Faas is happy to hear from you." in direct(anna)[0]


async def test_only_when_i_ask(house: House) -> None:
    school = School(house)
    await school.opens()
    anna = school.somebody("Anna")
    await anna.joins()
    await anna.presses("Only when I ask")
    assert (
        anna.sees.split("\n")[1]
        == "Then I wait until you ask. /kring checkin on brings me by, /kring shows all I can do."
    )
    await house.passes(days=10)
    assert len(anna.direct) == 1
    await anna.calls("checkin on")
    assert anna.sees == "Good. You hear from me on 2026-12-07 08:30 UTC."
    await house.passes(days=10)
    assert direct(anna)[1].startswith("Two weeks.")


async def test_what_is_stored_is_told_and_the_question_stays(house: House) -> None:
    school = School(house)
    await school.opens()
    anna = school.somebody("Anna")
    await anna.joins()
    await anna.presses("What do you store?")
    assert "\nI keep when you joined," in anna.sees
    assert "/kring me data shows you all of it, /kring me forget erases it." in anna.sees
    assert anna.sees.endswith("[Yes] [Only when I ask]")
    await anna.presses("Yes")
    assert "\nGood. You hear from me" in anna.sees


async def test_the_welcome_is_for_who_was_welcomed(house: House) -> None:
    school, anna = await started(house)
    bo = school.somebody("Bo")
    action = next(
        control.action
        for block in anna.direct[0].message.blocks  # type: ignore[union-attr]
        if block.kind == "controls"
        for control in block.controls
        if control.kind == "button"
    )
    bo.saw = anna.direct[0].message
    assert action.name == "checkin.yes"
    await bo.presses("Yes")
    assert bo.sees == "This one is for somebody else."


# -- fewer, stop, on, silence


@pytest.mark.parametrize(
    ("language", "button", "reply"),
    [
        ("en", "Fewer of these", "I'll come by on day 30 and day 90 only."),
        ("nl", "Minder hiervan", "Ik kom alleen nog op dag 30 en dag 90 langs."),
    ],
)
async def test_fewer(house: House, language: str, button: str, reply: str) -> None:
    _, anna = await started(house, language=language)
    await house.passes(days=4)
    await anna.presses(button)
    assert anna.sees.endswith(reply)
    await house.passes(days=120)
    assert direct(anna)[3:] == [WHOLE[language][5][1], WHOLE[language][7][1]]


async def test_fewer_by_command(house: House) -> None:
    _, anna = await started(house)
    await anna.calls("checkin fewer")
    assert anna.sees == "I'll come by on day 30 and day 90 only."
    await house.passes(days=120)
    assert len(anna.direct) == 3


@pytest.mark.parametrize(
    ("language", "button", "reply"),
    [
        (
            "en",
            "Stop these",
            "Done, no more check-ins. You can always write help. Shall I also forget your earlier answers?",
        ),
        (
            "nl",
            "Stop hiermee",
            "Geregeld, geen berichtjes meer. Je kunt altijd hulp typen. Zal ik ook je eerdere antwoorden vergeten?",
        ),
    ],
)
async def test_stop(house: House, language: str, button: str, reply: str) -> None:
    _, anna = await started(house, language=language)
    await house.passes(days=4)
    await anna.presses(button)
    assert anna.sees.split("\n")[1:] == [
        reply,
        {"en": "[Forget them] [Keep them for me]"}.get(language, "[Vergeet ze] [Bewaar ze voor mij]"),
    ]
    await house.passes(days=400)
    assert len(anna.direct) == 3


async def test_stop_forgets_or_keeps_what_was_written(house: House) -> None:
    _, anna = await started(house)
    await house.passes(days=4)
    await anna.presses("Fine")
    await house.passes(days=5)
    await anna.presses("Not now")
    await house.passes(days=6)
    await anna.presses("Just between us")
    await anna.fills({"What struck you?": "You all say «the plan» and nobody says which."})
    await anna.calls("checkin stop")
    await anna.presses("Keep them for me")
    assert anna.sees == "I keep them for you, each for 120 days. /kring me data shows them."
    await anna.calls("me data")
    assert "nobody says which" in anna.direct[-1].file
    await anna.calls("checkin stop")
    await anna.presses("Forget them")
    assert anna.sees == "Done. Your answers are forgotten."
    await anna.calls("me data")
    assert "nobody says which" not in anna.direct[-1].file


async def test_on_begins_again_with_the_next_day_that_is_left(house: House) -> None:
    _, anna = await started(house)
    await anna.calls("checkin stop")
    await house.passes(days=20)
    await anna.calls("checkin on")
    assert anna.sees == "Good. You hear from me on 2026-12-23 08:30 UTC."
    await house.passes(days=5)
    assert len(anna.direct) == 1
    await house.passes(days=10)
    assert direct(anna)[1].startswith("A month.")


async def test_on_after_three_months_says_that_it_is_over(house: House) -> None:
    _, anna = await started(house)
    await house.passes(days=120)
    await anna.calls("checkin on")
    assert anna.sees == "Your first three months are over, so no check-ins are left."


async def test_who_is_not_new_has_no_check_ins(house: House) -> None:
    school, _ = await started(house)
    bo = school.somebody("Bo")
    for word in ("on", "fewer", "stop"):
        await bo.calls(f"checkin {word}")
        assert bo.sees == "Check-ins are for people in their first three months, and I have none for you."


async def test_two_without_an_answer_and_only_day_30_comes(house: House) -> None:
    _, anna = await started(house)
    await house.passes(days=200)
    assert [text.partition(" ")[0] for text in direct(anna)] == ["Hi", "Shall", "Three", "A"]


async def test_a_late_answer_ends_the_silence(house: House) -> None:
    _, anna = await started(house)
    await house.passes(days=9)
    assert len(anna.direct) == 3  # day 7 did not come
    await anna.presses("Fine")
    await house.passes(days=6)
    assert direct(anna)[-1].startswith("Two weeks.")


# -- moved


async def test_a_pause_holds_them_and_only_the_latest_comes_after(house: House) -> None:
    _, anna = await started(house)
    await anna.calls("me pause days=20")
    await house.passes(days=19)
    assert len(anna.direct) == 1
    await house.passes(days=4)
    assert direct(anna)[1:] == [WHOLE["en"][4][1]]  # day 14, the latest


async def test_an_open_pause_ends_when_the_person_says_so(house: House) -> None:
    _, anna = await started(house)
    await anna.calls("me pause")
    await anna.presses("Until I say")
    await house.passes(days=32)
    assert len(anna.direct) == 1
    await anna.calls("me resume")
    await house.passes(days=8)
    assert direct(anna)[1:] == [WHOLE["en"][5][1]]


async def test_after_downtime_only_the_latest_comes(house: House) -> None:
    _, anna = await started(house)
    house.now = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)  # nothing knocked for two weeks
    await house.passes(minutes=1)
    assert direct(anna)[1:] == [WHOLE["en"][4][1]]
    await house.passes(days=10)
    assert len(anna.direct) == 2


async def test_it_moves_with_the_person(house: House) -> None:
    _, anna = await started(house)
    await anna.calls("me timezone America/Los_Angeles")
    await house.passes(days=2)
    assert anna.direct[-1].at == datetime(2026, 11, 24, 17, 30, tzinfo=UTC)


async def test_other_messages_move_it(house: House) -> None:
    school, anna = await started(house)
    house.now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    bo = school.somebody("Bo")
    await bo.calls("help")
    await school.opens(facilitators=[bo])
    await anna.calls("checkin on")
    await anna.calls("")
    await anna.presses("A question")
    await anna.fills({"Your question": "Where is the plan?", "To whom?": "A facilitator"})
    await bo.presses("Answer")
    await bo.fills({"answer": "Behind the door."})
    assert direct(anna)[-1].startswith("You asked:")
    await house.passes(days=2)
    assert len(anna.direct) == 2
    await house.passes(days=2)
    assert direct(anna)[-1].startswith("Three days in.")


# -- where direct messages do not come


async def test_a_closed_door_gets_one_start_button_for_everything(house: House) -> None:
    school = School(house)
    await school.opens()
    anna, bo = school.somebody("Anna"), school.somebody("Bo")
    house.unreachable.add(anna.account)
    await anna.joins()
    assert school.shown_at_home() == ["Welcome, Anna! I have a word for you; only you see it.\n[Start]"]
    await bo.presses("Start")
    assert bo.sees == "This one is for somebody else."
    await anna.presses("Start")
    assert anna.sees.startswith("Hi Anna, welcome to De Linde.")
    await anna.presses("Yes")
    await house.passes(days=1)
    assert len(school.shown_at_home()) == 1
    await anna.presses("Start")
    assert anna.sees.startswith("Shall I introduce you")
    await anna.presses("Not needed")
    await anna.presses("Start")
    assert anna.sees.startswith("You are new here.")
    await house.passes(days=40)
    assert len(school.shown_at_home()) == 1
    assert anna.direct == []


async def test_discord_asks_for_a_button_before_it_writes(house: House) -> None:
    school = School(house)
    school.space = type(school.space)("discord", "guild")
    await school.opens()
    anna = school.somebody("Anna")
    await anna.joins()
    assert anna.direct == []
    assert school.shown_at_home() == ["Welcome, Anna! I have a word for you; only you see it.\n[Start]"]
    await anna.presses("Start")
    await anna.presses("Yes")
    await house.passes(days=2)
    assert [text.partition(" ")[0] for text in direct(anna)] == ["Shall"]


async def test_without_a_home_the_joining_channel_is_used(house: House) -> None:
    school = School(house)
    await school.opens(home=False)
    anna = school.somebody("Anna")
    house.unreachable.add(anna.account)
    await anna.joins()
    (shown,) = house.shown(house.channel("general"))
    assert shown.says.endswith("[Start]")


async def test_without_any_channel_it_stands_in_the_menu(house: House) -> None:
    school = School(house)
    await school.opens(home=False)
    anna = school.somebody("Anna")
    house.unreachable.add(anna.account)
    await house.happens(MemberJoined("j1", house.now, anna.account, anna.profile))
    await anna.calls("")
    await anna.presses("Start")
    assert anna.sees.startswith("Hi Anna, welcome to De Linde.")


async def test_an_event_that_comes_twice_changes_nothing(house: House) -> None:
    school = School(house)
    await school.opens()
    anna = school.somebody("Anna")
    event = MemberJoined("j1", house.now, anna.account, anna.profile)
    await house.happens(event)
    assert await house.happens(event) == Nothing()
    assert len(anna.direct) == 1
