"""A side becomes too small on the way: the round waits, and somebody is looked for there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import UserMistake
from bot.rounds import rules
from bot.rounds.facts import (
    FacilitatorAsked,
    RoundCancelled,
    RoundFinished,
    RoundPaused,
    RoundResumed,
    TooFew,
)
from bot.rounds.formats import shipped
from bot.rounds.model import Home
from bot.rounds.script import Size
from bot.rounds.step_facts import Removed, StepExtended
from bot.rounds.timing import SECOND_VOICE
from tests.bot.rounds.play import ELSEWHERE, HOLDER, PLACE, Play, kinds, made_of, only, step

FORMAT = made_of(
    step("own", "collect"),
    step("talk", "open"),
    step("end", "open"),
    sides=2,
    late_join_until="talk",
)
SIDED = replace(FORMAT, size=Size(4, (4, 5), 6, per_side_min=2, below_side="pause"))


def sided(format_=SIDED, preset="async") -> Play:  # type: ignore[no-untyped-def]
    """ana and cas on side A, bo and dee on side B."""
    play = Play(format_, preset=preset)
    play.does(rules.invite)
    for at, person in enumerate(("ana", "bo", "cas", "dee")):
        play.does(rules.join, person, "speak")
        play.does(rules.take_side, person, "AB"[at % 2])
    play.does(rules.begin, HOLDER)
    return play


def to_talk() -> Play:
    play = sided()
    for who in ("ana", "bo", "cas", "dee"):
        play.says(who)
    assert play.step.script.key == "talk"
    return play


@pytest.mark.parametrize("how", ["leaves", "is gone", "listens", "is forgotten", "stands on the other side"])
def test_the_round_waits_however_the_side_became_too_small(how: str) -> None:
    play = sided()
    match how:
        case "leaves":
            facts = play.does(rules.leave, "bo")
        case "is gone":
            facts = play.does(rules.gone, "bo")
        case "listens":
            facts = play.does(rules.join, "bo", "listen")
        case "is forgotten":
            facts = play.does(rules.forget, "bo", "remove")
        case _:
            facts = play.does(rules.take_side, "bo", "A")

    assert only(facts, RoundPaused).why == "voice"
    assert (play.round.state, play.round.seeking) == ("paused", True)
    assert only(facts, RoundPaused).until == play.at + SECOND_VOICE["async"]


def test_two_accounts_of_one_person_can_be_what_makes_a_side_too_small() -> None:
    play = sided()
    assert only(play.does(rules.unite, "bo", "dee"), RoundPaused).why == "voice"


def test_who_is_found_lets_it_go_on_with_the_time_that_was_left() -> None:
    play = to_talk()
    due = play.step.due_at
    play.wait(5)
    play.does(rules.leave, "bo")
    play.wait(30)
    assert not play.round.at_work or play.round.state == "paused"

    facts = play.does(rules.join, "eli", "speak")

    assert (play.round.state, play.round.side_of("eli")) == ("running", "B"), "though it was too late to join"
    assert play.step.due_at == due + timedelta(hours=30)
    assert only(facts, RoundResumed).due_at == play.step.due_at
    assert "TooFew" not in kinds(tuple(play.facts))
    with pytest.raises(UserMistake, match="too far on to speak"):
        play.does(rules.join, "gus", "speak")


def test_nobody_of_the_other_side_comes_in_late() -> None:
    play = to_talk()
    play.does(rules.leave, "bo")
    play.does(rules.leave, "ana")
    play.does(rules.join, "ana", "speak")
    assert play.round.side_of("ana") == "A"
    play.does(rules.join, "eli", "speak")
    assert play.round.state == "running"
    play.does(rules.leave, "eli")
    play.does(rules.join, "gus", "listen")
    play.does(rules.leave, "dee")

    play.does(rules.join, "dee", "speak")
    assert play.round.state == "paused", "side B has one"
    play.does(rules.join, "gus", "speak")
    assert (play.round.state, play.round.side_of("gus")) == ("running", "B")


def test_of_those_who_wait_for_a_seat_whoever_is_looked_for_comes_in() -> None:
    full = replace(SIDED, size=replace(SIDED.size, max=4), late_join_until="end")
    play = sided(full)
    for person, side in (("eli", "A"), ("gus", "B")):
        play.does(rules.join, person, "speak")
        play.does(rules.take_side, person, side)

    play.does(rules.leave, "bo")

    assert play.round.state == "running"
    assert set(play.round.speakers) == {"ana", "cas", "dee", "gus"}


def test_in_several_spaces_it_is_whoever_is_in_that_one() -> None:
    play = Play(SIDED)
    play.round = replace(play.round, homes=(Home(PLACE, "school"), Home(ELSEWHERE, "college")))
    play.does(rules.invite)
    for at, person in enumerate(("ana", "bo", "cas", "dee")):
        play.does(rules.join, person, "speak", space=(PLACE, ELSEWHERE)[at % 2].space)
    play.does(rules.begin, HOLDER)
    for who in ("ana", "bo", "cas", "dee"):
        play.says(who)
    play.does(rules.leave, "dee")
    assert play.round.seeking
    with pytest.raises(UserMistake, match="too far on to speak"):
        play.does(rules.join, "eli", "speak", space=PLACE.space)

    play.does(rules.join, "eli", "speak", space=ELSEWHERE.space)

    assert play.round.state == "running"


@pytest.mark.parametrize("preset", ["async", "live"])
def test_when_nobody_comes_people_are_asked_and_nothing_goes_on_meanwhile(preset: str) -> None:
    play = sided(preset=preset)
    for who in ("ana", "cas"):
        play.says(who)
    play.does(rules.leave, "bo")

    facts = play.next()

    assert play.at - play.round.paused_at == SECOND_VOICE[preset]  # type: ignore[operator,index]
    assert (only(facts, TooFew).have, only(facts, TooFew).running) == (3, True)
    assert only(facts, FacilitatorAsked).about == "too_few"
    assert play.round.state == "paused"
    left = play.step.due_at
    play.does(rules.wait_a_day, HOLDER)
    play.does(rules.join, "eli", "speak")
    play.does(rules.take_side, "eli", "B")
    assert (play.round.state, play.round.asked) == ("running", None)
    assert play.step.due_at > left  # type: ignore[operator]
    assert not [one for one in play.round.contributions if one.visible]


def test_it_can_be_let_rest() -> None:
    play = to_talk()
    play.says("ana", "what I saw")
    play.does(rules.leave, "bo")
    play.next()
    play.does(rules.rest, HOLDER)
    assert (play.round.state, play.round.paused_at) == ("wrapping", None)
    assert kinds(tuple(play.facts)).count("StepClosed") == 2


def test_it_can_go_on_as_something_else() -> None:
    play = to_talk()
    play.says("ana", "what I saw")
    play.does(rules.leave, "bo")
    play.next()

    play.does(rules.switch, HOLDER, shipped()["reveal_together"])

    assert (play.round.state, play.step.script.key, play.round.seeking) == ("running", "write", False)
    assert [one.body for one in play.round.contributions if one.person == "ana"] == ["words of ana", "what I saw"]


def test_nobody_decides_and_it_closes_with_what_there_is() -> None:
    play = to_talk()
    play.does(rules.leave, "bo")
    play.until(RoundFinished)
    assert "RoundResumed" not in kinds(tuple(play.facts))


def test_its_facilitator_hears_why_it_cannot_go_on_and_can_close_or_cancel_it() -> None:
    play = to_talk()
    play.does(rules.leave, "bo")
    with pytest.raises(UserMistake, match="One side is too small"):
        play.does(rules.resume, HOLDER)
    closed, stopped = Play(SIDED), Play(SIDED)
    closed.round = stopped.round = play.round
    closed.does(rules.close, HOLDER)
    assert closed.round.state == "wrapping"
    assert only(stopped.does(rules.cancel, HOLDER), RoundCancelled)


def test_a_round_that_was_put_on_hold_by_hand_waits_on_when_it_should_go_on() -> None:
    play = to_talk()
    play.does(rules.pause, HOLDER)
    play.does(rules.leave, "bo")
    assert not play.round.seeking
    play.wait(24)
    due = play.step.due_at

    facts = play.does(rules.resume, HOLDER)

    assert kinds(facts) == ["RoundResumed", "RoundPaused"]
    assert (play.round.seeking, play.step.due_at) == (True, due + timedelta(hours=24))


def test_what_was_too_much_does_not_go_on_by_itself() -> None:
    play = sided(replace(SIDED, place="private"))
    play.does(rules.leave, "bo")
    play.does(rules.too_much, "ana")
    play.does(rules.join, "eli", "speak")
    play.does(rules.take_side, "eli", "B")
    assert play.round.state == "paused"
    play.does(rules.resume, HOLDER)
    assert play.round.state == "running"


def test_a_step_that_waited_for_a_decision_still_does_after_it() -> None:
    play = sided()
    while play.round.asked is None:
        play.next()
    assert play.round.asked.about == "quiet"
    play.does(rules.leave, "bo")
    play.next()
    assert play.round.asked.about == "too_few"

    play.does(rules.join, "eli", "speak", side="B")

    assert (play.round.state, play.round.asked and play.round.asked.about) == ("running", "quiet")


def test_nobody_could_be_found_while_kring_was_down() -> None:
    play = sided()
    play.does(rules.leave, "bo")
    play.sleep(24 * 4)
    assert play.round.seeking
    assert play.round.asked is None
    assert play.round.paused_until > play.at  # type: ignore[operator]


def test_without_the_field_the_step_is_finished_first() -> None:
    play = sided(replace(SIDED, size=replace(SIDED.size, below_side="ask")))
    facts = play.does(rules.leave, "bo")
    assert play.round.state == "running"
    assert kinds(facts) == ["SeatLeft"]


def test_what_the_one_who_left_wrote_is_not_shown_though_it_goes_on() -> None:
    play = sided()
    play.says("bo", "mine alone")
    play.does(rules.leave, "bo")
    play.does(rules.leave_behind, "bo", "remove")
    play.does(rules.join, "eli", "speak", side="B")
    for who in ("ana", "cas", "dee", "eli"):
        play.says(who)
    assert play.step.script.key == "talk"
    assert not [one for one in play.round.contributions if one.body == "mine alone"]
    assert only(play.facts, Removed)
    assert StepExtended.__name__ not in kinds(tuple(play.facts))


def test_a_round_that_closes_when_there_are_too_few_does_not_wait() -> None:
    play = sided(replace(SIDED, size=replace(SIDED.size, below="close")))
    play.does(rules.leave, "bo")
    assert play.round.state == "wrapping"
    assert "RoundPaused" not in kinds(tuple(play.facts))

    waits = sided(replace(SIDED, size=replace(SIDED.size, min=3, below="close")))
    waits.does(rules.leave, "bo")
    assert waits.round.seeking, "in all they are enough"
