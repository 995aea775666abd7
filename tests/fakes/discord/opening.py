"""How threads come to be, sleep, wake and are left: one place for people and for the app."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tests.fakes.discord.ids import made_at
from tests.fakes.discord.state import (
    HAS_THREAD,
    NEWS,
    NEWS_THREAD,
    PRIVATE_THREAD,
    PUBLIC_THREAD,
    Channel,
    Message,
    Person,
    ThreadMember,
)

if TYPE_CHECKING:
    from tests.fakes.discord_server import DiscordServer

SILENT_SECONDS = 7 * 86400
"""How long a thread may be silent before it is archived. "Threads automatically archive after a period of inactivity",
and `auto_archive_duration` no longer says when: https://docs.discord.com/developers/topics/threads#active-archived-threads.
Taken: a week, the longest that can be chosen there."""
MOST_ACTIVE = 1000
"""In one server; Discord gives no number (taken from what people report)."""


class Opening:
    def __init__(self, discord: DiscordServer) -> None:
        self._discord = discord
        self._world = discord.world
        self._dozed = -math.inf

    def doze(self) -> None:
        """Threads in which nothing happened for long are archived."""
        now = self._world.wall()
        if now - self._dozed < 60:
            return
        self._dozed = now
        for guild in self._world.guilds.values():
            for thread in guild.threads.values():
                stirred = max(thread.archived_at, made_at(thread.last_message or thread.id))
                if not thread.archived and now - stirred > max(SILENT_SECONDS, thread.auto_archive * 60):
                    self.archive(thread, archived=True)

    def from_message(self, message: Message, who: Person, name: str, *, silent: int = 4320, slow: int = 0) -> Channel:
        """It has the message's id: https://docs.discord.com/developers/resources/channel#start-thread-from-message"""
        parent = self._world.channels[message.channel]
        kind = NEWS_THREAD if parent.type == NEWS else PUBLIC_THREAD
        thread = self._made(parent, who, name, kind, id_=message.id, silent=silent, slow=slow)
        message.thread = thread.id
        message.flags |= HAS_THREAD
        self._discord.events.changed(parent, message)
        # "the first message in threads that are started from an existing message": type 21, only a reference. Its id
        # and author are not said: taken, those of the message
        reference = {"message_id": message.id, "channel_id": parent.id, "guild_id": parent.guild}
        self._discord.posting.post(thread, message.author, kind=21, reference=reference, id_=message.id)
        return thread

    def without_message(
        self,
        parent: Channel,
        who: Person,
        name: str,
        *,
        private: bool = False,
        silent: int = 4320,
        slow: int = 0,
        invitable: bool = True,
    ) -> Channel:
        """https://docs.discord.com/developers/resources/channel#start-thread-without-message"""
        kind = PRIVATE_THREAD if private else NEWS_THREAD if parent.type == NEWS else PUBLIC_THREAD
        thread = self._made(parent, who, name, kind, silent=silent, slow=slow, invitable=invitable)
        if not private:
            # THREAD_CREATED in the channel: https://docs.discord.com/developers/topics/threads#new-message-types
            reference = {"channel_id": thread.id, "guild_id": thread.guild}
            self._discord.posting.post(parent, who, name, kind=18, reference=reference)
        return thread

    def post(
        self, forum: Channel, who: Person, name: str, *, tags: Sequence[str] = (), silent: int = 4320, slow: int = 0
    ) -> Channel:
        """The thread of a forum post; its first message is still to come, with the thread's id."""
        thread = self._made(forum, who, name, PUBLIC_THREAD, silent=silent, slow=slow, tags=tags)
        forum.last_message = thread.id
        return thread

    def archive(self, thread: Channel, *, archived: bool, locked: bool | None = None) -> None:
        if thread.archived != archived:
            thread.archived, thread.archived_at = archived, self._world.wall()
        thread.locked = thread.locked if locked is None else locked
        self._discord.events.of_thread("UPDATE", thread)

    def add(self, thread: Channel, by: Person, who: str) -> None:
        """RECIPIENT_ADD tells it in the thread: https://docs.discord.com/developers/topics/threads#new-message-types"""
        if who not in thread.members:
            self._discord.posting.join_thread(thread, [who])
            self._discord.posting.post(thread, by, kind=1, about=[who])

    def remove(self, thread: Channel, by: Person, who: str) -> None:
        """The same with RECIPIENT_REMOVE."""
        if who in thread.members:
            self.leave(thread, who)
            self._discord.posting.post(thread, by, kind=2, about=[who])

    def leave(self, thread: Channel, who: str) -> None:
        if thread.members.pop(who, None) is not None:
            self._discord.events.thread_members(thread, removed=[who])

    def active(self, guild_id: str) -> list[Channel]:
        return [each for each in self._world.guilds[guild_id].threads.values() if not each.archived]

    def _made(
        self,
        parent: Channel,
        who: Person,
        name: str,
        kind: int,
        *,
        id_: str | None = None,
        silent: int,
        slow: int,
        invitable: bool = True,
        tags: Sequence[str] = (),
    ) -> Channel:
        thread = Channel(id_ or self._world.ids.new(), parent.guild, kind, name, parent=parent.id, slow_mode=slow)
        thread.owner, thread.auto_archive, thread.invitable = who.id, silent, invitable
        thread.archived_at = self._world.wall()
        thread.applied_tags = list(tags)
        thread.members[who.id] = ThreadMember(who.id, self._world.wall())
        self._world.add_channel(thread)
        self._discord.events.of_thread("CREATE", thread, newly=True)
        self._discord.events.thread_members(thread, added=[who.id], created=True)
        return thread
