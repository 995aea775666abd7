from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.errors import UserMistake
from bot.rounds import rules
from bot.rounds.facts import (
    ContributionKept,
    KeepAsked,
    KeepRefused,
    KeepWithdrawn,
    Marked,
    Purged,
    RoundFinished,
    WrappingBegan,
)
from bot.rounds.step_facts import Fact
from bot.rounds.task import Task
from tests.bot.rounds.play import HOLDER, MONDAY, Play, kinds, made_of, message, only, step, votes_on

FORMAT = made_of(step("write", "collect", harvest="mark"), step("talk", "open", harvest="none"))
THREE = ("ana", "bo", "cas")


def wrapping(*marked: str) -> Play:
    play = Play(FORMAT).begun(*THREE)
    for who in THREE:
        play.says(who)
    play.does(rules.hear, "ana", "said", "just talk", message("m1"))
    for who in marked:
        assert only(play.take(rules.mark(play.round, who, f"{who}0")), Marked).contribution == f"{who}0"
    play.does(rules.close, HOLDER)
    return play


def answer(play: Play, person: str, answer_: Any, words: str = "") -> tuple[Fact, ...]:
    return play.take(rules.answer_keep(play.round, person, f"{person}0", answer_, play.now, words=words))


def test_what_its_author_marked_is_asked_about_when_it_wraps_up() -> None:
    play = wrapping("ana")

    asked = only(play.facts, KeepAsked)
    assert (asked.contribution, asked.person) == ("ana0", "ana")
    assert asked.until == only(play.facts, WrappingBegan).keep_until == MONDAY + timedelta(hours=72)
    assert [one.body for one in rules.asked_to_keep(play.round, "ana")] == ["words of ana"]
    assert rules.asked_to_keep(play.round, "bo") == ()


@pytest.mark.parametrize(
    ("said", "words", "body", "named"),
    [
        ("yes", "", "words of ana", True),
        ("unnamed", "", "words of ana", False),
        ("yes", "other words", "other words", True),
        ("unnamed", "other words", "other words", False),
    ],
)
def test_a_yes_carries_all_that_an_item_needs(said: str, words: str, body: str, named: bool) -> None:
    play = wrapping("ana")

    kept = only(answer(play, "ana", said, words), ContributionKept)

    assert kept == ContributionKept("r1", "ana0", "the first lesson", body, "ana", named, "made_up/write")
    assert rules.asked_to_keep(play.round, "ana") == ()


def test_a_no_keeps_nothing() -> None:
    play = wrapping("ana")

    assert kinds(answer(play, "ana", "no")) == ["KeepRefused"]


def test_silence_is_no() -> None:
    play = wrapping("ana", "bo")
    answer(play, "bo", "yes")

    facts = play.next()

    assert only(facts, KeepRefused).contribution == "ana0"
    assert only(facts, RoundFinished) == RoundFinished("r1", "made_up", "the first lesson")
    with pytest.raises(UserMistake, match="no answer counts as no"):
        answer(play, "ana", "yes")


def test_a_yes_can_be_withdrawn_also_when_the_round_is_done() -> None:
    play = wrapping("ana")
    answer(play, "ana", "yes")
    assert answer(play, "ana", "yes") == ()
    play.next()

    assert kinds(answer(play, "ana", "no")) == ["KeepWithdrawn"]


def test_a_yes_without_a_name_takes_the_name_back() -> None:
    play = wrapping("ana")
    answer(play, "ana", "yes")

    assert kinds(answer(play, "ana", "unnamed")) == ["KeepWithdrawn", "ContributionKept"]


def test_only_authors_decide_and_only_about_what_they_were_asked() -> None:
    play = wrapping("ana")
    with pytest.raises(UserMistake, match="Only the person who wrote this"):
        play.take(rules.answer_keep(play.round, "bo", "ana0", "yes", play.now))
    with pytest.raises(UserMistake, match="Nobody asks to keep this"):
        answer(play, "bo", "yes")
    with pytest.raises(UserMistake, match="Only the person who wrote this"):
        play.take(rules.mark(play.round, "bo", "ana0"))
    with pytest.raises(UserMistake, match="not there any more"):
        play.take(rules.mark(play.round, "bo", "nothing"))


def test_a_mark_while_it_wraps_up_is_asked_about_at_once() -> None:
    play = wrapping()

    assert kinds(play.take(rules.mark(play.round, "cas", "cas0"))) == ["Marked", "KeepAsked"]
    assert play.take(rules.mark(play.round, "cas", "cas0")) == ()


def test_some_steps_stay_in_the_round() -> None:
    play = wrapping()

    with pytest.raises(UserMistake, match="stays in the round"):
        play.take(rules.mark(play.round, "ana", "said"))


def test_the_answers_with_most_dots_are_offered_to_their_authors() -> None:
    dots = votes_on("dots", per_person=3)
    play = Play(made_of(step("write", "collect"), step_with(dots, "draft"))).begun(*THREE, "dee", "eli")
    for who in (*THREE, "dee", "eli"):
        play.says(who)
    play.votes("ana", "bo0", "bo0", "cas0")
    play.votes("bo", "cas0", "dee0", "bo0")
    play.votes("cas", "dee0", "eli0", "bo0")
    play.votes("dee", "cas0", "dee0")
    play.passes("eli")

    asked = {fact.contribution for fact in play.facts if isinstance(fact, KeepAsked)}
    assert asked == {"bo0", "cas0", "dee0"}


