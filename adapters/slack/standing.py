"""Looks whether a message stands already, after an attempt whose end nobody knows.

Slack has no key that would keep a message from standing twice (https://github.com/slackapi/slack-api-specs/issues/10,
open on 2026-11-25); metadata is ours to read back: https://docs.slack.dev/messaging/message-metadata (2026-11-25).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from adapters.slack.calling import Calling
from adapters.slack.pace import Pace
from adapters.slack.paging import Paging
from bot.chat.names import Account
from bot.chat.requests import Conversation

KIND = "kring_out"
WATCHES_DIFFER = timedelta(minutes=2)
"""So far our clock and Slack's may be apart."""
MOST = 2000
"""Messages that are looked through."""


def marked(request_id: str, part: int) -> dict[str, Any]:
    """The metadata of one part of what a request shows."""
    return {"event_type": KIND, "event_payload": {"id": f"{request_id}.{part}" if part else request_id}}


class Standing:
    def __init__(self, calling: Calling, pace: Pace, paging: Paging) -> None:
        self._calling = calling
        self._pace = pace
        self._paging = paging

    async def find(
        self, request_id: str, to: Conversation, thread: str | None, since: datetime
    ) -> dict[int, tuple[str, str]]:
        """The parts of the request that stand there: their number, and the channel and message.

        Raises PlatformRefusal where Kring may not look: then nobody knows, and it is not sent again.
        """
        found: dict[int, tuple[str, str]] = {}
        channel = await self.channel(to)
        async for message in self.messages(to.space.id, channel, thread, since):
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") == KIND:
                id_, _, part = str(metadata.get("event_payload", {}).get("id", "")).partition(".")
                if id_ == request_id:
                    found[int(part or 0)] = (channel, message["ts"])
        return found

    async def channel(self, to: Conversation) -> str:
        """The channel's id; for a person that of the conversation with Kring."""
        if not isinstance(to, Account) and not to.id.startswith(("U", "W")):
            return to.id
        team = to.space.id
        client = await self._calling.client(team)
        await self._pace.wait(team, "conversations.open")
        said = await self._calling.ask(team, client.conversations_open(users=to.id), to_person=True)
        id_: str = said["channel"]["id"]
        return id_

    def messages(
        self, team: str, channel: str, thread: str | None, since: datetime
    ) -> AsyncIterator[Mapping[str, Any]]:
        """What stands there since then, in no order that counts."""
        oldest = f"{(since - WATCHES_DIFFER).timestamp():.6f}"
        return self._paging.messages(team, channel, thread, MOST, oldest=oldest, include_all_metadata=True)
