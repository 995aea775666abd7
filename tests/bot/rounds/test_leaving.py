from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import UserMistake
from bot.rounds import rules
from bot.rounds.facts import (
    LeftBehind,
    SeatLeft,
    SeatTaken,
    TooFew,
)
from bot.rounds.formats import shipped
from bot.rounds.script import Role
from bot.rounds.step_facts import Revealed
from bot.rounds.wording import place_of
from tests.bot.rounds.play import HOLDER, MONDAY, Play, kinds, made_of, only, step, votes_on

FORMAT = made_of(step("write", "collect", harvest="mark", anonymous="optional"), step("talk", "open"), size=(2, 6))
FOUR = ("ana", "bo", "cas", "dee")


def begun(*people: str) -> Play:
    return Play(FORMAT).begun(*(people or FOUR))


def revealed() -> Play:
    play = begun()
    for who in FOUR:
        play.says(who)
    return play


def test_what_nobody_has_seen_goes_with_its_author() -> None:
    play = begun()
    play.says("ana")

    assert only(play.does(rules.leave, "ana"), SeatLeft) == SeatLeft("r1", "ana", wrote=True)
    facts = [fact for who in ("bo", "cas", "dee") for fact in play.says(who)]

    assert len(only(facts, Revealed).contributions) == 3


@pytest.mark.parametrize(("choice", "author", "many"), [("keep", "ana", 4), ("unname", None, 4), ("remove", "x", 3)])
def test_before_the_reveal_the_choice_counts_too(choice: str, author: str | None, many: int) -> None:
    play = begun()
    play.says("ana")
    play.does(rules.leave, "ana")

    assert only(play.does(rules.leave_behind, "ana", choice), LeftBehind).shown == ()
    for who in ("bo", "cas", "dee"):
        play.says(who)

    shown = {one.id: one.author for one in play.seen("bo").steps[0].answers}
    assert len(shown) == many
    assert shown.get("ana0", "x") == author


@pytest.mark.parametrize("choice", ["keep", "unname", "remove"])
def test_after_the_reveal_people_choose_what_becomes_of_it(choice: str) -> None:
    play = revealed()
    play.does(rules.leave, "ana")
    assert "ana" in {one.author for one in play.seen("bo").steps[0].answers}

    facts = play.does(rules.leave_behind, "ana", choice)

    assert only(facts, LeftBehind).shown == ("ana0",)
    seen = {one.id: one.author for one in play.seen("bo").steps[0].answers}
    assert seen.get("ana0", "gone") == {"keep": "ana", "unname": None, "remove": "gone"}[choice]
    assert ("Removed" in kinds(facts)) == (choice == "remove")


def test_keeping_a_nameless_answer_gives_it_no_name() -> None:
    play = Play(FORMAT, anonymous=True).begun(*FOUR)
    for who in FOUR:
        play.says(who)
    play.does(rules.leave, "ana")
    play.does(rules.leave_behind, "ana", "keep")

    assert {one.author for one in play.seen("bo").steps[0].answers} == {None}


def test_the_choice_is_for_who_has_left() -> None:
    play = begun()
    with pytest.raises(UserMistake, match="Leave it first"):
        play.does(rules.leave_behind, "ana", "keep")
    with pytest.raises(UserMistake, match="You are not in this round"):
        play.does(rules.leave, "stranger")
    play.does(rules.leave, "ana")
    with pytest.raises(UserMistake, match="You are not in this round"):
        play.does(rules.leave, "ana")


def test_a_vote_stays_only_when_it_is_counted() -> None:
    play = Play(made_of(votes_on("scale"), votes_on("scale"), step("end", "open"))).begun(*FOUR)
    for who in FOUR:
        play.votes(who, "3")
    play.votes("ana", "1")

    play.does(rules.leave, "ana")

    assert {(vote.person, vote.step) for vote in play.round.votes} == {(who, 0) for who in FOUR}


def test_the_last_one_waited_for_leaves_and_the_step_closes() -> None:
    play = begun()
    for who in ("ana", "bo", "cas"):
        play.says(who)

    assert kinds(play.does(rules.leave, "dee")) == ["SeatLeft", "Revealed", "StepClosed", "StepOpened"]


def test_below_the_minimum_the_step_is_finished_and_then_it_waits() -> None:
    play = begun("ana", "bo")
    play.does(rules.leave, "bo")
    assert play.step.state == "open"

    facts = play.says("ana")

    few = only(facts, TooFew)
    assert (few.have, few.need, few.running) == (1, 2, True)
    assert play.round.step is None
    assert play.round.due == few.until == MONDAY + timedelta(hours=48)


def test_with_people_again_it_goes_on_by_itself() -> None:
    play = begun("ana", "bo")
    play.does(rules.leave, "bo")
    play.passes("ana")

    facts = play.does(rules.join, "eli", "speak")

    assert kinds(facts) == ["SeatTaken", "StepOpened"]
    assert only(facts, SeatTaken).step == 1


def waiting() -> Play:
    play = begun("ana", "bo")
    play.says("ana")
    play.says("bo")
    play.round = replace(play.round, steps=(*play.round.steps, replace(play.round.steps[0], state="waiting")))
    play.does(rules.leave, "bo")
    play.says("ana", to="bo0")
    play.done("ana")
    assert play.round.asked is not None
    return play


def test_waiting_a_day_works_once() -> None:
    play = waiting()
    play.does(rules.wait_a_day, HOLDER)
    assert play.round.due == play.at + timedelta(hours=24)
    with pytest.raises(UserMistake, match="has waited a day already"):
        play.does(rules.wait_a_day, HOLDER)


def test_letting_it_rest_wraps_up_what_is_there() -> None:
    play = waiting()

    assert kinds(play.does(rules.rest, HOLDER)) == ["WrappingBegan"]


