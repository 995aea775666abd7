"""What gathers while a message is drawn: its words, whom they mention, its pictures, and how many are alike."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from adapters.discord import limits
from adapters.discord.custom_ids import CustomId, Use
from adapters.discord.markup import markdown, mentions
from bot.chat.actions import Action
from bot.chat.fit import ELLIPSIS, cut
from bot.chat.names import Space
from bot.chat.text import Text

Component = dict[str, Any]

TEXT, GALLERY = 10, 12
"""https://docs.discord.com/developers/components/reference#component-object-component-types (2026-11-26)"""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture to be sent along, drawn from its SVG as PNG under this name."""

    filename: str
    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a message is drawn: in which space, for one person alone or not, with pictures or in words."""

    space: Space
    private: bool
    pictures: bool = True


@dataclass(slots=True)
class Page:
    """One message on its way."""

    reader: Reader
    alike: Counter[tuple[Use, Action]] = field(default_factory=Counter)
    mentions: dict[str, None] = field(default_factory=dict)
    drawings: dict[str, Drawing] = field(default_factory=dict)

    def custom_id(self, action: Action, use: Use = "press") -> str:
        """Another for each time that the same action is used in this message."""
        number = self.alike[use, action]
        self.alike[use, action] += 1
        return CustomId(action, use, number).pack()

    def text(self, text: Text, sign: str = "") -> Iterator[Component]:
        """A text display with a sign before each line; nothing where there is nothing to read."""
        reader = self.reader
        content = markdown(text, space=reader.space, private=reader.private)
        if not content.strip():
            return
        self.mentions |= dict.fromkeys(mentions(text, space=reader.space, private=reader.private))
        if sign:
            lines = content.split("\n")
            content = "\n".join(f"{sign}{line}" if line.strip() or sign == "> " else line for line in lines)
        yield {"type": TEXT, "content": content}

    def picture(self, svg: str, alt: str) -> Component:
        alt = cut(alt, limits.ALT)
        name = f"kring-{hashlib.sha256(svg.encode()).hexdigest()[:12]}.png"
        drawing = self.drawings.setdefault(name, Drawing(name, svg, alt))
        described = {"description": alt} if alt.strip() else {}
        return {"type": GALLERY, "items": [{"media": {"url": f"attachment://{drawing.filename}"}, **described}]}


def label(text: str, most: int) -> str:
    """A text that is read for nothing. Discord wants at least one letter that can be seen."""
    return cut(text, most) if text.strip() else ELLIPSIS
