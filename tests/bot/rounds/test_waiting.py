"""Who waits for a seat, who comes back to one, and what somebody leaves free."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import UserMistake
from bot.rounds import lending, rules
from bot.rounds.facts import SeatWaiting
from tests.bot.rounds.play import HOLDER, Play, kinds, made_of, step

FORMAT = made_of(step("write", "collect"), step("talk", "open"), size=(2, 2))


def full() -> Play:
    play = Play(FORMAT)
    play.does(rules.invite)
    for person in ("ana", "bo"):
        play.does(rules.join, person, "speak")
    return play


def test_who_left_and_comes_back_waits_behind_those_who_wait_already() -> None:
    play = full()
    for person in ("cas", "dee"):
        play.does(rules.join, person, "speak")
    play.does(rules.leave, "ana")
    assert kinds(play.does(rules.join, "ana", "speak")) == [SeatWaiting.__name__]
    play.does(rules.leave, "bo")
    assert play.round.speakers == ("cas", "dee")
    play.does(rules.leave, "cas")
    assert play.round.speakers == ("dee", "ana")


def test_so_does_who_declined_first() -> None:
    play = Play(FORMAT)
    play.does(rules.invite)
    play.does(rules.decline, "late")
    for person in ("ana", "bo", "cas"):
        play.does(rules.join, person, "speak")
    play.does(rules.join, "late", "speak")
    play.does(rules.leave, "ana")
    assert play.round.speakers == ("bo", "cas")


def test_nobody_comes_in_once_the_round_is_wrapped_up_though_it_is_on_hold() -> None:
    play = full()
    play.does(rules.join, "cas", "speak")
    play.does(rules.begin, HOLDER)
    play.does(rules.close, HOLDER)
    play.does(rules.pause, HOLDER)
    with pytest.raises(UserMistake, match="This round is over"):
        play.does(rules.join, "dee", "listen")
    play.does(rules.leave, "ana")
    assert play.round.speakers == ("bo",)


def test_of_two_answers_of_who_came_back_and_left_again_the_last_one_counts() -> None:
    play = full()
    play.does(rules.begin, HOLDER)
    for words in ("at first", "on second thought"):
        play.says("ana", words, id_=words)
        play.does(rules.leave, "ana")
        play.does(rules.join, "ana", "speak")
    play.does(rules.leave, "ana")
    play.does(rules.leave_behind, "ana", "keep")
    assert [one.body for one in play.round.answers(0)] == ["on second thought"]


def test_a_light_task_of_a_listener_who_leaves_is_free_for_another() -> None:
    play = full()
    play.does(rules.begin, HOLDER)
    for person in ("lis", "kim"):
        play.does(rules.join, person, "listen")
    play.take(lending.choose(play.round, "lis", "harvest", "t1"))
    play.take(lending.small_step(play.round, "lis", "t2", "Ask her.", play.at + timedelta(days=7), play.now))
    play.does(rules.leave, "lis")
    play.take(lending.choose(play.round, "kim", "harvest", "t3"))
    assert [(task.person, task.kind) for task in play.round.tasks] == [("lis", "step"), ("kim", "harvest")]
