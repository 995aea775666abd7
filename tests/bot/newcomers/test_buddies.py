"""Buddies: volunteers who said yes, who hear three times from Kring and never read what the newcomer wrote."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.bot.newcomers.scene import School, direct
from tests.knock import House, Player

START = "You are Anna's buddy. A hello today and an ear in the first month is all.\n[Happy to] [Not now]"


async def joined(house: House, *volunteers: str, language: str = "en") -> tuple[School, Player]:
    """These people offered to be buddies; then Anna joins."""
    school = School(house, language=language)
    await school.opens()
    for name in volunteers:
        await school.somebody(name).calls("buddy yes")
    anna = school.somebody("Anna")
    await anna.joins()
    return school, anna


async def test_a_buddy_says_yes_and_only_then_the_newcomer_reads_the_name(house: House) -> None:
    school, anna = await joined(house, "Bo")
    bo = school.somebody("Bo")
    assert direct(bo) == [START]
    assert "Bo" not in direct(anna)[0]
    await bo.presses("Happy to")
    assert bo.sees == "Thank you. A hello from you to Anna does the rest."
    assert "Bo is happy to hear from you." in direct(anna)[0]  # the welcome reads so now
    assert len(anna.direct) == 1
    await anna.presses("Yes")
    await house.passes(days=1)
    assert "\nBo is your buddy: write to them whenever you like.\n" in direct(anna)[1]


async def test_a_welcome_that_was_answered_is_not_changed_any_more(house: House) -> None:
    school, anna = await joined(house, "Bo")
    await anna.presses("Yes")
    await school.somebody("Bo").presses("Happy to")
    assert "Everybody here is happy to hear from you." in direct(anna)[0]
    await house.passes(days=1)
    assert "Bo is your buddy" in direct(anna)[1]


async def test_the_three_texts(house: House) -> None:
    school, _ = await joined(house, "Bo")
    bo = school.somebody("Bo")
    await bo.presses("Happy to")
    await house.passes(days=200)
    assert [(f"{shown.at:%Y-%m-%d %H:%M}", text) for shown, text in zip(bo.direct, direct(bo), strict=True)] == [
        ("2026-11-23 09:00", START),
        ("2026-12-03 08:30", "Ten days. A short 'how is it going' to Anna does more than I can."),
        (
            "2027-02-22 08:30",
            "The buddy time is over. Thank you. Anything you learned about how we welcome people?\n[Answer]",
        ),
    ]


async def test_the_three_texts_in_dutch(house: House) -> None:
    school, _ = await joined(house, "Bo", language="nl")
    bo = school.somebody("Bo")
    await bo.presses("Graag")
    await house.passes(days=200)
    assert [text.partition("\n")[0] for text in direct(bo)] == [
        "Jij bent het maatje van Anna. Vandaag even hallo en de eerste maand een luisterend oor, meer is het niet.",
        "Tien dagen. Een kort 'hoe gaat het' aan Anna doet meer dan ik kan.",
        "De maatjestijd zit erop. Dank je wel. Heb je iets geleerd over hoe wij mensen ontvangen?",
    ]


async def test_what_a_buddy_learned_goes_to_the_facilitators(house: House) -> None:
    school, _ = await joined(house, "Bo")
    bo, faas = school.somebody("Bo"), school.somebody("Faas")
    await bo.presses("Happy to")
    await house.passes(days=100)
    await bo.presses("Answer")
    await bo.fills({"What did you learn?": "Say it twice"})
    assert bo.sees == "There is no facilitator here yet who could read it."
    await school.opens(facilitators=[faas])
    await faas.calls("me pause days=30")
    await bo.presses("Answer", "The buddy time is over")
    await bo.fills({"What did you learn?": "Say it twice"})
    assert bo.errors == {"learned": "I cannot reach any facilitator now. Please try again another day."}
    await faas.calls("me resume")
    await bo.fills({"What did you learn?": "Say it twice"})
    assert direct(faas) == ["Bo was a buddy, and learned about how we welcome people:\nSay it twice"]


async def test_not_now_and_somebody_else_is_asked(house: House) -> None:
    school, anna = await joined(house, "Bo", "Cas")
    bo, cas = school.somebody("Bo"), school.somebody("Cas")
    first, second = (bo, cas) if bo.direct else (cas, bo)
    assert second.direct == []
    await first.presses("Not now")
    assert first.sees == "That is fine. I tell nobody, and ask somebody else."
    assert direct(second) == [START]
    await second.presses("Happy to")
    await first.presses("Happy to")
    assert first.sees == "This step is over."
    assert f"{second.profile.name} is happy to hear from you." in direct(anna)[0]


async def test_who_does_not_answer_is_asked_no_more(house: House) -> None:
    school, _ = await joined(house, "Bo", "Cas", "Dirk", "Eva")
    everybody = [school.somebody(name) for name in ("Bo", "Cas", "Dirk", "Eva")]
    await house.passes(days=30)
    assert sum(len(each.direct) for each in everybody) == 3  # three are asked, each once
    assert max(len(each.direct) for each in everybody) == 1


async def test_two_at_a_time(house: House) -> None:
    school, _ = await joined(house, "Bo")
    for name in ("Cas", "Dirk"):
        await school.somebody(name).joins()
    assert [text.partition("'")[0] for text in direct(school.somebody("Bo"))] == ["You are Anna", "You are Cas"]


async def test_a_fresh_volunteer_is_proposed_to_who_has_nobody(house: House) -> None:
    school, anna = await joined(house)
    bo = school.somebody("Bo")
    await bo.calls("buddy yes")
    assert direct(bo) == [START]
    await bo.calls("buddy yes")
    assert direct(bo) == [START]
    assert len(anna.direct) == 1


async def test_a_volunteer_of_another_language_is_not_proposed(house: House) -> None:
    school = School(house)
    await school.opens()
    bo = school.somebody("Bo", language="nl")
    await bo.calls("buddy yes")
    await school.somebody("Anna").joins()
    assert bo.direct == []


async def test_buddy_no_ends_it_for_the_buddy(house: House) -> None:
    school, anna = await joined(house, "Bo")
    bo, cas = school.somebody("Bo"), school.somebody("Cas")
    await bo.presses("Happy to")
    await cas.calls("buddy yes")
    assert cas.direct == []
    await bo.calls("buddy no")
    assert bo.sees == "Done: you are nobody's buddy and have none. I tell nobody why."
    assert direct(cas) == [START]
    await house.passes(days=100)
    assert len(bo.direct) == 1
    assert all("Bo" not in text for text in direct(anna)[1:])


async def test_buddy_no_ends_it_for_the_newcomer(house: House) -> None:
    school, anna = await joined(house, "Bo")
    bo, cas = school.somebody("Bo"), school.somebody("Cas")
    await bo.presses("Happy to")
    await anna.calls("buddy no")
    await cas.calls("buddy yes")
    assert cas.direct == []  # they wanted none
    await house.passes(days=100)
    assert len(bo.direct) == 1


async def test_buddy_ask(house: House) -> None:
    school, anna = await joined(house)
    await anna.calls("buddy ask")
    assert anna.sees == "No buddy is free right now. Everybody here is happy to hear from you."
    bo = school.somebody("Bo")
    await bo.calls("buddy yes")
    await anna.calls("buddy ask")
    assert anna.sees == "I have asked somebody. You hear who it is as soon as they say yes."
    await bo.presses("Happy to")
    assert direct(anna)[-1] == "Bo is your buddy: write to them whenever you like."
    await anna.calls("buddy ask")
    assert anna.sees == "Bo is your buddy: write to them whenever you like."


async def test_buddies_are_for_who_is_new(house: House) -> None:
    school, anna = await joined(house)
    await school.somebody("Bo").calls("buddy ask")
    house.now = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
    for player in (school.somebody("Bo"), anna):
        await player.calls("buddy ask")
        assert player.sees == "Buddies are there for people in their first three months."


async def test_a_buddy_whose_door_is_closed_is_passed_over(house: House) -> None:
    school = School(house)
    await school.opens()
    bo, cas = school.somebody("Bo"), school.somebody("Cas")
    await bo.calls("buddy yes")
    house.unreachable.add(bo.account)
    await school.somebody("Anna").joins()
    assert bo.direct == []
    await cas.calls("buddy yes")
    assert direct(cas) == [START]


async def test_a_question_and_fresh_eyes_go_to_the_buddy(house: House) -> None:
    school, anna = await joined(house, "Bo")
    bo = school.somebody("Bo")
    await bo.presses("Happy to")
    await anna.presses("Yes")
    await anna.calls("")
    await anna.presses("A question")
    await anna.fills({"question": "What is a trio?", "to": "Bo", "name": "With my name"})
    assert direct(bo)[-1] == "Anna asks:\nWhat is a trio?\n[Answer]"
    await anna.calls("")
    await anna.presses("Stuck")
    await anna.presses("A chat with Bo")
    await anna.fills({"words": ""})
    assert direct(bo)[-1] == "Anna would like a chat\n[I'll take it] [I can't now]"
