"""What stands in the database of somebody who was forgotten, after all features have had their say."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from bot.features import gather
from storage.engine import connect, parse
from storage.store import open_store
from storage.tables import metadata
from tests.knock import House


@pytest.fixture
async def full_house(sqlite_url: str) -> AsyncIterator[House]:
    async with open_store(sqlite_url, holder="test", lasting=False) as store:
        yield House(store, gather())


def everything(url: str) -> dict[str, list[str]]:
    """All rows as text, by table."""
    engine = connect(parse(url), "read")
    with engine.connect() as connection:
        found = {
            table.name: [repr(tuple(row)) for row in connection.execute(select(table))]
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return found


async def live_here(house: House) -> None:
    """Annabella arrives, says yes to check-ins, answers in a round, votes, and writes what somebody wants to keep."""
    host = house.person("Hessel", host=True)
    anna, bo, cas = house.person("Annabella", role="docent"), house.person("Bo"), house.person("Cas")
    await host.calls("setup")
    await host.fills({})
    await anna.joins()
    anna.place = anna.dm
    await anna.presses("Yes")
    anna.place = house.channel()
    await host.calls('round start reveal_together "the first lesson"')
    for player in (anna, bo, cas):
        await player.presses("I'll speak")
    await host.presses("Begin now")
    for player in (anna, bo, cas):
        await player.presses("Answer privately")
        assert player.form is not None
        words = "I wait for a zebra." if player is anna else "I wait."
        await player.fills({player.form.fields[0].name: words})
    await house.passes(hours=2)
    root = await anna.writes("When a class goes quiet I count ten giraffes, then ask again.")
    await bo.uses("keep", root)
    await house.passes(hours=2)


@pytest.mark.parametrize(
    ("label", "stays"),
    [
        ("Keep it with my name", {"Annabella", "zebra"}),
        ("Keep it without my name", {"zebra"}),
        ("Remove it", set()),
    ],
)
async def test_only_what_the_person_chose_stays(
    full_house: House, sqlite_url: str, label: str, stays: set[str]
) -> None:
    house = full_house
    await live_here(house)
    anna = house.person("Annabella")
    assert {table for table, rows in everything(sqlite_url).items() if "annabella" in "".join(rows)}
    await anna.calls("me forget")
    await anna.presses(label)
    assert "I do not know you any more." in anna.sees
    await house.passes(days=1)
    rows = everything(sqlite_url)
    for trace in ("annabella", "docent", "giraffes"):
        assert {table for table, each in rows.items() if trace in "".join(each)} == set(), trace
    left = "".join(row for each in rows.values() for row in each)
    assert {trace for trace in ("Annabella", "zebra") if trace in left} == stays


async def test_nothing_more_is_sent_to_somebody_who_was_forgotten(full_house: House) -> None:
    house = full_house
    await live_here(house)
    anna = house.person("Annabella")
    await anna.calls("me forget")
    await anna.presses("Keep it without my name")
    before = len(anna.direct)
    await house.passes(days=100)
    assert len(anna.direct) == before
