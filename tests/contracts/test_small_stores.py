"""Due things, facts, counts, numbers, event ids and the playground's room."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

from bot.chat.actions import Action
from storage.due import DueThing
from storage.store import Store
from storage.unit import Unit
from tests.contracts.things import MINUTE, NOW

ROUND = Action("round", "r1")
CHECKIN = Action("checkin", "n1.3")


async def wait(store: Store, about: Action, at: datetime | None, community: str = "c1") -> None:
    await store.run(lambda unit: unit.due.set(community, about, at))


# -- due things


async def test_the_earliest_moment_and_what_is_due(store: Store) -> None:
    assert await store.next_due() is None
    await wait(store, CHECKIN, NOW + 2 * MINUTE)
    await wait(store, ROUND, NOW + MINUTE)
    await wait(store, ROUND, NOW + 3 * MINUTE, "c2")
    assert await store.next_due() == NOW + MINUTE
    assert await store.claim_due(NOW, 10, MINUTE) == []
    due = await store.claim_due(NOW + 2 * MINUTE, 10, MINUTE)
    assert due == [DueThing("c1", ROUND, NOW + MINUTE), DueThing("c1", CHECKIN, NOW + 2 * MINUTE)]
    assert await store.claim_due(NOW + 2 * MINUTE, 10, MINUTE) == []
    assert await store.next_due() == NOW + 3 * MINUTE


async def test_a_thing_waits_for_one_moment(store: Store) -> None:
    await wait(store, ROUND, NOW + MINUTE)
    await wait(store, ROUND, NOW + 5 * MINUTE)
    assert await store.next_due() == NOW + 5 * MINUTE
    await wait(store, ROUND, None)
    assert await store.next_due() is None


async def test_who_claims_and_dies_loses_it_when_the_lease_is_over(store: Store) -> None:
    await wait(store, ROUND, NOW)
    [thing] = await store.claim_due(NOW, 10, MINUTE)
    assert await store.next_due() == NOW + MINUTE
    assert await store.claim_due(NOW + MINUTE, 10, MINUTE) == [thing]


async def test_a_moment_that_was_handled_is_forgotten_but_not_a_newer_one(store: Store) -> None:
    await wait(store, ROUND, NOW)
    await store.claim_due(NOW, 10, MINUTE)
    await store.run(lambda unit: unit.settle_due("c2", ROUND, NOW))
    assert await store.next_due() is not None
    await store.run(lambda unit: unit.settle_due("c1", ROUND, NOW))
    assert await store.next_due() is None
    await wait(store, ROUND, NOW)
    await store.claim_due(NOW, 10, MINUTE)
    await wait(store, ROUND, NOW + 9 * MINUTE)
    await store.run(lambda unit: unit.settle_due("c1", ROUND, NOW))
    assert await store.next_due() == NOW + 9 * MINUTE


async def test_claims_of_due_things_never_double(store: Store) -> None:
    def fill(unit: Unit) -> None:
        unit.due.set_many("c1", ((Action("round", f"r{n}"), NOW + timedelta(seconds=n % 50)) for n in range(600)))

    await store.run(fill)
    claims = await asyncio.gather(*(store.claim_due(NOW + MINUTE, 25, MINUTE) for _ in range(30)))
    things = [thing for claimed in claims for thing in claimed]
    assert len(things) == 600
    assert len({thing.about for thing in things}) == 600
    assert all(claimed == sorted(claimed, key=lambda thing: thing.at) for claimed in claims)
    await store.run(lambda unit: unit.due.settle_many(things))
    assert await store.next_due() is None


async def test_the_longest_overdue_goes_first(store: Store) -> None:
    for minutes in (3, 1, 2):
        await wait(store, Action("round", f"r{minutes}"), NOW + minutes * MINUTE)
    due = await store.claim_due(NOW + 60 * MINUTE, 2, MINUTE)
    assert [thing.about.id for thing in due] == ["r1", "r2"]


# -- moments


async def test_moments_are_utc_and_keep_their_microseconds(store: Store) -> None:
    amsterdam = datetime(2026, 7, 1, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    await wait(store, ROUND, amsterdam)
    found = await store.next_due()
    assert found == amsterdam
    assert found is not None
    assert found.tzinfo is UTC


async def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises((ValueError, StatementError), match="without a zone"):
        await wait(store, ROUND, datetime(2026, 7, 1, 12, 0))  # noqa: DTZ001


# -- facts


@dataclass(frozen=True)
class Joined:
    person: str
    at: datetime
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Closed:
    why: str


async def test_facts_come_back_in_order_with_their_fields(store: Store) -> None:
    def work(unit: Unit) -> None:
        unit.facts.add("c1", ROUND, (Joined("p1", NOW, ("ü", "🙂")), Closed("time")), NOW)
        unit.facts.add("c1", ROUND, (), NOW)
        unit.facts.add("c1", ROUND, (Closed("again"),), NOW + MINUTE)
        unit.facts.add("c1", CHECKIN, (Closed("other"),), NOW)
        unit.facts.add("c2", ROUND, (Closed("elsewhere"),), NOW)

    await store.run(work)
    assert await store.look(lambda unit: unit.facts.of("c1", ROUND)) == (
        (NOW, "Joined", {"person": "p1", "at": "2026-11-23T09:00:00Z", "names": ["ü", "🙂"]}),
        (NOW, "Closed", {"why": "time"}),
        (NOW + MINUTE, "Closed", {"why": "again"}),
    )


# -- counts, numbers, event ids


async def test_messages_nobody_asked_for_are_counted_by_day_and_kind(store: Store) -> None:
    monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)

    def work(unit: Unit) -> None:
        for kind in ("nudge", "turn", "turn"):
            unit.unasked.add("c1", "p1", monday, kind)
        unit.unasked.add("c1", "p2", monday, "turn")
        unit.unasked.add("c1", "p1", tuesday, "turn")
        unit.unasked.add("c2", "p1", monday, "turn")

    await store.run(work)
    counted = {monday: {"nudge": 1, "turn": 2}, tuesday: {"turn": 1}}
    assert await store.look(lambda unit: unit.unasked.since("c1", "p1", monday)) == counted
    assert await store.look(lambda unit: unit.unasked.since("c1", "p1", tuesday)) == {tuesday: {"turn": 1}}
    await store.tidy(NOW + timedelta(days=60))
    assert await store.look(lambda unit: unit.unasked.since("c1", "p1", monday)) == {}


async def test_each_community_and_series_counts_for_itself(store: Store) -> None:
    def work(unit: Unit) -> list[int]:
        return [unit.number(*each) for each in (("c1", "K"), ("c1", "K"), ("c1", "R"), ("c2", "K"), ("c1", "K"))]

    assert await store.run(work) == [1, 2, 1, 1, 3]


async def test_an_event_is_known_for_a_week(store: Store) -> None:
    assert await store.run(lambda unit: unit.first_time("e1", NOW))
    await store.tidy(NOW + timedelta(days=6))
    assert not await store.run(lambda unit: unit.first_time("e1", NOW))
    await store.tidy(NOW + timedelta(days=8))
    assert await store.run(lambda unit: unit.first_time("e1", NOW))


async def test_of_many_that_bring_the_same_event_one_is_first(store: Store) -> None:
    firsts = await asyncio.gather(*(store.run(lambda unit: unit.first_time("e1", NOW)) for _ in range(30)))
    assert sum(firsts) == 1


# -- the room


async def test_documents_stay_in_the_order_in_which_they_came(store: Store) -> None:
    await store.room_put({"entry/1": "a", "entry/2": "b", "person/x": "c"})
    await store.room_put({"entry/1": "changed", "entry/3": "d", "entry/2": None, "entry/9": None})
    found = await store.room_all()
    assert list(found.items()) == [("entry/1", "changed"), ("person/x", "c"), ("entry/3", "d")]


async def test_writes_to_the_room_keep_their_order(store: Store) -> None:
    await asyncio.gather(*(store.room_put({"basis": str(number)}) for number in range(50)))
    assert await store.room_all() == {"basis": "49"}
