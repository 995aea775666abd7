"""Formats that communities made, as they are stored; on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from storage.engine import connect, parse
from storage.own_formats import OwnFormats

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    with connect(parse(database_url), "write").connect() as connection, connection.begin():
        yield connection


def test_what_was_made_comes_back_the_oldest_first_until_it_is_dropped(connection: Connection) -> None:
    store = OwnFormats(connection)
    store.put("c1", "second", "id = 'second' # é “”", NOW + timedelta(minutes=1))
    store.put("c1", "first", "id = 'first'", NOW)

    assert list(store.of("c1").items()) == [("first", "id = 'first'"), ("second", "id = 'second' # é “”")]
    store.drop("c1", "first")
    assert list(store.of("c1")) == ["second"]
    assert store.of("c2") == {}


def test_each_community_has_its_own(connection: Connection) -> None:
    store = OwnFormats(connection)
    store.put("c1", "ours", "one", NOW)
    store.put("c2", "ours", "two", NOW)
    store.drop("c2", "ours")

    assert store.of("c1") == {"ours": "one"}
