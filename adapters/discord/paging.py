"""What Discord gives in pages: the messages of a channel, a thread or a conversation.

https://docs.discord.com/developers/resources/message#get-channel-messages (2026-11-26)
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime
from typing import Any

from adapters.discord.calling import Calling
from adapters.discord.pace import READING, Pace
from bot.chat.names import Space
from bot.errors import PlatformTrouble

PAGE = 100
PATIENT = 200.0
"""Seconds that a request waits in all for further pages, before it begins again at the first: whoever holds a request
must be done within five minutes."""


class Paging:
    def __init__(self, calling: Calling, pace: Pace, now: Callable[[], datetime]) -> None:
        self._calling = calling
        self._pace = pace
        self._now = now

    async def messages(
        self, space: Space, channel: str, most: int, *, after: str = "0"
    ) -> AsyncIterator[Mapping[str, Any]]:
        """Those that came after that id, oldest first."""
        seen, left = 0, PATIENT
        while seen < most:
            if seen:
                await self._pace.wait(space, READING, channel)
            query = {"limit": PAGE, "after": after}
            try:
                said = await self._calling.ask(
                    "GET", "/channels/{channel_id}/messages", query=query, channel_id=channel
                )
            except PlatformTrouble as trouble:
                wait = (trouble.retry_at - self._now()).total_seconds() if trouble.retry_at else left + 1
                if not seen or wait > left:
                    raise
                left -= wait
                await asyncio.sleep(max(wait, 0.0))
                continue
            page = sorted(said, key=lambda each: int(each["id"]))  # Discord gives the newest of a page first
            for message in page:
                yield message
            seen += len(page)
            if len(page) < PAGE:
                return
            after = page[-1]["id"]
