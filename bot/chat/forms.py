"""A form and its fields; what comes back is checked here, once, for every platform."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Discriminator

from bot.chat.actions import Action
from bot.chat.messages import Choice
from bot.chat.text import Text, stripped

Raw = str | tuple[str, ...]
"""A field's value as a platform sends it: one text, or the chosen values."""


@dataclass(frozen=True, slots=True)
class TextField:
    name: str
    label: str
    hint: str = ""
    value: str = ""
    required: bool = True
    multiline: bool = False
    least: int = 0
    most: int = 2000
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """One of several."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    hint: str = ""
    value: str = ""
    required: bool = True
    kind: Literal["choice"] = "choice"


@dataclass(frozen=True, slots=True)
class ChecksField:
    """Any number of several, from `least` to `most`."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    hint: str = ""
    value: tuple[str, ...] = ()
    least: int = 0
    most: int = 25
    kind: Literal["checks"] = "checks"


@dataclass(frozen=True, slots=True)
class PersonField:
    """Somebody of the reader's space; the value is the account's id."""

    name: str
    label: str
    hint: str = ""
    value: str = ""
    required: bool = True
    kind: Literal["person"] = "person"


Field = Annotated[TextField | ChoiceField | ChecksField | PersonField, Discriminator("kind")]


@dataclass(frozen=True, slots=True)
class Form:
    """`action` is what the form, once sent, is about; `intro` stands above the fields."""

    action: Action
    title: str
    fields: tuple[Field, ...]
    submit: str
    intro: Text = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field; `code` picks the words, `limit` is the number in them."""

    field: str
    code: Literal["required", "too_short", "too_long", "not_a_choice", "too_few", "too_many"]
    limit: int = 0


class Values:
    """Checked values by field name."""

    def __init__(self, values: Mapping[str, Raw]) -> None:
        self._values = dict(values)

    def text(self, name: str) -> str:
        """The text, or the one chosen value; empty when the field was left empty."""
        value = self._values.get(name, "")
        return value if isinstance(value, str) else (value[0] if value else "")

    def chosen(self, name: str) -> tuple[str, ...]:
        value = self._values.get(name, ())
        return ((value,) if value else ()) if isinstance(value, str) else value


def check(form: Form, raw: Mapping[str, Raw]) -> tuple[Values, tuple[Fault, ...]]:
    """The values of the form's own fields, stripped, and what is wrong with them; unknown fields are ignored."""
    return checked(form.fields, raw)


def checked(fields: Iterable[Field], raw: Mapping[str, Raw]) -> tuple[Values, tuple[Fault, ...]]:
    """The same of the fields alone: what stands around them is written for whoever opens the form."""
    found: dict[str, Raw] = {}
    faults: list[Fault] = []
    for field in fields:
        given = raw.get(field.name, "")
        match field:
            case ChecksField():
                values = ((given,) if given else ()) if isinstance(given, str) else tuple(given)
                found[field.name] = values
                faults += _check_many(field, values)
            case _:
                value = stripped(given if isinstance(given, str) else (given[0] if given else ""))
                found[field.name] = value
                faults += _check_one(field, value)
    return Values(found), tuple(faults)


def _check_many(field: ChecksField, values: tuple[str, ...]) -> list[Fault]:
    known = {choice.value for choice in field.choices}
    if not known.issuperset(values):
        return [Fault(field.name, "not_a_choice")]
    if len(values) < field.least:
        return [Fault(field.name, "too_few", field.least)]
    if len(values) > field.most:
        return [Fault(field.name, "too_many", field.most)]
    return []


def _check_one(field: TextField | ChoiceField | PersonField, value: str) -> list[Fault]:
    if not value:
        return [Fault(field.name, "required")] if field.required else []
    match field:
        case TextField():
            if len(value) < field.least:
                return [Fault(field.name, "too_short", field.least)]
            if len(value) > field.most:
                return [Fault(field.name, "too_long", field.most)]
        case ChoiceField():
            if value not in {choice.value for choice in field.choices}:
                return [Fault(field.name, "not_a_choice")]
        case PersonField():
            pass
    return []
