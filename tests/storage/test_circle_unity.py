"""Two people of a community turned out to be one: what they said, wished and formed for circles is put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Connection, select

from bot.circles.model import Declared, Wish
from bot.errors import Overtaken
from storage.cipher import Cipher
from storage.circle_tables import formations
from storage.circles import Circles
from storage.engine import connect, parse
from tests.storage.test_circles import FORMATION, SAID


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    engine = connect(parse(database_url), "write")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def store(connection: Connection) -> Circles:
    return Circles(connection, Cipher())


def test_what_the_kept_person_said_counts(store: Circles) -> None:
    store.declare("c1", SAID)
    store.declare("c1", Declared("ann", experience="some"))
    store.unite("c1", "ann", "anna")
    assert (store.declared("c1", "anna"), store.declared("c1", "ann")) == (SAID, None)
    store.declare("c1", Declared("bob", topics="Wachten"))
    store.unite("c1", "bob", "bo")
    assert (store.declared("c1", "bo"), store.declared("c1", "bob")) == (Declared("bo", topics="Wachten"), None)


def test_wishes_of_both_and_about_both(store: Circles) -> None:
    for each in (
        Wish("anna", "bo", "with"),
        Wish("ann", "bo", "apart"),
        Wish("anna", "cas", "apart"),
        Wish("ann", "cas", "line"),
        Wish("ann", "dee", "with"),
        Wish("anna", "ann", "with"),
        Wish("ann", "anna", "apart"),
        Wish("eva", "ann", "apart"),
        Wish("eva", "anna", "with"),
        Wish("eva", "bo", "with"),
        Wish("finn", "ann", "line"),
    ):
        store.wish("c1", each)
    store.unite("c1", "ann", "anna")
    assert store.wishes("c1", ("ann", "anna", "eva", "finn")) == (
        Wish("anna", "bo", "apart"),
        Wish("anna", "cas", "line"),
        Wish("anna", "dee", "with"),
        Wish("eva", "anna", "apart"),
        Wish("eva", "bo", "with"),
        Wish("finn", "anna", "line"),
    )


def test_nobody_sits_in_a_seating_twice(store: Circles) -> None:
    store.save_formation("c1", replace(FORMATION, by="ann", circles=(("ann", "bo"), ("cas", "anna"), ("dee",))))
    store.unite("c1", "ann", "anna")
    assert store.formation("c1", "f1") == replace(FORMATION, circles=(("anna", "bo"), ("cas",), ("dee",)))


@pytest.mark.parametrize("state", ["agreed", "dropped"])
def test_who_formed_circles_before_is_named_no_more(store: Circles, connection: Connection, state: str) -> None:
    store.save_formation("c1", replace(FORMATION, by="ann", circles=(), state=state))  # type: ignore[arg-type]
    store.unite("c1", "ann", "anna")
    assert connection.execute(select(formations.c.asked_by)).scalar_one() == "anna"
    store.forget("c1", "anna")
    assert connection.execute(select(formations.c.asked_by)).scalar_one() == ""


def test_a_seating_that_was_read_before_is_too_old_after(connection: Connection) -> None:
    one, other = Circles(connection, Cipher()), Circles(connection, Cipher())
    one.save_formation("c1", FORMATION)
    assert other.formation("c1", "f1") == FORMATION
    one.unite("c1", "anna", "ann")
    with pytest.raises(Overtaken):
        other.save_formation("c1", replace(FORMATION, turns=3))
