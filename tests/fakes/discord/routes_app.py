"""The app itself, where its gateway is, and the people it speaks to directly."""

from __future__ import annotations

from tests.fakes.discord import guild_shapes, places, shapes
from tests.fakes.discord.errors import DiscordError, form
from tests.fakes.discord.gateway import STARTS_A_DAY
from tests.fakes.discord.rest import Call, route
from tests.fakes.discord.state import Json

DMS_A_DAY = 1000
"""People that an app may open a conversation with in a day before it is held back. Discord says only "a significant
amount of DMs too quickly": https://docs.discord.com/developers/resources/user#create-dm"""
A_SHARD = 1000
"""Servers for which one more shard is advised."""


@route("GET", "/gateway", authorised=False)
def gateway(call: Call) -> Json:
    """https://docs.discord.com/developers/events/gateway#get-gateway"""
    return {"url": call.discord.gateway_url}


@route("GET", "/gateway/bot", limit=(2, 5.0))
def gateway_bot(call: Call) -> Json:
    """https://docs.discord.com/developers/events/gateway#get-gateway-bot"""
    mine = sum(1 for each in call.discord.world.guilds.values() if each.has_app)
    limit = {"total": STARTS_A_DAY, "remaining": call.discord.gateway.starts_left, "reset_after": 86_400_000}
    return {
        "url": call.discord.gateway_url,
        "shards": mine // A_SHARD + 1,
        "session_start_limit": limit | {"max_concurrency": 1},
    }


@route("GET", "/users/@me")
def me(call: Call) -> Json:
    """https://docs.discord.com/developers/resources/user#get-current-user"""
    more = {"verified": True, "mfa_enabled": False, "email": None, "locale": "en-US", "flags": 0}
    return shapes.user(call.discord.world.bot) | more


@route("GET", "/oauth2/applications/@me")
def application(call: Call) -> Json:
    """https://docs.discord.com/developers/topics/oauth2#get-current-bot-application-information"""
    return _application(call)


@route("GET", "/applications/@me")
def current_application(call: Call) -> Json:
    """https://docs.discord.com/developers/resources/application#get-current-application"""
    return _application(call)


def _application(call: Call) -> Json:
    app, world = call.discord.app, call.discord.world
    return {
        "id": app.id,
        "name": app.name,
        "icon": None,
        "description": "",
        "summary": "",
        "type": None,
        "bot_public": False,
        "bot_require_code_grant": False,
        "verify_key": app.public_key,
        "owner": shapes.user(app.owner),
        "team": None,
        "flags": guild_shapes.app_flags(app),
        "approximate_guild_count": sum(1 for each in world.guilds.values() if each.has_app),
        "bot": shapes.user(app.bot),
        "hook": True,
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "integration_types_config": {"0": {}},
        **world.portal,
    }


@route("POST", "/users/@me/channels", limit=(10, 10.0))
def open_dm(call: Call) -> Json:
    """https://docs.discord.com/developers/resources/user#create-dm: the conversation opens also with somebody who takes
    no messages; only sending is refused."""
    discord, world = call.discord, call.discord.world
    wanted = str(call.fields.get("recipient_id") or "")
    if not wanted.isdecimal():
        raise form(("recipient_id",), "BASE_TYPE_REQUIRED", "This field is required")
    person = world.people.get(wanted)
    if person is None:
        raise DiscordError(10013)
    if person.bot:
        raise DiscordError(50007)
    if world.dm(person) is None:
        if discord.pacing.enabled and discord.counters.dms_opened >= DMS_A_DAY:
            raise DiscordError(40003)
        discord.counters.dms_opened += 1
    return shapes.channel(world, world.open_dm(person))


@route("GET", "/users/@me/guilds")
def guilds(call: Call) -> list[Json]:
    """https://docs.discord.com/developers/resources/user#get-current-user-guilds"""
    world = call.discord.world
    after, limit = int(call.query.get("after", 0)), min(int(call.query.get("limit", 200)), 200)
    mine = [each for each in world.guilds.values() if each.has_app and int(each.id) > after]
    return [guild_shapes.guild(each, each.members[world.bot.id]) for each in mine[:limit]]


@route("DELETE", "/users/@me/guilds/{guild}")
def leave(call: Call) -> None:
    """https://docs.discord.com/developers/resources/user#leave-guild"""
    guild = places.guild(call)
    call.discord.remove_app(guild)


@route("GET", "/users/{user}")
def user(call: Call) -> Json:
    """https://docs.discord.com/developers/resources/user#get-user"""
    person = call.discord.world.people.get(call.args["user"])
    if person is None:
        raise DiscordError(10013)
    return shapes.user(person)
