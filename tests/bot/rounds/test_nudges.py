"""Nobody is nudged twice for one turn, whatever becomes of it; who has the word a second time may be once more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rounds import rules
from bot.rounds.step_facts import NudgeDue
from tests.bot.rounds.play import ALWAYS, HOLDER, OFFICE, PLACE, Play, made_of, step

FORMAT = made_of(step("circle", "turns", order="fixed", async_h=72, turn_async_h=8), step("echo", "open"))
ALL = ("ana", "bo", "cas", "dee")
NUDGE = 5
"""Hours after which whoever has the word for eight of them has been nudged."""


def nudged() -> Play:
    """Ana has the word, and has just been nudged."""
    play = Play(FORMAT, hours=dict.fromkeys(ALL, ALWAYS)).begun(*ALL)
    play.wait(NUDGE)
    assert nudges(play, "ana") == 1
    return play


def nudges(play: Play, person: str) -> int:
    return sum(person in fact.people for fact in play.facts if isinstance(fact, NudgeDue))


def is_extended(play: Play) -> None:
    play.does(rules.extend, HOLDER, 24)


def is_extended_by_others(play: Play) -> None:
    for person in ("bo", "cas"):
        play.does(rules.need_time, person, 0)


def lasts_longer(play: Play) -> None:
    play.does(rules.need_time, "ana", 0)


def is_paused(play: Play) -> None:
    play.does(rules.pause, HOLDER)
    play.wait(24)
    play.does(rules.resume, HOLDER)


def outlives_downtime(play: Play) -> None:
    play.sleep(5)


def is_nobodys_day(play: Play) -> None:
    play.hours = {person: replace(OFFICE, off=frozenset({play.at.date()})) for person in ALL}


def moves(play: Play) -> None:
    play.does(rules.lose_place, "gone")
    play.wait(2)
    play.does(rules.resettle, HOLDER, replace(PLACE, id="attic"), space_name="school", lost=True)


@pytest.mark.parametrize(
    "happens",
    [
        is_extended,
        is_extended_by_others,
        lasts_longer,
        is_paused,
        outlives_downtime,
        is_nobodys_day,
        moves,
    ],
)
def test_nobody_is_nudged_twice_for_one_turn(happens: Callable[[Play], None]) -> None:
    play = nudged()
    happens(play)
    assert play.step.holder == "ana", "it is still the same turn"
    assert play.step.held == ("ana",)
    while play.step.holder == "ana":
        play.next()
    assert nudges(play, "ana") == 1


@pytest.mark.parametrize("asks", [True, False], ids=["later", "silent"])
def test_who_has_the_word_again_may_be_nudged_once_more(asks: bool) -> None:
    """The second turn is another one: a letter says that the word is theirs, and it is nobody's fault that both came
    in one night. More than one nudge a day the gate lets through to nobody."""
    play = nudged()
    if asks:
        play.does(rules.later, "ana", 0)
    else:
        play.wait(8 - NUDGE)
    for person in ("bo", "cas", "dee"):
        play.says(person)
    assert play.step.held == ("ana", "bo", "cas", "dee", "ana")
    play.wait(NUDGE)
    assert nudges(play, "ana") == 2
    play.wait(80)
    assert nudges(play, "ana") == 2


def test_a_nudge_that_is_not_due_yet_comes_once_when_the_turn_lasts_longer() -> None:
    play = Play(FORMAT, hours=dict.fromkeys(ALL, ALWAYS)).begun(*ALL)
    play.does(rules.need_time, "ana", 0)
    assert play.step.turn_nudge_at == play.at + timedelta(hours=12 * 0.6)
    play.wait(12)
    assert nudges(play, "ana") == 1
