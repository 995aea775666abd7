"""Slack's Web API as the rest of the adapter calls it: one session, a client for each workspace, our own errors."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Protocol

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.faults import HOST_MUST_ACT, translated, word_of
from adapters.slack.workspaces import Workspace
from bot.errors import PlatformRefusal

Client = AsyncWebClient
"""The SDK's, for those who pass it on and know nothing of Slack's packages."""
PATIENT = 10.0
"""Seconds after which a call to Slack counts as broken."""

log = structlog.get_logger("kring.slack")


class Known(Protocol):
    """The workspaces that Kring is in."""

    async def find(self, team: str) -> Workspace | None: ...


def new_session() -> aiohttp.ClientSession:
    """One for all calls: without it the SDK opens a new one for each. Its time-out is the one that counts."""
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=PATIENT), connector=aiohttp.TCPConnector(limit=64), trust_env=True
    )


def new_client(session: aiohttp.ClientSession, api_url: str, token: str | None) -> AsyncWebClient:
    """A client that never sends anything a second time by itself: the SDK's own retry can post twice."""
    return AsyncWebClient(
        token=token,
        base_url=api_url,
        session=session,
        retry_handlers=[],
        trust_env_in_session=True,
        timeout=int(PATIENT),
    )


class Calling:
    def __init__(
        self, session: aiohttp.ClientSession, api_url: str, workspaces: Known, now: Callable[[], datetime]
    ) -> None:
        self._session = session
        self._api_url = api_url
        self._workspaces = workspaces
        self._now = now
        self._clients: dict[str, AsyncWebClient] = {}

    @property
    def session(self) -> aiohttp.ClientSession:
        return self._session

    async def workspace(self, team: str) -> Workspace:
        """Raises PlatformRefusal when Kring is not in it (any more)."""
        try:
            found = await self._workspaces.find(team)
        except Exception as error:
            raise translated(error, self._now()) from error
        if found is None:
            raise PlatformRefusal("forbidden", "not_installed")
        return found

    async def client(self, team: str) -> AsyncWebClient:
        token = (await self.workspace(team)).token
        client = self._clients.get(team)
        if client is None or client.token != token:
            client = self._clients[team] = new_client(self._session, self._api_url, token)
        return client

    async def ask(self, team: str, call: Awaitable[Any], *, to_person: bool = False) -> Any:
        """What Slack answers. Raises PlatformTrouble or PlatformRefusal."""
        try:
            return await call
        except Exception as error:
            word = word_of(error)
            if word in HOST_MUST_ACT:
                log.warning("slack refuses the token; see kring doctor", team=team, why=HOST_MUST_ACT[word])
            told = translated(error, self._now(), to_person=to_person)
            raise told from error
