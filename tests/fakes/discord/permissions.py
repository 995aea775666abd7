"""Who may do what where: https://docs.discord.com/developers/topics/permissions#permission-overwrites"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntFlag

from tests.fakes.discord.state import Channel, Guild, Member


class Can(IntFlag):
    """https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags (those used here)"""

    CREATE_INSTANT_INVITE = 1 << 0
    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_AUDIT_LOG = 1 << 7
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    CONNECT = 1 << 20
    SPEAK = 1 << 21
    CHANGE_NICKNAME = 1 << 26
    MANAGE_NICKNAMES = 1 << 27
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_EVENTS = 1 << 33
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40
    SEND_POLLS = 1 << 49
    USE_EXTERNAL_APPS = 1 << 50
    PIN_MESSAGES = 1 << 51
    BYPASS_SLOWMODE = 1 << 52


EVERYTHING = (1 << 53) - 1
USUAL = (
    Can.CREATE_INSTANT_INVITE
    | Can.ADD_REACTIONS
    | Can.VIEW_CHANNEL
    | Can.SEND_MESSAGES
    | Can.EMBED_LINKS
    | Can.ATTACH_FILES
    | Can.READ_MESSAGE_HISTORY
    | Can.USE_EXTERNAL_EMOJIS
    | Can.CONNECT
    | Can.SPEAK
    | Can.CHANGE_NICKNAME
    | Can.USE_APPLICATION_COMMANDS
    | Can.CREATE_PUBLIC_THREADS
    | Can.CREATE_PRIVATE_THREADS
    | Can.SEND_MESSAGES_IN_THREADS
    | Can.SEND_POLLS
    | Can.USE_EXTERNAL_APPS
)
"""What @everyone has in a new server."""

DIRECT = (
    Can.VIEW_CHANNEL
    | Can.SEND_MESSAGES
    | Can.EMBED_LINKS
    | Can.ATTACH_FILES
    | Can.READ_MESSAGE_HISTORY
    | Can.ADD_REACTIONS
    | Can.USE_EXTERNAL_EMOJIS
    | Can.USE_APPLICATION_COMMANDS
)
"""In a direct conversation, which has no roles."""

NAMES: dict[str, Can] = {each.name.casefold(): each for each in Can if each.name}


def bits(wanted: int | Iterable[str]) -> int:
    """Permissions by number or by discord.py's names (`["send_messages", "view_channel"]`)."""
    if isinstance(wanted, int):
        return int(wanted)
    total = 0
    for name in wanted:
        total |= NAMES[name.casefold()]
    return total


def in_guild(guild: Guild, member: Member) -> int:
    """What somebody's roles give them in the whole server."""
    if guild.owner == member.person.id:
        return EVERYTHING
    total = guild.everyone.permissions
    for role in member.roles:
        total |= guild.roles[role].permissions
    return EVERYTHING if total & Can.ADMINISTRATOR else total


def in_channel(guild: Guild, member: Member, channel: Channel, now: float) -> int:
    """The server's, then the channel's overwrites: @everyone, the roles together, the member. A thread has its
    parent's."""
    total = in_guild(guild, member)
    if total == EVERYTHING:
        return EVERYTHING
    place = guild.channels[channel.parent] if channel.is_thread and channel.parent else channel
    total = _applied(total, place, [guild.id])
    total = _applied(total, place, member.roles)
    total = _applied(total, place, [member.person.id])
    # https://docs.discord.com/developers/topics/permissions#implicit-permissions
    if not total & Can.VIEW_CHANNEL:
        return 0
    if not total & Can.SEND_MESSAGES and not channel.is_thread:
        total &= ~(Can.MENTION_EVERYONE | Can.ATTACH_FILES | Can.EMBED_LINKS | Can.SEND_TTS_MESSAGES)
    # https://docs.discord.com/developers/topics/permissions#permissions-for-timed-out-members
    if member.silenced_until is not None and member.silenced_until > now:
        total &= Can.VIEW_CHANNEL | Can.READ_MESSAGE_HISTORY
    return total


def _applied(total: int, channel: Channel, ids: list[str]) -> int:
    allow = deny = 0
    for each in ids:
        found = channel.overwrites.get(each)
        if found is not None:
            allow |= found.allow
            deny |= found.deny
    return (total & ~deny) | allow
