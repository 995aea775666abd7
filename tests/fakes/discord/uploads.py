"""Bodies: JSON, or multipart with `payload_json` and files.

https://docs.discord.com/developers/reference#uploading-files
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import BodyPartReader, web

from tests.fakes.discord.errors import DiscordError

MOST_BYTES = 10 * 1024 * 1024
"""For one file, in a server without boosts: https://docs.discord.com/developers/reference#uploading-files"""


@dataclass(frozen=True)
class Sent:
    """A file as it came in."""

    filename: str
    content: bytes
    content_type: str | None


async def body_of(request: web.Request) -> tuple[Any, dict[str, Sent]]:
    """The JSON, and the files by field name (`files[0]`)."""
    if request.content_type == "multipart/form-data":
        return await _parts(request)
    text = await request.text()
    if not text:
        return None, {}
    if request.content_type != "application/json":
        # https://docs.discord.com/developers/reference#http-api: other content types are refused
        raise DiscordError(
            50035, errors={"_errors": [{"code": "CONTENT_TYPE_INVALID", "message": 'Expected "Content-Type" header.'}]}
        )
    return _parsed(text), {}


async def _parts(request: web.Request) -> tuple[Any, dict[str, Sent]]:
    body: Any = None
    files: dict[str, Sent] = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        if part.name == "payload_json":
            body = _parsed(await part.text())
        elif part.filename is not None:
            content = bytes(await part.read())
            files[part.name or ""] = Sent(part.filename, content, part.headers.get("Content-Type"))
        else:
            body = (body or {}) | {part.name: await part.text()}
    return body, files


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise DiscordError(50109) from None
