"""E7 and memory on Discord: from a frame of the gateway to a durable row, and what 200 servers take.

The floor is a bare discord.py client with the same settings, whose `on_message` counts. Both are connected to the same
kind of small gateway, and are handed the same frames where their websocket would; the house runs whole, on a database
that syncs.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import discord
from discord.http import Route
from pydantic import SecretStr

from benchmarks.gateway import MEMBERS, THREAD, Gateway, message
from benchmarks.measure import ROUNDS, Figure, figure
from bot.compose import store_of
from bot.running import open_house
from bot.settings import Database, Discord, Settings
from storage.unit import Unit

BURST, BURSTS = 64, 40
SERVERS = 200
SETTLED = 5.0
"""Seconds until a process has heard of all its servers."""
TOKEN = "MTAw.GbQx1a.n0t-a-r3al-t0ken-for-a-b3nchmark-0nly"  # noqa: S105 - it opens nothing

Take = Callable[[Sequence[str]], Awaitable[None]]
"""Hands frames to a client, and returns when they are handled."""


async def measure(folder: Path) -> list[Figure]:
    figures = []
    async with AsyncExitStack() as stack:
        bare = await stack.enter_async_context(_bare())
        ours = await stack.enter_async_context(_ours(folder / "kring.db"))
        gc.collect()
        gc.freeze()
        for where, thread in (("message in a channel", None), ("message in a thread", THREAD)):
            await _rate(ours, thread), await _rate(bare, thread)
            pairs = [(await _rate(ours, thread), await _rate(bare, thread)) for _ in range(ROUNDS)]
            what = f"{where}, bursts of {BURST}, frame to durable row, against bare on_message"
            figures.append(figure("E7", what, pairs, "/s", at_least=0.15))
    return [*figures, await _memory(folder)]


async def _rate(take: Take, thread: str | None) -> float:
    """Frames a second."""
    taken = 0.0
    for _ in range(BURSTS):
        frames = [message(thread) for _ in range(BURST)]
        started = time.perf_counter()
        await take(frames)
        taken += time.perf_counter() - started
    return BURST * BURSTS / taken


# -- who takes the frames


@asynccontextmanager
async def _bare() -> AsyncIterator[Take]:
    gateway = Gateway()
    async with gateway.serving() as api:
        client = bare_client()
        count, wanted, done = 0, 0, asyncio.Event()

        @client.event
        async def on_message(_: discord.Message) -> None:
            nonlocal count
            count += 1
            if count == wanted:
                done.set()

        async def take(frames: Sequence[str]) -> None:
            nonlocal wanted
            wanted = count + len(frames)
            done.clear()
            await _handed(client, frames)
            await done.wait()

        async with running(client, api):
            await gateway.told.wait()
            await client.wait_until_ready()
            yield take


@asynccontextmanager
async def _ours(database: Path) -> AsyncIterator[Take]:
    gateway = Gateway()
    async with gateway.serving() as api:
        settings = settings_for(database, api, gateway.url)
        async with store_of(settings) as store, open_house(settings, store) as house:
            side = house.discord
            assert side is not None
            await side.gaps.settle()
            client = side.connection._gateway
            assert client is not None
            kept = await store.look(_rows)

            async def take(frames: Sequence[str]) -> None:
                nonlocal kept
                await _handed(client, frames)
                await side.hearing.idle()
                kept += len(frames)

            yield take
            assert await store.look(_rows) == kept, "not every frame became a row"


async def _handed(client: discord.AutoShardedClient, frames: Sequence[str]) -> None:
    socket: Any = client._get_websocket(shard_id=0)
    for each in frames:
        await socket.received_message(each)


def _rows(unit: Unit) -> int:
    count: int = unit.connection.exec_driver_sql("SELECT count(*) FROM inbox").scalar_one()
    return count


def bare_client() -> discord.AutoShardedClient:
    """With the settings that take least memory."""
    return discord.AutoShardedClient(
        intents=discord.Intents(guilds=True, guild_messages=True, message_content=True, members=True),
        max_messages=None,
        chunk_guilds_at_startup=False,
        member_cache_flags=discord.MemberCacheFlags.none(),
        guild_ready_timeout=0.1,
    )


@asynccontextmanager
async def running(client: discord.Client, api: str) -> AsyncIterator[None]:
    before, Route.BASE = Route.BASE, api
    task = asyncio.create_task(client.start(TOKEN))
    try:
        await asyncio.sleep(0.5)
        Route.BASE = before
        yield
    finally:
        Route.BASE = before
        await client.close()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def settings_for(database: Path, api: str, gateway: str) -> Settings:
    return Settings(
        database=Database(url=f"sqlite:///{database}"),
        discord=Discord(message_content=True, members=True, api_url=api, gateway_url=gateway, token=SecretStr(TOKEN)),
    )


# -- memory


async def _memory(folder: Path) -> Figure:
    """MB of a process in 200 servers with 50,000 members, ours against a bare client's."""
    gateway, sizes = Gateway(SERVERS), []
    async with gateway.serving() as api:
        for who in ("ours", "bare"):
            command = [sys.executable, "-m", "benchmarks.discord", who, api, gateway.url, str(folder / "memory.db")]
            process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
            out, _ = await process.communicate()
            servers, size = out.decode().split()[-2:]
            assert int(servers) == SERVERS, f"{who}: in {servers} servers only"
            sizes.append(float(size))
    what = f"memory in {SERVERS} servers with {SERVERS * MEMBERS:,} members, against a bare client"
    return figure("E7", what, [(sizes[0], sizes[1])], "MB", at_most=1.5)


async def _sized(who: str, api: str, gateway: str, database: str) -> None:
    if who == "bare":
        client = bare_client()
        async with running(client, api):
            await asyncio.sleep(SETTLED)
            print(len(client.guilds), _resident())
        return
    settings = settings_for(Path(database), api, gateway)
    async with store_of(settings) as store, open_house(settings, store) as house:
        assert house.discord is not None
        await asyncio.sleep(SETTLED)
        print(len(house.discord.servers.all()), _resident())


def _resident() -> float:
    """MB that this process holds."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


if __name__ == "__main__":
    asyncio.run(_sized(*sys.argv[1:]))
