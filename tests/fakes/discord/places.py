"""Which channel, message or member the app means, and whether it may act there. Used by the routes.

The documentation names the permissions of each route but not always the code of the refusal; taken is what clients
meet: 50001 where the app does not see the place, 50013 where it sees it but may not do this.
"""

from __future__ import annotations

from tests.fakes.discord.errors import DiscordError
from tests.fakes.discord.permissions import Can
from tests.fakes.discord.rest import Call
from tests.fakes.discord.state import CATEGORY, FORUM, Channel, Guild, Member, Message, Person


def guild(call: Call) -> Guild:
    """10004 for one that the app is not in, or that is down."""
    found = call.discord.world.guilds.get(call.args["guild"])
    if found is None or not found.has_app or found.unavailable:
        raise DiscordError(10004)
    return found


def channel(call: Call, name: str = "channel") -> Channel:
    """One that the app sees: 10003 when it is not there, 50001 when it is not seen."""
    world = call.discord.world
    found = world.channels.get(call.args[name])
    if found is None:
        raise DiscordError(10003)
    if not world.may(world.bot, found, Can.VIEW_CHANNEL):
        raise DiscordError(50001)
    return found


def need(call: Call, where: Channel, right: Can) -> None:
    """50013 unless the app may."""
    world = call.discord.world
    if not world.may(world.bot, where, right):
        raise DiscordError(50013)


def may(call: Call, where: Channel, right: Can) -> bool:
    return call.discord.world.may(call.discord.world.bot, where, right)


def need_in_guild(call: Call, where: Guild, right: Can) -> None:
    from tests.fakes.discord import permissions

    if permissions.in_guild(where, where.members[call.discord.world.bot.id]) & right != right:
        raise DiscordError(50013)


def message(call: Call, where: Channel, name: str = "message") -> Message:
    found = where.messages.get(call.args[name])
    if found is None:
        raise DiscordError(10008)
    return found


def member(call: Call, where: Guild) -> Member:
    found = where.members.get(call.args["user"])
    if found is None:
        raise DiscordError(10007 if call.args["user"] in call.discord.world.people else 10013)
    return found


def to_write(call: Call, where: Channel) -> None:
    """Whether a message of the app can come to stand there."""
    if where.type in {FORUM, CATEGORY}:
        raise DiscordError(50008)
    if where.guild is None:
        reachable(call, call.discord.world.people[where.recipients[0]])
        return
    need(call, where, Can.SEND_MESSAGES_IN_THREADS if where.is_thread else Can.SEND_MESSAGES)
    if where.locked and not may(call, where, Can.MANAGE_THREADS):
        # https://docs.discord.com/developers/topics/threads#locked-threads
        raise DiscordError(50083 if where.archived else 160005)


def awake(call: Call, where: Channel, *, unlocked: bool = True) -> None:
    """In an archived thread nothing but deleting goes, in a locked one nothing is written:
    https://docs.discord.com/developers/topics/threads#locked-threads"""
    if where.archived:
        raise DiscordError(50083)
    if unlocked and where.locked and not may(call, where, Can.MANAGE_THREADS):
        raise DiscordError(160005)


def reachable(call: Call, person: Person) -> None:
    """Whether a direct message of the app gets there."""
    if not call.discord.world.shared(person):
        raise DiscordError(50278)
    if person.dms_closed or person.blocked_app:
        raise DiscordError(50007)
