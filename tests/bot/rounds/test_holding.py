from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.errors import UserMistake
from bot.rounds import rules
from bot.rounds.facts import (
    FacilitatorChanged,
    FacilitatorMissed,
    FacilitatorOffered,
    RoundLapsed,
    RoundPaused,
    RoundResumed,
)
from bot.rounds.step_facts import PromptChanged, StepExtended
from tests.bot.rounds.play import HOLDER, MONDAY, Play, kinds, made_of, only, step

FORMAT = made_of(step("one", "collect"), step("two", "open"), size=(2, 6))
FOUR = ("ana", "bo", "cas", "dee")
DAY = timedelta(hours=24)


def begun(*people: str) -> Play:
    return Play(FORMAT).begun(*(people or FOUR))


def test_the_facilitator_extends_three_times() -> None:
    play = begun()
    for times in (1, 2, 3):
        extended = only(play.does(rules.extend, HOLDER, 2), StepExtended)
        assert extended.due_at == MONDAY + DAY + times * timedelta(hours=2)

    with pytest.raises(UserMistake, match="three times already"):
        play.does(rules.extend, HOLDER, 2)


@pytest.mark.parametrize("hours", [0, -1, 169])
def test_an_extension_is_some_hours(hours: int) -> None:
    with pytest.raises(UserMistake, match=r"at most \{most\} hours"):
        begun().does(rules.extend, HOLDER, hours)


def test_skipping_leaves_private_answers_private() -> None:
    play = begun()
    play.says("ana")

    assert kinds(play.does(rules.skip, HOLDER)) == ["StepSkipped", "StepOpened"]
    assert play.seen("bo").steps[0].answers == ()


def test_two_people_who_need_time_extend_a_step_once() -> None:
    play = begun()
    assert "StepExtended" not in kinds(play.does(rules.need_time, "ana", 0))

    extended = only(play.does(rules.need_time, "bo", 0), StepExtended)

    assert (extended.why, extended.due_at) == ("people", MONDAY + timedelta(hours=36))
    assert "StepExtended" not in kinds(play.does(rules.need_time, "cas", 0))


def test_a_third_of_three_is_one() -> None:
    assert "StepExtended" in kinds(begun("ana", "bo", "cas").does(rules.need_time, "ana", 0))


def test_another_question_stands_in_the_step() -> None:
    play = begun()

    assert only(play.does(rules.reword, HOLDER, "Easier?"), PromptChanged).step == 0
    assert play.step.prompt == "Easier?"
    assert play.step.due_at == MONDAY + DAY


def test_a_pause_keeps_the_time_that_was_left() -> None:
    play = begun()
    play.wait(20)

    assert only(play.does(rules.pause, HOLDER), RoundPaused).why == "asked"
    play.wait(100)
    assert play.round.state == "paused"
    resumed = only(play.does(rules.resume, HOLDER), RoundResumed)

    assert resumed.due_at == play.at + timedelta(hours=4)


def test_a_pause_may_end_by_itself() -> None:
    play = begun()
    play.does(rules.pause, HOLDER, until=MONDAY + 2 * DAY)

    assert only(play.next(), RoundResumed).due_at == MONDAY + 3 * DAY


def test_after_thirty_days_a_pause_becomes_a_lapse() -> None:
    play = begun()
    play.does(rules.pause, HOLDER)

    assert only(play.next(), RoundLapsed).why == "paused"
    assert play.at == MONDAY + timedelta(days=30)


@pytest.mark.parametrize("days", [-1, 0, 31])
def test_a_pause_ends_within_thirty_days(days: int) -> None:
    with pytest.raises(UserMistake, match="within the next 30 days"):
        begun().does(rules.pause, HOLDER, until=MONDAY + timedelta(days=days))


def test_the_invitation_and_the_wrapping_may_rest_too() -> None:
    play = Play(FORMAT)
    play.does(rules.invite)
    play.does(rules.pause, HOLDER)
    play.wait(10)
    play.does(rules.resume, HOLDER)
    assert play.round.begins_at == MONDAY + timedelta(hours=34)

    play = begun()
    play.does(rules.close, HOLDER)
    play.does(rules.pause, HOLDER)
    play.wait(10)
    play.does(rules.resume, HOLDER)
    assert play.round.keep_until == MONDAY + timedelta(hours=82)


