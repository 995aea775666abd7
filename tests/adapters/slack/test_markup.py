"""Spans as Slack shows them: people's words stay words, and nobody is called who need not come."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.blocks import pages
from adapters.slack.markup import escape, mrkdwn, rich
from bot.chat.messages import Note, message
from bot.chat.names import Account, Channel, Space
from bot.chat.text import Bold, ChannelName, Code, Link, Moment, PersonName, Plain, Text, words
from tests.adapters.slack.shown import reads
from tests.bot.chat import vocabulary
from tests.fakes.slack.blockkit import faults

HERE, THERE = Space("slack", "T1HERE"), Space("slack", "T2THERE")
ANNA = Account(HERE, "U1ANNA")
WILD = "<!channel> *now* @everyone :smile: http://x &amp; <@U1ANNA> `a` ~b~ _c_\n> quote"
MOMENT = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
UNIX = 1795600800


def test_people_s_words_are_one_text_element_letter_for_letter() -> None:
    assert rich((Plain(WILD),), space=HERE, private=False) == [{"type": "text", "text": WILD}]


@given(st.text(min_size=1))
def test_any_words_survive_in_any_style(text: str) -> None:
    for span in (Plain(text), Bold(text), Code(text)):
        [element] = rich((span,), space=HERE, private=False)
        assert element["text"] == text


@pytest.mark.parametrize(
    ("span", "element"),
    [
        (Bold("yes"), {"type": "text", "text": "yes", "style": {"bold": True}}),
        (Code("/kring"), {"type": "text", "text": "/kring", "style": {"code": True}}),
        (Link("the page", "https://example.org"), {"type": "link", "url": "https://example.org", "text": "the page"}),
        (Link("", "https://example.org"), {"type": "link", "url": "https://example.org"}),
        (ChannelName(Channel(HERE, "C1HOME"), "home"), {"type": "channel", "channel_id": "C1HOME"}),
        (ChannelName(Channel(THERE, "C2HOME"), "home"), {"type": "text", "text": "#home"}),
        (ChannelName(Channel(THERE, "C2HOME")), {"type": "text", "text": "#C2HOME"}),
    ],
)
def test_each_span_has_its_element(span: Any, element: dict[str, Any]) -> None:
    assert rich((span,), space=HERE, private=False) == [element]


@pytest.mark.parametrize(
    ("style", "format_"),
    [
        ("moment", "{date_short_pretty} {time}"),
        ("date", "{date_short_pretty}"),
        ("time", "{time}"),
        ("relative", "{ago}"),
    ],
)
def test_a_moment_is_shown_in_each_reader_s_zone(style: Any, format_: str) -> None:
    [element] = rich((Moment(MOMENT, style),), space=HERE, private=False)
    assert element == {
        "type": "date",
        "timestamp": UNIX,
        "format": f"\u200b{format_}",
        "fallback": "2026-11-25 10:00 UTC",
    }


@pytest.mark.parametrize(
    ("person", "private", "mentioned"),
    [
        (PersonName("Anna", ANNA), False, False),  # shown to everybody: not called
        (PersonName("Anna", ANNA, notify=True), False, True),
        (PersonName("Anna", ANNA), True, True),  # nobody else is there to be called
        (PersonName("U1ANNA", ANNA), False, True),  # the name is not known yet
        (PersonName("Anna", Account(THERE, "U2ANNA"), notify=True), False, False),  # another workspace's
        (PersonName("Anna", Account(Space("playground", "T1HERE"), "anna"), notify=True), True, False),
        (PersonName("Anna"), True, False),
    ],
)
def test_who_is_mentioned(person: PersonName, private: bool, mentioned: bool) -> None:
    expected = {"type": "user", "user_id": "U1ANNA"} if mentioned else {"type": "text", "text": person.name}
    assert rich((person,), space=HERE, private=private) == [expected]


def test_nothing_is_left_of_nothing() -> None:
    assert rich((Plain(""), Bold(""), PersonName("")), space=HERE, private=False) == []


# -- small print


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ((Plain("Takes 5 minutes & no more; 1 < 2."),), "Takes 5 minutes &amp; no more; 1 &lt; 2."),
        ((Plain("Open until "), Moment(MOMENT, "date"), Plain(".")),
         f"Open until <!date^{UNIX}^{{date_short_pretty}}|2026-11-25 10:00 UTC>."),
        ((Plain("Type "), Code("/kring help"), Plain(", "), Bold("now"), Plain("!")), "Type `/kring help`, *now*!"),
        ((Plain("See "), Link("the page", "https://example.org?a=1&b=2")),
         "See <https://example.org?a=1&amp;b=2|the page>"),
        ((Plain("For "), PersonName("Anna", ANNA, notify=True), Plain(" in "), ChannelName(Channel(HERE, "C1HOME"))),
         "For <@U1ANNA> in <#C1HOME>"),
    ],
)  # fmt: skip
def test_small_print_of_ours_is_mrkdwn(text: Text, shown: str) -> None:
    assert mrkdwn(text, space=HERE, private=False) == shown


@pytest.mark.parametrize(
    "words_",
    ["*now*", "a_b_c", "~no~", "`x`", ":smile:", "fine :-)", "I <3 it", "> so", "so\n> so", "&gt; so", "http://x",
     "www.example.org", "@everyone", "#general", " space around ", "", "x" * 3001, "&" * 601],
)  # fmt: skip
def test_small_print_that_mrkdwn_would_read_is_rich_text(words_: str) -> None:
    assert mrkdwn((Plain(words_),), space=HERE, private=False) is None


@pytest.mark.parametrize(
    "text",
    [
        (Plain("un"), Bold("believ"), Plain("able")),
        (Bold(" a "),),
        (Bold("a*b"),),
        (Bold("a\nb"),),
        (Bold(""),),
        (Link("a *b*", "https://example.org"),),
        (Link("a", "https://example.org/|b"),),
        (Plain(":"), Plain("smile:")),
        (Plain("un"), Plain(""), Bold("seen")),
    ],
)
def test_styles_that_mrkdwn_would_not_show_are_rich_text(text: Text) -> None:
    assert mrkdwn(text, space=HERE, private=False) is None


@given(st.lists(vocabulary.spans, min_size=1, max_size=5).map(tuple), st.booleans())
@settings(deadline=None, max_examples=200)
def test_a_note_says_what_it_says_in_either_way(text: Text, private: bool) -> None:
    space = vocabulary.SPACE
    shown = pages(message(Note(text)), space=space, private=private)
    assert not [fault for page in shown for fault in faults(page.blocks)]
    small = mrkdwn(text, space=space, private=private)
    if small is not None:
        named = "".join(_said(span, private) for span in text)
        assert "".join(reads(page.blocks) for page in shown) == named


def _said(span: Any, private: bool) -> str:
    match span:
        case PersonName(account=account) if account is not None and account.space == vocabulary.SPACE:
            return f"@{account.id}" if private or span.notify or span.name == account.id else span.name
        case ChannelName(channel=channel) if channel.space == vocabulary.SPACE:
            return f"#{channel.id}"
        case _:
            return words((span,))


@given(st.text())
def test_escaping_leaves_nothing_that_begins_something(text: str) -> None:
    escaped = escape(text)
    assert not {"<", ">"} & set(escaped)
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text
