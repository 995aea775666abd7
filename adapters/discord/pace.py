"""How fast Discord may be asked, so that it never has to say no and discord.py never sleeps with a request in hand.

Discord counts all that a bot asks, fifty in a second; each route for each channel, so many in a window that only its
headers tell; and, unnamed, how many direct conversations are opened. discord.py follows the windows, but it does so
asleep: whoever used up a window gets its answer when the window is over. So one call of each window is left over.
https://docs.discord.com/developers/topics/rate-limits (2026-11-26)
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping

from adapters.discord import PLATFORM
from adapters.discord.places import Places
from adapters.pacing import MINUTE, Line, Rate
from bot.chat.names import Account, Space
from bot.chat.requests import Admit, Edit, FetchThread, OpenThread, Post, React, Request, Upload, lane
from bot.ports import PATIENCE

POSTING = "POST /channels/{channel_id}/messages"
EDITING = "PATCH /channels/{channel_id}/messages/{message_id}"
DELETING = "DELETE /channels/{channel_id}/messages/{message_id}"
READING = "GET /channels/{channel_id}/messages"
LISTING = "GET /guilds/{guild_id}/members"
REACTING = "PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me"
THREADING = "POST /channels/{channel_id}/messages/{message_id}/threads"
BEGINNING = "POST /channels/{channel_id}/threads"
LETTING_IN = "PUT /channels/{channel_id}/thread-members/{user_id}"
TAKING_OUT = "DELETE /channels/{channel_id}/thread-members/{user_id}"
OPENING = "POST /users/@me/channels"

IN_ALL = Rate(40, 1.0, at_once=2)
"""Of the fifty in a second; the others are for what somebody waits for."""
IN_A_SERVER = Rate(30, 1.0, at_once=2)
"""What is asked for one server leaves room for the others."""
IN_A_PLACE: Mapping[str, Rate] = {
    # five in five seconds, seen on all of these and promised nowhere; one is left over
    POSTING: Rate(4, 5.0, at_once=2),
    EDITING: Rate(4, 5.0, at_once=2),
    DELETING: Rate(4, 5.0, at_once=2),
    READING: Rate(4, 5.0, at_once=2),
    LISTING: Rate(4, 5.0, at_once=2),
    THREADING: Rate(4, 5.0, at_once=2),
    BEGINNING: Rate(4, 5.0, at_once=2),
    LETTING_IN: Rate(4, 5.0, at_once=2),
    TAKING_OUT: Rate(4, 5.0, at_once=2),
    REACTING: Rate(1, 0.3),
}
OPENINGS = Rate(10, MINUTE, at_once=5)
"""Direct conversations with people to whom Kring did not write since it started. Discord gives no number, and takes
bots that open many for spam: https://docs.discord.com/developers/resources/user#create-dm (2026-11-26)"""
SPREAD = 10
"""Conversations that wait to be opened are asked for again over the time that so many of them take."""
MOST_INVALID, INVALID_WITHIN = 5_000, 600.0
"""Half of the 401, 403 and 429 within ten minutes for which Discord shuts out the address that they come from."""
UNKNOWN_TOKEN = 60.0
"""Seconds without any request once Discord does not know the token."""
MANY = 10_000
"""Places after which those that are long free are forgotten."""


