"""An objection in a vote on consent: the round waits until it is talked about, taken up, settled, or left open."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import UserMistake
from bot.rounds import objections, rules
from bot.rounds.facts import FacilitatorAsked, FacilitatorMissed, RoundFinished
from bot.rounds.objection_facts import ObjectionSettled, ObjectionStands, ObjectionTakenUp, VoteAgain
from bot.rounds.record import record_of
from bot.rounds.script import Format, Role
from bot.rounds.step_facts import GraceBegan, StepClosed, StepOpened, VotesCounted
from bot.rounds.step_rules import VoteRule
from bot.rounds.task import Task
from tests.bot.rounds.play import HOLDER, Play, kinds, made_of, only, step, votes_on

THREE = ("ana", "bo", "cas")
FORMAT = made_of(votes_on("consent"), step("end", "open"))
WEEK = timedelta(days=7)


def objected(*ballots: str, format_: Format = FORMAT, **given: object) -> Play:
    """Ana and who comes next vote so; the others think it is fine."""
    play = Play(format_, **given).begun(*THREE)  # type: ignore[arg-type]
    for who, ballot in zip(THREE, (*ballots, "fine", "fine", "fine"), strict=False):
        play.votes(who, ballot, words=f"why {who}" if ballot != "fine" else "")
    return play


def takes(play: Play, person: str, *, which: int | None = None, id_: str = "t1", days: int = 7) -> tuple[object, ...]:
    free = rules.could_take_up(play.round, person, play.round.current)
    numbers = [one.number for one in (free if which is None else free[which : which + 1])]
    until = play.at + timedelta(days=days)
    return play.does(rules.take_up, person, play.round.current, numbers, id_, "I will look at it.", until)


def left(play: Play) -> list[tuple[str, str]]:
    """What the record says: the words of each objection and who took it up."""
    found = record_of(play.round, None, {}).objections
    return sorted((one.words, one.task.person if one.task is not None else "") for one in found)


def test_the_round_waits_for_the_facilitator_and_shows_the_result() -> None:
    play = objected("objection", "concern")

    assert kinds(tuple(play.facts[-3:])) == ["ObjectionStands", "VotesCounted", "FacilitatorAsked"]
    asked = only(play.facts, FacilitatorAsked)
    assert (asked.about, asked.person, asked.until) == ("objection", HOLDER, play.at + timedelta(hours=48))
    assert (play.step.state, play.step.due_at) == ("objected", None)
    assert [timer.kind for timer in play.round.timers] == ["facilitator"]
    seen = play.seen("cas").steps[0]
    assert dict(seen.tally) == {"fine": 1, "concern": 1, "objection": 1}
    assert {(one.objects, one.words) for one in seen.objections} == {(True, "why ana"), (False, "why bo")}


@pytest.mark.parametrize("ballots", [(), ("concern",), ("concern", "concern", "concern")])
def test_without_an_objection_it_goes_on(ballots: tuple[str, ...]) -> None:
    play = objected(*ballots)

    assert play.step.script.key == "end"
    assert not [fact for fact in play.facts if isinstance(fact, ObjectionStands)]


def test_an_objection_is_waited_for_too_when_the_time_is_over() -> None:
    play = Play(FORMAT).begun(*THREE)
    play.votes("ana", "objection")
    play.votes("bo", "fine")
    play.wait(24)
    play.until(GraceBegan)
    play.next()

    assert play.step.state == "objected"


@pytest.mark.parametrize(("preset", "first", "then"), [("async", 48, 24), ("live", 0.2, 0.2)])
def test_when_nobody_decides_others_are_asked_and_then_it_stays_open(preset: str, first: float, then: float) -> None:
    play = objected("objection", preset=preset)

    assert kinds(play.wait(first)) == ["FacilitatorMissed"]
    assert play.round.asked is not None
    assert (play.round.asked.about, play.round.asked.missed) == ("objection", True)
    assert play.step.state == "objected"
    assert kinds(play.wait(then)) == ["StepClosed", "StepOpened"], "nothing is counted twice"
    assert left(play) == [("why ana", "")]


def test_whoever_takes_over_decides() -> None:
    play = objected("objection")
    play.wait(48)
    with pytest.raises(UserMistake, match="Only the facilitator"):
        play.does(rules.let_stand, "bo", 0)
    facts = play.does(rules.accept, "bo")
    assert only(facts, FacilitatorAsked).about == "objection"
    play.does(rules.let_stand, "bo", 0)
    assert play.step.script.key == "end"


def test_where_nobody_holds_the_round_somebody_is_looked_for() -> None:
    play = Play(FORMAT).begun(*THREE)
    play.does(rules.gone, HOLDER)
    play.wait(20)
    for who in THREE:
        play.votes(who, "objection")
    assert play.round.asked is not None
    assert (play.round.asked.about, play.round.asked.missed) == ("objection", True)
    assert isinstance(play.facts[-1], FacilitatorMissed)


def test_after_a_talk_everybody_votes_again_with_the_whole_time() -> None:
    play = objected("objection")
    play.wait(5)

    facts = play.does(rules.vote_again, HOLDER, 0)

    assert kinds(facts) == ["StepClosed", "VoteAgain", "StepOpened"]
    assert only(facts, VoteAgain).step == 0
    opened = only(facts, StepOpened)
    assert opened.floor == THREE, "everybody is asked anew"
    assert opened.due_at == play.at + timedelta(hours=24)
    assert play.round.asked is None
    assert [one.words for one in play.seen("cas").steps[0].objections] == ["why ana"], "it stays readable"
    assert left(play) == [("why ana", "")]
    for who in THREE:
        play.votes(who, "fine")
    assert play.step.script.key == "end"
    assert left(play) == [], "the talk has solved it"


def test_people_vote_again_once() -> None:
    play = objected("objection")
    play.does(rules.vote_again, HOLDER, 0)
    again = play.round.current
    for who in THREE:
        play.votes(who, "objection" if who == "bo" else "fine", words="still" if who == "bo" else "")
    assert play.step.state == "objected"
    with pytest.raises(UserMistake, match="voted once more already"):
        play.does(rules.vote_again, HOLDER, again)
    play.does(rules.let_stand, HOLDER, again)
    assert play.step.script.key == "end"
    assert left(play) == [("still", "")]


def test_what_was_taken_up_before_people_voted_again_stays_somebodys() -> None:
    play = objected("objection", "objection")
    taken = objections.open_ones(play.round, 0)[0].words
    takes(play, "cas", which=0)
    play.does(rules.vote_again, HOLDER, 0)
    for who in THREE:
        play.votes(who, "fine")
    assert left(play) == [(taken, "cas")]


def test_a_second_vote_in_which_nobody_votes_takes_no_objection_away() -> None:
    play = objected("objection")
    play.does(rules.vote_again, HOLDER, 0)
    play.does(rules.close, HOLDER)
    assert play.round.state == "wrapping"
    assert left(play) == [("why ana", "")]


def test_somebody_takes_it_up_until_a_date_and_the_round_goes_on() -> None:
    play = objected("objection")

    facts = takes(play, "bo")

    assert kinds(facts) == ["ObjectionTakenUp", "StepClosed", "StepOpened"]
    assert only(facts, ObjectionTakenUp) == ObjectionTakenUp("r1", 0, "bo", 1, play.at + WEEK)
    (task,) = play.round.tasks
    assert task == Task("t1", "bo", "objection", "I will look at it.", True, play.at, play.at + WEEK)
    assert left(play) == [("why ana", "bo")]
    play.does(rules.close, HOLDER)
    only(play.wait(24 * 5), RoundFinished)
    assert left(play) == [("why ana", "bo")]


def test_of_several_each_is_taken_up() -> None:
    play = objected("objection", "objection")
    takes(play, "cas", which=0)
    assert play.step.state == "objected"
    with pytest.raises(UserMistake, match="just before you"):
        play.does(rules.take_up, "bo", 0, {play.seen("bo").steps[0].objections[0].number}, "t2", "Me.", play.at + WEEK)
    takes(play, "bo", id_="t2")
    assert play.step.script.key == "end"
    assert sorted(person for _, person in left(play)) == ["bo", "cas"]


def test_one_may_take_up_several_at_once() -> None:
    play = objected("objection", "objection")
    assert only(takes(play, "cas"), ObjectionTakenUp).count == 2
    assert play.step.script.key == "end"
    assert [person for _, person in left(play)] == ["cas", "cas"]


@pytest.mark.parametrize(
    ("person", "days", "words", "match"),
    [
        ("lis", 7, "x", "Only who speaks"),
        ("stranger", 7, "x", "Only who speaks"),
        (HOLDER, 7, "x", "Only who speaks"),
        ("bo", 0, "x", "Pick a moment"),
        ("bo", 61, "x", "Pick a moment"),
        ("bo", 7, " ", "Write"),
        ("bo", 7, "x" * 3001, "Say it shorter"),
    ],
)
def test_what_cannot_be_taken_up(person: str, days: int, words: str, match: str) -> None:
    play = objected("objection")
    play.does(rules.join, "lis", "listen")
    (one,) = objections.open_ones(play.round, 0)
    with pytest.raises(UserMistake, match=match):
        play.does(rules.take_up, person, 0, {one.number}, "t1", words, play.at + timedelta(days=days))


@pytest.mark.parametrize("numbers", [(), (99,)])
def test_nothing_is_taken_up_that_is_not_there(numbers: tuple[int, ...]) -> None:
    play = objected("objection")
    with pytest.raises(UserMistake):
        play.does(rules.take_up, "bo", 0, numbers, "t1", "x", play.at + WEEK)


def test_a_concern_is_not_taken_up() -> None:
    play = objected("objection", "concern")
    concern = next(one for one in objections.voiced(play.round, 0) if not one.objects)
    with pytest.raises(UserMistake):
        play.does(rules.take_up, "bo", 0, {concern.number}, "t1", "x", play.at + WEEK)


def test_who_objected_may_settle_it_and_nobody_hears_who() -> None:
    play = objected("objection", "objection")
    with pytest.raises(UserMistake, match="no objection"):
        play.does(rules.settled, "cas", 0)
    facts = play.does(rules.settled, "ana", 0)
    assert facts == (ObjectionSettled("r1", 0),)
    assert play.step.state == "objected"
    facts = play.does(rules.settled, "bo", 0)
    assert kinds(facts) == ["ObjectionSettled", "StepClosed", "StepOpened"]
    seen = play.seen("cas").steps[0]
    assert {(one.author, one.objects, one.words) for one in seen.objections} == {
        (None, False, "why ana"),
        (None, False, "why bo"),
    }
    assert left(play) == []


def test_what_was_taken_up_and_is_settled_is_nobodys_task_any_more() -> None:
    play = objected("objection", "objection")
    ana = next(one.number for one in objections.open_ones(play.round, 0) if one.words == "why ana")
    play.does(rules.take_up, "cas", 0, {ana}, "t1", "x", play.at + WEEK)
    play.does(rules.settled, "ana", 0)
    assert play.round.tasks == ()
    assert play.step.state == "objected"


def test_what_is_given_back_is_open_again() -> None:
    play = objected("objection")
    takes(play, "bo")
    with pytest.raises(UserMistake):
        rules.give_back(play.round, "ana", "t1")
    assert kinds(play.take(rules.give_back(play.round, "bo", "t1"))) == ["ObjectionGivenBack"]
    assert left(play) == [("why ana", "")]
    with pytest.raises(UserMistake):
        rules.give_back(play.round, "bo", "t1")


def test_what_is_given_back_while_the_round_waits_can_be_taken_by_others() -> None:
    play = objected("objection", "objection")
    takes(play, "cas", which=0)
    play.take(rules.give_back(play.round, "cas", "t1"))
    assert only(takes(play, "bo", id_="t2"), ObjectionTakenUp).count == 2


@pytest.mark.parametrize("rule", [rules.leave, rules.gone])
def test_when_its_owner_leaves_it_is_nobodys_again(rule: object) -> None:
    play = objected("objection")
    takes(play, "bo")
    play.does(rule, "bo")  # type: ignore[arg-type]
    assert play.round.tasks == ()
    assert left(play) == [("why ana", "")]


@pytest.mark.parametrize("choice", ["keep", "unname", "remove"])
def test_who_is_forgotten_took_nothing_up_and_objected_to_nothing(choice: str) -> None:
    play = objected("objection")
    takes(play, "bo")
    play.does(rules.forget, "bo", choice)
    assert left(play) == [("why ana", "")]
    play.does(rules.forget, "ana", choice)
    assert left(play) == [("why ana", "")], "what was counted stays counted, and is nobody's"
    assert "'bo'" not in repr(play.round)
    assert "'ana'" not in repr(play.round)


def test_who_leaves_while_the_round_waits_takes_no_objection_along() -> None:
    play = objected("objection")
    play.does(rules.leave, "ana")
    assert play.step.state == "objected"
    assert dict(play.seen("bo").steps[0].tally) == {"fine": 2, "concern": 0, "objection": 1}


def test_who_leaves_while_their_own_lap_waits_takes_no_result_along() -> None:
    """Their lap is over; what everybody said of it in the vote is not."""
    asker = Role("asker", {"en": "asker", "nl": "vrager"}, filled_by="lap")
    tell = step("tell", "open", repeat="each", floor="role:asker", min_inputs=1)
    agree = step("agree", "vote", repeat="each", vote=VoteRule("consent"))
    play = Play(made_of(tell, agree, roles=(asker,))).begun(*THREE)
    whose = play.step.lap
    play.says(whose)
    play.done(whose)
    for who in THREE:
        play.votes(who, "objection" if who == whose else "fine", words="why" if who == whose else "")
    step_ = play.round.current
    assert (play.step.script.key, play.step.state) == ("agree", "objected")
    counted = rules.tally(play.round, step_)

    facts = play.does(rules.leave, whose)

    assert "StepSkipped" not in kinds(facts)
    assert play.round.steps[step_].state == "closed"
    assert rules.tally(play.round, step_) == counted
    assert left(play) == [("why", "")]
    assert play.step.script.key == "tell", "the next one has their lap"


def test_two_who_are_one_keep_what_both_took_up() -> None:
    play = objected("objection", "objection")
    takes(play, "bo", which=0)
    takes(play, "cas", id_="t2")
    play.does(rules.unite, "cas", "bo")
    assert {(one.id, one.person) for one in play.round.tasks} == {("t1", "bo"), ("t2", "bo")}
    assert [person for _, person in left(play)] == ["bo", "bo"]


def test_two_who_are_one_while_the_round_waits_change_no_result() -> None:
    play = objected("objection", "objection")
    before = rules.tally(play.round, 0)
    play.does(rules.unite, "bo", "ana")
    assert rules.tally(play.round, 0) == before
    assert len(objections.open_ones(play.round, 0)) == 2


def test_nobody_skips_it_or_makes_it_longer_and_closing_leaves_it_open() -> None:
    play = objected("objection")
    with pytest.raises(UserMistake, match="nobody can give it for them"):
        play.does(rules.skip, HOLDER)
    with pytest.raises(UserMistake, match="there is an objection"):
        play.does(rules.extend, HOLDER, 5)
    facts = play.does(rules.close, HOLDER)
    assert play.round.state == "wrapping"
    assert not [fact for fact in facts if isinstance(fact, VotesCounted)]
    assert only(facts, StepClosed).voices == 3
    assert left(play) == [("why ana", "")]


def test_closing_while_people_vote_waits_for_nothing() -> None:
    play = Play(FORMAT).begun(*THREE)
    play.votes("ana", "objection", words="why ana")
    play.does(rules.close, HOLDER)
    assert play.round.state == "wrapping"
    assert left(play) == [("why ana", "")]


def test_a_stopped_round_still_says_what_was_left() -> None:
    play = objected("objection")
    play.does(rules.cancel, HOLDER)
    assert play.round.steps[0].state == "closed"
    assert left(play) == [("why ana", "")]


def test_a_pause_stops_its_clock_too() -> None:
    play = objected("objection")
    play.wait(10)
    play.does(rules.pause, HOLDER)
    with pytest.raises(UserMistake, match="on hold"):
        play.does(rules.let_stand, HOLDER, 0)
    play.wait(100)
    play.does(rules.resume, HOLDER)
    assert play.step.state == "objected"
    assert play.round.due == play.at + timedelta(hours=38)


@pytest.mark.parametrize(
    "rule",
    [
        lambda it, now: rules.vote_again(it, HOLDER, 0, now),
        lambda it, now: rules.let_stand(it, HOLDER, 0, now),
        lambda it, now: rules.settled(it, "ana", 0, now),
        lambda it, now: rules.take_up(it, "bo", 0, {0}, "t2", "x", now.at + WEEK, now),
        lambda it, now: rules.let_stand(it, HOLDER, 99, now),
    ],
)
def test_once_it_is_over_it_is_over(rule: object) -> None:
    play = objected("objection")
    takes(play, "bo")
    with pytest.raises(UserMistake, match="This step is over"):
        rule(play.round, play.now)  # type: ignore[operator]


def test_where_others_are_at_work_beside_it_nobody_waits() -> None:
    beside = made_of(step("talk", "open"), replace(votes_on("consent"), parallel_with="talk"), step("end", "open"))
    play = Play(beside).begun(*THREE)
    for who in THREE:
        play.does(rules.vote, who, 1, ("objection",))
    assert play.round.steps[1].state == "closed"
    assert play.round.steps[0].state == "open"
    assert [person for _, person in left(play)] == ["", "", ""]


def test_each_vote_has_its_own_objections() -> None:
    again = replace(votes_on("consent"), key="again")
    play = objected("objection", format_=made_of(votes_on("consent"), again))
    takes(play, "bo")
    for who in THREE:
        play.votes(who, "objection" if who == "cas" else "fine", words="later" if who == "cas" else "")
    assert play.step.state == "objected"
    play.does(rules.let_stand, HOLDER, 1)
    assert left(play) == [("later", ""), ("why ana", "bo")]


def test_of_a_private_round_who_took_it_up_stays_and_the_words_go() -> None:
    play = objected("objection", format_=made_of(votes_on("consent"), step("end", "open"), place="private"))
    takes(play, "bo", days=60)
    play.wait(24 * 45)
    assert play.round.purged
    assert left(play) == [("", "bo")]
    assert [(one.person, one.words) for one in play.round.tasks] == [("bo", "")]
    assert "why ana" not in repr(play.round)


def test_facts_tell_neither_words_nor_whose_it_was() -> None:
    play = objected("objection", "objection")
    takes(play, "cas", which=0)
    play.does(rules.settled, "bo" if objections.open_ones(play.round, 0)[0].words == "why bo" else "ana", 0)
    dealt = [fact for fact in play.facts if type(fact).__module__.endswith("objection_facts")]
    assert len(dealt) == 3
    assert "why" not in repr(dealt)
    assert "look at it" not in repr(dealt)
    assert "'ana'" not in repr(dealt)
    assert "'bo'" not in repr(dealt)
