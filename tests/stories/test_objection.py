"""An objection, on every platform: the round waits, people talk and vote again, somebody takes it up until a date."""

from __future__ import annotations

import pytest

from tests.stories.sitting import Sitting, sitting
from tests.talk import Player, Talk

ALARM = "The alarm goes off at five."
PLAN = "I ask the caretaker."
RESULT = "The result"
STILL = (
    "There is still an objection, so the round waits here. Whoever speaks in it can take the objection up, with a date."
    " To go on while it stays open: that is up to {facilitator}."
)


async def _votes(them: Sitting, objector: Player) -> None:
    """All but one think it is fine."""
    for person in them.people:
        if person is objector:
            await them.press(person, "An objection", them.step(4))
            await them.fill(person, {"What is it about?": ALARM})
        else:
            await them.press(person, "Fine", them.step(4))


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_from_an_objection_to_its_owner(talk: Talk, language: str) -> None:
    them = await sitting(talk, language, "what_so_what_now_what", "Ana", "Bo", "Cas")
    ana, bo, cas = them.people
    await them.begins("doors", live=False)
    for _ in range(3):
        await ana.calls("/kring round status")
        await them.press(ana, "Skip this step", them.label("You hold this round:"))
    await _votes(them, cas)

    first = await bo.sees(them.label(RESULT), ALARM)
    assert "Cas" not in first.text
    await them.press(ana, "Talk, then vote again", ALARM)
    await them.press(bo, "Fine", them.step(4))
    await them.press(ana, "Fine", them.step(4))
    await them.press(cas, "An objection", them.step(4))
    await them.fill(cas, {"What is it about?": ALARM})
    await bo.sees(them.label(STILL, facilitator="Ana").partition(",")[0])
    await them.press(bo, "I take this up", ALARM)
    await them.fill(bo, {"What do you take up?": PLAN, "By when?": them.words.counted("in {n} day", "in {n} days", 14)})

    record = await them.wraps_up(talk, ALARM, PLAN)
    assert them.label("Objections, and what became of them:") in record.text
    assert "Bo" in record.text
    assert "Cas" not in record.text.partition(them.label("Objections, and what became of them:"))[2]
    await bo.calls("/kring round export R-1")
    page, *_ = [file for message in await bo.reads("dm") for file in message.files]
    assert PLAN in page

    reminder = them.label("You took up an objection from «{topic}», and this is the day you named.", topic="doors")
    assert not [message for message in await bo.reads("dm") if reminder in message.text]
    await talk.days_pass(14)
    await bo.sees(reminder, PLAN, channel="dm")
    for other in (ana, cas):
        await other.sees_nothing_of(reminder)
