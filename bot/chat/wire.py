"""The vocabulary as JSON and back, for everything that is stored or sent.

pydantic reads and writes the dataclasses as they are; every member of a union names its `kind`.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from bot.chat.answers import Answer
from bot.chat.events import Event
from bot.chat.messages import Message
from bot.chat.requests import Request


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def to_json(thing: Any, kind: Any) -> str:
    """`thing`, which is of type `kind`, as one line of JSON."""
    return _adapter(kind).dump_json(thing).decode()


def from_json(text: str | bytes, kind: Any) -> Any:
    """The thing that `to_json` wrote. Raises ValueError when the text is something else."""
    return _adapter(kind).validate_json(text)


def to_plain(thing: Any, kind: Any) -> Any:
    """The same as dictionaries, lists and texts."""
    return json.loads(to_json(thing, kind))


def event_to_json(event: Event) -> str:
    return to_json(event, Event)


def event_from_json(text: str) -> Event:
    event: Event = from_json(text, Event)
    return event


def request_to_json(request: Request) -> str:
    return to_json(request, Request)


def request_from_json(text: str) -> Request:
    request: Request = from_json(text, Request)
    return request


def message_to_json(message: Message) -> str:
    return to_json(message, Message)


def message_from_json(text: str) -> Message:
    message: Message = from_json(text, Message)
    return message


def answer_to_json(answer: Answer) -> str:
    return to_json(answer, Answer)


def answer_from_json(text: str) -> Answer:
    answer: Answer = from_json(text, Answer)
    return answer
