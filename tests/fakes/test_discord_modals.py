"""What Discord takes as a modal: https://docs.discord.com/developers/components/reference#label, as of 2026-11-26."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from tests.fakes.discord.form_checks import flat
from tests.fakes.discord.modal_checks import fields, modal_faults

Json = dict[str, Any]


def field(component: Json, label: str = "Question", **more: Any) -> Json:
    return {"type": 18, "label": label, "component": component, **more}


def text(custom_id: str = "text", **more: Any) -> Json:
    return {"type": 4, "custom_id": custom_id, "style": 1, **more}


def choices(kind: int, number: int, **more: Any) -> Json:
    options = [{"label": f"Option {n}", "value": str(n)} for n in range(number)]
    return {"type": kind, "custom_id": "choice", "options": options, **more}


def modal(*components: Json, **more: Any) -> Json:
    return {"custom_id": "form", "title": "A form", "components": list(components), **more}


TAKEN = {
    "a field": modal(field(text())),
    "five fields": modal(*(field(text(str(n))) for n in range(5))),
    "words above": modal({"type": 10, "content": "Read this first"}, field(text())),
    "a title of 45": modal(field(text()), title="x" * 45),
    "a label and a description": modal(field(text(), "x" * 45, description="x" * 100)),
    "a filled field": modal(field(text(value="x" * 4000, max_length=4000, placeholder="x" * 100))),
    "a select": modal(field(choices(3, 25, max_values=25))),
    "a select that need not": modal(field(choices(3, 2, required=False, min_values=0))),
    "people and channels": modal(field({"type": 5, "custom_id": "a"}), field({"type": 8, "custom_id": "b"})),
    "a radio group": modal(field(choices(21, 10))),
    "boxes": modal(field(choices(22, 1)), field({"type": 23, "custom_id": "yes", "default": True})),
    "boxes that need not": modal(field(choices(22, 10, required=False, min_values=0, max_values=10))),
    "files": modal(field({"type": 19, "custom_id": "file", "max_values": 10})),
    "an input in a row": modal({"type": 1, "components": [text(label="Old")]}),
}

REFUSED: dict[str, tuple[Json, str]] = {
    "a long title": (modal(field(text()), title="x" * 46), "title [BASE_TYPE_BAD_LENGTH] Must be between 1 and 45"),
    "no custom_id": (modal(field(text()), custom_id=None), "custom_id [BASE_TYPE_REQUIRED] This field is required"),
    "a long custom_id": (modal(field(text()), custom_id="x" * 101), "custom_id [BASE_TYPE_BAD_LENGTH]"),
    "nothing in it": (modal(), "components [BASE_TYPE_BAD_LENGTH] Must be between 1 and 5 in length."),
    "six fields": (modal(*(field(text(str(n))) for n in range(6))), "components [BASE_TYPE_BAD_LENGTH]"),
    "a long label": (modal(field(text(), "x" * 46)), "components.0.label [BASE_TYPE_BAD_LENGTH]"),
    "a long description": (modal(field(text(), description="x" * 101)), "components.0.description [BASE_TYPE_MAX_"),
    "a long placeholder": (modal(field(text(placeholder="x" * 101))), "components.0.component.placeholder [BASE_TYPE"),
    "4,001 characters": (modal(field(text(max_length=4001))), "components.0.component.max_length [NUMBER_TYPE_MAX]"),
    "a value over its bound": (
        modal(field(text(value="xxx", max_length=2))),
        "components.0.component.value [BASE_TYPE_MAX_LENGTH] Must be 2 or fewer in length.",
    ),
    "a value under its bound": (
        modal(field(text(value="x", min_length=2))),
        "components.0.component.value [BASE_TYPE_BAD_LENGTH] Must be between 2 and 4000 in length.",
    ),
    "bounds crossed": (
        modal(field(text(min_length=3, max_length=2))),
        "components.0.component.min_length [TEXT_INPUT_MIN_LENGTH_INVALID]",
    ),
    "a button": (
        modal({"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "x"}]}),
        'components.0.components.0 [UNION_TYPE_CHOICES] Value of field "type" must be one of (4,).',
    ),
    "a button in a label": (
        modal(field({"type": 2, "style": 1, "label": "x", "custom_id": "x"})),
        "components.0.component [UNION_TYPE_CHOICES]",
    ),
    "an input at the top": (
        modal(text()),
        'components.0 [UNION_TYPE_CHOICES] Value of field "type" must be one of (1, 10, 18).',
    ),
    "one custom_id twice": (
        modal(field(text()), field(text())),
        "components.1.component.custom_id [COMPONENT_CUSTOM_ID_DUPLICATED]",
    ),
    "a select that need not and must": (
        modal(field(choices(3, 2, min_values=0))),
        "components.0.component.min_values [NUMBER_TYPE_MIN] int value should be greater than or equal to 1.",
    ),
    "a disabled select": (
        modal(field(choices(3, 2, disabled=True))),
        "components.0.component.disabled [MODAL_COMPONENT_CANNOT_BE_DISABLED]",
    ),
    "one radio": (
        modal(field(choices(21, 1))),
        "components.0.component.options [BASE_TYPE_BAD_LENGTH] Must be between 2 and 10 in length.",
    ),
    "eleven radios": (modal(field(choices(21, 11))), "components.0.component.options [BASE_TYPE_BAD_LENGTH]"),
    "two radios chosen": (
        modal(field({**choices(21, 2), "options": [{"label": n, "value": n, "default": True} for n in "ab"]})),
        "components.0.component.options [SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES]",
    ),
    "eleven boxes": (modal(field(choices(22, 11))), "components.0.component.options [BASE_TYPE_BAD_LENGTH]"),
    "more boxes than there are": (
        modal(field(choices(22, 2, max_values=3))),
        "components.0.component.options [BASE_TYPE_BAD_LENGTH] Must be between 3 and 10 in length.",
    ),
    "eleven files": (
        modal(field({"type": 19, "custom_id": "x", "max_values": 11})),
        "components.0.component.max_values [NUMBER_TYPE_MAX] int value should be less than or equal to 10.",
    ),
}


@pytest.mark.parametrize("body", TAKEN.values(), ids=TAKEN)
def test_taken(body: Json) -> None:
    assert modal_faults(body) == {}


@pytest.mark.parametrize(("body", "fault"), REFUSED.values(), ids=REFUSED)
def test_refused(body: Json, fault: str) -> None:
    assert any(each.startswith(fault) for each in flat(modal_faults(body))), flat(modal_faults(body))


def test_the_fields_and_the_words_beside_them() -> None:
    found = fields(modal({"type": 10, "content": "x"}, field(text()), {"type": 1, "components": [text(label="Old")]}))
    assert [label for label, _ in found] == ["Question", "Old"]


def test_what_the_library_makes_is_taken() -> None:
    form = discord.ui.Modal(title="A form", custom_id="form")
    form.add_item(discord.ui.TextDisplay("Read this first"))
    form.add_item(discord.ui.Label(text="Question", component=discord.ui.TextInput(custom_id="a")))
    options = [discord.RadioGroupOption(label="Yes", value="y"), discord.RadioGroupOption(label="No", value="n")]
    form.add_item(discord.ui.Label(text="Well?", component=discord.ui.RadioGroup(custom_id="b", options=options)))
    form.add_item(discord.ui.Label(text="Who?", component=discord.ui.UserSelect(custom_id="c")))
    form.add_item(discord.ui.Label(text="Sure?", component=discord.ui.Checkbox(custom_id="d")))
    assert flat(modal_faults(form.to_dict())) == []
