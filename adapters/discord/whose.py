"""Where somebody counts who acts in their conversation with Kring: there Discord names no server.

The same person may be in several servers, and each may be another community.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping
from typing import Any, Protocol

from adapters.discord.members import Members
from adapters.discord.servers import Servers
from adapters.discord.signed import signer
from bot.chat.names import Space

MOST = 50_000
"""People remembered."""
FEW = 3
"""In so many servers at most somebody is looked for whom Kring does not know."""


class Kept(Protocol):
    """What this needs from storage."""

    async def spaces_of(self, account: str, among: Collection[Space]) -> tuple[Space, ...]: ...
    async def space_of(self, channel: str, message: str, among: Collection[Space]) -> Space | None: ...


class Whose:
    def __init__(self, kept: Kept, servers: Servers, members: Members) -> None:
        self._kept = kept
        self._servers = servers
        self._members = members
        self._last: OrderedDict[str, str] = OrderedDict()

    def seen(self, user: str, server: str) -> None:
        """They act in that server."""
        self._last[user] = server
        self._last.move_to_end(user)
        while len(self._last) > MOST:
            self._last.popitem(last=False)

    def wrote(self, message: Mapping[str, Any] | None) -> str | None:
        """That for which Kring wrote this message, as it says itself."""
        return signer(message, (server.id for server in self._servers.all()))

    async def server(self, user: str, channel: str, message: str = "") -> str | None:
        """That for which Kring wrote this message; else where they acted last, of those where they are known.

        Who is known nowhere counts where they are a member. None when nobody can tell: each may be another community.
        """
        among = tuple(server.space for server in self._servers.all())
        if message and (found := await self._kept.space_of(channel, message, among)) is not None:
            return found.id
        last = self._last.get(user)
        known = [space.id for space in await self._kept.spaces_of(user, among)]
        if known:
            return last if last in known else known[0] if len(known) == 1 else None
        here = [space.id for space in among]
        if last in here:
            here = [last]
        if len(here) > FEW:
            return None
        member_of = [server for server in here if await self._members.get(server, user) is not None]
        return member_of[0] if len(member_of) == 1 else None
