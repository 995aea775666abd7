"""What people type becomes what messages carry: https://docs.discord.com/developers/reference#message-formatting"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.fakes.discord.state import Channel

if TYPE_CHECKING:
    from tests.fakes.discord.world import World


def typed(world: World, channel: Channel, text: str) -> str:
    """`@Anna` -> `<@1234>`, `#general` -> `<#1234>`, `@moderators` -> `<@&1234>`; the longest name counts."""
    if "@" not in text and "#" not in text:
        return text
    guild = world.guild_of(channel)
    names: dict[str, str] = {f"@{world.bot.shown}": f"<@{world.bot.id}>"}
    if guild is None:
        names |= {f"@{world.people[each].shown}": f"<@{each}>" for each in channel.recipients}
    else:
        names |= {f"#{each.name}": f"<#{each.id}>" for each in guild.channels.values()}
        names |= {f"@{each.name}": f"<@&{each.id}>" for each in guild.roles.values() if each.id != guild.id}
        names |= {f"@{each.name}": f"<@{each.person.id}>" for each in guild.members.values()}
    folded = {name.casefold(): written for name, written in names.items()}
    longest = sorted(folded, key=len, reverse=True)
    pattern = re.compile("|".join(f"{re.escape(each)}(?!\\w)" for each in longest), re.IGNORECASE)
    return pattern.sub(lambda match: folded[match.group().casefold()], text)
