"""`kring run` with Slack, with Discord, and with both."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from adapters.slack.manifest import manifest
from bot.errors import SettingsFault
from bot.features import gather
from bot.running import run
from bot.settings import Database, Discord, Settings, Slack
from tests.fakes.discord_server import DiscordServer
from tests.fakes.slack_server import SlackServer

NONE = Settings()


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer(manifest=manifest(gather().offered.commands)) as slack:
        slack.workspace("De Tol")
        yield slack


@pytest.fixture
async def discord() -> AsyncIterator[DiscordServer]:
    async with DiscordServer(tempo=10) as discord:  # else the second start within five seconds waits
        discord.server("De Regenboog")
        yield discord


def on_slack(slack: SlackServer) -> Slack:
    (space,) = slack.world.workspaces.values()
    bot = slack.world.installation(space).token
    return Slack(api_url=slack.url, bot_token=SecretStr(bot), app_token=SecretStr(slack.app.app_token))


def on_discord(discord: DiscordServer, **more: bool) -> Discord:
    token = SecretStr(discord.app.token)
    return Discord(api_url=discord.api_url, gateway_url=discord.gateway_url, token=token, **more)


async def told(slack: Slack, discord: Discord, database: str) -> str:
    """What it says when it is up. Then it is told to stop."""
    said: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    settings = Settings(database=Database(url=database), slack=slack, discord=discord)
    serving = asyncio.create_task(run(settings, ready=said.set_result))
    await asyncio.wait({serving, said}, timeout=30, return_when=asyncio.FIRST_COMPLETED)
    if said.done():
        os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(serving, 30)
    return said.result()


async def test_discord_alone(discord: DiscordServer, sqlite_url: str) -> None:
    line = await told(NONE.slack, on_discord(discord), sqlite_url)
    assert line == "Kring listens to Discord (De Regenboog; light mode). Ctrl-C stops it."
    assert discord.connected == 0, "it left"
    full = await told(NONE.slack, on_discord(discord, members=True, message_content=True), sqlite_url)
    assert "Discord (De Regenboog; full mode: words and members)" in full


async def test_slack_alone(slack: SlackServer, sqlite_url: str) -> None:
    line = await told(on_slack(slack), NONE.discord, sqlite_url)
    assert line == "Kring listens to Slack (De Tol) by a socket. Ctrl-C stops it."


async def test_both(slack: SlackServer, discord: DiscordServer, sqlite_url: str) -> None:
    line = await told(on_slack(slack), on_discord(discord), sqlite_url)
    assert line == (
        "Kring listens to Slack (De Tol) by a socket and Discord (De Regenboog; light mode). Ctrl-C stops it."
    )


async def test_one_that_refuses_stops_the_start_of_both(
    slack: SlackServer, discord: DiscordServer, sqlite_url: str
) -> None:
    """Half a Kring that looks like a whole one would be worse."""
    strange = on_discord(discord).model_copy(update={"token": SecretStr("MTIz.AAAAAA.other")})
    with pytest.raises(SettingsFault, match="KRING_DISCORD__TOKEN is not known to Discord"):
        await told(on_slack(slack), strange, sqlite_url)
    discord.app.intents_allowed = set()
    with pytest.raises(SettingsFault, match='needs the "Server Members Intent"'):
        await told(on_slack(slack), on_discord(discord, members=True), sqlite_url)
