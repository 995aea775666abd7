"""Asking people for their words: four answers, silence, withdrawal, and doors that are closed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.chat.answers import FormErrors, OpenForm
from tests.bot.knowhow.scene import ANSWER, QUESTION, SECOND, asked, drafted, shared
from tests.knock import House

WORDS = {"nl": "Laat ze eerst twee minuten typen.", "en": "Let them type for two minutes."}


async def test_the_question_is_the_exact_text_of_the_design(house: House) -> None:
    told = await asked(house, "nl")
    assert told.cas.direct[-1].says.startswith(
        "Uit «Hoe krijgen jullie stille leerlingen aan het woord?» wil ik dit graag bewaren als praktijkkennis:\n"
        f"{SECOND['nl']}\nMag dat? Geen antwoord telt als nee."
    )
    assert "[Ja, met mijn naam] [Ja, zonder mijn naam] [Ik zeg het liever anders] [Nee]" in told.cas.direct[-1].says


async def test_with_a_name(house: House) -> None:
    told = await shared(house)
    assert "From: Ana, Bo and Cas" in told.in_thread()
    assert "[Ask Bo]" not in told.in_thread(), "nobody may be asked without having said so"


async def test_without_a_name(house: House) -> None:
    told = await asked(house)
    await told.ana.presses("Yes, with my name")
    await told.bo.presses("Yes, with my name")
    await told.cas.presses("Yes, without my name")
    assert "without your name" in told.cas.sees
    assert SECOND["en"] in told.in_thread()
    assert "From: Ana, Bo and somebody without their name" in told.in_thread()
    await told.cas.calls("knowhow show K-1")
    assert "[Withdraw my words]" in told.cas.sees
    assert "[People may ask me]" not in told.cas.sees


async def test_a_yes_can_become_one_without_a_name(house: House) -> None:
    told = await shared(house)
    await told.cas.calls("knowhow show K-1")
    await told.cas.presses("Take my name off")
    card = told.in_thread().split("This thread is kept", 1)[1]
    assert "Cas" not in card
    assert SECOND["en"] in card


async def test_a_button_pressed_twice_thanks_twice(house: House) -> None:
    told = await asked(house)
    question = told.cas.direct[-1].message
    await told.cas.presses("Yes, with my name")
    told.cas.saw = question
    await told.cas.presses("Yes, with my name")
    assert "Thank you." in told.cas.sees


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_in_other_words(house: House, language: str) -> None:
    nl = language == "nl"
    told = await asked(house, language)
    await told.ana.presses("Ja, met mijn naam" if nl else "Yes, with my name")
    await told.cas.presses("Ja, met mijn naam" if nl else "Yes, with my name")
    answer = await told.bo.presses("Ik zeg het liever anders" if nl else "I'd word it differently")
    assert isinstance(answer, OpenForm)
    values = {field.name: field.value for field in answer.form.fields}
    assert values["what_we_do"] == ANSWER[language].partition(". ")[0] + "."
    answer = await told.bo.fills({"what_we_do": "", "because": ""})
    assert isinstance(answer, FormErrors)
    await told.bo.fills({"what_we_do": WORDS[language]})
    card = told.in_thread()
    assert "K-1" in card
    assert WORDS[language] in card
    assert ANSWER[language].partition(". ")[0] not in card.split("K-1", 1)[1]


async def test_no_takes_the_words_out_and_nobody_hears_whose(house: House) -> None:
    told = await asked(house)
    await told.ana.presses("Yes, with my name")
    await told.bo.presses("Yes, with my name")
    await told.cas.presses("No")
    assert "nobody hears about it" in told.cas.sees
    card = told.in_thread().split("This thread is kept", 1)[1]
    assert SECOND["en"] not in card
    assert "Cas" not in card
    assert "Cas" not in told.kim.direct[-1].says
    await told.kim.calls("knowhow show 1")
    assert SECOND["en"] not in told.kim.sees
    assert "Cas" not in told.kim.sees


async def test_silence_is_no(house: House) -> None:
    told = await asked(house)
    await told.ana.presses("Yes, with my name")
    await told.bo.presses("Yes, with my name")
    await house.passes(hours=71)
    assert "K-1" not in told.in_thread()
    await house.passes(hours=2)
    card = told.in_thread().split("This thread is kept", 1)[1]
    assert SECOND["en"] not in card
    await told.cas.presses("Yes, with my name")
    assert "This step is over." in told.cas.sees
    assert SECOND["en"] not in told.in_thread().split("This thread is kept", 1)[1]


async def test_what_does_not_stand_stays_with_its_keeper(house: House) -> None:
    told = await asked(house)
    for each in (told.ana, told.bo, told.cas):
        await each.presses("No")
    assert "K-1" not in told.in_thread()
    letter = told.kim.direct[-1].says
    assert "It is your draft again, and nobody else sees it." in letter
    assert not any(name in letter for name in ("Ana", "Bo", "Cas"))
    await told.kim.presses("Look at the draft")
    assert told.kim.form is not None
    values = {field.name: field.value for field in told.kim.form.fields}
    assert values["title"] == values["what_we_do"] == values["situation"] == ""
    await told.kim.fills(
        {"title": "When a lesson goes silent", "situation": "Online, mute everywhere.", "what_we_do": "I count to ten."}
    )
    assert "K-1" in told.kim.sees
    assert "I count to ten." in told.in_thread(), "the keeper's own words need nobody else's yes"


async def test_the_three_days_begin_when_the_question_can_come(house: House) -> None:
    house.now = datetime(2026, 11, 27, 20, 0, tzinfo=UTC)  # a Friday evening
    told = await asked(house)
    assert not any("May I?" in each.says for each in told.bo.direct)
    await house.passes(hours=72)  # Monday evening
    assert any("May I?" in each.says for each in told.bo.direct)
    for each in (told.ana, told.bo, told.cas):
        await each.presses("Yes, with my name")
    assert "K-1" in told.in_thread()


async def test_a_question_is_its_addressee_s_alone(house: House) -> None:
    told = await asked(house)
    told.kim.saw = told.bo.direct[-1].message
    await told.kim.presses("Yes, with my name")
    assert "This question is for somebody else." in told.kim.sees


async def test_a_closed_door_gets_a_bell_in_the_thread(house: House) -> None:
    told = await drafted(house)
    house.unreachable.add(told.cas.account)
    await told.kim.fills({})
    bell = told.in_thread()
    assert "Somebody would like to ask you something, Cas.\n[See]" in bell
    assert "May I?" not in bell
    await told.bo.presses("See")
    assert "This question is for somebody else." in told.bo.sees
    await told.cas.presses("See")
    assert SECOND["en"] in told.cas.sees
    await told.cas.presses("Yes, with my name")
    assert "Answered, thank you." in told.in_thread()
    await told.ana.presses("Yes, with my name")
    await told.bo.presses("Yes, with my name")
    assert SECOND["en"] in told.in_thread().split("This thread is kept", 1)[1]


async def test_people_may_ask_only_who_said_so(house: House) -> None:
    told = await shared(house)
    await told.bo.presses("Yes, they may ask me")
    assert "[Ask Bo]" in told.in_thread()
    assert "[Ask Cas]" not in told.in_thread()
    await told.ana.calls("knowhow who silent pupils")
    assert "Bo" in told.ana.sees
    assert "Cas" not in told.ana.sees
    await told.bo.calls("knowhow show K-1")
    await told.bo.presses("Don't ask me any more")
    assert "[Ask Bo]" not in told.in_thread()


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_withdrawing_takes_name_and_words_at_once(house: House, language: str) -> None:
    nl = language == "nl"
    told = await shared(house, language)
    await told.cas.calls("knowhow show k1")
    card_of_cas = told.cas.saw
    await told.cas.presses("Mijn woorden terugnemen" if nl else "Withdraw my words")
    assert ("Je naam en je woorden zijn eruit" if nl else "Your name and your words are gone") in told.cas.sees
    card = told.in_thread().split("K-1", 1)[1]
    assert SECOND[language] not in card
    assert "Cas" not in card
    await told.bo.calls("knowhow show K-1")
    assert SECOND[language] not in told.bo.sees
    told.cas.saw = card_of_cas
    await told.cas.presses("Mijn woorden terugnemen" if nl else "Withdraw my words")
    assert ("Deze stap is voorbij." if nl else "This step is over.") in told.cas.sees


async def test_what_a_withdrawal_breaks_goes_back_to_its_keeper(house: House) -> None:
    told = await shared(house)
    await told.ana.calls("knowhow show K-1")
    await told.ana.presses("Withdraw my words")
    card = told.in_thread()
    assert "it is not shared for now" in card
    assert QUESTION["en"].partition("?")[0] not in card.split("Thanks, that worked!", 1)[1]
    assert "your draft again" in told.kim.direct[-1].says
    await told.bo.calls("knowhow find silent")
    assert "I found nothing" in told.bo.sees
    await told.kim.presses("Look at the draft")
    await told.kim.fills({"title": "When nobody speaks in class", "situation": "An online lesson, everybody on mute."})
    assert "K-1 · When nobody speaks in class" in told.kim.sees, "a number once given stays"
    assert "When nobody speaks in class" in told.in_thread()


async def test_a_contributor_with_a_full_day_is_asked_the_next(house: House) -> None:
    told = await drafted(house)

    def spend(unit):  # type: ignore[no-untyped-def]
        bo = unit.people.by_account(told.bo.account)
        for _ in range(3):
            unit.unasked.add(bo.community, bo.id, house.now.date(), "notice")

    await house.store.run(spend)
    await told.kim.fills({})
    assert not any("May I?" in each.says for each in told.bo.direct)
    await house.passes(hours=24)
    assert any("May I?" in each.says for each in told.bo.direct)
