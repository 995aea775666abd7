"""Channels and their threads' settings: https://docs.discord.com/developers/resources/channel"""

from __future__ import annotations

from typing import Any

from tests.fakes.discord import places, shapes
from tests.fakes.discord.errors import DiscordError, form, forms
from tests.fakes.discord.form_checks import Fault
from tests.fakes.discord.permissions import Can
from tests.fakes.discord.rest import Call, Reply, route
from tests.fakes.discord.state import CATEGORY, FORUM, NEWS, TEXT, VOICE, Channel, Json, Overwrite, Tag

MOST_CHANNELS = 500
AUTO_ARCHIVE = frozenset({60, 1440, 4320, 10080})
MOST_SLOW = 21_600


def fields(body: Json, *, thread: bool, topic: int = 1024) -> None:
    """https://docs.discord.com/developers/resources/channel#modify-channel: names, topics, slow mode."""
    faults: list[Fault] = []
    name = body.get("name")
    if name is not None and not 1 <= len(str(name)) <= 100:
        faults.append(Fault(("name",), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length."))
    if len(body.get("topic") or "") > topic:
        faults.append(Fault(("topic",), "BASE_TYPE_MAX_LENGTH", f"Must be {topic} or fewer in length."))
    if not 0 <= (body.get("rate_limit_per_user") or 0) <= MOST_SLOW:
        words = f"int value should be less than or equal to {MOST_SLOW}."
        faults.append(Fault(("rate_limit_per_user",), "NUMBER_TYPE_MAX", words))
    silent = body.get("auto_archive_duration")
    if thread and silent is not None and silent not in AUTO_ARCHIVE:
        words = "Value must be one of (60, 1440, 4320, 10080)."
        faults.append(Fault(("auto_archive_duration",), "BASE_TYPE_CHOICES", words))
    if faults:
        raise forms(faults)


@route("GET", "/channels/{channel}")
def one(call: Call) -> Json:
    """https://docs.discord.com/developers/resources/channel#get-channel"""
    channel, world = places.channel(call), call.discord.world
    if channel.is_thread:
        return shapes.thread(world, channel, reader=world.bot)
    return shapes.channel(world, channel)


@route("PATCH", "/channels/{channel}", limit=(5, 5.0))
def modify(call: Call) -> Json:
    channel, body = places.channel(call), call.fields
    if channel.guild is None:
        raise DiscordError(50024)
    if channel.is_thread:
        return _modify_thread(call, channel, body)
    places.need(call, channel, Can.MANAGE_CHANNELS)
    fields(body, thread=False, topic=4096 if channel.type == FORUM else 1024)
    if "permission_overwrites" in body:
        places.need(call, channel, Can.MANAGE_ROLES)
        channel.overwrites = {each.id: each for each in map(_overwrite, body["permission_overwrites"] or [])}
    _take(channel, body, {"name": "name", "topic": "topic", "position": "position"})
    _take(channel, body, {"parent_id": "parent", "rate_limit_per_user": "slow_mode"})
    if "available_tags" in body:
        channel.tags = [_tag(call, each) for each in body["available_tags"]]
    call.discord.events.of_channel("UPDATE", channel)
    return shapes.channel(call.discord.world, channel)


def _modify_thread(call: Call, thread: Channel, body: Json) -> Json:
    """https://docs.discord.com/developers/topics/threads#editing-deleting-threads"""
    discord, world = call.discord, call.discord.world
    moderates = places.may(call, thread, Can.MANAGE_THREADS)
    owns = thread.owner == world.bot.id
    wakes = body.get("archived") is False
    if thread.archived and not wakes and set(body) - {"archived", "locked"}:
        raise DiscordError(50083)
    if thread.locked and not moderates:
        raise DiscordError(50013)
    for name in body:
        if name in {"locked", "rate_limit_per_user"} or (name == "applied_tags" and not owns):
            allowed = moderates
        elif name == "archived" and wakes:
            # https://docs.discord.com/developers/resources/channel#modify-channel-json-params-thread
            allowed = places.may(call, thread, Can.SEND_MESSAGES_IN_THREADS)
        else:
            allowed = moderates or owns
        if not allowed:
            raise DiscordError(50013)
    fields(body, thread=True)
    if "applied_tags" in body:
        thread.applied_tags = applied_tags(world.channels[thread.parent or ""], body["applied_tags"])
    _take(thread, body, {"name": "name", "rate_limit_per_user": "slow_mode"})
    _take(thread, body, {"auto_archive_duration": "auto_archive", "invitable": "invitable"})
    archived = body.get("archived", thread.archived)
    if archived is True or thread.archived != archived or "auto_archive_duration" in body:
        thread.archived_at = world.wall()
    thread.archived, thread.locked = bool(archived), bool(body.get("locked", thread.locked))
    discord.events.of_thread("UPDATE", thread)
    return shapes.thread(world, thread, reader=world.bot)


def applied_tags(forum: Channel, ids: Any) -> list[str]:
    """At most five, each one of the forum's; one at least where the forum asks for it (`REQUIRE_TAG`)."""
    chosen = [str(each) for each in ids or []]
    known = {each.id for each in forum.tags}
    if len(chosen) > 5:
        raise form(("applied_tags",), "BASE_TYPE_MAX_LENGTH", "Must be 5 or fewer in length.")
    if set(chosen) - known:
        raise DiscordError(10087)
    if forum.flags & 1 << 4 and not chosen:
        raise DiscordError(40067)
    return chosen


def _take(channel: Channel, body: Json, named: dict[str, str]) -> None:
    for given, ours in named.items():
        if given in body:
            value = body[given]
            setattr(channel, ours, (0 if ours == "slow_mode" else value) if value is None else value)


@route("DELETE", "/channels/{channel}", limit=(5, 5.0))
def delete(call: Call) -> Json:
    """https://docs.discord.com/developers/resources/channel#deleteclose-channel"""
    channel, discord = places.channel(call), call.discord
    shape = shapes.channel(discord.world, channel)
    if channel.guild is None:
        del discord.world.dms[channel.recipients[0]]
        discord.world.drop_channel(channel)
        return shape
    places.need(call, channel, Can.MANAGE_THREADS if channel.is_thread else Can.MANAGE_CHANNELS)
    discord.remove_channel(channel)
    return shape


@route("GET", "/guilds/{guild}/channels")
def of_guild(call: Call) -> list[Json]:
    """https://docs.discord.com/developers/resources/guild#get-guild-channels: without threads."""
    return [shapes.channel(call.discord.world, each) for each in places.guild(call).channels.values()]


@route("POST", "/guilds/{guild}/channels", limit=(2, 5.0))
def create(call: Call) -> Reply:
    """https://docs.discord.com/developers/resources/guild#create-guild-channel"""
    guild, body, world = places.guild(call), call.fields, call.discord.world
    places.need_in_guild(call, guild, Can.MANAGE_CHANNELS)
    if not body.get("name"):
        raise form(("name",), "BASE_TYPE_REQUIRED", "This field is required")
    fields(body, thread=False)
    kind = body.get("type", TEXT)
    if kind not in {TEXT, VOICE, CATEGORY, NEWS, FORUM}:
        raise form(("type",), "BASE_TYPE_CHOICES", "Value must be one of (0, 2, 4, 5, 15).")
    if len(guild.channels) >= MOST_CHANNELS:
        raise DiscordError(30013)
    overwrites = [_overwrite(each) for each in body.get("permission_overwrites") or []]
    if overwrites:
        # https://docs.discord.com/developers/resources/guild#create-guild-channel: only what the app itself may
        places.need_in_guild(call, guild, Can.MANAGE_ROLES)
    made = Channel(world.ids.new(), guild.id, kind, str(body["name"]), body.get("topic"), len(guild.channels))
    made.parent = None if body.get("parent_id") is None else str(body["parent_id"])
    made.slow_mode = body.get("rate_limit_per_user") or 0
    made.overwrites = {each.id: each for each in overwrites}
    made.tags = [_tag(call, each) for each in body.get("available_tags") or []]
    world.add_channel(made)
    call.discord.events.of_channel("CREATE", made)
    return Reply(201, shapes.channel(world, made))


@route("PUT", "/channels/{channel}/permissions/{target}", limit=(5, 5.0))
def set_overwrite(call: Call) -> None:
    """https://docs.discord.com/developers/resources/channel#edit-channel-permissions"""
    channel = places.channel(call)
    places.need(call, channel, Can.MANAGE_ROLES)
    given = _overwrite({**call.fields, "id": call.args["target"]})
    channel.overwrites[given.id] = given
    call.discord.events.of_channel("UPDATE", channel)


@route("DELETE", "/channels/{channel}/permissions/{target}", limit=(5, 5.0))
def remove_overwrite(call: Call) -> None:
    channel = places.channel(call)
    places.need(call, channel, Can.MANAGE_ROLES)
    if channel.overwrites.pop(call.args["target"], None) is None:
        raise DiscordError(10009)
    call.discord.events.of_channel("UPDATE", channel)


def _overwrite(given: Json) -> Overwrite:
    return Overwrite(str(given["id"]), int(given["type"]), int(given.get("allow") or 0), int(given.get("deny") or 0))


def _tag(call: Call, given: Json) -> Tag:
    id_ = str(given.get("id") or call.discord.world.ids.new())
    return Tag(id_, str(given["name"]), bool(given.get("moderated")), given.get("emoji_name"))
