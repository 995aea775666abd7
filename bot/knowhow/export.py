"""All that is shared as one text in Markdown, for whoever wants to take it along."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.chat.text import words as bare
from bot.knowhow.forms import LABELS
from bot.knowhow.model import Item
from bot.knowhow.views import People, title, told_by
from bot.knowhow.wording import shown
from bot.texts.catalogue import Words

_MARKS = re.compile(r"([\\`*_\[\]<>#|])")


def markdown(words: Words, community: str, items: Sequence[Item], people: People) -> str:
    """One chapter for each item, with its person and its situation. People's words are no markup."""
    heading = words.label("Know-how of {community}", community=community)
    return "\n\n".join([f"# {_safe(heading)}", *(_chapter(words, item, people) for item in items)]) + "\n"


def _chapter(words: Words, item: Item, people: People) -> str:
    lines = [f"## {item.ref} · {_safe(title(words, item))}"]
    if item.stage == "retired":
        lines.append(_safe(words.label("Laid to rest by its keeper. It stays here to read.")))
    if names := bare(told_by(words, item, people)):
        lines.append(f"*{_safe(words.label('From {people}', people=names))}*")
    if item.link:
        lines.append(_safe(item.link))
    for field, label in LABELS.items():
        if field != "title" and (text := shown(item, field)):
            lines.append(f"**{_safe(words.label(label))}**\n\n{_safe(text)}")
    return "\n\n".join(lines)


def _safe(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)
