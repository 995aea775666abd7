"""What people read of blocks, as Slack's clients show them: for tests that ask whether every word is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Block = dict[str, Any]


def reads(blocks: list[Block]) -> str:
    """All that can be read in the blocks, one under the other."""
    return "\n".join(text for block in blocks for text in _block(block))


def _block(block: Block) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield block["text"]["text"]
        case "rich_text":
            yield from ("".join(_element(each) for each in part["elements"]) for part in block["elements"])
        case "context":
            yield from (_unmarked(each["text"]) for each in block["elements"])
        case "section":
            yield block["text"]["text"]
            yield from (each["text"]["text"] for each in _options(block.get("accessory", {})))
        case "image":
            yield block["alt_text"]
        case "actions":
            yield " ".join(f"[{each['text']['text']}]" for each in block["elements"])
        case "input":
            yield block["label"]["text"]
            yield from (each["text"]["text"] for each in _options(block["element"]))


def _options(element: Block) -> list[Block]:
    return [
        *element.get("options", ()),
        *(each for group in element.get("option_groups", ()) for each in group["options"]),
    ]


def _element(element: Block) -> str:
    match element["type"]:
        case "user":
            return f"@{element['user_id']}"
        case "channel":
            return f"#{element['channel_id']}"
        case "date":
            return str(element["fallback"])
        case "link":
            return str(element.get("text", element["url"]))
        case _:
            return str(element["text"])


def _unmarked(text: str) -> str:
    """mrkdwn as it is shown, as far as Kring writes it."""
    text = re.sub(r"<!date\^[^|>]*\|([^>]*)>", r"\1", text)
    text = re.sub(r"<(https?:[^|>]*)\|([^>]*)>", r"\2", text)
    text = re.sub(r"<([@#])([A-Z0-9]+)>", r"\1\2", text)
    text = re.sub(r"(?<!\w)([*`])(\S(?:[^*`\n]*\S)?)\1(?!\w)", r"\2", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
