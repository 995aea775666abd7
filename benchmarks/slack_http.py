"""E6 and the soak: Kring's own web server under load from another process, and a bare Bolt on the same aiohttp.

The servers have one core and the load another. What Kring acknowledges is durable.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import pickle
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from slack_bolt.app.async_app import AsyncApp

from adapters.slack.connect import Requests
from adapters.slack.manifest import EVENTS_PATH
from adapters.web import serving
from benchmarks import floors, front
from benchmarks.circles import Circles, sit_down
from benchmarks.floors import Bolt
from benchmarks.measure import ROUNDS, Figure, figure
from benchmarks.signed import Request
from storage.store import Store, open_store

COUNT = 6_000
CONNECTIONS = 32
A_SECOND = 500
SECONDS = 60
LATE = 3.0
"""Seconds after which Slack gives up."""


async def measure(folder: Path) -> list[Figure]:
    with _one_core():
        async with AsyncExitStack() as stack:
            store = await stack.enter_async_context(open_store(f"sqlite:///{folder / 'kring.db'}"))
            circles = await sit_down(store)
            kring = await stack.enter_async_context(front.front(store, circles.people, now=circles.now))
            ours = await stack.enter_async_context(_serving(kring))
            bare = await stack.enter_async_context(_bare(Bolt().app))
            gc.collect()
            gc.freeze()
            figures = await _fast(folder, circles, ours, bare)
            return figures + await _steady(folder, circles, store, ours)


@contextmanager
def _one_core() -> Iterator[None]:
    """For this thread and those it starts; the other core is left to whoever sends."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


@asynccontextmanager
async def _serving(app: AsyncApp) -> AsyncIterator[int]:
    async with serving([web.post(EVENTS_PATH, Requests(app, time.monotonic).take)], "127.0.0.1", 0) as url:
        port = urlsplit(url).port
        assert port is not None
        yield port


@asynccontextmanager
async def _bare(app: AsyncApp) -> AsyncIterator[int]:
    """As Bolt's documentation serves it, without the log of every request."""
    server = web.Application()
    server.add_routes([web.post(EVENTS_PATH, Requests(app, time.monotonic).take)])
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def _fast(folder: Path, circles: Circles, ours: int, bare: int) -> list[Figure]:
    speeds, slowest = [], []
    for _ in range(ROUNDS):
        kring = await _load(folder, ours, circles.messages(front.SECRET, COUNT))
        bolt = await _load(folder, bare, circles.messages(floors.SECRET, COUNT))
        speeds.append((kring["a_second"], bolt["a_second"]))
        slowest.append((kring["p99"], bolt["p99"]))
    return [
        figure("E6", "HTTP, 32 connections, message events, durable, against Bolt", speeds, "/s", at_least=0.75),
        figure("E6", "p99 of that", slowest, "s", at_most=2),
    ]


async def _steady(folder: Path, circles: Circles, store: Store, port: int) -> list[Figure]:
    before = await _kept(store)
    count = A_SECOND * SECONDS
    said = await _load(folder, port, _mixed(circles, count), str(A_SECOND))
    lost = count - count // 50 - (await _kept(store) - before)  # who asks for help changes nothing
    assert lost == 0, f"{lost} events were acknowledged and are not there"
    print(
        f"  {A_SECOND} a second for {SECONDS} s: p50 {said['p50'] * 1e3:.1f} ms, p99 {said['p99'] * 1e3:.1f} ms, "
        f"longest {said['longest'] * 1e3:.0f} ms",
        flush=True,
    )
    return [
        figure("soak", "500 events a second: held", [(said["a_second"], A_SECOND)], "/s", at_least=0.99),
        figure("soak", "acknowledged, p99, against Slack's patience", [(said["p99"], LATE)], "s", at_most=0.05),
    ]


def _mixed(circles: Circles, count: int) -> list[Request]:
    """Of fifty, forty-five talk, four answer in a round's thread, and one asks for help."""
    talk = iter(circles.messages(front.SECRET, count // 50 * 45))
    answers = iter(circles.contributions(front.SECRET, count // 50 * 4))
    help_ = iter(circles.commands(front.SECRET, count // 50, "help round"))
    mixed: list[Request] = []
    for _ in range(count // 50):
        mixed += [next(help_), *(next(each) for _ in range(4) for each in [answers, *[talk] * 11]), next(talk)]
    return mixed


async def _kept(store: Store) -> int:
    """How many events of the load are noted as handled."""
    count = "SELECT count(*) FROM inbox WHERE event LIKE 'slack/Ev0BENCH%'"
    return await store.look(lambda unit: int(unit.connection.exec_driver_sql(count.replace("%", "%%")).scalar_one()))


async def _load(folder: Path, port: int, requests: Sequence[Request], a_second: str = "") -> dict[str, Any]:
    """What `benchmarks/load.py` says."""
    file = folder / "requests"
    file.write_bytes(pickle.dumps([each.on_the_wire(EVENTS_PATH) for each in requests]))
    connections = CONNECTIONS * 2 if a_second else CONNECTIONS
    command = [sys.executable, "-m", "benchmarks.load", str(port), str(file), str(connections)]
    process = await asyncio.create_subprocess_exec(
        *command, *([a_second] if a_second else []), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert process.returncode == 0, "the load broke off"
    said: dict[str, Any] = json.loads(out)
    assert not said["refused"], f"{said['refused']} were not answered with 200"
    return said
