"""What people wrote, in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord import reading
from adapters.discord.markup import escape

PEOPLE = {"333333333333333333": "Anna"}
CHANNELS = {"555555555555555555": "home"}


def words(text: str) -> str:
    return reading.words(text, person=PEOPLE.get, channel=CHANNELS.get)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ask <@333333333333333333> or <@!333333333333333333>.", "Ask @Anna or @Anna."),
        ("<@4> in <#555555555555555555>, not <#6>", "@4 in #home, not #6"),
        ("for <@&77>", "for @77"),
        ("call </kring me card:88>", "call /kring me card"),
        ("<:bloem:1> and <a:dans:2>", ":bloem: and :dans:"),
        ("from <t:1795600800:F> or <t:1795600800>", "from 2026-11-25 10:00 UTC or 2026-11-25 10:00 UTC"),
        ("<t:9999999999999:F>", "<t:9999999999999:F>"),
        ("see <https://example.org/a>", "see https://example.org/a"),
        ("see [the page](https://example.org)", "see the page (https://example.org)"),
        ("see [https://example.org](<https://example.org>)", "see https://example.org"),
        (r"2 \* 3, a\_b and \<@4>", "2 * 3, a_b and <@4>"),
        (r"C:\dir stays", r"C:\dir stays"),
        (r"`a\*b <@4>` but \*", r"`a\*b <@4>` but *"),
        ("```py\nx = '<@4>'\n```", "```py\nx = '<@4>'\n```"),
        ("**bold** stays", "**bold** stays"),
        ("", ""),
    ],
)
def test_words(written: str, read: str) -> None:
    assert words(written) == read


@given(st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"])))
def test_what_kring_escapes_reads_as_it_was(text: str) -> None:
    assert words(escape(text)) == text


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("<@99> help", "help"),
        (" <@!99>: round give <@!333333333333333333>", "round give <@333333333333333333>"),
        ("<@99>", ""),
        ("hello <@99>", None),
        ("<@98> help", None),
    ],
)
def test_called_by_name(text: str, behind: str | None) -> None:
    assert reading.called(text, "99") == behind


@pytest.mark.parametrize(
    ("partial", "name"),
    [
        ({"id": None, "name": "🔖"}, "bookmark"),
        ({"id": None, "name": "👍🏽"}, "+1"),
        ({"id": "1", "name": "bloem"}, "bloem"),
        ({"id": None, "name": "👩‍🏫"}, "👩‍🏫"),
        ({"id": "1", "name": None}, ""),
    ],
)
def test_emoji(partial: dict[str, str | None], name: str) -> None:
    assert reading.emoji(partial) == name


def test_an_id_knows_its_moment() -> None:
    assert reading.moment("175928847299117063") == datetime(2016, 4, 30, 11, 18, 25, 796000, tzinfo=UTC)
