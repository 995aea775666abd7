"""Checks a message as strictly as a real platform does, so that what is too much is noticed here first."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat.capabilities import Capabilities
from bot.chat.messages import (
    Button,
    Controls,
    Divider,
    Facts,
    Heading,
    LinkButton,
    Message,
    Note,
    Picture,
    Select,
    Words,
)
from bot.chat.text import words


def over(message: Message, can: Capabilities) -> str:
    """What is too long or too many in the message; empty when all is well."""
    texts = list(_texts(message))
    parts = len(message.blocks) + sum(len(block.controls) for block in message.blocks if isinstance(block, Controls))
    found = [
        (parts, can.blocks, "blocks"),
        (sum(len(text) for kind, text in texts if kind in ("heading", "words")), can.total_text, "text in all"),
        *((len(text), getattr(can, kind), kind) for kind, text in texts),
    ]
    for block in message.blocks:
        if isinstance(block, Controls):
            found.append((len(block.controls), can.controls, "controls"))
            found += [
                (len(each.choices), can.choices, "choices") for each in block.controls if isinstance(each, Select)
            ]
    return next((f"{kind}: {size} is over {most}" for size, most, kind in found if size > most), "")


def _texts(message: Message) -> Iterator[tuple[str, str]]:
    """Every text with the limit it falls under."""
    for block in message.blocks:
        match block:
            case Heading():
                yield "heading", block.text
            case Words() | Note():
                yield "words", words(block.text)
            case Facts():
                for label, value in block.rows:
                    yield "words", f"{label} {words(value)}"
            case Picture():
                yield "words", block.alt
            case Controls():
                for each in block.controls:
                    yield "button", each.label
                    if isinstance(each, Select):
                        yield from (("choice", choice.label) for choice in each.choices)
            case Divider():
                pass


def controls(message: Message) -> Iterator[Button | LinkButton | Select]:
    """All buttons and selects, in order."""
    for block in message.blocks:
        if isinstance(block, Controls):
            yield from block.controls
