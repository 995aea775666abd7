"""Threads and posts in forums: https://docs.discord.com/developers/resources/channel#start-thread-from-message"""

from __future__ import annotations

from datetime import datetime

from tests.fakes.discord import opening, places, shapes
from tests.fakes.discord.errors import DiscordError, form
from tests.fakes.discord.permissions import Can
from tests.fakes.discord.rest import Call, Reply, route
from tests.fakes.discord.routes_channels import applied_tags, fields
from tests.fakes.discord.routes_messages import checked, shape
from tests.fakes.discord.state import DM, FORUM, NEWS, PRIVATE_THREAD, PUBLIC_THREAD, TEXT, Channel, Json

ABOVE = "/channels/{channel}"


def _named(call: Call, channel: Channel) -> Json:
    body = call.fields
    if not body.get("name"):
        raise form(("name",), "BASE_TYPE_REQUIRED", "This field is required")
    fields(body, thread=True)
    if channel.guild is not None and len(call.discord.opening.active(channel.guild)) >= opening.MOST_ACTIVE:
        raise DiscordError(160006)
    return body


def _times(body: Json) -> dict[str, int]:
    return {"silent": body.get("auto_archive_duration") or 4320, "slow": body.get("rate_limit_per_user") or 0}


@route("POST", ABOVE + "/messages/{message}/threads", limit=(5, 5.0), bucket="threads")
def from_message(call: Call) -> Reply:
    """https://docs.discord.com/developers/resources/channel#start-thread-from-message"""
    channel, discord = places.channel(call), call.discord
    if channel.type not in {TEXT, NEWS}:
        raise DiscordError(50024)
    places.need(call, channel, Can.CREATE_PUBLIC_THREADS)
    places.need(call, channel, Can.READ_MESSAGE_HISTORY)
    message = places.message(call, channel)
    body = _named(call, channel)
    if message.thread is not None:
        raise DiscordError(160004)
    if message.type not in {0, 19, 20, 23}:
        raise DiscordError(50021)
    made = discord.opening.from_message(message, discord.world.bot, str(body["name"]), **_times(body))
    return Reply(201, shapes.thread(discord.world, made, reader=discord.world.bot))


@route("POST", ABOVE + "/threads", limit=(5, 5.0), bucket="threads")
def start(call: Call) -> Reply:
    """https://docs.discord.com/developers/resources/channel#start-thread-without-message, and in forums
    https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel"""
    channel, discord = places.channel(call), call.discord
    bot = discord.world.bot
    if channel.type == FORUM:
        return _post(call, channel)
    if channel.type not in {TEXT, NEWS}:
        raise DiscordError(50024)
    body = _named(call, channel)
    # "type … defaults to PRIVATE_THREAD"
    kind = body.get("type", PRIVATE_THREAD)
    private = kind == PRIVATE_THREAD
    if (private and channel.type == NEWS) or (not private and kind not in {10, PUBLIC_THREAD}):
        raise form(("type",), "BASE_TYPE_CHOICES", "Value must be one of (10, 11, 12).")
    places.need(call, channel, Can.CREATE_PRIVATE_THREADS if private else Can.CREATE_PUBLIC_THREADS)
    times, open_ = _times(body), bool(body.get("invitable", True))
    made = discord.opening.without_message(
        channel, bot, str(body["name"]), private=private, invitable=open_, silent=times["silent"], slow=times["slow"]
    )
    return Reply(201, shapes.thread(discord.world, made, reader=bot))


def _post(call: Call, forum: Channel) -> Reply:
    """Its first message is checked before anything stands."""
    discord, bot = call.discord, call.discord.world.bot
    places.need(call, forum, Can.SEND_MESSAGES)
    body = _named(call, forum)
    if not isinstance(body.get("message"), dict):
        raise form(("message",), "BASE_TYPE_REQUIRED", "This field is required")
    tags = applied_tags(forum, body.get("applied_tags"))

    def place() -> Channel:
        return discord.opening.post(forum, bot, str(body["name"]), tags=tags, **_times(body))

    message = checked(call, forum, body["message"], in_new=place)
    made = discord.world.channels[message.channel]
    return Reply(201, shapes.thread(discord.world, made, reader=bot) | {"message": shape(call, message)})


# -- who is in it


def _thread(call: Call) -> Channel:
    thread = places.channel(call)
    if not thread.is_thread:
        raise DiscordError(50024)
    return thread


@route("PUT", ABOVE + "/thread-members/@me")
def join(call: Call) -> None:
    thread = _thread(call)
    places.awake(call, thread)
    call.discord.posting.join_thread(thread, [call.discord.world.bot.id])


