"""What goes out in any second stays below Discord's fifty, whatever stood still before."""

from __future__ import annotations

import asyncio

from adapters.discord.window import MOST, Window
from tests.fakes.discord.pacing import Pacing

CALL = "/channels/{channel_id}/messages"
CALLBACK = "/interactions/{interaction_id}/{webhook_token}/callback"


class Watch:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def _begun(*calls: asyncio.Task[None]) -> int:
    await asyncio.sleep(0.05)
    return sum(call.done() for call in calls)


async def _gone(window: Window, path: str = CALL) -> None:
    async with window.passing(path):
        pass


def test_there_are_fewer_than_discord_takes() -> None:
    assert Pacing.a_second > MOST


async def test_a_crowd_that_comes_at_once_is_held_back() -> None:
    watch = Watch()
    window = Window(watch, tempo=100)
    calls = [asyncio.create_task(_gone(window)) for _ in range(MOST + 5)]
    assert await _begun(*calls) == MOST

    watch.now = 0.0099
    assert await _begun(*calls) == MOST

    watch.now = 0.0101
    assert await _begun(*calls) == MOST + 5


async def test_what_is_under_way_counts_until_a_second_after_its_answer() -> None:
    watch = Watch()
    window = Window(watch, tempo=1)
    answers = asyncio.Event()

    async def slow() -> None:
        async with window.passing(CALL):
            await answers.wait()

    slow_ones = [asyncio.create_task(slow()) for _ in range(MOST)]
    await asyncio.sleep(0)
    watch.now = 5.0
    another = asyncio.create_task(_gone(window))
    assert await _begun(another) == 0

    answers.set()
    await asyncio.gather(*slow_ones)
    assert await _begun(another) == 0

    watch.now = 6.1
    await asyncio.wait_for(another, 3)


async def test_an_answer_to_what_somebody_did_waits_for_nothing() -> None:
    window = Window(Watch())
    await asyncio.gather(*(_gone(window) for _ in range(MOST)))
    held = asyncio.create_task(_gone(window))
    assert await _begun(held) == 0
    await asyncio.wait_for(_gone(window, CALLBACK), 1)
    held.cancel()


async def test_a_call_that_failed_leaves_no_place_taken() -> None:
    watch = Watch()
    window = Window(watch)

    async def fails() -> None:
        async with window.passing(CALL):
            raise OSError

    await asyncio.gather(*(fails() for _ in range(MOST)), return_exceptions=True)
    watch.now = 1.1
    await asyncio.wait_for(_gone(window), 1)
