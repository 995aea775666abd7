"""A thread full of know-how is kept with its authors' consent, and found again."""

from __future__ import annotations

import pytest

from tests.talk import Player, Seen, Talk

whole_threads = pytest.mark.full_mode("what people wrote in a thread is read there only")


@pytest.fixture
async def thread(talk: Talk) -> tuple[Player, Player, Player, Seen]:
    """Ana asks, Bo and Cas answer, it works."""
    ana, bo, cas = [await talk.joins(name) for name in ("Ana", "Bo", "Cas")]
    question = await ana.writes("How do you keep the quiet pupils in a talk? With me the same three always speak.")
    bo.thread = cas.thread = question.id
    await bo.writes(
        "In my class we first let everybody write for two minutes, because then they have something to say."
    )
    await cas.writes("Make sure you wait. I usually count to ten, except when somebody is about to cry.")
    await ana.writes("Thank you! I tried it today and it worked.", thread=question.id)
    return ana, bo, cas, question


@whole_threads
async def test_kept_with_consent_and_found_again(talk: Talk, thread: tuple[Player, Player, Player, Seen]) -> None:
    ana, bo, cas, question = thread

    await ana.keeps(question)
    await ana.sees("Your draft", "Nobody else sees")
    await ana.presses("Look at the draft")
    assert ana.saw.form is not None
    assert "quiet pupils" in str(ana.saw.form.values["Title"])
    await ana.fills({"When and where does this come up?": "In a talk with the whole class"})

    for person in (bo, cas):
        await person.opens_what_waits()
    await bo.sees("May I? No answer counts as no.", "write for two minutes", channel="dm")
    await bo.sees_nothing_of("K-1")
    await bo.presses("Yes, with my name")
    await cas.presses("Yes, without my name")

    await ana.sees("K-1 is shared", channel="dm")
    await ana.sees("K-1", "for the next person with the same question", channel="general", thread=question.id)
    dee, elsewhere = await talk.joins("Dee"), await talk.joins("Eve", "college")
    found = await dee.calls("/kring knowhow find pupil talks")
    assert "K-1" in found.text
    await dee.calls("/kring knowhow show k-1")
    await dee.sees("K-1 · ", "In a talk with the whole class", "write for two minutes", "Ana", "Bo")
    await dee.sees_nothing_of("From Cas")
    assert "K-1" not in (await elsewhere.calls("/kring knowhow find pupil talks")).text
    assert "K-1 · " not in (await elsewhere.calls("/kring knowhow show K-1")).text


@whole_threads
async def test_a_no_is_respected_and_nobody_hears_whose_it_was(
    talk: Talk, thread: tuple[Player, Player, Player, Seen]
) -> None:
    ana, bo, cas, question = thread
    await ana.keeps(question)
    await ana.presses("Look at the draft")
    await ana.fills({"When and where does this come up?": "In a talk with the whole class"})
    for person in (bo, cas):
        await person.opens_what_waits()
    await bo.presses("Yes, with my name")
    await cas.presses("No")
    await talk.days_pass(8)

    for person in (ana, bo):
        found = await person.calls("/kring knowhow find pupils talk")
        assert "count to ten" not in found.text
    for message in await ana.reads("dm"):
        assert "Cas said" not in message.text
        assert "no" not in message.text.lower().split()


@whole_threads
async def test_silence_is_no(talk: Talk, thread: tuple[Player, Player, Player, Seen]) -> None:
    ana, _bo, _cas, question = thread
    await ana.keeps(question)
    await ana.presses("Look at the draft")
    await ana.fills({"When and where does this come up?": "In a talk with the whole class"})
    await talk.days_pass(30)
    found = await ana.calls("/kring knowhow find pupils talk")
    assert "write for two minutes" not in found.text
    assert "count to ten" not in found.text


@whole_threads
async def test_an_emoji_keeps_too_and_a_deleted_message_is_gone_from_the_item(
    talk: Talk, thread: tuple[Player, Player, Player, Seen]
) -> None:
    ana, bo, cas, question = thread
    await ana.reacts(question, "bookmark")
    await ana.presses("Look at the draft")
    await ana.fills({"When and where does this come up?": "In a talk with the whole class"})
    for person in (bo, cas):
        await person.opens_what_waits()
        await person.presses("Yes, with my name")
    said = await bo.sees("write for two minutes", channel="general", thread=question.id)
    mine = next(each for each in await bo.reads("general", question.id) if each.author == "Bo")
    assert said is not None
    await bo.deletes(mine)

    await ana.calls("/kring knowhow show K-1")
    assert "write for two minutes" not in ana.saw.text
    await ana.sees_nothing_of("first let everybody write")


async def test_a_form_sent_twice_happens_once(talk: Talk) -> None:
    ana = await talk.joins("Ana")
    await ana.calls("/kring knowhow add")
    form = ana.saw.form
    assert form is not None
    filled: dict[str, str | list[str]] = {
        "Title": "When pupils mix up tenths",
        "When and where does this come up?": "Year 6",
        "What do you do then?": "I take money.",
    }
    await ana.fills(filled)
    await ana.fills_again(form, filled)
    found = await ana.calls("/kring knowhow find tenths")
    assert found.text.count("K-") == 1


async def test_wrong_fields_are_told_beside_them_and_nothing_is_lost(talk: Talk) -> None:
    ana = await talk.joins("Ana")
    await ana.calls("/kring knowhow add")
    answer = await ana.fills({"Title": "Short", "What do you do then?": "Something long to write again."})
    assert answer.kind == "form_errors"
    assert "Title" in answer.errors
    assert answer.form is not None
    assert answer.form.values["What do you do then?"] == "Something long to write again."
    await ana.fills({"Title": "When pupils mix up tenths", "When and where does this come up?": "Year 6"})
    assert "K-1" in ana.saw.text
