"""What `kring doctor` finds at Discord: which token, intent, permission or setting is missing, and where to click."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from adapters.discord.calling import PATIENT, Calling
from adapters.discord.commands import payload
from adapters.discord.cures import APP, BOT, TOKEN, sentence
from adapters.discord.faults import NO_CHANNEL, code_of
from adapters.discord.intents import not_switched_on, not_used
from adapters.discord.invite import url
from adapters.discord.login import proxy_for, rest_now
from adapters.discord.members import MEMBER
from adapters.discord.rights import granted, lacking
from adapters.discord.sync import COMMANDS, same
from adapters.found import Found
from bot.chat.commands import Command
from bot.errors import PlatformRefusal, PlatformTrouble, SettingsFault
from bot.missing import of_discord
from bot.settings import Settings

PAGE = 200
"""Servers told at once. https://docs.discord.com/developers/resources/user#get-current-user-guilds (2026-11-26)"""
NAMED = 10
"""Servers that are named; of the others only the number."""
HELLO = 10
FEW = 20
"""When only this part of the sessions is left, something is wrong."""

Json = dict[str, Any]


class Deaf:
    """Keeps no pace: a few calls, one after the other; discord.py follows the limits that Discord tells."""

    def heard(self, route: str, place: str, left: int, seconds: float) -> None: ...
    def refused(self, route: str, place: str, seconds: float, *, everything: bool) -> None: ...
    def answered(self, status: int) -> None: ...


async def examine(
    settings: Settings,
    commands: Iterable[Command],
    *,
    homes: Mapping[str, str] | None,
    now: Callable[[], datetime],
) -> list[Found]:
    """Everything that is wrong, or that all is fine. `homes` are the home channels by server; None: not known."""
    discord = settings.discord
    found = [Found(fault) for fault in of_discord(settings)]
    if discord.token is None:
        hint = f"not switched on; {TOKEN} does, and docs/start/discord.md says where it is found"
        return found or [Found(hint, wrong=False)]
    token = discord.token.get_secret_value()
    try:
        async with rest_now(token, discord.api_url, discord.gateway_url, proxy_for(discord.api_url), now) as client:
            calling = Calling(client, Deaf(), now)
            found += await _app(settings, calling)
            found += await _sessions(calling, now)
            found += [each async for each in _commands(calling, payload(commands))]
            found += await _servers(calling, homes)
    except SettingsFault as fault:
        return [*found, *map(Found, fault.faults)]
    except (PlatformTrouble, PlatformRefusal) as error:
        return [*found, Found(sentence(error, discord.api_url))]
    found += await _connects(discord.gateway_url, proxy_for(discord.gateway_url))
    if not any(each.wrong for each in found):
        found.insert(0, Found("fine", wrong=False))
    return found


# -- the app


async def _app(settings: Settings, calling: Calling) -> list[Found]:
    discord = settings.discord
    app = await calling.ask("GET", "/applications/@me")
    flags, chosen = int(app.get("flags") or 0), (discord.message_content, discord.members)
    found = [Found(words) for words in not_switched_on(flags, message_content=chosen[0], members=chosen[1])]
    found += [Found(words, wrong=False) for words in not_used(flags, message_content=chosen[0], members=chosen[1])]
    if not any(chosen):
        found.append(Found("light mode, which needs no privileged intent", wrong=False))
    if app.get("interactions_endpoint_url"):
        found.append(
            Found(
                "Discord sends commands and buttons to an Interactions Endpoint URL, so Kring hears none of them; "
                f"empty that field: {APP} -> General Information"
            )
        )
    if app.get("bot_require_code_grant"):
        found.append(Found(f"the app asks for an OAuth2 code grant, so the link lets nobody in; switch it off: {BOT}"))
    if "0" not in (app.get("integration_types_config") or {"0": {}}):
        place = f"{APP} -> Installation -> Installation Contexts"
        found.append(Found(f"servers cannot install the app; tick Guild Install: {place}"))
    return found


