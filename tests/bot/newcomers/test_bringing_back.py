"""An answer to a newcomer's question reaches them, directly or behind the button, and is then kept no longer."""

from __future__ import annotations

from tests.bot.newcomers.scene import direct
from tests.bot.newcomers.test_replying import at_day
from tests.knock import House


async def test_an_answer_that_cannot_be_brought_waits_behind_the_start_button(house: House) -> None:
    school, anna = await at_day(house, 3)
    bo = school.somebody("Bo")
    await bo.calls("help")
    await anna.presses("A question")
    await anna.fills({"question": "What is a trio?", "to": "Somebody I choose", "person": "bo"})
    house.unreachable.add(anna.account)
    for answer in ("Three people.", "And half an hour."):
        await bo.presses("Answer")
        await bo.fills({"Your answer": answer})
        assert bo.sees == "Brought back. Thank you."
    assert len(direct(bo)) == 1, "why it came another way, is nobody's business"
    assert school.shown_at_home() == ["Welcome, Anna! I have a word for you; only you see it.\n[Start]"]
    await anna.presses("Start")
    asked = "You asked:\nWhat is a trio?\nBo answers:"
    assert f"{asked}\nThree people.\n[Got it]\n{asked}\nAnd half an hour.\n[Got it]\n" in anna.sees
    await anna.presses("Got it", "And half an hour.")
    anna.saw = None
    await anna.presses("Start")
    assert anna.sees.count("[Got it]") == 1


async def test_an_answer_that_was_brought_is_kept_no_longer(house: House) -> None:
    school, anna = await at_day(house, 3)
    bo = school.somebody("Bo")
    await bo.calls("help")
    await anna.presses("A question")
    await anna.fills({"question": "What is a trio?", "to": "Somebody I choose", "person": "bo"})
    await bo.presses("Answer")
    await bo.fills({"Your answer": "Three people."})
    assert direct(anna)[-1] == "You asked:\nWhat is a trio?\nBo answers:\nThree people."
    await anna.calls("me data")
    assert "Three people." not in anna.direct[-1].file


async def test_who_cannot_be_reached_at_all_gets_no_answer_for_now(house: House) -> None:
    school, anna = await at_day(house, 3)
    bo = school.somebody("Bo")
    await bo.calls("help")
    await anna.presses("A question")
    await anna.fills({"question": "What is a trio?", "to": "Somebody I choose", "person": "bo"})
    await anna.calls("me pause days=30")
    await bo.presses("Answer")
    await bo.fills({"Your answer": "Three people."})
    assert bo.errors == {"answer": "I cannot reach who asked right now. Please try again later."}
    await anna.calls("me resume")
    await anna.calls("me data")
    assert "Three people." not in anna.direct[-1].file
