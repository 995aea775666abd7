"""How the database finds things: what people do all day reads no whole community, however large it is.

SQLite plans without having counted anything: beside a list of ids, or for the sake of an order, it may take the index
of the community and read all of it. Looking at the plan is the only way to see that; each new method is looked at here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import IntegrityError, NoResultFound

from storage.store import open_store
from storage.unit import Unit
from tests.contracts.test_two_communities import CALLS, theirs

ALL_OF_IT = {
    "circles.all": "all of them are asked for",
    "circles.forget": "once in a person's life",
    "circles.of": "circles and their seats are few; asked when somebody joins or looks at their own",
    "circles.past": "all of it is what forming circles goes by",
    "circles.ready": "all of them are asked for",
    "circles.unite": "once in a person's life",
    "communities.spaces": "spaces are few",
    "crossings.of": "spaces are few",
    "hands.held": "the balance counts them all",
    "hands.lives": "the balance counts them all",
    "knowhow.newest": "by its index, newest first, and no more than wanted",
    "knowhow.numbers": "all of them are asked for",
    "knowhow.shared": "all of them are asked for",
    "links.tidy": "by the clock, seldom",
    "links.unite": "once in a person's life",
    "members.erase": "once in a person's life",
    "members.gone_before": "by the clock, seldom",
    "members.is_new": "stops at the first",
    "members.record": "an export of everything that is known of somebody",
    "members.tidy": "by the clock, seldom",
    "newcomers.counts": "there is one for each kind",
    "newcomers.forget": "once in a person's life",
    "newcomers.pairings": "pairs are few; asked when a buddy is looked for",
    "newcomers.unite": "once in a person's life",
    "newcomers.volunteers": "all of them are asked for",
    "own_formats.of": "all of them are asked for, and there may be fifty",
    "people.with_right": "by an index of those who have it",
    "schedules.of": "all of them are asked for",
}
"""Methods that may read a table from end to end, or what it has of a community, and why."""
READS_ALL = re.compile(r"SCAN (?!CONSTANT|anon_|\()|SEARCH (?!communities)\w+ USING .*INDEX \w+ \(community=\?\)$")


def plans(unit: Unit, name: str, community: str, person: str) -> Iterator[str]:
    """How SQLite finds what this method asks for; one step a line."""
    asked: list[tuple[str, Any]] = []

    def watch(_: object, __: object, statement: str, values: Any, *___: object) -> None:
        asked.append((statement, values))

    on, _, method = name.rpartition(".")
    given = ([person, *"abcdefg"],) if name == "people.many" else CALLS[name](person)
    event.listen(unit.connection, "before_cursor_execute", watch)
    options = {"yes": False} if name == "members.make_facilitator" else {}
    with suppress(NoResultFound, IntegrityError):  # one account parts from none; the format is there already
        getattr(getattr(unit, on) if on else unit, method)(community, *given, **options)
    event.remove(unit.connection, "before_cursor_execute", watch)
    cursor = unit.connection.connection.cursor()
    for statement, values in asked:
        one = values[0] if values and isinstance(values[0], tuple) else values
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", one)
        yield from (row[-1] for row in cursor.fetchall())


async def test_what_people_do_reads_no_whole_community(tmp_path: Path) -> None:
    def work(unit: Unit) -> dict[str, set[str]]:
        community, person = theirs(unit)
        found = defaultdict(set)
        for name in CALLS:
            with unit.connection.begin_nested() as undone:
                for step in plans(unit, name, community, person):
                    if READS_ALL.match(step):
                        found[name].add(step)
                undone.rollback()
        return found

    async with open_store(f"sqlite:///{tmp_path / 'kring.db'}") as store:
        found = await store.run(work)
    assert {name: steps for name, steps in found.items() if name not in ALL_OF_IT} == {}
    assert ALL_OF_IT.keys() <= found.keys(), "nothing is excused that needs no excuse"
