"""What the gateway tells the app, and what it does not: https://docs.discord.com/developers/events/gateway#list-of-intents

`dispatch` is the one way to the app's sessions. The rest are the events themselves:
https://docs.discord.com/developers/events/gateway-events#receive-events
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntFlag
from typing import TYPE_CHECKING

from tests.fakes.discord import guild_shapes, shapes, veils
from tests.fakes.discord.counters import up
from tests.fakes.discord.permissions import Can
from tests.fakes.discord.state import Channel, Guild, Json, Member, Message, Person, Role

if TYPE_CHECKING:
    from tests.fakes.discord.sessions import Session
    from tests.fakes.discord_server import DiscordServer


class Intent(IntFlag):
    """https://docs.discord.com/developers/events/gateway#list-of-intents"""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_MODERATION = 1 << 2
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    MESSAGE_CONTENT = 1 << 15


KNOWN_INTENTS = sum(1 << bit for bit in [*range(17), 20, 21, 24, 25])
PRIVILEGED = {
    "members": Intent.GUILD_MEMBERS,
    "presences": Intent.GUILD_PRESENCES,
    "message_content": Intent.MESSAGE_CONTENT,
}


class Events:
    def __init__(self, discord: DiscordServer) -> None:
        self._discord = discord
        self._world = discord.world

    def dispatch(
        self, name: str, data: Json | Callable[[Session], Json], *, guild: Guild | None = None, needs: int = 0
    ) -> int:
        """To each session whose shard has the server (direct conversations: shard 0) and that has one of these
        intents. How many that were; a session without a socket gets it when it resumes."""
        if guild is not None and (not guild.has_app or guild.unavailable) and name != "GUILD_DELETE":
            return 0
        reached = 0
        for session in self._discord.gateway.for_guild(guild):
            if needs and not session.intents & needs:
                continue
            session.push(name, data(session) if callable(data) else data)
            reached += 1
        if reached:
            up(self._discord.counters.events, name)
        elif self._discord.counters.identified and not self._discord.gateway.sessions:
            self._discord.counters.unheard += 1
        return reached

    # -- messages

    def posted(self, channel: Channel, message: Message) -> None:
        self._message("MESSAGE_CREATE", channel, message)

    def changed(self, channel: Channel, message: Message) -> None:
        self._message("MESSAGE_UPDATE", channel, message)

    def deleted(self, channel: Channel, ids: Sequence[str], *, bulk: bool = False) -> None:
        if not self._seen(channel):
            return
        about: Json = {"channel_id": channel.id}
        if channel.guild is not None:
            about["guild_id"] = channel.guild
        guild, needs = self._guild(channel), self._messages(channel)
        if bulk:
            self.dispatch("MESSAGE_DELETE_BULK", {"ids": list(ids), **about}, guild=guild, needs=needs)
            return
        for each in ids:
            self.dispatch("MESSAGE_DELETE", {"id": each, **about}, guild=guild, needs=needs)

    def reacted(self, name: str, message: Message, about: Json, who: Person | None) -> None:
        """`MESSAGE_REACTION_ADD`, `…_REMOVE`, `…_REMOVE_ALL`, `…_REMOVE_EMOJI`."""
        channel = self._world.channels[message.channel]
        if not self._seen(channel):
            return
        guild = self._guild(channel)
        data: Json = {"channel_id": channel.id, "message_id": message.id, **about}
        if guild is not None:
            data["guild_id"] = guild.id
        if who is not None:
            data["user_id"] = who.id
            if name == "MESSAGE_REACTION_ADD":
                data["message_author_id"] = message.author.id
                member = self._world.member(who, guild)
                if member is not None:
                    data["member"] = shapes.member(member)
        needs = Intent.DIRECT_MESSAGE_REACTIONS if guild is None else Intent.GUILD_MESSAGE_REACTIONS
        self.dispatch(name, data, guild=guild, needs=needs)

    def _message(self, name: str, channel: Channel, message: Message) -> None:
        if not self._seen(channel):
            return

        def data(session: Session) -> Json:
            shape = shapes.message(self._world, message, event=True, created=name == "MESSAGE_CREATE")
            return shape if session.intents & Intent.MESSAGE_CONTENT else veils.veiled(self._world, message, shape)

        self.dispatch(name, data, guild=self._guild(channel), needs=self._messages(channel))

    def _messages(self, channel: Channel) -> int:
        return Intent.DIRECT_MESSAGES if channel.guild is None else Intent.GUILD_MESSAGES

    def _guild(self, channel: Channel) -> Guild | None:
        return None if channel.guild is None else self._world.guilds[channel.guild]

    def _seen(self, channel: Channel) -> bool:
        """The gateway is silent about channels that the app may not see."""
        return self._world.may(self._world.bot, channel, Can.VIEW_CHANNEL)

    # -- channels and threads

    def of_channel(self, what: str, channel: Channel) -> None:
        """`CREATE`, `UPDATE`, `DELETE` of a channel."""
        shape = shapes.channel(self._world, channel)
        self.dispatch(f"CHANNEL_{what}", shape, guild=self._guild(channel), needs=Intent.GUILDS)

    def of_thread(self, what: str, thread: Channel, *, newly: bool = False) -> None:
        """`CREATE`, `UPDATE`, `DELETE` of a thread that the app sees; a deleted one only by its ids."""
        if not self._seen(thread):
            return
        if what == "DELETE":
            data = {"id": thread.id, "guild_id": thread.guild, "parent_id": thread.parent, "type": thread.type}
        else:
            reader = self._world.bot if what == "CREATE" else None
            data = shapes.thread(self._world, thread, reader=reader)
        if newly:
            data["newly_created"] = True
        self.dispatch(f"THREAD_{what}", data, guild=self._guild(thread), needs=Intent.GUILDS)

    def threads_seen(self, channel: Channel) -> None:
        """The app has come to see this channel: https://docs.discord.com/developers/topics/threads#channel-access"""
        guild, bot = self._guild(channel), self._world.bot
        if guild is None or not self._seen(channel):
            return
        awake = [each for each in guild.threads.values() if each.parent == channel.id and not each.archived]
        seen = [each for each in awake if self._seen(each)]
        mine = [shapes.thread_member(each, each.members[bot.id]) for each in seen if bot.id in each.members]
        about: Json = {"guild_id": guild.id, "channel_ids": [channel.id], "members": mine}
        about["threads"] = [shapes.thread(self._world, each) for each in seen]
        self.dispatch("THREAD_LIST_SYNC", about, guild=guild, needs=Intent.GUILDS)

    def thread_members(
        self, thread: Channel, *, added: Sequence[str] = (), removed: Sequence[str] = (), created: bool = False
    ) -> None:
        """Without the members intent only about the app itself. `created`: THREAD_CREATE was told already."""
        bot = self._world.bot.id
        guild = self._guild(thread)
        if guild is None or not (self._seen(thread) or bot in removed):
            return
        if bot in added and not created:
            # https://docs.discord.com/developers/topics/threads#thread-access
            self.of_thread("CREATE", thread)

        def data(session: Session) -> Json:
            everybody = bool(session.intents & Intent.GUILD_MEMBERS)
            about: Json = {"id": thread.id, "guild_id": thread.guild, "member_count": min(len(thread.members), 50)}
            more = [each for each in added if everybody or each == bot]
            less = [each for each in removed if everybody or each == bot]
            if more:
                about["added_members"] = [self._thread_member(guild, thread, each) for each in more]
            if less:
                about["removed_member_ids"] = less
            return about

        needs = Intent.GUILDS if bot in {*added, *removed} else Intent.GUILD_MEMBERS
        self.dispatch("THREAD_MEMBERS_UPDATE", data, guild=guild, needs=needs)

    def _thread_member(self, guild: Guild, thread: Channel, who: str) -> Json:
        return {
            **shapes.thread_member(thread, thread.members[who]),
            "member": shapes.member(guild.members[who]),
            "presence": None,
        }

    # -- servers, members, roles

    def of_guild(self, what: str, guild: Guild) -> None:
        """`CREATE`, `UPDATE`, and `DELETE`: an outage, or the app is out of it."""
        match what:
            case "CREATE":
                self.dispatch("GUILD_CREATE", self.whole(guild), guild=guild, needs=Intent.GUILDS)
            case "UPDATE":
                self.dispatch("GUILD_UPDATE", guild_shapes.guild(guild), guild=guild, needs=Intent.GUILDS)
            case _:
                data: Json = {"id": guild.id}
                if guild.unavailable:
                    data["unavailable"] = True
                self.dispatch("GUILD_DELETE", data, guild=guild, needs=Intent.GUILDS)

    def of_member(self, what: str, guild: Guild, member: Member) -> None:
        """`ADD`, `UPDATE`, `REMOVE`. About itself the app hears `UPDATE` without the intent."""
        if what == "REMOVE":
            data: Json = {"guild_id": guild.id, "user": shapes.user(member.person)}
        else:
            data = {"guild_id": guild.id, **shapes.member(member)}
        itself = member.person is self._world.bot and what == "UPDATE"
        needs = Intent.GUILDS if itself else Intent.GUILD_MEMBERS
        self.dispatch(f"GUILD_MEMBER_{what}", data, guild=guild, needs=needs)

    def of_ban(self, what: str, guild: Guild, person: Person) -> None:
        data = {"guild_id": guild.id, "user": shapes.user(person)}
        self.dispatch(f"GUILD_BAN_{what}", data, guild=guild, needs=Intent.GUILD_MODERATION)

    def of_role(self, what: str, guild: Guild, role: Role) -> None:
        data: Json = {"guild_id": guild.id}
        data |= {"role_id": role.id} if what == "DELETE" else {"role": shapes.role(role)}
        self.dispatch(f"GUILD_ROLE_{what}", data, guild=guild, needs=Intent.GUILDS)

    def whole(self, guild: Guild) -> Json:
        """https://docs.discord.com/developers/events/gateway-events#guild-create: without the presences intent only
        the app itself stands in `members`, of the threads the active ones that the app may see."""
        world = self._world
        me = guild.members[world.bot.id]
        threads = [each for each in guild.threads.values() if not each.archived and self._seen(each)]
        return {
            **guild_shapes.guild(guild),
            "joined_at": shapes.member(me)["joined_at"],
            "large": len(guild.members) > 250,
            "unavailable": False,
            "member_count": len(guild.members),
            "members": [shapes.member(me)],
            "channels": [shapes.channel(world, each) for each in guild.channels.values()],
            "threads": [shapes.thread(world, each, reader=world.bot, synced=True) for each in threads],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }
