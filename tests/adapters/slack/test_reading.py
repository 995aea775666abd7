"""What people wrote in Slack's markup, in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack import reading

NAMES = {"U1": "Anna", "U2": "Bram"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("How do you begin?", "How do you begin?"),
        ("Ask <@U1> or <@U2|bram>", "Ask @Anna or @bram"),
        ("Ask <@U9>", "Ask @U9"),
        ("See <#C1|practice> and <#C2>", "See #practice and #C2"),
        ("<!here> and <!channel> and <!subteam^S1|@teachers>", "@here and @channel and @teachers"),
        ("<https://example.org|the list>", "the list (https://example.org)"),
        ("<https://example.org>", "https://example.org"),
        ("<https://example.org|example.org>", "https://example.org"),
        ("<mailto:a@example.org|a@example.org>", "mailto:a@example.org"),
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&amp;lt;", "&lt;"),
        ("*bold* _stays_ as it was typed", "*bold* _stays_ as it was typed"),
    ],
)
def test_words(written: str, read: str) -> None:
    assert reading.words(written, NAMES.get) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("setup facilitator <@U1|anna>", "setup facilitator <@U1>"),
        ('round start reveal_together "a &amp; b"', 'round start reveal_together "a & b"'),
        ("knowhow find <#C1|practice>", "knowhow find #practice"),
        ("knowhow find <https://example.org|example.org>", "knowhow find example.org"),
    ],
)
def test_a_command_keeps_people_for_its_parser(written: str, read: str) -> None:
    assert reading.command(written) == read


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("<@UK> round status", "round status"),
        ("  <@UK>: round status ", "round status"),
        ("<@UK|kring>, keep", "keep"),
        ("<@UK>", ""),
        ("Ask <@UK> about it", None),
        ("round status", None),
        ("<@U1> round status", None),
    ],
)
def test_who_speaks_to_kring_begins_with_its_name(written: str, asked: str | None) -> None:
    assert reading.called(written, "UK") == asked


@given(st.text())
def test_whatever_somebody_types_comes_back_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert reading.words(escaped, NAMES.get) == text
    assert reading.command(escaped) == text


def test_an_emoji_has_no_skin_tone() -> None:
    assert reading.emoji("+1::skin-tone-4") == "+1"
    assert reading.emoji("bookmark") == "bookmark"


def test_the_moment_of_a_message_is_its_name() -> None:
    assert reading.moment("1795424400.000100") == datetime(2026, 11, 23, 9, 0, 0, 100, tzinfo=UTC)
