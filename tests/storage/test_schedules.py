"""Repeating rounds as they are stored, and which rounds a community has held; on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.chat.names import Channel, Space
from bot.errors import Overtaken
from bot.rounds.model import Home
from bot.rounds.ports import Past
from bot.rounds.recurring import LAST, Rule
from bot.rounds.schedules import Schedule
from storage.cipher import Cipher
from storage.engine import connect, parse
from storage.past_rounds import LATEST, PastRounds
from storage.rounds import Rounds
from storage.schedules import Schedules
from tests.storage.test_rounds import GENERAL, a_round

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
STAFF = Channel(Space("discord", "G1"), "42")


def a_schedule(**news: Any) -> Schedule:
    made = Schedule(
        id="s1",
        community="c1",
        channel=GENERAL,
        format="harvest",
        topic="the doors <!channel>",
        preset="live",
        rule=Rule("month", 4, time(9, 30), "Europe/Amsterdam", date(2026, 11, 23), step=1, nth=LAST),
        holder="anna",
        created_at=NOW,
        next_at=NOW + timedelta(days=4),
        asked=True,
        other_topic="the windows",
        missed_at=NOW - timedelta(days=1),
        round="r7",
    )
    return replace(made, **news)


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    with connect(parse(database_url), "write").connect() as connection, connection.begin():
        yield connection


def test_the_same_comes_back(connection: Connection) -> None:
    store = Schedules(connection)
    resting = a_schedule(
        id="s2", holder=None, next_at=None, missed_at=None, resting="holder", asked=False, other_topic="", round="",
        rule=Rule("week", 1, time(23, 5), "Asia/Kolkata", date(2026, 12, 1), step=2),
    )  # fmt: skip
    for schedule in (a_schedule(), resting):
        store.add(schedule)
        assert store.get("c1", schedule.id) == schedule
    assert store.get("c1", "s3") is None
    changed = {
        each.name for each in fields(Schedule) if getattr(resting, each.name) != getattr(a_schedule(), each.name)
    }
    kept = {"community", "channel", "format", "topic", "preset", "created_at", "version"}
    assert {each.name for each in fields(Schedule)} == changed | kept, "every field is tried twice"


def test_what_changed_is_written_and_nobody_overtakes(connection: Connection) -> None:
    store = Schedules(connection)
    store.add(a_schedule())
    first = store.save(a_schedule(topic="the roof", next_at=None))
    assert first.version == 1
    assert store.get("c1", "s1") == first
    with pytest.raises(Overtaken):
        store.save(a_schedule(topic="late"))
    store.save(replace(first, holder="bo"))
    store.drop("c1", "s1")
    with pytest.raises(Overtaken):
        store.save(replace(first, version=2))


def test_all_of_a_community_and_those_that_somebody_holds(connection: Connection) -> None:
    store = Schedules(connection)
    later = a_schedule(id="s0", holder="bo", created_at=NOW + timedelta(hours=1), channel=STAFF)
    others = a_schedule(community="c2")
    for schedule in (later, a_schedule(), others):
        store.add(schedule)
    assert store.of("c1") == (a_schedule(), later)
    assert store.held_by("c1", "bo") == (later,)
    assert store.held_by("c1", "cas") == ()
    store.drop("c1", "s1")
    assert store.of("c1") == (later,)
    assert store.of("c2") == (others,)


def test_the_rounds_that_were_held_newest_first_with_all_their_channels(connection: Connection) -> None:
    rounds, past = Rounds(connection, Cipher()), PastRounds(connection)
    for id_, state, hours in (("old", "done", 1), ("new", "done", 2), ("off", "cancelled", 3), ("on", "running", 0)):
        ended = NOW + timedelta(hours=hours) if hours else None
        rounds.add(replace(a_round(id_), state=state, ended_at=ended, homes=()))
    homes = (Home(GENERAL, "De Linde"), Home(STAFF, "De Beuk"), Home(Channel(STAFF.space, "7"), "Weg", "lost"))
    rounds.add(replace(a_round("both"), state="done", ended_at=NOW, homes=homes))
    rounds.add(replace(a_round("theirs", "c2"), state="done", ended_at=NOW))
    here = (GENERAL,)
    assert past.latest("c1") == (
        Past("reveal_together", here, NOW + timedelta(hours=2)),
        Past("reveal_together", here, NOW + timedelta(hours=1)),
        Past("reveal_together", (GENERAL, STAFF), NOW),
    )
    assert past.latest("c3") == ()


def test_so_many_of_them_are_looked_at(connection: Connection) -> None:
    rounds = Rounds(connection, Cipher())
    bare = replace(a_round(), state="done", homes=(), seats=(), steps=(), contributions=(), votes=())
    for number in range(LATEST + 2):
        rounds.add(replace(bare, id=f"r{number}", ended_at=NOW + timedelta(minutes=number)))
    found = PastRounds(connection).latest("c1")
    assert len(found) == LATEST
    assert found[-1].ended_at == NOW + timedelta(minutes=2)
