"""How messages come to stand in channels, change and go: one place for people and for the app."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tests.fakes.discord import mentions
from tests.fakes.discord.state import (
    COMPONENTS_V2,
    EPHEMERAL,
    PRIVATE_THREAD,
    Attachment,
    Channel,
    Json,
    Message,
    Person,
    ThreadMember,
)

if TYPE_CHECKING:
    from tests.fakes.discord_server import DiscordServer


class Posting:
    def __init__(self, discord: DiscordServer) -> None:
        self._discord = discord
        self._world = discord.world
        self.by_nonce: dict[str, Message] = {}
        """The app's last message with each nonce."""

    def post(
        self,
        channel: Channel,
        author: Person,
        content: str = "",
        *,
        components: Sequence[Json] = (),
        embeds: Sequence[Json] = (),
        attachments: Sequence[Attachment] = (),
        flags: int = 0,
        nonce: str | None = None,
        reply_to: Message | None = None,
        allowed: Json | None = None,
        kind: int = 0,
        reference: Json | None = None,
        interaction: Json | None = None,
        loading: bool = False,
        id_: str | None = None,
        about: Sequence[str] = (),
    ) -> Message:
        """A message that everybody in the channel sees. An archived thread wakes, and its author is in it.

        `about` are people whom a message of a `kind` of its own names, and does not notify.

        `interaction` is the `interaction_metadata` of an answer to an interaction; `loading` shows "thinking…".
        """
        world = self._world
        message = self._made(channel, author, content, components, embeds, attachments, flags, id_)
        message.type, message.nonce, message.reference, message.loading = kind, nonce, reference, loading
        if reply_to is not None:
            message.type = 19
            message.reference = {"message_id": reply_to.id, "channel_id": reply_to.channel, "guild_id": reply_to.guild}
            message.reference = {name: value for name, value in message.reference.items() if value is not None}
        if interaction is not None:
            message.interaction, message.webhook = interaction, world.app.id
            message.type = message.type or (20 if interaction.get("type") == 2 else 0)
        self._mention(channel, message, allowed, reply_to.author if reply_to else None)
        message.mentions += [each for each in about if each not in message.mentions]
        if message.by_app:
            self._discord.counters.posts += 1
            if nonce is not None:
                self.by_nonce[nonce] = message
            self._overhears(message)
        channel.messages[message.id] = message
        channel.last_message = message.id
        channel.spoken[author.id] = world.wall()
        if channel.is_thread:
            self._in_thread(channel, message)
        self._discord.events.posted(channel, message)
        return message

    def whisper(
        self,
        channel: Channel,
        who: Person,
        content: str = "",
        *,
        components: Sequence[Json] = (),
        embeds: Sequence[Json] = (),
        attachments: Sequence[Attachment] = (),
        flags: int = 0,
        interaction: Json | None = None,
        loading: bool = False,
    ) -> Message:
        """A message of the app that only one person sees (ephemeral); no event tells of it."""
        message = self._made(channel, self._world.bot, content, components, embeds, attachments, flags | EPHEMERAL)
        message.seen_by, message.loading = who.id, loading
        message.interaction, message.webhook = interaction, self._world.app.id
        message.type = 20 if (interaction or {}).get("type") == 2 else 0
        channel.private.append(message)
        self._overhears(message)
        return message

    def change(
        self,
        message: Message,
        *,
        content: str | None = None,
        components: Sequence[Json] | None = None,
        embeds: Sequence[Json] | None = None,
        attachments: Sequence[Attachment] | None = None,
        flags: int | None = None,
        allowed: Json | None = None,
    ) -> None:
        """What is None stays. `mentions` are found anew, nobody is notified again:
        https://docs.discord.com/developers/resources/message#edit-message"""
        channel = self._world.channels[message.channel]
        if content is not None:
            message.content = content
        if components is not None:
            message.components = self.numbered(components)
        if embeds is not None:
            message.embeds = _embeds(embeds)
        if attachments is not None:
            message.attachments = list(attachments)
        if flags is not None:
            message.flags = flags
        was_loading, message.loading = message.loading, False
        pinged = message.pinged
        self._mention(channel, message, allowed, None)
        if not was_loading:
            message.pinged = pinged
            message.edited = self._world.wall()
        if message.by_app:
            self._overhears(message)
        if message.seen_by is None:
            self._discord.events.changed(channel, message)

    def remove(self, message: Message) -> None:
        """Gone. A thread that was opened from it stays."""
        channel = self._world.channels[message.channel]
        if message.seen_by is not None:
            channel.private.remove(message)
            return
        self._forget(channel, message)
        self._discord.events.deleted(channel, [message.id])

    def remove_many(self, channel: Channel, found: Sequence[Message]) -> None:
        for message in found:
            self._forget(channel, message)
        self._discord.events.deleted(channel, [each.id for each in found], bulk=True)

    def react(self, message: Message, who: Person, emoji: str) -> None:
        people = message.reactions.setdefault(emoji, [])
        if who.id in people:
            return
        people.append(who.id)
        about: Json = {"emoji": {"id": None, "name": emoji}, "burst": False, "type": 0}
        self._discord.events.reacted("MESSAGE_REACTION_ADD", message, about, who)

    def unreact(self, message: Message, who: Person, emoji: str) -> None:
        people = message.reactions.get(emoji, [])
        if who.id not in people:
            return
        people.remove(who.id)
        if not people:
            del message.reactions[emoji]
        about: Json = {"emoji": {"id": None, "name": emoji}, "burst": False, "type": 0}
        self._discord.events.reacted("MESSAGE_REACTION_REMOVE", message, about, who)

    def attachment(
        self,
        channel: Channel,
        filename: str,
        content: bytes,
        *,
        description: str | None = None,
        type_: str | None = None,
    ) -> Attachment:
        """A file that gets an address of its own."""
        id_ = self._world.ids.new()
        url = f"{self._discord.address}/attachments/{channel.id}/{id_}/{filename}"
        return Attachment(id_, filename, content, type_, description, url)

    def numbered(self, components: Sequence[Json]) -> list[Json]:
        """The components with the ids that Discord fills in where the app gave none or 0:
        https://docs.discord.com/developers/components/reference#anatomy-of-a-component"""
        taken = copy.deepcopy(list(components))
        every = list(_walk(taken))
        used = {each["id"] for each in every if each.get("id")}
        number = 0
        for each in every:
            if not each.get("id"):
                number += 1
                while number in used:
                    number += 1
                each["id"] = number
        return taken

    # -- inside

    def _made(
        self,
        channel: Channel,
        author: Person,
        content: str,
        components: Sequence[Json],
        embeds: Sequence[Json],
        attachments: Sequence[Attachment],
        flags: int,
        id_: str | None = None,
    ) -> Message:
        return Message(
            id=id_ or self._world.ids.new(),
            channel=channel.id,
            guild=channel.guild,
            author=author,
            content=content,
            components=self.numbered(components),
            embeds=_embeds(embeds),
            attachments=list(attachments),
            flags=flags,
            by_app=author is self._world.bot,
        )

    def _overhears(self, said: Message) -> None:
        files = [each.content.decode("utf-8", "replace") for each in said.attachments]
        self._discord.ear.hears(
            self._world.wall(), said.channel, said.seen_by, said.content, said.components, said.embeds, *files
        )

    def _mention(self, channel: Channel, message: Message, allowed: Json | None, replied: Person | None) -> None:
        words = mentions.said(message.components) if message.flags & COMPONENTS_V2 else message.content
        if allowed is None and message.interaction is not None:
            # "in interactions and webhooks, only user mentions are parsed":
            # https://docs.discord.com/developers/resources/message#allowed-mentions-object
            allowed = {"parse": ["users"]}
        found = mentions.find(self._world, channel, message.author, words, allowed, replied)
        message.mentions, message.mention_roles = found.people, found.roles
        message.mention_everyone, message.pinged = found.everyone, found.pinged

    def _in_thread(self, thread: Channel, message: Message) -> None:
        if thread.archived:
            # https://docs.discord.com/developers/topics/threads#active-archived-threads
            thread.archived, thread.archived_at = False, self._world.wall()
            self._discord.events.of_thread("UPDATE", thread)
        if message.id != thread.id:
            thread.message_count += 1
        named = [each for each in message.mentions if each in message.pinged]
        if thread.type == PRIVATE_THREAD and not thread.invitable and message.author.id != thread.owner:
            named = []
        self.join_thread(thread, [message.author.id, *named])

    def join_thread(self, thread: Channel, who: Sequence[str]) -> None:
        """Who writes in a thread or is mentioned there is in it from then on."""
        guild = self._world.guild_of(thread)
        assert guild is not None
        new = [each for each in dict.fromkeys(who) if each in guild.members and each not in thread.members]
        for each in new:
            thread.members[each] = ThreadMember(each, self._world.wall())
        if new:
            self._discord.events.thread_members(thread, added=new)

    def _forget(self, channel: Channel, message: Message) -> None:
        del channel.messages[message.id]
        if channel.is_thread and message.id != channel.id:
            channel.message_count -= 1


def _walk(components: Sequence[Json]) -> list[Json]:
    """Each component, an outer one before what is in it."""
    found: list[Json] = []
    for each in components:
        found.append(each)
        inner = [
            *(each.get("components") or []),
            *(each[name] for name in ("accessory", "component") if each.get(name)),
        ]
        found += _walk(inner)
    return found


def _embeds(embeds: Sequence[Json]) -> list[Json]:
    """https://docs.discord.com/developers/resources/message#embed-object: `type` is always rich."""
    return [{"type": "rich", **copy.deepcopy(each)} for each in embeds]
