"""Discord's REST API as the rest of the adapter calls it: one client of discord.py, calls sent once, our own errors.

discord.py follows the limits that Discord tells in its headers. By itself it would also send a call again after a 500,
502, 504 or a reset, up to five times, and sleep through a 429 while it holds on to the caller. Some of what Kring asks
must not be done twice (a post in a forum), and whoever waits in such a sleep keeps others waiting: so a call ends
with the first answer, and the outbox tries again. https://discordpy.readthedocs.io/en/stable/ (2.7.1, 2026-11-26)
"""

from __future__ import annotations

import asyncio
import ipaddress
import json as jsons
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Protocol
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.cures import UNKNOWN_TOKEN, strange
from adapters.discord.faults import Broke, Failing, Throttled, host_must_act, translated
from adapters.discord.seldom import seldom
from adapters.discord.window import Window
from bot.errors import SettingsFault

Client = discord.Client
"""discord.py's, for those who pass it on and know nothing of it."""
PATIENT = 10.0
"""Seconds after which one exchange with Discord counts as broken."""
LONGEST = 120.0
"""Seconds that discord.py may sleep where a limit is used up. As long as a window goes on for more than this, it also
refuses what is left of it (2.7.1): so this is more than its least, thirty, and less than a request may be held."""
LOGIN = 40.0
"""Seconds for one attempt to log in."""
AGAIN = 5.0
"""Seconds between two of them."""
NOT_LET_IN = (discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError)
"""What an attempt raises when Discord does not let Kring in now."""
RESETS = frozenset({54, 10054})
"""What a reset is called where discord.py would send the call again by itself: macOS, Windows."""

log = structlog.get_logger("kring.discord")

# else every client warns the host that it cannot speak aloud
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


class Hears(Protocol):
    """Learns from every answer how much may still be asked: see `pace`."""

    def heard(self, route: str, place: str, left: int, seconds: float) -> None: ...
    def refused(self, route: str, place: str, seconds: float, *, everything: bool) -> None: ...
    def answered(self, status: int) -> None: ...


@dataclass(frozen=True, slots=True)
class File:
    """Sent along with a message. `description` is read to those who do not see it."""

    filename: str
    content: bytes
    description: str = ""


@dataclass(frozen=True, slots=True)
class _Exchange:
    """One call under way, as the trace of its HTTP session sees it."""

    route: str
    place: str
    hears: Hears


class Calling:
    def __init__(self, client: Client, hears: Hears, now: Callable[[], datetime], window: Window | None = None) -> None:
        """Through the `window` goes all that is asked, where there is one."""
        self._client = client
        self._hears = hears
        self._now = now
        self._window = window

    @property
    def me(self) -> str:
        """The id of Kring's own account."""
        user = self._client.user
        return str(user.id) if user is not None else ""

    @property
    def app(self) -> str:
        """The id of the application."""
        return str(self._client.application_id or "")

    async def flags(self) -> int:
        """Those of the application, among them which intents it may use."""
        return int((await self.ask("GET", "/applications/@me")).get("flags") or 0)

    async def ask(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        query: dict[str, Any] | None = None,
        files: Sequence[File] = (),
        to_person: bool = False,
        **ids: str,
    ) -> Any:
        """What Discord answers. `path` names its ids (`/channels/{channel_id}`), given in `ids`.

        With `files`, `json` is a message whose `attachments` name them in their order. Raises PlatformTrouble or
        PlatformRefusal.
        """
        route = Route(method, path, **ids)
        exchange = _Exchange(f"{method} {path}", ids.get("channel_id", ""), self._hears)
        given: dict[str, Any] = {"timeout": aiohttp.ClientTimeout(total=PATIENT), "trace_request_ctx": exchange}
        if query is not None:
            given["params"] = query
        if files:
            given["form"] = [
                {"name": "payload_json", "value": jsons.dumps(json), "content_type": "application/json"},
                *(
                    {
                        "name": f"files[{n}]",
                        "value": file.content,
                        "filename": file.filename,
                        "content_type": "application/octet-stream",
                    }
                    for n, file in enumerate(files)
                ),
            ]
        elif json is not None:
            given["json"] = json
        try:
            async with self._window.passing(path) if self._window is not None else nullcontext():
                return await self._client.http.request(route, **given)
        except Exception as error:
            if host_must_act(error):
                log.warning("discord refuses the token; see kring doctor")
            raise translated(error, self._now(), to_person=to_person) from error


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
        http_trace=_traced(),
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


# -- each call once


def _traced() -> aiohttp.TraceConfig:
    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(_answered)
    trace.on_request_exception.append(_broke)
    return trace


async def _answered(_: aiohttp.ClientSession, about: SimpleNamespace, params: aiohttp.TraceRequestEndParams) -> None:
    """Takes the answer out of discord.py's hands where it would sleep or send the call again."""
    exchange = about.trace_request_ctx
    if not isinstance(exchange, _Exchange):
        return
    response = params.response
    late = response.status == 401 and "{webhook_token}" in exchange.route  # that of an interaction, not Kring's
    exchange.hears.answered(403 if late else response.status)
    if response.status == 429:
        throttled = await _throttled(response)
        exchange.hears.refused(exchange.route, exchange.place, throttled.seconds, everything=throttled.everything)
        raise throttled
    if response.status >= 500:
        raise Failing(response.status)
    headers = response.headers
    if "X-RateLimit-Remaining" in headers:
        left, seconds = int(headers["X-RateLimit-Remaining"]), float(headers.get("X-RateLimit-Reset-After", 0))
        exchange.hears.heard(exchange.route, exchange.place, left, seconds)


async def _throttled(response: aiohttp.ClientResponse) -> Throttled:
    """Discord's own answer says how long and for what; that of the wall before it only how long."""
    try:
        said = jsons.loads(await response.read())
    except ValueError:
        said = None
    if not isinstance(said, dict):
        return Throttled(_seconds(response.headers.get("Retry-After"), 60.0), everything=True)
    wait = _seconds(said.get("retry_after"), _seconds(response.headers.get("Retry-After"), 1.0))
    return Throttled(wait, code=int(said.get("code") or 0), everything=bool(said.get("global")))


def _seconds(said: Any, otherwise: float) -> float:
    try:
        return max(float(said), 0.0)
    except (TypeError, ValueError):
        return otherwise


async def _broke(_: aiohttp.ClientSession, about: SimpleNamespace, params: aiohttp.TraceRequestExceptionParams) -> None:
    error = params.exception
    if isinstance(about.trace_request_ctx, _Exchange) and isinstance(error, OSError) and error.errno in RESETS:
        raise Broke from error
