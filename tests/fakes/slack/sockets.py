"""Socket Mode: one-time addresses, hello, envelopes shared over the open connections, disconnect.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from tests.fakes.slack.state import Json

if TYPE_CHECKING:
    from tests.fakes.slack_server import SlackServer

TICKET_SECONDS = 30.0
MOST_LINKS = 10
"""https://docs.slack.dev/apis/events-api/using-socket-mode#connections"""


class Link:
    """One open connection. What is sent goes out in order."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self._socket = socket
        self._request = request
        self._out: asyncio.Queue[str | None] = asyncio.Queue()
        self.gone = asyncio.Event()
        self.leaving = False
        """It was told to refresh and gets nothing new."""

    def send(self, envelope: Json, *, twice: bool = False) -> None:
        text = json.dumps(envelope)
        self._out.put_nowait(text)
        if twice:
            self._out.put_nowait(text)

    async def write(self) -> None:
        while (text := await self._out.get()) is not None:
            try:
                await self._socket.send_str(text)
            except ConnectionError:
                return
        await self._socket.close()

    def close(self) -> None:
        """Closes in good order, after what is already on its way out."""
        self.leaving = True
        self._out.put_nowait(None)

    def cut(self) -> None:
        """Breaks without a word."""
        self.leaving = True
        if self._request.transport is not None:
            self._request.transport.abort()


class Sockets:
    def __init__(self, slack: SlackServer) -> None:
        self._slack = slack
        self._tickets: dict[str, float] = {}
        self._turn = 0
        self.open: list[Link] = []

    def mount(self, routes: web.Application) -> None:
        routes.router.add_get("/link/", self._join)

    def ticket(self) -> str:
        """`apps.connections.open` hands out an address that works once:
        https://docs.slack.dev/reference/methods/apps.connections.open"""
        ticket = self._slack.world.secret("ticket")
        self._tickets[ticket] = time.monotonic() + TICKET_SECONDS
        host = self._slack.address.replace("http://", "ws://")
        return f"{host}/link/?ticket={ticket}&app_id={self._slack.app.id}"

    def next(self) -> Link | None:
        """Each envelope goes to one of the connections."""
        links = [link for link in self.open if not link.leaving]
        if not links:
            return None
        self._turn += 1
        return links[self._turn % len(links)]

    async def refresh(self, *, warning: bool) -> None:
        for link in list(self.open):
            reason = "warning" if warning else "refresh_requested"
            link.send({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}})
            link.leaving = link.leaving or not warning
            if not warning:
                # clients close by themselves as soon as they have the message
                asyncio.get_running_loop().call_later(1.0, link.close)
        await asyncio.sleep(0)

    async def cut(self) -> None:
        for link in list(self.open):
            link.cut()
        await self._empty()

    async def stop(self) -> None:
        for link in list(self.open):
            link.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._empty(), 0.2)
        for link in list(self.open):
            link.cut()

    async def _empty(self) -> None:
        await asyncio.gather(*(link.gone.wait() for link in self.open))

    async def _join(self, request: web.Request) -> web.StreamResponse:
        # the address works once, also when the handshake then fails, and not after its time
        good_until = self._tickets.pop(request.query.get("ticket", ""), 0.0)
        if self._slack.mishaps.strikes("handshake"):
            return web.Response(status=503, text="upstream connect error")
        if good_until < time.monotonic():
            return web.Response(status=408, text="ticket expired or used")
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        link = Link(socket, request)
        if len(self.open) >= MOST_LINKS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets", "debug_info": {}})
            await socket.close()
            return socket
        writer = asyncio.create_task(link.write())
        self.open.append(link)
        link.send(self._hello())
        self._slack.delivery.socket_opened()
        try:
            async for incoming in socket:
                if incoming.type is WSMsgType.TEXT:
                    self._take(json.loads(incoming.data))
        finally:
            self.open.remove(link)
            link.gone.set()
            self._slack.delivery.link_closed(link)
            writer.cancel()
        return socket

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.open),
            "debug_info": {
                "host": "applink-1",
                "started": time.strftime("%Y-%m-%d %H:%M:%S.000", time.gmtime()),
                "build_number": 146,
                "approximate_connection_time": 18060,
            },
            "connection_info": {"app_id": self._slack.app.id},
        }

    def _take(self, said: Json) -> None:
        if "envelope_id" in said:
            self._slack.delivery.acknowledged(said["envelope_id"], said.get("payload"))
