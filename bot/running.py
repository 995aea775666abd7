"""`kring run`: the house with the platforms that are configured, until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from aiohttp import web

from adapters.web import serving
from bot.compose import Kring, compose, store_of, utc_now

if TYPE_CHECKING:
    from pydantic import SecretStr

    from adapters.slack.calling import Client
    from adapters.slack.connect import Socket
    from adapters.slack.hearing import Hearing
    from adapters.slack.home import Homes
    from adapters.slack.workspaces import Workspace, Workspaces
    from bot.settings import Settings
    from storage.store import Store


@dataclass(frozen=True, slots=True)
class SlackHouse:
    """The house with Slack."""

    kring: Kring
    workspaces: Workspaces
    homes: Homes
    socket: Socket | None
    """In Socket Mode."""
    url: str
    """Of Kring's own server; empty where there is none."""


@asynccontextmanager
async def slack_house(
    settings: Settings, store: Store, *, now: Callable[[], datetime] = utc_now, tempo: float = 1.0
) -> AsyncIterator[SlackHouse]:
    """`tempo` makes the pace so many times faster, for a Slack that is. Raises SettingsFault when Slack refuses us."""
    from adapters.slack.answers import Answers
    from adapters.slack.calling import Calling, new_client, new_session
    from adapters.slack.connect import Requests, Socket, new_app
    from adapters.slack.drafts import Drafts
    from adapters.slack.hearing import Hearing
    from adapters.slack.home import SHORTLY, Homes
    from adapters.slack.manifest import EVENTS_PATH
    from adapters.slack.outbound import SlackPlatform
    from adapters.slack.pace import Pace
    from adapters.slack.profiles import Profiles

    slack, tick = settings.slack, time.monotonic
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(new_session())
        client = new_client(session, slack.api_url, None)
        workspaces = await _workspaces(settings, store, client, now)
        pace = Pace(tick, tempo)
        calling = Calling(session, slack.api_url, workspaces, now)
        profiles = Profiles(calling, pace, tick)
        stack.push_async_callback(profiles.close)
        kring = await stack.enter_async_context(compose(store, [SlackPlatform(calling, profiles, pace, now)], now=now))
        drafts = Drafts(store, now)
        answers = Answers(calling, pace, drafts, profiles, now)
        stack.push_async_callback(answers.close)
        homes = Homes(kring.door, answers, now=now, tick=tick, shortly=SHORTLY / tempo)
        kring.on_commit(homes.poke)
        homes.start()
        stack.push_async_callback(homes.stop)
        hearing = Hearing(
            kring.door, workspaces=workspaces, profiles=profiles, answers=answers, homes=homes, drafts=drafts, now=now
        )
        stack.push_async_callback(hearing.close)
        app = new_app(client, workspaces, hearing, _shown(slack.signing_secret))
        routes = list(_install(settings, store, client, workspaces, hearing, now))
        socket = Socket(app, _shown(slack.app_token)) if slack.mode == "socket" else None
        if socket is None:
            routes.append(web.post(EVENTS_PATH, Requests(app, tick).take))
        url = ""
        if routes:
            probes = {"slack": socket.is_connected if socket is not None else partial(_installed, workspaces)}
            url = await stack.enter_async_context(
                serving(routes, settings.server.host, settings.server.port, probes=probes)
            )
        if socket is not None:
            stack.push_async_callback(socket.stop)
            await socket.start()
        yield SlackHouse(kring, workspaces, homes, socket, url)


async def _installed(workspaces: Workspaces) -> bool:
    """Whether Kring is in any workspace; before the first one installs it, that is as it should be."""
    from adapters.slack.installed import InstalledWorkspaces

    return isinstance(workspaces, InstalledWorkspaces) or bool(await workspaces.all())


async def _workspaces(settings: Settings, store: Store, client: Client, now: Callable[[], datetime]) -> Workspaces:
    from adapters.slack.connect import patiently
    from adapters.slack.cures import OF_BOT_TOKEN
    from adapters.slack.installed import InstalledWorkspaces
    from adapters.slack.workspaces import OneWorkspace, introduced

    slack = settings.slack
    if slack.bot_token is not None:
        token, app_token = slack.bot_token.get_secret_value(), _shown(slack.app_token)
        workspace = await patiently(lambda: introduced(client, token, app_token=app_token), OF_BOT_TOKEN)
        return OneWorkspace(workspace, client)
    return InstalledWorkspaces(
        store, client, client_id=_shown(slack.client_id), client_secret=_shown(slack.client_secret), now=now
    )


def _install(
    settings: Settings,
    store: Store,
    client: Client,
    workspaces: Workspaces,
    hearing: Hearing,
    now: Callable[[], datetime],
) -> Iterable[web.AbstractRouteDef]:
    """The pages by which workspaces install Kring, where there can be several."""
    from adapters.slack.install import Install
    from adapters.slack.installed import InstalledWorkspaces

    if not isinstance(workspaces, InstalledWorkspaces):
        return ()

    async def greet(workspace: Workspace) -> None:
        if workspace.installer:
            await hearing.greet(workspace.team, workspace.installer)

    slack = settings.slack
    return Install(
        workspaces,
        client,
        client_id=_shown(slack.client_id),
        signing_secret=_shown(slack.signing_secret),
        public_url=settings.server.public_url,
        once=store.once,
        installed=greet,
        now=now,
    ).routes()


def _shown(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret is not None else ""


async def run(settings: Settings, *, ready: Callable[[str], None]) -> None:
    """Serves everything that is configured until SIGINT or SIGTERM; `ready` gets one line when all of it listens."""
    stopped, up = asyncio.Event(), asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    serves = asyncio.create_task(_serve(settings, stopped, up, ready))
    waits = asyncio.create_task(stopped.wait())
    await asyncio.wait((serves, waits), return_when=asyncio.FIRST_COMPLETED)
    waits.cancel()
    if not up.is_set():
        serves.cancel()  # it still waits for a platform that cannot be reached
    with suppress(asyncio.CancelledError):
        await serves


async def _serve(settings: Settings, stopped: asyncio.Event, up: asyncio.Event, ready: Callable[[str], None]) -> None:
    async with store_of(settings) as store:
        await store.release(utc_now())
        async with slack_house(settings, store) as house:
            up.set()
            names = ", ".join(each.name or each.team for each in await house.workspaces.all()) or "no workspace yet"
            where = f"Kring's own server at {house.url}" if house.url else "a socket"
            ready(f"Kring listens to Slack ({names}) by {where}. Ctrl-C stops it.")
            await stopped.wait()
