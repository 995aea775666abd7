"""What people see."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tests.fakes.discord import shapes
from tests.fakes.discord.people import ClientRefusal, What
from tests.fakes.discord.permissions import Can
from tests.fakes.discord.reading import Reader
from tests.fakes.discord.state import Channel, Message, Outcome, Shown
from tests.fakes.discord.world import Where, Who

if TYPE_CHECKING:
    from tests.fakes.discord.world import World


class Looking:
    world: World

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.world)

    def sees(self, who: Who, where: Where, *, thread: Where | What | None = None) -> list[Shown]:
        """What stands in a channel for that person, oldest first, with what only they see.

        A thread is a channel of its own: name it as `where`, or as `thread` by itself or by the message it hangs on.
        ClientRefusal when they may not read there or when it is gone.
        """
        person = self.world.person(who)
        channel = self.place(where, thread)
        if not self.world.may(person, channel, Can.VIEW_CHANNEL | Can.READ_MESSAGE_HISTORY):
            raise ClientRefusal("the channel is not seen")
        mine = [each for each in channel.private if each.seen_by == person.id]
        found = sorted([*channel.messages.values(), *mine], key=lambda each: int(each.id))
        return [self.shown(each) for each in found]

    def place(self, where: Where, thread: Where | What | None = None) -> Channel:
        """The channel, or the thread that is meant. ClientRefusal when it is gone."""
        wanted = where if thread is None else thread
        if isinstance(wanted, Message | Shown):
            wanted = self.world.message(wanted).thread or self.world.message(wanted).channel
        found = self.world.channels.get(wanted.id if isinstance(wanted, Channel) else str(wanted))
        if found is None:
            raise ClientRefusal("the channel is gone")
        return found

    def everything(self, who: Who) -> list[Shown]:
        """All channels, threads and direct messages that the person reads, oldest first."""
        found = [each for channel in self.channels(who) for each in self.sees(who, channel)]
        return sorted(found, key=lambda each: int(each.id))

    def channels(self, who: Who) -> list[Channel]:
        """Where the person reads, threads and their conversation with the app included."""
        person = self.world.person(who)
        wanted = Can.VIEW_CHANNEL | Can.READ_MESSAGE_HISTORY
        found = [
            each
            for guild in self.world.guilds.values()
            if person.id in guild.members
            for each in (*guild.channels.values(), *guild.threads.values())
            if self.world.may(person, each, wanted)
        ]
        dm = self.world.dm(person)
        return found + ([dm] if dm else [])

    def dm(self, who: Who) -> Channel:
        """The person's direct conversation with the app, opened if it was not."""
        return self.world.open_dm(who)

    def shown(self, message: What) -> Shown:
        said: Message = self.world.message(message)
        if said.type == 21:
            # a thread begins with the message that it was opened from
            said = shapes.referenced(self.world, said) or said
        member = self.world.member(said.author, said.guild)
        thread = self.world.channels.get(said.thread) if said.thread else None
        return Shown(
            id=said.id,
            channel=said.channel,
            author=member.name if member else said.author.shown,
            author_id=said.author.id,
            text=self.reader.message(said),
            buttons=self.reader.buttons(said.components),
            selects=self.reader.selects(said.components),
            files=tuple(said.attachments),
            reactions=tuple(said.reactions),
            private=said.seen_by is not None,
            edited=said.edited is not None,
            thread=thread.id if thread else None,
            replies=thread.message_count if thread else 0,
            reply_to=(said.reference or {}).get("message_id") if said.type == 19 else None,
            loading=said.loading,
            message=said,
        )

    def ephemerals(self, who: Who) -> list[Shown]:
        """Everything only that person sees, everywhere, oldest first."""
        person = self.world.person(who)
        found = [
            each for channel in self.world.channels.values() for each in channel.private if each.seen_by == person.id
        ]
        return [self.shown(each) for each in sorted(found, key=lambda each: int(each.id))]

    def told(self, outcome: Outcome) -> list[Shown]:
        """The messages of an outcome."""
        return [self.shown(each) for each in outcome.messages]
