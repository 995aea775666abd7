from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import UserMistake
from bot.rounds import rules
from bot.rounds.script import Role
from bot.rounds.step_facts import (
    AskedForTime,
    NudgeDue,
    Passed,
    SpokeOutOfTurn,
    StepClosed,
    TurnGiven,
    TurnPassedOn,
    WordOffered,
)
from tests.bot.rounds.play import HOLDER, MONDAY, Play, kinds, made_of, message, only, step

CIRCLE = step("circle", "turns", order="fixed", async_h=72, turn_async_h=8)
FORMAT = made_of(CIRCLE, step("echo", "open"))
ALL = ("ana", "bo", "cas", "dee")


def begun(*people: str) -> Play:
    return Play(FORMAT).begun(*(people or ALL))


def test_the_word_goes_round_until_everybody_has_spoken() -> None:
    play = begun()
    given = only(play.facts, TurnGiven)
    assert (given.person, given.due_at) == ("ana", MONDAY + timedelta(hours=8))

    holders = [given.person, *(only(play.says(who), TurnGiven).person for who in ALL[:3])]
    facts = play.says("dee")

    assert holders == list(ALL)
    assert only(facts, StepClosed).voices == 4
    assert [one.author for one in play.seen("x").steps[0].answers] == list(ALL)


def test_the_order_is_chance_unless_the_format_fixes_it() -> None:
    orders = set()
    for seed in range(12):
        play = Play(made_of(step("circle", "turns")), seed=seed).begun(*ALL)
        orders.add((play.step.holder, *play.step.queue))

    assert len(orders) > 6


def test_passing_gives_the_word_on_at_once() -> None:
    play = begun()

    facts = play.passes("ana")

    assert kinds(facts) == ["Passed", "TurnPassedOn", "TurnGiven"]
    assert play.step.holder == "bo"


def test_nobody_sees_who_has_passed_in_advance() -> None:
    silent, passing = begun(), begun()

    facts = passing.passes("cas")

    assert kinds(facts) == [Passed.__name__]
    for other in ("ana", "bo", "dee", "stranger"):
        assert silent.seen(other) == passing.seen(other)
    passing.says("ana")
    assert only(passing.says("bo"), TurnGiven).person == "dee"


def test_who_is_silent_gets_the_word_once_more_at_the_end() -> None:
    play = begun("ana", "bo", "cas")

    facts = play.wait(8)
    assert kinds(facts) == ["NudgeDue", "TurnPassedOn", "TurnGiven"]
    assert only(facts, NudgeDue).people == ("ana",)
    play.says("bo")
    assert only(play.says("cas"), TurnGiven).person == "ana"

    facts = play.wait(8)
    assert only(facts, TurnPassedOn).person == "ana"
    assert play.step.holder is None
    assert play.step.state == "open"  # the seat stays open until the step's time is over

    assert kinds(play.says("ana")) == ["Answered", "StepClosed", "StepOpened"]


def test_who_was_silent_may_speak_while_another_has_the_word() -> None:
    play = begun()
    play.wait(8)
    assert play.step.holder == "bo"

    play.says("ana")

    assert play.step.holder == "bo"
    assert "ana" not in play.step.queue


def test_a_pass_and_a_silent_turn_are_told_in_the_same_words() -> None:
    passing, silent = begun(), begun()

    assert only(passing.passes("ana"), TurnPassedOn) == only(silent.wait(8), TurnPassedOn)


def test_two_silent_turns_in_a_row_offer_the_word_to_whoever_is_ready() -> None:
    play = begun()
    facts = play.wait(16)
    assert only(facts, WordOffered).due_at == MONDAY + timedelta(hours=24)
    assert play.step.holder is None

    facts = play.says("dee")

    assert kinds(facts) == ["Answered", "TurnGiven"]
    assert only(facts, TurnGiven).person == "cas"


def test_an_offered_word_that_nobody_takes_goes_to_the_next() -> None:
    play = begun()
    play.wait(16)

    assert only(play.wait(8), TurnGiven).person == "cas"


def test_passing_while_the_word_is_offered_changes_nothing_for_others() -> None:
    silent, passing = begun(), begun()
    silent.wait(16)
    passing.wait(16)

    assert kinds(passing.passes("dee")) == ["Passed"]
    assert silent.seen("cas") == passing.seen("cas")


def test_later_is_possible_once() -> None:
    play = begun()

    assert kinds(play.does(rules.later, "ana", 0)) == ["TurnPassedOn", "TurnGiven"]
    assert play.step.queue == ("cas", "dee", "ana")
    with pytest.raises(UserMistake, match="not your turn"):
        play.does(rules.later, "ana", 0)
    for who in ("bo", "cas", "dee"):
        play.says(who)
    with pytest.raises(UserMistake, match="come back to you already"):
        play.does(rules.later, "ana", 0)


