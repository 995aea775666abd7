"""What people do with threads and with posts in forums: https://docs.discord.com/developers/topics/threads"""

from __future__ import annotations

from collections.abc import Sequence

from tests.fakes.discord.membership import Moving
from tests.fakes.discord.opening import Opening
from tests.fakes.discord.people import ClientRefusal, What
from tests.fakes.discord.permissions import Can
from tests.fakes.discord.state import FORUM, PRIVATE_THREAD, TEXT, Channel, Person
from tests.fakes.discord.wording import typed
from tests.fakes.discord.world import Where, Who


class Threading(Moving):
    opening: Opening

    async def opens_thread(
        self, who: Who, where: Where | What, name: str, *, private: bool = False, text: str = ""
    ) -> Channel:
        """A thread from a message, or in a channel (`private`: only who is in it sees it); `text` is its first
        message."""
        if not isinstance(where, Channel | str | int):
            said = self.world.message(where)
            person, channel = self._inside(who, said.channel)
            self._may_open(person, channel, private=False)
            if said.thread is not None:
                raise ClientRefusal("there is a thread already")
            thread = self.opening.from_message(said, person, name)
        else:
            person, channel = self._inside(who, where)
            self._may_open(person, channel, private=private)
            thread = self.opening.without_message(channel, person, name, private=private)
        if text:
            await self.says(person, thread, text)
        return thread

    async def posts_in_forum(
        self, who: Who, where: Where, name: str, text: str, *, tags: Sequence[str] = ()
    ) -> Channel:
        """A post: a thread whose first message has the thread's id. `tags` by name."""
        person, channel = self._inside(who, where)
        if channel.type != FORUM or not self.world.may(person, channel, Can.SEND_MESSAGES):
            raise ClientRefusal("no right to post there")
        ids = [each.id for each in channel.tags if each.name in tags]
        if channel.flags & 1 << 4 and not ids:
            raise ClientRefusal("a tag is needed")
        thread = self.opening.post(channel, person, name, tags=ids)
        self.posting.post(thread, person, typed(self.world, thread, text), id_=thread.id)
        return thread

    async def joins_thread(self, who: Who, thread: Where) -> None:
        person, channel = self._inside(who, thread)
        self.posting.join_thread(channel, [person.id])

    async def leaves_thread(self, who: Who, thread: Where) -> None:
        person, channel = self._inside(who, thread)
        self.opening.leave(channel, person.id)

    async def adds_to_thread(self, who: Who, thread: Where, whom: Who) -> None:
        """Asks somebody (or the app, `discord.app.bot`) into it."""
        person, channel = self._inside(who, thread)
        closed = channel.type == PRIVATE_THREAD and not channel.invitable and channel.owner != person.id
        if closed and not self.world.may(person, channel, Can.MANAGE_THREADS):
            raise ClientRefusal("only who opened it or moderates lets people in")
        self.opening.add(channel, person, self.world.person(whom).id)

    async def removes_from_thread(self, who: Who, thread: Where, whom: Who) -> None:
        """As a moderator does it, or who opened a private one."""
        person, channel = self._inside(who, thread)
        owns = channel.type == PRIVATE_THREAD and channel.owner == person.id
        if not owns and not self.world.may(person, channel, Can.MANAGE_THREADS):
            raise ClientRefusal("only who opened it or moderates takes people out")
        self.opening.remove(channel, person, self.world.person(whom).id)

    async def archives(self, who: Who, thread: Where) -> None:
        self._steer(who, thread, archived=True)

    async def unarchives(self, who: Who, thread: Where) -> None:
        self._steer(who, thread, archived=False)

    async def locks(self, who: Who, thread: Where) -> None:
        """Locked and archived, as the client's "Lock" does it for moderators."""
        self._steer(who, thread, archived=True, locked=True)

    async def unlocks(self, who: Who, thread: Where) -> None:
        self._steer(who, thread, archived=False, locked=False)

    async def falls_asleep(self, thread: Where) -> None:
        """Nobody wrote for as long as it may be silent: Discord archives it."""
        self.opening.archive(self.world.channel(thread), archived=True)

    def _steer(self, who: Who, where: Where, *, archived: bool, locked: bool | None = None) -> None:
        person, thread = self._inside(who, where)
        if not self.world.may(person, thread, Can.MANAGE_THREADS) and (
            locked is not None or thread.locked or (person.id != thread.owner and archived)
        ):
            raise ClientRefusal("only who opened it or moderates may do that")
        self.opening.archive(thread, archived=archived, locked=locked)

    def _may_open(self, person: Person, channel: Channel, *, private: bool) -> None:
        right = Can.CREATE_PRIVATE_THREADS if private else Can.CREATE_PUBLIC_THREADS
        if channel.is_thread or channel.type not in {TEXT, 5} or not self.world.may(person, channel, right):
            raise ClientRefusal("no right to open a thread there")