def test_nobody_deciding_wraps_up_what_is_there() -> None:
    play = waiting()

    assert kinds(play.next()) == ["FacilitatorMissed"]
    assert kinds(play.next()) == ["WrappingBegan"]


def test_another_format_takes_over_the_steps_that_are_left() -> None:
    play = waiting()
    over = [run.script.key for run in play.round.steps if run.over]
    fits = made_of(step("alone", "open"), size=(1, 3))

    facts = play.does(rules.switch, HOLDER, fits)

    assert kinds(facts) == ["FormatSwitched", "StepOpened"]
    assert [run.script.key for run in play.round.steps] == [*over, "alone"]
    with pytest.raises(UserMistake, match="enough of you"):
        play.does(rules.switch, HOLDER, shipped()["harvest"])


def test_steps_that_make_way_are_not_counted_where_one_was_played_twice() -> None:
    play = waiting()
    again = replace(play.round.steps[1], of=1, attempt=1, state="closed")
    play.round = replace(play.round, steps=(*play.round.steps, again))
    fits = made_of(step("alone", "open"), step("end", "open"), size=(1, 3))
    play.does(rules.switch, HOLDER, fits)
    assert play.step.script.key == "alone"
    assert place_of(play.round, play.round.current) == (3, 4)


def test_a_role_that_falls_free_is_drawn_again_where_it_is_needed() -> None:
    asks = step("shape", "open", prompt={"en": "{scribe}", "nl": "{scribe}"})
    again = replace(asks, key="again")
    play = Play(made_of(asks, again, roles=(Role("scribe", {"en": "s", "nl": "s"}),))).begun("ana", "bo", "cas")
    first = next(seat.person for seat in play.round.seats if seat.role)
    play.does(rules.leave, first)
    play.done(*play.round.speakers)

    assert [seat.role for seat in play.round.seats if seat.state == "in"].count("scribe") == 1


def test_stepping_back_to_listen_is_no_leaving() -> None:
    play = begun()
    play.says("ana")

    play.does(rules.join, "ana", "listen")

    assert play.round.listeners == ("ana",)
    assert play.round.answers(0)[0].person == "ana"
    for who in ("bo", "cas", "dee"):
        play.says(who)
    assert len(play.seen("bo").steps[0].answers) == 4


def test_one_may_come_back() -> None:
    play = begun()
    play.does(rules.leave, "ana")

    play.does(rules.join, "ana", "speak")
    play.says("ana")

    assert play.round.speakers[-1] == "ana"


def test_declining_when_one_is_in_is_leaving() -> None:
    play = begun()

    assert kinds(play.does(rules.decline, "ana")) == ["SeatLeft"]
    assert play.does(rules.decline, "ana") == ()


def test_somebody_deactivated_is_not_asked_anything() -> None:
    play = begun()
    play.says("ana")

    assert only(play.does(rules.gone, "ana"), SeatLeft).wrote is False
    assert play.does(rules.gone, "stranger") == ()


def test_nobody_is_moved_while_the_clocks_stand_still() -> None:
    play = Play(made_of(step("circle", "turns", order="fixed"), step("end", "open"))).begun("ana", "bo", "cas")
    play.does(rules.pause, HOLDER)

    assert kinds(play.does(rules.leave, "ana")) == ["SeatLeft"]
    assert play.step.holder is None
    play.wait(5)
    assert kinds(play.does(rules.resume, HOLDER)) == ["RoundResumed", "TurnGiven"]
    assert play.step.holder == "bo"


def test_an_author_who_leaves_while_names_are_asked_says_no() -> None:
    play = Play(FORMAT, anonymous=True).begun("ana", "bo", "cas")
    for who in ("ana", "bo", "cas"):
        play.says(who)
    play.does(rules.answer_names, "ana", 0, True)
    play.does(rules.answer_names, "bo", 0, True)

    facts = play.does(rules.leave, "cas")

    assert set(only(facts, Revealed).contributions) == {"ana0", "bo0"}


CLOSES = replace(FORMAT, size=replace(FORMAT.size, min=2, below="close"))


def test_a_format_may_close_when_too_few_are_left() -> None:
    play = Play(CLOSES).begun("ana", "bo", "cas")
    for who in ("ana", "bo", "cas"):
        play.says(who)
    play.does(rules.leave, "cas")
    assert (play.round.state, play.step.script.key) == ("running", "talk"), "two are enough"
    play.says("ana", to="bo0")

    facts = play.does(rules.leave, "bo")

    assert kinds(facts)[:3] == ["SeatLeft", "StepClosed", "WrappingBegan"]
    assert "TooFew" not in kinds(facts)
    assert [one.body for one in play.round.contributions if one.visible and one.person == "ana"]


@pytest.mark.parametrize("how", ["listens", "gone", "while it is on hold"])
def test_it_closes_however_they_go(how: str) -> None:
    play = Play(CLOSES).begun("ana", "bo")
    match how:
        case "listens":
            play.does(rules.join, "bo", "listen")
        case "gone":
            play.does(rules.gone, "bo")
        case _:
            play.does(rules.pause, HOLDER)
            play.does(rules.leave, "bo")
            assert play.round.state == "paused"
            play.does(rules.resume, HOLDER)
    assert play.round.state == "wrapping"
    assert "TooFew" not in kinds(tuple(play.facts))


def test_two_who_try_to_understand_each_other_are_too_few_when_one_leaves() -> None:
    play = Play("paraphrase_check").begun("ana", "bo")
    play.says(str(play.step.holder), "how I see it")
    play.does(rules.leave, "bo")
    assert play.round.state == "wrapping"
    assert [one.body for one in play.round.contributions] == ["how I see it"]
