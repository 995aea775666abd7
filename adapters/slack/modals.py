"""Forms as modals, messages in modals and on the App Home tab, and what was filled in.

https://docs.slack.dev/reference/views (2026-11-25)
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, assert_never

from adapters.slack import limits
from adapters.slack.blocks import NONE, Block, Reader, draw, paragraph
from adapters.slack.choices import chosen_one, chosen_some, listed, plain_text
from adapters.slack.markup import Element
from bot.chat.capabilities import SLACK
from bot.chat.fit import ELLIPSIS, fit, fit_form, split
from bot.chat.forms import ChecksField, ChoiceField, Field, Form, PersonField, Raw, TextField
from bot.chat.messages import Message, Note
from bot.chat.names import Space
from bot.chat.text import Plain, plain, words

View = dict[str, Any]

_VALUE = "value"
"""The action_id of each field; its block_id is the field's name."""
_GOES_ON = "/"
"""Between a field's name and the number of a further input, where one input is too short for its text."""
_ROOMY = replace(SLACK, blocks=10_000, total_text=10_000_000)
"""A view holds what would be several messages."""


def form_view(form: Form, *, space: Space, metadata: str, close: str) -> View:
    """The form as a modal. `callback_id` is its action, each field's block_id its name, so errors find their field."""
    reader = Reader(space, private=True)
    [fitted, *_] = fit_form(form, SLACK)
    title = [] if fitted.title == form.title else [{"type": "header", "text": plain_text(form.title, limits.HEADER)}]
    fields = [block for field in fitted.fields for block in _inputs(field)]
    return {
        **_modal(form.title, close, metadata),
        "callback_id": form.action.pack(),
        "submit": plain_text(form.submit, limits.SUBMIT),
        "notify_on_close": True,
        "blocks": [*title, *paragraph(form.intro, reader), *fields],
    }


def message_view(
    message: Message,
    *,
    space: Space,
    metadata: str,
    close: str,
    title: str = "Kring",
    pictures: Mapping[str, str] = NONE,
    more: str = ELLIPSIS,
) -> View:
    """The message as a modal; `more` is said at its end when there is more than a view can hold."""
    return {**_modal(title, close, metadata), "blocks": _blocks(message, Reader(space, True, pictures), more)}


def home_view(message: Message, *, space: Space, pictures: Mapping[str, str] = NONE, more: str = ELLIPSIS) -> View:
    """The message as the person's own page; `more` is said at its end when there is more than a view can hold."""
    return {"type": "home", "blocks": _blocks(message, Reader(space, True, pictures), more)}


def sent_values(view: Mapping[str, Any]) -> tuple[tuple[str, Raw], ...]:
    """What stands in the fields of a view, by field name: when it was sent, and also when it was closed."""
    found: dict[str, Raw] = {}
    for block_id, elements in view.get("state", {}).get("values", {}).items():
        if _VALUE in elements:
            name, goes_on, _ = block_id.partition(_GOES_ON)
            value = _sent(elements[_VALUE])
            if goes_on and isinstance(value, str):
                value = f"{found.get(name, '')}{value}"
            found[name] = value
    return tuple(found.items())


def given_values(view: Mapping[str, Any]) -> tuple[tuple[str, Raw], ...]:
    """What stood in the fields when the view was opened, by field name; only fields in which something stood."""
    found: dict[str, Raw] = {}
    for block in view.get("blocks", ()):
        name, goes_on, _ = block.get("block_id", "").partition(_GOES_ON)
        match block.get("element"):
            case {"initial_value": str(text)}:
                found[name] = f"{found.get(name, '')}{text}" if goes_on else text
            case {"initial_option": {"value": str(value)}} | {"initial_user": str(value)}:
                found[name] = value
            case {"initial_options": [*options]}:
                found[name] = tuple(option["value"] for option in options)
            case _:
                continue
    return tuple(found.items())


def _sent(element: Mapping[str, Any]) -> Raw:
    match element.get("type"):
        case "static_select" | "radio_buttons":
            return str((element.get("selected_option") or {}).get("value") or "")
        case "multi_static_select" | "checkboxes":
            return tuple(each["value"] for each in element.get("selected_options") or ())
        case "users_select":
            return str(element.get("selected_user") or "")
        case _:
            return str(element.get("value") or "")


