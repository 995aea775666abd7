"""Everything that is stored or sent comes back from JSON as it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from bot.chat import wire
from bot.chat.answers import Answer
from bot.chat.events import Event
from bot.chat.messages import Message
from bot.chat.requests import Request
from tests.bot.chat import vocabulary


@given(vocabulary.events)
@settings(max_examples=150, deadline=None)
def test_every_event_survives_json(event: Event) -> None:
    assert wire.event_from_json(wire.event_to_json(event)) == event


@given(vocabulary.requests)
@settings(max_examples=100, deadline=None)
def test_every_request_survives_json(request: Request) -> None:
    assert wire.request_from_json(wire.request_to_json(request)) == request


@given(vocabulary.answers)
@settings(max_examples=100, deadline=None)
def test_every_answer_survives_json(answer: Answer) -> None:
    assert wire.answer_from_json(wire.answer_to_json(answer)) == answer


@given(vocabulary.messages)
@settings(max_examples=30, deadline=None)
def test_every_message_survives_json(message: Message) -> None:
    assert wire.message_from_json(wire.message_to_json(message)) == message


@pytest.mark.parametrize("text", ["", "{}", '{"kind": "command"}', '{"kind": "nonsense"}', "[1]"])
def test_what_is_no_event_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - pydantic's own words are not ours to pin down
        wire.event_from_json(text)
