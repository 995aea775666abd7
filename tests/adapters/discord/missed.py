"""A school in Discord of which Kring missed something, for tests of how it makes up for that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from adapters.discord.gaps import Gaps
from adapters.discord.happened import Happened
from adapters.discord.missed import Missed
from bot.chat.events import Event
from bot.chat.names import MessageRef, Space, Thread
from bot.errors import StorageTrouble
from tests.adapters.discord.sending import School
from tests.fakes.discord.state import Channel, Guild, Message
from tests.fakes.discord_server import DiscordServer

READ, LOOK = "GET /channels/{channel}/messages", "GET /channels/{channel}/messages/{message}"
LIST = "GET /guilds/{guild}/members"
ONE_SHARD = (0, 1)


@dataclass
class Kept:
    """What storage would say."""

    latest: datetime | None = None
    threads: list[Thread] = field(default_factory=list)
    words: list[MessageRef] = field(default_factory=list)
    installed: dict[str, str] = field(default_factory=dict)
    unread: datetime | None = None
    broken: set[str] = field(default_factory=set)
    """What it cannot do now."""

    def _works(self, what: str) -> None:
        if what in self.broken:
            raise StorageTrouble("the disk is full")

    async def latest_event(self, platform: str) -> datetime | None:
        return self.latest

    async def gap(self, platform: str) -> datetime | None:
        return self.unread

    async def begin_gap(self, platform: str, since: datetime) -> None:
        self._works("begin_gap")
        self.unread = self.unread or since

    async def end_gap(self, platform: str) -> None:
        self._works("end_gap")
        self.unread = None

    async def threads_of(self, platform: str, most: int) -> tuple[Thread, ...]:
        return tuple(self.threads[:most])

    async def words_from(self, platform: str) -> tuple[MessageRef, ...]:
        self._works("words_from")
        return tuple(self.words)

    async def installations(self, platform: str) -> Mapping[str, str]:
        return dict(self.installed)

    async def keep_installation(self, space: Space, text: str) -> None:
        self.installed[space.id] = text

    async def drop_installation(self, space: Space) -> None:
        del self.installed[space.id]


@dataclass
class Stage:
    here: School
    kept: Kept
    told: list[Event] = field(default_factory=list)
    fails_over: str = ""
    """Words over which the door stumbles."""

    @property
    def discord(self) -> DiscordServer:
        return self.here.discord

    def gaps(self, *, reads: bool = True, sees_members: bool = False) -> Gaps:
        happened = Happened(self.here.servers, self.here.calling.me, reads=reads)

        async def tell(event: Event) -> None:
            if self.fails_over and getattr(event, "text", "") == self.fails_over:
                raise LookupError("nobody acted here")
            self.told.append(event)

        here = self.here
        pace, now = here.platform._pace, here.clock.now
        missed = Missed(self.kept, here.calling, pace, here.servers, happened, tell, now, sees_members=sees_members)
        return Gaps(self.kept, missed, here.servers, now)

    def comes(self, gaps: Gaps, *servers: Guild) -> None:
        """A session begins, and its servers come."""
        here = servers or (self.here.guild,)
        names = [{"id": each.id, "unavailable": True} for each in here]
        self.here.servers.took("READY", {"guilds": names, "shard": ONE_SHARD})
        gaps.begun([each.id for each in here], ONE_SHARD)
        for each in here:
            self.here.servers.took("GUILD_CREATE", self.discord.events.whole(each))
            gaps.came(each.id)

    async def after(
        self, gap: timedelta = timedelta(minutes=1), *, reads: bool = True, sees_members: bool = False
    ) -> list[Event]:
        """What is told after Kring was away for so long."""
        await self.gap(gap, reads=reads, sees_members=sees_members)
        return self.told

    async def gap(self, gap: timedelta, *, reads: bool = True, sees_members: bool = False, broken: str = "") -> Gaps:
        """It was away for so long, and what can be made up for now is. `broken`: what its memory cannot do then."""
        self.kept.latest = self.here.clock.now() - gap
        gaps = self.gaps(reads=reads, sees_members=sees_members)
        await gaps.start()
        self.kept.broken = {broken}
        self.comes(gaps)
        await gaps.settle()
        return gaps

    async def thread(self) -> Channel:
        """One on a message of Kring's, that it knows."""
        said = await self.discord.says(self.here.anna, self.here.practice, "A round")
        made = await self.discord.opens_thread(self.here.anna, said, "A round")
        self.kept.threads.append(Thread(self.here.channel, made.id))
        return made

    def words(self, said: Message, thread: Channel | None = None) -> MessageRef:
        """Words of it are kept."""
        ref = MessageRef(self.here.channel, said.id, thread.id if thread else None)
        self.kept.words.append(ref)
        return ref
