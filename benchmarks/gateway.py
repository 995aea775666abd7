"""A small gateway of Discord's, for the library that connects, and the shapes of what it tells."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import WSMsgType, web

CHANNELS, ROLES, MEMBERS = 40, 20, 250
"""In each server."""
BOT = "100"
THREAD = "17"
"""The id of a thread of Kring's in the first server."""
_ids = itertools.count(1_500_000_000_000_000_000)


class Gateway:
    """Gives whoever connects its servers, and keeps the connection."""

    def __init__(self, servers: int = 1) -> None:
        self.servers = [_guild(str(n + 1)) for n in range(servers)]
        self.told = asyncio.Event()
        """Somebody connected, and was told of all servers."""
        self.url = ""

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Gives the address of its REST API, which answers what is asked at the beginning."""
        app = web.Application()
        app.add_routes(
            [web.get("/gw/", self._socket), web.get("/gw", self._socket), web.route("*", "/{_:.*}", self._rest)]
        )
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port = runner.addresses[0][1]
        self.url = f"ws://127.0.0.1:{port}/gw"
        try:
            yield f"http://127.0.0.1:{port}/api/v10"
        finally:
            await runner.cleanup()

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"op": 10, "d": {"heartbeat_interval": 41250}}))
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            said = json.loads(message.data)
            if said["op"] == 2:
                await self._welcome(socket, said["d"].get("shard", [0, 1]))
            elif said["op"] == 1:
                await socket.send_str(json.dumps({"op": 11}))
        return socket

    async def _welcome(self, socket: web.WebSocketResponse, shard: Sequence[int]) -> None:
        ready = {
            "v": 10, "user": user(BOT, bot=True), "session_id": "s", "resume_gateway_url": self.url, "shard": shard,
            "guilds": [{"id": each["id"], "unavailable": True} for each in self.servers],
            "application": {"id": BOT, "flags": 0x84A000},
        }  # fmt: skip
        await socket.send_str(frame("READY", ready))
        for server in self.servers:
            await socket.send_str(frame("GUILD_CREATE", server))
        self.told.set()

    async def _rest(self, request: web.Request) -> web.StreamResponse:
        match request.path.removeprefix("/api/v10"):
            case "/users/@me":
                body: Any = user(BOT, bot=True)
            case "/oauth2/applications/@me" | "/applications/@me":
                body = {"id": BOT, "name": "Kring", "flags": 0x84A000, "bot_public": True, "description": "",
                        "bot_require_code_grant": False, "verify_key": "", "icon": None, "owner": user("9"),
                        "team": None, "rpc_origins": None}  # fmt: skip
            case "/gateway/bot":
                limits = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
                body = {"url": self.url, "shards": 1, "session_start_limit": limits}
            case _:
                body = []
        # discord.py reads JSON only where this is said, without a charset
        return web.Response(body=json.dumps(body).encode(), headers={"Content-Type": "application/json"})


# -- shapes


def frame(kind: str, body: Any) -> str:
    return json.dumps({"op": 0, "t": kind, "s": next(_ids), "d": body})


def user(id_: str, *, bot: bool = False) -> dict[str, Any]:
    return {"id": id_, "username": f"u{id_}", "global_name": f"Person {id_}", "discriminator": "0", "avatar": None,
            "bot": bot, "public_flags": 0}  # fmt: skip


def message(thread: str | None) -> str:
    """The frame of a message of somebody's, in a channel of the first server, or in this thread."""
    number = next(_ids)
    return frame("MESSAGE_CREATE", {
        "id": str(number), "type": 0, "channel_id": thread or "19001", "guild_id": "1",
        "author": user(str(1000 + number % 50)), "content": "We let everybody write for two minutes before we talk.",
        "member": {"roles": ["1003"], "joined_at": "2026-11-02T09:00:00+00:00", "deaf": False, "mute": False,
                   "flags": 0, "nick": None},
        "timestamp": "2026-11-23T09:00:00+00:00", "edited_timestamp": None, "tts": False, "mention_everyone": False,
        "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "pinned": False, "flags": 0,
        "components": [],
    })  # fmt: skip


def _guild(id_: str) -> dict[str, Any]:
    roles = [
        {"id": id_ if n == 0 else f"{id_}{n:03d}", "name": f"role {n}", "permissions": "2248473465835073", "color": 0,
         "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None}, "hoist": False,
         "position": n, "managed": False, "mentionable": False, "flags": 0}
        for n in range(ROLES)
    ]  # fmt: skip
    channels = [
        {"id": f"{id_}9{n:03d}", "type": 0, "name": f"channel-{n}", "position": n, "permission_overwrites": [],
         "nsfw": False, "parent_id": None, "topic": "What we talk about here", "rate_limit_per_user": 0,
         "last_message_id": None, "flags": 0}
        for n in range(CHANNELS)
    ]  # fmt: skip
    thread = {"id": f"{id_}7", "type": 11, "parent_id": f"{id_}9000", "owner_id": BOT, "name": "A round",
              "guild_id": id_, "message_count": 1, "member_count": 1, "rate_limit_per_user": 0, "last_message_id": None,
              "thread_metadata": {"archived": False, "auto_archive_duration": 10080, "locked": False,
                                  "archive_timestamp": "2026-11-23T09:00:00+00:00"}}  # fmt: skip
    me = {"user": user(BOT, bot=True), "roles": [], "joined_at": "2026-11-01T09:00:00+00:00", "deaf": False,
          "mute": False, "flags": 0}  # fmt: skip
    return {
        "id": id_, "name": f"School {id_}", "owner_id": "9", "member_count": MEMBERS, "roles": roles,
        "channels": channels, "threads": [thread], "members": [me], "emojis": [], "stickers": [], "features": [],
        "joined_at": "2026-11-01T09:00:00+00:00", "large": False, "unavailable": False, "voice_states": [],
        "presences": [], "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [], "icon": None,
        "verification_level": 1, "default_message_notifications": 1, "explicit_content_filter": 0, "mfa_level": 0,
        "nsfw_level": 0, "premium_tier": 0, "preferred_locale": "en-US", "system_channel_flags": 0, "afk_timeout": 300,
        "system_channel_id": f"{id_}9000", "premium_progress_bar_enabled": False, "afk_channel_id": None,
    }  # fmt: skip
