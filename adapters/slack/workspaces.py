"""The Slack workspaces that Kring is in, and the one whose token stands in the environment.

Those that installed Kring by themselves are in `installed.py`.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any, Protocol

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.faults import word_of

DEAD = {"invalid_auth", "account_inactive", "token_revoked"}
"""What Slack says of a token when the app is not in the workspace any more."""
FAILURES = (SlackApiError, SlackClientError, aiohttp.ClientError, asyncio.TimeoutError, OSError)
"""What a call to Slack may raise."""

log = structlog.get_logger("kring.slack")


@dataclass(frozen=True, slots=True)
class Workspace:
    team: str
    name: str
    token: str = field(repr=False)
    bot_user: str
    bot_id: str
    app_id: str
    url: str
    scopes: frozenset[str]
    installer: str | None = None


class Workspaces(Protocol):
    async def find(self, team: str) -> Workspace | None:
        """The workspace with a token that is good now; None when Kring is not in it."""

    async def forget(self, team: str) -> None:
        """Kring was removed from it, as far as one hears: Slack may tell so late, after it was installed again."""

    async def all(self) -> tuple[Workspace, ...]: ...


async def introduced(client: AsyncWebClient, token: str, *, app_token: str | None = None) -> Workspace:
    """Whose token that is, and what it may do. Raises what slack_sdk and aiohttp raise."""
    said = await client.auth_test(token=token)
    return Workspace(
        team=said["team_id"],
        name=said.get("team", ""),
        token=token,
        bot_user=said["user_id"],
        bot_id=said.get("bot_id", ""),
        app_id=said.get("app_id") or app_of(app_token) or "",
        url=said.get("url", ""),
        scopes=scopes_in(said.headers),
    )


async def is_dead(client: AsyncWebClient, token: str) -> bool:
    """Whether Slack says so; not when Slack could not be asked."""
    try:
        await client.auth_test(token=token)
    except SlackApiError as error:
        return word_of(error) in DEAD
    except FAILURES:
        return False
    return False


def scopes_in(headers: Any) -> frozenset[str]:
    """The token's scopes, which Slack names in a header of every answer; a proxy may write its name in another case."""
    named = {name.lower(): value for name, value in headers.items()}
    return frozenset(each.strip() for each in named.get("x-oauth-scopes", "").split(",") if each.strip())


def app_of(app_token: str | None) -> str | None:
    """The id of the app, which its app-level token holds: `xapp-1-A0123-…`."""
    parts = (app_token or "").split("-")
    return parts[2] if len(parts) > 3 and parts[2].startswith("A") else None


class OneWorkspace:
    """The workspace of the token in the environment."""

    def __init__(self, workspace: Workspace, client: AsyncWebClient) -> None:
        self._workspace: Workspace | None = workspace
        self._client = client

    async def find(self, team: str) -> Workspace | None:
        return self._workspace if self._workspace and self._workspace.team == team else None

    async def forget(self, team: str) -> None:
        found = await self.find(team)
        if found and await is_dead(self._client, found.token):
            self._workspace = None
            log.error("Kring was removed from the workspace; install the app again and start anew", team=team)

    async def all(self) -> tuple[Workspace, ...]:
        return (self._workspace,) if self._workspace else ()
