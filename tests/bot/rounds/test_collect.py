from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import UserMistake
from bot.rounds import rules
from bot.rounds.step_facts import (
    Answered,
    Edited,
    NudgeDue,
    Passed,
    Removed,
    Revealed,
    SaidInPublic,
    StepClosed,
)
from tests.bot.rounds.play import HOLDER, MONDAY, Play, kinds, made_of, message, only, step

FORMAT = made_of(step("write", "collect", anonymous="optional", harvest="mark"), step("talk", "open"))
FOUR = ("ana", "bo", "cas", "dee")


def begun(*people: str, **given: object) -> Play:
    return Play(FORMAT, **given).begun(*(people or ("ana", "bo", "cas")))  # type: ignore[arg-type]


def test_answers_are_private_until_all_are_shown_at_once() -> None:
    play = begun()

    assert only(play.says("ana"), Answered) == Answered("r1", 0, "ana", "ana0", visible=False)
    play.says("bo")
    assert play.seen("bo").steps[0].answers == ()
    assert [one.body for one in play.seen("ana").own.answers] == ["words of ana"]
    facts = play.says("cas")

    assert kinds(facts) == ["Answered", "Revealed", "StepClosed", "StepOpened"]
    shown = play.seen("stranger").steps[0].answers
    assert {one.author: one.body for one in shown} == {who: f"words of {who}" for who in ("ana", "bo", "cas")}
    assert tuple(one.id for one in shown) == only(facts, Revealed).contributions


def test_a_second_answer_takes_the_place_of_the_first() -> None:
    play = begun()
    play.says("ana", "first")

    assert only(play.says("ana", "second", id_="other"), Edited) == Edited("r1", 0, "ana0", visible=False)
    assert [one.body for one in play.round.answers(0)] == ["second"]
    assert play.round.contributions[0].edited_at is None


def test_an_answer_can_be_taken_back_and_given_again() -> None:
    play = begun()
    play.says("ana")

    assert only(play.does(rules.retract, "ana", "ana0"), Removed).visible is False
    assert play.round.answers(0) == ()
    play.says("ana", id_="again")
    assert play.seen("ana").own.answers[0].id == "again"


def test_passing_is_a_full_answer() -> None:
    play = begun()
    play.says("ana")
    play.says("bo")

    facts = play.passes("cas")

    assert kinds(facts) == ["Passed", "Revealed", "StepClosed", "StepOpened"]
    assert len(play.seen("ana").steps[0].answers) == 2


def test_a_pass_takes_the_place_of_an_answer_and_the_other_way_round() -> None:
    play = begun()
    play.says("ana")
    assert only(play.passes("ana"), Passed).person == "ana"
    assert play.round.answers(0) == ()
    assert play.passes("ana") == ()

    play.says("ana", id_="after all")

    assert play.step.passed == ()
    assert len(play.round.answers(0)) == 1


def test_a_pass_and_silence_look_the_same() -> None:
    silent, passing = begun(), begun()
    passing.passes("ana")

    assert silent.seen("bo") == passing.seen("bo")
    assert silent.seen("stranger") == passing.seen("stranger")
    assert passing.seen("ana").own.passed


def test_who_is_silent_is_reminded_once_and_never_named() -> None:
    play = begun(*FOUR)
    for who in ("ana", "bo", "cas"):
        play.says(who)

    facts = play.wait(30)

    nudge = only(facts, NudgeDue)
    assert (nudge.people, nudge.due_at) == (("dee",), MONDAY + timedelta(hours=24))
    assert kinds(facts) == ["NudgeDue", "GraceBegan", "Revealed", "StepClosed", "StepOpened"]


def test_nobody_is_reminded_when_all_have_answered_but_the_step_waits() -> None:
    play = begun(*FOUR)
    for who in ("ana", "bo"):
        play.says(who)
    play.passes("cas")

    assert only(play.wait(15), NudgeDue).people == ("dee",)


def test_in_grace_answers_still_count() -> None:
    play = begun(*FOUR)
    for who in ("ana", "bo", "cas"):
        play.says(who)
    play.wait(25)
    assert play.step.state == "grace"

    facts = play.says("dee")

    assert len(only(facts, Revealed).contributions) == 4


@pytest.mark.parametrize(("preset", "grace"), [("async", timedelta(hours=2.4)), ("live", timedelta(minutes=1))])
def test_grace_is_a_tenth_of_the_time(preset: str, grace: timedelta) -> None:
    play = begun(*FOUR, preset=preset)
    for who in ("ana", "bo", "cas"):
        play.says(who)
    play.next()
    due = play.round.due

    play.next()

    assert due is not None
    assert play.step.due_at == due + grace


def test_two_answers_are_enough_after_one_extension() -> None:
    play = begun(*FOUR)
    play.says("ana")
    play.says("bo")

    facts = play.wait(48)

    assert kinds(facts) == [
        "NudgeDue",
        "WentQuiet",
        "StepExtended",
        "GraceBegan",
        "Revealed",
        "StepClosed",
        "StepOpened",
    ]


def test_when_everybody_passes_nothing_is_revealed_and_nothing_is_wrong() -> None:
    play = begun()

    facts = [fact for who in ("ana", "bo", "cas") for fact in play.passes(who)]

    assert only(facts, StepClosed).voices == 0
    assert play.round.current == 1


def test_what_is_said_in_the_thread_is_no_answer() -> None:
    play = begun()

    facts = play.does(rules.hear, "ana", "m", "in public", message("m1"))
    assert only(facts, SaidInPublic).person == "ana"
    assert play.does(rules.hear, "ana", "m", "again", message("m2")) == ()
    assert play.does(rules.hear, "stranger", "m", "hello", message("m3")) == ()
    assert play.round.contributions == ()


@pytest.mark.parametrize(
    ("person", "step_", "body", "words"),
    [
        ("stranger", 0, "hello", "not in this round yet"),
        ("lis", 0, "hello", "You are listening"),
        ("ana", 1, "hello", "This step is over"),
        ("ana", 99, "hello", "This step is over"),
        ("ana", -1, "hello", "This step is over"),
        ("ana", 0, " \n ", "Write something first"),
        ("ana", 0, "x" * 3001, "{length} characters"),
    ],
)
def test_what_cannot_be_said(person: str, step_: int, body: str, words: str) -> None:
    play = begun()
    play.does(rules.join, "lis", "listen")
    before = play.round

    with pytest.raises(UserMistake, match=words):
        play.does(rules.contribute, person, step_, "c", body)
    assert play.round == before


def test_nothing_is_said_before_it_begins_or_while_it_rests() -> None:
    play = Play(FORMAT)
    play.does(rules.invite)
    play.does(rules.join, "ana", "speak")
    with pytest.raises(UserMistake, match="has not begun"):
        play.says("ana")
    play.does(rules.join, "bo", "speak")
    play.does(rules.begin, HOLDER)
    play.does(rules.pause, HOLDER)
    with pytest.raises(UserMistake, match="on hold"):
        play.says("ana")
