"""E0, E1, E3, E4 on Slack: from a signed request, or an envelope of the socket, to the acknowledgement.

Requests are made before the time is taken. Kring's are handled by everything that is real: Bolt, hearing, door, rules,
store, postman and clock; only what it sends ends at once.
"""

from __future__ import annotations

import gc
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.request import SocketModeRequest

from adapters.slack.connect import _Handler
from benchmarks import floors, front
from benchmarks.circles import Circles, sit_down
from benchmarks.floors import Bolt, obvious_bolt, taken
from benchmarks.measure import ROUNDS, Figure, each, figure, rate
from benchmarks.signed import Request, message
from storage.store import open_store

COUNT = 1_500
FEWER = 500
"""Of what is slower."""
IN_FLIGHT = 64
ONE_BY_ONE = 300
POLLED = 40
"""Commands to Bolt as it is by default, which takes ten milliseconds for each."""
LOOKS = ("help round", "round list", "me")

Act = Callable[[int], Awaitable[object]]


async def measure(folder: Path) -> list[Figure]:
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(open_store(f"sqlite:///{folder / 'kring.db'}"))
        circles = await sit_down(store)
        kring = await stack.enter_async_context(front.front(store, circles.people, now=circles.now))
        obvious = await stack.enter_async_context(obvious_bolt(folder / "orm.db"))
        gc.collect()
        gc.freeze()
        figures = await _signed(kring, obvious, circles)
        return figures + await _over_a_socket(kring, circles) + await _commands(kring, circles)


async def _signed(kring: AsyncApp, obvious: Bolt, circles: Circles) -> list[Figure]:
    bolt = Bolt()
    against_bolt, against_obvious, contributions = [], [], []
    for _ in range(ROUNDS):
        ours = await _rate(kring, circles.messages(front.SECRET, COUNT))
        against_bolt.append((ours, await _rate(bolt.app, circles.messages(floors.SECRET, COUNT))))
        against_obvious.append((ours, await _rate(obvious.app, circles.messages(floors.SECRET, FEWER))))
        theirs = await _rate(bolt.app, circles.messages(floors.SECRET, COUNT))
        contributions.append((await _rate(kring, circles.contributions(front.SECRET, FEWER)), theirs))
    return [
        figure("E1", "message event, 64 in flight, against Bolt that acknowledges", against_bolt, "/s", at_least=0.5),
        figure("E3", "the same against Bolt and a row by the async ORM", against_obvious, "/s", at_least=4),
        figure("E0", "message that is a contribution, against Bolt", contributions, "/s", at_least=0.15),
    ]


async def _rate(app: AsyncApp, requests: Sequence[Request]) -> float:
    return await rate(_asking(app, requests), len(requests), IN_FLIGHT)


def _asking(app: AsyncApp, requests: Sequence[Request]) -> Act:
    async def ask(number: int) -> None:
        await taken(app, requests[number])

    return ask


# -- over the socket


async def _over_a_socket(kring: AsyncApp, circles: Circles) -> list[Figure]:
    ours = _Handler(kring, "xapp-front")
    floor = AsyncSocketModeHandler(Bolt().app, "xapp-floor")
    pairs = []
    try:
        for _ in range(ROUNDS):
            first = await rate(_enveloped(ours, circles), COUNT, IN_FLIGHT)
            pairs.append((first, await rate(_enveloped(floor, circles), COUNT, IN_FLIGHT)))
    finally:
        for handler in (ours, floor):
            await handler.client.close()
    return [figure("E1", "the same as envelopes of Socket Mode", pairs, "/s", at_least=0.5)]


def _enveloped(handler: Any, circles: Circles) -> Act:
    envelopes = []
    for _ in range(COUNT):
        number = next(circles.numbers)
        payload = message(number, user="U0GUEST1")
        envelope = {"type": "events_api", "envelope_id": f"e{number}", "payload": payload, "retry_attempt": 0}
        envelopes.append(json.dumps(envelope))
    wire = Wire()

    async def take(number: int) -> None:
        request = SocketModeRequest.from_dict(json.loads(envelopes[number]))
        assert request is not None
        await handler.handle(wire, request)
        wire.acknowledged.remove(request.envelope_id)

    return take


class Wire:
    """The end of a socket that nobody reads."""

    def __init__(self) -> None:
        self.acknowledged: set[str] = set()
        self.logger = logging.getLogger("slack_bolt")

    async def send_socket_mode_response(self, response: Any) -> None:
        self.acknowledged.add(json.loads(json.dumps(response.to_dict()))["envelope_id"])


# -- commands that only look


async def _commands(kring: AsyncApp, circles: Circles) -> list[Figure]:
    bolt, polling = Bolt(), Bolt(at_once=True)
    figures = []
    for text in LOOKS:
        against_bolt, against_default = [], []
        for _ in range(ROUNDS):
            ours = await _p50(kring, circles.commands(front.SECRET, ONE_BY_ONE, text))
            against_bolt.append((ours, await _p50(bolt.app, circles.commands(floors.SECRET, ONE_BY_ONE, text))))
            against_default.append((ours, await _p50(polling.app, circles.commands(floors.SECRET, POLLED, text))))
        figures += [
            figure("E4", f"/kring {text}, acknowledged with its text, p50, against Bolt", against_bolt, "s", at_most=3),
            figure("E4", "the same against Bolt as it is by default", against_default, "s", at_most=0.1),
        ]
    return figures


async def _p50(app: AsyncApp, requests: Sequence[Request]) -> float:
    return median(await each(_asking(app, requests), len(requests)))
