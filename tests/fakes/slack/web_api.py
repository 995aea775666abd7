"""The Web API: https://docs.slack.dev/apis/web-api. Who calls, may they, not too fast; then the method."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.slack.state import Installation, Json, Workspace

if TYPE_CHECKING:
    from tests.fakes.slack_server import SlackServer


class SlackError(Exception):
    """`{"ok": false, "error": code}`, with more fields where Slack gives them."""

    def __init__(self, code: str, *messages: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.body: Json = {"ok": False, "error": code, **more}
        if messages:
            self.body["response_metadata"] = {"messages": [f"[ERROR] {each}" for each in messages]}


@dataclass
class Call:
    """One call of a method by an installation."""

    slack: SlackServer
    args: Json
    token: str = ""
    _space: Workspace | None = None

    @property
    def space(self) -> Workspace:
        assert self._space is not None
        return self._space

    @property
    def installed(self) -> Installation:
        assert self.space.installation is not None
        return self.space.installation

    def text(self, name: str, otherwise: str = "") -> str:
        value = self.args.get(name)
        return otherwise if value is None else str(value)

    def flag(self, name: str) -> bool:
        return str(self.args.get(name, "")).casefold() in {"1", "true"}

    def number(self, name: str, otherwise: int) -> int:
        try:
            return int(self.args.get(name) or otherwise)
        except ValueError:
            raise SlackError("invalid_arguments", f"must be an integer: {name}") from None

    def need(self, name: str) -> str:
        """A required argument: `invalid_arguments` without it."""
        value = self.text(name)
        if not value:
            raise SlackError("invalid_arguments", f"missing required field: {name}")
        return value

    def structure(self, name: str, error: str) -> Any:
        """An argument that is JSON, sent as such or as a string."""
        value = self.args.get(name)
        if isinstance(value, str):
            try:
                return json.loads(value) if value else None
            except json.JSONDecodeError:
                raise SlackError(error) from None
        return value

    def scope(self, *any_of: str) -> None:
        if not set(any_of) & set(self.installed.scopes):
            raise SlackError("missing_scope", needed=",".join(any_of), provided=",".join(self.installed.scopes))


Run = Callable[[Call], Json]


@dataclass(frozen=True)
class Method:
    name: str
    run: Run
    scopes: tuple[str, ...]
    tier: int | None
    caller: str
    """Whose token: `bot`, `app`, `config` or `none`."""


METHODS: dict[str, Method] = {}


def method(name: str, *scopes: str, tier: int | None, caller: str = "bot") -> Callable[[Run], Run]:
    """Any one of the scopes is enough. A tier of None is special: see `pacing`."""

    def add(run: Run) -> Run:
        METHODS[name] = Method(name, run, scopes, tier, caller)
        return run

    return add


@dataclass
class WebApi:
    slack: SlackServer
    under_way: int = 0
    log: list[tuple[str, Json]] = field(default_factory=list)
    """The last thousand calls: method and arguments."""

    def mount(self, routes: web.Application) -> None:
        routes.router.add_route("*", "/api/{method}", self._serve)
        routes.router.add_post("/upload/v1/{secret}", self._upload)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        self.under_way += 1
        try:
            return await self._answer(request)
        finally:
            self.under_way -= 1

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        slack, strikes = self.slack, self.slack.mishaps.strikes
        args = await _arguments(request)
        slack.counters.calls[name] = slack.counters.calls.get(name, 0) + 1
        self.log.append((name, args))
        del self.log[:-1000]
        if name.startswith("chat."):
            # also what is refused below
            slack.ear.hears(slack.wall(), str(args.get("channel", "")), args.get("user") or None, args)
        if strikes("slow", name):
            await asyncio.sleep(slack.mishaps.chances.slowness)
        if strikes("refused", name):
            return broken(request)
        if strikes("failing", name):
            return web.Response(status=slack.mishaps.random.choice((500, 503)), text="upstream connect error")
        if strikes("throttled", name):
            return _too_many(slack.mishaps.chances.retry_after)
        response = self._carry_out(name, args, _bearer(request, args), request)
        if strikes("dropped", name):
            return broken(request)
        if strikes("failing_after", name):
            return web.Response(status=500, text="internal error")
        return response

    def _carry_out(self, name: str, args: Json, token: str, request: web.Request) -> web.Response:
        called = METHODS.get(name)
        if called is None:
            return web.json_response({"ok": False, "error": "unknown_method", "req_method": name})
        headers: dict[str, str] = {}
        try:
            call = self._call(called, args, token, request)
            if call._space is not None:
                headers = {"x-oauth-scopes": ",".join(call.installed.scopes)}
                headers["x-accepted-oauth-scopes"] = ",".join(called.scopes)
            team = call._space.id if call._space else ""
            wait = self.slack.pacing.wait(team, name, called.tier, call.text("channel"))
            if wait:
                self.slack.counters.too_many += 1
                return _too_many(wait)
            body = {"ok": True, **called.run(call)}
        except SlackError as error:
            body = error.body
            self.slack.counters.errors[error.code] = self.slack.counters.errors.get(error.code, 0) + 1
        return web.json_response(body, headers=headers)

    def _call(self, called: Method, args: Json, token: str, request: web.Request) -> Call:
        call = Call(self.slack, args, token)
        if called.caller == "none":
            call.args = args | {"_authorization": request.headers.get("Authorization", "")}
            return call
        if not token:
            raise SlackError("not_authed")
        app = self.slack.app
        if token in {app.app_token, app.config_token}:
            if (
                token != {"app": app.app_token, "config": app.config_token}.get(called.caller)
                and called.name != "auth.test"
            ):
                raise SlackError("not_allowed_token_type")
            return call
        space = self.slack.world.tokens.get(token)
        if space is None or space.installation is None or token not in space.installation.tokens:
            raise SlackError("invalid_auth")
        if called.caller != "bot":
            raise SlackError("not_allowed_token_type")
        state = space.installation.tokens[token]
        if state != "valid":
            raise SlackError(state)
        if space.installation.expires.get(token, float("inf")) <= self.slack.wall():
            raise SlackError("token_expired")
        call._space = space
        if called.scopes:
            call.scope(*called.scopes)
        return call

    async def _upload(self, request: web.Request) -> web.Response:
        """The second of the three calls of an upload; the answer is text:
        https://docs.slack.dev/messaging/working-with-files#uploading_files"""
        content = await request.read()
        if request.content_type == "multipart/form-data":
            return web.Response(status=500, text="multipart is not supported here")
        uploads = [file for space in self.slack.world.workspaces.values() for file in space.files.values()]
        found = next((each for each in uploads if each.upload_secret == request.match_info["secret"]), None)
        if found is None or found.state != "asked":
            return web.Response(status=404, text="upload not found")
        if len(content) != found.length:
            return web.Response(status=400, text=f"expected {found.length} bytes")
        found.content, found.state = content, "sent"
        return web.Response(text=f"OK - {len(content)}")


async def _arguments(request: web.Request) -> Json:
    args: Json = dict(request.query)
    if request.method == "POST":
        if request.content_type == "application/json":
            args |= await request.json()
        else:
            args |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    return args


def _bearer(request: web.Request, args: Json) -> str:
    header = request.headers.get("Authorization", "")
    return header.removeprefix("Bearer ") if header.startswith("Bearer ") else str(args.get("token") or "")


def _too_many(seconds: int) -> web.Response:
    """https://docs.slack.dev/apis/web-api/rate-limits#responding"""
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": str(seconds)})


def broken(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
