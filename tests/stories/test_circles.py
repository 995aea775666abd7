"""Six people say that they would like to be in a circle; one is formed of them, and it begins with their own yes."""

from __future__ import annotations

from tests.talk import Player, Talk

NAMES = ("Bo", "Cas", "Dee", "Eva", "Finn", "Gijs")


async def _listed(person: Player) -> None:
    await person.calls("/kring circle home")
    await person.presses("Put me on the list")
    await person.fills({"When could you usually meet?": ["Monday morning", "Friday evening"]})


async def test_a_circle_is_formed(talk: Talk) -> None:
    ana = await talk.joins("Ana")
    await ana.calls("/kring setup")
    await ana.fills({"Name of the community": "De Werkplaats"})
    people = [await talk.joins(name) for name in NAMES]
    for person in people:
        await _listed(person)

    await ana.calls("/kring circle form")
    await ana.fills({"What are they called?": "Wait", "Which question brings you together?": "What does waiting do?"})
    await talk.hours_pass(1)
    proposal = await ana.sees("Circles for «What does waiting do?»", channel="dm")
    for name in NAMES:
        assert name in proposal.text
    await ana.presses("Ask everybody")

    for person in people[:5]:
        await person.sees("There could be a circle for you", channel="dm")
        await person.presses("Fine")
    await people[5].presses("Something else")
    await people[5].presses("Not now")
    card = await ana.sees("Circle Wait", channel="general")
    assert "Gijs" not in card.text

    await people[0].calls("/kring circle leave")
    await people[0].presses("Leave")
    await people[0].calls("/kring circle home")
    assert "You are in no circle." in people[0].saw.text
