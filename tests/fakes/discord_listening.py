"""An app that listens: discord.py's own client, against the fake."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.connect import leftovers_ended
from tests.fakes.discord_server import DiscordServer

Json = dict[str, Any]
EVERYTHING = discord.Intents(discord.Intents.all().value & ~discord.Intents(presences=True).value)


@contextmanager
def addressed(server: DiscordServer) -> Iterator[None]:
    """discord.py speaks to the fake. Both addresses belong to the whole process, so they are put back."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = server.api_url, yarl.URL(server.gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


class App(discord.Client):
    """Notes every frame of the gateway; waits nowhere where the library would for Discord's sake."""

    def __init__(self, intents: discord.Intents = EVERYTHING, **more: Any) -> None:
        super().__init__(
            intents=intents,
            enable_debug_events=True,
            guild_ready_timeout=0.05,
            max_messages=None,
            chunk_guilds_at_startup=False,
            **more,
        )
        self.frames: list[Json] = []
        """What came over the gateway, oldest first."""

    async def on_socket_raw_receive(self, frame: str) -> None:
        self.frames.append(json.loads(frame))

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """The library waits five seconds here when a session was lost."""

    def events(self, name: str) -> list[Json]:
        """The data of every event with that name (`MESSAGE_CREATE`)."""
        return [each["d"] for each in self.frames if each.get("t") == name]

    @property
    def names(self) -> list[str]:
        """The names of all events, oldest first."""
        return [each["t"] for each in self.frames if each.get("t")]

    @property
    def ops(self) -> list[int]:
        return [each["op"] for each in self.frames]


@asynccontextmanager
async def listening(server: DiscordServer, app: App | None = None) -> AsyncIterator[App]:
    """The app, connected and ready."""
    app = app or App()
    with addressed(server):
        running = asyncio.create_task(app.start(server.app.token))
        ready = asyncio.create_task(app.wait_until_ready())
        try:
            async with asyncio.timeout(10):
                await asyncio.wait({running, ready}, return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                await running
            yield app
        finally:
            ready.cancel()
            closed = app.is_closed()  # by itself: it is still on its way to say why
            await app.close()
            await leftovers_ended()
            if not closed:
                running.cancel()
            with suppress(asyncio.CancelledError):
                async with asyncio.timeout(10):
                    await running


async def refusal(call: Awaitable[Any]) -> int:
    """The JSON code that Discord answers a call with."""
    try:
        answer = await call
    except discord.HTTPException as error:
        return error.code
    raise AssertionError(f"it was taken: {answer}")


async def until(condition: Any, seconds: float = 5.0) -> None:
    """Waits until the condition holds: for what comes without being asked for (a reconnect, a resume)."""
    ends = asyncio.get_running_loop().time() + seconds
    while not condition():
        await asyncio.sleep(0.01)
        assert asyncio.get_running_loop().time() < ends, f"it did not come in {seconds} seconds"
