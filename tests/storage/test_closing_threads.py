"""Threads that close by themselves, as they are stored; on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from bot.chat.names import Channel, Space, Thread
from bot.knowhow.model import ClosingThread
from storage.closing_threads import ClosingThreads
from storage.engine import connect, parse

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
HOME = Channel(Space("discord", "1"), "2")
ONE = ClosingThread("a", "c1", Thread(HOME, "3"), NOW + timedelta(days=3))


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    with connect(parse(database_url), "write").connect() as connection, connection.begin():
        yield connection


def test_a_thread_is_found_by_its_id_and_where_it_is(connection: Connection) -> None:
    store = ClosingThreads(connection)
    store.put(ONE)
    assert store.get("c1", "a") == ONE
    assert store.at("c1", ONE.thread) == ONE
    assert store.at("c1", Thread(Channel(HOME.space, "9"), "3")) is None
    assert store.at("c1", Thread(HOME, "9")) is None
    assert store.get("c2", "a") is None


def test_the_last_that_was_put_counts(connection: Connection) -> None:
    store = ClosingThreads(connection)
    later = replace(ONE, closes_at=NOW + timedelta(days=5), offered_at=NOW)
    store.put(ONE)
    store.put(later)
    assert store.get("c1", "a") == later
    store.put(ONE)
    assert store.get("c1", "a") == ONE, "an offer that did not arrive is none"
    store.drop("c1", "a")
    assert store.at("c1", ONE.thread) is None


def test_offers_are_counted_by_channel_and_from_a_moment_on(connection: Connection) -> None:
    store = ClosingThreads(connection)
    for n, offered_at in enumerate((None, NOW - timedelta(days=1), NOW - timedelta(hours=23), NOW)):
        store.put(ClosingThread(f"a{n}", "c1", Thread(HOME, f"{n}"), NOW, offered_at))
    store.put(ClosingThread("b", "c1", Thread(Channel(HOME.space, "9"), "7"), NOW, NOW))
    store.put(ClosingThread("a3", "c2", Thread(HOME, "3"), NOW, NOW))
    assert store.offered("c1", HOME, NOW - timedelta(days=1)) == 2