# -- views


def _modal(title: str, close: str, metadata: str) -> View:
    if len(metadata) > limits.METADATA:
        raise ValueError(f"private_metadata has at most {limits.METADATA} characters, this has {len(metadata)}")
    return {
        "type": "modal",
        "title": plain_text(title, limits.TITLE),
        "close": plain_text(close, limits.CLOSE),
        "private_metadata": metadata,
    }


def _blocks(message: Message, reader: Reader, more: str) -> list[Block]:
    """The message as far as it goes; what is cut is said where it is cut."""
    drawn = [block for page in fit(message, _ROOMY) for block in draw(page, reader)]
    drawn = drawn or list(paragraph(plain(message.gist()), reader)) or [{"type": "divider"}]
    if len(drawn) <= limits.VIEW_BLOCKS and _size(drawn) <= limits.VIEW_BYTES:
        return drawn
    said = draw(Message((Note(plain(more)),)), reader)
    kept = drawn[: limits.VIEW_BLOCKS - len(said)]
    while len(kept) > 1 and _size([*kept, *said]) > limits.VIEW_BYTES:
        kept.pop()
    return [*kept, *said]


def _size(drawn: list[Block]) -> int:
    """In bytes as they are sent, with some room for what stands around them."""
    return len(json.dumps(drawn)) + limits.METADATA + 1000


# -- fields


def _inputs(field: Field) -> Iterator[Block]:
    match field:
        case TextField():
            yield from _text(field)
        case ChoiceField(choices=()) | ChecksField(choices=()):  # Slack refuses a list of nothing
            yield {"type": "section", "text": plain_text(field.label, limits.SECTION)}
        case ChoiceField():
            yield _input(field, field.name, _choice(field), optional=not field.required)
        case ChecksField():
            yield _input(field, field.name, _checks(field), optional=field.least == 0)
        case PersonField(value=value):
            element = {"type": "users_select", **({"initial_user": value} if value else {})}
            yield _input(field, field.name, element, optional=not field.required)
        case _:
            assert_never(field)


def _input(field: Field, block_id: str, element: Element, *, optional: bool, label: str = "") -> Block:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain_text(label or field.label, limits.LABEL),
        "element": {"action_id": _VALUE, **element},
        "optional": optional,
        **({"hint": plain_text(field.hint, limits.HINT)} if field.hint and not label else {}),
    }


def _text(field: TextField) -> Iterator[Block]:
    """One input, or several below each other where a text may be longer than an input can be."""
    values = [words(part) for part in split((Plain(field.value),), limits.INPUT)]
    count = max(len(values), -(-field.most // limits.INPUT))
    values += [""] * (count - len(values))
    for number, value in enumerate(values, 1):
        element: Element = {"type": "plain_text_input", "multiline": field.multiline or count > 1}
        element["max_length"] = max(1, len(value), min(field.most, limits.INPUT))
        if field.least > 1 and number == 1:
            element["min_length"] = min(field.least, element["max_length"])
        if value:
            element["initial_value"] = value
        if number == 1:
            yield _input(field, field.name, element, optional=not field.required)
        else:
            block_id, label = f"{field.name}{_GOES_ON}{number}", f"{field.label} ({number}/{count})"
            yield _input(field, block_id, element, optional=True, label=label)


def _choice(field: ChoiceField) -> Element:
    """Radio buttons show all at once, but what was chosen there cannot be taken back."""
    listed_ = {**listed(field.choices), **chosen_one(field.choices, field.value)}
    small = field.required and len(field.choices) <= limits.BUTTONS_TO_CHOOSE
    return {"type": "radio_buttons" if small else "static_select", **listed_}


def _checks(field: ChecksField) -> Element:
    most = max(1, min(field.most, len(field.choices)))
    listed_ = {**listed(field.choices), **chosen_some(field.choices, field.value, most)}
    if len(field.choices) <= limits.BUTTONS_TO_CHOOSE:
        return {"type": "checkboxes", **listed_}
    return {"type": "multi_static_select", "max_selected_items": most, **listed_}
