"""What Slack gives in pages: messages of a channel or a thread.

https://docs.slack.dev/apis/web-api/pagination (2026-11-25)
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime
from typing import Any

from adapters.slack.calling import Calling
from adapters.slack.pace import Pace
from bot.errors import PlatformTrouble

PAGE = 200
PATIENT = 200.0
"""Seconds that a request waits in all for further pages, before it begins again at the first: some apps get one page a
minute, and whoever holds a request must be done within five."""


class Paging:
    def __init__(self, calling: Calling, pace: Pace, now: Callable[[], datetime]) -> None:
        self._calling = calling
        self._pace = pace
        self._now = now

    async def messages(
        self, team: str, channel: str, thread: str | None, most: int, **asked: Any
    ) -> AsyncIterator[Mapping[str, Any]]:
        """Those of a thread, or at the top of the channel; `asked` goes to Slack. Some may come twice."""
        client = await self._calling.client(team)
        method = "conversations.replies" if thread else "conversations.history"
        seen, cursor, left = 0, None, PATIENT
        while seen < most:
            if cursor:
                await self._pace.wait(team, method)
            values = {"channel": channel, "limit": PAGE, "cursor": cursor, **asked}
            call = (
                client.conversations_replies(ts=thread, **values) if thread else client.conversations_history(**values)
            )
            try:
                said = await self._calling.ask(team, call)
            except PlatformTrouble as trouble:
                wait = (trouble.retry_at - self._now()).total_seconds() if trouble.retry_at else left + 1
                if cursor is None or wait > left:
                    raise
                left -= wait
                await asyncio.sleep(max(wait, 0.0))
                continue
            for message in said["messages"]:
                yield message
            seen += len(said["messages"])
            cursor = (said.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return
