"""Kring's own web server: health, guarding headers, and a stop that lets requests finish."""

from __future__ import annotations

import asyncio
import io
import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from adapters import web as ours
from adapters.web import LARGEST, serving
from bot.errors import SettingsFault, StorageTrouble


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def well() -> bool:
    return True


async def test_health(client: aiohttp.ClientSession) -> None:
    async with serving([], "127.0.0.1", 0, probes={"slack": well}) as url, client.get(url + "health") as said:
        assert (said.status, await said.json()) == (200, {"ok": True})
        assert said.headers["X-Content-Type-Options"] == "nosniff"
        assert said.headers["Content-Security-Policy"].startswith("default-src 'none'")


async def test_health_names_what_fails(client: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "PROBED", 0.05)

    async def ill() -> bool:
        return False

    async def broken() -> bool:
        raise StorageTrouble("gone")

    async def stuck() -> bool:
        await asyncio.sleep(60)
        return True

    probes = {"slack": ill, "database": broken, "post": stuck, "clock": well}
    async with serving([], "127.0.0.1", 0, probes=probes) as url, client.get(url + "health") as said:
        assert (said.status, await said.json()) == (503, {"ok": False, "failing": ["slack", "database", "post"]})


async def test_what_is_wrong_is_told_without_the_inside(client: aiohttp.ClientSession) -> None:
    async def broken(request: web.Request) -> web.Response:
        raise ValueError("secret inside")

    async def stored(request: web.Request) -> web.Response:
        raise StorageTrouble("secret inside")

    async def reads(request: web.Request) -> web.Response:
        return web.Response(text=str(len(await request.read())))

    routes = [web.get("/broken", broken), web.get("/stored", stored), web.post("/reads", reads)]
    async with serving(routes, "127.0.0.1", 0) as url:
        for path, status in (("broken", 500), ("stored", 503), ("nothing", 404)):
            async with client.get(url + path) as said:
                assert said.status == status
                assert "inside" not in await said.text()
                assert said.headers["X-Content-Type-Options"] == "nosniff"
        async with client.put(url + "reads") as said:
            assert (said.status, said.headers["Allow"]) == (405, "POST")
        async with client.post(url + "reads", data=io.BytesIO(b"x" * (LARGEST + 1))) as said:
            assert said.status == 413


async def test_a_stop_lets_a_request_finish(client: aiohttp.ClientSession) -> None:
    begun = asyncio.Event()

    async def slow(request: web.Request) -> web.Response:
        begun.set()
        await asyncio.sleep(0.3)
        return web.Response(text="done")

    async with serving([web.get("/slow", slow)], "127.0.0.1", 0) as url:
        asking = asyncio.create_task(client.get(url + "slow"))
        await begun.wait()
    said = await asking
    assert (said.status, await said.text()) == (200, "done")
    with pytest.raises(aiohttp.ClientConnectorError):
        await client.get(url + "slow")


async def test_a_port_that_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsFault, match=rf"127.0.0.1:{port}: .*; choose another \[server\] port"):
            async with serving([], "127.0.0.1", port):
                pass
