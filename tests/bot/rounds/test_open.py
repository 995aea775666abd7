from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import UserMistake
from bot.rounds import rules
from bot.rounds.floor import unanswered
from bot.rounds.step_facts import Answered, GraceBegan, StepClosed, StepExtended, Unanswered
from tests.bot.rounds.play import HOLDER, MONDAY, Play, kinds, made_of, message, only, step

REVEALED = made_of(step("write", "collect"), step("notice", "open"), step("ask", "open"), step("end", "open"))
TALK = made_of(step("talk", "open"), step("end", "open"))
THREE = ("ana", "bo", "cas")


def after_the_reveal(*people: str) -> Play:
    """In the last open step behind a reveal."""
    play = Play(REVEALED).begun(*(people or THREE))
    for who in people or THREE:
        play.says(who)
    play.done(*(people or THREE))
    play.done(*(people or THREE))
    return play


def test_what_is_said_in_the_thread_counts_and_is_seen_at_once() -> None:
    play = Play(TALK).begun(*THREE)

    facts = play.does(rules.hear, "ana", "m1", "hello", message("1"))

    assert only(facts, Answered).visible
    assert [one.body for one in play.seen("stranger").steps[0].answers] == ["hello"]
    play.does(rules.hear, "ana", "m2", "more", message("2"))
    assert play.seen("bo").steps[0].answers_in == 1


def test_listeners_may_speak_up_where_the_floor_is_open() -> None:
    play = Play(TALK).begun(*THREE)
    play.does(rules.join, "lis", "listen")

    assert kinds(play.does(rules.hear, "lis", "m1", "I wonder", message("1"))) == ["Answered"]
    assert kinds(play.done("lis")) == ["SaidDone"]
    assert play.step.state == "open"


def test_it_closes_when_everybody_is_done() -> None:
    play = Play(TALK).begun(*THREE)

    facts = play.done(*THREE)

    assert kinds(facts) == [*["SaidDone"] * 3, "StepClosed", "StepOpened"]


def test_done_twice_is_done_once_and_a_pass_is_done_too() -> None:
    play = Play(TALK).begun(*THREE)
    assert kinds(play.done("ana", "ana")) == ["SaidDone"]
    play.passes("bo")

    assert "StepClosed" in kinds(play.done("cas"))


def test_done_belongs_to_open_steps() -> None:
    play = Play(REVEALED).begun(*THREE)

    with pytest.raises(UserMistake, match="closes by itself"):
        play.done("ana")


def test_one_voice_is_enough_for_an_open_step() -> None:
    play = Play(TALK).begun(*THREE)
    play.does(rules.hear, "ana", "m1", "hello", message("1"))

    assert kinds(play.wait(24)) == ["GraceBegan"]


def test_the_thread_may_be_edited_and_deleted() -> None:
    play = Play(TALK).begun(*THREE)
    play.does(rules.hear, "ana", "m1", "hello", message("1"))

    assert kinds(play.does(rules.message_edited, message("1"), "hallo")) == ["Edited"]
    seen = play.seen("bo").steps[0].answers[0]
    assert (seen.body, seen.edited) == ("hallo", True)
    assert kinds(play.does(rules.message_deleted, message("1"))) == ["Removed"]
    assert play.seen("bo").steps[0].answers == ()
    assert play.does(rules.message_deleted, message("1")) == ()
    assert play.does(rules.message_edited, message("9"), "x") == ()


def test_the_answer_with_the_fewest_responses_is_offered_first_and_never_ones_own() -> None:
    play = after_the_reveal()
    first = rules.to_respond_to(play.round, "ana", 1)[0]

    play.says("ana", to=first.id, id_="r1")

    assert {one.person for one in rules.to_respond_to(play.round, "ana", 1)} == {"bo", "cas"}
    assert rules.to_respond_to(play.round, "ana", 1)[0].id != first.id
    for who in ("bo", "cas"):
        assert all(one.person != who for one in rules.to_respond_to(play.round, who, 1))
    assert only(play.facts[-1:], Answered).to == first.id
    with pytest.raises(UserMistake, match="cannot respond to this"):
        play.says("ana", to="ana0", id_="r2")
    with pytest.raises(UserMistake, match="cannot respond to this"):
        play.says("ana", to="nothing", id_="r2")


