"""The pages of people who look at Kring's Home tab: published when they open it, and again when something changed.

Slack shows what was published last, and asks nobody. So a page that somebody opened lately is made anew after every
change, and published when it is another. https://docs.slack.dev/surfaces/app-home (2026-11-25)
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import Protocol

import structlog

from adapters.slack import PLATFORM
from adapters.slack.origin import Origin
from bot.chat.answers import Answer, Tell
from bot.chat.events import HomeOpened
from bot.chat.messages import Message
from bot.errors import PlatformRefusal, PlatformTrouble

LATELY = 15 * 60.0
"""Seconds after which a page is no longer looked after, until it is opened again."""
MOST = 100
"""Pages looked after at a time, those opened last."""
SHORTLY = 1.0
"""Seconds in which changes gather before pages are made anew."""

Entry = tuple[float, Origin, Message]
"""Since when somebody looks, where, and at what."""

UNKNOWN = Message(())

log = structlog.get_logger("kring.slack")


class Door(Protocol):
    async def handle(self, event: HomeOpened) -> Answer: ...


class Publisher(Protocol):
    async def publish(self, origin: Origin, page: Message) -> None: ...


class Homes:
    """`tick` counts seconds."""

    def __init__(
        self,
        door: Door,
        publisher: Publisher,
        *,
        now: Callable[[], datetime],
        tick: Callable[[], float],
        shortly: float = SHORTLY,
    ) -> None:
        self._door = door
        self._publisher = publisher
        self._now = now
        self._tick = tick
        self._shortly = shortly
        self._open: OrderedDict[tuple[str, str], Entry] = OrderedDict()
        self._numbers = count(1)
        self._changed = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()
        self._looking: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._looking = asyncio.create_task(self._look(), name="home pages")

    async def stop(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
            self._looking = None

    def poke(self) -> None:
        """Something was committed: a page may be another now."""
        if self._open:
            self._changed.set()

    async def opened(self, origin: Origin, page: Message) -> None:
        """Somebody looks at their page, which is this."""
        key = (origin.team, origin.user)
        self._open[key] = (self._tick(), origin, page)
        self._open.move_to_end(key)
        while len(self._open) > MOST:
            self._open.popitem(last=False)
        await self._publisher.publish(origin, page)

    async def settle(self) -> None:
        """Makes all pages anew now, if something changed; returns when that is done, whoever began it."""
        async with self._one_at_a_time:
            if self._changed.is_set():
                self._changed.clear()
                await self._renew()

    async def _look(self) -> None:
        while True:
            await self._changed.wait()
            await asyncio.sleep(self._shortly)
            await self.settle()

    async def _renew(self) -> None:
        for key in list(self._open):
            if (entry := self._open.get(key)) is None:
                continue
            if self._tick() - entry[0] > LATELY:
                del self._open[key]
                continue
            try:
                await self._renew_one(key, entry)
            except (PlatformTrouble, PlatformRefusal) as error:
                log.info("a page could not be published", why=str(error))
            except Exception:  # the other pages are no worse for it
                log.exception("a page could not be made anew")

    async def _renew_one(self, key: tuple[str, str], entry: Entry) -> None:
        since, origin, page = entry
        event = HomeOpened(f"{PLATFORM}/home/{next(self._numbers)}", self._now(), origin.account)
        answer = await self._door.handle(event)
        if not isinstance(answer, Tell) or answer.message == page:
            return
        await self._publisher.publish(origin, answer.message)
        match self._open.get(key):
            case None:
                pass
            case known if known is entry:
                self._open[key] = (since, origin, answer.message)
            case since, origin, _:  # opened anew meanwhile: nobody knows which of the two Slack shows now
                self._open[key] = (since, origin, UNKNOWN)
                self._changed.set()
