"""Edge cases of who holds a round: somebody who vanishes, a step that is skipped, two roles at once."""

from __future__ import annotations

import pytest

from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House, Player

AWAY = "Anna seems to be away. Would one of you hold the round from here?"


def letters(player: Player, words: str) -> int:
    return sum(words in shown.says for shown in player.direct)


async def quiet(house: House, preset: str = "") -> Circle:
    """A round in which nobody says anything twice, so that its facilitator has to decide from now on."""
    circle = Circle(house)
    await circle.begin("reveal_together", "doors", preset)
    while (asked := (await circle.round()).asked) is None:
        await house.passes(minutes=1 if preset == "live" else 30)
    assert not asked.missed
    return circle


async def test_edge_05_the_facilitator_vanishes_and_somebody_takes_over(house: House) -> None:
    circle = await quiet(house)
    await house.passes(hours=47, minutes=29)
    assert AWAY not in circle.thread_says
    await house.passes(minutes=31)
    assert AWAY in circle.thread_says, "after two days"
    bo = circle.people["Bo"]
    await bo.presses("I'll hold it")
    assert "Held by: Bo" in circle.card
    await house.passes(hours=24)
    await bo.presses("Stop here, no harm done", "It stays quiet")
    assert (await circle.round()).state == "wrapping"


async def test_edge_05_in_a_live_round_after_twelve_minutes(house: House) -> None:
    circle = await quiet(house, "live")
    await house.passes(minutes=11)
    assert AWAY not in circle.thread_says
    await house.passes(minutes=1)
    assert AWAY in circle.thread_says


async def test_edge_05_nobody_takes_over_and_what_is_there_is_wrapped_up(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.all_answer()
    for who in circle.people.values():
        await who.calls("round status", circle.thread)
    await house.passes(days=9)
    round_ = await circle.round()
    assert round_.state in ("wrapping", "done")
    assert [run.extended.count("quiet") for run in round_.steps if "quiet" in run.extended] == [1], "extended once"
    assert AWAY not in circle.thread_says, "it is over"
    assert "Here somebody was wanted to hold the round." in circle.thread_says
    assert "How Anna does it." in circle.thread_says


async def test_edge_06_the_facilitator_leaves_and_others_are_asked_at_once(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.anna.leaves()
    assert "Would one of you hold the round from here?" in circle.thread_says
    step = (await circle.round()).step
    assert step is not None
    assert step.due_at is not None, "the clock is kept meanwhile"
    await circle.people["Cas"].presses("I'll hold it")
    assert "Held by: Cas" in circle.card
    for name in ("Bo", "Cas", "Dia"):
        await circle.answer(circle.people[name], f"How {name} does it.")
    assert "How Dia does it." in circle.thread_says


async def test_edge_14_a_step_that_others_need_is_skipped(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.anna.calls("round skip")
    await circle.anna.calls("round skip")
    assert circle.anna.sees.startswith("Skipped.")
    assert "{" not in circle.thread_says, "no question has an open place"
    assert (await circle.round()).state in ("running", "wrapping")


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_edge_14_nobody_skips_other_peoples_consent(house: House, language: str) -> None:
    circle = Circle(house, language)
    await circle.begin("what_so_what_now_what", "doors")
    for _ in range(3):
        await circle.anna.calls("round skip")
    before = await circle.round()
    assert before.step is not None
    assert before.step.script.asks_consent
    await circle.anna.calls("round skip")
    assert circle.anna.sees == str(
        circle.label("This step asks people for their consent, and nobody can give it for them. Let it close.")
    )
    assert await circle.round() == before
