"""The connection to Discord: discord.py keeps it, resumes it, and is begun anew where it gives up.

Everything that comes is handed on as Discord wrote it. Of discord.py's own picture of the servers nothing is kept: it
would hold every role, channel and emoji of every server, and make an object of each message to be thrown away.
"""

from __future__ import annotations

import asyncio
import math
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from typing import Any, Protocol

import aiohttp
import discord
import structlog
from discord.gateway import KeepAliveHandler

from adapters.discord.intents import asked_for, not_switched_on
from adapters.discord.login import AGAIN
from bot.errors import PlatformRefusal, PlatformTrouble, SettingsFault

HEARD = (
    "GUILD_CREATE",
    "GUILD_UPDATE",
    "GUILD_DELETE",
    "GUILD_ROLE_CREATE",
    "GUILD_ROLE_UPDATE",
    "GUILD_ROLE_DELETE",
    "GUILD_MEMBER_ADD",
    "GUILD_MEMBER_UPDATE",
    "GUILD_MEMBER_REMOVE",
    "GUILD_BAN_ADD",
    "CHANNEL_CREATE",
    "CHANNEL_UPDATE",
    "CHANNEL_DELETE",
    "THREAD_CREATE",
    "THREAD_UPDATE",
    "THREAD_DELETE",
    "THREAD_LIST_SYNC",
    "MESSAGE_CREATE",
    "MESSAGE_UPDATE",
    "MESSAGE_DELETE",
    "MESSAGE_DELETE_BULK",
    "MESSAGE_REACTION_ADD",
    "INTERACTION_CREATE",
)
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 600.0
"""Seconds before a connection that ended is begun anew: the first time, and at most. Discord lets a bot begin a
thousand sessions a day. https://docs.discord.com/developers/events/gateway#session-start-limit-object (2026-11-26)"""
LASTED = 120.0
"""Seconds after which a connection counts as having been a good one, and a session as one that is not soon lost."""
SPACED = 5.0
"""Seconds between the beginnings of two sessions: https://docs.discord.com/developers/events/gateway#rate-limiting
(2026-11-26)"""
LEAST = 0.1
"""Seconds of discord.py's wait for the servers, which it does not get to see."""

BEAT = 2.0
"""Seconds that a heartbeat on its way gets, and a goodbye."""

log = structlog.get_logger("kring.discord")


class Hears(Protocol):
    def took(self, kind: str, data: Mapping[str, Any]) -> None:
        """Takes what comes, in its order, and returns at once.

        A session that begins anew is a `READY`; of one that goes on where it broke nothing is told: nothing was missed.
        """


class NoneLastsError(Exception):
    """Discord ends one session after the other."""


