"""What people put into selects and into the fields of a modal: how it is sent, and what the client refuses.

https://docs.discord.com/developers/components/reference, as of 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tests.fakes.discord.component_tables import (
    CHANNEL_SELECT,
    CHECKBOX,
    CHECKBOX_GROUP,
    FILE_UPLOAD,
    MENTIONABLE_SELECT,
    RADIO_GROUP,
    ROLE_SELECT,
    STRING_SELECT,
    TEXT_INPUT,
    USER_SELECT,
)
from tests.fakes.discord.interactions import Resolved
from tests.fakes.discord.option_values import Finding
from tests.fakes.discord.state import Attachment, Json

REQUIRED = "This field is required"


def start(field: Json) -> Any:
    """What stands in a field when the modal opens."""
    kind = field["type"]
    if kind == TEXT_INPUT:
        return field.get("value") or ""
    if kind == CHECKBOX:
        return bool(field.get("default"))
    chosen = [each["value"] for each in field.get("options") or () if each.get("default")]
    if kind == RADIO_GROUP:
        return chosen[0] if chosen else None
    return chosen or [each["id"] for each in field.get("default_values") or ()]


def plain(given: Any) -> list[Any]:
    """One or several, as a list."""
    if given is None:
        return []
    if isinstance(given, list | tuple | set | frozenset) and not _is_file(given):
        return list(given)
    return [given]


def _is_file(given: Any) -> bool:
    return isinstance(given, tuple) and len(given) == 2 and isinstance(given[1], bytes)


def put(field: Json, given: Any) -> Any:
    """What stands in a field after a person put this in. ValueError when the client offers no such thing."""
    kind = field["type"]
    if kind == TEXT_INPUT:
        text = "" if given is None else str(given)
        if field["style"] == 1 and "\n" in text:
            raise ValueError("a short field has one line")
        return text
    if kind == CHECKBOX:
        return bool(given)
    if kind == RADIO_GROUP:
        return None if given is None else option(field["options"], given)
    several = plain(given)
    if kind in (STRING_SELECT, CHECKBOX_GROUP):
        several = [option(field["options"], each) for each in several]
    most = bounds(field)[1]
    if len(several) > most:
        raise ValueError(f"at most {most} can be chosen")
    return several


def option(options: Iterable[Json], wanted: Any) -> str:
    """By value or by label."""
    there = list(options)
    for name in ("value", "label"):
        for each in there:
            if each[name] == wanted:
                value: str = each["value"]
                return value
    raise ValueError(f"there is no {wanted!r}, only {[each['label'] for each in there]}")


def bounds(field: Json) -> tuple[int, int]:
    """How many must and may be chosen."""
    least = 1 if field.get("min_values") is None else field["min_values"]
    usual = len(field["options"]) if field["type"] == CHECKBOX_GROUP else 1
    return least, field.get("max_values") or usual


def unfinished(field: Json, value: Any) -> str | None:
    """What the client says beside the field when the form is sent like this."""
    kind, required = field["type"], field.get("required") is not False
    if kind == CHECKBOX:
        return None
    if value in ("", None, []):
        return REQUIRED if required else None
    if kind == TEXT_INPUT:
        least, most = field.get("min_length") or 0, field.get("max_length") or 4000
        if not least <= len(value) <= most:
            return f"Must be between {least} and {most} in length."
    elif kind != RADIO_GROUP:
        least, most = bounds(field)
        if not least <= len(value) <= most:
            return f"Between {least} and {most} must be chosen."
    return None


def sent(field: Json, value: Any, find: Finding, resolved: Resolved, file: Callable[[str, bytes], Attachment]) -> Json:
    """`{"value": …}` or `{"values": […]}`, with what they name put among the resolved."""
    if field["type"] in (TEXT_INPUT, CHECKBOX, RADIO_GROUP):
        return {"value": value}
    return {"values": values(field, value, find, resolved, file)}


def values(
    field: Json, given: list[Any], find: Finding, resolved: Resolved, file: Callable[[str, bytes], Attachment]
) -> list[str]:
    kind = field["type"]
    if kind == CHANNEL_SELECT:
        return [_place(field, each, find, resolved) for each in given]
    if kind == FILE_UPLOAD:
        return [resolved.add(each if isinstance(each, Attachment) else file(*each)) for each in given]
    finders = {USER_SELECT: find.person, ROLE_SELECT: find.role, MENTIONABLE_SELECT: find.mentionable}
    if kind in finders:
        return [resolved.add(finders[kind](each)) for each in given]
    return [str(each) for each in given]


def _place(field: Json, wanted: Any, find: Finding, resolved: Resolved) -> str:
    place = find.channel(wanted)
    kinds = field.get("channel_types")
    if kinds and place.type not in kinds:
        raise ValueError(f"#{place.name} is of type {place.type}, not one of {kinds}")
    return resolved.add(place)
