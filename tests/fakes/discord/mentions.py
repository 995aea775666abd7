"""Whom a message mentions and whom it notifies.

https://docs.discord.com/developers/resources/message#allowed-mentions-object
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.fakes.discord.permissions import Can
from tests.fakes.discord.state import Channel, Json, Person

if TYPE_CHECKING:
    from tests.fakes.discord.world import World

CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
MENTION = re.compile(r"<@!?(\d+)>")
ROLE = re.compile(r"<@&(\d+)>")
EVERYBODY = re.compile(r"@(everyone|here)\b")


@dataclass
class Mentioned:
    people: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    everyone: bool = False
    pinged: set[str] = field(default_factory=set)


def find(
    world: World,
    channel: Channel,
    author: Person,
    words: str,
    allowed: Json | None,
    replied_to: Person | None = None,
) -> Mentioned:
    """Without `allowed` everything that is written counts. What stands in code does not. Whom `allowed`
    leaves out stands in no `mentions` either: https://github.com/discord/discord-api-docs/issues/2126"""
    plain = CODE.sub(" ", words)
    found = Mentioned()
    found.people = [each for each in _unique(MENTION, plain) if each in world.people and _may(allowed, "users", each)]
    if replied_to is not None and (allowed is None or allowed.get("replied_user")) and replied_to is not author:
        found.people = list(dict.fromkeys([*found.people, replied_to.id]))
    guild = world.guild_of(channel)
    # who is not there is not mentioned: https://github.com/discord/discord-api-docs/issues/979
    inside = {*channel.recipients, world.bot.id} if guild is None else set(guild.members)
    found.people = [each for each in found.people if each in inside]
    if guild is None:
        found.pinged = set(found.people) - {author.id}
        return found
    loud = world.may(author, channel, Can.MENTION_EVERYONE)
    for each in _unique(ROLE, plain):
        role = guild.roles.get(each)
        if role is not None and _may(allowed, "roles", each):
            found.roles.append(each)
            if loud or role.mentionable:
                found.pinged |= {one.person.id for one in guild.members.values() if each in one.roles}
    if EVERYBODY.search(plain) and loud and (allowed is None or "everyone" in (allowed.get("parse") or [])):
        found.everyone = True
        found.pinged |= set(guild.members)
    found.pinged |= set(found.people)
    found.pinged = {each for each in found.pinged if each != author.id and _reads(world, channel, each)}
    return found


def _reads(world: World, channel: Channel, who: str) -> bool:
    place = world.channels[channel.parent] if channel.is_thread and channel.parent else channel
    return world.may(who, place, Can.VIEW_CHANNEL)


def _may(allowed: Json | None, kind: str, id_: str) -> bool:
    if allowed is None or kind in (allowed.get("parse") or []):
        return True
    return id_ in {str(each) for each in allowed.get(kind) or []}


def _unique(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    yield from dict.fromkeys(pattern.findall(text))


def said(components: list[Json]) -> str:
    """All text displays of a message, which mention as content does:
    https://docs.discord.com/developers/components/reference#text-display"""
    words: list[str] = []
    for each in components:
        if each.get("type") == 10:
            words.append(str(each.get("content", "")))
        words.append(said(each.get("components") or []))
    return "\n".join(word for word in words if word)
