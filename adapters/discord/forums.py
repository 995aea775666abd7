"""Forums: nothing can be written in the channel itself, each of its posts is a thread with its first message.

https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel (2026-11-26)
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from adapters.discord.calling import Calling
from adapters.discord.pace import Pace
from adapters.discord.parts import Part
from adapters.discord.servers import FORUMS
from adapters.discord.standing import WATCHES_DIFFER, first_id, mark, mark_of, marked
from adapters.discord.threads import MESSAGE, OPEN_FOR, Threads, title_of
from bot.chat.messages import Message
from bot.chat.names import Channel
from bot.errors import PlatformRefusal

POST = "/channels/{channel_id}/threads"
MUST_HAVE_TAG = 1 << 4


class Forums:
    def __init__(self, calling: Calling, pace: Pace, threads: Threads) -> None:
        self._calling = calling
        self._pace = pace
        self._threads = threads

    async def post(self, request_id: str, forum: Channel, message: Message, part: Part) -> str:
        """Begins a post with this part of the message. Returns the thread's id, which is its first message's too."""
        body: dict[str, Any] = {
            "name": title_of(message),
            "auto_archive_duration": OPEN_FOR,
            "message": marked(part.body, request_id, 0),
        }
        said = await self._calling.ask("GET", "/channels/{channel_id}", channel_id=forum.id)
        self._pace.took()
        if said["type"] not in FORUMS:
            raise PlatformRefusal("forbidden", "50008 Cannot send messages in a non-text channel")
        if said.get("flags", 0) & MUST_HAVE_TAG:
            body["applied_tags"] = _tag(said.get("available_tags", ()))
        made = await self._calling.ask("POST", POST, json=body, files=part.files, channel_id=forum.id)
        return str(made["id"])

    async def find(self, request_id: str, forum: Channel, since: datetime) -> str | None:
        """The post that was begun for this request. Here is no nonce: whoever tries again must look first.

        Raises PlatformRefusal where Kring may not look.
        """
        oldest = int(first_id(since - WATCHES_DIFFER))
        for thread in await self._threads.ours(forum):
            if int(thread["id"]) >= oldest and await self._begins(thread["id"], mark(request_id, 0)):
                return str(thread["id"])
        return None

    async def _begins(self, thread: str, number: int) -> bool:
        self._pace.took()
        try:
            first = await self._calling.ask("GET", MESSAGE, channel_id=thread, message_id=thread)
        except PlatformRefusal as refusal:
            if refusal.reason != "gone":
                raise
            return False
        return mark_of(first) == number


def _tag(available: Any) -> list[str]:
    """The first that everybody may choose, or the first."""
    tags = sorted(available, key=lambda tag: bool(tag.get("moderated")))
    return [tag["id"] for tag in tags[:1]]
