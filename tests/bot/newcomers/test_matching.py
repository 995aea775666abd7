"""Who could be a newcomer's buddy."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from bot.chat.people import Person, Quiet
from bot.newcomers.matching import choose, shared_hours
from bot.newcomers.model import Volunteer
from tests.bot.newcomers.people import ANNA, MONDAY


def somebody(name: str, **changes: Any) -> Person:
    return replace(ANNA, id=name, name=name, **changes)


def chosen(
    *volunteers: tuple[Person, int, datetime | None], earlier: tuple[str, ...] = (), seed: int = 1
) -> str | None:
    offered = [(Volunteer(person.id, load, asked), person) for person, load, asked in volunteers]
    found = choose(ANNA, offered, earlier, MONDAY, seed)
    return found and found.id


BO = somebody("bo")


@pytest.mark.parametrize(
    "changes",
    [
        {"language": "nl"},
        {"gone": True},
        {"reachable": False},
        {"paused_until": MONDAY + timedelta(days=1)},
        {"quiet": Quiet(time(9), time(18))},  # up when Anna sleeps
        {"quiet": Quiet(days=(5, 6))},  # another week
        {"quiet": Quiet(days=())},
        {"timezone": "Pacific/Kiritimati"},
    ],
)
def test_who_does_not_fit(changes: dict[str, Any]) -> None:
    assert chosen((replace(BO, **changes), 0, None)) is None


@pytest.mark.parametrize(
    "changes",
    [{}, {"paused_until": MONDAY - timedelta(days=1)}, {"timezone": "Asia/Kolkata"}, {"quiet": Quiet(days=(0,))}],
)
def test_who_fits(changes: dict[str, Any]) -> None:
    assert chosen((replace(BO, **changes), 0, None)) == "bo"


def test_nobody_is_their_own_buddy() -> None:
    assert chosen((ANNA, 0, None)) is None


def test_two_newcomers_at_a_time_are_enough() -> None:
    assert chosen((BO, 1, None)) == "bo"
    assert chosen((BO, 2, None)) is None


def test_never_the_same_again() -> None:
    assert chosen((BO, 0, None), earlier=("bo",)) is None


def test_who_has_least_and_waited_longest_comes_first() -> None:
    yesterday, last_week = MONDAY - timedelta(days=1), MONDAY - timedelta(days=7)
    assert chosen((BO, 1, None), (somebody("cas"), 0, yesterday)) == "cas"
    assert chosen((BO, 0, yesterday), (somebody("cas"), 0, last_week)) == "cas"
    assert chosen((BO, 0, yesterday), (somebody("cas"), 0, None)) == "cas"


def test_chance_decides_between_equals() -> None:
    equals = [(somebody(name), 0, None) for name in ("bo", "cas", "dirk")]
    assert {chosen(*equals, seed=seed) for seed in range(30)} == {"bo", "cas", "dirk"}


def test_hours_in_common() -> None:
    assert shared_hours(ANNA, BO, MONDAY) == 45
    assert shared_hours(ANNA, replace(BO, timezone="Pacific/Kiritimati"), MONDAY) == 0
