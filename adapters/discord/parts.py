"""A message in the parts that Discord takes, each with the files that come along.

https://docs.discord.com/developers/reference#uploading-files (2026-11-26)
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from adapters.discord import limits
from adapters.discord.calling import File
from adapters.discord.components import Rendered, pages
from adapters.discord.signed import signed
from bot.chat.fit import cut
from bot.chat.messages import Message
from bot.chat.names import Space
from bot.chat.requests import Upload

FILE = 13
"""https://docs.discord.com/developers/components/reference#file (2026-11-26)"""


@dataclass(frozen=True, slots=True)
class Part:
    """The JSON of one message, and its files."""

    body: dict[str, Any]
    files: tuple[File, ...] = ()


async def parts(message: Message, *, space: Space, private: bool) -> tuple[Part, ...]:
    """One or more, in order. `private`: only one person sees it."""
    made = [await drawn(each) for each in pages(message, space=space, private=private)]
    return tuple(replace(each, body=signed(each.body, space)) if private else each for each in made)


async def parts_with_file(request: Upload, *, private: bool) -> tuple[Part, ...]:
    """The file stands below the words, in the same message where there is room."""
    *before, last = await parts(request.message, space=request.to.space, private=private)
    file = File(request.filename, request.content.encode(), cut(request.message.gist(), limits.ALT))
    if _count(last.body["components"]) < limits.COMPONENTS and len(last.files) < limits.FILES:
        return (*before, _with(last, file))
    return (*before, last, _with(Part({**last.body, "components": [], "attachments": []}), file))


async def drawn(page: Rendered) -> Part:
    """A rendered message with its pictures drawn."""
    files = tuple([File(each.filename, await _png(each.svg), each.alt) for each in page.drawings])
    return Part(page.body(), files)


async def _png(svg: str) -> bytes:
    from adapters.pictures import png

    return await asyncio.to_thread(png, svg)


def _with(part: Part, file: File) -> Part:
    body = part.body
    named = {"id": len(part.files), "filename": file.filename, "description": file.description}
    shown = {"type": FILE, "file": {"url": f"attachment://{file.filename}"}}
    whole = {
        **body,
        "components": [*body["components"], shown],
        "attachments": [*body["attachments"], named],
    }
    return replace(part, body=whole, files=(*part.files, file))


def _count(components: Sequence[dict[str, Any]]) -> int:
    return sum(1 + len(each.get("components", ())) for each in components)