def test_a_lost_channel_pauses_the_round() -> None:
    play = begun()

    paused = only(play.does(rules.lose_place, "gone"), RoundPaused)
    assert (paused.why, paused.refused) == ("place", "gone")
    assert play.does(rules.lose_place, "forbidden") == ()
    assert "RoundResumed" in kinds(play.does(rules.resume, HOLDER))


def test_the_round_is_given_and_accepted() -> None:
    play = begun()
    offered = only(play.take(rules.give(play.round, HOLDER, "ana")), FacilitatorOffered)
    assert offered.person == "ana"
    assert play.round.facilitator == HOLDER
    with pytest.raises(UserMistake, match="Somebody holds this round"):
        play.does(rules.accept, "bo")

    assert only(play.does(rules.accept, "ana"), FacilitatorChanged).person == "ana"
    assert play.does(rules.accept, "ana") == ()
    with pytest.raises(UserMistake, match="Only the facilitator"):
        play.does(rules.extend, HOLDER, 1)


@pytest.mark.parametrize(
    ("rule", "given", "words"),
    [
        (rules.resume, (), "not on hold"),
        (rules.begin, (), "does not wait to begin"),
        (rules.wait_a_day, (), "enough of you"),
        (rules.rest, (), "enough of you"),
        (rules.reword, (" ",), "Write something first"),
    ],
)
def test_what_makes_no_sense_now(rule: Any, given: tuple[Any, ...], words: str) -> None:
    with pytest.raises(UserMistake, match=words):
        begun().does(rule, HOLDER, *given)


def test_closing_reveals_and_wraps_up_and_then_nothing_is_cancelled() -> None:
    play = begun()
    play.says("ana")
    play.says("bo")

    assert kinds(play.does(rules.close, HOLDER)) == ["Revealed", "StepClosed", "WrappingBegan"]
    with pytest.raises(UserMistake, match="nothing to cancel"):
        play.does(rules.cancel, HOLDER)
    with pytest.raises(UserMistake, match="No step of this round"):
        play.does(rules.skip, HOLDER)
    with pytest.raises(UserMistake, match="is over"):
        play.does(rules.close, HOLDER)


def test_cancelling_stops_everything() -> None:
    play = begun()

    assert kinds(play.does(rules.cancel, HOLDER)) == ["RoundCancelled"]
    assert play.round.due == MONDAY + timedelta(days=30)
    with pytest.raises(UserMistake, match="not going on now"):
        play.does(rules.pause, HOLDER)
    for rule in (rules.cancel, rules.close):  # a second press hears no advice that cannot be followed
        with pytest.raises(UserMistake, match=r"^This round is over\.$"):
            play.does(rule, HOLDER)


def test_giving_has_its_limits() -> None:
    play = begun()
    with pytest.raises(UserMistake, match="You hold this round already"):
        play.take(rules.give(play.round, HOLDER, HOLDER))
    play.take(rules.give(play.round, HOLDER, "ana"))
    assert play.take(rules.give(play.round, HOLDER, "ana")) == ()
    play.does(rules.leave, "ana")
    assert play.round.offered_to is None
    play.does(rules.cancel, HOLDER)
    with pytest.raises(UserMistake, match="This round is over"):
        play.take(rules.give(play.round, HOLDER, "bo"))
    with pytest.raises(UserMistake, match="This round is over"):
        play.does(rules.accept, "bo")


def test_old_buttons_hear_that_the_step_is_over() -> None:
    play = begun()
    for who in FOUR:
        play.says(who)

    for rule, given in ((rules.wish, ("stop",)), (rules.pass_by, ()), (rules.need_time, ()), (rules.later, ())):
        with pytest.raises(UserMistake, match="This step is over"):
            play.does(rule, HOLDER if rule is rules.wish else "ana", 0, *given)


def test_the_facilitator_who_was_away_holds_the_round_again() -> None:
    play = begun()
    play.until(FacilitatorMissed)

    assert kinds(play.does(rules.accept, HOLDER)) == ["FacilitatorChanged", "FacilitatorAsked"]
    assert play.round.asked is not None
    assert not play.round.asked.missed
    assert play.does(rules.accept, HOLDER) == (), "a second press changes nothing"
    with pytest.raises(UserMistake, match="Somebody holds this round"):
        play.does(rules.accept, "ana")
