"""Each story runs on the playground: a real server on a free port, with a database of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from adapters.playground.server import serving
from bot.compose import playground
from bot.settings import Database, Settings
from tests.stories.playground import PlaygroundDriver
from tests.talk import Talk


@pytest.fixture
async def talk(sqlite_url: str) -> AsyncIterator[Talk]:
    """A story that begins on a Monday morning in an empty playground."""
    settings = Settings(database=Database(url=sqlite_url))
    async with (
        playground(settings, "en", empty=True) as desk,
        serving(desk, "127.0.0.1", 0) as address,
        ClientSession() as client,
    ):
        made = Talk(PlaygroundDriver(client, address))
        await made.monday_comes()
        yield made
