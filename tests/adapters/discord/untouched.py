"""What Discord sends when somebody opens a modal and sends it as it is."""

from __future__ import annotations

from typing import Any

from adapters.discord.fields import fields_of


def untouched(modal: dict[str, Any]) -> dict[str, Any]:
    return {
        "custom_id": modal["custom_id"],
        "components": [
            {"type": 18, "id": n, "component": {"type": field["type"], "id": n + 100, **_value(field)}}
            for n, (_, field) in enumerate(fields_of(modal))
        ],
    }


def _value(field: dict[str, Any]) -> dict[str, Any]:
    chosen = [each["value"] for each in field.get("options", ()) if each.get("default")]
    match field["type"]:
        case 4:
            return {"custom_id": field["custom_id"], "value": field.get("value", "")}
        case 5:
            return {"custom_id": field["custom_id"], "values": [each["id"] for each in field.get("default_values", ())]}
        case 21:
            return {"custom_id": field["custom_id"], "value": chosen[0] if chosen else None}
        case _:
            return {"custom_id": field["custom_id"], "values": chosen}
