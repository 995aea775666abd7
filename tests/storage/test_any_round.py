"""Whatever a round may hold comes back as it was: every field of every part, on both databases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from sqlalchemy import Connection

from bot.chat.names import Space
from bot.rounds.model import Round
from tests.storage.test_rounds import connection, store  # noqa: F401 - `connection` is a fixture

PLAIN = "abc é“\"\\'\n{}%0"


def anything(kind: Any, chance: Random) -> Any:
    """A value of this kind that nobody thought of; of what may be empty, sometimes nothing."""
    within = get_args(kind)
    match get_origin(kind):
        case origin if origin is Literal:
            return chance.choice(within)
        case origin if origin in (Union, UnionType):
            return anything(chance.choice(within), chance)
        case origin if origin is tuple and within[-1] is ...:
            return tuple(anything(within[0], chance) for _ in range(chance.randint(0, 3)))
        case origin if origin is tuple:
            return tuple(anything(each, chance) for each in within)
        case origin if isinstance(origin, type) and issubclass(origin, Mapping):
            return {anything(within[0], chance): anything(within[1], chance) for _ in range(2)}
    simple = {
        str: lambda: "".join(chance.choices(PLAIN, k=chance.randint(1, 6))) if chance.random() < 0.8 else "",
        int: lambda: chance.randint(0, 2**31 - 1),
        float: lambda: chance.randint(0, 99) / 2,
        bool: lambda: chance.random() < 0.5,
        datetime: lambda: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(microseconds=chance.randint(0, 10**14)),
        date: lambda: date(2026, 1, 1) + timedelta(days=chance.randint(0, 999)),
        type(None): lambda: None,
    }
    if kind is Space:
        return Space(chance.choice(("slack", "discord")), simple[str]() or "T1")
    if kind in simple:
        return simple[kind]()
    assert is_dataclass(kind), kind
    hints = get_type_hints(kind)
    made = {field.name: anything(hints[field.name], chance) for field in fields(kind)}
    return kind(**made)  # type: ignore[operator]


@pytest.mark.parametrize("number", range(20))
def test_whatever_it_holds_it_comes_back_as_it_was(connection: Connection, number: int) -> None:  # noqa: F811
    chance = Random(number)
    first, then = (replace(anything(Round, chance), id="r1", community="c1", version=0) for _ in range(2))

    store(connection).add(first)
    assert store(connection).get("c1", "r1") == first
    store(connection).save(then)

    assert store(connection).get("c1", "r1") == replace(then, version=1)
