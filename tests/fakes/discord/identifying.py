"""How a session begins and how it is taken up again.

https://docs.discord.com/developers/events/gateway#identifying and
https://docs.discord.com/developers/events/gateway#resuming
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tests.fakes.discord import guild_shapes, shapes
from tests.fakes.discord.events import KNOWN_INTENTS, PRIVILEGED
from tests.fakes.discord.links import Link
from tests.fakes.discord.sessions import Session
from tests.fakes.discord.state import Json

if TYPE_CHECKING:
    from tests.fakes.discord_server import DiscordServer

MOST_GUILDS = 2500
"""For one shard: https://docs.discord.com/developers/events/gateway#sharding"""


def identify(discord: DiscordServer, link: Link, said: Any) -> None:
    gateway = discord.gateway
    wrong = _fault(discord, link, said)
    if wrong:
        gateway.shut(link, wrong)
        return
    shard = tuple(said.get("shard") or (0, 1))
    if gateway.starts_left <= 0:
        # https://docs.discord.com/developers/events/gateway#identifying: every session ends, the token is reset
        discord.app.token = f"{discord.app.token.rsplit('.', 1)[0]}.{discord.world.secret('token')}"
        for each in list(gateway.open):
            gateway.shut(each, 4004)
        gateway.sessions.clear()
        return
    if discord.mishaps.strikes("invalid_session") or _too_soon(discord):
        _refuse(link)
        return
    gateway.starts_left -= 1
    gateway.last_identify = time.monotonic()
    discord.counters.identified += 1
    session = Session(discord, discord.world.secret("session"), int(said["intents"]), shard)
    gateway.sessions[session.id] = session
    session.attach(link)
    _greet(discord, session)


def _fault(discord: DiscordServer, link: Link, said: Any) -> int:
    """The close code: https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway"""
    if not isinstance(said, dict) or not isinstance(said.get("properties"), dict):
        return 4002
    if link.session is not None:
        return 4005
    if said.get("token") not in {discord.app.token, f"Bot {discord.app.token}"}:
        return 4004
    intents = said.get("intents")
    if not isinstance(intents, int) or intents & ~KNOWN_INTENTS:
        return 4013
    if any(intents & bit and name not in discord.app.intents_allowed for name, bit in PRIVILEGED.items()):
        return 4014
    match said.get("shard"):
        case None:
            shard = (0, 1)
        case [int(number), int(count)] if 0 <= number < count:
            shard = (number, count)
        case _:
            return 4010
    mine = [each for each in discord.world.guilds.values() if each.has_app]
    handled = [each for each in mine if (int(each.id) >> 22) % shard[1] == shard[0]]
    return 4011 if len(handled) > MOST_GUILDS else 0


def _too_soon(discord: DiscordServer) -> bool:
    """https://docs.discord.com/developers/events/gateway#rate-limiting-identify: one session in five seconds."""
    if not discord.pacing.enabled:
        return False
    gateway = discord.gateway
    return time.monotonic() - gateway.last_identify < gateway.identify_seconds / discord.pacing.tempo


def _greet(discord: DiscordServer, session: Session) -> None:
    """READY names the servers; each comes in a GUILD_CREATE of its own:
    https://docs.discord.com/developers/events/gateway-events#ready"""
    world = discord.world
    mine = [each for each in world.guilds.values() if each.has_app and session.has(each)]
    session.push(
        "READY",
        {
            "v": 10,
            "user": shapes.user(world.bot) | {"verified": True, "mfa_enabled": False, "email": None, "flags": 0},
            "guilds": [{"id": each.id, "unavailable": True} for each in mine],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": discord.gateway_url,
            "shard": list(session.shard),
            "application": {"id": discord.app.id, "flags": guild_shapes.app_flags(discord.app)},
            "private_channels": [],
            "relationships": [],
            "presences": [],
            "user_settings": {},
            "geo_ordered_rtc_regions": ["rotterdam"],
            "_trace": [],
        },
    )
    if session.intents & 1:
        for each in mine:
            if not each.unavailable:
                session.push("GUILD_CREATE", discord.events.whole(each))


def resume(discord: DiscordServer, link: Link, said: Any) -> None:
    gateway = discord.gateway
    if not isinstance(said, dict) or link.session is not None:
        gateway.shut(link, 4005 if link.session is not None else 4002)
        return
    if said.get("token") not in {discord.app.token, f"Bot {discord.app.token}"}:
        gateway.shut(link, 4004)
        return
    gateway.for_guild(None)  # forgets those that waited too long
    session = gateway.sessions.get(str(said.get("session_id")))
    if session is None or discord.mishaps.strikes("invalid_session"):
        _refuse(link)
        return
    seq = said.get("seq")
    missed = session.missed(seq) if isinstance(seq, int) else None
    if missed is None:
        if isinstance(seq, int) and seq > session.seq:
            gateway.shut(link, 4007)
        else:
            _refuse(link)
        return
    if session.link is not None:
        session.link.cut()
    session.attach(link)
    discord.counters.resumed += 1
    discord.counters.replayed += len(missed)
    for each in missed:
        link.send(each)
    session.heard = session.seq
    session.push("RESUMED", {"_trace": []})


def _refuse(link: Link) -> None:
    payload: Json = {"op": 9, "d": False, "s": None, "t": None}
    link.send(payload)
