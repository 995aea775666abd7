"""A fake Slack with one workspace, a channel with somebody in it, and the real client."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.state import Channel, Person, Workspace
from tests.fakes.slack_server import SlackServer


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer(limits=False, patience=0.3, retries=(0.0, 0.05, 0.1)) as made:
        yield made


@pytest.fixture
def school(slack: SlackServer) -> Workspace:
    return slack.workspace("De Regenboog")


@pytest.fixture
def anna(slack: SlackServer, school: Workspace) -> Person:
    return slack.person(school, "Anna", locale="nl-NL")


@pytest.fixture
def general(slack: SlackServer, school: Workspace, anna: Person) -> Channel:
    return slack.channel(school, "general", [anna])


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as made:
        yield made


@pytest.fixture
def client(slack: SlackServer, school: Workspace, session: aiohttp.ClientSession) -> AsyncWebClient:
    """The app's, as Kring makes it: nothing is tried again behind its back."""
    assert school.installation is not None
    return AsyncWebClient(school.installation.token, slack.url, session=session, retry_handlers=[])
