"""A letter that waits for the morning says what is so then: of a turn or a step that is over it does not come."""

from __future__ import annotations

from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House, Player

YOURS = "The word is yours"
NUDGE = "There is still room for your voice"
KEEP = "I would like to keep this as practice knowledge"


async def night(house: House, hours: int = 12, more: str = "") -> Circle:
    """So many hours after nine the word goes round; whoever has it hears of that in the morning."""
    circle = Circle(house, names=("Anna", "Bo", "Cas"))
    await house.passes(hours=hours)
    await circle.begin("talking_circle", "doors", more)
    await circle.anna.calls("round skip")
    return circle


def letters(player: Player, words: str) -> list[str]:
    return [shown.says for shown in player.direct if words in shown.says]


async def holder(circle: Circle) -> Player:
    return circle.people[await circle.holder()]


async def ways(circle: Circle, *labels: str) -> list[Player]:
    """Those who had the word one after the other, each of whom pressed one of these."""
    had = []
    for label in labels:
        had.append(await holder(circle))
        await had[-1].presses(label, YOURS)
    return had


async def test_who_has_the_word_again_in_one_night_reads_of_it_once(house: House) -> None:
    circle = await night(house)
    first, *others = await ways(circle, "Later, please", "Pass", "Pass")
    assert await holder(circle) is first
    await house.passes(hours=12)
    assert len(letters(first, YOURS)) == 1
    assert [letters(each, YOURS) for each in others] == [[], []], "they have passed"


async def test_who_has_spoken_in_the_night_reads_nothing_of_it_in_the_morning(house: House) -> None:
    circle = await night(house)
    first = await holder(circle)
    await circle.write(first, "I knock.")
    second = await holder(circle)
    await house.passes(hours=12)
    assert letters(first, YOURS) == []
    assert len(letters(second, YOURS)) == 1


async def test_a_letter_that_waits_says_how_long_the_turn_lasts_by_then(house: House) -> None:
    circle = await night(house)
    first = await holder(circle)
    await first.presses("I need more time", YOURS)
    await house.passes(hours=12)
    run = (await circle.round()).step
    assert run is not None
    assert run.turn_due_at is not None
    [letter] = letters(first, YOURS)
    assert f"until {run.turn_due_at:%Y-%m-%d %H:%M} UTC" in letter


async def test_who_has_read_of_it_and_asks_for_more_time_gets_no_letter_about_that(house: House) -> None:
    circle = await night(house, hours=0, more="preset=live")
    first = await holder(circle)
    assert len(letters(first, YOURS)) == 1
    await first.presses("I need more time", YOURS)
    run = (await circle.round()).step
    assert run is not None
    assert run.more_time, "they have it"
    assert len(letters(first, YOURS)) == 1


async def test_on_hold_nobody_reads_that_the_word_is_theirs(house: House) -> None:
    circle = await night(house)
    first = await holder(circle)
    await circle.anna.calls("round pause")
    await house.passes(hours=15)
    assert letters(first, YOURS) == []
    await circle.anna.calls("round resume")
    run = (await circle.round()).step
    assert run is not None
    assert run.turn_due_at is not None
    until = f"until {run.turn_due_at:%Y-%m-%d %H:%M} UTC"
    assert [until in letter for letter in letters(first, YOURS)] == [True]
    turn = next(shown.says for shown in reversed(circle.said) if shown.says.startswith(YOURS))
    assert until in turn, "and everybody sees it"


async def test_a_nudge_that_waits_does_not_come_to_whoever_has_answered(house: House) -> None:
    circle = Circle(house, names=("Anna", "Bo", "Cas"))
    await circle.begin("reveal_together", "doors")
    await house.passes(hours=20)
    await circle.answer(circle.anna, "I knock.")
    await circle.people["Bo"].presses("Pass", "Step 1 of 4")
    await house.passes(hours=3)
    assert [len(letters(who, NUDGE)) for who in circle.people.values()] == [0, 0, 1]


async def test_a_nudge_that_waits_does_not_come_when_the_step_is_over(house: House) -> None:
    circle = Circle(house, names=("Anna", "Bo", "Cas"))
    await circle.begin("reveal_together", "doors")
    await house.passes(hours=20)
    await circle.anna.calls("round skip")
    await house.passes(hours=3)
    assert [len(letters(who, NUDGE)) for who in circle.people.values()] == [0, 0, 0]


async def test_a_nudge_that_waits_does_not_come_when_the_word_has_gone_on(house: House) -> None:
    circle = await night(house, hours=5)
    nudged = await holder(circle)
    while (run := (await circle.round()).step) is not None and run.turn_nudge_at is not None:
        await house.passes(minutes=30)
    assert await holder(circle) is nudged
    assert letters(nudged, NUDGE) == []
    await circle.write(nudged, "I knock.")
    await house.passes(hours=16)
    assert letters(nudged, NUDGE) == []


async def asked_at_night(house: House) -> Circle:
    """Anna will be asked in the morning whether her answer may be kept."""
    circle = Circle(house, names=("Anna", "Bo", "Cas"))
    await circle.begin("reveal_together", "doors")
    await circle.all_answer()
    await circle.anna.calls("round status", circle.thread)
    await circle.anna.presses("Keep this")
    await house.passes(hours=12)
    await circle.anna.calls("round close")
    await circle.anna.calls("round status", circle.thread)
    return circle


async def test_a_question_that_waits_is_about_the_words_as_they_are_by_then(house: House) -> None:
    circle = await asked_at_night(house)
    await circle.anna.presses("Change it")
    await circle.anna.fills({"words": "I ring."})
    await house.passes(hours=12)
    [letter] = letters(circle.anna, KEEP)
    assert "I ring." in letter


async def test_a_question_that_waits_does_not_come_when_it_has_been_answered(house: House) -> None:
    circle = await asked_at_night(house)
    await circle.anna.presses("Yes, with my name")
    await house.passes(hours=12)
    assert letters(circle.anna, KEEP) == []
