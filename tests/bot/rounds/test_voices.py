"""How voices were spread: known numbers, what chance gives, and who may hear it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rounds import rules, voices
from tests.bot.rounds.play import MONDAY, Play, made_of, step

TURNS = st.lists(st.integers(0, 30), min_size=1, max_size=15)


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        ((), 0),
        ((0, 0, 0), 0),
        ((4, 4, 4, 4), 0),
        ((0, 0, 0, 8), 3 / 4),
        ((1, 3), 1 / 4),
        ((0, 1, 2, 3, 4), 2 / 5),
    ],
)
def test_how_uneven(turns: tuple[int, ...], expected: float) -> None:
    assert voices.gini(turns) == pytest.approx(expected)


@given(TURNS, st.randoms(use_true_random=False), st.integers(2, 5))
def test_it_asks_neither_who_nor_how_much(turns: list[int], chance: Random, times: int) -> None:
    """The same for the same turns in another order, and for so many times as many; between equal and one voice."""
    mixed = list(turns)
    chance.shuffle(mixed)
    found = voices.gini(turns)
    assert voices.gini(mixed) == pytest.approx(found)
    assert voices.gini([each * times for each in turns]) == pytest.approx(found)
    assert -1e-9 <= found <= (len(turns) - 1) / len(turns) + 1e-9


@given(TURNS.filter(lambda turns: len(turns) > 1 and max(turns) - min(turns) > 1))
def test_giving_a_turn_to_the_quietest_makes_it_more_even(turns: list[int]) -> None:
    ordered = sorted(turns)
    shared = [ordered[0] + 1, *ordered[1:-1], ordered[-1] - 1]
    assert voices.gini(shared) < voices.gini(turns)


@pytest.mark.parametrize(("people", "total", "mean", "high"), [(8, 12, 0.39, 0.56), (8, 40, 0.22, 0.32)])
def test_what_chance_gives(people: int, total: int, mean: float, high: float) -> None:
    found, low, above = voices.by_chance(people, total)
    assert found == pytest.approx(mean, abs=0.015)
    assert above == pytest.approx(high, abs=0.03)
    assert low < found < above


def test_chance_is_the_same_every_time_and_fades_with_more_turns() -> None:
    before = voices.by_chance(6, 40)
    voices.by_chance.cache_clear()
    assert voices.by_chance(6, 40) == before
    means = [voices.by_chance(6, total)[0] for total in (24, 60, 200, 400, 1600)]
    assert means == sorted(means, reverse=True)
    assert means[-1] == pytest.approx(means[-2] / 2)


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        ((5, 5, 5, 5), "too_few_people"),
        ((40, 0, 0, 0), "too_few_people"),
        ((3, 4, 4, 4, 4), "too_few_turns"),
        ((19, 0, 0, 0, 0), "too_few_turns"),
        ((4, 4, 4, 4, 4), "more_even"),
        ((2, 3, 4, 5, 6), "as_chance"),
        ((0, 1, 1, 1, 17), "few_voices"),
        ((40, 41, 40, 40, 39, 40, 41, 40), "more_even"),
    ],
)
def test_what_can_be_said(turns: tuple[int, ...], expected: str) -> None:
    assert voices.reading(turns) == expected


@given(st.integers(5, 12), st.integers(0, 10_000))
def test_what_falls_by_chance_is_mostly_called_so(people: int, seed: int) -> None:
    """Of twenty rounds that chance made a handful at most is called anything else."""
    chance = Random(seed)
    called = 0
    for _ in range(20):
        turns = [0] * people
        for _ in range(6 * people):
            turns[chance.randrange(people)] += 1
        called += voices.reading(turns) != "as_chance"
    assert called <= 10


def test_turns_are_counted_of_those_who_speak_and_only_what_others_saw() -> None:
    play = Play(made_of(step("talk", "open"))).begun("ana", "bo", "cas")
    play.does(rules.join, "lis", "listen")
    for n in range(3):
        play.says("ana", id_=f"a{n}")
    play.says("bo", id_="b0")
    play.says("lis", id_="l0")
    assert voices.turns(play.round) == (0, 1, 3)
    play.take(rules.retract(play.round, "ana", "a0", play.now))
    assert voices.turns(play.round) == (0, 1, 2)


def test_a_private_answer_is_no_turn_yet() -> None:
    play = Play(made_of(step("write", "collect"))).begun("ana", "bo", "cas")
    play.says("ana")
    assert voices.turns(play.round) == (0, 0, 0)


def test_only_the_circle_hears_it_and_only_afterwards() -> None:
    people = ("ana", "bo", "cas", "dee", "eva")
    play = Play(made_of(step("talk", "open"))).begun(*people)
    for n in range(20):
        play.says("ana", id_=f"a{n}")
    play.does(rules.join, "lis", "listen")
    assert voices.heard_by(play.round, "ana") is None
    play.wait(24 * 9)
    assert play.round.state == "done"
    assert {voices.heard_by(play.round, person) for person in (*people, "lis", "fay")} == {"few_voices"}
    assert voices.heard_by(play.round, "somebody else") is None
    left = play.round.with_seat(replace(play.round.seats[1], state="left"))
    assert voices.heard_by(left, "bo") is None
    assert play.at > MONDAY + timedelta(days=1)
