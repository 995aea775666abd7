"""Kring's own web server: for platforms that call it, for pages that people open, and for whoever watches over it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.errors import SettingsFault, StorageTrouble

LARGEST = 1 << 20
"""Bytes in one request."""
PROBED = 2.0
"""Seconds after which what does not answer counts as broken."""
FINISHING = 5.0
"""Seconds that requests get to finish when the server stops; Slack waits for three."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

Probe = Callable[[], Awaitable[bool]]
"""Whether a part of the house works now."""

log = structlog.get_logger("kring.web")


@asynccontextmanager
async def serving(
    routes: Iterable[web.AbstractRouteDef], host: str, port: int, *, probes: Mapping[str, Probe] | None = None
) -> AsyncIterator[str]:
    """Serves the routes, and GET /health, until the end of the context; gives the address. Port 0 takes a free one.

    Raises SettingsFault for an address that cannot be had.
    """
    app = web.Application(client_max_size=LARGEST, middlewares=[_guarded])
    app.add_routes([web.get("/health", _health(probes or {})), *routes])
    async with listening(app, host, port, mend="choose another [server] port", finishing=FINISHING) as url:
        yield url


@asynccontextmanager
async def listening(app: web.Application, host: str, port: int, *, mend: str, finishing: float) -> AsyncIterator[str]:
    """Lets the app listen. At the end it takes no more requests; those it has get `finishing` seconds."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=finishing)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as error:
            raise SettingsFault([f"{host}:{port}: {error.strerror or error}; {mend}"]) from None
        bound = runner.addresses[0][1]
        yield f"http://{f'[{host}]' if ':' in host else host}:{bound}/"
    finally:
        await runner.cleanup()


def _health(probes: Mapping[str, Probe]) -> Handler:
    async def health(_: web.Request) -> web.StreamResponse:
        passed = await asyncio.gather(*(_passes(name, probe) for name, probe in probes.items()))
        failing = [name for name, well in zip(probes, passed, strict=True) if not well]
        if failing:
            return web.json_response({"ok": False, "failing": failing}, status=503)
        return web.json_response({"ok": True})

    return health


async def _passes(name: str, probe: Probe) -> bool:
    try:
        async with asyncio.timeout(PROBED):
            return await probe()
    except Exception as error:  # noqa: BLE001 - whatever it is, that part does not work
        log.warning("not well", part=name, why=type(error).__name__)
        return False


@web.middleware
async def _guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        response = await handler(request)
    except web.HTTPException as error:
        response = web.Response(status=error.status, text=f"{error.status} {error.reason}\n", headers=_allowed(error))
    except StorageTrouble:
        log.exception("storage trouble", path=request.path)
        response = web.Response(status=503, text="503 The database cannot be used now.\n")
    except Exception:
        reference = secrets.token_hex(3)
        log.exception("request failed", path=request.path, reference=reference)
        response = web.Response(status=500, text=f"500 Something went wrong here. The log has it under {reference}.\n")
    if not response.prepared:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
    return response


def _allowed(error: web.HTTPException) -> Mapping[str, str]:
    return {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
