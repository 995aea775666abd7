"""One open socket of the gateway: frames in order, as text or as one zlib stream.

https://docs.discord.com/developers/events/gateway#transport-compression
"""

from __future__ import annotations

import asyncio
import json
import time
import zlib
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from aiohttp import web

from tests.fakes.discord.state import Json

if TYPE_CHECKING:
    from tests.fakes.discord.sessions import Session

SENDS_A_MINUTE = 120
"""https://docs.discord.com/developers/events/gateway#rate-limiting"""


class Link:
    def __init__(self, socket: web.WebSocketResponse, request: web.Request, *, compressed: bool) -> None:
        self._socket = socket
        self._request = request
        self._zlib = zlib.compressobj() if compressed else None
        self._out: asyncio.Queue[Json | int | bytes | Callable[[], None]] = asyncio.Queue()
        self._echoes: dict[bytes, asyncio.Event] = {}
        self._lately: deque[float] = deque()
        self.session: Session | None = None
        self.gone = asyncio.Event()
        self.leaving = False
        """It is being closed and gets nothing new."""
        self.beat = time.monotonic()

    def send(self, payload: Json) -> None:
        self._out.put_nowait(payload)

    def close(self, code: int) -> None:
        """Closes in good order, after what is already on its way out."""
        self.leaving = True
        self._out.put_nowait(code)

    def cut(self) -> None:
        """Breaks without a word."""
        self.leaving = True
        if self._request.transport is not None:
            self._request.transport.abort()

    def cut_after_this(self) -> None:
        """Breaks when what is already on its way out was written."""
        self.leaving = True
        self._out.put_nowait(self.cut)

    async def write(self) -> None:
        try:
            while True:
                match await self._out.get():
                    case int(code):
                        await self._socket.close(code=code)
                        return
                    case bytes(ping):
                        await self._socket.ping(ping)
                    case dict(payload):
                        await self._frame(json.dumps(payload))
                    case act:
                        # what was handed to the transport goes out before it is torn down
                        await asyncio.sleep(0.01)
                        act()
        except ConnectionError:
            return

    async def _frame(self, text: str) -> None:
        if self._zlib is None:
            await self._socket.send_str(text)
            return
        packed = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
        await self._socket.send_bytes(packed)

    # -- whether everything was read

    async def echo(self, seconds: float) -> bool:
        """Whether the client has read all that was sent before: a ping of the socket itself comes back only then, and
        does not count as something that the app sent."""
        mark = str(time.monotonic_ns()).encode()
        came = self._echoes[mark] = asyncio.Event()
        self._out.put_nowait(mark)
        gone = asyncio.create_task(self.gone.wait())
        back = asyncio.create_task(came.wait())
        try:
            await asyncio.wait({gone, back}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            back.cancel()
            del self._echoes[mark]
        return came.is_set()

    def echoed(self, mark: bytes) -> None:
        came = self._echoes.get(mark)
        if came is not None:
            came.set()

    # -- how much the app sends

    def too_fast(self, tempo: float) -> bool:
        now = time.monotonic()
        while self._lately and self._lately[0] <= now - 60.0 / tempo:
            self._lately.popleft()
        self._lately.append(now)
        return len(self._lately) > SENDS_A_MINUTE
