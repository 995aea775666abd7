"""What a failed call means to the postman: that it was refused, has to wait, or may have been done all the same."""

from __future__ import annotations

from datetime import datetime

import aiohttp
import pytest

from bot.errors import PlatformRefusal, PlatformTrouble

BROKEN = (aiohttp.ServerDisconnectedError(), TimeoutError(), ConnectionResetError(104, "reset"))
"""What aiohttp raises when a connection broke with a call on it."""


def refused(told: Exception, reason: str) -> PlatformRefusal:
    """It is refused for this reason, and for good."""
    assert isinstance(told, PlatformRefusal)
    assert told.reason == reason
    return told


def assert_waits(told: Exception, until: datetime) -> None:
    """It was surely not done, and is tried again at that moment."""
    assert isinstance(told, PlatformTrouble)
    assert told.retry_at == until
    assert not told.ambiguous


def assert_may_be_done(told: Exception) -> None:
    assert isinstance(told, PlatformTrouble)
    assert told.ambiguous
    assert told.retry_at is None


def assert_not_done(told: Exception) -> None:
    assert isinstance(told, PlatformTrouble)
    assert not told.ambiguous


async def never_connected() -> aiohttp.ClientConnectorError:
    """What a call meets where nobody listens."""
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorError) as raised:
            await session.get("http://127.0.0.1:1/")
    return raised.value
