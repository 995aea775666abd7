"""Nobody takes on what a round came to: it is put aside, and comes back once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.rounds import rules
from bot.rounds.facts import RoundFinished, RoundPaused, RoundResumed
from bot.rounds.step_facts import StepOpened
from bot.rounds.timing import PARKED, put_aside
from tests.bot.rounds.play import HOLDER, Play, kinds, only

THREE = ("ana", "bo", "cas")


def owned(*picks: str) -> Play:
    """An experiment that is agreed on; so many say whether they own it or help."""
    play = Play("experiment_design").begun(*THREE)
    play.does(rules.skip, HOLDER)
    play.says("ana", "we try it small")
    play.does(rules.skip, HOLDER)
    play.does(rules.skip, HOLDER)
    for who in THREE:
        play.votes(who, "fine")
    assert play.step.script.key == "own"
    for who, pick in zip(THREE, picks, strict=False):
        if pick == "pass":
            play.passes(who)
        else:
            play.votes(who, pick)
    return play


@pytest.mark.parametrize("picks", [(), ("helper",), ("helper", "helper", "pass"), ("pass", "pass", "pass")])
def test_without_anybody_who_takes_it_on_the_round_is_put_aside_and_asks_again(picks: tuple[str, ...]) -> None:
    play = owned(*picks)
    before = play.at
    if len(picks) < len(THREE):
        facts = play.wait(14)
        assert "WentQuiet" not in kinds(facts), "that is the answer"
        assert only(facts, RoundPaused).why == "parked"
    assert play.round.state == "paused"
    assert put_aside(play.round)
    assert play.round.due == play.round.paused_until
    assert play.round.due is not None
    assert PARKED <= play.round.due - before < PARKED + timedelta(hours=14)

    facts = play.next()

    assert play.round.state == "running"
    assert only(facts, RoundResumed).due_at == play.step.due_at == play.at + timedelta(hours=12)
    assert (play.step.script.key, play.step.state) == ("own", "open")
    assert not [vote for vote in play.round.votes if vote.step == play.round.current]
    assert {seat.role for seat in play.round.seats} == {""}, "everybody is asked anew"
    assert [one.body for one in play.round.contributions] == ["we try it small"]


def test_it_comes_back_once() -> None:
    play = owned("pass", "pass", "pass")
    play.next()
    facts = play.wait(14)
    assert "RoundPaused" not in kinds(facts)
    assert play.round.state == "wrapping"
    only(play.wait(24 * 9), RoundFinished)


def test_whoever_holds_it_lets_it_go_on_before_and_somebody_takes_it_on() -> None:
    play = owned("helper", "pass", "pass")
    play.wait(24 * 40)
    assert play.round.state == "paused", "nor does it lapse like one that was put on hold"
    play.does(rules.resume, HOLDER)
    play.votes("ana", "owner")
    play.votes("bo", "helper")
    play.passes("cas")
    assert play.round.state == "wrapping"
    assert {seat.person: seat.role for seat in play.round.seats} == {"ana": "owner", "bo": "helper", "cas": ""}


def test_it_is_not_put_aside_when_somebody_owns_it_or_it_is_closed() -> None:
    assert owned("owner", "helper", "pass").round.state == "wrapping"
    play = owned("helper")
    play.does(rules.close, HOLDER)
    assert play.round.state == "wrapping"


def test_what_is_put_aside_takes_nobodys_place() -> None:
    play = owned("pass", "pass", "pass")
    running = owned("helper").round
    assert rules.going_on([play.round, running, running]) == 2


def test_when_its_owner_leaves_the_others_are_asked_and_else_it_is_put_aside() -> None:
    play = owned("owner", "helper", "pass")
    assert play.round.state == "wrapping"

    facts = play.does(rules.leave, "ana")

    assert only(facts, StepOpened).floor == ("bo", "cas"), "who helps is asked too"
    assert (play.round.state, play.step.script.key, play.round.keep_until) == ("running", "own", None)
    play.votes("bo", "owner")
    play.passes("cas")
    assert play.round.state == "wrapping"

    play = owned("owner", "helper", "pass")
    play.does(rules.gone, "ana")
    assert only(play.wait(14), RoundPaused).why == "parked"
    play.next()
    play.votes("bo", "owner")
    play.passes("cas")
    assert play.round.state == "wrapping"


def test_what_was_put_aside_once_is_not_again_when_its_owner_leaves() -> None:
    play = Play("experiment_design")
    play.round = owned("pass", "pass", "pass").round
    play.next()
    for who, pick in zip(THREE, ("owner", "helper", "helper"), strict=True):
        play.votes(who, pick)
    play.does(rules.leave, "ana")
    assert play.step.script.key == "own"
    play.wait(14)
    assert play.round.state == "wrapping", "once"


def test_while_another_owns_it_too_it_stays_as_it_is() -> None:
    play = owned("owner", "owner", "helper")
    assert "StepOpened" not in kinds(play.does(rules.leave, "ana"))
    assert play.round.state == "wrapping"
    assert "StepOpened" not in kinds(play.does(rules.leave, "cas"))
    assert play.round.state == "wrapping"
