from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import UserMistake
from bot.rounds import rules
from bot.rounds.model import Seat
from bot.rounds.script import Role
from bot.rounds.step_facts import (
    AnswersDropped,
    Edited,
    NamesAsked,
    OnlyAnswer,
    Removed,
    Revealed,
)
from tests.bot.rounds.play import HOLDER, MONDAY, Play, kinds, made_of, only, step

FORMAT = made_of(step("write", "collect", anonymous="optional", harvest="mark"), step("talk", "open"))
FOUR = ("ana", "bo", "cas", "dee")


def begun(*people: str, **given: object) -> Play:
    return Play(FORMAT, **given).begun(*(people or ("ana", "bo", "cas")))  # type: ignore[arg-type]


def test_the_order_of_the_reveal_is_chance() -> None:
    orders = set()
    for seed in range(12):
        play = begun(seed=seed)
        facts = [fact for who in ("ana", "bo", "cas") for fact in play.says(who)]
        orders.add(only(facts, Revealed).contributions)

    assert len(orders) > 3


def test_an_only_answer_is_not_revealed() -> None:
    play = begun()
    play.says("ana")
    play.passes("bo")

    facts = play.passes("cas")

    assert only(facts, OnlyAnswer) == OnlyAnswer("r1", 0, "ana", "ana0")
    assert "Revealed" not in kinds(facts)
    assert play.seen("bo").steps[0].answers == ()
    assert play.round.state == "running"


@pytest.mark.parametrize(("choice", "seen"), [("keep", 0), ("post", 1), ("drop", 0)])
def test_its_author_says_what_becomes_of_an_only_answer(choice: str, seen: int) -> None:
    play = begun()
    play.says("ana")
    play.passes("bo")
    play.passes("cas")

    with pytest.raises(UserMistake, match="Only the person who wrote this"):
        play.does(rules.settle_only, "bo", "ana0", choice)
    play.does(rules.settle_only, "ana", "ana0", choice)

    assert len(play.seen("bo").steps[0].answers) == seen
    with pytest.raises(UserMistake, match=r"settled already|not there any more"):
        play.does(rules.settle_only, "ana", "ana0", choice)


def test_four_anonymous_answers_are_revealed_without_names() -> None:
    play = begun(*FOUR, anonymous=True)
    facts = [fact for who in FOUR for fact in play.says(who)]

    assert len(only(facts, Revealed).contributions) == 4
    assert [one.author for one in play.seen("ana").steps[0].answers] == [None] * 4
    assert [one.mine for one in play.seen("ana").steps[0].answers].count(True) == 1


def test_three_anonymous_answers_are_shown_only_with_a_yes_to_the_name() -> None:
    play = begun(anonymous=True)
    facts = tuple(fact for who in ("ana", "bo", "cas") for fact in play.says(who))

    asked = only(facts, NamesAsked)
    assert (asked.people, asked.until) == (("ana", "bo", "cas"), MONDAY + timedelta(hours=24))
    assert play.step.state == "revealing"
    assert play.seen("ana").steps[0].answers == ()

    play.does(rules.answer_names, "ana", 0, True)
    play.does(rules.answer_names, "bo", 0, True)
    facts = play.does(rules.answer_names, "cas", 0, False)

    assert kinds(facts) == ["Revealed", "StepClosed", "StepOpened"]
    assert {one.author for one in play.seen("dee").steps[0].answers} == {"ana", "bo"}
    assert play.round.contribution("cas0") is not None


def test_no_answer_about_the_name_is_no() -> None:
    play = begun(anonymous=True)
    for who in ("ana", "bo", "cas"):
        play.says(who)
    play.does(rules.answer_names, "ana", 0, True)

    facts = play.next()

    assert only(facts, AnswersDropped).count == 2
    assert only(facts, OnlyAnswer).person == "ana"
    assert play.round.current == 1


def test_closing_the_round_drops_what_cannot_be_anonymous() -> None:
    play = begun(anonymous=True)
    play.says("ana")
    play.says("bo")

    facts = play.does(rules.close, HOLDER)

    assert only(facts, AnswersDropped).count == 2
    assert play.round.state == "wrapping"


def test_after_the_reveal_an_edit_shows_and_a_removal_empties() -> None:
    play = begun()
    for who in ("ana", "bo", "cas"):
        play.says(who)

    assert only(play.does(rules.edit, "ana", "ana0", "other words"), Edited).visible
    assert only(play.does(rules.retract, "bo", "bo0"), Removed).visible

    seen = {one.author: (one.body, one.edited) for one in play.seen("cas").steps[0].answers}
    assert seen == {"ana": ("other words", True), "cas": ("words of cas", False)}
    gone = play.round.contribution("bo0")
    assert gone is not None
    assert gone.body == ""


def test_what_is_revealed_to_a_role_only_they_see() -> None:
    play = Play(
        made_of(step("write", "collect", reveal="to:role:scribe"), step("talk", "open"), roles=(Role("scribe", {}),))
    ).begun("ana", "bo")
    play.round = play.round.with_seat(Seat("bo", "in", role="scribe"))
    play.says("ana")
    play.says("bo")

    assert len(play.seen("bo").steps[0].answers) == 2
    assert [one.author for one in play.seen("ana").steps[0].answers] == ["ana"]
    assert play.seen("stranger").steps[0].answers == ()


def test_what_was_settled_or_is_over_stays_so() -> None:
    play = begun()
    play.says("ana")
    play.passes("bo")
    play.passes("cas")
    with pytest.raises(UserMistake, match="This step is over"):
        play.does(rules.answer_names, "ana", 0, True)
    play.does(rules.cancel, HOLDER)

    with pytest.raises(UserMistake, match="Post it in the channel yourself"):
        play.does(rules.settle_only, "ana", "ana0", "post")
    with pytest.raises(UserMistake, match="stays as it is"):
        play.does(rules.edit, "ana", "ana0", "other words")
    play.does(rules.settle_only, "ana", "ana0", "keep")
    assert play.seen("bo").steps[0].answers == ()


def test_while_names_are_asked_nothing_is_extended() -> None:
    play = begun(anonymous=True)
    for who in ("ana", "bo", "cas"):
        play.says(who)

    with pytest.raises(UserMistake, match="asked about their names"):
        play.does(rules.extend, HOLDER, 1)
    assert "WrappingBegan" in kinds(play.does(rules.close, HOLDER))
    assert play.seen("ana").steps[0].answers == ()


def test_on_hold_nobody_hears_that_the_question_about_names_is_over() -> None:
    play = begun(anonymous=True)
    for person in ("ana", "bo", "cas"):
        play.says(person)
    play.does(rules.pause, HOLDER)
    with pytest.raises(UserMistake, match="on hold"):
        play.does(rules.answer_names, "ana", 0, True)
