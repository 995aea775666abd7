"""How things look in Discord's JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.discord.ids import made_at, stamp
from tests.fakes.discord.state import (
    DM,
    FORUM,
    TEXT,
    Attachment,
    Channel,
    Json,
    Member,
    Message,
    Person,
    Role,
    ThreadMember,
)

if TYPE_CHECKING:
    from tests.fakes.discord.world import World


def user(person: Person) -> Json:
    """https://docs.discord.com/developers/resources/user#user-object"""
    return {
        "id": person.id,
        "username": person.name,
        "global_name": None if person.bot else person.shown,
        "discriminator": "0000" if person.bot else "0",
        "avatar": None,
        "bot": person.bot,
        "public_flags": 0,
        "avatar_decoration_data": None,
        "collectibles": None,
        "primary_guild": None,
        "clan": None,
    }


def member(each: Member, *, with_user: bool = True) -> Json:
    """https://docs.discord.com/developers/resources/guild#guild-member-object"""
    shape: Json = {
        "nick": each.nick,
        "avatar": None,
        "banner": None,
        "roles": list(each.roles),
        "joined_at": stamp(each.joined_at),
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": each.pending,
        "communication_disabled_until": None if each.silenced_until is None else stamp(each.silenced_until),
    }
    if with_user:
        shape["user"] = user(each.person)
    return shape


def role(each: Role) -> Json:
    """https://docs.discord.com/developers/topics/permissions#role-object"""
    shape: Json = {
        "id": each.id,
        "name": each.name,
        "color": each.color,
        "colors": {"primary_color": each.color, "secondary_color": None, "tertiary_color": None},
        "hoist": each.hoist,
        "icon": None,
        "unicode_emoji": None,
        "position": each.position,
        "permissions": str(int(each.permissions)),
        "managed": each.managed_by is not None,
        "mentionable": each.mentionable,
        "flags": 0,
    }
    if each.managed_by is not None:
        shape["tags"] = {"bot_id": each.managed_by}
    return shape


def attachment(each: Attachment) -> Json:
    """https://docs.discord.com/developers/resources/message#attachment-object"""
    shape: Json = {
        "id": each.id,
        "filename": each.filename,
        "size": each.size,
        "url": each.url,
        "proxy_url": each.url,
    }
    for name in ("description", "content_type", "width", "height"):
        value = getattr(each, name)
        if value is not None:
            shape[name] = value
    return shape


def channel(world: World, each: Channel) -> Json:
    """https://docs.discord.com/developers/resources/channel#channel-object"""
    if each.is_thread:
        return thread(world, each)
    if each.type == DM:
        return {
            "id": each.id,
            "type": DM,
            "flags": 0,
            "last_message_id": each.last_message,
            "recipients": [user(world.people[who]) for who in each.recipients],
        }
    shape: Json = {
        "id": each.id,
        "type": each.type,
        "guild_id": each.guild,
        "name": each.name,
        "position": each.position,
        "parent_id": each.parent,
        "flags": each.flags,
        "nsfw": False,
        "topic": each.topic,
        "last_message_id": each.last_message,
        "rate_limit_per_user": each.slow_mode,
        "permission_overwrites": [
            {"id": one.id, "type": one.kind, "allow": str(int(one.allow)), "deny": str(int(one.deny))}
            for one in each.overwrites.values()
        ],
    }
    if each.type == TEXT:
        shape["last_pin_timestamp"] = None
    if each.type == FORUM:
        shape["available_tags"] = [
            {"id": tag.id, "name": tag.name, "moderated": tag.moderated, "emoji_id": None, "emoji_name": tag.emoji}
            for tag in each.tags
        ]
        shape |= {"default_reaction_emoji": None, "default_sort_order": None, "default_forum_layout": 0, "template": ""}
    return shape


