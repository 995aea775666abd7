"""When a thread is offered to be kept before it closes, and whether at all: the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.events import FetchedMessage
from bot.chat.names import Account, Channel, MessageRef, Space, Thread
from bot.chat.standing import Standing
from bot.knowhow import closing
from bot.knowhow.closing import Outlook

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
HOME = Channel(Space("discord", "1"), "2")
STANDS = Standing(Thread(HOME, "3"), NOW + timedelta(hours=2), timedelta(hours=24))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("span", "ahead"),
    [
        (HOUR, timedelta(minutes=15)),
        (DAY, timedelta(hours=6)),
        (3 * DAY, timedelta(hours=18)),
        (7 * DAY, DAY),
    ],
    ids=["an hour", "a day", "three days", "a week"],
)
def test_how_long_before_it_closes(span: timedelta, ahead: timedelta) -> None:
    assert closing.asks_at(NOW, span) == NOW - ahead


@pytest.mark.parametrize(
    ("how", "outlook"),
    [
        (STANDS, "near"),
        (replace(STANDS, closes_at=NOW + 6 * HOUR), "near"),
        (replace(STANDS, closes_at=NOW + 7 * HOUR), "moved"),
        (replace(STANDS, closes_at=NOW), "over"),
        (replace(STANDS, closes_at=NOW - HOUR), "over"),
        (replace(STANDS, closes_at=None), "over"),
        (replace(STANDS, closes_at=None, gone=True), "over"),
        (None, "over"),
    ],
    ids=["soon", "just now", "somebody wrote", "this moment", "before", "closed or locked", "gone", "not said"],
)
def test_what_is_done_when_its_moment_has_come(how: Standing | None, outlook: Outlook) -> None:
    assert closing.outlook(how, NOW) == outlook


@given(st.integers(-20000, 20000), st.sampled_from([60, 1440, 4320, 10080]))
def test_it_is_waited_for_until_it_is_near_and_never_longer(minutes: int, span: int) -> None:
    """Whoever looks again at the moment that was said finds it near, unless it is over: nothing goes round in rings."""
    how = replace(STANDS, closes_at=NOW + timedelta(minutes=minutes), span=timedelta(minutes=span))
    assert how.closes_at is not None
    match closing.outlook(how, NOW):
        case "over":
            assert how.closes_at <= NOW
        case "moved":
            again = closing.asks_at(how.closes_at, how.span)
            assert NOW < again < how.closes_at
            assert closing.outlook(how, again) == "near"
        case "near":
            assert NOW < how.closes_at <= NOW + closing.AHEAD


def wrote(names: str) -> list[FetchedMessage]:
    """One message of each; a dot is one of a bot."""
    return [
        FetchedMessage(MessageRef(HOME, str(n), "3"), None if name == "." else person(name), name, "", NOW)
        for n, name in enumerate(names)
    ]


def person(name: str) -> Account:
    return Account(HOME.space, name)


@pytest.mark.parametrize(
    ("names", "opener"),
    [
        ("aba", "a"),
        ("baa", "b"),
        ("aab", "a"),
        ("abcd", "a"),
        ("", None),
        ("ab", None),
        ("aaa", None),
        ("aa..", None),
        ("a.b", None),
        ("a.b.a", "a"),
        (".aba", None),
    ],
)
def test_whose_thread_is_worth_an_offer(names: str, opener: str | None) -> None:
    assert closing.opener(wrote(names)) == (None if opener is None else person(opener))
