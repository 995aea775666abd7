"""Circles, seats, and what people said and wished, as they are stored; beside each stands a second community."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Connection, select

from bot.chat.names import Channel, Space
from bot.circles.model import Circle, Declared, Formation, Seat, Wish
from bot.errors import Overtaken
from storage.cipher import Cipher
from storage.circle_tables import declared, wishes
from storage.circles import Circles
from storage.engine import connect, parse

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOME = Channel(Space("slack", "T1"), "C1")
CIRCLE = Circle(
    id="k1",
    number=1,
    name="Wachten",
    question="Wat gebeurt er als je <@everyone> laat wachten?",
    state="forming",
    facilitator="anna",
    home=HOME,
    formation=2,
    made=NOW,
    seats=(Seat("anna", "in", NOW), Seat("bo", "asked", NOW), Seat("cas", "left", NOW)),
    ask_until=NOW + timedelta(days=7),
)
SAID = Declared("anna", experience="long", languages=("nl", "tr"), slots=("0.morning",), topics="Wachten in de klas")
WISH = Wish("anna", "bo", "apart")
FORMATION = Formation(
    id="f1",
    number=0,
    by="anna",
    name="Kring",
    question="Wat doet wachten?",
    live=True,
    home=HOME,
    seed=2**62 + 1,
    at=NOW,
    circles=(("anna", "bo"), ("cas",)),
)


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    engine = connect(parse(database_url), "write")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def store(connection: Connection) -> Circles:
    return Circles(connection, Cipher())


def test_a_circle_comes_back_as_saved(store: Circles) -> None:
    store.save("c1", CIRCLE)
    assert store.get("c1", "k1") == store.numbered("c1", 1) == CIRCLE
    changed = replace(
        CIRCLE, state="open", question="Anders", ask_until=None, small_since=NOW, seats=CIRCLE.seats[::-1]
    )
    store.save("c1", changed)
    store.save("c1", replace(changed, facilitator=""))  # a second time in the same unit
    assert store.get("c1", "k1") == replace(changed, facilitator="")
    bare = replace(CIRCLE, id="k2", number=2, home=None, seats=(), ask_until=None)
    store.save("c1", bare)
    assert store.get("c1", "k2") == bare


def test_whose_circles(store: Circles) -> None:
    store.save("c1", replace(CIRCLE, id="k3", number=3, seats=(), state="closed"))
    store.save("c1", replace(CIRCLE, id="k2", number=2, facilitator=""))
    store.save("c1", CIRCLE)
    assert [each.id for each in store.of("c1", "anna")] == ["k1", "k2", "k3"]
    assert [each.id for each in store.of("c1", "bo")] == ["k1", "k2"]
    assert [each.id for each in store.all("c1")] == ["k1", "k2"]
    assert store.past("c1") == ((2, ("anna", "cas")), (2, ("anna", "cas")))


def test_who_is_later_starts_again(connection: Connection) -> None:
    one, other = Circles(connection, Cipher()), Circles(connection, Cipher())
    one.save("c1", CIRCLE)
    one.save_formation("c1", FORMATION)
    with pytest.raises(Overtaken):
        other.save("c1", CIRCLE)
    assert other.get("c1", "k1") == CIRCLE
    assert other.formation("c1", "f1") == FORMATION
    one.save("c1", replace(CIRCLE, state="open"))
    one.save_formation("c1", replace(FORMATION, turns=1))
    with pytest.raises(Overtaken):
        other.save("c1", replace(CIRCLE, state="closed"))
    with pytest.raises(Overtaken):
        other.save_formation("c1", replace(FORMATION, turns=2))
    with pytest.raises(Overtaken):  # one number each
        other.save("c1", replace(CIRCLE, id="k9"))


def test_what_people_said(store: Circles) -> None:
    assert store.declared("c1", "anna") is None
    store.declare("c1", SAID)
    store.declare("c1", Declared("bo", ready=False))
    assert store.declared("c1", "anna") == SAID
    assert store.ready("c1") == (SAID,)
    store.declare("c1", replace(SAID, ready=False, experience=None, slots=()))
    assert store.declared("c1", "anna") == replace(SAID, ready=False, experience=None, slots=())
    assert store.ready("c1") == ()


def test_wishes(store: Circles) -> None:
    store.wish("c1", WISH)
    store.wish("c1", Wish("bo", "anna", "with"))
    store.wish("c1", replace(WISH, kind="line"))
    assert store.wishes("c1", ("anna", "bo")) == (replace(WISH, kind="line"), Wish("bo", "anna", "with"))
    store.unwish("c1", "anna", "bo")
    assert store.wishes("c1", ("anna", "cas")) == ()


def test_formations(store: Circles) -> None:
    assert store.latest("c1") == 0
    store.save_formation("c1", FORMATION)
    assert store.formation("c1", "f1") == FORMATION
    assert store.formations("c1") == (FORMATION,)
    agreed = replace(FORMATION, state="agreed", number=3, turns=8, share=97, home=None)
    store.save_formation("c1", agreed)
    assert store.formation("c1", "f1") == agreed
    assert store.formations("c1") == ()
    assert store.latest("c1") == 3


def test_wishes_and_topics_are_closed_with_the_hosts_key(connection: Connection) -> None:
    key = Fernet.generate_key().decode()
    store = Circles(connection, Cipher(key))
    store.declare("c1", SAID)
    store.wish("c1", WISH)
    for column in (declared.c.topics, wishes.c.kind):
        stored = connection.execute(select(column)).scalar_one()
        assert stored.startswith("kring1:")
    assert Circles(connection, Cipher(key)).declared("c1", "anna") == SAID
    assert Circles(connection, Cipher(key)).wishes("c1", ("anna",)) == (WISH,)


def everything(store: Circles) -> tuple[object, ...]:
    """All that any method finds in the first community."""
    return (
        store.get("c1", "k1"),
        store.numbered("c1", 1),
        store.of("c1", "anna"),
        store.all("c1"),
        store.past("c1"),
        store.declared("c1", "anna"),
        store.ready("c1"),
        store.wishes("c1", ("anna", "bo")),
        store.formation("c1", "f1"),
        store.formations("c1"),
        store.latest("c1"),
    )


def fill(store: Circles, community: str) -> None:
    store.save(community, CIRCLE)
    store.declare(community, SAID)
    store.wish(community, WISH)
    store.save_formation(community, FORMATION)
    store.save_formation(community, replace(FORMATION, id="f2", state="agreed", number=1))


def test_another_community_is_never_seen_nor_touched(store: Circles) -> None:
    nothing = everything(store)
    fill(store, "c2")
    assert everything(store) == nothing
    fill(store, "c1")
    full = everything(store)
    store.save("c2", replace(CIRCLE, state="closed", seats=()))
    store.declare("c2", replace(SAID, ready=False))
    store.wish("c2", replace(WISH, kind="with"))
    store.unwish("c2", "anna", "bo")
    store.save_formation("c2", replace(FORMATION, state="dropped"))
    store.forget("c2", "anna")
    assert everything(store) == full


def test_nothing_is_left_of_who_is_forgotten(store: Circles) -> None:
    fill(store, "c1")
    store.wish("c1", Wish("bo", "anna", "with"))
    store.forget("c1", "anna")
    assert store.of("c1", "anna") == ()
    assert store.declared("c1", "anna") is None
    assert store.wishes("c1", ("anna", "bo")) == ()
    assert store.formation("c1", "f1") == replace(FORMATION, by="", circles=(("bo",), ("cas",)))
    found = store.get("c1", "k1")
    assert found is not None
    assert (found.facilitator, [each.person for each in found.seats]) == ("", ["bo", "cas"])


def test_nobody_writes_over_a_forgetting(connection: Connection) -> None:
    one, other = Circles(connection, Cipher()), Circles(connection, Cipher())
    fill(one, "c1")
    assert other.get("c1", "k1") == CIRCLE
    assert other.formation("c1", "f1") == FORMATION
    one.forget("c1", "cas")
    with pytest.raises(Overtaken):
        other.save("c1", replace(CIRCLE, state="open"))
    with pytest.raises(Overtaken):
        other.save_formation("c1", replace(FORMATION, turns=3))
