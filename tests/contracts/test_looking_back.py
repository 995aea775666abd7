"""Rounds found again when they are over, what a space lets cross, and what counts for one of the two hands."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat.names import Channel, Space
from bot.knowhow.model import Item, Tried
from bot.rounds.balance import Held, Life
from bot.rounds.model import Round, Seat
from bot.rounds.script import Emphasis
from storage.store import Store
from storage.unit import Unit
from tests.contracts.things import NOW
from tests.storage.test_rounds import GENERAL, a_round

DAY = timedelta(days=1)
CORRIDOR = replace(GENERAL, id="corridor")


def held(id_: str, ended_at: datetime | None, **changes: object) -> Round:
    """A round that is done."""
    round_ = replace(a_round(id_), homes=(), state="done", ended_at=ended_at)
    return replace(round_, **changes)  # type: ignore[arg-type]


async def kept(store: Store, *rounds: Round) -> None:
    def work(unit: Unit) -> None:
        for round_ in rounds:
            unit.rounds.add(round_)

    await store.run(work)


async def test_a_round_is_found_by_its_number(store: Store) -> None:
    await kept(store, held("r1", NOW, number=1), held("r2", NOW, number=2))
    assert await store.look(lambda unit: unit.found_rounds.numbered("c1", 2)) == "r2"
    assert await store.look(lambda unit: unit.found_rounds.numbered("c1", 3)) is None
    assert await store.look(lambda unit: unit.found_rounds.numbered("c2", 2)) is None


async def test_the_last_one_in_a_channel_is_the_one_that_ended_last(store: Store) -> None:
    elsewhere = Channel(Space("discord", "G1"), "42")
    await kept(
        store,
        held("r1", NOW + DAY),
        held("r2", NOW),
        held("r3", None, state="running"),
        held("r4", NOW + 2 * DAY, channel=CORRIDOR),
        replace(held("r5", NOW - DAY), homes=a_round().homes),
    )
    for channel, expected in (
        (GENERAL, ("r1", "r2", "r5")), (CORRIDOR, ("r4",)), (elsewhere, ("r5",)), (replace(GENERAL, id="x"), ()),
    ):  # fmt: skip
        assert await store.look(lambda unit, channel=channel: unit.found_rounds.last_in("c1", channel)) == expected
    assert await store.look(lambda unit: unit.found_rounds.last_in("c2", GENERAL)) == ()


async def test_what_a_space_lets_cross(store: Store) -> None:
    school, college = Space("slack", "school"), Space("slack", "college")
    here = (await store.run(lambda unit: unit.communities.of(school))).id
    there = (await store.run(lambda unit: unit.communities.of(college))).id
    assert await store.look(lambda unit: unit.crossings.of(here)) == {}
    await store.run(lambda unit: unit.crossings.choose(here, school, "round"))
    await store.run(lambda unit: unit.crossings.choose(here, college, "nothing"))  # which is another's
    assert await store.look(lambda unit: unit.crossings.of(here)) == {school: "round"}
    assert await store.look(lambda unit: unit.crossings.of(there)) == {}
    await store.run(lambda unit: unit.crossings.choose(here, school, "all"))
    assert await store.look(lambda unit: unit.crossings.of(here)) == {}


async def test_the_rounds_that_count(store: Store) -> None:
    holding = replace(a_round().format, id="other", emphasis=Emphasis(0, 2))
    await kept(
        store,
        held("r1", NOW - 9 * DAY),
        held("r2", NOW - 2 * DAY),
        replace(held("r3", NOW - DAY), homes=a_round().homes, format=holding),
        held("r4", NOW, state="lapsed"),
        held("r5", NOW, community="c2"),
        replace(held("r6", NOW), format=replace(a_round().format, id="border", sides=2), look_at=NOW + DAY),
    )
    found = await store.look(lambda unit: unit.hands.held("c1", NOW - 5 * DAY))
    assert found == (
        Held("reveal_together", 1, 1, NOW - 2 * DAY),
        Held("other", 0, 2, NOW - DAY, spaces=2, new=True),
        Held("border", 1, 1, NOW, spaces=2, new=True, started=True),
    )
    assert (await store.look(lambda unit: unit.hands.held("c1", NOW - 10 * DAY)))[0].new
    assert await store.look(lambda unit: unit.hands.lately("c1", NOW - 5 * DAY)) == ("r6", "r3", "r2")


async def test_the_rounds_that_are_some_peoples_own(store: Store) -> None:
    """More than half of who spoke to the end; listeners, those who left and those who wait are not counted."""
    three = (Seat("anna", "in"), Seat("bo", "in"), Seat("cas", "in", way="listen"), Seat("dia", "left"))
    await kept(
        store,
        held("r1", NOW - 3 * DAY, seats=three),
        held("r2", NOW - 2 * DAY, seats=(*three, Seat("eva", "in"))),
        held("r3", NOW - DAY, seats=()),
        held("r4", NOW, seats=three, state="lapsed"),
    )

    def work(unit: Unit) -> None:
        for item in (Item("k1", "c1", "anna", NOW, origin="r1/k"), Item("k2", "c1", "anna", NOW, origin="r2/k")):
            unit.knowhow.add(item)

    await store.run(work)
    for of, rounds in (
        (("anna", "bo"), ("r2", "r1")),
        (("anna",), ()),
        (("anna", "cas", "dia"), ()),
        (("anna", "bo", "eva"), ("r2", "r1")),
        (("bo", "eva"), ("r2",)),
        ((), ("r3", "r2", "r1")),
    ):
        look = store.look
        assert await look(lambda unit, of=of: unit.hands.lately("c1", NOW - 5 * DAY, of)) == rounds
        assert len(await look(lambda unit, of=of: unit.hands.held("c1", NOW - 5 * DAY, of))) == len(rounds)
        lives = await look(lambda unit, of=of: unit.hands.lives("c1", of))
        assert len(lives) == (2 if not of else len(rounds))


async def test_the_know_how_that_counts(store: Store) -> None:
    tried = tuple(Tried(n, "bo", "worked", "", "", "yes", False, NOW + n * DAY) for n in (2, 1))
    shared = Item(
        "k2", "c1", "anna", NOW, stage="shared", number=1, shared_at=NOW + DAY, reviewed_at=NOW + DAY, tried=tried
    )

    def work(unit: Unit) -> None:
        for item in (
            Item("k1", "c1", "anna", NOW - DAY, origin="r1/k1"),
            shared,
            Item("k3", "c2", "anna", NOW),
        ):
            unit.knowhow.add(item)

    await store.run(work)
    assert await store.look(lambda unit: unit.hands.lives("c1")) == (
        Life(NOW - DAY, "sensed", from_round=True),
        Life(NOW, "shared", shared_at=NOW + DAY, reviewed_at=NOW + DAY, tried_at=(NOW + DAY, NOW + 2 * DAY)),
    )
