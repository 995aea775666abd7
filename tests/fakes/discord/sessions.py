"""A session of the app: what it wants to hear, what it was told, and the socket that it has now."""

from __future__ import annotations

import copy
import time
from collections import deque
from typing import TYPE_CHECKING

from tests.fakes.discord.state import Guild, Json

if TYPE_CHECKING:
    from tests.fakes.discord.links import Link
    from tests.fakes.discord_server import DiscordServer

MOST_KEPT = 10_000
"""Events kept for a RESUME. The documentation gives no number."""


class Session:
    def __init__(self, discord: DiscordServer, id_: str, intents: int, shard: tuple[int, int]) -> None:
        self._discord = discord
        self.id = id_
        self.intents = intents
        self.shard = shard
        self.seq = 0
        self.heard = 0
        """Up to where everything was handed to a socket."""
        self.link: Link | None = None
        self.left: float | None = None
        """When it lost its socket (monotonic)."""
        self._kept: deque[Json] = deque(maxlen=MOST_KEPT)

    def has(self, guild: Guild | None) -> bool:
        """https://docs.discord.com/developers/events/gateway#sharding"""
        if guild is None:
            return self.shard[0] == 0
        return (int(guild.id) >> 22) % self.shard[1] == self.shard[0]

    def push(self, name: str, data: Json) -> None:
        """Tells the app; keeps it for a RESUME."""
        strikes = self._discord.mishaps.strikes
        again = 2 if strikes("doubled", name) else 1
        if self.link is not None and strikes("swallowed", name):
            self.link.cut()
        for _ in range(again):
            self.seq += 1
            # what stands in the message may change before it is written
            payload = {"op": 0, "t": name, "s": self.seq, "d": copy.deepcopy(data)}
            self._kept.append(payload)
            if self.link is not None and not self.link.leaving:
                self.link.send(payload)
                self.heard = self.seq
        if self.link is not None and strikes("cut", name):
            self.link.cut_after_this()

    def attach(self, link: Link) -> None:
        self.link, self.left = link, None
        link.session = self

    def detach(self, link: Link) -> None:
        if self.link is link:
            self.link, self.left = None, time.monotonic()

    def missed(self, seq: int) -> list[Json] | None:
        """Everything after `seq`; None when that cannot be replayed any more."""
        if seq > self.seq or (self._kept and seq < self._kept[0]["s"] - 1):
            return None
        return [each for each in self._kept if each["s"] > seq]
