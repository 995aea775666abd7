"""Any event, request, answer or message there can be, for property tests."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.chat.actions import Action
from bot.chat.answers import Answer
from bot.chat.events import Event
from bot.chat.messages import (
    Block,
    Button,
    Choice,
    Controls,
    Divider,
    Facts,
    Heading,
    LinkButton,
    Message,
    Note,
    Picture,
    Select,
    Words,
)
from bot.chat.names import Account, Channel, Space
from bot.chat.requests import Request
from bot.chat.text import Bold, ChannelName, Code, Link, Moment, PersonName, Plain

st.register_type_strategy(
    datetime,
    st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
st.register_type_strategy(
    Action, st.builds(Action, st.text("abcdef._", min_size=1, max_size=20), st.text("abc123.:é", max_size=40))
)

SPACE, ELSEWHERE = Space("slack", "T024BE7LH"), Space("slack", "T0ELSEWHERE")
ACCOUNTS = (Account(SPACE, "U2147483697"), Account(ELSEWHERE, "U0ELSEWHERE"))
CHANNELS = (Channel(SPACE, "C2147483705"), Channel(ELSEWHERE, "C0ELSEWHERE"))

events = st.from_type(Event)
requests = st.from_type(Request)
answers = st.from_type(Answer)

sentences = st.one_of(
    st.text(max_size=40),
    st.integers(1, 9000).map(lambda n: ("Dat doe ik altijd zo. " * 500)[:n]),
    st.integers(1, 9000).map(lambda n: "x" * n),
    st.sampled_from(["<!channel>", "@everyone", "مرحبا بالجميع", "👩‍🏫" * 50, "*bold* _and_ `code`", "a\n" * 400]),
)
spans = st.one_of(
    st.builds(Plain, sentences),
    st.builds(Bold, sentences),
    st.builds(Code, sentences),
    st.builds(Link, sentences, st.just("https://example.org")),
    st.builds(PersonName, st.text(min_size=1, max_size=60), st.sampled_from([None, *ACCOUNTS]), st.booleans()),
    st.builds(ChannelName, st.sampled_from(CHANNELS), st.text(max_size=60)),
    st.builds(Moment, st.from_type(datetime)),
)
texts = st.lists(spans, max_size=6).map(tuple)
choices = st.lists(
    st.builds(Choice, st.text("abc", min_size=1, max_size=5), sentences, sentences),
    max_size=150,
    unique_by=lambda choice: choice.value,
).map(tuple)
styles = st.sampled_from(["normal", "primary", "danger"])
controls = st.one_of(
    st.builds(Button, sentences, st.just(Action("a.b", "1")), styles),
    st.builds(Button, sentences, st.builds(Action, st.just("a.d"), st.text("123", max_size=3)), styles, sentences),
    st.builds(LinkButton, sentences, st.just("https://example.org")),
    st.builds(Select, sentences, st.just(Action("a.c", "1")), choices, st.integers(1, 9), st.just(("a", "b"))),
)
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, sentences),
    st.builds(Words, texts, st.booleans()),
    st.builds(Note, texts),
    st.builds(Facts, st.lists(st.tuples(st.text(max_size=30), texts), max_size=5).map(tuple)),
    st.builds(Divider),
    st.builds(Picture, st.just("<svg/>"), sentences),
    st.builds(Controls, st.lists(controls, min_size=1, max_size=30).map(tuple)),
)
messages = st.builds(Message, st.lists(blocks, min_size=1, max_size=60).map(tuple))
