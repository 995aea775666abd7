"""Servers, members and roles: https://docs.discord.com/developers/resources/guild"""

from __future__ import annotations

from tests.fakes.discord import guild_shapes, places, shapes
from tests.fakes.discord.errors import DiscordError, form
from tests.fakes.discord.permissions import Can
from tests.fakes.discord.rest import Call, route
from tests.fakes.discord.state import Guild, Json, Role


@route("GET", "/guilds/{guild}")
def one(call: Call) -> Json:
    guild = places.guild(call)
    shape = guild_shapes.guild(guild)
    if call.flag("with_counts"):
        shape |= {"approximate_member_count": len(guild.members), "approximate_presence_count": 1}
    return shape


@route("GET", "/guilds/{guild}/members", limit=(10, 10.0))
def members(call: Call) -> list[Json]:
    """https://docs.discord.com/developers/resources/guild#list-guild-members: needs the members intent; by `after` and
    `limit` (1, at most 1000)."""
    guild = places.guild(call)
    if "members" not in call.discord.app.intents_allowed:
        raise DiscordError(50001)
    limit = int(call.query.get("limit", 1))
    if not 1 <= limit <= 1000:
        raise form(("limit",), "NUMBER_TYPE_MAX", "int value should be less than or equal to 1000.")
    after = int(call.query.get("after", 0))
    found = sorted((each for each in guild.members.values()), key=lambda each: int(each.person.id))
    return [shapes.member(each) for each in found if int(each.person.id) > after][:limit]


@route("GET", "/guilds/{guild}/members/search", limit=(10, 10.0))
def search(call: Call) -> list[Json]:
    """https://docs.discord.com/developers/resources/guild#search-guild-members: whose name or nickname begins so."""
    guild, query = places.guild(call), call.query.get("query", "").casefold()
    if not query:
        raise form(("query",), "BASE_TYPE_REQUIRED", "This field is required")
    limit = min(int(call.query.get("limit", 1)), 1000)
    found = [
        each
        for each in guild.members.values()
        if any(name.casefold().startswith(query) for name in (each.person.name, each.person.shown, each.nick or ""))
    ]
    return [shapes.member(each) for each in found[:limit]]


@route("GET", "/guilds/{guild}/members/{user}", limit=(5, 1.0))
def member(call: Call) -> Json:
    return shapes.member(places.member(call, places.guild(call)))


@route("GET", "/guilds/{guild}/roles")
def roles(call: Call) -> list[Json]:
    return [shapes.role(each) for each in places.guild(call).roles.values()]


@route("PUT", "/guilds/{guild}/members/{user}/roles/{role}", limit=(10, 10.0))
def give_role(call: Call) -> None:
    """https://docs.discord.com/developers/resources/guild#add-guild-member-role"""
    guild = places.guild(call)
    member, role = places.member(call, guild), _role(call, guild)
    if role.id not in member.roles:
        member.roles.append(role.id)
        call.discord.events.of_member("UPDATE", guild, member)


@route("DELETE", "/guilds/{guild}/members/{user}/roles/{role}", limit=(10, 10.0))
def take_role(call: Call) -> None:
    guild = places.guild(call)
    member, role = places.member(call, guild), _role(call, guild)
    if role.id in member.roles:
        member.roles.remove(role.id)
        call.discord.events.of_member("UPDATE", guild, member)


def _role(call: Call, guild: Guild) -> Role:
    """A role that the app may give: below its own highest one, none that came with a bot.
    https://docs.discord.com/developers/topics/permissions#permission-hierarchy"""
    places.need_in_guild(call, guild, Can.MANAGE_ROLES)
    role = guild.roles.get(call.args["role"])
    if role is None:
        raise DiscordError(10011)
    mine = guild.members[call.discord.world.bot.id].roles
    highest = max((guild.roles[each].position for each in mine), default=0)
    if role.position >= highest or role.managed_by is not None or role.id == guild.id:
        raise DiscordError(50013)
    return role
