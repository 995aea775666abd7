"""How fast Slack may be asked, so that it never has to say no.

Slack counts calls of each method in each workspace over a minute, and messages in each channel over a second. A pace
lets a few go at once and spreads the rest, so that in no minute there are more than Slack allows.
https://docs.slack.dev/apis/web-api/rate-limits (2026-11-25)
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from adapters.pacing import Line, Rate
from adapters.slack import PLATFORM
from bot.chat.names import Space
from bot.chat.requests import Admit, Edit, FetchThread, OpenThread, Post, React, Request, Upload, lane
from bot.ports import PATIENCE

IN_A_CHANNEL = Rate(1, 1.0)
"""Messages: "generally one per second per channel"."""
RATES: Mapping[str, Rate] = {
    # "several hundred messages per minute" in a workspace
    "chat.postMessage": Rate(300, at_once=12),
    # tier 3: 50 a minute and more
    "chat.update": Rate(50, at_once=15),
    "chat.delete": Rate(50, at_once=15),
    "reactions.add": Rate(50, at_once=15),
    "conversations.history": Rate(50, at_once=15),
    "conversations.replies": Rate(50, at_once=15),
    "conversations.open": Rate(50, at_once=15),
    # tier 4: 100 a minute and more
    "chat.postEphemeral": Rate(100, at_once=30),
    "users.info": Rate(100, at_once=30),
    "files.completeUploadExternal": Rate(100, at_once=30),
    "views.publish": Rate(100, at_once=30),
}
MANY = 10_000
"""Channels after which those that are long free are forgotten."""


class Pace:
    """`tick` counts seconds; `tempo` makes everything so many times faster, for a Slack that is."""

    def __init__(self, tick: Callable[[], float], tempo: float = 1.0, rates: Mapping[str, Rate] = RATES) -> None:
        self._tick = tick
        self._tempo = tempo
        self._rates = rates
        self._methods: dict[tuple[str, str], Line] = {}
        self._channels: dict[tuple[str, str], Line] = {}

    def turn(self, request: Request) -> float:
        """Seconds until this request may go. At most PATIENCE: its place is taken."""
        lines = self._lines(request.to.space.id, _method(request), request.to.id if _shows(request) else None)
        return self._turn(lines)

    def crowded(self) -> dict[str, float]:
        """The workspaces that take no message for so many seconds."""
        now = self._tick()
        waits = {
            lane(Space(PLATFORM, team)): line.wait(now)
            for (team, method), line in self._methods.items()
            if method == "chat.postMessage"
        }
        return {name: wait for name, wait in waits.items() if wait > PATIENCE}

    async def wait(self, team: str, method: str, channel: str | None = None) -> None:
        """For what belongs to a request that is under way: returns when its turn has come."""
        lines = self._lines(team, method, channel)
        while True:
            wait = self._turn(lines)
            await asyncio.sleep(wait)
            if wait <= PATIENCE:
                return

    def took(self, team: str, method: str) -> None:
        """Something went without waiting, because somebody looks at it: what waits goes later."""
        now = self._tick()
        for line in self._lines(team, method, None):
            line.take(now)

    def hold(self, request: Request, seconds: float) -> None:
        """Slack said no for so long: to messages in this channel, or to this method."""
        now, channel = self._tick(), request.to.id if _shows(request) else None
        lines = self._lines(request.to.space.id, _method(request), channel)
        for line in lines[-1:]:
            line.hold(now + seconds)
        for line in lines[:-1]:  # the method may be meant too
            line.hold(now)

    def _turn(self, lines: list[Line]) -> float:
        now = self._tick()
        wait = max((line.wait(now) for line in lines), default=0.0)
        if wait <= PATIENCE:
            for line in lines:
                line.take(now + wait)
        return wait

    def _lines(self, team: str, method: str, channel: str | None) -> list[Line]:
        lines: list[Line] = []
        if (rate := self._rates.get(method)) is not None:
            lines.append(self._methods.setdefault((team, method), Line(rate, self._tempo)))
        if channel is not None:
            if len(self._channels) >= MANY:
                now = self._tick()
                self._channels = {key: line for key, line in self._channels.items() if line.wait(now) > 0}
            lines.append(self._channels.setdefault((team, channel), Line(IN_A_CHANNEL, self._tempo)))
        return lines


def _method(request: Request) -> str:
    match request:
        case Post():
            return "chat.postMessage"
        case Edit():
            return "chat.update"
        case React():
            return "reactions.add"
        case FetchThread():
            return "conversations.replies"
        case Upload():
            return "files.completeUploadExternal"
        case OpenThread() | Admit():
            return ""


def _shows(request: Request) -> bool:
    """A new message comes to stand there."""
    return isinstance(request, Post | Upload)
