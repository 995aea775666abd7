"""What people put into selects and fields: how Slack keeps it in `state.values`, and what its client refuses.

https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.fakes.slack.blockkit import elements
from tests.fakes.slack.blockkit_elements import options_of
from tests.fakes.slack.state import Json, View

# the type of an element -> where its value stands, and where its initial value
PLACES: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}


def blank(blocks: list[Json]) -> dict[str, dict[str, Json]]:
    """`state.values` of a view or message as it opens."""
    filled: dict[str, dict[str, Json]] = {}
    for block in blocks:
        for element in elements(block):
            if element["type"] in PLACES:
                where, initial = PLACES[element["type"]]
                value = element.get(initial)
                if value is None and where.endswith("s"):
                    value = []
                state = {"type": element["type"], where: value}
                filled.setdefault(block["block_id"], {})[element["action_id"]] = state
    return filled


def filled_with(element: Json, value: Any) -> Json:
    """The state of an element after a person put this in. ValueError when the client offers no such thing."""
    kind = element["type"]
    where, _ = PLACES[kind]
    if kind == "rich_text_input" and isinstance(value, str):
        parts = [{"type": "rich_text_section", "elements": [{"type": "text", "text": value}]}]
        value = {"type": "rich_text", "elements": parts} if value else None
    elif where.endswith("options"):
        value = [_option(element, each) for each in ([value] if isinstance(value, str) else value or [])]
        most = element.get("max_selected_items")
        if most and len(value) > most:
            raise ValueError(f"at most {most} can be chosen")
    elif where == "selected_option":
        value = _option(element, value) if value else None
    elif where.endswith("s"):
        value = [getattr(each, "id", each) for each in ([value] if isinstance(value, str) else value or [])]
    elif kind == "datetimepicker":
        value = int(value) if value else None
    else:
        value = getattr(value, "id", value) or None
    return {"type": kind, where: value}


def _option(element: Json, wanted: str) -> Json:
    """By value or by label, as Slack sends it back: text and value."""
    for name in ("value", "label"):
        for each in options_of(element):
            if wanted == (each["value"] if name == "value" else each["text"]["text"]):
                return {key: each[key] for key in ("text", "value", "description") if key in each}
    there = [each["text"]["text"] for each in options_of(element)]
    raise ValueError(f"there is no {wanted!r}, only {there}")


def plain(state: Json) -> Any:
    """The value as `filled_with` takes it."""
    where, _ = PLACES[state["type"]]
    value = state[where]
    if where == "selected_option":
        return value["value"] if value else None
    if where == "selected_options":
        return [each["value"] for each in value]
    return value


def inputs(view: View) -> Iterator[tuple[Json, Json]]:
    """Each element that takes a value, with its block."""
    for block in view.blocks:
        for element in elements(block):
            if element["type"] in PLACES:
                yield block, element


def label(block: Json, element: Json) -> str:
    """What stands on it or beside it."""
    if block["type"] == "input":
        return block["label"]["text"]
    if element.get("placeholder"):
        return element["placeholder"]["text"]
    return (block.get("text") or {}).get("text", "")


def unfinished(view: View) -> dict[str, str]:
    """What the client says when the form is sent like this, by block_id."""
    said: dict[str, str] = {}
    for block, element in inputs(view):
        if block["type"] != "input":
            continue
        value = plain(view.filled[block["block_id"]][element["action_id"]])
        if value in (None, "", []):
            if not block.get("optional"):
                said[block["block_id"]] = "Please complete this required field."
        elif element["type"] == "plain_text_input":
            least, most = element.get("min_length") or 0, element.get("max_length") or 3000
            if len(value) < least:
                said[block["block_id"]] = f"Please use at least {least} characters."
            elif len(value) > most:
                said[block["block_id"]] = f"Please use at most {most} characters."
        elif element["type"] == "number_input":
            try:
                float(value)
            except ValueError:
                said[block["block_id"]] = "Please enter a number."
    return said
