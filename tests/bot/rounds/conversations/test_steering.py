"""What the facilitator does, and what nobody else may."""

from __future__ import annotations

import pytest

from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House


@pytest.mark.parametrize("verb", ["begin", "skip", "extend 3", "pause", "resume", "close", "cancel", "give <@cas>"])
async def test_only_the_facilitator_steers(house: House, verb: str) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    before = await circle.round()
    await circle.people["Bo"].calls(f"round {verb}")
    said = "Only the facilitator of this round can do that. Ask them, or offer to take over."
    assert circle.people["Bo"].sees == said
    assert await circle.round() == before


async def test_extend_and_skip(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.anna.calls("round extend 6")
    assert "This step takes longer: it is open until 2026-11-24 15:00 UTC." in circle.thread_says
    await circle.anna.presses("Make it longer")
    await circle.anna.fills({"How many hours longer?": "2"})
    assert "Open until 2026-11-24 17:00 UTC." in circle.thread_says
    await circle.anna.presses("Make it longer")
    await circle.anna.fills({"How many hours longer?": "-1"})
    assert circle.anna.errors == {"hours": "Give a whole number, such as 12."}
    await circle.anna.calls("round skip")
    assert circle.anna.sees.startswith("Skipped.")
    assert "This step was skipped." in circle.thread_says
    assert "Step: 2 of 4." in circle.card


async def test_a_second_press_does_not_reach_the_next_step(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.anna.calls("round status", circle.thread)
    panel = circle.anna.saw
    await circle.anna.presses("Make it longer")
    form = circle.anna.form
    for label in ("Skip this step", "Skip this step", "Make it longer"):
        circle.anna.saw = panel
        await circle.anna.presses(label, "You hold this round:")
    assert circle.anna.sees == "This step is over."
    assert "Step: 2 of 4." in circle.card
    circle.anna.form = form
    await circle.anna.fills({})
    assert circle.anna.sees == "This step is over."
    assert (await circle.round()).steps[1].extended == ()


async def test_a_live_round_counts_in_minutes(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors", "live")
    await circle.anna.calls("round extend 5")
    assert "it is open until 2026-11-23 09:09 UTC." in circle.thread_says
    await circle.anna.presses("Make it longer")
    assert circle.anna.form is not None
    assert circle.anna.form.fields[0].label == "How many minutes longer?"
    await circle.anna.fills({})
    await house.passes(minutes=30)
    assert "It is quiet here." in circle.thread_says


async def test_pause_and_resume(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.anna.presses("Put it on hold")
    await circle.anna.fills({"How many days?": "2"})
    assert "This round is on hold until 2026-11-25 09:00 UTC. Everything is kept." in circle.card
    assert "[Answer privately]" not in circle.thread_says
    await circle.people["Bo"].presses("Answer privately")
    assert circle.people["Bo"].sees.startswith("This round is on hold. You can go on when it does")
    await house.passes(hours=47)
    assert (await circle.round()).state == "paused"
    await house.passes(hours=2)
    assert "We go on. This step is open until 2026-11-26 09:00 UTC." in circle.thread_says
    await circle.all_answer()
    assert "Anna\nHow Anna does it." in circle.thread_says


async def test_a_pause_without_end(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.anna.calls("round pause")
    assert "This round is on hold. Everything is kept." in circle.card
    await circle.anna.presses("Go on")
    assert "We go on." in circle.thread_says
    await circle.anna.calls("round pause")
    await house.passes(days=31)
    assert (await circle.round()).state == "lapsed"


async def test_handing_the_round_over(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    bo = circle.people["Bo"]
    await circle.anna.calls("round give <@bo>")
    assert circle.anna.sees == "I have asked Bo. Until they accept, it stays yours."
    assert bo.direct[-1].says.startswith("Anna asks you to hold «doors» from here. It is light work: I keep the clock.")
    await bo.presses("Rather not")
    assert bo.sees == "That is fine. Everything stays as it is."
    assert "Held by: Anna" in circle.card
    await bo.presses("I'll hold it")
    assert "Held by: Bo" in circle.card
    assert "Bo holds the round from here." in circle.thread_says
    await bo.presses("Hand it over")
    await bo.fills({"Who could hold it?": "cas"})
    assert bo.sees.startswith("I have asked Cas.")


async def test_who_takes_no_direct_messages_is_asked_to_hold_the_round_in_its_thread(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    bo, cas = circle.people["Bo"], circle.people["Cas"]
    house.unreachable.add(bo.account)
    await house.store.run(lambda unit: unit.people.unreachable(bo.account))
    await circle.anna.calls("round give <@bo>")
    assert "Bo, Anna asks you to hold this round from here." in circle.thread_says
    await cas.presses("I'll hold it")
    assert cas.sees == "Somebody holds this round already."
    await bo.presses("I'll hold it")
    assert "Held by: Bo" in circle.card


async def test_cancelling_asks_once(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.answer(circle.anna, "I knock.")
    await circle.anna.calls("round cancel")
    assert circle.anna.sees.startswith("Stop «doors» for everybody? What was not shown yet stays unseen;")
    assert (await circle.round()).state == "running"
    await circle.anna.presses("No, go on")
    assert (await circle.round()).state == "running"
    await circle.anna.calls("round cancel")
    await circle.anna.presses("Yes, stop it")
    assert circle.anna.sees == "The round is stopped."
    assert "This round was stopped. What was not shown yet stays unseen." in circle.card
    assert "This round was stopped." in circle.thread_says
    assert "[My part]" in circle.card
    assert "[Answer privately]" not in circle.thread_says
    assert "I knock." not in circle.thread_says
    await circle.people["Bo"].presses("Answer privately")
    assert circle.people["Bo"].sees.startswith("This step is over.")


async def test_closing_wraps_up(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.all_answer()
    await circle.anna.calls("round close")
    assert circle.anna.sees.startswith("The round is being wrapped up.")
    assert (
        "We have come full circle. Thank you for thinking along. One word to close with? Write it here."
        in circle.thread_says
    )
    assert "Open until: 2026-11-26 09:00 UTC" in circle.card


async def test_another_question(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.anna.presses("Ask it in other words")
    assert circle.anna.form is not None
    assert circle.anna.form.fields[0].value.startswith("«doors»: what do you actually do?")
    await circle.anna.fills({"The question": "What do you do *first*?"})
    assert "What do you do *first*?" in circle.card
    assert circle.thread_says.count("What do you do *first*?") == 2
