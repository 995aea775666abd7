from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.errors import UserMistake
from bot.rounds import rules
from bot.rounds.facts import (
    FacilitatorAsked,
    FacilitatorChanged,
    FacilitatorMissed,
    RoundLapsed,
)
from bot.rounds.step_facts import WentQuiet, Wished
from tests.bot.rounds.play import HOLDER, MONDAY, Play, kinds, made_of, only, step

FORMAT = made_of(step("one", "collect"), step("two", "open"), size=(2, 6))
FOUR = ("ana", "bo", "cas", "dee")
DAY = timedelta(hours=24)


def begun(*people: str) -> Play:
    return Play(FORMAT).begun(*(people or FOUR))


def gone_quiet() -> Play:
    """Nobody said anything, twice: it waits for the facilitator."""
    play = begun()
    play.until(FacilitatorAsked)
    return play


def test_silence_is_met_with_time_then_with_a_question_then_with_a_search() -> None:
    play = begun()

    quiet = play.until(WentQuiet)
    assert quiet.due_at == play.at + timedelta(hours=12)
    asked = play.until(FacilitatorAsked)
    assert (asked.about, asked.person, asked.until) == ("quiet", HOLDER, play.at + timedelta(hours=48))
    missed = play.until(FacilitatorMissed)
    assert (missed.person, missed.until) == (HOLDER, play.at + DAY)
    assert play.until(RoundLapsed).why == "quiet"
    assert play.round.state == "lapsed"


def test_with_something_said_before_nobody_answering_means_wrapping_up() -> None:
    play = begun()
    for who in FOUR:
        play.says(who)
    play.until(FacilitatorAsked)
    play.until(FacilitatorMissed)

    assert kinds(play.next()) == ["StepClosed", "WrappingBegan"]


def test_a_round_that_waits_for_a_decision_still_takes_answers() -> None:
    play = gone_quiet()
    play.says("ana")
    assert play.round.asked is not None

    facts = play.says("bo")

    assert kinds(facts) == ["Answered", "GraceBegan"]
    assert play.round.asked is None
    assert kinds(play.next()) == ["Revealed", "StepClosed", "StepOpened"]


@pytest.mark.parametrize(
    ("rule", "given", "happens"),
    [
        (rules.extend, (5,), "StepExtended"),
        (rules.skip, (), "StepSkipped"),
        (rules.close, (), "WrappingBegan"),
        (rules.reword, ("Easier?",), "PromptChanged"),
        (rules.wish, (0, "more_time"), "StepExtended"),
        (rules.wish, (0, "stop"), "WrappingBegan"),
        (rules.pause, (), "RoundPaused"),
    ],
)
def test_how_the_facilitator_decides(rule: Any, given: tuple[Any, ...], happens: str) -> None:
    play = gone_quiet()

    assert happens in kinds(play.does(rule, HOLDER, *given))

    if play.round.state == "running":
        assert play.round.asked is None
        assert play.step.due_at is not None


def test_others_wishes_go_to_the_facilitator_without_a_name() -> None:
    play = begun()
    play.until(WentQuiet)

    wished = only(play.does(rules.wish, "ana", 0, "another_question"), Wished)

    assert "ana" not in repr(wished)
    assert kinds(play.does(rules.wish, "bo", 0, "more_time")) == ["AskedForTime"]


def test_when_the_facilitator_is_away_the_first_to_accept_decides() -> None:
    play = gone_quiet()
    play.until(FacilitatorMissed)
    with pytest.raises(UserMistake, match="Join this round first"):
        play.does(rules.accept, "stranger")

    facts = play.does(rules.accept, "bo")

    assert only(facts, FacilitatorChanged).person == "bo"
    assert only(facts, FacilitatorAsked).until == play.at + timedelta(hours=48)
    with pytest.raises(UserMistake, match="Somebody holds"):
        play.does(rules.accept, "cas")


@pytest.mark.parametrize("rule", [rules.leave, rules.gone])
def test_a_facilitator_who_leaves_is_replaced_or_done_without(rule: Any) -> None:
    play = begun()

    assert only(play.does(rule, HOLDER), FacilitatorMissed).person == HOLDER
    assert play.round.facilitator is None
    assert play.step.due_at == MONDAY + DAY
    play.wait(24)
    assert play.round.asked is None
    missed = play.until(FacilitatorMissed)
    assert missed.person is None


def test_live_waits_minutes_not_days() -> None:
    play = Play(FORMAT, preset="live").begun(*FOUR)
    play.until(FacilitatorAsked)
    start = play.at
    play.until(FacilitatorMissed)
    assert play.at - start == timedelta(minutes=12)


def test_whoever_takes_over_from_one_who_left_has_nothing_to_decide() -> None:
    play = begun()
    play.does(rules.gone, HOLDER)

    assert kinds(play.does(rules.accept, "bo")) == ["FacilitatorChanged"]
    assert play.round.asked is None


def test_the_facilitator_s_second_press_gives_no_more_time_but_a_second_decision_does() -> None:
    play = begun()
    play.until(WentQuiet)
    assert kinds(play.does(rules.wish, HOLDER, 0, "more_time")) == ["StepExtended"]
    assert play.does(rules.wish, HOLDER, 0, "more_time") == ()
    play.until(FacilitatorAsked)
    assert kinds(play.does(rules.wish, HOLDER, 0, "more_time")) == ["StepExtended"]
