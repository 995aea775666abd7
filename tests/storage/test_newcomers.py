"""Newcomers, what they wrote, buddies and wishes, as they are stored; beside each stands a second community."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Connection, select

from bot.chat.names import Channel, Space
from bot.errors import Overtaken
from bot.newcomers.model import Called, CheckinAnswer, Help, Newcomer, Pairing, Volunteer
from storage.cipher import Cipher
from storage.engine import connect, parse
from storage.newcomer_tables import answers, helps
from storage.newcomers import Newcomers

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
CHANNEL = Channel(Space("slack", "T1"), "C1")
ANNA = Newcomer("n1", "anna", NOW, TODAY, TODAY, CHANNEL)
ANSWER = CheckinAnswer("a1", "n1", "anna", "question", "Wie is hier <@everyone>?", NOW, ("bo",))
PAIRING = Pairing("b1", "n1", "anna", "bo", NOW, told=1)
HELP = Help(
    "h1",
    "n1",
    "anna",
    "chat",
    "Ik zoek iemand die meekijkt.",
    with_name=True,
    asked=NOW,
    tell_at=NOW + timedelta(days=1),
    own_up_at=NOW + timedelta(days=2),
    helpers=(Called("cas", NOW + timedelta(hours=8)), Called("bo", None, "declined")),
)


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    engine = connect(parse(database_url), "write")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def store(connection: Connection) -> Newcomers:
    return Newcomers(connection, Cipher())


def test_a_newcomer_comes_back_as_saved(store: Newcomers) -> None:
    store.save("c1", ANNA)
    changed = replace(
        ANNA,
        pace="fewer",
        done=7,
        open=(3, 7),
        undelivered=7,
        greeted_in_public=True,
        introduced=True,
        last=date(2026, 11, 30),
        left=NOW,
    )
    assert store.get("c1", "n1") == store.of("c1", "anna") == ANNA
    store.save("c1", changed)
    assert store.get("c1", "n1") == changed
    store.save("c1", replace(changed, done=14))  # a second time in the same unit
    assert store.of("c1", "anna") == replace(changed, done=14)
    bare = Newcomer("n2", "bo", NOW, TODAY, TODAY)
    store.save("c1", bare)
    assert store.get("c1", "n2") == bare


def test_who_joined_since(store: Newcomers) -> None:
    store.save("c1", ANNA)
    store.save("c1", replace(ANNA, id="n2", person="bo", joined=NOW - timedelta(days=1)))
    store.save("c1", replace(ANNA, id="n3", person="cas", joined=NOW - timedelta(days=40)))
    store.save("c1", replace(ANNA, id="n4", person="dirk", left=NOW))
    assert [each.id for each in store.joined_since("c1", NOW - timedelta(days=30))] == ["n2", "n1"]
    assert store.joined_since("c2", NOW - timedelta(days=30)) == ()


def test_who_is_later_starts_again(connection: Connection) -> None:
    one, other = Newcomers(connection, Cipher()), Newcomers(connection, Cipher())
    one.save("c1", ANNA)
    with pytest.raises(Overtaken):
        other.save("c1", ANNA)
    assert other.get("c1", "n1") == ANNA
    one.save("c1", replace(ANNA, done=1))
    with pytest.raises(Overtaken):
        other.save("c1", replace(ANNA, done=3))
    with pytest.raises(Overtaken):  # one journey each
        other.save("c1", replace(ANNA, id="n9"))


def test_answers_are_kept_and_dropped(store: Newcomers) -> None:
    later = replace(ANSWER, id="a2", kind="kept", at=NOW + timedelta(days=3), to=())
    store.keep("c1", later)
    store.keep("c1", ANSWER)
    store.keep("c1", replace(ANSWER, id="a3", newcomer="n2", person="bo"))
    assert store.answers("c1", "n1") == (ANSWER, later)
    assert store.answer("c1", "a1") == ANSWER
    store.drop("c1", "n1", NOW + timedelta(days=1))
    assert store.answers("c1", "n1") == (later,)
    store.drop_answer("c1", "a2")
    assert store.answers("c1", "n1") == ()
    store.drop("c1", "n2")
    assert store.answer("c1", "a3") is None


def test_words_are_closed_with_the_hosts_key(connection: Connection) -> None:
    key = Fernet.generate_key().decode()
    store = Newcomers(connection, Cipher(key))
    store.keep("c1", ANSWER)
    store.save_help("c1", HELP)
    for column in (answers.c.words, helps.c.words):
        stored = connection.execute(select(column)).scalar_one()
        assert stored.startswith("kring1:")
        assert "meekijkt" not in stored
    assert Newcomers(connection, Cipher(key)).answer("c1", "a1") == ANSWER
    assert Newcomers(connection, Cipher(key)).help("c1", "h1") == HELP


def test_stages(store: Newcomers) -> None:
    assert store.stage("c1", "anna") is None
    store.set_stage("c1", "anna", "arriving")
    store.set_stage("c1", "anna", "listening")
    store.set_stage("c1", "bo", "core")
    store.set_stage("c2", "anna", "alumnus")
    assert store.stage("c1", "anna") == "listening"
    assert store.stages("c1", ("anna", "bo", "cas")) == {"anna": "listening", "bo": "core"}
    assert store.stages("c1", ()) == {}


def test_volunteers_and_how_much_they_carry(store: Newcomers) -> None:
    store.volunteer("c1", "bo", NOW)
    store.volunteer("c1", "bo", NOW + timedelta(days=1))
    store.volunteer("c1", "cas", NOW + timedelta(days=2))
    store.volunteer("c2", "dirk", NOW)
    store.save_pairing("c1", PAIRING)
    store.save_pairing("c1", replace(PAIRING, id="b2", person="eva", state="agreed"))
    store.save_pairing("c1", replace(PAIRING, id="b3", person="finn", state="ended"))
    store.save_pairing("c1", replace(PAIRING, id="b4", person="gijs", state="declined"))
    store.was_proposed("c1", "bo", NOW)
    assert store.volunteers("c1") == (Volunteer("bo", 2, NOW), Volunteer("cas", 0, None))
    store.unvolunteer("c1", "bo")
    assert [each.person for each in store.volunteers("c1")] == ["cas"]


def test_a_pairing_comes_back_as_saved(store: Newcomers) -> None:
    store.save_pairing("c1", PAIRING)
    changed = replace(PAIRING, state="agreed", told=2, wanted=True)
    store.save_pairing("c1", changed)
    store.save_pairing("c1", replace(PAIRING, id="b2", person="cas", asked=NOW + timedelta(days=1)))
    assert store.pairing("c1", "b1") == changed
    assert [each.id for each in store.pairings("c1", "anna")] == ["b1"]
    assert [each.id for each in store.pairings("c1", "bo")] == ["b1", "b2"]
    store.drop_pairing("c1", "b1")
    assert [each.id for each in store.pairings("c1", "bo")] == ["b2"]


def test_a_wish_comes_back_as_saved(store: Newcomers) -> None:
    store.save_help("c1", HELP)
    assert store.help("c1", "h1") == HELP
    closed = replace(
        HELP,
        words="",
        tell_at=None,
        own_up_at=None,
        state="taken",
        told=("eva",),
        helpers=(Called("bo", None, "taken"),),
    )
    store.save_help("c1", closed)
    assert store.helps("c1", "anna") == (closed,)
    alone = replace(HELP, id="h2", helpers=(), asked=NOW + timedelta(days=1))
    store.save_help("c1", alone)
    assert store.helps("c1", "anna") == (closed, alone)
    assert store.calls("c1", "bo") == ((NOW, "taken"),)
    store.drop_help("c1", "h1")
    assert store.helps("c1", "anna") == (alone,)
    assert store.calls("c1", "bo") == ()


def test_what_is_only_counted(store: Newcomers) -> None:
    store.count("c1", "help missed")
    store.count("c1", "help missed")
    store.count("c2", "help missed")
    assert store.counts("c1") == {"help missed": 2}
    assert store.counts("c3") == {}


def everything(store: Newcomers) -> tuple[object, ...]:
    """All that any method finds in the first community."""
    return (
        store.get("c1", "n1"),
        store.of("c1", "anna"),
        store.joined_since("c1", NOW),
        store.stage("c1", "anna"),
        store.answers("c1", "n1"),
        store.answer("c1", "a1"),
        store.volunteers("c1"),
        store.pairing("c1", "b1"),
        store.pairings("c1", "anna"),
        store.help("c1", "h1"),
        store.helps("c1", "anna"),
        store.calls("c1", "bo"),
        store.counts("c1"),
    )


def fill(store: Newcomers, community: str) -> None:
    store.save(community, ANNA)
    store.set_stage(community, "anna", "core")
    store.keep(community, ANSWER)
    store.volunteer(community, "anna", NOW)
    store.save_pairing(community, PAIRING)
    store.save_help(community, HELP)
    store.count(community, "help missed")


def test_another_community_is_never_seen_nor_touched(store: Newcomers) -> None:
    nothing = everything(store)
    fill(store, "c2")
    assert everything(store) == nothing
    fill(store, "c1")
    full = everything(store)
    store.save("c2", replace(ANNA, done=90))
    store.drop("c2", "n1")
    store.drop_answer("c2", "a1")
    store.unvolunteer("c2", "anna")
    store.was_proposed("c2", "anna", NOW)
    store.set_stage("c2", "anna", "alumnus")
    store.save_pairing("c2", replace(PAIRING, state="ended"))
    store.save_help("c2", replace(HELP, helpers=()))
    store.drop_pairing("c2", "b1")
    store.drop_help("c2", "h1")
    store.forget("c2", "anna")
    assert everything(store) == full


def test_nothing_is_left_of_who_is_forgotten(store: Newcomers) -> None:
    fill(store, "c1")
    store.forget("c1", "anna")
    assert everything(store)[:-1] == (None, None, (), None, (), None, (), None, (), None, (), ())


def test_a_helper_who_is_forgotten_is_no_longer_named(store: Newcomers) -> None:
    fill(store, "c1")
    store.save_help("c1", replace(HELP, told=("bo", "eva")))
    store.forget("c1", "bo")
    found = store.help("c1", "h1")
    assert found is not None
    assert ([each.person for each in found.helpers], found.told) == (["cas"], ("eva",))
    assert store.answer("c1", "a1") == replace(ANSWER, to=())
    assert store.pairing("c1", "b1") is None
    assert store.of("c1", "anna") == ANNA