def test_later_needs_somebody_behind() -> None:
    play = begun("ana", "bo")
    play.says("ana")

    with pytest.raises(UserMistake, match="Nobody waits behind you"):
        play.does(rules.later, "bo", 0)


def test_the_holder_may_have_half_a_turn_more_once() -> None:
    play = begun()

    assert only(play.does(rules.need_time, "ana", 0), AskedForTime).turn_due_at == MONDAY + timedelta(hours=12)
    assert play.does(rules.need_time, "ana", 0) == ()
    assert play.step.turn_due_at == MONDAY + timedelta(hours=12)


def test_out_of_turn_one_hears_so_once() -> None:
    play = begun()

    assert only(play.does(rules.hear, "bo", "m1", "but", message("1")), SpokeOutOfTurn).holder == "ana"
    assert play.does(rules.hear, "bo", "m2", "but", message("2")) == ()
    with pytest.raises(UserMistake, match="Somebody else has the word"):
        play.says("bo")
    play.says("ana")
    with pytest.raises(UserMistake, match="You have had the word"):
        play.says("ana")
    assert play.does(rules.hear, "ana", "m3", "and", message("3")) == ()


def test_the_holders_message_in_the_thread_is_their_turn() -> None:
    play = begun()

    facts = play.does(rules.hear, "ana", "m1", "my story", message("1"))

    assert kinds(facts) == ["Answered", "TurnGiven"]
    assert play.does(rules.hear, "ana", "m1", "my story", message("1")) == ()
    assert play.seen("bo").steps[0].answers[0].body == "my story"


def test_a_deleted_story_is_not_asked_for_again() -> None:
    play = begun("ana", "bo")
    play.does(rules.hear, "ana", "m1", "my story", message("1"))
    play.does(rules.message_deleted, message("1"))

    assert only(play.says("bo"), StepClosed).voices == 1


def test_who_comes_late_speaks_last() -> None:
    play = begun("ana", "bo")
    play.does(rules.join, "late", "speak")

    assert play.step.queue == ("bo", "late")


def test_who_comes_when_the_queue_is_empty_gets_the_word() -> None:
    play = begun("ana", "bo")
    play.wait(8)
    play.says("bo")
    play.wait(8)
    assert play.step.holder is None

    assert only(play.does(rules.join, "late", "speak"), TurnGiven).person == "late"


def test_when_the_holder_leaves_the_next_has_the_word() -> None:
    play = begun()

    facts = play.does(rules.leave, "ana")

    assert only(facts, TurnGiven).person == "bo"
    play.does(rules.leave, "cas")
    assert play.step.queue == ("dee",)


def test_at_the_cap_with_three_voices_it_closes_and_in_grace_anybody_may_speak() -> None:
    play = Play(made_of(step("circle", "turns", order="fixed", async_h=24, turn_async_h=20))).begun(*ALL)
    play.says("ana")
    play.says("bo")
    play.passes("cas")
    play.wait(24)
    assert play.step.state == "grace"
    assert play.step.holder is None

    assert only(play.says("dee"), StepClosed).voices == 3


def test_a_circle_that_went_quiet_waits_for_the_facilitator_and_goes_on() -> None:
    play = begun("ana", "bo", "cas")
    facts = play.wait(72 + 36)
    assert "FacilitatorAsked" in kinds(facts)
    assert play.step.due_at is None

    assert "StepExtended" in kinds(play.does(rules.extend, HOLDER, 24))
    assert play.step.due_at == play.at + timedelta(hours=24)
    assert max(play.step.held.count(who) for who in play.step.held) <= 2


def test_whose_role_became_another_s_has_the_word_no_more() -> None:
    format_ = made_of(
        step("tell", "turns", floor="role:teller"), step("end", "open"), roles=(Role("teller", {"en": "x", "nl": "x"}),)
    )
    play = Play(format_).begun(*ALL)
    had = play.step.holder
    other = next(person for person in ALL if person != had)
    facts = play.does(rules.give_role, HOLDER, "teller", other)
    assert (play.step.holder, play.step.queue) == (other, ())
    assert only(facts, TurnGiven).person == other


def test_only_the_word_of_a_role_itself_is_offered_to_others() -> None:
    mirror = Role("mirror", {"en": "mirror", "nl": "spiegel"}, if_silent="volunteer")
    others = step("others", "turns", floor="not:role:mirror", order="fixed", async_h=72, turn_async_h=8)
    play = Play(made_of(others, step("end", "open"), roles=(mirror,))).begun(*ALL)
    first = play.step.holder
    facts = play.wait(9)
    assert only(facts, TurnPassedOn).person == first
    assert play.step.holder not in (None, first), "the next of them has the word"
    assert "WordOffered" not in kinds(facts)
