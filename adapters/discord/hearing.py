"""Everything that Discord tells, on its way to the door. What people do with Kring is answered by `acting`.

Discord waits for nothing and tells nothing twice: what cannot be handled now is tried again here. What Kring missed
while it stood still is found again by `gaps`.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

import structlog

from adapters.discord import PLATFORM
from adapters.discord.acting import Acting
from adapters.discord.happened import Happened
from adapters.discord.knocking import Door, Knocking
from adapters.discord.members import Members
from adapters.discord.people import is_person
from adapters.discord.servers import Servers
from bot.chat.events import Event, MemberLeft, ProfileChanged
from bot.chat.names import Account
from bot.errors import PlatformTrouble

GRACE = 5.0
"""Seconds that what is under way gets when Kring stops."""
MOST = 10_000
"""Interactions remembered as having come."""

Payload = Mapping[str, Any]

log = structlog.get_logger("kring.discord")


class Gaps(Protocol):
    """Reads again what was missed."""

    def heard(self) -> None: ...
    def begun(self, servers: Sequence[str], shard: Sequence[int]) -> None: ...
    def came(self, server: str) -> None: ...
    def gone(self, server: str) -> None: ...


class Hearing:
    def __init__(
        self,
        door: Door,
        acting: Acting,
        *,
        happened: Happened,
        servers: Servers,
        members: Members,
        now: Callable[[], datetime],
    ) -> None:
        self._knocking = Knocking(door)
        self._acting = acting
        self._happened = happened
        self._servers = servers
        self._members = members
        self._now = now
        self._under_way: set[asyncio.Task[None]] = set()
        self._came: OrderedDict[str, None] = OrderedDict()
        self._gaps: Gaps | None = None
        self._closed = False

    def mind(self, gaps: Gaps) -> None:
        """From here on these are told when a session begins and which servers come and go."""
        self._gaps = gaps

    # -- what the gateway tells

    def took(self, kind: str, data: Payload) -> None:
        """Returns at once; what is to be done is begun in the order in which it came."""
        self._servers.took(kind, data)
        if kind in ("READY", "GUILD_CREATE", "GUILD_DELETE"):
            self._took_servers(kind, data)
        match kind:
            case "INTERACTION_CREATE":
                if self._is_first(data["id"]):
                    self._later(self._acting.interaction(data), "interaction")
            case "MESSAGE_CREATE" if "guild_id" not in data:
                if is_person(data["author"]):  # what Kring says to one person comes back like this
                    self._later(self._acting.written(data), "message")
            case _ if "guild_id" in data or (kind == "GUILD_CREATE" and not data.get("unavailable")):
                for event in self._happened.told(kind, data, self._now()):
                    self._remember(event)
                    self._later(self.tell(event), "event")
        if self._gaps is not None and kind != "READY":
            self._gaps.heard()

    async def tell(self, event: Event) -> None:
        """To the door, until it has taken it. Nobody waits for an answer."""
        await self._knocking.handle(event)

    def look_for(self, account: Account) -> None:
        """They could not be written to: perhaps they left, which in light mode nobody tells."""
        if not self._closed:
            self._later(self._look_for(account), "look")

    async def idle(self) -> None:
        """Returns when everything that came is handled and answered."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    async def close(self) -> None:
        """Returns when what is under way is done, or had its time."""
        self._closed = True
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    # -- inside

    def _took_servers(self, kind: str, data: Payload) -> None:
        if self._gaps is None or data.get("unavailable"):
            return
        if kind == "READY":
            self._gaps.begun([each["id"] for each in data["guilds"]], data["shard"])
        elif kind == "GUILD_CREATE":
            self._gaps.came(data["id"])
        else:
            self._gaps.gone(data["id"])

    def _remember(self, event: Event) -> None:
        """What is told of people counts in their direct conversations too."""
        match event:
            case ProfileChanged(account=account, profile=profile):
                self._members.keep(account.space.id, account.id, profile)
            case MemberLeft(account=account):
                self._members.forget(account.space.id, account.id)

    def _is_first(self, interaction: str) -> bool:
        """A session that goes on may tell again what came already. The door would handle it once, but the second
        answer, which is none, might be given first."""
        if interaction in self._came:
            return False
        self._came[interaction] = None
        while len(self._came) > MOST:
            self._came.popitem(last=False)
        return True

    async def _look_for(self, account: Account) -> None:
        server = account.space.id
        try:
            if await self._members.is_in(server, account.id):
                return
        except PlatformTrouble as trouble:
            log.info("nobody knows whether they are still there", server=server, why=str(trouble))
            return
        self._members.forget(server, account.id)
        now = self._now()
        await self.tell(MemberLeft(f"{PLATFORM}/l{server}/{account.id}/{now.isoformat()}", now, account))

    def _later(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = asyncio.create_task(self._done(work), name=f"discord {name}")
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _done(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception:
            log.exception("what discord told could not be handled")
