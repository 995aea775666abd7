"""How people and the app come and go, and how channels change."""

from __future__ import annotations

from typing import Any

from tests.fakes.slack.people import ClientRefusal, Talking, Where, Who
from tests.fakes.slack.state import Channel, Person, Workspace
from tests.fakes.slack.world import SLACKBOT


class Moving(Talking):
    # -- people

    async def joins_team(
        self, workspace: Workspace | str, name: str, *, tz: str = "Europe/Amsterdam", locale: str = "en-US", **more: Any
    ) -> Person:
        """A new account: `team_join`; they are in #general at once, if there is one."""
        person = self.person(workspace, name, tz=tz, locale=locale, **more)
        self.events.of_person("team_join", person)
        for channel in list(self.world.space(workspace).channels.values()):
            if channel.name == "general" and not channel.archived and not person.single_channel_guest:
                await self.joins_channel(person, channel)
        return person

    async def leaves_team(self, who: Who) -> None:
        """The account is deactivated: `user_change` with `deleted`, out of all channels."""
        person = self.world.person(who)
        person.deleted = True
        for channel in self.world.space_of(person).channels.values():
            if channel.kind != "im" and person.id in channel.members:
                channel.members.remove(person.id)
        self._changed(person)

    async def returns_to_team(self, who: Who) -> None:
        person = self.world.person(who)
        person.deleted = False
        self._changed(person)

    async def changes_profile(self, who: Who, **fields: Any) -> None:
        """`tz=…`, `name=…`, `locale=…`, `guest=True`, …: `user_change`."""
        person = self.world.person(who)
        for name, value in fields.items():
            if not hasattr(person, name):
                raise AttributeError(f"A person has no {name}.")
            setattr(person, name, value)
        self._changed(person)

    def _changed(self, person: Person) -> None:
        person.updated = self.world.ids.seconds()
        self.events.of_person("user_change", person)

    # -- membership

    async def joins_channel(self, who: Who, where: Where, *, inviter: Who | None = None) -> None:
        person, channel = self.world.person(who), self.world.channel(where)
        by = self.world.person(inviter) if inviter is not None else None
        if channel.archived:
            raise ClientRefusal("is_archived")
        if channel.kind == "private" and by is None:
            raise ClientRefusal("channel_not_found")
        if person.id in channel.members:
            return
        channel.members.append(person.id)
        self.posting.post(
            channel,
            person.id,
            f"<@{person.id}> has joined the channel",
            subtype="channel_join" if channel.kind == "channel" else "group_join",
            more={"inviter": by.id} if by else {},
        )
        self.events.membership("member_joined_channel", channel, person, by)

    async def leaves_channel(self, who: Who, where: Where) -> None:
        person, channel = self._inside(who, where)
        channel.members.remove(person.id)
        self.posting.post(
            channel,
            person.id,
            f"<@{person.id}> has left the channel",
            subtype="channel_leave" if channel.kind == "channel" else "group_leave",
        )
        self.events.membership("member_left_channel", channel, person)

    async def invites_bot(self, who: Who, where: Where) -> None:
        person, channel = self._inside(who, where)
        await self.joins_channel(self.world.bot(self.world.space_of(channel)), channel, inviter=person)

    async def removes_bot(self, who: Who, where: Where) -> None:
        """`channel_left`, and Slackbot tells the bot in a direct message, as it tells everybody."""
        person, channel = self._inside(who, where)
        space = self.world.space_of(channel)
        bot = self.world.bot(space)
        if bot.id not in channel.members:
            raise ClientRefusal("not_in_channel")
        channel.members.remove(bot.id)
        self.events.of_channel("left", channel, seen=True, actor_id=person.id)
        told = next((each for each in space.channels.values() if each.members == [SLACKBOT, bot.id]), None)
        if told is None:
            told = Channel(self.world.ids.new("D"), space.id, "", "im", [SLACKBOT, bot.id])
            self.world.add_channel(space, told)
        words = f"You have been removed from #{channel.name} by <@{person.id}>"
        self.posting.post(told, SLACKBOT, words)

    # -- channels

    async def makes_channel(self, who: Who, name: str, *, private: bool = False) -> Channel:
        person = self.world.person(who)
        made = self.channel(person.team, name, [person], private=private, with_app=False)
        if not private:
            about = {"id": made.id, "name": name, "name_normalized": name, "created": made.created}
            about |= {"is_channel": True, "is_shared": False, "is_org_shared": False, "creator": person.id}
            self.events.of_channel("created", made, seen=True, channel=about)
        return made

    async def archives(self, who: Who, where: Where) -> None:
        person, channel = self._inside(who, where)
        self.posting.post(channel, person.id, f"<@{person.id}> archived the channel", subtype="channel_archive")
        channel.archived = True
        self.events.of_channel("archive", channel, user=person.id, is_moved=0)

    async def unarchives(self, who: Who, where: Where) -> None:
        person, channel = self.world.person(who), self.world.channel(where)
        channel.archived = False
        self.events.of_channel("unarchive", channel, user=person.id)

    async def renames(self, who: Who, where: Where, name: str) -> None:
        person, channel = self._inside(who, where)
        old, channel.name = channel.name, name
        text = f'<@{person.id}> has renamed the channel from "{old}" to "{name}"'
        more = {"old_name": old, "name": name}
        self.posting.post(channel, person.id, text, subtype="channel_name", more=more)
        about = {"id": channel.id, "is_channel": True, "name": name, "name_normalized": name, "is_mpim": False}
        self.events.of_channel("rename", channel, channel=about | {"created": channel.created})

    async def deletes_channel(self, who: Who, where: Where) -> None:
        person, channel = self.world.person(who), self.world.channel(where)
        self.events.of_channel("deleted", channel, actor_id=person.id)
        self.world.drop_channel(channel)

    # -- the app

    async def uninstalls(self, workspace: Workspace | str) -> None:
        """`tokens_revoked` and `app_uninstalled`; every token of this installation is `account_inactive` from now on:
        https://docs.slack.dev/reference/events/app_uninstalled"""
        space = self.world.space(workspace)
        installed = self.world.installation(space)
        self.events.of_app(space, "tokens_revoked", tokens={"oauth": [], "bot": [installed.bot_user]})
        self.events.of_app(space, "app_uninstalled")
        installed.gone = True
        installed.tokens = dict.fromkeys(installed.tokens, "account_inactive")
