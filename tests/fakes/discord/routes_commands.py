"""Registering commands, for all servers or for one:
https://docs.discord.com/developers/interactions/application-commands#get-global-application-commands"""

from __future__ import annotations

from tests.fakes.discord.commands import GLOBALLY
from tests.fakes.discord.errors import DiscordError
from tests.fakes.discord.rest import Call, Reply, route
from tests.fakes.discord.state import Json

EVERYWHERE = "/applications/{application}/commands"
IN_SERVER = "/applications/{application}/guilds/{guild}/commands"
TRANSLATIONS = ("name_localizations", "description_localizations")


def _scope(call: Call) -> str:
    if call.args["application"] != call.discord.world.app.id:
        # the application of another is not the token's
        raise DiscordError(20012, "You are not authorized to perform this action on this application", status=403)
    if "guild" not in call.args:
        return GLOBALLY
    guild = call.discord.world.guilds.get(call.args["guild"])
    if guild is None or not guild.has_app:
        raise DiscordError(50001)
    return guild.id


def _plain(command: Json) -> Json:
    """Without the dictionaries of translations, in every option too:
    https://docs.discord.com/developers/interactions/application-commands#retrieving-localized-commands"""
    shape = {name: value for name, value in command.items() if name not in TRANSLATIONS}
    for name in ("options", "choices"):
        if name in shape:
            shape[name] = [_plain(each) for each in shape[name]]
    return shape


@route("GET", EVERYWHERE)
@route("GET", IN_SERVER)
def several(call: Call) -> list[Json]:
    found = call.discord.commands.all(_scope(call))
    return found if call.flag("with_localizations") else [_plain(each) for each in found]


@route("PUT", EVERYWHERE)
@route("PUT", IN_SERVER)
def overwrite(call: Call) -> list[Json]:
    return call.discord.commands.replace(_scope(call), call.body)


@route("POST", EVERYWHERE)
@route("POST", IN_SERVER)
def create(call: Call) -> Reply:
    made, new = call.discord.commands.add(_scope(call), call.fields)
    return Reply(201 if new else 200, made)


@route("GET", EVERYWHERE + "/{command}")
@route("GET", IN_SERVER + "/{command}")
def one(call: Call) -> Json:
    return call.discord.commands.one(_scope(call), call.args["command"])


@route("PATCH", EVERYWHERE + "/{command}")
@route("PATCH", IN_SERVER + "/{command}")
def edit(call: Call) -> Json:
    return call.discord.commands.change(_scope(call), call.args["command"], call.fields)


@route("DELETE", EVERYWHERE + "/{command}")
@route("DELETE", IN_SERVER + "/{command}")
def delete(call: Call) -> None:
    call.discord.commands.drop(_scope(call), call.args["command"])
