"""Items as they are stored: the same item comes back, drafts are closed, and no community meets another's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Connection, create_engine, select

from bot.chat.names import Channel, MessageRef, Space, Thread
from bot.errors import Overtaken
from bot.knowhow.model import Contributor, Item, Quote, Tried
from storage.cipher import Cipher
from storage.item_tables import consents, items, quotes
from storage.knowhow import KnowHow
from storage.schema import metadata
from storage.store import Store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
GENERAL = Channel(Space("playground", "school"), "general")
QUESTION = MessageRef(GENERAL, "m1")
ANSWER = MessageRef(GENERAL, "m2", "m1")
DRAFT = Item(
    "i1",
    "c1",
    "kim",
    NOW,
    kind="know_how",
    stage="drafted",
    own={"title": "When a lesson stays silent", "because": "Nobody wants to be first."},
    link="https://example.org",
    transfer="watch",
    evidence="several_people",
    language="nl",
    sensitive=True,
    quotes=(
        Quote(1, "situation", "In een online les", 2, QUESTION),
        Quote(2, "what_we_do", "Ik wacht tien tellen 🙂", 3, ANSWER),
        Quote(3, "because", "", 3, None, paraphrased=True),
    ),
    contributors=(
        Contributor(1, "kim", "yes", may_ask=True),
        Contributor(2, "ana", "pending", "In een online les", 1),
        Contributor(3, "", "yes_anonymous", "Ik wacht tien tellen 🙂", 2, name="Bo", answered_at=NOW),
    ),
    tried=(Tried(1, "cas", "worked_changed", "groep 8", "korter", "perhaps", named=True, at=NOW),),
    place=Thread(GENERAL, "m1"),
    message=ANSWER,
    origin="r1/c1",
    cards=(GENERAL,),
    asked_until=NOW + timedelta(hours=72),
    open_since=NOW,
)
SHARED = replace(
    DRAFT,
    id="i2",
    stage="shared",
    scope="community",
    number=1,
    origin="",
    shared_at=NOW,
    reviewed_at=NOW,
    told_at=NOW,
    contributors=(Contributor(1, "kim", "yes"), Contributor(2, "ana", "yes"), Contributor(3, "bo", "yes")),
)


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.begin() as opened:
        metadata.create_all(opened)
        yield opened
    engine.dispose()


@pytest.fixture
def knowhow(connection: Connection) -> KnowHow:
    return KnowHow(connection, Cipher())


@pytest.mark.parametrize("item", [DRAFT, SHARED, Item("i3", "c1", "kim", NOW)], ids=["draft", "shared", "bare"])
def test_the_same_item_comes_back(connection: Connection, item: Item) -> None:
    KnowHow(connection, Cipher()).add(item)
    assert KnowHow(connection, Cipher()).get("c1", item.id) == item


def test_a_change_is_written_and_nobody_is_overtaken(connection: Connection) -> None:
    KnowHow(connection, Cipher()).add(DRAFT)
    mine, theirs = KnowHow(connection, Cipher()), KnowHow(connection, Cipher())
    known, same = mine.get("c1", "i1"), theirs.get("c1", "i1")
    assert known is not None
    assert same is not None
    mine.save(replace(known, quotes=known.quotes[:1], own={}))
    with pytest.raises(Overtaken):
        theirs.save(replace(same, link=""))
    changed = KnowHow(connection, Cipher()).get("c1", "i1")
    assert changed == replace(DRAFT, quotes=DRAFT.quotes[:1], own={}, version=1)
    with pytest.raises(Overtaken):
        mine.save(replace(DRAFT, id="gone"))


def test_saving_twice_in_one_unit(knowhow: KnowHow) -> None:
    knowhow.add(DRAFT)
    knowhow.save(replace(DRAFT, link="a"))
    knowhow.save(replace(DRAFT, link="b"))
    found = knowhow.get("c1", "i1")
    assert found is not None
    assert found.link == "b"


def test_drafts_are_closed_with_a_key_and_what_is_shared_stands_open(connection: Connection) -> None:
    knowhow = KnowHow(connection, Cipher(Fernet.generate_key().decode()))
    knowhow.add(DRAFT)
    knowhow.add(SHARED)
    raw = {row.item: row for row in connection.execute(select(items))}
    assert "lesson" not in raw["i1"].own
    assert "example" not in raw["i1"].link
    assert "lesson" in raw["i2"].own
    texts = connection.execute(select(quotes.c.item, quotes.c.text).where(quotes.c.n == 2)).all()
    assert {item: "tellen" in text for item, text in texts} == {"i1": False, "i2": True}
    assert not any("tellen" in text for text in connection.scalars(select(consents.c.text)))
    assert knowhow.get("c1", "i1") == DRAFT
    knowhow.save(replace(DRAFT, stage="shared", number=2))
    raw = {row.item: row for row in connection.execute(select(items))}
    assert "lesson" in raw["i1"].own
    texts = connection.execute(select(quotes.c.text).where(quotes.c.item == "i1", quotes.c.n == 2)).all()
    assert "tellen" in texts[0].text


def test_erased_is_erased(connection: Connection, knowhow: KnowHow) -> None:
    knowhow.add(SHARED)
    knowhow.remove("c1", "i2")
    assert knowhow.get("c1", "i2") is None
    assert knowhow.find("c1", "silent", 5) == ()
    for table in metadata.sorted_tables:
        if table.name != "search_scopes":
            assert not connection.execute(select(table)).all(), table.name


def test_it_is_found_by_each_of_its_names(knowhow: KnowHow) -> None:
    knowhow.add(DRAFT)
    knowhow.add(SHARED)
    drop = replace(
        SHARED, id="i4", number=7, stage="retired", place=GENERAL, message=None, shared_at=NOW + timedelta(1)
    )
    knowhow.add(drop)
    ids = lambda found: [each.id for each in found]  # noqa: E731
    assert knowhow.numbered("c1", 7) == drop
    assert knowhow.numbered("c1", 8) is None
    assert knowhow.numbers("c1") == (1, 7)
    assert ids(knowhow.from_place("c1", Thread(GENERAL, "m1"))) == ["i1", "i2"]
    assert ids(knowhow.from_place("c1", GENERAL)) == ["i4"]
    assert knowhow.from_origin("c1", "r1/c1") == DRAFT
    assert ids(knowhow.quoting("c1", MessageRef(GENERAL, "m2"))) == ["i1", "i2", "i4"], "with or without its thread"
    assert ids(knowhow.drafts_of("c1", "kim")) == ["i1"]
    assert ids(knowhow.touching("c1", "bo")) == ["i2", "i4"]
    assert ids(knowhow.touching("c1", "cas")) == ["i1", "i2", "i4"]
    assert ids(knowhow.newest("c1", 5)) == ["i2"]
    assert ids(knowhow.shared("c1")) == ["i2", "i4"]
    assert ids(knowhow.many("c1", ["i4", "none", "i1"])) == ["i4", "i1"]


LOOKS: dict[str, Callable[[KnowHow, str], Any]] = {
    "get": lambda store, community: store.get(community, "i2"),
    "many": lambda store, community: store.many(community, ["i1", "i2"]),
    "numbered": lambda store, community: store.numbered(community, 1),
    "numbers": lambda store, community: store.numbers(community),
    "from_place": lambda store, community: store.from_place(community, Thread(GENERAL, "m1")),
    "from_origin": lambda store, community: store.from_origin(community, "r1/c1"),
    "quoting": lambda store, community: store.quoting(community, ANSWER),
    "drafts_of": lambda store, community: store.drafts_of(community, "kim"),
    "touching": lambda store, community: store.touching(community, "kim"),
    "newest": lambda store, community: store.newest(community, 5),
    "shared": lambda store, community: store.shared(community),
    "find": lambda store, community: store.find(community, "silent", 5),
    "like": lambda store, community: store.like(community, "silent lessons", 5),
}


def test_every_look_names_its_community(knowhow: KnowHow) -> None:
    knowhow.add(DRAFT)
    knowhow.add(SHARED)
    known = {name for name in vars(KnowHow) if not name.startswith("_")}
    assert known == LOOKS.keys() | {"add", "save", "remove"}
    for name, look in LOOKS.items():
        assert look(knowhow, "c1"), name
        assert not look(knowhow, "c2"), name
    knowhow.remove("c2", "i1")
    assert knowhow.get("c1", "i1") == DRAFT
    with pytest.raises(Overtaken):
        knowhow.save(replace(DRAFT, community="c2", link=""))


FOUND = [
    ("leerlingen", {"nl"}),
    ("LEERLING", {"nl"}),
    ("stille klas", {"nl"}),
    ("silent", {"en", "both"}),
    ("pupil lesson", {"en", "both"}),
    ("fietsen", {"both"}),
    ("café", {"both"}),
    ('"quoted" OR (NOT', {"both"}),
    ("zzzz", set()),
    ("🙂", set()),
]


@pytest.mark.parametrize(("words", "expected"), FOUND, ids=[words for words, _ in FOUND])
async def test_the_same_hits_on_both_databases(store: Store, words: str, expected: set[str]) -> None:
    titles = {
        "nl": "Hoe krijg je een stille leerling in de klas aan het woord?",
        "en": "Silent pupils in online lessons",
        "both": "Fiets naar het cafe: a silent lesson for pupils who are not quoted",
    }

    def fill(unit: Any) -> None:
        for number, (id_, title) in enumerate(titles.items(), 1):
            item = Item(id_, "c1", "kim", NOW, stage="shared", number=number, own={"title": title}, shared_at=NOW)
            unit.knowhow.add(replace(item, contributors=(Contributor(1, "kim", "yes"),)))

    await store.run(fill)
    found = await store.look(lambda unit: unit.knowhow.find("c1", words, 10))
    assert {each.id for each in found} == expected


async def test_an_item_comes_back_from_both_databases(store: Store) -> None:
    def fill(unit: Any) -> None:
        unit.knowhow.add(DRAFT)
        unit.knowhow.add(SHARED)
        unit.knowhow.save(replace(DRAFT, link="", tried=()))

    await store.run(fill)
    assert await store.look(lambda unit: unit.knowhow.get("c1", "i2")) == SHARED
    assert await store.look(lambda unit: unit.knowhow.get("c1", "i1")) == replace(DRAFT, link="", tried=(), version=1)


async def test_what_is_taken_back_is_found_no_more(store: Store) -> None:
    await store.run(lambda unit: unit.knowhow.add(SHARED))
    assert await store.look(lambda unit: unit.knowhow.find("c1", "lesson", 5))
    back = replace(SHARED, stage="drafted")
    await store.run(lambda unit: (unit.knowhow.get("c1", "i2"), unit.knowhow.save(back)))
    assert not await store.look(lambda unit: unit.knowhow.find("c1", "lesson", 5))
