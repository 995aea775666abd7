"""Everything that is there, and how to find it."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable

from tests.fakes.discord import permissions
from tests.fakes.discord.ids import Ids
from tests.fakes.discord.permissions import Can
from tests.fakes.discord.state import DM, PRIVATE_THREAD, App, Channel, Guild, Json, Member, Message, Person, Shown

Who = Person | Member | str | int
Where = Channel | str | int
Server = Guild | str | int


class World:
    def __init__(self, wall: Callable[[], float], intents_allowed: Iterable[str]) -> None:
        self.wall = wall
        self.ids = Ids(wall)
        self.guilds: dict[str, Guild] = {}
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        """Every channel, thread and direct conversation."""
        self.dms: dict[str, Channel] = {}
        """By person: their conversation with the app."""
        self.portal: Json = {}
        """What the app's maker set at the developer portal, by its name in Discord's application object."""
        owner = self.add_person(Person(self.ids.new(), "maker", "Maker"))
        bot = self.add_person(Person(self.ids.new(), "kring", "Kring", bot=True))
        self.app = App(
            # of an app that is not very old the bot's id is the app's: https://docs.discord.com/developers/reference
            id=bot.id,
            name="Kring",
            token=f"{urlsafe_b64encode(bot.id.encode()).decode().rstrip('=')}.AAAAAA.{self.secret('token')}",
            public_key=self.secret("public key") * 2,
            owner=owner,
            bot=bot,
            intents_allowed=set(intents_allowed),
        )

    def secret(self, about: str) -> str:
        return hashlib.sha256(f"{about} {self.ids.number()}".encode()).hexdigest()[:32]

    # -- finding

    @property
    def bot(self) -> Person:
        return self.app.bot

    def guild(self, which: Server) -> Guild:
        return which if isinstance(which, Guild) else self.guilds[str(which)]

    def person(self, who: Who) -> Person:
        if isinstance(who, Member):
            return who.person
        return who if isinstance(who, Person) else self.people[str(who)]

    def channel(self, where: Where) -> Channel:
        return where if isinstance(where, Channel) else self.channels[str(where)]

    def message(self, what: Message | Shown) -> Message:
        return what.message if isinstance(what, Shown) else what

    def guild_of(self, thing: Channel | Message) -> Guild | None:
        return None if thing.guild is None else self.guilds[thing.guild]

    def member(self, who: Who, guild: Server | None) -> Member | None:
        if guild is None:
            return None
        return self.guild(guild).members.get(self.person(who).id)

    def dm(self, who: Who) -> Channel | None:
        """Their conversation with the app, once it is opened."""
        return self.dms.get(self.person(who).id)

    def shared(self, who: Person) -> list[Guild]:
        """The servers that they and the app are both in."""
        return [each for each in self.guilds.values() if each.has_app and who.id in each.members]

    # -- permissions

    def rights(self, who: Who, channel: Channel) -> int:
        """What they may do there, as bits of `permissions.Can`; 0 for who is not in that server."""
        person = self.person(who)
        if channel.guild is None:
            return permissions.DIRECT if person is self.bot or person.id in channel.recipients else 0
        guild = self.guilds[channel.guild]
        member = guild.members.get(person.id)
        if member is None or guild.unavailable:
            return 0
        total = permissions.in_channel(guild, member, channel, self.wall())
        # https://docs.discord.com/developers/topics/threads#private-threads
        if channel.type == PRIVATE_THREAD and person.id not in channel.members and not total & Can.MANAGE_THREADS:
            return 0
        return total

    def may(self, who: Who, channel: Channel, right: Can) -> bool:
        return self.rights(who, channel) & right == right

    # -- making

    def add_person(self, person: Person) -> Person:
        person.shown = person.shown or person.name
        self.people[person.id] = person
        return person

    def add_channel(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        if channel.guild is not None:
            guild = self.guilds[channel.guild]
            (guild.threads if channel.is_thread else guild.channels)[channel.id] = channel
        return channel

    def drop_channel(self, channel: Channel) -> None:
        del self.channels[channel.id]
        if channel.guild is not None:
            guild = self.guilds[channel.guild]
            (guild.threads if channel.is_thread else guild.channels).pop(channel.id)

    def open_dm(self, who: Who) -> Channel:
        person = self.person(who)
        found = self.dms.get(person.id)
        if found is None:
            found = self.add_channel(Channel(self.ids.new(), None, DM, recipients=[person.id]))
            self.dms[person.id] = found
        return found
