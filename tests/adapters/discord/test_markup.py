"""Spans as Discord shows them: people's words stay words, and nobody is called who need not come."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.discord.markup import escape, markdown, mentions
from bot.chat.names import Account, Channel, Space
from bot.chat.text import Bold, ChannelName, Code, Link, Moment, PersonName, Plain, Span, Text, words
from tests.adapters.discord.shown import nodes

HERE, THERE = Space("discord", "111111111111111111"), Space("discord", "222222222222222222")
ANNA = Account(HERE, "333333333333333333")
BRAM = Account(HERE, "444444444444444444")
HOME = Channel(HERE, "555555555555555555")
WILD = (
    "<@333333333333333333> <@&1> <#555> <t:1:R> </kring:1> <:smile:1> :smile: @everyone @here **now** __u__ _i_ ~~no~~ "
    "||psst|| `x` ```y``` [a](https://b.c) https://example.org <https://example.org> \\*\n# big\n-# small\n> said\n"
    ">>> all\n- one\n* two\n1. three\n  + four ¯\\_(ツ)_/¯"
)
MOMENT = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
UNIX = 1795600800

marks = st.text("ab1 \n\\*_~`|<>[]()@#:.-+/!&t" + "\u200bé🔖", max_size=30)
said = st.one_of(st.text(max_size=30), marks, st.sampled_from([WILD, "@everyone", "1.", "https://x.org", ":a:"]))


def shown(*text: Span, private: bool = False) -> str:
    return markdown(text, space=HERE, private=private)


@given(said)
@example(WILD)
def test_people_s_words_are_read_letter_for_letter(text: str) -> None:
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    assert nodes(shown(Plain(text))) == ([("words", expected)] if expected else [])


@given(st.lists(st.one_of(said.map(Plain), said.map(lambda name: PersonName(name or "x"))), max_size=6).map(tuple))
@example((Plain("1"), Plain(". one"), Plain(":a"), Plain("b:"), Plain("\n"), Plain("- x"), Plain("<"), Plain("@1>")))
def test_nothing_comes_of_words_that_stand_beside_each_other(text: Text) -> None:
    expected = words(text).replace("\r\n", "\n").replace("\r", "\n")
    assert "".join(each for _, each in nodes(markdown(text, space=HERE, private=False))).replace("\r", "\n") == expected
    assert {kind for kind, _ in nodes(markdown(text, space=HERE, private=False))} <= {"words"}


styled = st.one_of(
    st.builds(Plain, said),
    st.builds(Bold, said),
    st.builds(Code, said),
    st.builds(Link, said, st.sampled_from(["https://example.org/a?b=c", "https://example.org/(x)", "ftp://x", ""])),
    st.builds(PersonName, said.map(lambda name: name or "x"), st.sampled_from([None, ANNA]), st.booleans()),
    st.builds(Moment, st.just(MOMENT)),
)


@given(st.lists(styled, max_size=6).map(tuple), st.booleans())
@settings(max_examples=400)
@example((Bold("a"), Bold("b"), Code("c"), Code("d"), Bold("*"), Plain("*"), Code("`"), Bold("a\nb"), Bold(" ")), True)
@example((Bold("a"), Plain(""), Bold("b"), PersonName(""), Bold("c"), Link("", ""), Bold("d")), False)
@example((Code("x"), Plain("`"), Bold("y"), Plain("**"), Plain("\\"), Bold("z")), False)
def test_only_our_own_styles_are_shown_and_every_word_is(text: Text, private: bool) -> None:
    found = nodes(markdown(text, space=HERE, private=private))
    assert {kind for kind, _ in found} <= {"words", "bold", "code", "link", "address", "person", "moment"}
    expected = "".join(_said(span, private) for span in text)
    assert _bare("".join(each for _, each in found)) == _bare(expected)


def _said(span: Span, private: bool) -> str:
    match span:
        case PersonName(account=account) if account is not None and (private or span.notify or span.name == account.id):
            return account.id
        case Moment():
            return f"{UNIX}:F"
        case Link(text=text, url=url):
            safe = url == "https://example.org/a?b=c"
            if safe and text.strip() and "://" not in text and not {"[", "]", "\n", "\r"} & set(text):
                return text
            return f"{text} {url}".strip() if text.strip() else f"{text}{url}"
        case _:
            return words((span,))


def _bare(text: str) -> str:
    """Without the space, which styles may push about."""
    return "".join(text.split())


@pytest.mark.parametrize(
    ("span", "written"),
    [
        (Bold("yes"), "**yes**"),
        (Bold(" yes\nno"), " **yes**\n**no**"),
        (Code("/kring round start <format>"), "`/kring round start <format>`"),
        (Code("/kring me"), "`/kring me card`"),
        (Code("a`b"), "a\\`b"),
        (Link("the page", "https://example.org"), "[the page](<https://example.org>)"),
        (Link("", "https://example.org"), "<https://example.org>"),
        (Link("a [b]", "https://example.org"), "a \\[b\\] <https://example.org>"),
        (Link("https://bank.example", "https://evil.example"), "https\\://bank.example <https://evil.example>"),
        (Link("x", "javascript:alert(1)"), "x javascript\\:alert(1)"),
        (ChannelName(HOME, "home"), "<#555555555555555555>"),
        (ChannelName(Channel(THERE, "6"), "home"), "\\#home"),
        (ChannelName(Channel(THERE, "6")), "\\#6"),
        (ChannelName(Channel(Space("slack", "T1"), "C1"), "home"), "\\#home"),
    ],
)
def test_each_span_has_its_way(span: Any, written: str) -> None:
    assert shown(span) == written


@pytest.mark.parametrize(("style", "sign"), [("moment", "F"), ("date", "D"), ("time", "t"), ("relative", "R")])
def test_a_moment_is_shown_in_each_reader_s_zone(style: Any, sign: str) -> None:
    assert shown(Moment(MOMENT, style)) == f"<t:{UNIX}:{sign}>"


@pytest.mark.parametrize(
    ("person", "private", "mentioned"),
    [
        (PersonName("Anna", ANNA), False, False),  # shown to everybody: not called
        (PersonName("Anna", ANNA, notify=True), False, True),
        (PersonName("Anna", ANNA), True, True),  # nobody else is there to be called
        (PersonName(ANNA.id, ANNA), False, True),  # the name is not known yet
        (PersonName("Anna", Account(THERE, "7"), notify=True), False, False),  # another server's
        (PersonName("Anna", Account(Space("slack", HERE.id), "U1"), notify=True), True, False),
        (PersonName("Anna"), True, False),
    ],
)
def test_who_is_mentioned(person: PersonName, private: bool, mentioned: bool) -> None:
    assert shown(person, private=private) == (f"<@{ANNA.id}>" if mentioned else person.name)
    assert mentions((person,), space=HERE, private=private) == ((ANNA.id,) if mentioned else ())


def test_each_is_mentioned_once() -> None:
    text = (PersonName("Bram", BRAM, True), PersonName("Anna", ANNA, True), PersonName("Bram", BRAM, True))
    assert mentions(text, space=HERE, private=False) == (BRAM.id, ANNA.id)


def test_a_mention_that_somebody_types_mentions_nobody() -> None:
    assert mentions((Plain(f"<@{ANNA.id}>"),), space=HERE, private=True) == ()


@pytest.mark.parametrize("plain", ["What helped, and why?", "12:30 is fine: come (all) & see!", "Zo’n dag … 50%", "é"])
def test_usual_words_cost_little(plain: str) -> None:
    assert len(escape(plain)) <= len(plain) + 1
