"""An app that listens: over Socket Mode with the SDK's own client, or over HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack_server import SlackServer

Json = dict[str, Any]


@dataclass
class Heard:
    """What came in, oldest first; `answer` decides the acknowledgement (None: an empty one, False: none)."""

    envelopes: list[Json] = field(default_factory=list)
    headers: list[Any] = field(default_factory=list)
    answer: Callable[[Json], Awaitable[Any] | Any] = lambda _: None

    @property
    def payloads(self) -> list[Json]:
        return [each["payload"] for each in self.envelopes]

    @property
    def events(self) -> list[Json]:
        return [each["event"] for each in self.payloads if "event" in each]

    @property
    def asked(self) -> list[Json]:
        """Commands and interactions."""
        return [each for each in self.envelopes if "event" not in each["payload"]]

    @property
    def kinds(self) -> list[str]:
        return [each["type"] for each in self.events]

    async def ask(self, payload: Json) -> Any:
        answer = self.answer(payload)
        return await answer if isinstance(answer, Awaitable) else answer


@asynccontextmanager
async def over_sockets(slack: SlackServer, heard: Heard | None = None) -> AsyncIterator[Heard]:
    heard = heard or Heard()
    web_client = AsyncWebClient(base_url=slack.url, retry_handlers=[])
    client = SocketModeClient(slack.app.app_token, web_client=web_client, ping_interval=0.1)

    async def hear(client: SocketModeClient, request: SocketModeRequest) -> None:
        more = {"retry_attempt": request.retry_attempt, "retry_reason": request.retry_reason}
        envelope = {"envelope_id": request.envelope_id, "type": request.type, "payload": request.payload}
        heard.envelopes.append(envelope | {"accepts": request.accepts_response_payload} | more)
        answer = await heard.ask(request.payload)
        if answer is not False:
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, answer))

    client.socket_mode_request_listeners.append(hear)
    await client.connect()
    try:
        yield heard
    finally:
        await client.close()


@asynccontextmanager
async def over_http(slack: SlackServer, heard: Heard | None = None) -> AsyncIterator[Heard]:
    """`answer` may be a web.Response here."""
    heard = heard or Heard()
    verifier = SignatureVerifier(slack.app.signing_secret)

    async def hear(request: web.Request) -> web.StreamResponse:
        body = await request.read()
        assert verifier.is_valid_request(body, dict(request.headers)), "the signature is wrong"
        if request.content_type == "application/json":
            payload = await request.json()
        else:
            form = dict(await request.post())
            payload = json.loads(str(form["payload"])) if "payload" in form else form
        if payload.get("type") == "url_verification":
            return web.json_response({"challenge": payload["challenge"]})
        heard.headers.append(request.headers)
        heard.envelopes.append({"payload": payload, "type": request.content_type})
        answer = await heard.ask(payload)
        if answer is False:
            await asyncio.sleep(1)
        if isinstance(answer, web.StreamResponse):
            return answer
        return web.json_response(answer) if answer else web.Response()

    routes = web.Application()
    routes.router.add_post("/slack/events", hear)
    runner = web.AppRunner(routes, shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await slack.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    try:
        yield heard
    finally:
        await runner.cleanup()


async def refusal(call: Awaitable[Any]) -> str:
    """The error that Slack answers a call with."""
    try:
        answer = await call
    except SlackApiError as error:
        return str(error.response["error"])
    raise AssertionError(f"it was taken: {answer}")