class Pace:
    """`tick` counts seconds; `tempo` makes everything so many times faster, for a Discord that is."""

    def __init__(self, tick: Callable[[], float], places: Places, tempo: float = 1.0) -> None:
        self._tick = tick
        self._places = places
        self._tempo = tempo
        self._all = Line(IN_ALL, tempo)
        self._servers: dict[str, Line] = {}
        self._lines: dict[tuple[str, str], Line] = {}
        self._openings = Line(OPENINGS, tempo)
        self._unopened: set[str] = set()
        """People whose conversation waits to be opened."""
        self._invalid: deque[float] = deque()

    def turn(self, request: Request) -> float:
        """Seconds until this request may go. At most PATIENCE: its place is taken."""
        lines = self._lines_of(request.to.space, route_of(request), self._places.of(request))
        if not self._opens(request):
            return self._turn(lines)
        wait = self._turn([*lines, self._openings])
        if wait <= PATIENCE:
            self._unopened.discard(request.to.id)
            return wait
        self._unopened.add(request.to.id)
        # a crowd does not come back all at once
        return wait + (min(len(self._unopened), SPREAD) - 1) * OPENINGS.gap / self._tempo

    def crowded(self) -> dict[str, float]:
        """The servers for which nothing can be asked for so many seconds."""
        now = self._tick()
        everywhere = self._all.wait(now)
        waits = {lane(Space(PLATFORM, server)): line.wait(now) for server, line in self._servers.items()}
        return {name: max(wait, everywhere) for name, wait in waits.items() if max(wait, everywhere) > PATIENCE}

    async def wait(self, space: Space, route: str, place: str) -> None:
        """For what belongs to a request that is under way: returns when its turn has come."""
        lines = self._lines_of(space, route, place)
        while True:
            wait = self._turn(lines)
            await asyncio.sleep(wait)
            if wait <= PATIENCE:
                return

    def took(self, route: str = "", place: str = "") -> None:
        """Something went without waiting: what waits goes later."""
        now = self._tick()
        self._all.take(now)
        if route in IN_A_PLACE:
            self._line(route, place).take(now)

    def hold(self, request: Request, seconds: float) -> None:
        """Discord said no for so long, to this route in this place."""
        until = self._tick() + seconds
        if self._opens(request):
            self._openings.hold(until)
        else:
            self._line(route_of(request), self._places.of(request)).hold(until)

    # -- what the answers tell; see `calling`

    def heard(self, route: str, place: str, left: int, seconds: float) -> None:
        """So many calls are left of a window that is over in so many seconds."""
        if left <= 1 and route in IN_A_PLACE:
            self._line(route, place).hold(self._tick() + seconds)

    def refused(self, route: str, place: str, seconds: float, *, everything: bool) -> None:
        until = self._tick() + seconds
        if everything:
            self._all.hold(until)
        elif route == OPENING:
            self._openings.hold(until)
        else:
            self._line(route, place).hold(until)

    def answered(self, status: int) -> None:
        """Too many mistakes, such as letters to people who take none: then nothing goes for a while."""
        if status not in (401, 403, 429):
            return
        now = self._tick()
        if status == 401:
            self._all.hold(now + UNKNOWN_TOKEN)
        self._invalid.append(now)
        while self._invalid[0] <= now - INVALID_WITHIN:
            self._invalid.popleft()
        if len(self._invalid) >= MOST_INVALID:
            self._all.hold(self._invalid[0] + INVALID_WITHIN)

    # -- lines

    def _opens(self, request: Request) -> bool:
        return (
            isinstance(request, Post | Upload)
            and isinstance(request.to, Account)
            and self._places.direct(request.to) is None
        )

    def _turn(self, lines: list[Line]) -> float:
        now = self._tick()
        wait = max(line.wait(now) for line in lines)
        if wait <= PATIENCE:
            for line in lines:
                line.take(now + wait)
        return wait

    def _lines_of(self, space: Space, route: str, place: str) -> list[Line]:
        lines = [self._all]
        if space.id not in self._servers:
            self._servers[space.id] = Line(IN_A_SERVER, self._tempo)
        lines.append(self._servers[space.id])
        if route in IN_A_PLACE:
            lines.append(self._line(route, place))
        return lines

    def _line(self, route: str, place: str) -> Line:
        found = self._lines.get((route, place))
        if found is None:
            if len(self._lines) >= MANY:
                now = self._tick()
                self._lines = {key: line for key, line in self._lines.items() if line.wait(now) > 0}
            rate = IN_A_PLACE.get(route, Rate(1, 0.0))
            found = self._lines[route, place] = Line(rate, self._tempo)
        return found


def route_of(request: Request) -> str:
    """What the request asks first."""
    match request:
        case Post() | Upload():
            return POSTING
        case Edit():
            return EDITING
        case React():
            return REACTING
        case FetchThread():
            return READING
        case OpenThread(inside=None):
            return THREADING
        case OpenThread():
            return BEGINNING
        case Admit(out=out):
            return TAKING_OUT if out else LETTING_IN
