"""The fields of a form in a modal, each with its label, and the values that come back of them.

    labelled(field, space) -> atoms: each a label with its field, below a text where its words need more room
    sent_parts(data) -> what stands in each field of a modal, from the `data` of an interaction of type 5
    whole(parts) -> the values by field name, of all modals of a form together
    filled(modal, parts) -> the modal with these values in its fields

A text longer than a field can be takes several, and so does a list of more than 25. Their custom ids are the field's
name, a sign for how they belong together, and a number.
https://docs.discord.com/developers/components/reference#label (2026-11-26)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, assert_never

from adapters.discord import limits
from adapters.discord.controls import SELECT, option
from adapters.discord.drawn import TEXT, Component, label
from adapters.discord.markup import escape
from bot.chat.fit import cut, split
from bot.chat.forms import ChecksField, ChoiceField, Field, PersonField, Raw, TextField
from bot.chat.messages import Choice
from bot.chat.text import Plain, words

Parts = tuple[tuple[str, Raw], ...]
"""What stands in each field of a modal, by the field's custom id."""
Atom = list[Component]
"""What stands together in one modal."""

LABEL = 18
_INPUT, _USERS, _RADIO, _CHECKS = 4, 5, 21, 22
_GOES_ON, _OR, _AND = "/", "|", "+"
"""The text goes on; one of all these lists; any of all these lists."""
_BEFORE = "*"
"""In this of the lists stands what was chosen before."""
_PART = re.compile(r"(.+?)(?:([/|+])([0-9]+)(\*?))?", re.DOTALL)


def labelled(field: Field) -> Iterator[Atom]:
    """The field in as many parts as it takes. The label has been cut by `fit`, if it had to be."""
    match field:
        case TextField():
            yield from _text(field)
        case ChoiceField(choices=()) | ChecksField(choices=()):  # Discord refuses a list of nothing
            yield [{"type": TEXT, "content": escape(label(field.label, limits.TEXT))}]
        case ChoiceField():
            yield from _choice(field)
        case ChecksField():
            yield from _checks(field)
        case PersonField(value=value):
            chosen = {"default_values": [{"id": value, "type": "user"}]} if value.isdecimal() else {}
            yield _atom(field, {"type": _USERS, "custom_id": field.name, **_must(field.required), **chosen})
        case _:
            assert_never(field)


# -- what comes back


def sent_parts(data: Mapping[str, Any]) -> Parts:
    """What was filled in. Where nothing was chosen stands an empty text, of checks none."""
    found: list[tuple[str, Raw]] = []
    for top in data.get("components") or ():
        field = top.get("component") or {}
        custom_id = field.get("custom_id")
        if custom_id is None:
            continue
        values = tuple(str(each) for each in field.get("values") or ())
        several = _apart(custom_id)[1] == _AND
        found.append((custom_id, values if several else str(field.get("value") or "") or "".join(values[:1])))
    return tuple(found)


def whole(parts: Iterable[tuple[str, Raw]]) -> tuple[tuple[str, Raw], ...]:
    """The values by field name. Of one of several lists, what was not chosen there before counts first."""
    gathered: dict[str, list[tuple[int, str, bool, Raw]]] = {}
    for custom_id, value in parts:
        name, sign, number, before = _apart(custom_id)
        gathered.setdefault(name, []).append((number, sign, before, value))
    return tuple((name, _together(sorted(each, key=lambda part: part[0]))) for name, each in gathered.items())


def name_of(custom_id: str) -> str:
    """The name of the field to which a part belongs."""
    return _apart(custom_id)[0]


def _together(parts: Sequence[tuple[int, str, bool, Raw]]) -> Raw:
    match parts[0][1]:
        case "+":
            return tuple(each for *_, value in parts for each in value)
        case "|":
            chosen = sorted((before, str(value)) for _, _, before, value in parts if value)
            return chosen[0][1] if chosen else ""
        case _:
            return "".join(str(value) for *_, value in parts)


def _apart(custom_id: str) -> tuple[str, str, int, bool]:
    found = _PART.fullmatch(custom_id)
    if found is None:
        return custom_id, "", 0, False
    return found[1], found[2] or "", int(found[3] or 0), bool(found[4])


def fields_of(modal: Mapping[str, Any]) -> Iterator[tuple[str, Component]]:
    """The fields of a modal, by their custom ids."""
    for top in modal["components"]:
        if top["type"] == LABEL:
            yield top["component"]["custom_id"], top["component"]


def filled(modal: Component, parts: Parts) -> Component:
    """The modal with these values in its fields, as far as they can stand there."""
    known = dict(parts)
    tops = [
        {**top, "component": _filled(top["component"], known[top["component"]["custom_id"]])}
        if top["type"] == LABEL and top["component"]["custom_id"] in known
        else top
        for top in modal["components"]
    ]
    return {**modal, "components": tops}