async def _sessions(calling: Calling, now: Callable[[], datetime]) -> list[Found]:
    """When none is left, Discord makes the token void: https://docs.discord.com/developers/events/gateway#rate-limiting

    https://docs.discord.com/developers/events/gateway#session-start-limit-object (2026-11-26)
    """
    said = await calling.ask("GET", "/gateway/bot")
    limit = said["session_start_limit"]
    left, total = int(limit["remaining"]), int(limit["total"])
    if left > max(int(said["shards"]), total // FEW):
        return [Found(f"{left:,} of {total:,} sessions of the day are left", wrong=False)]
    anew = now() + timedelta(milliseconds=int(limit["reset_after"]))
    return [
        Found(
            f"only {left:,} of {total:,} sessions are left until {anew:%Y-%m-%d %H:%M} UTC; with the last one Discord "
            "makes the token void, so stop whatever starts again and again with it"
        )
    ]


async def _commands(calling: Calling, wanted: list[Json]) -> AsyncIterator[Found]:
    there = await calling.ask("GET", COMMANDS, query={"with_localizations": "true"}, application_id=calling.app)
    if not there:
        yield Found("the commands are not there yet; `kring run` registers them when it starts", wrong=False)
    elif not same(wanted, there):
        yield Found(
            "the commands at Discord are not those of this Kring; start `kring run` again, which registers them"
        )


async def _connects(gateway_url: str, proxy: str | None) -> list[Found]:
    """Opens a connection and closes it when Discord has said hello, which uses up no session."""
    try:
        async with (
            asyncio.timeout(PATIENT),
            aiohttp.ClientSession() as session,
            session.ws_connect(f"{gateway_url}/?v=10&encoding=json", proxy=proxy) as socket,
        ):
            said = json.loads(await socket.receive_str())
            if said.get("op") == HELLO:
                return []
            why = "it does not say hello"
    except (aiohttp.ClientError, TimeoutError, OSError, TypeError, ValueError) as error:
        why = f"{type(error).__name__}: {error}".removesuffix(": ")
    return [
        Found(
            f"the gateway at {gateway_url} cannot be reached ({why}), so Kring would hear nothing; see that this "
            "machine may open connections to it"
        )
    ]


# -- servers


async def _servers(calling: Calling, homes: Mapping[str, str] | None) -> list[Found]:
    servers = [each async for each in _all(calling)]
    if not servers:
        return [Found(f"in no server yet; whoever may manage one opens {url(calling.app)}", wrong=False)]
    names = [str(each["name"]) for each in servers[:NAMED]]
    more = f" and {len(servers) - NAMED} more" if len(servers) > NAMED else ""
    found = [Found(f"in the servers ({len(servers)}): {', '.join(names)}{more}", wrong=False)]
    if homes is None:
        found.append(Found("the home channels were not looked at, for the database cannot be read", wrong=False))
    for server in servers:
        home = (homes or {}).get(server["id"])
        looked = await _home(calling, server, home) if home else list(_everywhere(server, wrong=True))
        found += [Found(f"{server['name']}: {each.words}", each.wrong) for each in looked]
    return found


async def _all(calling: Calling) -> AsyncIterator[Json]:
    after = "0"
    while page := await calling.ask("GET", "/users/@me/guilds", query={"after": after, "limit": PAGE}):
        for server in page:
            yield server
        if len(page) < PAGE:
            return
        after = page[-1]["id"]


def _everywhere(server: Json, *, wrong: bool) -> Iterable[Found]:
    """What Kring's role lacks in the whole server."""
    for name, reason in lacking(int(server["permissions"])).items():
        yield Found(
            f"the permission {name} is missing ({reason}); tick it: Server Settings -> Roles -> Kring's role -> "
            "Permissions",
            wrong,
        )


async def _home(calling: Calling, server: Json, home: str) -> list[Found]:
    """Where it counts. What the role lacks elsewhere is told, for rounds are held in other channels too."""
    everywhere = list(_everywhere(server, wrong=False))
    try:
        channel = await calling.ask("GET", "/channels/{channel_id}", channel_id=home)
        member = await calling.ask("GET", MEMBER, guild_id=server["id"], user_id=calling.me)
    except PlatformRefusal as refusal:
        if code_of(refusal) == NO_CHANNEL:
            words = "its home channel was deleted; a host calls /kring setup wizard in another one"
        else:
            words = (
                f"Kring does not see its home channel ({refusal.detail}); allow View Channel for Kring's role: "
                "Edit Channel -> Permissions"
            )
        return [*everywhere, Found(words)]
    bits = granted(
        int(server["permissions"]),
        channel.get("permission_overwrites", ()),
        server=server["id"],
        roles=member["roles"],
        member=calling.me,
    )
    return [
        *everywhere,
        *(
            Found(
                f"in #{channel['name']} the permission {name} is missing ({reason}); allow it for Kring's role: "
                "Edit Channel -> Permissions"
            )
            for name, reason in lacking(bits, kind=channel["type"]).items()
        ),
    ]
