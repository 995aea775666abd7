"""Light tasks and small steps by their rules; and what becomes of them when people leave, are forgotten, or are one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserMistake
from bot.rounds import lending, rules, task
from bot.rounds.task import LIGHT, Task
from tests.bot.rounds.play import MONDAY, Play, kinds, made_of, step

FORMAT = made_of(step("talk", "open"), size=(2, 6))


def listened(*tasks: Task) -> Play:
    """Ana and Bo speak, Lis and Kim listen."""
    play = Play(FORMAT).begun("ana", "bo")
    for person in ("lis", "kim"):
        play.does(rules.join, person, "listen")
    play.round = replace(play.round, tasks=tasks)
    return play


def given_(id_: str, person: str, kind: str = "surprised", words: str = "Words.", **more: object) -> Task:
    return replace(Task(id_, person, kind, words, given_at=MONDAY), **more)  # type: ignore[arg-type]


def taken(play: Play, person: str, kind: str, id_: str = "t1") -> tuple[object, ...]:
    return play.take(lending.choose(play.round, person, kind, id_))


def test_a_task_is_taken_written_and_shown_when_the_round_wraps_up() -> None:
    play = listened()
    assert kinds(taken(play, "lis", "words")) == ["TaskChosen"]
    assert taken(play, "lis", "words", "t2") == ()
    facts = play.does(lending.give, "lis", "words", "  scaffolding ", named=True)
    assert kinds(facts) == ["TaskGiven"]
    assert play.does(lending.give, "lis", "words", "scaffolding", named=True) == ()
    assert lending.shown(play.round) == ()
    play.does(rules.close, "fay")
    assert play.round.state == "wrapping"
    assert lending.shown(play.round) == (given_("t1", "lis", "words", "scaffolding", named=True, given_at=play.at),)


@pytest.mark.parametrize(
    ("person", "kind", "state"),
    [
        ("ana", "words", "running"),
        ("eva", "words", "running"),
        ("lis", "step", "running"),
        ("lis", "cooking", "running"),
        ("lis", "words", "done"),
        ("lis", "words", "cancelled"),
        ("lis", "words", "lapsed"),
    ],
)
def test_a_task_that_cannot_be_taken(person: str, kind: str, state: str) -> None:
    play = listened()
    play.round = replace(play.round, state=state)
    with pytest.raises(UserMistake):
        lending.choose(play.round, person, kind, "t1")


@pytest.mark.parametrize("state", ["inviting", "cancelled", "lapsed"])
def test_nothing_can_be_told_of_a_round_that_is_not(state: str) -> None:
    play = listened(Task("t1", "lis", "words"))
    play.round = replace(play.round, state=state)
    with pytest.raises(UserMistake):
        lending.give(play.round, "lis", "words", "scaffolding", play.now, named=False)


@pytest.mark.parametrize("words", ["", "  \n", "x" * 9999])
def test_words_that_cannot_be_given(words: str) -> None:
    play = listened(Task("t1", "lis", "words"))
    with pytest.raises(UserMistake):
        lending.give(play.round, "lis", "words", words, play.now, named=False)


def test_nobody_gives_for_somebody_else() -> None:
    play = listened(Task("t1", "lis", "words"))
    with pytest.raises(UserMistake):
        lending.give(play.round, "kim", "words", "scaffolding", play.now, named=False)
    assert lending.drop(play.round, "kim", "words") == (play.round, ())


@pytest.mark.parametrize(("days", "fine"), [(1, True), (60, True), (61, False), (0, False), (-1, False)])
def test_when_a_small_step_is_remembered(days: int, fine: bool) -> None:
    play = listened()
    at = play.at + timedelta(days=days)
    if not fine:
        with pytest.raises(UserMistake):
            lending.small_step(play.round, "ana", "s1", "Wait.", at, play.now)
        return
    assert kinds(play.take(lending.small_step(play.round, "ana", "s1", "Wait.", at, play.now))) == ["SmallStepTaken"]
    play.take(lending.small_step(play.round, "ana", "s2", "Wait longer.", at, play.now))
    assert [(one.id, one.words) for one in play.round.tasks] == [("s1", "Wait longer.")]


def test_no_fact_has_anybody_s_words() -> None:
    play = listened()
    taken(play, "lis", "words")
    play.does(lending.give, "lis", "words", "secret", named=True)
    play.take(lending.small_step(play.round, "ana", "s1", "secret", None, play.now))
    play.take(lending.drop(play.round, "lis", "words"))
    assert "secret" not in repr(play.facts)


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        ("keep", [given_("a", "lis", named=True), given_("b", "kim", named=True), given_("s", "lis", "step")]),
        ("unname", [given_("a", "lis"), given_("b", "kim", named=True), given_("s", "lis", "step")]),
        ("remove", [given_("b", "kim", named=True), given_("s", "lis", "step")]),
    ],
)
def test_somebody_who_leaves(choice: str, left: list[Task]) -> None:
    tasks = (
        given_("a", "lis", named=True), given_("b", "kim", named=True), Task("c", "lis", "words"),
        given_("s", "lis", "step"),
    )  # fmt: skip
    assert list(task.left_behind(tasks, "lis", choice)) == left


TASKS = st.lists(
    st.builds(
        Task,
        id=st.uuids().map(str),
        person=st.sampled_from(["ana", "lis", "kim", ""]),
        kind=st.sampled_from([*LIGHT, "step", "objection"]),
        words=st.sampled_from(["", "one", "two"]),
        named=st.booleans(),
        given_at=st.sampled_from([None, MONDAY]),
    ),
    max_size=8,
    unique_by=lambda one: (one.id if one.kind == "objection" else one.person or one.id, one.kind),
).map(tuple)


@given(TASKS)
def test_who_is_forgotten_is_nowhere(tasks: tuple[Task, ...]) -> None:
    left = task.forgotten(tasks, "lis")
    assert not [one for one in left if one.person == "lis"]
    assert not [one for one in left if not one.person and one.named and one not in tasks]
    assert [one for one in left if one.person] == [one for one in tasks if one.person not in ("lis", "")]
    assert task.forgotten(left, "lis") == left


@given(TASKS)
def test_two_who_are_one_have_one_of_each_and_lose_no_word(tasks: tuple[Task, ...]) -> None:
    both = task.united(tasks, "lis", "ana")
    assert not [one for one in both if one.person == "lis"]
    mine = [one.kind for one in both if one.person == "ana" and one.kind != "objection"]
    assert len(mine) == len(set(mine))
    for one in tasks:
        if one.words:
            assert any(one.words in other.words and other.kind == one.kind for other in both)
    assert [one for one in both if one.person in ("kim", "")] == [one for one in tasks if one.person in ("kim", "")]
    assert task.united(both, "lis", "ana") == both


def test_a_name_stands_there_only_if_both_said_so() -> None:
    first, second = given_("a", "lis", named=True), given_("b", "ana")
    (one,) = task.united((first, second), "lis", "ana")
    assert not one.named
    (one,) = task.united((first, Task("b", "ana", "surprised")), "lis", "ana")
    assert one.named


def test_the_whole_round_forgets_and_unites_them() -> None:
    play = listened(given_("a", "lis", named=True), given_("s", "lis", "step"), given_("b", "kim"))
    play.does(rules.unite, "lis", "kim")
    assert {(one.person, one.kind) for one in play.round.tasks} == {("kim", "surprised"), ("kim", "step")}
    play.does(rules.forget, "kim", "keep")
    assert [(one.person, one.kind, one.named) for one in play.round.tasks] == [("", "surprised", False)]


def test_of_two_small_steps_the_one_that_is_reminded_of_is_not_lost() -> None:
    """What waits in the clock goes by the id of the task."""
    plain = given_("t1", "lis", "step", "Wait.")
    reminded = given_("t2", "kim", "step", "Ask.", remind_at=MONDAY + timedelta(days=7))
    for two in ((plain, reminded), (reminded, plain)):
        (one,) = task.united(two, "kim", "lis")
        assert (one.id, one.remind_at, one.person) == ("t2", reminded.remind_at, "lis")
