"""Who and what is there, and what people do in the client with messages.

Names in a text (`@Anna`, `@Kring`, `#general`, `@role`) become what Discord makes of them. Whatever Discord's own
client would not let a person do is a ClientRefusal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from tests.fakes.discord import permissions
from tests.fakes.discord.permissions import USUAL, Can
from tests.fakes.discord.state import (
    CATEGORY,
    FORUM,
    NEWS,
    TEXT,
    VOICE,
    Channel,
    Guild,
    Member,
    Message,
    Overwrite,
    Person,
    Role,
    Shown,
    Tag,
)
from tests.fakes.discord.wording import typed
from tests.fakes.discord.world import Server, Where, Who

if TYPE_CHECKING:
    from tests.fakes.discord.events import Events
    from tests.fakes.discord.posting import Posting
    from tests.fakes.discord.world import World

What = Message | Shown
Files = Mapping[str, bytes]
"""By name."""
KINDS = {"text": TEXT, "voice": VOICE, "category": CATEGORY, "news": NEWS, "forum": FORUM}
BOT_RIGHTS = (
    Can.VIEW_CHANNEL
    | Can.SEND_MESSAGES
    | Can.SEND_MESSAGES_IN_THREADS
    | Can.CREATE_PUBLIC_THREADS
    | Can.CREATE_PRIVATE_THREADS
    | Can.EMBED_LINKS
    | Can.ATTACH_FILES
    | Can.READ_MESSAGE_HISTORY
    | Can.ADD_REACTIONS
    | Can.USE_APPLICATION_COMMANDS
)


class ClientRefusal(Exception):
    """Discord's own client says no, before the app hears of it. The words say why."""


class Arranging:
    """Who and what is there from the beginning: no events, unless the app is connected already."""

    world: World
    events: Events
    posting: Posting

    def server(
        self, name: str, *, with_app: bool = True, rights: int | Iterable[str] = BOT_RIGHTS, locale: str = "en-US"
    ) -> Guild:
        """A server with an owner (`guild.owner`), @everyone as in a new server, and the app with a role of its own.

        `rights` are what the app's role allows, by number or by discord.py's names; @everyone's come on top of it.
        """
        guild = Guild(self.world.ids.new(), name, locale=locale, has_app=False)
        self.world.guilds[guild.id] = guild
        guild.roles[guild.id] = Role(guild.id, guild.id, "@everyone", int(USUAL), position=0)
        guild.owner = self.person(guild, f"Owner of {name}").id
        if with_app:
            self.install(guild, rights=rights)
        return guild

    def install(self, server: Server, *, rights: int | Iterable[str] = BOT_RIGHTS) -> Member:
        """The app comes into the server (or back into it): `GUILD_CREATE`."""
        guild, bot = self.world.guild(server), self.world.bot
        role = Role(self.world.ids.new(), guild.id, bot.shown, permissions.bits(rights), managed_by=bot.id)
        guild.roles[role.id] = role
        guild.has_app = True
        member = guild.members[bot.id] = Member(bot, guild.id, self.world.wall(), [role.id])
        self.events.of_guild("CREATE", guild)
        return member

    def person(
        self,
        server: Server,
        name: str,
        *,
        locale: str = "en-US",
        roles: Sequence[Role] = (),
        dms_closed: bool = False,
        joined: float | None = None,
    ) -> Person:
        """Somebody who is in the server already. `joined` is when they came, in seconds since 1970."""
        guild = self.world.guild(server)
        username = re.sub(r"[^a-z0-9_.]+", "_", name.casefold())
        if any(each.name == username for each in self.world.people.values()):
            username = f"{username}{self.world.ids.number()}"
        made = self.world.add_person(Person(self.world.ids.new(), username, name, locale, dms_closed=dms_closed))
        since = self.world.wall() if joined is None else joined
        guild.members[made.id] = Member(made, guild.id, since, [each.id for each in roles])
        return made

    def role(self, server: Server, name: str, *, rights: int | Iterable[str] = 0, mentionable: bool = False) -> Role:
        guild = self.world.guild(server)
        made = Role(self.world.ids.new(), guild.id, name, permissions.bits(rights), mentionable=mentionable)
        made.position = len(guild.roles)
        guild.roles[made.id] = made
        self.events.of_role("CREATE", guild, made)
        return made

    def channel(
        self,
        server: Server,
        name: str,
        *,
        kind: str = "text",
        overwrites: Iterable[Overwrite] = (),
        slow_mode: int = 0,
        topic: str | None = None,
        tags: Sequence[str] = (),
        tag_required: bool = False,
        within: Where | None = None,
    ) -> Channel:
        """A channel of a `kind`: `text`, `voice`, `category`, `news`, `forum` (with `tags`). `within`: its category.

        `deny(role_or_person, …)` and `allow(…)` make overwrites; `private_to(…)` a whole list of them.
        """
        guild = self.world.guild(server)
        made = Channel(self.world.ids.new(), guild.id, KINDS[kind], name, topic, slow_mode=slow_mode)
        made.position = len(guild.channels)
        made.overwrites = {each.id: each for each in overwrites}
        made.tags = [Tag(self.world.ids.new(), each) for each in tags]
        made.flags = 1 << 4 if tag_required else 0
        made.parent = None if within is None else self.world.channel(within).id
        self.world.add_channel(made)
        self.events.of_channel("CREATE", made)
        return made

    def private_to(self, server: Server, *who: Who | Role) -> list[Overwrite]:
        """The overwrites of a channel that only these see (name the app's bot, `discord.app.bot`, to let it in)."""
        guild = self.world.guild(server)
        return [deny(guild.everyone, "view_channel"), *(allow(self._target(each), "view_channel") for each in who)]

    def forbid(self, where: Where | Guild, *rights: str) -> None:
        """From here on the app may not do this (`send_messages`, `view_channel`): in one channel, or in the server."""
        self._app_rights(where, rights, allowed=False)

    def permit(self, where: Where | Guild, *rights: str) -> None:
        """From here on it may again."""
        self._app_rights(where, rights, allowed=True)

    def _app_rights(self, where: Where | Guild, rights: Sequence[str], *, allowed: bool) -> None:
        wanted, bot = permissions.bits(rights), self.world.bot
        if isinstance(where, Guild):
            for role in [each for each in where.roles.values() if each.managed_by == bot.id]:
                role.permissions = role.permissions | wanted if allowed else role.permissions & ~wanted
                self.events.of_role("UPDATE", where, role)
            # what everybody may is taken from the app alone, channel by channel
            if where.everyone.permissions & wanted:
                for channel in list(where.channels.values()):
                    self._app_rights(channel, rights, allowed=allowed)
            return
        channel = self.world.channel(where)
        if channel.is_thread and channel.parent:
            channel = self.world.channels[channel.parent]
        own = channel.overwrites.setdefault(bot.id, Overwrite(bot.id, 1))
        own.allow, own.deny = (
            (own.allow | wanted, own.deny & ~wanted) if allowed else (own.allow & ~wanted, own.deny | wanted)
        )
        self.events.of_channel("UPDATE", channel)
        if allowed and wanted & Can.VIEW_CHANNEL:
            self.events.threads_seen(channel)

    def _target(self, who: Who | Role) -> Role | Person:
        return who if isinstance(who, Role) else self.world.person(who)


