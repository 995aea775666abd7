"""What is promised before and now is compared step by step, also where the steps are others."""

from __future__ import annotations

from bot.rounds import rules
from bot.rounds.facts import TooFew
from bot.rounds.promises import Promise, before_and_now
from tests.bot.rounds.play import HOLDER, Play, made_of, step

TURNS = step("circle", "turns", order="fixed")
ALL = ("ana", "bo", "cas")


def test_a_round_may_get_a_format_with_fewer_steps() -> None:
    play = Play(made_of(step("one", "open"), step("two", "open"), TURNS, size=(3, 10)))
    play.does(rules.invite)
    for person in ALL[:2]:
        play.does(rules.join, person, "speak")
    play.until(TooFew)
    before = play.round
    play.does(rules.switch, HOLDER, made_of(TURNS))
    assert len(play.round.steps) < len(before.steps)
    [(number, was, now)] = before_and_now(before, play.round)
    assert (number, was) == (0, None)
    assert now is not None


def test_of_a_turn_that_lasts_longer_both_ends_are_known() -> None:
    play = Play(made_of(TURNS, step("echo", "open"))).begun(*ALL)
    before = play.round
    play.does(rules.need_time, "ana", 0)
    [(number, was, now)] = before_and_now(before, play.round)
    assert number == 0
    assert isinstance(was, Promise)
    assert isinstance(now, Promise)
    assert (was.person, was.turn, now.person, now.turn) == ("ana", 1, "ana", 1)
    assert was.until < now.until


def test_on_hold_and_after_it_a_turn_counts_though_it_is_the_same() -> None:
    play = Play(made_of(TURNS, step("echo", "open"))).begun(*ALL)
    before = play.round
    play.does(rules.pause, HOLDER)
    on_hold = play.round
    assert [each[0] for each in before_and_now(before, on_hold)] == [0]
    play.does(rules.resume, HOLDER)
    assert [each[0] for each in before_and_now(on_hold, play.round)] == [0]