def test_nothing_is_offered_before_the_reveal_or_to_strangers() -> None:
    play = Play(REVEALED).begun(*THREE)
    play.says("ana")

    assert rules.to_respond_to(play.round, "bo", 1) == ()
    assert rules.to_respond_to(after_the_reveal().round, "stranger", 1) == ()


def test_all_done_does_not_close_it_while_an_answer_is_without_response() -> None:
    play = after_the_reveal()
    play.says("ana", to="bo0", id_="r1")
    play.says("bo", to="ana0", id_="r2")

    play.done(*THREE)
    assert play.step.state == "open"

    assert "StepClosed" in kinds(play.says("ana", to="cas0", id_="r3"))


def test_at_its_time_it_is_extended_once_for_the_answer_that_waits() -> None:
    play = after_the_reveal()
    play.says("ana", to="bo0", id_="r1")
    play.says("bo", to="ana0", id_="r2")

    facts = play.wait(24)

    waiting = only(facts, Unanswered)
    assert waiting.contributions == ("cas0",)
    assert only(facts, StepExtended).why == "unanswered"
    assert waiting.due_at == play.at + timedelta(hours=12)
    assert kinds(play.wait(12)) == ["GraceBegan"]
    assert only(play.wait(3), StepClosed).key == "end"


def test_only_the_last_open_step_waits_for_responses() -> None:
    play = Play(REVEALED).begun(*THREE)
    for who in THREE:
        play.says(who)

    assert "StepClosed" in kinds(play.done(*THREE))


def test_an_answer_of_which_nobody_else_is_left_is_not_waited_for() -> None:
    play = after_the_reveal("ana", "bo")
    play.does(rules.leave, "bo")
    play.says("ana", to="bo0", id_="r1")

    assert unanswered(play.round, play.round.current) == ()


@settings(max_examples=60, deadline=None)
@given(
    many=st.integers(2, 8),
    seed=st.integers(0, 10**6),
    order=st.randoms(use_true_random=False),
    anonymous=st.booleans(),
)
def test_when_everybody_responds_once_nobody_stays_unanswered(
    many: int, seed: int, order: Random, anonymous: bool
) -> None:
    people = [f"p{number}" for number in range(many)]
    write = step("write", "collect", anonymous="optional" if anonymous and many > 3 else "never")
    play = Play(made_of(write, step("ask", "open")), anonymous=anonymous and many > 3, seed=seed).begun(*people)
    for who in people:
        play.says(who)
    assert play.round.current == 1

    order.shuffle(people)
    for number, who in enumerate(people):
        offered = rules.to_respond_to(play.round, who, seed + number)[0]
        assert offered.person != who
        play.says(who, to=offered.id, id_=f"r{number}")

    assert unanswered(play.round, 1) == ()
    assert all(one.responses == 1 for one in play.seen("stranger").steps[0].answers)


@settings(max_examples=40, deadline=None)
@given(acts=st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=30, max_size=30), seed=st.integers(0, 99))
def test_whoever_takes_what_is_offered_leaves_nobody_unanswered(acts: list[tuple[int, bool]], seed: int) -> None:
    people = [f"p{number}" for number in range(5)]
    play = Play(made_of(step("write", "collect"), step("ask", "open")), seed=seed).begun(*people)
    for who in people:
        play.says(who)
    for number, (which, answers) in enumerate(acts):
        if play.round.state != "running":
            break
        offered = rules.to_respond_to(play.round, people[which], seed + number)
        if answers:
            play.says(people[which], to=offered[0].id, id_=f"r{number}")
        else:
            play.done(people[which])
    for number, who in enumerate(people):
        if play.round.state == "running" and unanswered(play.round, 1):
            play.says(who, to=rules.to_respond_to(play.round, who, seed)[0].id, id_=f"x{number}")
    assert unanswered(play.round, 1) == ()


def test_the_facilitator_may_close_it_all_the_same() -> None:
    play = after_the_reveal()

    facts = play.does(rules.close, HOLDER)

    assert kinds(facts) == ["StepClosed", "WrappingBegan"]
    assert play.at == MONDAY
    assert not [fact for fact in play.facts if isinstance(fact, GraceBegan)]