class Gateway(discord.AutoShardedClient):
    """One client of discord.py, from its login to its end. `quick` makes pauses so many times shorter."""

    def __init__(self, hears: Hears, intents: discord.Intents, *, proxy: str | None, quick: float) -> None:
        super().__init__(
            intents=intents,
            proxy=proxy,
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            guild_ready_timeout=LEAST,
        )
        self._hears = hears
        self._quick = quick
        self._began_at: dict[int, float] = {}
        """When each shard last began a session."""
        self.up: set[int] = set()
        """The shards that are connected."""
        # There is no public way to take the payloads as they are (discord.py 2.7.1, 2026-11-26). `parsers` is what its
        # websocket looks at for each event, and it passes over what is not in it.
        parsers = self._connection.parsers
        begun, resumed = parsers["READY"], parsers["RESUMED"]
        parsers.clear()
        parsers |= {kind: partial(self._took, kind) for kind in HEARD}
        parsers["READY"] = partial(self._began, begun)
        parsers["RESUMED"] = partial(self._went_on, resumed)

    @property
    def is_up(self) -> bool:
        return bool(self.up) and len(self.up) == self.shard_count

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Waits as Discord wants it. Where no session lasts discord.py would begin seventeen thousand a day.

        It is no place to wait longer: after a minute discord.py gives up and calls it again.
        """
        shard, now = shard_id or 0, self.loop.time()
        if now - self._began_at.get(shard, -math.inf) < LASTED / self._quick:
            raise NoneLastsError("no session lasts")
        if not initial:
            await asyncio.sleep(SPACED / self._quick)
        self._began_at[shard] = self.loop.time()

    def _began(self, parse: Callable[[Any], None], data: Any) -> None:
        data["shard"] = data.get("shard") or [0, 1]
        parse(data | {"guilds": []})
        self.up.add(data["shard"][0])
        self._took("READY", data)

    def _went_on(self, parse: Callable[[Any], None], data: Any) -> None:
        parse(data)
        self.up.add(data["__shard_id__"])

    def _took(self, kind: str, data: Any) -> None:
        try:
            self._hears.took(kind, data)
        except Exception:  # one event that is not understood does not end the session
            log.exception("what discord told was not understood", event_kind=kind)

    async def on_shard_disconnect(self, shard: int) -> None:
        self.up.discard(shard)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        log.error("discord.py stumbled", over=event_method, exc_info=True)  # noqa: LOG014 - called while one is handled


class Connection:
    """Keeps a gateway open, a new client each time that one has ended."""

    def __init__(
        self,
        token: str,
        hears: Hears,
        flags: Callable[[], Awaitable[int]],
        *,
        message_content: bool,
        members: bool,
        proxy: str | None,
        quick: float = 1.0,
    ) -> None:
        """`flags` asks Discord for the flags of the application; `quick` makes pauses so many times shorter."""
        self._token = token
        self._hears = hears
        self._flags = flags
        self._message_content = message_content
        self._members = members
        self._proxy = proxy
        self._quick = quick
        self._gateway: Gateway | None = None
        self._keeping: asyncio.Task[None] | None = None

    @property
    def is_up(self) -> bool:
        return self._gateway is not None and self._gateway.is_up

    async def start(self) -> None:
        """Returns when all of it is connected, however long Discord cannot be reached.

        Raises SettingsFault for what only the host can mend.
        """
        if faults := list(await self._not_switched_on()):
            raise SettingsFault(faults)
        self._keeping = asyncio.create_task(self._keep(), name="discord gateway")
        while not self.is_up:
            if self._keeping.done():
                self._keeping.result()
                raise RuntimeError("the connection to Discord is not kept any more")
            await asyncio.sleep(0.02)

    async def stop(self) -> None:
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        await self._end()

    async def _keep(self) -> None:
        loop = asyncio.get_running_loop()
        pause = FIRST_PAUSE
        while True:
            began, refused = loop.time(), False
            try:
                await self._connect()
            except (discord.PrivilegedIntentsRequired, discord.LoginFailure) as error:
                refused = True
                await self._say_why(error)
            except (discord.DiscordException, NoneLastsError, aiohttp.ClientError, TimeoutError, OSError) as error:
                log.warning("the connection to discord ended", why=f"{type(error).__name__}: {error}")
            except Exception:
                log.exception("the connection to discord ended")
            finally:
                await self._end()
            if refused:
                pause = LONGEST_PAUSE
            elif loop.time() - began > LASTED / self._quick:
                pause = FIRST_PAUSE
            await asyncio.sleep(pause / self._quick)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _connect(self) -> None:
        """Returns or raises when the connection has ended for good."""
        intents = asked_for(message_content=self._message_content, members=self._members)
        # A client that has ended cannot be begun again; and one whose first connection failed is broken:
        # https://github.com/Rapptz/discord.py/issues/10520 (open on 2026-11-26)
        self._gateway = Gateway(self._hears, intents, proxy=self._proxy, quick=self._quick)
        await self._gateway.login(self._token)
        await self._gateway.connect()

    async def _end(self) -> None:
        gateway, self._gateway = self._gateway, None
        if gateway is None:
            return
        try:
            await gateway.close()
        except Exception:  # another client is begun all the same
            log.exception("the connection to discord did not end well")
        await leftovers_ended()

    async def _say_why(self, refusal: Exception) -> None:
        """Names what the host must do, for Discord says it nowhere else."""
        if isinstance(refusal, discord.LoginFailure):
            log.warning("discord refuses Kring: KRING_DISCORD__TOKEN: Discord does not know this token any more")
            return
        try:
            flags = await self._flags()
        except (PlatformTrouble, PlatformRefusal):
            flags = 0
        for fault in tuple(self._lacking(flags)) or tuple(self._lacking(0)):
            log.warning("discord refuses Kring", why=fault)

    async def _not_switched_on(self) -> Iterator[str]:
        while True:
            try:
                return self._lacking(await self._flags())
            except PlatformTrouble as trouble:
                log.warning("discord cannot be asked yet", why=str(trouble))
                await asyncio.sleep(AGAIN / self._quick)

    def _lacking(self, flags: int) -> Iterator[str]:
        return not_switched_on(flags, message_content=self._message_content, members=self._members)


async def leftovers_ended() -> None:
    """Ends what discord.py leaves behind of a client that was closed (2.7.1, 2026-11-26).

    It beats from threads. One that beats just now hands its heartbeat to an event loop that may be over by then; and of
    a connection that was given up in the middle of its beginning only its thread still knows.
    """
    loop = asyncio.get_running_loop()
    beating = [each for each in threading.enumerate() if isinstance(each, KeepAliveHandler) and each.ws.loop is loop]
    for thread in beating:
        thread.stop()
        with suppress(Exception):
            async with asyncio.timeout(BEAT):
                await thread.ws.close()
        await asyncio.to_thread(thread.join, BEAT)
