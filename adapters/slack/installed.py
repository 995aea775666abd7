"""The workspaces that installed Kring by OAuth: kept in the store, as JSON of our own.

Tokens of an app with token rotation last twelve hours. They are renewed here, by one process at a time, since a renewal
can be asked for only once (https://docs.slack.dev/authentication/using-token-rotation and
https://github.com/slackapi/node-slack-sdk/issues/2504, 2026-11-25).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack import PLATFORM
from adapters.slack.faults import word_of
from adapters.slack.workspaces import FAILURES, Workspace, is_dead
from bot.chat.names import Space
from bot.errors import PlatformTrouble, StorageTrouble

EARLY = timedelta(hours=2)
"""How long before its end a token is renewed."""
RENEWAL = timedelta(seconds=30)
"""How long one process may be at it before another tries."""
FRESH = timedelta(minutes=1)
"""How long an installation is believed before the store is asked again: another process may have changed it."""
SHORTLY = timedelta(seconds=5)
"""The same while its token is being renewed, here or elsewhere."""
PATIENCE = 10.0
"""Seconds that one waits for a token that another process renews, when the old one has expired."""
UNRENEWED = "the token has expired and could not be renewed yet; see kring doctor"

log = structlog.get_logger("kring.slack")


@dataclass(frozen=True, slots=True)
class Installation:
    """A workspace that installed Kring, as it is kept."""

    workspace: Workspace
    refresh_token: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None

    def pack(self) -> str:
        workspace = asdict(self.workspace) | {"scopes": sorted(self.workspace.scopes)}
        expires = self.expires_at.isoformat() if self.expires_at else None
        return json.dumps(workspace | {"refresh_token": self.refresh_token, "expires_at": expires})

    def ends(self, now: datetime, *, within: timedelta = timedelta(0)) -> bool:
        return self.expires_at is not None and self.expires_at - now <= within


def unpack(kept: str) -> Installation:
    values = json.loads(kept)
    refresh, expires = values.pop("refresh_token"), values.pop("expires_at")
    workspace = Workspace(**(values | {"scopes": frozenset(values["scopes"])}))
    return Installation(workspace, refresh, datetime.fromisoformat(expires) if expires else None)


class Installations(Protocol):
    """Where installations are kept. The texts hold tokens; the store encrypts them when it has a key."""

    async def installation(self, space: Space, /) -> str | None: ...

    async def installations(self, platform: str, /) -> Mapping[str, str]: ...

    async def keep_installation(self, space: Space, kept: str, /) -> None: ...

    async def drop_installation(self, space: Space, /) -> None: ...

    async def claim_rotation(self, space: Space, now: datetime, lease: timedelta, /) -> bool:
        """Whether the caller alone may renew this space's token until the lease is over."""


