"""Somebody leaves a role whose words go with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

import pytest

from bot.rounds import rules
from bot.rounds.facts import LeftBehind
from bot.rounds.formats import shipped
from bot.rounds.script import Role
from bot.rounds.step_facts import Removed
from bot.rounds.timing import LEFT
from tests.bot.rounds.play import HOLDER, Play, made_of, only, step, votes_on

WORDS = {"en": "x", "nl": "x"}
FOUR = ("ana", "bo", "cas", "dee")


def told(*, words_go: bool = True, essential: bool = False) -> Play:
    """Ana was chosen and has told; the others talk about it."""
    role = Role("teller", WORDS, filled_by="vote", essential=essential, words_go=words_go)
    steps = step("bring", "collect"), votes_on("choice", gives="teller"), step("tell", "turns", floor="role:teller")
    play = Play(made_of(*steps, step("talk", "open", async_h=240), roles=(role,))).begun(*FOUR)
    for who in FOUR:
        play.says(who)
    for who in FOUR:
        play.votes(who, "ana0")
    play.says("ana", "what happened")
    play.says("bo", "Why so?")
    assert play.step.script.key == "talk"
    return play


def left(play: Play) -> dict[str, str]:
    return {one.id: one.body for one in play.round.contributions if one.body}


def test_they_stay_until_the_time_to_choose_is_over_and_then_they_go() -> None:
    play = told()
    play.does(rules.leave, "ana")
    assert {"ana0", "ana2"} <= set(left(play))
    assert play.wait(LEFT / timedelta(hours=1) - 1) == ()
    assert {"ana0", "ana2"} <= set(left(play))

    facts = play.wait(1)

    assert only(facts, LeftBehind) == LeftBehind("r1", "ana", "remove", ("ana0", "ana2"))
    assert [fact.visible for fact in facts if isinstance(fact, Removed)] == [True, True]
    assert set(left(play)) == {"bo0", "cas0", "dee0", "bo3"}
    assert play.round.state == "running"


@pytest.mark.parametrize("choice", ["keep", "unname"])
def test_whoever_says_otherwise_in_time_is_heard(choice: Literal["keep", "unname"]) -> None:
    play = told()
    play.does(rules.leave, "ana")
    play.wait(70)
    play.does(rules.leave_behind, "ana", choice)
    play.wait(24 * 5)
    assert {"ana0", "ana2"} <= set(left(play))


def test_who_comes_back_has_not_left_them() -> None:
    play = told()
    play.does(rules.leave, "ana")
    play.does(rules.join, "ana", "speak")
    play.wait(24 * 5)
    assert {"ana0", "ana2"} <= set(left(play))


def test_other_people_and_other_roles_leave_their_words_as_before() -> None:
    play = told()
    play.does(rules.leave, "bo")
    play.wait(24 * 5)
    assert "bo3" in left(play)

    play = told(words_go=False)
    play.does(rules.leave, "ana")
    play.wait(24 * 5)
    assert {"ana0", "ana2"} <= set(left(play))


def test_they_go_also_when_the_round_closes_with_it_or_stands_still() -> None:
    play = told(essential=True)
    play.does(rules.leave, "ana")
    assert play.round.state == "wrapping"
    play.wait(24 * 5)
    assert play.round.state == "done"
    assert not {"ana0", "ana2"} & set(left(play))

    play = told()
    play.does(rules.pause, HOLDER)
    play.wait(24 * 5)
    play.does(rules.leave, "ana")
    play.wait(71)
    assert {"ana0", "ana2"} <= set(left(play)), "a pause does not shorten the time"
    play.wait(1)
    assert not {"ana0", "ana2"} & set(left(play))
    assert play.round.state == "paused"


def test_the_formats_that_say_so() -> None:
    found = {(each.id, role.key) for each in shipped().values() for role in each.roles if role.words_go}
    assert found == {
        ("place_of_difficulty", "case_bringer"),
        ("intervision", "case_bringer"),
        ("incident_method", "case_bringer"),
        ("critical_incident", "teller"),
    }