def allow(who: Role | Person, *rights: str) -> Overwrite:
    return Overwrite(who.id, 0 if isinstance(who, Role) else 1, allow=permissions.bits(rights))


def deny(who: Role | Person, *rights: str) -> Overwrite:
    return Overwrite(who.id, 0 if isinstance(who, Role) else 1, deny=permissions.bits(rights))


class Talking(Arranging):
    async def says(
        self, who: Who, where: Where, text: str, *, reply_to: What | None = None, files: Files | None = None
    ) -> Message:
        """Writes a message in a channel, a thread, or the direct conversation with the app (`discord.dm(anna)`)."""
        person, channel = self._inside(who, where)
        self._may_write(person, channel)
        attached = [self.posting.attachment(channel, name, content) for name, content in (files or {}).items()]
        answered = None if reply_to is None else self.world.message(reply_to)
        words = typed(self.world, channel, text)
        return self.posting.post(channel, person, words, attachments=attached, reply_to=answered)

    async def edits(self, who: Who, message: What, text: str) -> Message:
        _, channel, said = self._own(who, message)
        self.posting.change(said, content=typed(self.world, channel, text))
        return said

    async def deletes(self, who: Who, message: What) -> None:
        """Their own; others' with the right to manage messages."""
        person, channel, said = self._reading(who, message)
        if said.author is not person and not self.world.may(person, channel, Can.MANAGE_MESSAGES):
            raise ClientRefusal("only one's own messages can be deleted")
        self.posting.remove(said)

    async def bulk_deletes(self, who: Who, messages: Sequence[What]) -> None:
        """As a moderator's bot does it: one `MESSAGE_DELETE_BULK`."""
        said = [self.world.message(each) for each in messages]
        _, channel = self._inside(who, said[0].channel)
        self.posting.remove_many(channel, said)

    async def reacts(self, who: Who, message: What, emoji: str) -> None:
        """`emoji` is the sign itself: 🔖."""
        person, channel, said = self._reading(who, message)
        if emoji not in said.reactions and not self.world.may(person, channel, Can.ADD_REACTIONS):
            raise ClientRefusal("no right to add reactions")
        self.posting.react(said, person, emoji)

    async def unreacts(self, who: Who, message: What, emoji: str) -> None:
        person, _, said = self._reading(who, message)
        self.posting.unreact(said, person, emoji)

    # -- what the client lets them do

    def _inside(self, who: Who, where: Where) -> tuple[Person, Channel]:
        """The person and the channel, when they see it."""
        person = self.world.person(who)
        channel = self.world.channels.get(where.id if isinstance(where, Channel) else str(where))
        if channel is None:
            raise ClientRefusal("the channel is gone")
        if not self.world.may(person, channel, Can.VIEW_CHANNEL):
            raise ClientRefusal("the channel is not seen")
        return person, channel

    def _may_write(self, person: Person, channel: Channel) -> None:
        right = Can.SEND_MESSAGES_IN_THREADS if channel.is_thread else Can.SEND_MESSAGES
        if channel.type in {FORUM, CATEGORY} or not self.world.may(person, channel, right):
            raise ClientRefusal("no right to write there")
        if channel.locked and not self.world.may(person, channel, Can.MANAGE_THREADS):
            raise ClientRefusal("the thread is locked")
        since = channel.spoken.get(person.id)
        slow = channel.slow_mode and not self.world.may(person, channel, Can.BYPASS_SLOWMODE)
        if slow and since is not None and self.world.wall() - since < channel.slow_mode:
            raise ClientRefusal("slow mode")

    def _reading(self, who: Who, message: What) -> tuple[Person, Channel, Message]:
        said = self.world.message(message)
        person, channel = self._inside(who, said.channel)
        if said.id not in channel.messages and (said not in channel.private or said.seen_by != person.id):
            raise ClientRefusal("the message is gone")
        return person, channel, said

    def _own(self, who: Who, message: What) -> tuple[Person, Channel, Message]:
        person, channel, said = self._reading(who, message)
        if said.author is not person:
            raise ClientRefusal("only one's own messages can be edited")
        return person, channel, said