class InstalledWorkspaces:
    """The workspaces that installed Kring by themselves."""

    def __init__(
        self,
        installations: Installations,
        client: AsyncWebClient,
        *,
        client_id: str,
        client_secret: str,
        now: Callable[[], datetime],
    ) -> None:
        self._installations = installations
        self._client = client
        self._client_id = client_id
        self._client_secret = client_secret
        self._now = now
        self._cached: dict[str, tuple[Installation, datetime]] = {}
        self._unsaved: dict[str, Installation] = {}
        """Renewed, but the store did not take it yet: the only copy of what Slack gives once."""
        self._hopeless: dict[str, datetime] = {}
        """Until when a token that has expired is not tried again, so that nobody queues up for it."""
        self._locks: dict[str, asyncio.Lock] = {}

    async def find(self, team: str) -> Workspace | None:
        """Raises StorageTrouble, and PlatformTrouble while the token has expired and is not renewed yet."""
        found = self._believed(team)
        if found is None:
            async with self._locks.setdefault(team, asyncio.Lock()):
                found = self._believed(team) or await self._current(team)
        return found.workspace if found else None

    async def forget(self, team: str) -> None:
        kept = await self._read(team)
        if kept and await is_dead(self._client, kept.workspace.token):
            self._cached.pop(team, None)
            self._unsaved.pop(team, None)
            await self._installations.drop_installation(Space(PLATFORM, team))
            log.info("Kring was removed from a workspace", team=team)

    async def add(self, installation: Installation) -> None:
        team = installation.workspace.team
        await self._installations.keep_installation(Space(PLATFORM, team), installation.pack())
        self._unsaved.pop(team, None)
        self._cached.pop(team, None)

    async def all(self) -> tuple[Workspace, ...]:
        """Those that are installed, whether or not their token is good now."""
        kept = await self._installations.installations(PLATFORM)
        return tuple(unpack(each).workspace for each in kept.values())

    async def exchange(self, **given: str) -> AsyncSlackResponse:
        """A token for a code or a refresh token. Raises what slack_sdk and aiohttp raise.

        By hand, for the SDK's own way uses what aiohttp gives up (`BasicAuth`).
        """
        identity = {"Authorization": aiohttp.encode_basic_auth(self._client_id, self._client_secret)}
        return await self._client.api_call("oauth.v2.access", data=given, headers=identity)

    # -- what is known

    def _believed(self, team: str) -> Installation | None:
        found, until = self._cached.get(team, (None, datetime.min.replace(tzinfo=UTC)))
        return found if found and self._now() < until else None

    async def _read(self, team: str) -> Installation | None:
        kept = await self._installations.installation(Space(PLATFORM, team))
        return unpack(kept) if kept is not None else None

    def _believe(self, found: Installation) -> Installation:
        now = self._now()
        until = now + (SHORTLY if found.ends(now, within=EARLY) else FRESH)
        self._cached[found.workspace.team] = (found, min(until, found.expires_at or until))
        return found

    async def _current(self, team: str) -> Installation | None:
        """From the store, renewed when it is time."""
        if team in self._hopeless and self._now() < self._hopeless[team]:
            raise PlatformTrouble(UNRENEWED)
        await self._save(team)
        found = await self._read(team)
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while found is not None and found.ends(self._now(), within=EARLY):
            if await self._installations.claim_rotation(Space(PLATFORM, team), self._now(), RENEWAL):
                found = await self._read(team)  # it may have been renewed just before
                if found is not None and found.ends(self._now(), within=EARLY):
                    found = await self._renewed(found)
                    deadline = 0.0
            if found is None or not found.ends(self._now()):
                break  # renewed by us, or not renewed yet but good for a while
            if asyncio.get_running_loop().time() > deadline:
                self._hopeless[team] = self._now() + SHORTLY
                raise PlatformTrouble(UNRENEWED)
            await asyncio.sleep(0.25)  # another process is at it
            found = await self._read(team)
        return self._believe(found) if found else None

    # -- token rotation

    async def _renewed(self, old: Installation) -> Installation:
        """With a new token, which is in the store; the old one when that cannot be had now."""
        team = old.workspace.team
        try:
            said = await self.exchange(grant_type="refresh_token", refresh_token=old.refresh_token or "")
        except FAILURES as error:
            why = word_of(error) or type(error).__name__
            log.warning("the token was not renewed; if this goes on, install Kring there again", team=team, why=why)
            return old
        self._unsaved[team] = replace(
            old,
            workspace=replace(old.workspace, token=said["access_token"]),
            refresh_token=said.get("refresh_token") or old.refresh_token,
            expires_at=self._now() + timedelta(seconds=int(said["expires_in"])),
        )
        try:
            return await self._save(team) or old
        except StorageTrouble:
            log.exception("the renewed token cannot be kept yet", team=team)
            return old

    async def _save(self, team: str) -> Installation | None:
        renewed = self._unsaved.get(team)
        if renewed is not None:
            await self._installations.keep_installation(Space(PLATFORM, team), renewed.pack())
            del self._unsaved[team]
            log.info("the token was renewed", team=team)
        return renewed
