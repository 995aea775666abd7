"""What a reader sees of blocks: words, without Block Kit and without mrkdwn."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.fakes.slack import fields
from tests.fakes.slack.blockkit import elements
from tests.fakes.slack.blockkit_elements import options_of
from tests.fakes.slack.state import Json
from tests.fakes.slack.world import World

_MARK = re.compile(r"(?<![\w*_~`])(```|[*_~`])(?=\S)(.+?)(?<=\S)\1(?![\w*_~`])", re.DOTALL)


class Reader:
    def __init__(self, world: World) -> None:
        self._world = world

    def blocks(self, blocks: list[Json]) -> str:
        return "\n".join(text for text in (self._block(each) for each in blocks) if text)

    def mrkdwn(self, text: str) -> str:
        """https://docs.slack.dev/messaging/formatting-message-text"""
        kept: list[str] = []

        def keep(found: re.Match[str]) -> str:
            kept.append(self._angle(found.group(1)))
            return f"\x00{len(kept) - 1}\x00"

        text = re.sub(r"<([^<>]+)>", keep, text)
        while (plainer := _MARK.sub(r"\2", text)) != text:
            text = plainer
        text = re.sub(r"^&gt; ?", "", text, flags=re.MULTILINE)
        return html.unescape(re.sub(r"\x00(\d+)\x00", lambda found: kept[int(found.group(1))], text))

    def _angle(self, inside: str) -> str:
        body, _, label = inside.partition("|")
        match body[0]:
            case "@":
                return self._person(body[1:])
            case "#":
                return f"#{self._channel(body[1:])}"
            case "!":
                return label if body.startswith("!date^") else f"@{body[1:]}"
            case _:
                return label or body.removeprefix("mailto:")

    def _person(self, id_: str) -> str:
        person = self._world.known_person(id_)
        return person.name if person else "someone"

    def _channel(self, id_: str) -> str:
        channel = self._world.known_channel(id_)
        return channel.name if channel else "channel"

    def text(self, text: Json | None) -> str:
        if not text:
            return ""
        return self.mrkdwn(text["text"]) if text["type"] == "mrkdwn" else text["text"]

    def _block(self, block: Json) -> str:
        read: Callable[[Json], str] | None = {
            "section": self._section,
            "header": lambda each: self.text(each["text"]),
            "context": lambda each: " ".join(
                part["alt_text"] if part["type"] == "image" else self.text(part) for part in each["elements"]
            ),
            "image": lambda each: "\n".join(filter(None, (self.text(each.get("title")), each["alt_text"]))),
            "input": lambda each: "\n".join(filter(None, (self.text(each["label"]), self.text(each.get("hint"))))),
            "rich_text": lambda each: "\n".join(self._rich(part) for part in each["elements"]),
            "markdown": lambda each: each["text"],
        }.get(block["type"])
        return read(block) if read else ""

    def _section(self, block: Json) -> str:
        parts = [self.text(block.get("text")), *(self.text(each) for each in block.get("fields") or [])]
        accessory = block.get("accessory") or {}
        if accessory.get("type") == "image":
            parts.append(accessory["alt_text"])
        if accessory.get("type") in {"radio_buttons", "checkboxes"}:
            parts += [self.text(each["text"]) for each in accessory["options"]]
        return "\n".join(part for part in parts if part)

    def _rich(self, part: Json) -> str:
        if part["type"] == "rich_text_list":
            start = part.get("offset", 0) + 1
            indent = "  " * part.get("indent", 0)
            marks = [f"{start + n}. " if part["style"] == "ordered" else "• " for n in range(len(part["elements"]))]
            items = [self._rich(each) for each in part["elements"]]
            return "\n".join(f"{indent}{mark}{item}" for mark, item in zip(marks, items, strict=True))
        return "".join(self._piece(each) for each in part["elements"])

    def _piece(self, piece: Json) -> str:
        match piece["type"]:
            case "text":
                return piece["text"]
            case "link":
                return piece.get("text") or piece["url"]
            case "user":
                return self._person(piece["user_id"])
            case "channel":
                return f"#{self._channel(piece['channel_id'])}"
            case "emoji":
                return _emoji(piece)
            case "date":
                iso = datetime.fromtimestamp(piece["timestamp"], UTC).isoformat()
                return piece.get("fallback") or iso
            case "broadcast":
                return f"@{piece['range']}"
            case _:
                return ""

    # -- controls

    def buttons(self, blocks: list[Json]) -> tuple[str, ...]:
        found = (each for block in blocks for each in elements(block))
        return tuple(each["text"]["text"] for each in found if each["type"] == "button")

    def selects(self, blocks: list[Json]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple(
            (fields.label(block, each), tuple(option["text"]["text"] for option in options_of(each)))
            for block in blocks
            for each in elements(block)
            if each["type"] != "button"
        )


def _emoji(piece: dict[str, Any]) -> str:
    if piece.get("unicode"):
        return "".join(chr(int(code, 16)) for code in piece["unicode"].split("-"))
    return f":{piece['name']}:"
