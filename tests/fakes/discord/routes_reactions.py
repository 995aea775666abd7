"""Reactions: https://docs.discord.com/developers/resources/message#create-reaction"""

from __future__ import annotations

from tests.fakes.discord import places, shapes
from tests.fakes.discord.errors import DiscordError
from tests.fakes.discord.permissions import Can
from tests.fakes.discord.rest import Call, route
from tests.fakes.discord.state import Json, Message, Person

MOST = 20
"""Different ones on a message."""
ONE = "/channels/{channel}/messages/{message}/reactions/{emoji}"
BUCKET = "reactions"


def _found(call: Call) -> Message:
    channel = places.channel(call)
    if channel.guild is not None:
        places.need(call, channel, Can.READ_MESSAGE_HISTORY)
    return places.message(call, channel)


def _emoji(call: Call) -> str:
    """The sign itself. A server's own emoji (`name:id`) are not there: 10014."""
    given = call.args["emoji"]
    if given.isascii():
        raise DiscordError(10014)
    return given


@route("PUT", ONE + "/@me", limit=(1, 0.25), bucket=BUCKET)
def add(call: Call) -> None:
    message, emoji = _found(call), _emoji(call)
    channel = call.discord.world.channels[message.channel]
    places.awake(call, channel, unlocked=False)
    if emoji not in message.reactions:
        if channel.guild is not None:
            places.need(call, channel, Can.ADD_REACTIONS)
        if len(message.reactions) >= MOST:
            raise DiscordError(30010)
    if message.author.blocked_app:
        raise DiscordError(90001)
    call.discord.posting.react(message, call.discord.world.bot, emoji)


@route("DELETE", ONE + "/@me", limit=(1, 0.25), bucket=BUCKET)
def remove_own(call: Call) -> None:
    _remove(call, call.discord.world.bot)


@route("DELETE", ONE + "/{user}", limit=(1, 0.25), bucket=BUCKET)
def remove(call: Call) -> None:
    """https://docs.discord.com/developers/resources/message#delete-user-reaction"""
    message = _found(call)
    person = call.discord.world.people.get(call.args["user"])
    if person is None:
        raise DiscordError(10013)
    places.need(call, call.discord.world.channels[message.channel], Can.MANAGE_MESSAGES)
    _remove(call, person)


def _remove(call: Call, who: Person) -> None:
    message, emoji = _found(call), _emoji(call)
    places.awake(call, call.discord.world.channels[message.channel], unlocked=False)
    call.discord.posting.unreact(message, who, emoji)


@route("GET", ONE, limit=(10, 5.0))
def listed(call: Call) -> list[Json]:
    """https://docs.discord.com/developers/resources/message#get-reactions: by `after` and `limit` (25, at most 100)."""
    message, emoji = _found(call), _emoji(call)
    after, limit = int(call.query.get("after", 0)), min(int(call.query.get("limit", 25)), 100)
    people = sorted((each for each in message.reactions.get(emoji, [])), key=int)
    return [shapes.user(call.discord.world.people[each]) for each in people if int(each) > after][:limit]


@route("DELETE", "/channels/{channel}/messages/{message}/reactions", limit=(1, 0.25), bucket=BUCKET)
def clear(call: Call) -> None:
    """https://docs.discord.com/developers/resources/message#delete-all-reactions"""
    message = _found(call)
    places.need(call, call.discord.world.channels[message.channel], Can.MANAGE_MESSAGES)
    message.reactions.clear()
    call.discord.events.reacted("MESSAGE_REACTION_REMOVE_ALL", message, {}, None)


@route("DELETE", ONE, limit=(1, 0.25), bucket=BUCKET)
def clear_one(call: Call) -> None:
    """https://docs.discord.com/developers/resources/message#delete-all-reactions-for-emoji"""
    message, emoji = _found(call), _emoji(call)
    places.need(call, call.discord.world.channels[message.channel], Can.MANAGE_MESSAGES)
    if message.reactions.pop(emoji, None) is not None:
        about = {"emoji": {"id": None, "name": emoji}}
        call.discord.events.reacted("MESSAGE_REACTION_REMOVE_EMOJI", message, about, None)
