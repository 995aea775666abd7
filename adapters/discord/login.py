"""A client of discord.py that is logged in: by which addresses, through which proxy, and however long that takes."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.calling import traced
from adapters.discord.cures import UNKNOWN_TOKEN, strange
from adapters.discord.faults import translated
from adapters.discord.seldom import seldom
from bot.errors import SettingsFault

LONGEST = 120.0
"""Seconds that discord.py may sleep where a limit is used up. As long as a window goes on for more than this, it also
refuses what is left of it (2.7.1): so this is more than its least, thirty, and less than a request may be held."""
LOGIN = 40.0
"""Seconds for one attempt to log in."""
AGAIN = 5.0
"""Seconds between two of them."""
NOT_LET_IN = (discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError)
"""What an attempt raises when Discord does not let Kring in now."""

log = structlog.get_logger("kring.discord")

# else every client warns the host that it cannot speak aloud
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


@asynccontextmanager
async def rest(token: str, api_url: str, gateway_url: str, proxy: str | None = None) -> AsyncIterator[discord.Client]:
    """A client that is logged in and never connects, however long Discord cannot be reached.

    Raises SettingsFault when Discord does not know the token.
    """
    with pointed_at(api_url, gateway_url):
        client = await _logged_in(token, proxy)
        try:
            yield client
        finally:
            await client.close()


@asynccontextmanager
async def rest_now(
    token: str, api_url: str, gateway_url: str, proxy: str | None, now: Callable[[], datetime]
) -> AsyncIterator[discord.Client]:
    """The same, tried once. Raises PlatformTrouble or PlatformRefusal too, when Discord does not let Kring in now."""
    with pointed_at(api_url, gateway_url):
        try:
            client = await _log_in(token, proxy)
        except NOT_LET_IN as error:
            raise translated(error, now()) from error
        try:
            yield client
        finally:
            await client.close()


async def _logged_in(token: str, proxy: str | None) -> discord.Client:
    while True:
        try:
            return await _log_in(token, proxy)
        except NOT_LET_IN as error:
            log.warning("discord cannot be asked yet", why=f"{type(error).__name__}: {error}")
        await asyncio.sleep(AGAIN)


async def _log_in(token: str, proxy: str | None) -> discord.Client:
    """A new one each time: one whose login failed keeps its session open. Raises SettingsFault or one of NOT_LET_IN."""
    client = discord.Client(
        intents=discord.Intents(guilds=True),  # for discord.py's peace of mind: nothing is connected
        max_messages=None,
        proxy=proxy,
        http_trace=traced(),
        max_ratelimit_timeout=LONGEST,
    )
    seldom(client.http)
    done = False
    try:
        async with asyncio.timeout(LOGIN):
            await client.login(token)
        done = True
    except discord.LoginFailure:
        raise SettingsFault([UNKNOWN_TOKEN]) from None
    except (KeyError, TypeError) as error:  # a page for people, which discord.py takes for what it asked for
        raise SettingsFault([strange(Route.BASE, "it answers with something else")]) from error
    finally:
        if not done:
            await client.close()
    return client


@contextmanager
def pointed_at(api_url: str, gateway_url: str) -> Iterator[None]:
    """All of discord.py in this process talks to these addresses: it has no other place to say so."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = api_url.rstrip("/"), yarl.URL(gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


def proxy_for(url: str) -> str | None:
    """The proxy that the environment names for this address (`HTTPS_PROXY`, `NO_PROXY`); none on this machine.

    discord.py does not look at the environment itself.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host == "localhost" or _is_loopback(host) or proxy_bypass(host):
        return None
    scheme = {"ws": "http", "wss": "https"}.get(parts.scheme, parts.scheme)
    found = getproxies()
    return found.get(scheme) or found.get("all")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
