"""What people read of a message, as Discord's clients show it: for tests that ask whether every word is there.

The rules and their order are those that Discord's client shows by its behaviour; none of them is taken from Kring's own
rendering. https://support.discord.com/hc/en-us/articles/210298617 and
https://docs.discord.com/developers/reference#message-formatting (2026-11-26)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Node = tuple[str, str]
"""What it is, and what is read of it."""

_BEGINS = (
    ("heading", re.compile(r" *#{1,3}\s+")),
    ("small", re.compile(r" *-#\s+")),
    ("quote", re.compile(r" *>>> ?| *> ?")),
    ("list", re.compile(r" *(?:[-*+]|\d+\.) +")),
)
"""At the beginning of a line. A quote may hold any of the others."""
_INLINE = (
    ("escape", re.compile(r"\\([^0-9A-Za-z\s])")),
    ("code", re.compile(r"(`+)(.*?[^`])\1(?!`)", re.DOTALL)),
    ("person", re.compile(r"<@!?(\d+)>")),
    ("role", re.compile(r"<@&(\d+)>")),
    ("channel", re.compile(r"<#(\d+)>")),
    ("moment", re.compile(r"<t:(-?\d+(?::[tTdDfFR])?)>")),
    ("command", re.compile(r"</([^:>]+):\d+>")),
    ("guide", re.compile(r"<id:(\w+)>")),
    ("emoji", re.compile(r"<a?:(\w+):\d+>")),
    ("emoji", re.compile(r":([^\s:]+):")),
    ("address", re.compile(r"<([^: >]+:/[^ >]+)>")),
    ("address", re.compile(r"(https?://[^\s<]+)")),
    ("everyone", re.compile(r"(@everyone|@here)")),
    ("link", re.compile(r"\[((?:\\.|[^\[\]\\])+)\]\(\s*<?(\S+?)>?\s*\)")),
    ("bold", re.compile(r"\*\*((?:\\.|[^\\])+?)\*\*(?!\*)", re.DOTALL)),
    ("underlined", re.compile(r"__((?:\\.|[^\\])+?)__(?!_)", re.DOTALL)),
    ("slanted", re.compile(r"\*((?:\\.|[^*\\])+?)\*(?!\*)|_((?:\\.|[^_\\])+?)_(?![_A-Za-z0-9])", re.DOTALL)),
    ("struck", re.compile(r"~~(.+?)~~(?!_)", re.DOTALL)),
    ("hidden", re.compile(r"\|\|(.+?)\|\|", re.DOTALL)),
)


def nodes(content: str) -> list[Node]:
    """What the text becomes; words that stand beside each other are one node."""
    joined: list[Node] = []
    for kind, text in _nodes(content):
        if joined and joined[-1][0] == kind == "words":
            joined[-1] = (kind, joined[-1][1] + text)
        else:
            joined.append((kind, text))
    return joined


def _nodes(content: str) -> Iterator[Node]:
    at, begins, quoted = 0, True, False
    while at < len(content):
        if begins and (found := _beginning(content, at, quoted)) is not None:
            kind, at = found
            yield kind, ""
            quoted = kind == "quote"
            begins = quoted
            continue
        kind, text, at = _inline(content, at)
        begins = kind == "words" and text.endswith("\n")
        quoted = quoted and not begins
        if kind in ("bold", "underlined", "slanted", "struck", "hidden"):
            inside = nodes(text)
            yield kind, "".join(each for _, each in inside)
            yield from (each for each in inside if each[0] != "words")
        else:
            yield kind, text


def _beginning(content: str, at: int, quoted: bool) -> tuple[str, int] | None:
    for kind, rule in _BEGINS:
        if kind == "quote" and quoted:
            continue
        if (found := rule.match(content, at)) is not None:
            return kind, found.end()
    return None


def _inline(content: str, at: int) -> tuple[str, str, int]:
    for kind, rule in _INLINE:
        if (found := rule.match(content, at)) is None:
            continue
        match kind:
            case "escape":
                return "words", found[1], found.end()
            case "code":
                return kind, found[2], found.end()
            case "link":
                return kind, "".join(text for _, text in nodes(found[1])), found.end()
            case _:
                return kind, next(each for each in found.groups() if each is not None), found.end()
    return "words", content[at], at + 1


def reads(components: list[dict[str, Any]]) -> str:
    """All that can be read in the components, one under the other."""
    return "\n".join(text for each in components for text in _component(each))


def _component(component: dict[str, Any]) -> Iterator[str]:
    match component["type"]:
        case 10:
            yield "".join(text for _, text in nodes(component["content"]))
        case 12:
            yield from (each.get("description", "") for each in component["items"])
        case 1:
            for each in component["components"]:
                yield f"[{each.get('label') or each.get('placeholder', '')}]"
                for option in each.get("options", ()):
                    yield f"{option['label']} {option.get('description', '')}".rstrip()
