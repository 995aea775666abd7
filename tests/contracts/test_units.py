"""A unit of work is durable as a whole or not at all, whoever shares its commit."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.chat.actions import Action
from bot.errors import Overtaken, StorageTrouble, UserMistake
from storage.store import Store, open_store
from storage.unit import Unit
from tests.contracts.things import NOW
from tests.storage.test_rounds import a_round


async def count(store: Store) -> int:
    def work(unit: Unit) -> int:
        return int(unit.connection.execute(text("SELECT count(*) FROM inbox")).scalar_one())

    return await store.look(work)


async def test_what_was_returned_is_there_for_readers(store: Store) -> None:
    for number in range(20):
        await store.run(lambda unit: unit.first_time(f"e{number}", NOW))  # noqa: B023
        assert await count(store) == number + 1


async def test_one_unit_that_fails_takes_only_itself_back(store: Store) -> None:
    def work(unit: Unit, number: int) -> int:
        unit.first_time(f"e{number}", NOW)
        if number % 3 == 0:
            raise UserMistake("This step is over.")
        if number % 7 == 0:  # what the database itself refuses
            unit.connection.execute(text("INSERT INTO inbox(event, at) VALUES (NULL, NULL)"))
        return number

    results = await asyncio.gather(
        *(store.run(lambda unit, number=number: work(unit, number)) for number in range(60)),  # type: ignore[misc]
        return_exceptions=True,
    )
    for number, result in enumerate(results):
        if number % 3 == 0:
            assert isinstance(result, UserMistake)
        elif number % 7 == 0:
            assert isinstance(result, IntegrityError)
        else:
            assert result == number
    assert await count(store) == sum(1 for number in range(60) if number % 3 and number % 7)


async def test_one_unit_that_leaves_a_result_half_read_harms_nobody(store: Store) -> None:
    def half_read(unit: Unit, *, broken: bool) -> object:
        rows = unit.connection.execute(
            text("INSERT INTO inbox(event, at) SELECT :start || seq, :now FROM due RETURNING event"),
            {"now": str(NOW), "start": "broken" if broken else "lazy"},
        )
        rows.fetchone()
        if broken:
            raise UserMistake("This step is over.")
        return rows

    def fill(unit: Unit) -> None:
        unit.due.set_many("c1", ((Action("round", str(number)), NOW) for number in range(100)))

    await store.run(fill)
    works: list[Any] = [lambda unit, n=n: unit.first_time(f"e{n}", NOW) for n in range(10)]
    works[3:3] = [lambda unit: half_read(unit, broken=True)]
    works[6:6] = [lambda unit: half_read(unit, broken=False)]
    results = await asyncio.gather(*(store.run(work) for work in works), return_exceptions=True)
    assert isinstance(results.pop(3), UserMistake)
    results.pop(5)  # SQLite refuses what is lazy, PostgreSQL has read it all
    assert results == [True] * 10


async def test_units_that_wait_together_share_a_commit(sqlite_url: str) -> None:
    async with open_store(sqlite_url) as store:
        commits = 0

        def slow(unit: Unit) -> None:
            nonlocal commits
            connection: Any = unit.connection.connection.driver_connection
            connection.set_trace_callback(note)

        def note(statement: str) -> None:
            nonlocal commits
            commits += statement == "COMMIT"

        await store.run(slow)
        commits = 0
        await asyncio.gather(*(store.run(lambda unit, n=n: unit.first_time(f"e{n}", NOW)) for n in range(200)))  # type: ignore[misc]
        assert await count(store) == 200
        assert commits < 20


async def test_when_the_commit_fails_everybody_hears_it(sqlite_url: str) -> None:
    async with open_store(sqlite_url) as store:

        def late(unit: Unit) -> None:
            """Breaks a promise that is checked at the commit only."""
            unit.connection.execute(text("PRAGMA defer_foreign_keys=ON"))
            unit.connection.execute(text("CREATE TABLE parent (id INTEGER PRIMARY KEY)"))
            unit.connection.execute(text("CREATE TABLE child (id INTEGER REFERENCES parent(id))"))
            unit.connection.execute(text("INSERT INTO child VALUES (1)"))

        works: list[Any] = [lambda unit: unit.first_time("before", NOW), late]
        works.append(lambda unit: unit.first_time("after", NOW))
        results = await asyncio.gather(*(store.run(work) for work in works), return_exceptions=True)
        lost = [result for result in results if isinstance(result, StorageTrouble)]
        assert isinstance(results[1], StorageTrouble)
        assert await count(store) == 3 - len(lost)
        assert await store.run(lambda unit: unit.first_time("once more", NOW))


async def test_what_is_thrown_away_is_done_where_it_is_asked_for(sqlite_url: str) -> None:
    async with open_store(sqlite_url, lasting=False) as store:

        def broken(unit: Unit) -> None:
            unit.first_time("never", NOW)
            raise UserMistake("This step is over.")

        def unplugged(unit: Unit) -> None:
            unit.connection.connection.driver_connection.close()  # type: ignore[union-attr]
            unit.first_time("lost", NOW)

        here = threading.get_ident()
        assert await store.run(lambda _: threading.get_ident()) == here
        assert await store.look(lambda _: threading.get_ident()) == here
        with pytest.raises(UserMistake):
            await store.run(broken)
        with pytest.raises(Exception, match="closed database"):
            await store.run(unplugged)
        assert await store.run(lambda unit: unit.first_time("e1", NOW)), "on a new connection"
        assert await count(store) == 1
    with pytest.raises(StorageTrouble, match="closed"):
        await store.run(lambda unit: unit.first_time("e2", NOW))


async def test_each_of_many_numbers_is_given_once(store: Store) -> None:
    def work(unit: Unit) -> int:
        return unit.number("c1", "K")

    numbers = await asyncio.gather(*(store.run(work) for _ in range(100)))
    assert sorted(numbers) == list(range(1, 101))


async def test_a_unit_sees_what_it_wrote_and_others_do_not_yet(store: Store) -> None:
    def work(unit: Unit) -> bool:
        unit.first_time("e1", NOW)
        assert unit.first_time("e1", NOW) is False
        raise UserMistake("This step is over.")

    with pytest.raises(UserMistake):
        await store.run(work)
    assert await store.run(lambda unit: unit.first_time("e1", NOW))


async def test_who_only_looks_changes_nothing(store: Store) -> None:
    with pytest.raises((StorageTrouble, IntegrityError)):
        await store.look(lambda unit: unit.first_time("e1", NOW))
    assert await count(store) == 0


async def test_a_look_sees_one_moment(store: Store) -> None:
    """What is committed between two of its questions does not show."""
    loop = asyncio.get_running_loop()

    def work(unit: Unit) -> tuple[int, int]:
        query = text("SELECT count(*) FROM inbox")
        before = unit.connection.execute(query).scalar_one()
        asyncio.run_coroutine_threadsafe(store.run(lambda unit: unit.first_time("e1", NOW)), loop).result(10)
        return int(before), int(unit.connection.execute(query).scalar_one())

    assert await store.look(work) == (0, 0)
    assert await count(store) == 1


async def test_what_nobody_waits_for_any_more_is_done_all_the_same(store: Store) -> None:
    task = asyncio.create_task(store.run(lambda unit: unit.first_time("e1", NOW)))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    while await count(store) == 0:  # noqa: ASYNC110 - there is nobody to tell us
        await asyncio.sleep(0.01)


async def test_what_was_begun_is_finished_before_it_closes(database_url: str) -> None:
    async with open_store(database_url) as store:
        running = [asyncio.create_task(store.run(lambda unit, n=n: unit.first_time(f"e{n}", NOW))) for n in range(30)]  # type: ignore[misc]
        await asyncio.sleep(0)
    assert all(await asyncio.gather(*running))
    with pytest.raises(StorageTrouble, match="closed"):
        await store.run(lambda unit: unit.first_time("late", NOW))


async def test_a_unit_that_raises_stop_iteration_harms_nobody(store: Store) -> None:
    def work(unit: Unit) -> None:
        raise StopIteration

    good, bad = await asyncio.gather(
        store.run(lambda unit: unit.first_time("e1", NOW)), store.run(work), return_exceptions=True
    )
    assert good is True
    assert isinstance(bad, RuntimeError)


async def test_what_was_taken_back_is_not_remembered(store: Store) -> None:
    """A thread remembers rounds by their version; one that was never committed must not come back."""
    before = a_round()

    def change(unit: Unit, topic: str, *, fails: bool = False) -> None:
        found = unit.rounds.get("c1", "r1")
        assert found is not None
        unit.rounds.save(replace(found, topic=topic))
        again = unit.rounds.get("c1", "r1")
        assert again is not None
        assert again.topic == topic
        if fails:
            raise UserMistake("This step is over.")

    async def topics() -> set[str]:
        looks = [
            await how(lambda unit: unit.rounds.get("c1", "r1")) for how in (store.run, store.look) for _ in range(6)
        ]
        assert len({look.version for look in looks if look is not None}) == 1
        return {look.topic for look in looks if look is not None}

    await store.run(lambda unit: unit.rounds.add(before))
    assert await topics() == {before.topic}
    for topic in ("one", "two", "three"):
        for _ in range(4):
            with pytest.raises(UserMistake):
                await store.run(lambda unit, topic=topic: change(unit, f"never {topic}", fails=True))  # type: ignore[misc]
        await store.run(lambda unit, topic=topic: change(unit, topic))  # type: ignore[misc]
        assert await topics() == {topic}


@pytest.mark.postgres
async def test_on_postgresql_who_changes_the_same_runs_again(postgresql_url: str) -> None:
    """Reading, thinking, writing: as safe with several writers as with one."""
    async with open_store(postgresql_url, writers=4) as store:
        await store.run(lambda unit: unit.number("c1", "K"))

        def work(unit: Unit) -> None:
            known = unit.connection.execute(text("SELECT last FROM series")).scalar_one()
            unit.connection.execute(text("SELECT pg_sleep(0.002)"))
            unit.connection.execute(text("UPDATE series SET last = :last"), {"last": known + 1})

        done = 0
        for _ in range(5):
            results = await asyncio.gather(*(store.run(work) for _ in range(12)), return_exceptions=True)
            assert {type(result) for result in results} <= {type(None), Overtaken}
            done += results.count(None)
        assert done > 30
        assert await store.run(lambda unit: unit.number("c1", "K")) == done + 2


@pytest.mark.postgres
async def test_on_postgresql_a_broken_connection_is_made_again(postgresql_url: str) -> None:
    async with open_store(postgresql_url, writers=1, readers=1) as store:
        ids = [
            await how(lambda unit: unit.connection.execute(text("SELECT pg_backend_pid()")).scalar_one())
            for how in (store.run, store.look)
        ]
        async with open_store(postgresql_url, writers=1) as other:
            for id_ in ids:
                await other.run(
                    lambda unit, id_=id_: unit.connection.execute(text("SELECT pg_terminate_backend(:id)"), {"id": id_})  # type: ignore[misc]
                )
        for how in (store.run, store.look):
            with pytest.raises(StorageTrouble):
                await how(lambda unit: unit.due.next())
            assert await how(lambda unit: unit.due.next()) is None
