"""Whether Discord takes a modal. What it does not take comes back in Discord's nested form.

https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal and
https://docs.discord.com/developers/components/reference#label, as of 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.fakes.discord.component_checks import duplicates
from tests.fakes.discord.component_tables import (
    CHANNEL_SELECT,
    CHECKBOX,
    CHECKBOX_GROUP,
    CUSTOM_ID,
    FILE_UPLOAD,
    ID,
    LABEL,
    LEAVES,
    MENTIONABLE_SELECT,
    RADIO_GROUP,
    ROLE_SELECT,
    ROW,
    SELECTS,
    STRING_SELECT,
    TEXT_DISPLAY,
    TEXT_INPUT,
    USER_SELECT,
    default_options,
    distinct_options,
    every,
)
from tests.fakes.discord.form_checks import (
    Fault,
    Json,
    Path,
    Shape,
    boolean,
    length,
    many,
    nested,
    number,
    one_of,
    string,
    typed,
)


def _text_input(field: Json, path: Path) -> Iterator[Fault]:
    least, most = field.get("min_length") or 0, field.get("max_length") or 4000
    if least > most:
        yield Fault((*path, "min_length"), "TEXT_INPUT_MIN_LENGTH_INVALID", "min_length is above max_length")
    elif field.get("value"):
        yield from length(len(field["value"]), (*path, "value"), least, most)


def _must_choose(field: Json, path: Path) -> Iterator[Fault]:
    """ "min_values must be either omitted or at least 1 if required is omitted or true"."""
    if field.get("min_values") == 0 and field.get("required") is not False:
        yield Fault((*path, "min_values"), "NUMBER_TYPE_MIN", "int value should be greater than or equal to 1.")


def _select(field: Json, path: Path) -> Iterator[Fault]:
    yield from _must_choose(field, path)
    # "Using disabled in a modal will result in an error"
    if field.get("disabled"):
        words = "Components in modals cannot be disabled"
        yield Fault((*path, "disabled"), "MODAL_COMPONENT_CANNOT_BE_DISABLED", words)


def _and(shape: Shape, more: Any) -> Shape:
    def both(value: Json, path: Path) -> Iterator[Fault]:
        if shape.also is not None:
            yield from shape.also(value, path)
        yield from more(value, path)

    return Shape(shape.must, shape.may, both)


def _radio_group(field: Json, path: Path) -> Iterator[Fault]:
    yield from distinct_options(field, path)
    yield from default_options(field, path, 1)


def _bounds(field: Json, path: Path, most: int) -> Iterator[Fault]:
    yield from _must_choose(field, path)
    least = 1 if field.get("min_values") is None else field["min_values"]
    if least > most:
        yield Fault((*path, "min_values"), "SELECT_COMPONENT_MIN_VALUES_INVALID", "min_values is above max_values")


def _checkbox_group(field: Json, path: Path) -> Iterator[Fault]:
    there = len(field["options"])
    most = field.get("max_values") or there
    yield from distinct_options(field, path)
    yield from default_options(field, path, most)
    yield from _bounds(field, path, most)
    yield from length(there, (*path, "options"), max(1, most if field.get("max_values") else 1), 10)


def _file_upload(field: Json, path: Path) -> Iterator[Fault]:
    yield from _bounds(field, path, field.get("max_values") or 1)


INPUT = Shape(
    {"custom_id": CUSTOM_ID, "style": one_of(1, 2)},
    {
        "min_length": number(0, 4000),
        "max_length": number(1, 4000),
        "required": boolean,
        "value": string(4000),
        "placeholder": string(100),
        **ID,
    },
    _text_input,
)
CHOICE = Shape({"value": string(100, 1), "label": string(100, 1)}, {"description": string(100), "default": boolean})

FIELDS: dict[int, Shape] = {
    TEXT_INPUT: INPUT,
    **{kind: _and(LEAVES[kind], _select) for kind in SELECTS},
    FILE_UPLOAD: Shape(
        {"custom_id": CUSTOM_ID},
        {"min_values": number(0, 10), "max_values": number(1, 10), "required": boolean, **ID},
        _file_upload,
    ),
    RADIO_GROUP: Shape(
        {"custom_id": CUSTOM_ID, "options": many(CHOICE.check, 10, 2)}, {"required": boolean, **ID}, _radio_group
    ),
    CHECKBOX_GROUP: Shape(
        {"custom_id": CUSTOM_ID, "options": many(CHOICE.check, 10, 1)},
        {"min_values": number(0, 10), "max_values": number(1, 10), "required": boolean, **ID},
        _checkbox_group,
    ),
    # it cannot be required: https://docs.discord.com/developers/components/reference#checkbox
    CHECKBOX: Shape({"custom_id": CUSTOM_ID}, {"default": boolean, **ID}),
}
# https://docs.discord.com/developers/components/reference#label-label-child-components
IN_LABEL = frozenset(
    {
        TEXT_INPUT,
        STRING_SELECT,
        USER_SELECT,
        ROLE_SELECT,
        MENTIONABLE_SELECT,
        CHANNEL_SELECT,
        FILE_UPLOAD,
        RADIO_GROUP,
        CHECKBOX_GROUP,
        CHECKBOX,
    }
)
LABELLED_INPUT = Shape({**INPUT.must, "label": string(45, 1)}, INPUT.may, INPUT.also)
TOP: dict[int, Shape] = {
    LABEL: Shape({"label": string(45, 1), "component": typed(FIELDS, IN_LABEL)}, {"description": string(100), **ID}),
    TEXT_DISPLAY: LEAVES[TEXT_DISPLAY],
    # deprecated, and still taken: https://docs.discord.com/developers/components/reference#action-row
    ROW: Shape({"components": many(typed({TEXT_INPUT: LABELLED_INPUT}, {TEXT_INPUT}), 1, 1)}, ID),
}
MODAL = Shape({"custom_id": CUSTOM_ID, "title": string(45, 1), "components": many(typed(TOP, TOP), 5, 1)})


def modal_faults(modal: Mapping[str, Any]) -> Json:
    """What Discord has against this modal (the `data` of a response of type 9), nested per field."""
    wrong = list(MODAL.check(dict(modal), ()))
    return nested(wrong or duplicates(list(every(modal["components"]))))


def fields(modal: Mapping[str, Any]) -> Iterator[tuple[str, Json]]:
    """Each field that a person can fill in, with the words beside it."""
    for top in modal["components"]:
        if top["type"] == LABEL:
            yield top["label"], top["component"]
        elif top["type"] == ROW:
            yield top["components"][0]["label"], top["components"][0]
