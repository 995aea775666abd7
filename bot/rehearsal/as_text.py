"""Messages and forms as they are read in a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from bot.chat.forms import ChecksField, ChoiceField, Field, Form
from bot.chat.messages import (
    Button,
    Control,
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
from bot.chat.text import Moment, Text, words

ZONE = "Europe/Amsterdam"
"""Where the people of a rehearsal are."""
WIDTH = 96


def moment(at: datetime, language: str) -> str:
    """Such as *Mon 7 Sep 09:30*."""
    return format_datetime(at.astimezone(ZoneInfo(ZONE)), "EEE d MMM HH:mm", locale=language)


def said(text: Text, language: str) -> str:
    return "".join(moment(span.at, language) if isinstance(span, Moment) else words((span,)) for span in text)


def lines(message: Message, language: str) -> Iterator[str]:
    """A heading is in capitals, small print in brackets, a quotation in quotes, and a button in square brackets."""
    for block in message.blocks:
        match block:
            case Heading():
                yield block.text.upper()
            case Words():
                yield f"“{said(block.text, language)}”" if block.quote else said(block.text, language)
            case Note():
                yield f"({said(block.text, language)})"
            case Facts():
                yield from (f"{label}: {said(value, language)}" for label, value in block.rows)
            case Picture():
                yield f"[{block.alt}]"
            case Controls():
                yield " ".join(_control(each) for each in block.controls)
            case Divider():
                yield ""


def _control(control: Control) -> str:
    match control:
        case Button() | LinkButton():
            return f"[{control.label}]"
        case Select():
            return f"[{control.label}: {' | '.join(choice.label for choice in control.choices)}]"


def form(blank: Form, language: str) -> Iterator[str]:
    yield blank.title.upper()
    if blank.intro:
        yield said(blank.intro, language)
    for field in blank.fields:
        yield f"- {field.label}{_choices(field)}"


def _choices(field: Field) -> str:
    if isinstance(field, ChoiceField | ChecksField) and field.choices:
        return ": " + " | ".join(choice.label for choice in field.choices)
    return ""


def filled(blank: Form, values: dict[str, object]) -> Iterator[str]:
    """What somebody filled in, by label."""
    for field in blank.fields:
        value = values.get(field.name)
        if not value:
            continue
        chosen = value if isinstance(value, tuple) else (value,)
        if isinstance(field, ChoiceField | ChecksField):
            labels = {choice.value: choice.label for choice in field.choices}
            chosen = tuple(labels.get(str(one), one) for one in chosen)
        yield f"{field.label}: {', '.join(map(str, chosen))}"


def wrapped(line: str, indent: str = "      ") -> str:
    return textwrap.fill(
        line or " ", WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
