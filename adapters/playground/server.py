"""Serves the playground on this machine: the page, the JSON API and the live stream.

There is no sign-in, so whoever reaches the address can act as anybody. It listens on loopback only, and answers only
pages of its own: a website in another tab can neither read it nor act in it.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import json
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from adapters.playground.acting import Acting
from adapters.playground.desk import Desk, reply
from adapters.playground.faults import ApiError
from adapters.playground.hosting import Hosting
from adapters.playground.looking import Looking
from adapters.playground.stream import Listener
from adapters.web import HEADERS as GUARDED
from adapters.web import listening
from bot.errors import SettingsFault, StorageTrouble
from bot.texts.catalogue import _

PAGE = Path(__file__).parent / "page"
LARGEST = 1 << 20
"""Bytes in one request."""
HEARTBEAT = 15.0
"""Seconds after which a page that hears nothing else hears that we are still here."""
HEADERS = GUARDED | {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
}
TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
}

log = structlog.get_logger("kring.playground")


class Server:
    def __init__(self, desk: Desk, *, anywhere: bool = False, heartbeat: float = HEARTBEAT) -> None:
        self._desk = desk
        self._anywhere = anywhere
        self._heartbeat = heartbeat
        self._listeners: set[Listener] = set()

    def app(self) -> web.Application:
        app = web.Application(client_max_size=LARGEST, middlewares=[self._guarded])
        app.add_routes(Looking(self._desk).routes())
        app.add_routes(Acting(self._desk).routes())
        app.add_routes(Hosting(self._desk, self._tell).routes())
        app.add_routes(
            [
                web.get("/api/stream", self.stream),
                web.get("/", self.page),
                web.get("/favicon.ico", self.page),
                web.get("/static/{name:.+}", self.page),
            ]
        )
        app.on_shutdown.append(self._hang_up)
        return app

    # -- the live stream

    async def stream(self, request: web.Request) -> web.StreamResponse:
        viewer = self._desk.viewer(request)
        listener = Listener(self._desk.room, viewer.id)
        self._listeners.add(listener)
        response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        try:
            await response.prepare(request)
            while True:
                try:
                    told = await asyncio.wait_for(listener.queue.get(), self._heartbeat)
                except TimeoutError:
                    await response.write(b": still here\n\n")
                    continue
                if told is None:
                    break
                await response.write(f"data: {json.dumps(told, ensure_ascii=False)}\n\n".encode())
        except (ConnectionError, asyncio.CancelledError):
            pass  # the page was closed
        finally:
            listener.close()
            self._listeners.discard(listener)
        return response

    def _tell(self, told: dict[str, Any]) -> None:
        for listener in self._listeners:
            listener.queue.put_nowait(told)

    async def _hang_up(self, app: web.Application) -> None:
        for listener in self._listeners:
            listener.queue.put_nowait(None)

    # -- the page

    async def page(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info.get("name", "favicon.svg" if request.path == "/favicon.ico" else "index.html")
        file = PAGE / name
        if not re.fullmatch(r"[\w-][\w.-]*(/[\w-][\w.-]*)?", name) or file.suffix not in TYPES or not file.is_file():
            raise web.HTTPNotFound
        headers = {"Content-Type": TYPES[file.suffix] + "; charset=utf-8", "Cache-Control": "no-cache"}
        return web.FileResponse(file, headers=headers)

    # -- around every request

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            self._check_source(request)
            response = await handler(request)
        except ApiError as error:
            response = reply(error.body(self._desk.words(request)), status=error.status)
        except web.HTTPException as error:
            response = reply(_http(error).body(self._desk.words(request)), status=error.status)
            if isinstance(error, web.HTTPMethodNotAllowed):
                response.headers["Allow"] = error.headers["Allow"]
        except StorageTrouble as trouble:
            log.exception("storage trouble", path=request.path)
            hint = self._desk.words(request).label(_("What was accepted is kept. Try again in a minute."))
            response = reply({"error": str(trouble), "hint": hint}, status=503)
        except Exception:
            reference = secrets.token_hex(3)
            log.exception("request failed", path=request.path, reference=reference)
            sorry = ApiError(
                500, _("Something went wrong here."), _("The log has it under {reference}."), reference=reference
            )
            response = reply({**sorry.body(self._desk.words(request)), "reference": reference}, status=500)
        if not response.prepared:
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
        return response

    def _check_source(self, request: web.Request) -> None:
        """Refuses other websites, also those whose name was pointed at this machine."""
        if self._anywhere:
            return
        origin = request.headers.get("Origin")
        own = origin is None or origin.partition("//")[2] == request.host
        if not own or not is_loopback(re.sub(r":\d+$", "", request.host)):
            raise ApiError(
                403, _("The playground answers only its own page."), _("Open it by the address that was printed.")
            )


def _http(error: web.HTTPException) -> ApiError:
    match error.status:
        case 404:
            return ApiError(404, _("There is nothing here."), _("The paths are in docs/reference/playground-api.md."))
        case 405:
            return ApiError(405, _("This path is used in another way."), _("See docs/reference/playground-api.md."))
        case 413:
            return ApiError(
                413, _("That is too much at once."), _("At most {most} bytes in one request."), most=LARGEST
            )
        case status:
            return ApiError(status, _("This cannot be done."), _("See docs/reference/playground-api.md."))


def is_loopback(host: str) -> bool:
    """Whether only this machine is reached by that name or address."""
    if host.lower() == "localhost":
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    return False


@asynccontextmanager
async def serving(
    desk: Desk, host: str, port: int, *, i_know_what_i_do: bool = False, heartbeat: float = HEARTBEAT
) -> AsyncIterator[str]:
    """Serves until the end of the context; gives the address of the page. Port 0 takes a free one.

    Raises SettingsFault for an address that others reach, unless told `i_know_what_i_do`, and for a port that is taken.
    """
    if not is_loopback(host) and not i_know_what_i_do:
        why = "whoever reaches this address can act as anybody and read everything, for there is no sign-in"
        raise SettingsFault([f"{host}: {why}; use 127.0.0.1, or add --i-know-what-i-do if that is what you want"])
    server = Server(desk, anywhere=i_know_what_i_do, heartbeat=heartbeat)
    async with listening(
        server.app(), host, port, mend="choose another --port, or 0 for a free one", finishing=2.0
    ) as url:
        yield url
