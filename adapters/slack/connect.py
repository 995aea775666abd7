"""The connection to Slack: slack_bolt checks and unpacks what comes, over a socket or as signed requests.

One middleware takes everything; nothing is registered by kind, because Bolt looks at every listener for every event.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.answers import Ack
from adapters.slack.calling import Known
from adapters.slack.cures import OF_APP_TOKEN, SOCKET_MODE_OFF, sentence
from adapters.slack.faults import word_of
from adapters.slack.workspaces import FAILURES
from bot.errors import SettingsFault

PING = 5.0
"""Seconds between looks whether the socket lives."""
AGAIN = 5.0
"""Seconds between attempts to connect for the first time."""
GRACE = 5.0
"""Seconds that acts under way get to be acknowledged when Kring stops."""

NOT_HERE = "Kring is not in this workspace any more. Whoever runs Kring can install it here again."
"""Said by Bolt, in a workspace of which we know no token; so nobody's language is known."""
COMPLAINTS = 60.0
"""Seconds between lines in the log about requests that are not Slack's."""

T = TypeVar("T")

log = structlog.get_logger("kring.slack")


class Hears(Protocol):
    async def hear(self, body: Mapping[str, Any], *, team: str, bot_user: str) -> Ack: ...


def new_app(client: AsyncWebClient, workspaces: Known, hears: Hears, signing_secret: str | None) -> AsyncApp:
    """Bolt, with everything given: what is left out it would read from the environment.

    Without a signing secret the app takes no requests, only what comes over a socket.
    """
    app = AsyncApp(
        name="kring",
        logger=logging.getLogger("slack_bolt"),
        client=client,
        signing_secret=signing_secret or "",
        authorize=_Authorize(workspaces),  # type: ignore[arg-type]  # Bolt takes its own class too
        process_before_response=True,
        user_facing_authorize_error_message=NOT_HERE,
        request_verification_enabled=True,
        ssl_check_enabled=False,
        ignoring_self_events_enabled=False,  # would hide that Kring itself joined a channel; see happened.py
        attaching_function_token_enabled=False,
    )
    app.use(_Everything(hears))
    return app


class _Authorize(AsyncAuthorize):
    """Which workspace it is, without asking Slack: Bolt's own would call `auth.test` for every event."""

    def __init__(self, workspaces: Known) -> None:
        self._workspaces = workspaces

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        found = await self._workspaces.find(team_id or "")
        if found is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=found.team,
            bot_user_id=found.bot_user,
            bot_id=found.bot_id,
            bot_token=found.token,
        )


class _Everything(AsyncMiddleware):
    """The one thing that is done with whatever comes."""

    def __init__(self, hears: Hears) -> None:
        self._hears = hears

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - Bolt passes it by this name
    ) -> BoltResponse:
        team, bot_user = req.context.team_id, req.context.bot_user_id
        if req.body.get("type") == "app_rate_limited":
            log.warning("slack held events back: more than 30,000 in an hour", team=req.body.get("team_id"))
            return BoltResponse(status=200, body="")
        if team is None:
            return BoltResponse(status=200, body="")
        try:
            ack = await self._hears.hear(req.body, team=team, bot_user=bot_user or "")
        except Exception:
            log.exception("not acknowledged", kind=req.body.get("type"))
            return BoltResponse(status=500, body="")
        if ack is None:
            return BoltResponse(status=200, body="")
        headers: dict[str, str | Sequence[str]] = {"content-type": "application/json;charset=utf-8"}
        return BoltResponse(status=200, body=json.dumps(ack), headers=headers)


async def patiently(ask: Callable[[], Awaitable[T]], cures: Mapping[str, str], *, otherwise: str = "") -> T:
    """What Slack answers at the start, however long it cannot be reached.

    Raises SettingsFault for what only the host can mend: the words in `cures`. `otherwise` is what to do about others.
    """
    while True:
        try:
            return await ask()
        except FAILURES as error:
            if word_of(error) in cures:
                raise SettingsFault([sentence(error, cures)]) from None
            log.warning("slack cannot be asked yet", why=sentence(error, cures, otherwise=otherwise))
        await asyncio.sleep(AGAIN)


class Requests:
    """HTTP mode: Slack posts signed requests to an address of ours."""

    def __init__(self, app: AsyncApp, tick: Callable[[], float]) -> None:
        self._app = app
        self._tick = tick
        self._complained = float("-inf")

    async def take(self, request: web.Request) -> web.Response:
        response = await to_aiohttp_response(await self._app.async_dispatch(await to_bolt_request(request)))
        if response.status == 401 and self._tick() - self._complained > COMPLAINTS:
            self._complained = self._tick()
            log.warning("a request without Slack's signature was refused; is KRING_SLACK__SIGNING_SECRET this app's?")
        return response


class Socket:
    """Socket Mode: Kring calls Slack, so it needs no address that others can reach."""

    def __init__(self, app: AsyncApp, app_token: str, *, ping: float = PING) -> None:
        self._app = app
        self._app_token = app_token
        self._ping = ping
        self._handler: _Handler | None = None
        self._watching: asyncio.Task[None] | None = None

    async def is_connected(self) -> bool:
        return self._handler is not None and await self._handler.client.is_connected()

    async def start(self) -> None:
        """Returns when the socket is open. Raises SettingsFault when the app token is not good.

        With a bad token the SDK would try for ever (https://github.com/slackapi/python-slack-sdk/issues/1922, open on
        2026-11-25), so it is tried here first.
        """
        address = await self._first_address()
        logger = logging.getLogger("slack_bolt")
        self._handler = _Handler(self._app, self._app_token, logger=logger, ping_interval=self._ping)
        self._handler.client.wss_uri = address
        await self._handler.client.connect()  # type: ignore[no-untyped-call]
        self._watching = asyncio.create_task(self._watch(self._handler.client), name="slack socket")

    async def stop(self) -> None:
        """Takes nothing new, returns when what was taken is acknowledged; what was not comes again."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        if self._handler is not None:
            client = self._handler.client
            client.auto_reconnect_enabled = False
            for task in (client.message_receiver, client.current_session_monitor):
                if task is not None:
                    task.cancel()
            await self._handler.finish()
            await client.close()  # type: ignore[no-untyped-call]
            await asyncio.gather(
                *filter(None, (client.message_receiver, client.current_session_monitor, client.message_processor)),
                return_exceptions=True,
            )

    async def _first_address(self) -> str:
        client = self._app.client
        said = await patiently(
            lambda: client.apps_connections_open(app_token=self._app_token), OF_APP_TOKEN, otherwise=SOCKET_MODE_OFF
        )
        return str(said["url"])

    async def _watch(self, client: SocketModeClient) -> None:
        """A handshake that failed is tried again with its one-time address, for ever, unless that is taken away.

        https://github.com/slackapi/python-slack-sdk/issues/1446 (open on 2026-11-25)
        """
        while True:
            await asyncio.sleep(self._ping)
            if not await client.is_connected():
                log.info("the socket is not open; asking for a new address")
                client.wss_uri = None


class _Handler(AsyncSocketModeHandler):
    """Bolt's, counting what is under way."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._under_way: set[asyncio.Task[Any]] = set()

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]  # as Bolt
        task = asyncio.current_task()
        if task is not None:
            self._under_way.add(task)
        try:
            await super().handle(client, req)
        except ConnectionError:
            log.info("the socket broke before the acknowledgement; slack sends it again")
        finally:
            if task is not None:
                self._under_way.discard(task)

    async def finish(self) -> None:
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=GRACE)
