"""The gateway: hello, identify, heartbeats, resume, reconnect: https://docs.discord.com/developers/events/gateway"""

from __future__ import annotations

import asyncio
import json
import math
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.fakes.discord import identifying, member_requests
from tests.fakes.discord.counters import up
from tests.fakes.discord.links import Link
from tests.fakes.discord.sessions import Session
from tests.fakes.discord.state import Guild, Json

if TYPE_CHECKING:
    from tests.fakes.discord_server import DiscordServer

MOST_BYTES = 4096
"""https://docs.discord.com/developers/events/gateway#sending-events"""
STARTS_A_DAY = 1000
"""https://docs.discord.com/developers/events/gateway#session-start-limit-object"""


class Gateway:
    def __init__(self, discord: DiscordServer, *, heartbeat: float, resume_seconds: float = 180.0) -> None:
        self._discord = discord
        self.heartbeat = heartbeat
        self.resume_seconds = resume_seconds
        """How long a session waits for its RESUME. The documentation gives no number; taken: three minutes."""
        self.starts_left = STARTS_A_DAY
        """Sessions that the app may still begin today; after the last one its token is taken away."""
        self.identify_seconds = 5.0
        """Between two sessions of a shard, at tempo 1 (`max_concurrency` is 1)."""
        self.sessions: dict[str, Session] = {}
        self.open: list[Link] = []
        self.last_identify = -math.inf
        self.whole_lists: dict[str, float] = {}
        """By server: when its whole list of members may be asked for again."""

    def mount(self, routes: web.Application) -> None:
        routes.router.add_get("/gw", self._join)
        routes.router.add_get("/gw/", self._join)

    # -- sessions

    def for_guild(self, guild: Guild | None) -> list[Session]:
        """Those that hear of this server; of direct conversations, shard 0."""
        now = time.monotonic()
        for each in list(self.sessions.values()):
            if each.left is not None and now - each.left > self.resume_seconds:
                del self.sessions[each.id]
        return [each for each in self.sessions.values() if each.has(guild)]

    def waiting(self) -> list[Session]:
        """Sessions that have something to hear, no socket, and no successor that heard it."""
        return [
            each
            for each in self.sessions.values()
            if each.link is None
            and each.heard < each.seq
            and not any(other.link is not None and other.shard == each.shard for other in self.sessions.values())
        ]

    # -- what the server does

    async def cut(self) -> None:
        """Breaks every connection without a word."""
        for link in list(self.open):
            link.cut()
        await self._empty()

    async def close(self, code: int) -> None:
        for link in list(self.open):
            self.shut(link, code)
        await self._empty()

    async def reconnect(self) -> None:
        """Op 7: the app leaves and resumes. Who does not is closed: the page says nothing of when; taken: a second."""
        for link in list(self.open):
            link.send({"op": 7, "d": None, "s": None, "t": None})
            asyncio.get_running_loop().call_later(1.0, self.shut, link, 4000)
        await asyncio.sleep(0)

    async def invalidate(self, *, resumable: bool) -> None:
        for link in list(self.open):
            if link.session is not None and not resumable:
                self.sessions.pop(link.session.id, None)
            link.send(_invalid(resumable=resumable))
            link.leaving = True
            asyncio.get_running_loop().call_later(1.0, self.shut, link, 4000)
        await asyncio.sleep(0)

    async def stop(self) -> None:
        for link in list(self.open):
            link.close(1001)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._empty(), 0.2)
        for link in list(self.open):
            link.cut()

    async def _empty(self) -> None:
        await asyncio.gather(*(link.gone.wait() for link in self.open))

    def shut(self, link: Link, code: int) -> None:
        if link in self.open and not (link.leaving and code == 4000 and link.gone.is_set()):
            up(self._discord.counters.closes, code)
            link.close(code)

    # -- one socket

    async def _join(self, request: web.Request) -> web.StreamResponse:
        if self._discord.mishaps.strikes("handshake"):
            return web.Response(status=503, text="upstream connect error")
        compression = request.query.get("compress", "")
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        # who asks for zstd (as discord.py does from Python 3.14 on) gets plain text, which every client takes as well
        link = Link(socket, request, compressed=compression == "zlib-stream")
        writer = asyncio.create_task(link.write())
        watcher = asyncio.create_task(self._watch(link))
        self.open.append(link)
        if request.query.get("v") != "10" or compression not in {"", "zlib-stream", "zstd-stream"}:
            self.shut(link, 4012)
        interval = round(self.heartbeat * 1000)
        link.send({"op": 10, "d": {"heartbeat_interval": interval, "_trace": []}, "s": None, "t": None})
        try:
            async for incoming in socket:
                match incoming.type:
                    case WSMsgType.TEXT:
                        self._take(link, incoming.data)
                    case WSMsgType.PONG:
                        link.echoed(bytes(incoming.data))
                    case WSMsgType.PING:
                        await socket.pong(incoming.data)
        finally:
            self._left(link, socket.close_code)
            writer.cancel()
            watcher.cancel()
        return socket

    def _left(self, link: Link, code: int | None) -> None:
        self.open.remove(link)
        link.gone.set()
        if link.session is None:
            return
        link.session.detach(link)
        # https://docs.discord.com/developers/events/gateway#initiating-a-disconnect: 1000 and 1001 end the session
        if code in {1000, 1001} and not link.leaving:
            self.sessions.pop(link.session.id, None)

    async def _watch(self, link: Link) -> None:
        """https://docs.discord.com/developers/events/gateway#sending-heartbeats. How late a heartbeat may be is not
        said; taken: half an interval."""
        while True:
            await asyncio.sleep(self.heartbeat / 4)
            if time.monotonic() - link.beat > self.heartbeat * 1.5:
                self.shut(link, 4000)
                return

    def _take(self, link: Link, text: str) -> None:
        said = _read(text)
        if link.leaving:
            return
        if said is None:
            self.shut(link, 4002)
            return
        if self._discord.pacing.enabled and link.too_fast(self._discord.pacing.tempo):
            self.shut(link, 4008)
            return
        match said.get("op"):
            case 1:
                link.beat = time.monotonic()
                self._discord.counters.heartbeats += 1
                link.send({"op": 11, "d": None, "s": None, "t": None})
            case 2:
                identifying.identify(self._discord, link, said.get("d"))
            case 6:
                identifying.resume(self._discord, link, said.get("d"))
            case 3 | 4 | 8 if link.session is None:
                self.shut(link, 4003)
            case 8:
                assert link.session is not None
                member_requests.answer(self._discord, link.session, said.get("d"))
            case 3 | 4:
                pass  # who is online or speaking does not matter here
            case _:
                self.shut(link, 4001)


def _read(text: str) -> Json | None:
    if len(text.encode()) > MOST_BYTES:
        return None
    try:
        said: Any = json.loads(text)
    except json.JSONDecodeError:
        return None
    return said if isinstance(said, dict) else None


def _invalid(*, resumable: bool) -> Json:
    """https://docs.discord.com/developers/events/gateway-events#invalid-session"""
    return {"op": 9, "d": resumable, "s": None, "t": None}