def thread(world: World, each: Channel, *, reader: Person | None = None, synced: bool = False) -> Json:
    """A thread, with the `member` of its reader where they are in it; without ids when a GUILD_CREATE brings it."""
    shape: Json = {
        "id": each.id,
        "type": each.type,
        "guild_id": each.guild,
        "parent_id": each.parent,
        "owner_id": each.owner,
        "name": each.name,
        "last_message_id": each.last_message,
        "rate_limit_per_user": each.slow_mode,
        "message_count": each.message_count,
        "total_message_sent": each.message_count,
        # https://docs.discord.com/developers/resources/channel#channel-object: stops counting at 50
        "member_count": min(len(each.members), 50),
        "flags": each.flags,
        "bitrate": 64000,
        "user_limit": 0,
        "rtc_region": None,
        "thread_metadata": {
            "archived": each.archived,
            "auto_archive_duration": each.auto_archive,
            "archive_timestamp": stamp(each.archived_at),
            "locked": each.locked,
            "create_timestamp": stamp(made_at(each.id)),
        },
    }
    if each.type == 12:
        shape["thread_metadata"]["invitable"] = each.invitable
    if each.applied_tags or (each.parent and world.channels[each.parent].type == FORUM):
        shape["applied_tags"] = list(each.applied_tags)
    if reader is not None and reader.id in each.members:
        member_of = thread_member(each, each.members[reader.id])
        shape["member"] = {name: member_of[name] for name in member_of if not (synced and name in {"id", "user_id"})}
    return shape


def thread_member(place: Channel, each: ThreadMember) -> Json:
    """https://docs.discord.com/developers/resources/channel#thread-member-object"""
    return {"id": place.id, "user_id": each.person, "join_timestamp": stamp(each.joined_at), "flags": 0, "muted": False}


def message(world: World, each: Message, *, event: bool = False, created: bool = False, bare: bool = False) -> Json:
    """https://docs.discord.com/developers/resources/message#message-object. With `event` as the gateway sends it
    (`guild_id`, `member`), `created` with its nonce; `bare` without the message it replies to."""
    shape: Json = {
        "id": each.id,
        "channel_id": each.channel,
        "type": each.type,
        "author": user(each.author),
        "content": each.content,
        "timestamp": stamp(made_at(each.id)),
        "edited_timestamp": None if each.edited is None else stamp(each.edited),
        "tts": False,
        "mention_everyone": each.mention_everyone,
        "mentions": [_mention(world, who, each.guild, event=event) for who in each.mentions],
        "mention_roles": list(each.mention_roles),
        "attachments": [attachment(file) for file in each.attachments],
        "embeds": each.embeds,
        "components": each.components,
        "pinned": each.pinned,
        "flags": each.flags,
    }
    if each.reactions:
        shape["reactions"] = [reaction(emoji, people, world.bot) for emoji, people in each.reactions.items()]
    if each.nonce is not None and created:
        # only the answer to the call and the first event carry it (taken)
        shape["nonce"] = each.nonce
    if each.reference is not None:
        shape["message_reference"] = {"type": 0, **each.reference}
        if not bare and each.type in {19, 21}:
            found = referenced(world, each)
            shape["referenced_message"] = message(world, found, bare=True) if found else None
    if each.by_app:
        shape["application_id"] = world.app.id
    if each.webhook is not None:
        shape["webhook_id"] = each.webhook
    if each.interaction is not None:
        shape["interaction_metadata"] = each.interaction
    place = world.channels[each.channel]
    if place.is_thread:
        shape["position"] = max(place.message_count - 1, 0)
    if event:
        return shape | {"channel_type": place.type} | _only_in_events(world, each)
    if each.thread is not None and each.thread in world.channels:
        shape["thread"] = thread(world, world.channels[each.thread])
    return shape


def referenced(world: World, each: Message) -> Message | None:
    """What it answers, or what the thread that it begins was opened from; None when that is gone."""
    reference = each.reference or {}
    place = world.channels.get(reference.get("channel_id", each.channel))
    return place.messages.get(reference.get("message_id", "")) if place else None


def _only_in_events(world: World, each: Message) -> Json:
    """https://docs.discord.com/developers/events/gateway-events#message-create"""
    found = world.member(each.author, each.guild)
    shape: Json = {} if each.guild is None else {"guild_id": each.guild}
    if found is not None:
        shape["member"] = member(found, with_user=False)
    return shape


def _mention(world: World, who: str, guild: str | None, *, event: bool) -> Json:
    shape = user(world.people[who])
    found = world.member(who, guild) if event and guild else None
    if found is not None:
        shape["member"] = member(found, with_user=False)
    return shape


def reaction(emoji: str, people: list[str], reader: Person) -> Json:
    """https://docs.discord.com/developers/resources/message#reaction-object"""
    return {
        "emoji": {"id": None, "name": emoji},
        "count": len(people),
        "count_details": {"burst": 0, "normal": len(people)},
        "me": reader.id in people,
        "me_burst": False,
        "burst_colors": [],
    }
