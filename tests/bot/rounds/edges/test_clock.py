"""Edge cases of time: a day of downtime, holidays, zones and clock changes, the due second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.answers import Answer
from bot.chat.events import CameDue
from bot.errors import UserMistake
from bot.rounds import rules
from bot.rounds.facts import RoundPaused
from bot.rounds.step_facts import NudgeDue
from tests.bot.rounds.conversations.circle import Circle
from tests.bot.rounds.play import ALWAYS, HOLDER, OFFICE, Play, made_of, only, step
from tests.knock import LEASE, House, Player

NUDGE = "There is still room for your voice in «doors»"


def letters(player: Player, words: str) -> int:
    return sum(words in shown.says for shown in player.direct)


async def down(house: House, **span: float) -> None:
    """Kring does nothing for so long; then it does what is overdue."""
    house.now += timedelta(**span)
    for due in await house.store.claim_due(house.now, 100, LEASE):
        await house.door.handle(CameDue(f"late/{house.now}", house.now, due.about, due.community))
    await house.deliver()


async def test_edge_07_a_day_of_downtime(house: House) -> None:
    circle = Circle(house)
    for who in circle.people.values():
        await who.calls("me quiet off")
    await circle.begin("reveal_together", "doors")
    await circle.answer(circle.anna, "I knock.")
    await house.passes(hours=6)
    await down(house, hours=24)
    assert [letters(who, NUDGE) for who in circle.people.values()] == [0, 0, 0, 0], "that moment is over"
    round_ = await circle.round()
    assert round_.step is not None
    assert round_.step.state == "open"
    assert round_.step.due_at is not None
    assert timedelta(hours=4) <= round_.step.due_at - house.now < timedelta(hours=5)
    assert "This step takes longer: it is open until" in circle.thread_says
    for name in ("Bo", "Cas", "Dia"):
        await circle.answer(circle.people[name], f"How {name} does it.")
    assert "Anna\nI knock." in circle.thread_says


async def test_edge_07_a_turn_gets_its_time_again(house: House) -> None:
    circle = Circle(house)
    await circle.begin("talking_circle", "doors")
    await circle.all_press("Done", "Step 1 of 4")
    holder = await circle.holder()
    await down(house, hours=24)
    assert await circle.holder() == holder
    step_ = (await circle.round()).step
    assert step_ is not None
    assert step_.turn_due_at is not None
    assert timedelta(hours=4) <= step_.turn_due_at - house.now < timedelta(hours=5)


async def test_edge_07_an_overdue_reveal_waits_for_waking_hours(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    for name in ("Anna", "Bo", "Cas"):
        await circle.answer(circle.people[name], f"How {name} does it.")
    await house.passes(hours=24.5)
    assert "What comes in until" in circle.thread_says
    await down(house, hours=12)
    assert "How Anna does it." not in circle.thread_says, "it is half past nine in the evening"
    await house.passes(hours=11)
    assert "Anna\nHow Anna does it." in circle.thread_says, "Anna is at work again"


async def test_edge_07_the_same_moment_twice_changes_nothing(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await down(house, hours=30)
    said, before = len(circle.said), await circle.round()
    await down(house, minutes=1)
    assert (len(circle.said), await circle.round()) == (said, before)


async def test_edge_13_a_pause_over_the_weekend_keeps_the_time_that_was_left(house: House) -> None:
    circle = Circle(house)
    await house.passes(days=4, hours=3)
    await circle.begin("reveal_together", "doors")
    await house.passes(hours=1)
    before = (await circle.round()).steps[0].due_at
    assert before is not None
    left = before - house.now
    await circle.anna.calls("round pause 3")
    await house.passes(days=2)
    assert (await circle.round()).state == "paused"
    assert [letters(who, NUDGE) for who in circle.people.values()] == [0, 0, 0, 0]
    await house.passes(days=1)
    round_ = await circle.round()
    assert round_.step is not None
    assert round_.step.due_at is not None
    assert round_.state == "running"
    assert round_.step.due_at - house.now >= left > timedelta(hours=48)


async def test_edge_13_days_without_rounds_move_due_times(house: House) -> None:
    circle = Circle(house)
    hessel = house.person("Hessel", host=True)
    await hessel.calls("setup")
    await hessel.fills({})
    await hessel.presses("Days without rounds")
    await hessel.fills({"Days": "2026-11-24 to 2026-11-25"})
    await house.passes(hours=7)
    await circle.begin("reveal_together", "doors")
    assert "Open until 2026-11-26 16:00 UTC." in circle.thread_says, "Tuesday and Wednesday are no days of the round"
    await house.passes(days=2)
    assert [letters(who, NUDGE) for who in circle.people.values()] == [0, 0, 0, 0]
    await house.passes(hours=20)
    assert letters(circle.anna, NUDGE) == 1


async def test_edge_15_somebody_moves_to_another_zone(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    for name in ("Anna", "Bo", "Cas"):
        await circle.answer(circle.people[name], f"How {name} does it.")
    dia = circle.people["Dia"]
    await dia.calls("me quiet 12:00-9:00 mon-fri")
    await dia.calls("me timezone Auckland")
    await house.passes(hours=24)
    assert "This step takes longer: it is open until 2026-11-25" in circle.thread_says
    step_ = (await circle.round()).step
    assert step_ is not None
    assert step_.extended == ("hours",)


def test_edge_15_the_clock_is_set_while_a_step_is_open() -> None:
    """In the night to 25 October an hour comes twice; every moment is in UTC, so a day stays 24 hours."""
    play = Play(made_of(step("one", "collect")), hours=dict.fromkeys(("ana", "bo"), ALWAYS))
    play.at = datetime(2026, 10, 24, 20, tzinfo=UTC)
    play.begun("ana", "bo")
    assert play.step.due_at == datetime(2026, 10, 25, 20, tzinfo=UTC)
    assert only(play.wait(23), NudgeDue).due_at == play.step.due_at
    play.does(rules.pause, HOLDER, until=datetime(2027, 1, 1, tzinfo=UTC) - timedelta(days=60))
    assert only(play.facts, RoundPaused).until == datetime(2026, 11, 2, tzinfo=UTC)


async def test_edge_15_moments_are_shown_by_the_platform_in_the_readers_own_zone(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    kinds = {
        span.kind
        for shown in circle.said
        if shown.message
        for block in shown.message.blocks
        for span in getattr(block, "text", ())
        if not isinstance(span, str)
    }
    assert "moment" in kinds


async def test_edge_21_input_at_the_due_second_counts(house: House) -> None:
    circle = Circle(house)
    for who in circle.people.values():
        await who.calls("me quiet off")
    await circle.begin("reveal_together", "doors")
    for name in ("Anna", "Bo", "Cas"):
        await circle.answer(circle.people[name], f"How {name} does it.")
    dia = circle.people["Dia"]
    await dia.presses("Answer privately", "Step 1 of 4")
    due = (await circle.round()).due
    house.now = (await circle.round()).steps[0].due_at or house.now
    assert due is not None
    sent: Answer = await dia.fills({"words": "At the last moment."})
    assert dia.sees.startswith("Noted.") or "Here are all answers" in circle.thread_says
    assert sent.kind == "tell"
    await house.passes(hours=3)
    assert "Dia\nAt the last moment." in circle.thread_says


def test_edge_21_in_grace_it_still_counts_and_after_it_no_more() -> None:
    play = Play(made_of(step("one", "collect"), step("two", "open")), hours={HOLDER: OFFICE})
    play.begun("ana", "bo", "cas", "dee")
    for who in ("ana", "bo", "cas"):
        play.says(who)
    play.wait(24)
    assert play.step.state == "grace"
    play.wait(2.3)
    play.says("dee")
    assert play.step.script.key == "two", "everybody has answered: it was revealed at once"
    assert [one.author for one in play.seen("ana").steps[0].answers].count("dee") == 1

    play = Play(made_of(step("one", "collect"), step("two", "open")), hours={HOLDER: OFFICE})
    play.begun("ana", "bo", "cas", "dee")
    for who in ("ana", "bo", "cas"):
        play.says(who)
    play.wait(24 + 2.5)
    assert play.step.script.key == "two"
    with pytest.raises(UserMistake, match="This step is over"):
        play.does(rules.contribute, "dee", 0, "late", "too late")
