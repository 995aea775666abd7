"""Slack's side of the house: what it takes to send there, and to hear what comes from there."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from aiohttp import web

from adapters.slack import PLATFORM
from adapters.slack.answers import Answers
from adapters.slack.calling import Calling, Client, new_client, new_session
from adapters.slack.connect import Requests, Socket, new_app, patiently
from adapters.slack.cures import OF_BOT_TOKEN
from adapters.slack.drafts import Drafts
from adapters.slack.hearing import Hearing
from adapters.slack.home import SHORTLY, Homes
from adapters.slack.install import Install
from adapters.slack.installed import InstalledWorkspaces
from adapters.slack.manifest import EVENTS_PATH
from adapters.slack.outbound import SlackPlatform
from adapters.slack.pace import Pace
from adapters.slack.profiles import Profiles
from adapters.slack.workspaces import OneWorkspace, Workspace, Workspaces, introduced

if TYPE_CHECKING:
    from pydantic import SecretStr

    from bot.compose import Kring
    from bot.settings import Settings
    from storage.store import Store


@asynccontextmanager
async def slack_side(
    settings: Settings, store: Store, *, now: Callable[[], datetime], tempo: float
) -> AsyncIterator[SlackSide]:
    """`tempo` makes the pace so many times faster, for a Slack that is. Raises SettingsFault when Slack refuses us."""
    async with new_session() as session:
        client = new_client(session, settings.slack.api_url, None)
        workspaces = await _workspaces(settings, store, client, now)
        pace = Pace(time.monotonic, tempo)
        calling = Calling(session, settings.slack.api_url, workspaces, now)
        profiles = Profiles(calling, pace, time.monotonic)
        try:
            yield SlackSide(settings, store, client, workspaces, calling, pace, profiles, now, tempo)
        finally:
            await profiles.close()


class SlackSide:
    """`homes` and `socket` are there while it is `heard`; `socket` in Socket Mode only."""

    name = PLATFORM
    homes: Homes
    socket: Socket | None

    def __init__(
        self,
        settings: Settings,
        store: Store,
        client: Client,
        workspaces: Workspaces,
        calling: Calling,
        pace: Pace,
        profiles: Profiles,
        now: Callable[[], datetime],
        tempo: float,
    ) -> None:
        self.workspaces = workspaces
        self.platform = SlackPlatform(calling, profiles, pace, now)
        self._settings = settings
        self._store = store
        self._client = client
        self._calling = calling
        self._pace = pace
        self._profiles = profiles
        self._now = now
        self._tempo = tempo

    @asynccontextmanager
    async def heard(self, kring: Kring) -> AsyncIterator[Iterable[web.AbstractRouteDef]]:
        """What comes goes to the door; gives what Kring's own server must serve for that."""
        slack, now = self._settings.slack, self._now
        async with AsyncExitStack() as stack:
            drafts = Drafts(self._store, now)
            answers = Answers(self._calling, self._pace, drafts, self._profiles, now)
            stack.push_async_callback(answers.close)
            self.homes = Homes(kring.door, answers, now=now, tick=time.monotonic, shortly=SHORTLY / self._tempo)
            kring.on_commit(self.homes.poke)
            self.homes.start()
            stack.push_async_callback(self.homes.stop)
            hearing = Hearing(
                kring.door,
                workspaces=self.workspaces,
                profiles=self._profiles,
                answers=answers,
                homes=self.homes,
                drafts=drafts,
                now=now,
            )
            stack.push_async_callback(hearing.close)
            app = new_app(self._client, self.workspaces, hearing, _shown(slack.signing_secret))
            self.socket = Socket(app, _shown(slack.app_token)) if slack.mode == "socket" else None
            routes = list(self._install(hearing))
            if self.socket is None:
                routes.append(web.post(EVENTS_PATH, Requests(app, time.monotonic).take))
            yield routes

    async def start(self) -> None:
        if self.socket is not None:
            await self.socket.start()

    async def stop(self) -> None:
        if self.socket is not None:
            await self.socket.stop()

    async def is_well(self) -> bool:
        if self.socket is not None:
            return await self.socket.is_connected()
        # before the first workspace installs Kring, it is as it should be
        return isinstance(self.workspaces, InstalledWorkspaces) or bool(await self.workspaces.all())

    async def told(self, url: str) -> str:
        """Where it listens, in words. `url` is of Kring's own server, empty where there is none."""
        names = ", ".join(each.name or each.team for each in await self.workspaces.all()) or "no workspace yet"
        where = f"Kring's own server at {url}" if url else "a socket"
        return f"Slack ({names}) by {where}"

    def _install(self, hearing: Hearing) -> Iterable[web.AbstractRouteDef]:
        """The pages by which workspaces install Kring, where there can be several."""
        if not isinstance(self.workspaces, InstalledWorkspaces):
            return ()

        async def greet(workspace: Workspace) -> None:
            if workspace.installer:
                await hearing.greet(workspace.team, workspace.installer)

        slack = self._settings.slack
        return Install(
            self.workspaces,
            self._client,
            client_id=_shown(slack.client_id),
            signing_secret=_shown(slack.signing_secret),
            public_url=self._settings.server.public_url,
            once=self._store.once,
            installed=greet,
            now=self._now,
        ).routes()


async def _workspaces(settings: Settings, store: Store, client: Client, now: Callable[[], datetime]) -> Workspaces:
    slack = settings.slack
    if slack.bot_token is not None:
        token, app_token = slack.bot_token.get_secret_value(), _shown(slack.app_token)
        workspace = await patiently(lambda: introduced(client, token, app_token=app_token), OF_BOT_TOKEN)
        return OneWorkspace(workspace, client)
    return InstalledWorkspaces(
        store, client, client_id=_shown(slack.client_id), client_secret=_shown(slack.client_secret), now=now
    )


def _shown(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret is not None else ""
