"""How people and the app come and go, and what moderators do with roles and channels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tests.fakes.discord import permissions
from tests.fakes.discord.people import ClientRefusal, Talking
from tests.fakes.discord.state import Channel, Guild, Member, Person, Role
from tests.fakes.discord.world import Server, Where, Who


class Moving(Talking):
    # -- people

    async def joins(self, server: Server, who: Person | str, *, locale: str = "en-US", pending: bool = False) -> Person:
        """A new account by its name, or somebody from another server: `GUILD_MEMBER_ADD`. With `pending` they must
        first agree to the rules (`passes_screening`)."""
        guild = self.world.guild(server)
        if isinstance(who, str):
            person = self.person(guild, who, locale=locale)
            member = guild.members[person.id]
        else:
            person = who
            if person.id in guild.bans:
                raise ClientRefusal("banned")
            member = guild.members[person.id] = Member(person, guild.id, self.world.wall())
        member.pending = pending
        self.events.of_member("ADD", guild, member)
        return person

    async def passes_screening(self, server: Server, who: Who) -> None:
        guild, member = self._member(server, who)
        member.pending = False
        self.events.of_member("UPDATE", guild, member)

    async def leaves(self, server: Server, who: Who) -> None:
        """`GUILD_MEMBER_REMOVE`; being kicked looks the same."""
        guild, member = self._member(server, who)
        del guild.members[member.person.id]
        for thread in guild.threads.values():
            thread.members.pop(member.person.id, None)
        self.events.of_member("REMOVE", guild, member)

    async def bans(self, server: Server, who: Who) -> None:
        """`GUILD_BAN_ADD` and `GUILD_MEMBER_REMOVE`."""
        guild, person = self.world.guild(server), self.world.person(who)
        guild.bans.add(person.id)
        self.events.of_ban("ADD", guild, person)
        if person.id in guild.members:
            await self.leaves(guild, person)

    async def unbans(self, server: Server, who: Who) -> None:
        guild, person = self.world.guild(server), self.world.person(who)
        guild.bans.discard(person.id)
        self.events.of_ban("REMOVE", guild, person)

    async def renames_themselves(self, server: Server, who: Who, nick: str | None) -> None:
        guild, member = self._member(server, who)
        member.nick = nick
        self.events.of_member("UPDATE", guild, member)

    async def gets_role(self, who: Who, role: Role) -> None:
        guild, member = self._member(role.guild, who)
        if role.id not in member.roles:
            member.roles.append(role.id)
            self.events.of_member("UPDATE", guild, member)

    async def loses_role(self, who: Who, role: Role) -> None:
        guild, member = self._member(role.guild, who)
        if role.id in member.roles:
            member.roles.remove(role.id)
            self.events.of_member("UPDATE", guild, member)

    async def is_silenced(self, server: Server, who: Who, until: float | None) -> None:
        """A time-out until that moment (seconds since 1970), or its end."""
        guild, member = self._member(server, who)
        member.silenced_until = until
        self.events.of_member("UPDATE", guild, member)

    # -- roles and channels

    async def changes_role(
        self, role: Role, *, rights: int | Iterable[str] | None = None, name: str | None = None
    ) -> None:
        guild = self.world.guild(role.guild)
        role.permissions = role.permissions if rights is None else permissions.bits(rights)
        role.name = name or role.name
        self.events.of_role("UPDATE", guild, role)

    async def deletes_role(self, role: Role) -> None:
        guild = self.world.guild(role.guild)
        del guild.roles[role.id]
        for member in guild.members.values():
            if role.id in member.roles:
                member.roles.remove(role.id)
        self.events.of_role("DELETE", guild, role)

    async def renames(self, where: Where, name: str) -> None:
        """A channel or thread gets another name."""
        channel = self.world.channel(where)
        channel.name = name
        self._changed(channel)

    async def sets_slow_mode(self, where: Where, seconds: int) -> None:
        channel = self.world.channel(where)
        channel.slow_mode = seconds
        self._changed(channel)

    async def deletes_channel(self, where: Where) -> None:
        """With its threads; of a thread `THREAD_DELETE`."""
        self.remove_channel(self.world.channel(where))

    def remove_channel(self, channel: Channel) -> None:
        if channel.is_thread:
            self.events.of_thread("DELETE", channel)
            self.world.drop_channel(channel)
            return
        for thread in self._threads_of(channel):
            self.world.drop_channel(thread)
        self.events.of_channel("DELETE", channel)
        self.world.drop_channel(channel)
        guild = self.world.guild_of(channel)
        # the channels of a category stay: https://docs.discord.com/developers/resources/channel#deleteclose-channel
        for each in [] if guild is None else guild.channels.values():
            if each.parent == channel.id:
                each.parent = None
                self.events.of_channel("UPDATE", each)

    def _threads_of(self, channel: Channel) -> Sequence[Channel]:
        guild = self.world.guild_of(channel)
        return [] if guild is None else [each for each in guild.threads.values() if each.parent == channel.id]

    def _changed(self, channel: Channel) -> None:
        if channel.is_thread:
            self.events.of_thread("UPDATE", channel)
        else:
            self.events.of_channel("UPDATE", channel)

    # -- the app

    async def kicks_bot(self, server: Server) -> None:
        """`GUILD_DELETE` without `unavailable`; the app's own role goes too. `install` brings it back."""
        self.remove_app(server)

    def remove_app(self, server: Server) -> None:
        guild = self.world.guild(server)
        bot = self.world.bot
        guild.members.pop(bot.id, None)
        guild.roles = {each.id: each for each in guild.roles.values() if each.managed_by != bot.id}
        for thread in guild.threads.values():
            thread.members.pop(bot.id, None)
        guild.has_app = False
        self.events.of_guild("DELETE", guild)

    async def deletes_server(self, server: Server) -> None:
        guild = self.world.guild(server)
        if guild.has_app:
            await self.kicks_bot(guild)
        for channel in [*guild.threads.values(), *guild.channels.values()]:
            self.world.drop_channel(channel)
        del self.world.guilds[guild.id]

    async def goes_down(self, server: Server) -> None:
        """An outage: `GUILD_DELETE` with `unavailable`; calls about it are answered as if it were not there (taken)."""
        guild = self.world.guild(server)
        guild.unavailable = True
        self.events.of_guild("DELETE", guild)

    async def comes_back(self, server: Server) -> None:
        guild = self.world.guild(server)
        guild.unavailable = False
        self.events.of_guild("CREATE", guild)

    def _member(self, server: Server, who: Who) -> tuple[Guild, Member]:
        guild, person = self.world.guild(server), self.world.person(who)
        member = guild.members.get(person.id)
        if member is None:
            raise ClientRefusal("not a member of the server")
        return guild, member
