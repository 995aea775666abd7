"""Each story runs on the playground, on Slack in Socket Mode and in HTTP mode, and on Discord in light and full mode.

Each time with a new database.

@pytest.mark.playground_only("why")    # the platform's own business, which in the playground is ours
@pytest.mark.full_mode("why")          # on Discord only where Kring is told what people write, who comes and who goes
@pytest.mark.light_mode("why")         # on Discord only where it is not
def test_something(talk, slack): ...    # what only Slack has
def test_something(talk, discord): ...  # what only Discord has
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
import structlog
from aiohttp import ClientSession
from structlog.typing import EventDict

from adapters.playground.server import serving
from bot.compose import playground
from bot.settings import Database, Settings
from tests.stories.discord_house import DiscordDriver, discord_talk
from tests.stories.playground import PlaygroundDriver
from tests.stories.slack_house import SlackDriver, slack_talk
from tests.talk import Talk

SAID_BY_MISTAKE: list[object] = []
"""Errors that were logged in this process: something that nobody thought of."""
SLACK = ("slack-socket", "slack-http")
DISCORD = ("discord-light", "discord-full")
PLAYED = [
    *(pytest.param(each, "en", False, id=f"{each}-days-en") for each in ("playground", "slack-socket", "discord-full")),
    *(pytest.param(each, "nl", True, id=f"{each}-live-nl") for each in ("playground", "slack-http", "discord-light")),
]
"""Stories of whole rounds take long: each platform sees them over days and live, in one of its two ways."""


def _noting(_logger: object, level: str, said: EventDict) -> EventDict:
    if level in ("error", "exception", "critical"):
        SAID_BY_MISTAKE.append(dict(said))
    return said


structlog.configure(processors=[_noting, *structlog.get_config()["processors"]])


@pytest.fixture(autouse=True)
def _nothing_unexpected() -> Iterator[None]:
    SAID_BY_MISTAKE.clear()
    yield
    assert not SAID_BY_MISTAKE


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "talk" not in metafunc.fixturenames or "platform" not in metafunc.fixturenames:
        return
    marked = metafunc.definition.get_closest_marker
    discord = [each for each in DISCORD if not marked("light_mode" if each == "discord-full" else "full_mode")]
    if "slack" in metafunc.fixturenames:
        platforms = [*SLACK]
    elif "discord" in metafunc.fixturenames:
        platforms = discord
    else:
        platforms = ["playground"] if marked("playground_only") else ["playground", *SLACK, *discord]
    if "live" in metafunc.fixturenames:
        metafunc.parametrize(("platform", "language", "live"), PLAYED)
    else:
        metafunc.parametrize("platform", platforms)


@pytest.fixture
async def talk(platform: str, sqlite_url: str) -> AsyncIterator[Talk]:
    """A story that begins on a Monday morning, where nobody is yet."""
    if platform in DISCORD:
        telling = discord_talk(sqlite_url, "full" if platform == "discord-full" else "light")
    elif platform in SLACK:
        telling = slack_talk(sqlite_url, "socket" if platform == "slack-socket" else "http")
    else:
        telling = _playground_talk(sqlite_url)
    async with telling as made:
        yield made


@pytest.fixture
def slack(talk: Talk) -> SlackDriver:
    """For stories about what only Slack has."""
    assert isinstance(talk.driver, SlackDriver)
    return talk.driver


@pytest.fixture
def discord(talk: Talk) -> DiscordDriver:
    """For stories about what only Discord has."""
    assert isinstance(talk.driver, DiscordDriver)
    return talk.driver


@asynccontextmanager
async def _playground_talk(database: str) -> AsyncIterator[Talk]:
    settings = Settings(database=Database(url=database))
    async with (
        playground(settings, "en", empty=True) as desk,
        serving(desk, "127.0.0.1", 0) as address,
        ClientSession() as client,
    ):
        made = Talk(PlaygroundDriver(client, address))
        await made.monday_comes()
        yield made