@route("PUT", ABOVE + "/thread-members/{user}")
def add(call: Call) -> None:
    """https://docs.discord.com/developers/resources/channel#add-thread-member: who may write there may add.

    "invitable: whether non-moderators can add other non-moderators": taken that who opened the thread always may, as
    Discord's client has it.
    """
    thread, world = _thread(call), call.discord.world
    places.awake(call, thread)
    places.need(call, thread, Can.SEND_MESSAGES_IN_THREADS)
    closed = thread.type == PRIVATE_THREAD and not thread.invitable and thread.owner != world.bot.id
    if closed and not places.may(call, thread, Can.MANAGE_THREADS):
        raise DiscordError(50013)
    guild = world.guilds[thread.guild or ""]
    member = places.member(call, guild)
    if not world.may(member, world.channels[thread.parent or ""], Can.VIEW_CHANNEL):
        raise DiscordError(50001)
    call.discord.opening.add(thread, world.bot, member.person.id)


@route("DELETE", ABOVE + "/thread-members/@me")
def leave(call: Call) -> None:
    thread = _thread(call)
    places.awake(call, thread)
    call.discord.opening.leave(thread, call.discord.world.bot.id)


@route("DELETE", ABOVE + "/thread-members/{user}")
def remove(call: Call) -> None:
    """https://docs.discord.com/developers/resources/channel#remove-thread-member"""
    thread = _thread(call)
    places.awake(call, thread)
    owns = thread.type == PRIVATE_THREAD and thread.owner == call.discord.world.bot.id
    if not owns:
        places.need(call, thread, Can.MANAGE_THREADS)
    call.discord.opening.remove(thread, call.discord.world.bot, call.args["user"])


@route("GET", ABOVE + "/thread-members")
def members(call: Call) -> list[Json]:
    """Needs the members intent: https://docs.discord.com/developers/resources/channel#list-thread-members"""
    thread = _thread(call)
    if "members" not in call.discord.app.intents_allowed:
        raise DiscordError(50001)
    return [_member(call, thread, each) for each in thread.members]


@route("GET", ABOVE + "/thread-members/{user}")
def member(call: Call) -> Json:
    thread = _thread(call)
    if call.args["user"] not in thread.members:
        raise DiscordError(10007)
    return _member(call, thread, call.args["user"])


def _member(call: Call, thread: Channel, who: str) -> Json:
    about = shapes.thread_member(thread, thread.members[who])
    if call.flag("with_member"):
        guild = call.discord.world.guilds[thread.guild or ""]
        about["member"] = shapes.member(guild.members[who])
    return about


# -- which there are


@route("GET", "/guilds/{guild}/threads/active")
def active(call: Call) -> Json:
    """https://docs.discord.com/developers/resources/guild#list-active-guild-threads"""
    guild, world = places.guild(call), call.discord.world
    found = [each for each in call.discord.opening.active(guild.id) if world.may(world.bot, each, Can.VIEW_CHANNEL)]
    return _list(call, sorted(found, key=lambda each: -int(each.id)))


@route("GET", ABOVE + "/threads/archived/public")
def archived_public(call: Call) -> Json:
    return _archived(call, private=False)


@route("GET", ABOVE + "/threads/archived/private")
def archived_private(call: Call) -> Json:
    """https://docs.discord.com/developers/resources/channel#list-private-archived-threads"""
    places.need(call, places.channel(call), Can.MANAGE_THREADS)
    return _archived(call, private=True)


@route("GET", ABOVE + "/users/@me/threads/archived/private")
def archived_joined(call: Call) -> Json:
    """https://docs.discord.com/developers/resources/channel#list-joined-private-archived-threads: `before` is an id."""
    channel, world = places.channel(call), call.discord.world
    places.need(call, channel, Can.READ_MESSAGE_HISTORY)
    before = int(call.query.get("before", 2**63))
    found = [each for each in _sleeping(call, channel, private=True) if world.bot.id in each.members]
    found = [each for each in found if int(each.id) < before]
    return _page(call, sorted(found, key=lambda each: -int(each.id)))


def _archived(call: Call, *, private: bool) -> Json:
    """`before` is a moment: https://docs.discord.com/developers/resources/channel#list-public-archived-threads"""
    channel = places.channel(call)
    places.need(call, channel, Can.READ_MESSAGE_HISTORY)
    found = _sleeping(call, channel, private=private)
    before = call.query.get("before")
    if before is not None:
        mark = datetime.fromisoformat(before).timestamp()
        found = [each for each in found if each.archived_at < mark]
    return _page(call, sorted(found, key=lambda each: -each.archived_at))


def _sleeping(call: Call, channel: Channel, *, private: bool) -> list[Channel]:
    if channel.type == DM or channel.guild is None:
        raise DiscordError(50024)
    guild = call.discord.world.guilds[channel.guild]
    every = [each for each in guild.threads.values() if each.parent == channel.id and each.archived]
    return [each for each in every if (each.type == PRIVATE_THREAD) is private]


def _page(call: Call, found: list[Channel]) -> Json:
    limit = min(int(call.query.get("limit", 50)), 100)
    return _list(call, found[:limit]) | {"has_more": len(found) > limit}


def _list(call: Call, found: list[Channel]) -> Json:
    world = call.discord.world
    mine = [each for each in found if world.bot.id in each.members]
    return {
        "threads": [shapes.thread(world, each, reader=world.bot) for each in found],
        "members": [shapes.thread_member(each, each.members[world.bot.id]) for each in mine],
    }
