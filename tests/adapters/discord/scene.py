"""A small school in Discord with Kring in it, for tests of the adapter itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import SecretStr

from bot.compose import store_of, utc_now
from bot.running import House, open_house
from bot.settings import Database, Discord, Settings
from storage.store import Store
from tests.fakes.discord.state import Channel, Guild, Person
from tests.fakes.discord_server import DiscordServer

TEMPO = 1000.0
BRIEFLY = 0.001
Mode = str
"""`light` or `full`."""


@dataclass
class School:
    discord: DiscordServer
    store: Store
    house: House
    server: Guild
    anna: Person
    bram: Person
    practice: Channel

    async def settle(self) -> None:
        """Everything that can happen now has happened."""
        for _ in range(3):
            await at_rest(self.discord, self.house)
            await self.house.kring.postman.settle()


def settings_of(discord: DiscordServer, database: str, mode: Mode = "light", **more: Any) -> Settings:
    return Settings(
        database=Database(url=database),
        discord=Discord(
            message_content=mode == "full",
            members=mode == "full",
            api_url=discord.api_url,
            gateway_url=discord.gateway_url,
            token=SecretStr(discord.app.token),
        ),
        **more,
    )


@asynccontextmanager
async def school(
    database: str,
    mode: Mode = "light",
    *,
    now: Callable[[], datetime] = utc_now,
    tempo: float = TEMPO,
    before: Callable[[DiscordServer], object] = lambda _: None,
    **more: Any,
) -> AsyncIterator[School]:
    """`before` is done to Discord before Kring starts; `more` goes to the fake server."""
    allowed = more.pop("intents_allowed", ("members", "message_content") if mode == "full" else ())
    async with DiscordServer(tempo=tempo, wall=lambda: now().timestamp(), intents_allowed=allowed, **more) as discord:
        server = discord.server("De Regenboog")
        anna = discord.world.person(server.owner)
        bram = discord.person(server, "Bram")
        practice = discord.channel(server, "practice")
        before(discord)
        async with kring(discord, database, mode, now=now, tempo=tempo) as (store, house):
            here = School(discord, store, house, server, anna, bram, practice)
            await here.settle()
            yield here


@asynccontextmanager
async def kring(
    discord: DiscordServer,
    database: str,
    mode: Mode = "light",
    *,
    now: Callable[[], datetime] = utc_now,
    tempo: float = TEMPO,
) -> AsyncIterator[tuple[Store, House]]:
    """Kring beside a Discord that goes on without it."""
    settings = settings_of(discord, database, mode)
    async with store_of(settings) as store, open_house(settings, store, now=now, tempo=tempo) as house:
        yield store, house


async def at_rest(discord: DiscordServer, house: House) -> None:
    """Returns when nothing is on its way between Discord and the Kring of this process, but for its post."""
    assert house.discord is not None
    await discord.idle(pause=BRIEFLY)
    await house.discord.gaps.settle()
    await house.discord.hearing.idle()
    await asyncio.sleep(0)
    await discord.idle(pause=BRIEFLY)
