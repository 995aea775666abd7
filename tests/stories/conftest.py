"""Each story runs on the playground, and on Slack in Socket Mode and in HTTP mode, each time with a new database.

@pytest.mark.playground_only("why")    # the platform's own business, which in the playground is ours
def test_something(talk, slack): ...    # what only Slack has
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession

from adapters.playground.server import serving
from bot.compose import playground
from bot.settings import Database, Settings
from tests.stories.playground import PlaygroundDriver
from tests.stories.slack_house import SlackDriver, slack_talk
from tests.talk import Talk

SLACK = ("slack-socket", "slack-http")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "platform" in metafunc.fixturenames:
        only = metafunc.definition.get_closest_marker("playground_only")
        slack = "slack" in metafunc.fixturenames
        metafunc.parametrize("platform", SLACK if slack else ("playground",) if only else ("playground", *SLACK))


@pytest.fixture
async def talk(platform: str, sqlite_url: str) -> AsyncIterator[Talk]:
    """A story that begins on a Monday morning, where nobody is yet."""
    if platform == "playground":
        telling = _playground_talk(sqlite_url)
    else:
        telling = slack_talk(sqlite_url, "socket" if platform == "slack-socket" else "http")
    async with telling as made:
        yield made


@pytest.fixture
def slack(talk: Talk) -> SlackDriver:
    """For stories about what only Slack has."""
    assert isinstance(talk.driver, SlackDriver)
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
