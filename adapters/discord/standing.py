"""Looks whether a message stands already, after an attempt whose end nobody knows.

Within minutes Discord itself knows: a message that comes again with the same nonce is not posted again, and the first
one is the answer (https://docs.discord.com/developers/resources/message#create-message, 2026-11-26). After that it has
forgotten, and whoever reads the channel is not told any nonces. What stays is the number that an app may give a
component of its message: the first component of each of ours has one that is made of the request's id.
https://docs.discord.com/developers/components/reference#anatomy-of-a-component (2026-11-26)
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from adapters.discord.calling import Calling
from adapters.discord.paging import Paging
from adapters.discord.reading import EPOCH
from bot.chat.names import Space
from bot.errors import PlatformRefusal

NONCE = 25
"""Characters."""
REMEMBERED = timedelta(minutes=2)
"""So long Discord surely knows a nonce; it says "the past few minutes"."""
WATCHES_DIFFER = timedelta(minutes=2)
"""So far our clock and Discord's may be apart."""
MOST = 2000
"""Messages that are looked through."""

Json = dict[str, Any]


def nonce(request_id: str, part: int) -> str:
    """What keeps one part of what a request shows from standing twice."""
    return (f"{request_id}.{part}" if part else request_id)[-NONCE:]


def mark(request_id: str, part: int) -> int:
    """The number of the first component of that part. Discord's own begin at 1, so they do not meet."""
    hashed = hashlib.sha256(f"{request_id}.{part}".encode()).digest()
    return 1 << 30 | int.from_bytes(hashed[:4], "big") >> 2


def marked(body: Json, request_id: str, part: int) -> Json:
    """The message with what it is known by."""
    first, *others = body["components"]
    return {**body, "components": [{**first, "id": mark(request_id, part)}, *others]}


def mark_of(message: Mapping[str, Any]) -> int | None:
    components = message.get("components")
    return components[0].get("id") if components else None


def first_id(moment: datetime) -> str:
    """The first id of that millisecond. https://docs.discord.com/developers/reference#snowflakes (2026-11-26)"""
    return str((moment - EPOCH) // timedelta(milliseconds=1) << 22)


class Standing:
    def __init__(self, calling: Calling, paging: Paging, now: Callable[[], datetime]) -> None:
        self._calling = calling
        self._paging = paging
        self._now = now

    def forgotten(self, since: datetime | None) -> bool:
        """Whether one has to look: an attempt may have succeeded so long ago that its nonce counts no more."""
        return since is not None and self._now() - since > REMEMBERED

    async def find(self, request_id: str, parts: int, space: Space, channel: str, since: datetime) -> dict[int, str]:
        """The parts of the request that stand in that channel or thread: their number, and the message.

        Raises PlatformRefusal where Kring may not look: then nobody knows, and it is not sent again.
        """
        wanted = {mark(request_id, part): part for part in range(parts)}
        oldest = first_id(since - WATCHES_DIFFER)
        found: dict[int, str] = {}
        seen = 0
        async for message in self._paging.messages(space, channel, MOST, after=oldest):
            seen += 1
            part = wanted.get(mark_of(message) or 0)
            if part is not None and message["author"]["id"] == self._calling.me:
                found[part] = message["id"]
        if not seen:
            await self._may_look(channel, oldest)
        return found

    async def _may_look(self, channel: str, oldest: str) -> None:
        """Where Kring may not read what was, Discord shows it an empty channel and says nothing.

        https://docs.discord.com/developers/resources/message#get-channel-messages (2026-11-26)
        """
        said = await self._calling.ask("GET", "/channels/{channel_id}", channel_id=channel)
        if int(said.get("last_message_id") or 0) > int(oldest):
            raise PlatformRefusal("forbidden", "Read Message History is missing")
