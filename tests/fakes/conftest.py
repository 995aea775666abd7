"""A fake Slack with one workspace, a channel with somebody in it, and the real client; a fake Discord likewise."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.discord.state import Channel as Room
from tests.fakes.discord.state import Guild
from tests.fakes.discord.state import Person as Somebody
from tests.fakes.discord_listening import App, listening
from tests.fakes.discord_server import DiscordServer
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


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer(limits=False, patience=0.3) as made:
        yield made


@pytest.fixture
def guild(server: DiscordServer) -> Guild:
    return server.server("De Regenboog")


@pytest.fixture
def bram(server: DiscordServer, guild: Guild) -> Somebody:
    return server.person(guild, "Bram", locale="nl")


@pytest.fixture
def lobby(server: DiscordServer, guild: Guild) -> Room:
    return server.channel(guild, "lobby")


@pytest.fixture
async def app(server: DiscordServer, guild: Guild, lobby: Room) -> AsyncIterator[App]:
    """discord.py's client with every intent, connected."""
    async with listening(server) as made:
        yield made
