"""The door, for somebody who cannot ask the platform to tell a thing once more: knocks until it is opened."""

from __future__ import annotations

import asyncio
import itertools
from typing import Protocol

import structlog

from bot.chat.answers import Answer
from bot.chat.events import Event
from bot.errors import StorageTrouble

AGAIN = (0.2, 1.0, 5.0, 15.0, 60.0)
"""Seconds before what could not be done now is tried again; an event also every minute after, while Kring's memory
cannot be reached."""

log = structlog.get_logger("kring.discord")


class Door(Protocol):
    async def handle(self, event: Event) -> Answer: ...


class Knocking:
    def __init__(self, door: Door) -> None:
        self._door = door

    async def handle(self, event: Event) -> Answer:
        """Raises what stands in the way for longer than a minute, unless it is that memory."""
        for attempt in itertools.count():
            try:
                return await self._door.handle(event)
            except Exception as error:
                if attempt >= len(AGAIN) and not isinstance(error, StorageTrouble):
                    raise
                pause = AGAIN[min(attempt, len(AGAIN) - 1)]
                log.warning("not handled yet", id=event.id, again_in=pause, why=type(error).__name__)
                await asyncio.sleep(pause)
        raise AssertionError("there is always another try")
