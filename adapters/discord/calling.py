"""Discord's REST API as the rest of the adapter calls it: one client of discord.py, calls sent once, our own errors.

discord.py follows the limits that Discord tells in its headers. By itself it would also send a call again after a 500,
502, 504 or a reset, up to five times, and sleep through a 429 while it holds on to the caller. Some of what Kring asks
must not be done twice (a post in a forum), and whoever waits in such a sleep keeps others waiting: so a call ends
with the first answer, and the outbox tries again. https://discordpy.readthedocs.io/en/stable/ (2.7.1, 2026-11-26)
"""

from __future__ import annotations

import json as jsons
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Protocol

import aiohttp
import discord
import structlog
from discord.http import Route

from adapters.discord.faults import Broke, Failing, Throttled, host_must_act, translated
from adapters.discord.window import Window

Client = discord.Client
"""discord.py's, for those who pass it on and know nothing of it."""
PATIENT = 10.0
"""Seconds after which one exchange with Discord counts as broken."""
RESETS = frozenset({54, 10054})
"""What a reset is called where discord.py would send the call again by itself: macOS, Windows."""

log = structlog.get_logger("kring.discord")


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


# -- each call once


def traced() -> aiohttp.TraceConfig:
    """For the client's HTTP session: it takes each answer as it comes."""
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
