"""What Discord last said of people in their servers, for where it does not say it again: in a direct conversation.

https://docs.discord.com/developers/resources/guild#get-guild-member (2026-11-26): this needs no intent.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from adapters.discord.calling import Calling
from adapters.discord.faults import NO_USER, NOT_IN_SERVER, code_of
from adapters.discord.people import profile_of
from adapters.discord.servers import Servers
from bot.chat.names import Profile
from bot.errors import PlatformRefusal, PlatformTrouble

MEMBER = "/guilds/{guild_id}/members/{user_id}"
NO_MEMBER = frozenset({NOT_IN_SERVER, NO_USER})
FRESH = timedelta(minutes=10)
"""So long what was said counts. Light mode is not told who leaves, nor who may not manage the server any more."""
MOST = 50_000
"""People remembered."""

log = structlog.get_logger("kring.discord")


class Members:
    def __init__(self, calling: Calling, servers: Servers, now: Callable[[], datetime]) -> None:
        self._calling = calling
        self._servers = servers
        self._now = now
        self._known: OrderedDict[tuple[str, str], tuple[Profile, datetime]] = OrderedDict()

    def keep(self, server: str, user: str, profile: Profile) -> None:
        """What an event in the server says; the language that was told before stays."""
        before = self._known.get((server, user))
        if before is not None and profile.language is None:
            profile = replace(profile, language=before[0].language)
        self._known[server, user] = profile, self._now()
        self._known.move_to_end((server, user))
        while len(self._known) > MOST:
            self._known.popitem(last=False)

    def forget(self, server: str, user: str) -> None:
        """They left that server."""
        self._known.pop((server, user), None)

    async def get(self, server: str, user: str) -> Profile | None:
        """None when they are not in that server, or Discord does not say and did not before."""
        known = self._known.get((server, user))
        if known is not None and self._now() - known[1] < FRESH:
            return known[0]
        try:
            member = await self._calling.ask("GET", MEMBER, guild_id=server, user_id=user)
        except PlatformRefusal as refusal:
            log.info("no profile", server=server, why=str(refusal))
            self.forget(server, user)
            return None
        except PlatformTrouble as trouble:
            log.info("no newer profile", server=server, why=str(trouble))
            return known[0] if known else None
        self.keep(server, user, profile_of(member["user"], member, self._servers.get(server)))
        return self._known[server, user][0]

    async def is_in(self, server: str, user: str) -> bool:
        """Whether they are a member now. Raises PlatformTrouble when Discord does not say."""
        try:
            await self._calling.ask("GET", MEMBER, guild_id=server, user_id=user)
        except PlatformRefusal as refusal:
            return code_of(refusal) not in NO_MEMBER
        return True
