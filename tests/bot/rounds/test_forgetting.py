from __future__ import annotations

from dataclasses import replace

import pytest

from bot.rounds import rules
from bot.rounds.facts import (
    ContributionKept,
    FacilitatorMissed,
    KeepWithdrawn,
)
from bot.rounds.step_facts import Removed, StepSkipped
from tests.bot.rounds.play import HOLDER, Play, kinds, made_of, message, only, step
from tests.bot.rounds.test_groups import CHANGING, SIX
from tests.bot.rounds.test_laps import MIRRORED

FORMAT = made_of(step("write", "collect", harvest="mark", anonymous="optional"), step("talk", "open"), size=(2, 6))
FOUR = ("ana", "bo", "cas", "dee")


def begun(*people: str) -> Play:
    return Play(FORMAT).begun(*(people or FOUR))


def revealed() -> Play:
    play = begun()
    for who in FOUR:
        play.says(who)
    return play


@pytest.mark.parametrize("choice", ["keep", "unname", "remove"])
def test_forgetting_leaves_no_trace_of_the_person(choice: str) -> None:
    play = revealed()
    play.does(rules.hear, "ana", "said", "aloud", message("m1"))
    play.done("ana")

    facts = play.does(rules.forget, "ana", choice)

    assert "'ana'" not in repr(play.round)
    assert ("Removed" in kinds(facts)) == (choice == "remove")
    bodies = [one.body for one in play.round.contributions]
    assert ("aloud" in bodies) == (choice != "remove")
    assert all(one.author != "" for one in play.seen("").steps[0].answers)
    assert not any(one.mine for one in play.seen("").steps[0].answers)


def test_forgetting_erases_what_nobody_had_seen() -> None:
    play = begun()
    play.says("ana")

    facts = play.does(rules.forget, "ana", "keep")

    assert only(facts, Removed).visible is False
    assert "words of ana" not in repr(play.round)


def test_forgetting_the_facilitator_looks_for_another() -> None:
    play = begun()

    assert only(play.does(rules.forget, HOLDER, "keep"), FacilitatorMissed).person == HOLDER


def test_a_round_that_is_over_forgets_too() -> None:
    play = revealed()
    play.does(rules.cancel, HOLDER)

    play.does(rules.forget, "ana", "remove")

    assert "'ana'" not in repr(play.round)


def test_their_lap_goes_no_further_though_the_round_was_on_hold() -> None:
    play = Play(MIRRORED).begun(*FOUR)
    first, second, _, _ = play.round.ring
    play.says(first)
    play.does(rules.pause, HOLDER)
    play.does(rules.forget, first, "keep")
    assert f"'{first}'" not in repr(play.round)

    facts = play.does(rules.resume, HOLDER)

    assert only(facts, StepSkipped).key == "mirror"
    assert (play.step.script.key, play.step.lap) == ("say", second)


def test_in_a_group_their_lap_goes_no_further_either() -> None:
    play = Play(CHANGING).begun(*SIX)
    for person in SIX:
        play.does(rules.say_done, person, rules.own_step(play.round, person))
    gone, *rest = play.round.groups[0].members
    play.does(rules.pause, HOLDER)
    play.does(rules.forget, gone, "keep")
    play.does(rules.resume, HOLDER)

    assert f"'{gone}'" not in repr(play.round)
    laps = [run.lap for step in play.round.at_work if (run := play.round.steps[step]).group == 0]
    assert laps == rest[:1]


def test_taking_ones_name_away_takes_it_from_what_is_kept() -> None:
    play = revealed()
    play.take(rules.mark(play.round, "ana", "ana0"))
    play.does(rules.close, HOLDER)
    play.take(rules.answer_keep(play.round, "ana", "ana0", "yes", play.now))
    play.does(rules.leave, "ana")

    facts = play.does(rules.leave_behind, "ana", "unname")

    assert only(facts, KeepWithdrawn).contribution == "ana0"
    assert only(facts, ContributionKept).named is False


def test_who_chose_the_format_early_is_forgotten_too() -> None:
    play = begun()
    play.round = replace(play.round, early_by="gone")
    play.take(rules.unite(play.round, "gone", "else", play.now))
    assert play.round.early_by == "else"
    play.does(rules.forget, "else", "keep")
    assert play.round.early_by is None
