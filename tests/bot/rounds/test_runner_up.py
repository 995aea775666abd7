"""The word for a role that a vote gave: who says nothing gives way to the next in the vote."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.rounds import rules
from bot.rounds.facts import FacilitatorMissed, RoleGiven
from bot.rounds.script import Role
from bot.rounds.step_facts import StepExtended, StepSkipped, TurnGiven, WentQuiet
from tests.bot.rounds.play import HOLDER, Play, kinds, made_of, only, step
from tests.bot.rounds.scripts import WORDS

FOUR = ("ana", "bo", "cas", "dee")
VOTES = {"ana": "bo", "bo": "ana", "cas": "ana", "dee": "ana"}


def chosen() -> Play:
    """Ana got three votes and Bo one; nobody chose Cas or Dee."""
    play = Play("critical_incident").begun(*FOUR)
    for who in FOUR:
        play.says(who)
    for who in FOUR:
        play.votes(who, f"{VOTES[who]}0")
    assert (play.step.script.key, play.step.holder) == ("tell", "ana")
    return play


def is_silent(play: Play) -> None:
    play.wait(24)


def passes(play: Play) -> None:
    play.passes("ana")


def leaves(play: Play) -> None:
    play.does(rules.leave, "ana")


@pytest.mark.parametrize("how", [is_silent, passes, leaves])
def test_the_runner_up_is_asked(how: Callable[[Play], None]) -> None:
    play = chosen()
    before = len(play.facts)
    how(play)

    facts = play.facts[before:]
    assert only(facts, RoleGiven).person == "bo"
    assert only(facts, TurnGiven).person == "bo"
    assert "WentQuiet" not in kinds(tuple(facts)), "the next one is asked before everybody is"
    assert (play.step.script.key, play.step.holder) == ("tell", "bo")
    assert play.step.due_at == play.step.turn_due_at == play.at + timedelta(hours=24), "with a window of their own"
    play.says("bo", "what happened")
    assert play.step.script.key == "point"
    assert not play.has_floor("bo", play.round.current)
    assert play.has_floor("ana", play.round.current) == (how is not leaves)


def test_each_of_them_is_asked_once_and_then_it_is_quiet_as_elsewhere() -> None:
    play = chosen()
    asked = [play.step.holder]
    while not any(isinstance(fact, WentQuiet) for fact in play.facts):
        play.next()
        if play.step.holder not in asked:
            asked.append(play.step.holder)
    assert asked[:2] == ["ana", "bo"]
    assert sorted(map(str, asked)) == sorted(FOUR)


def test_where_nobody_tells_nobody_is_asked_about_it() -> None:
    play = chosen()
    for _ in FOUR:
        play.passes(str(play.step.holder))

    skipped = [fact.key for fact in play.facts if isinstance(fact, StepSkipped)]

    assert skipped == ["point", "craft"]
    assert play.step.script.key == "rule", "everybody can tell from their own practice"


def test_others_go_on_from_their_own_practice_when_the_teller_leaves_later() -> None:
    play = chosen()
    play.says("ana", "what happened")
    for who in ("bo", "cas", "dee"):
        play.says(who)
    assert play.step.script.key == "craft"
    play.does(rules.leave, "ana")
    assert play.step.script.key == "craft", "what has begun goes on"

    play = chosen()
    play.says("ana", "what happened")
    play.does(rules.leave, "ana")
    for who in ("bo", "cas", "dee"):
        play.says(who)
    assert play.step.script.key == "rule"


def test_more_time_is_more_time() -> None:
    play = chosen()
    play.does(rules.need_time, "ana", play.round.current)
    facts = play.wait(30)
    assert play.step.holder == "ana"
    assert only(facts, StepExtended).why == "people"
    play.wait(6)
    assert play.step.holder == "bo"


def test_who_told_is_asked_again_though_they_are_silent_later() -> None:
    role = Role("teller", WORDS, filled_by="vote", if_silent="runner_up")
    tells = step("tell", "turns", floor="role:teller"), step("take", "turns", floor="role:teller")
    steps = Play("critical_incident").round.format.steps[:2]
    play = Play(made_of(*steps, *tells, step("end", "open"), roles=(role,), size=(3, 9))).begun(*FOUR)
    for who in FOUR:
        play.says(who)
    for who in FOUR:
        play.votes(who, f"{VOTES[who]}0")
    play.says("ana", "what happened")
    play.passes("ana")
    assert play.step.script.key == "end"
    assert [fact.person for fact in play.facts if isinstance(fact, RoleGiven)] == ["ana"]


def test_whoever_holds_the_round_and_is_next_needs_a_stand_in_where_the_role_is_all() -> None:
    role = Role("teller", WORDS, filled_by="vote", if_silent="runner_up", essential=True)
    steps = Play("critical_incident").round.format.steps[:3]
    play = Play(made_of(*steps, step("end", "open"), roles=(role,), size=(3, 9))).begun("ana", "bo", HOLDER)
    for who in ("ana", "bo", HOLDER):
        play.says(who)
    play.votes("bo", "ana0")
    play.votes("ana", f"{HOLDER}0")
    play.votes(HOLDER, "ana0")
    assert only(play.passes("ana"), FacilitatorMissed).person is None
    assert play.step.holder == HOLDER
