"""Everybody reads their own language; what everybody reads is in the community's."""

from __future__ import annotations

from tests.talk import Talk


async def test_each_reads_their_own_language(talk: Talk) -> None:
    host = await talk.joins("Host")
    await host.calls("/kring setup")
    await host.fills({})
    ana, bo = await talk.joins("Ana", language="en"), await talk.joins("Bo", language="nl")
    for person in (ana, bo):
        await person.opens_what_waits()
    await ana.sees("Hi Ana, welcome", channel="dm")
    await bo.sees("Hoi Bo, welkom", channel="dm")

    await ana.calls("/kring knowhow add")
    await ana.fills(
        {
            "Title": "When pupils mix up tenths",
            "When and where does this come up?": "Year 6",
            "What do you do then?": "I take money.",
        }
    )
    answer = await bo.calls("/kring knowhow show K-1")
    assert "Situatie" in answer.text
    assert "I take money." in answer.text
    assert "Wat betekent" not in answer.text

    await bo.calls("/kring me language en")
    assert "Situation" in (await bo.calls("/kring knowhow show K-1")).text
    await bo.calls("/kring me language nl")
    assert "Bedoel je" in (await bo.calls("/kring knowhw find x")).text
    assert "Wat je kunt vragen" in (await bo.calls("/kring hulp")).text


async def test_faults_of_a_form_are_told_in_the_language_of_who_sent_it(talk: Talk) -> None:
    await talk.joins("Ana", language="en")
    bo = await talk.joins("Bo", language="nl")
    await bo.calls("/kring knowhow add")
    nothing = "\u2800" * 20  # letters that nobody can see: no platform minds them
    answer = await bo.fills({"Titel": nothing, "Wanneer en waar speelt dit?": "Groep 6", "Wat doe je dan?": "Geld."})
    assert answer.errors["Titel"] == "Vul dit nog in."