def _filled(field: Component, value: Raw) -> Component:
    chosen = (value,) if isinstance(value, str) else value
    match field["type"]:
        case 4:
            kept = {name: each for name, each in field.items() if name not in ("value", "min_length")}
            least = {"min_length": field["min_length"]} if len(value) >= field.get("min_length", 5000) else {}
            text = "".join(chosen)[: limits.INPUT]
            room = max(field["max_length"], len(text))
            return {**kept, **least, "max_length": room, **({"value": text} if text else {})}
        case 5:
            kept = {name: each for name, each in field.items() if name != "default_values"}
            users = [{"id": each, "type": "user"} for each in chosen[:1] if each.isdecimal()]
            return {**kept, **({"default_values": users} if users else {})}
        case _:
            bare = [{name: each for name, each in one.items() if name != "default"} for one in field["options"]]
            marked = [{**one, "default": True} if one["value"] in chosen else one for one in bare]
            return {**field, "options": marked}


# -- each kind


def _atom(field: Field, component: Component, *, more: str = "") -> Atom:
    """The field below its label, with the hint. `more` stands behind the label of a further part, which has no hint."""
    made: Component = {"type": LABEL, "label": label(field.label, limits.LABEL), "component": component}
    if more:
        return [{**made, "label": f"{label(field.label, limits.LABEL - len(more))}{more}"}]
    if not field.hint.strip():
        return [made]
    if len(field.hint) <= limits.HINT:
        return [{**made, "description": field.hint}]
    return [{"type": TEXT, "content": escape(cut(field.hint, limits.TEXT // 4))}, made]


def _text(field: TextField) -> Iterator[Atom]:
    """One input, or several below each other where a text may be longer than an input can be."""
    values = [words(part) for part in split((Plain(field.value),), limits.INPUT)]
    count = max(len(values), -(-field.most // limits.INPUT))
    values += [""] * (count - len(values))
    for number, value in enumerate(values, 1):
        last = {"custom_id": f"{field.name}{_GOES_ON}{number}" if count > 1 else field.name}
        long = field.multiline or count > 1 or "\n" in value
        element: Component = {"type": _INPUT, "style": 2 if long else 1, **last}
        element["max_length"] = max(1, len(value), min(field.most, limits.INPUT))
        element["required"] = field.required and number == 1
        if field.required and number == 1 and 1 < field.least <= (len(value) or field.least):
            element["min_length"] = min(field.least, element["max_length"])
        if value:
            element["value"] = value
        yield _atom(field, element, more=f" ({number}/{count})" if number > 1 else "")


def _choice(field: ChoiceField) -> Iterator[Atom]:
    """Radio buttons show all at once, but what was chosen there cannot be taken back."""
    few = limits.RADIO[0] <= len(field.choices) <= limits.RADIO[1]
    if field.required and few:
        options = [option(each, default=each.value == field.value) for each in field.choices]
        yield _atom(field, {"type": _RADIO, "custom_id": field.name, "options": options, "required": True})
        return
    lists = _lists(field.choices)
    for number, choices in enumerate(lists, 1):
        options = [option(each, default=each.value == field.value) for each in choices]
        before = _BEFORE if any("default" in each for each in options) else ""
        custom_id = f"{field.name}{_OR}{number}{before}" if len(lists) > 1 else field.name
        element = {"type": SELECT, "custom_id": custom_id, "options": options}
        yield _atom(field, {**element, **_must(field.required and len(lists) == 1)}, more=_count(number, lists))


def _checks(field: ChecksField) -> Iterator[Atom]:
    lists = _lists(field.choices)
    kind = _CHECKS if len(field.choices) <= limits.CHECKS[1] else SELECT
    chosen = [each for each in dict.fromkeys(field.value) if any(each == choice.value for choice in field.choices)]
    chosen = chosen[: max(1, field.most)]
    for number, choices in enumerate(lists, 1):
        least = min(field.least, len(choices)) if len(lists) == 1 else 0
        yield _atom(
            field,
            {
                "type": kind,
                "custom_id": f"{field.name}{_AND}{number}",
                "options": [option(each, default=each.value in chosen) for each in choices],
                "min_values": least,
                "max_values": max(1, least, min(field.most, len(choices))),
                "required": least > 0,
            },
            more=_count(number, lists),
        )


def _must(required: bool) -> Component:
    """Whether one must be chosen from a list."""
    return {"required": required, "min_values": int(required), "max_values": 1}


def _lists(choices: Sequence[Choice]) -> list[Sequence[Choice]]:
    return [choices[start : start + limits.OPTIONS] for start in range(0, len(choices), limits.OPTIONS)]


def _count(number: int, lists: Sequence[Sequence[Choice]]) -> str:
    return f" ({number}/{len(lists)})" if number > 1 else ""