def step_with(one: Any, harvest: str) -> Any:
    return type(one)(one.key, one.mode, one.prompt, one.async_h, one.sync_min, vote=one.vote, harvest=harvest)


def test_everything_in_a_draft_step_is_offered_to_who_is_still_here() -> None:
    play = Play(made_of(step("shape", "open", harvest="draft"), step("end", "open"))).begun(*THREE)
    for number, who in enumerate(THREE):
        play.does(rules.hear, who, who, f"text {who}", message(str(number)))
    play.does(rules.leave, "cas")
    play.does(rules.close, HOLDER)

    assert [fact.person for fact in play.facts if isinstance(fact, KeepAsked)] == ["ana", "bo"]


def consenting() -> Play:
    shape, consent = step("shape", "open", harvest="draft"), step("ok", "collect", reveal="none", floor="contributors")
    play = Play(made_of(shape, consent, step("end", "open"))).begun(*THREE)
    play.does(rules.hear, "ana", "ana0", "text of ana", message("1"))
    play.does(rules.hear, "bo", "bo0", "text of bo", message("2"))
    play.done(*THREE)
    return play


def test_a_step_for_contributors_asks_them_and_nobody_else() -> None:
    play = consenting()

    assert [fact.person for fact in play.facts if isinstance(fact, KeepAsked)] == ["ana", "bo"]
    answer(play, "ana", "yes")
    with pytest.raises(UserMistake, match="asks only some of you"):
        play.says("cas")
    with pytest.raises(UserMistake, match="nobody can give it for them"):
        play.does(rules.skip, HOLDER)
    assert kinds(answer(play, "bo", "no")) == ["KeepRefused", "StepClosed", "StepOpened"]


def test_in_that_step_silence_is_no_when_its_time_is_over() -> None:
    play = consenting()
    answer(play, "ana", "yes")
    play.until(KeepRefused)

    assert only(play.facts, KeepRefused).contribution == "bo0"
    play.does(rules.close, HOLDER)
    assert len([fact for fact in play.facts if isinstance(fact, KeepAsked)]) == 2


def test_an_edit_brings_a_yes_back_to_the_question() -> None:
    play = wrapping("ana")
    answer(play, "ana", "yes")

    facts = play.does(rules.edit, "ana", "ana0", "other words")

    assert kinds(facts) == ["Edited", "KeepWithdrawn", "KeepAsked"]
    assert rules.asked_to_keep(play.round, "ana")[0].body == "other words"


def test_a_message_edited_after_the_end_is_kept_no_longer() -> None:
    play = consenting()
    answer(play, "ana", "yes")
    answer(play, "bo", "no")
    play.until(RoundFinished)

    assert "KeepWithdrawn" in kinds(play.does(rules.message_edited, message("1"), "changed"))
    assert "KeepWithdrawn" not in kinds(play.does(rules.message_deleted, message("2")))


def test_a_deletion_takes_the_quote_away() -> None:
    play = wrapping("ana")
    answer(play, "ana", "yes")

    facts = play.does(rules.retract, "ana", "ana0")

    assert only(facts, KeepWithdrawn).contribution == "ana0"


def test_thirty_days_later_what_nobody_saw_is_erased() -> None:
    play = Play(FORMAT).begun(*THREE)
    play.says("ana")
    play.does(rules.cancel, HOLDER)
    assert "words of ana" in repr(play.round)

    play.until(Purged)

    assert "words of ana" not in repr(play.round)
    assert play.at == MONDAY + timedelta(days=30)
    assert play.round.due is None


@pytest.mark.parametrize("place", ["private", "thread", "private_trio"])
def test_thirty_days_later_only_what_is_kept_is_left_of_what_was_said_in_private(place: Any) -> None:
    format_ = made_of(step("write", "collect", harvest="mark"), votes_on("consent"), step("talk", "open"), place=place)
    play = Play(format_).begun(*THREE)
    for who in THREE:
        play.says(who)
    for who in THREE:
        play.votes(who, "concern", words=f"concern of {who}")
    play.says("bo", "only in here", id_="aloud")
    play.take(rules.mark(play.round, "ana", "ana0"))
    light = Task("t1", "cas", "surprised", "light work", given_at=MONDAY)
    play.round = replace(play.round, tasks=(light, Task("t2", "cas", "step", "my own step", given_at=MONDAY)))
    play.does(rules.close, HOLDER)
    answer(play, "ana", "yes")
    play.until(RoundFinished)
    assert all(words in repr(play.round) for words in ("words of bo", "only in here", "concern of cas", "light work"))

    play.until(Purged)

    left = repr(play.round)
    for words in ("words of bo", "words of cas", "only in here", "concern of", "light work"):
        assert (words in left) == (place != "private"), words
    assert "words of ana" in left, "its author wanted it kept"
    assert "my own step" in left
    assert play.round.due is None
    answer(play, "ana", "no")
    assert ("words of ana" in repr(play.round)) == (place != "private"), "the last thing that kept them is gone"


def test_secret_ballots_lose_their_voters_in_the_end() -> None:
    play = Play(made_of(votes_on("consent"))).begun(*THREE)
    play.votes("ana", "objection", named=True)
    play.votes("bo", "fine")
    play.votes("cas", "fine")
    play.until(Purged)

    assert sorted(vote.person for vote in play.round.votes) == ["", "", "ana"]
