"""A small school in Slack with Kring in it, for tests of the adapter itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import SecretStr

from adapters.slack.manifest import EVENTS_PATH, manifest
from bot.compose import store_of, utc_now
from bot.features import gather
from bot.running import House, open_house
from bot.settings import Database, Server, Settings, Slack
from storage.store import Store
from tests.fakes.slack.state import Channel, Person, Workspace
from tests.fakes.slack_server import SlackServer

TEMPO = 1000.0
ASIDE = ("answer", "profile")
"""What Kring does besides, after the acknowledgement: the names of its tasks."""


@dataclass
class School:
    slack: SlackServer
    store: Store
    house: House
    space: Workspace
    anna: Person
    bram: Person
    practice: Channel

    async def settle(self) -> None:
        """Everything that can happen now has happened."""
        for _ in range(3):
            await at_rest(self.slack)
            await self.house.kring.postman.settle()


def settings_of(slack: SlackServer, space: Workspace, database: str, mode: str = "socket", **more: Any) -> Settings:
    assert space.installation is not None
    app = slack.app
    return Settings(
        database=Database(url=database),
        slack=Slack(
            mode="http" if mode == "http" else "socket",
            api_url=slack.url,
            bot_token=SecretStr(space.installation.token),
            app_token=SecretStr(app.app_token) if mode == "socket" else None,
            signing_secret=SecretStr(app.signing_secret) if mode == "http" else None,
        ),
        server=Server(port=0),
        **more,
    )


@asynccontextmanager
async def school(
    database: str,
    mode: str = "socket",
    *,
    now: Callable[[], datetime] = utc_now,
    tempo: float = TEMPO,
    before: Callable[[SlackServer], object] = lambda _: None,
    **more: Any,
) -> AsyncIterator[School]:
    """`before` is done to Slack before Kring starts; `more` goes to the fake server."""
    made = manifest(gather().offered.commands, None if mode == "socket" else "https://kring.example.org")
    async with SlackServer(manifest=made, tempo=tempo, wall=lambda: now().timestamp(), **more) as slack:
        space = slack.workspace("De Regenboog")
        anna, bram = slack.person(space, "Anna", admin=True), slack.person(space, "Bram")
        practice = slack.channel(space, "practice", [anna, bram])
        before(slack)
        settings = settings_of(slack, space, database, mode)
        async with store_of(settings) as store, open_house(settings, store, now=now, tempo=tempo) as house:
            if mode == "http":
                await slack.deliver_to(house.url.rstrip("/") + EVENTS_PATH)
            yield School(slack, store, house, space, anna, bram, practice)


async def at_rest(slack: SlackServer) -> None:
    """Returns when nothing is on its way between Slack and the Kring of this process, but for its post."""
    await slack.idle()
    while busy := [each for each in asyncio.all_tasks() if each.get_name() in ASIDE]:
        await asyncio.wait(busy)
        await slack.idle()


async def until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    """Waits for something that happens by itself."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        await asyncio.sleep(0.01)
