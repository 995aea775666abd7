"""A message as a reader sees it: words without markup, buttons and selects by what stands on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.fakes.discord.state import COMPONENTS_V2, Json, Message

if TYPE_CHECKING:
    from tests.fakes.discord.world import World

ACTION_ROW, BUTTON, STRING_SELECT, TEXT_DISPLAY = 1, 2, 3, 10
SELECTS = frozenset({3, 5, 6, 7, 8})
LINK = 5
"""The style of a button that leads elsewhere."""

MENTION = re.compile(r"<(@[!&]?|#)(\d+)>")
MOMENT = re.compile(r"<t:(-?\d+)(?::[a-zA-Z])?>")
MASKED = re.compile(r"\[([^\]]+)\]\(<?https?://[^)\s>]+>?\)")
EMPHASIS = re.compile(r"(?<!\\)(\*\*\*|\*\*|__|~~|\|\||`+|(?<!\w)[*_]|[*_](?!\w))")
LINE_START = re.compile(r"^(?:#{1,3} |-# |> |>>> )", re.MULTILINE)
ESCAPED = re.compile(r"\\([^\w\s])")


class Reader:
    def __init__(self, world: World) -> None:
        self._world = world

    def message(self, message: Message) -> str:
        """Its content, text displays, embeds: what stands there, line by line."""
        parts = [] if message.flags & COMPONENTS_V2 else [self.words(message.content)]
        parts += [self.words(str(each["content"])) for each in walk(message.components) if each["type"] == TEXT_DISPLAY]
        for embed in message.embeds:
            parts += [self.words(each) for each in _embed(embed)]
        return "\n".join(each for each in parts if each)

    def words(self, text: str) -> str:
        """Markdown without its signs: people and channels by name, moments as `2026-11-26 07:00`."""
        text = MENTION.sub(lambda match: self._named(match.group(1), match.group(2)), text)
        text = MOMENT.sub(lambda match: _moment(int(match.group(1))), text)
        text = MASKED.sub(r"\1", text)
        text = EMPHASIS.sub("", LINE_START.sub("", text))
        return ESCAPED.sub(r"\1", text)

    def buttons(self, components: Sequence[Json]) -> tuple[str, ...]:
        """By label, or by the emoji of those that have none."""
        found = [each for each in walk(components) if each["type"] == BUTTON and not each.get("disabled")]
        return tuple(label(each) for each in found)

    def selects(self, components: Sequence[Json]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        found = [each for each in walk(components) if each["type"] in SELECTS and not each.get("disabled")]
        return tuple(
            (each.get("placeholder") or "", tuple(option["label"] for option in each.get("options") or ()))
            for each in found
        )

    def _named(self, kind: str, id_: str) -> str:
        if kind == "#":
            channel = self._world.channels.get(id_)
            return f"#{channel.name if channel else 'unknown'}"
        if kind == "@&":
            roles = [guild.roles[id_] for guild in self._world.guilds.values() if id_ in guild.roles]
            return f"@{roles[0].name if roles else 'unknown-role'}"
        person = self._world.people.get(id_)
        return f"@{person.shown if person else 'unknown-user'}"


def label(button: Json) -> str:
    return str(button.get("label") or (button.get("emoji") or {}).get("name") or "")


def walk(components: Sequence[Json]) -> Iterator[Json]:
    """Each component in the order in which it is read, those inside others too."""
    for each in components:
        yield each
        yield from walk(each.get("components") or [])
        yield from walk([each[name] for name in ("accessory", "component") if each.get(name)])


def _embed(embed: Json) -> Iterator[str]:
    yield (embed.get("author") or {}).get("name") or ""
    yield embed.get("title") or ""
    yield embed.get("description") or ""
    for field in embed.get("fields") or ():
        yield f"{field['name']}\n{field['value']}"
    yield (embed.get("footer") or {}).get("text") or ""


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")
