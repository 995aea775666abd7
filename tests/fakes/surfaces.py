"""A message and a form to press and fill in."""

from __future__ import annotations

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(value: str, text: str) -> Json:
    return {"text": plain(text), "value": value}


BUTTON = {"type": "button", "text": plain("Press me"), "action_id": "press", "value": "7"}
SELECT = {
    "type": "static_select",
    "action_id": "pick",
    "placeholder": plain("Pick one"),
    "options": [option("a", "Apple"), option("b", "Pear")],
}
BLOCKS = [
    {"type": "section", "text": plain("Well?")},
    {"type": "actions", "block_id": "row", "elements": [BUTTON, SELECT]},
]
FIELDS = [
    {
        "type": "input",
        "block_id": "question",
        "label": plain("Question"),
        "element": {"type": "plain_text_input", "action_id": "text", "max_length": 10},
    },
    {
        "type": "input",
        "block_id": "fruit",
        "label": plain("Fruit"),
        "optional": True,
        "element": {"type": "multi_static_select", "action_id": "pick", "options": SELECT["options"]},
    },
    {
        "type": "input",
        "block_id": "who",
        "label": plain("Who"),
        "optional": True,
        "element": {"type": "users_select", "action_id": "pick"},
    },
]


def modal(**more: Any) -> Json:
    return {
        "type": "modal",
        "title": plain("A form"),
        "submit": plain("Send"),
        "callback_id": "ask",
        "blocks": FIELDS,
        **more,
    }


class Opening:
    """An app that opens this view at each trigger, and answers submissions with `answer`."""

    def __init__(self, client: AsyncWebClient, view: Json, answer: Json | None = None) -> None:
        self.client = client
        self.view = view
        self.answer = answer

    async def __call__(self, payload: Json) -> Json | None:
        if payload.get("type") == "view_submission":
            return self.answer
        if payload.get("type") not in {"view_closed", "event_callback"}:
            await self.client.views_open(trigger_id=payload["trigger_id"], view=self.view)
        return None
