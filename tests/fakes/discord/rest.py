"""The REST API, version 10: https://docs.discord.com/developers/reference. Who calls, not too fast; then the route.

A module of routes registers each with `@route("GET", "/channels/{channel}")` and is named in `discord_server.FAMILIES`.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.discord.counters import up
from tests.fakes.discord.errors import DiscordError
from tests.fakes.discord.pacing import Limit, Spent
from tests.fakes.discord.state import Json
from tests.fakes.discord.uploads import Sent, body_of

if TYPE_CHECKING:
    from tests.fakes.discord_server import DiscordServer

VERSION = "/api/v10"


@dataclass
class Call:
    """One call. `args` are the ids in the path, `body` the JSON (or `payload_json`), `files` what came beside it."""

    discord: DiscordServer
    args: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    files: dict[str, Sent] = field(default_factory=dict)
    """By field name: `files[0]`."""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> Json:
        """The body as an object: 50109 when it is something else."""
        if self.body is None:
            return {}
        if not isinstance(self.body, dict):
            raise DiscordError(50109)
        return self.body

    def flag(self, name: str) -> bool:
        """A boolean in the query."""
        return self.query.get(name, "").casefold() in {"1", "true"}


@dataclass(frozen=True)
class Reply:
    """An answer with another status than 200 (a body) or 204 (None)."""

    status: int
    body: Any = None


Run = Callable[[Call], Any]


@dataclass(frozen=True)
class Route:
    name: str
    """`POST /channels/{channel}/messages`."""
    method: str
    pattern: re.Pattern[str]
    run: Run
    authorised: bool
    """Needs the bot's token. Routes of interactions have their own token in the path."""
    limit: Limit


ROUTES: dict[str, list[Route]] = {}
"""By method."""


def route(
    method: str,
    path: str,
    *,
    authorised: bool = True,
    limit: tuple[int, float] = (20, 10.0),
    bucket: str | None = None,
    counts_globally: bool = True,
) -> Callable[[Run], Run]:
    """`limit`: how many calls in how many seconds for one channel, server or webhook (the first id in the path; an
    interaction's token too). Routes with the same `bucket` share it. The body that `run` returns is JSON with 200;
    None is 204; `Reply(status, body)` is anything else; DiscordError is a refusal."""

    def add(run: Run) -> Run:
        name = f"{method} {path}"
        pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))
        made = Route(name, method, pattern, run, authorised, Limit(bucket or name, *limit, counts_globally))
        ROUTES.setdefault(method, []).append(made)
        return run

    return add


def found(method: str, path: str) -> tuple[Route, Mapping[str, str]] | None:
    for each in ROUTES.get(method, []):
        match = each.pattern.fullmatch(path)
        if match is not None:
            return each, match.groupdict()
    return None


@dataclass
class Rest:
    discord: DiscordServer
    under_way: int = 0
    log: list[tuple[str, Mapping[str, str], Any]] = field(default_factory=list)
    """The last thousand calls: route, ids in the path, body."""
    faults: list[Exception] = field(default_factory=list)
    """Where the fake itself failed: raised when it is left."""

    def mount(self, routes: web.Application) -> None:
        routes.router.add_route("*", VERSION + "/{path:.*}", self._serve)
        routes.router.add_get("/attachments/{channel}/{file}/{name}", self._attachment)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        self.under_way += 1
        try:
            return await self._answer(request)
        finally:
            self.under_way -= 1

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        matched = found(request.method, request.path.removeprefix(VERSION))
        if matched is None:
            return self._refused(DiscordError(0), {})
        called, args = matched
        discord, strikes, name = self.discord, self.discord.mishaps.strikes, called.name
        try:
            body, files = await body_of(request)
        except DiscordError as error:
            return self._refused(error, {})
        discord.opening.doze()
        up(discord.counters.calls, name)
        self.log.append((name, args, body))
        del self.log[:-1000]
        if "channel" in args:
            # also what is refused below
            discord.ear.hears(discord.world.wall(), args["channel"], None, body)
        if strikes("slow", name):
            await asyncio.sleep(discord.mishaps.chances.slowness)
        if strikes("refused", name):
            return broken(request)
        if strikes("failing", name):
            return web.Response(status=discord.mishaps.random.choice((500, 502)), text="upstream connect error")
        if strikes("banned", name) or discord.pacing.banned:
            return banned()
        if strikes("throttled", name):
            chances = discord.mishaps.chances
            spent = Spent(chances.retry_after, chances.scope, {})
            return too_many(spent)
        response = self._carry_out(called, Call(discord, args, request.query, body, files, request.headers))
        if response.status in {401, 403, 429}:
            discord.counters.invalid += 1
            discord.pacing.invalid()
        if strikes("dropped", name):
            return broken(request)
        if strikes("failing_after", name):
            return web.Response(status=500, text="internal error")
        return response

    def _carry_out(self, called: Route, call: Call) -> web.Response:
        headers: dict[str, str] = {}
        try:
            self._authorise(called, call)
            taken = self.discord.pacing.take(called.limit, called.name, call.args)
            if isinstance(taken, Spent):
                self.discord.counters.too_many += 1
                return too_many(taken)
            headers = taken
            answer = called.run(call)
        except DiscordError as error:
            return self._refused(error, headers)
        except Exception as error:  # noqa: BLE001 - told when the fake is left; 501 is not tried again by the client
            self.faults.append(error)
            return web.Response(status=501, text=f"the fake itself failed: {error!r}")
        if answer is None:
            answer = Reply(204)
        elif not isinstance(answer, Reply):
            answer = Reply(200, answer)
        if answer.status == 204:
            return web.Response(status=204, headers=headers)
        return _json(answer.body, answer.status, headers)

    def _authorise(self, called: Route, call: Call) -> None:
        if called.authorised and call.headers.get("Authorization") != f"Bot {self.discord.app.token}":
            raise DiscordError(0, "401: Unauthorized", status=401)

    def _refused(self, error: DiscordError, headers: dict[str, str]) -> web.Response:
        up(self.discord.counters.errors, error.code)
        return _json(error.body, error.status, headers)

    async def _attachment(self, request: web.Request) -> web.Response:
        """What is behind an attachment's address, as on Discord's own file server."""
        for channel in self.discord.world.channels.values():
            for message in [*channel.messages.values(), *channel.private]:
                for file in message.attachments:
                    if file.id == request.match_info["file"]:
                        return web.Response(body=file.content, content_type=file.content_type)
        return web.Response(status=404, text="This content is no longer available.")


def _json(body: Any, status: int, headers: Mapping[str, str]) -> web.Response:
    # `application/json` and no charset: clients compare the whole header
    return web.Response(
        body=json.dumps(body).encode(), status=status, headers={"Content-Type": "application/json", **headers}
    )


def too_many(spent: Spent) -> web.Response:
    """https://docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit. Discord's own answers come
    `Via` its proxy; clients tell them from Cloudflare's by that."""
    headers = {"Via": "1.1 google", "Retry-After": str(max(1, round(spent.seconds))), "X-RateLimit-Scope": spent.scope}
    if spent.scope == "global":
        headers["X-RateLimit-Global"] = "true"
    words = "The resource is being rate limited." if spent.scope == "shared" else "You are being rate limited."
    body: Json = {"message": words, "retry_after": round(spent.seconds, 3), "global": spent.scope == "global"}
    return _json(body, 429, {**spent.headers, **headers})


def banned() -> web.Response:
    """https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans"""
    return web.Response(status=429, text="error code: 1015", headers={"Retry-After": "3600"})


def broken(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
