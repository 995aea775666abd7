"""The postman: in order per conversation, again after trouble, reported at the door, never in each other's way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.delivering import ENOUGH, LONGEST_PAUSE, pause
from adapters.postman import FREE_HANDS, HANDS, Postman
from bot.chat.actions import Action
from bot.chat.events import Delivered, FetchedMessage, Refused, ThreadFetched
from bot.chat.messages import Words, message
from bot.chat.names import Account, Channel, MessageRef, Space
from bot.chat.requests import Post, Request
from bot.chat.text import plain
from bot.errors import PlatformRefusal, PlatformTrouble
from bot.ports import Sent
from tests.adapters.stand_ins import MONDAY, Doorman, Pigeon, Shelf, Watch

HERE = Space("playground", "here")
GENERAL = Channel(HERE, "general")


def _post(to: Channel | Account = GENERAL, text: str = "hi") -> Post:
    return Post(to, message(Words(plain(text))), about=Action("round.header", "r"))


def _house(pigeon: Pigeon | None = None) -> tuple[Watch, Shelf, Doorman, Pigeon, Postman]:
    watch = Watch()
    shelf = Shelf(watch)
    door = Doorman(shelf)
    pigeon = pigeon or Pigeon()
    return watch, shelf, door, pigeon, Postman(shelf, door, [pigeon], now=watch.now)


async def test_a_conversation_stays_in_order_and_every_delivery_is_reported() -> None:
    _, shelf, door, pigeon, postman = _house()
    pigeon.carries = lambda id_, _request: Sent(MessageRef(GENERAL, f"m-{id_}"))
    for _n in range(5):
        shelf.put(_post())

    await postman.settle()

    assert pigeon.sent == ["r1", "r2", "r3", "r4", "r5"]
    assert door.events[0] == Delivered("delivered/r1", MONDAY, "r1", MessageRef(GENERAL, "m-r1"))
    assert not shelf.letters


async def test_a_fetched_thread_comes_back_as_its_own_event() -> None:
    _, shelf, door, pigeon, postman = _house()
    found = FetchedMessage(MessageRef(GENERAL, "m1"), None, "Ana", "hello", MONDAY)
    pigeon.carries = lambda _id, _request: Sent(fetched=(found,))
    shelf.put(_post())

    await postman.settle()

    assert door.events == [ThreadFetched("fetched/r1", MONDAY, "r1", (found,))]


async def test_what_makes_no_sense_any_more_is_not_sent() -> None:
    watch, shelf, door, pigeon, postman = _house()
    shelf.put(replace(_post(), before=MONDAY + timedelta(hours=1)))
    await postman.settle()
    assert pigeon.sent == ["r1"]

    shelf.put(replace(_post(), before=MONDAY + timedelta(hours=1)))
    await watch.travel(MONDAY + timedelta(hours=1))
    await postman.settle()

    assert pigeon.sent == ["r1"]
    assert door.events[-1] == Refused("refused/r2", watch.now(), "r2", "rejected", "it is too late for that")


async def test_a_refusal_is_reported_and_the_next_goes_out() -> None:
    _, shelf, door, pigeon, postman = _house()

    def carries(id_: str, request: Request) -> Sent:
        if id_ == "r1":
            raise PlatformRefusal("gone", "no such channel")
        return Sent()

    pigeon.carries = carries
    shelf.put(_post())
    shelf.put(_post())

    await postman.settle()

    assert door.events[0] == Refused("refused/r1", MONDAY, "r1", "gone", "no such channel")
    assert pigeon.sent == ["r2"]


async def test_trouble_is_tried_again_later_and_the_conversation_waits_for_it() -> None:
    watch, shelf, door, pigeon, postman = _house()
    tries: list[tuple[str, float]] = []

    def carries(id_: str, request: Request) -> Sent:
        tries.append((id_, (watch.at - MONDAY).total_seconds()))
        if id_ == "r1" and len(tries) < 4:
            raise PlatformTrouble("rate limited")
        return Sent()

    pigeon.carries = carries
    shelf.put(_post())
    shelf.put(_post())

    for _n in range(10):
        await postman.settle()
        watch.at += timedelta(seconds=1)

    assert tries == [("r1", 0), ("r1", 1), ("r1", 3), ("r1", 7), ("r2", 7)]
    assert len(door.events) == 2


async def test_a_platform_that_says_when_is_believed() -> None:
    watch, shelf, _door, pigeon, postman = _house()
    when = MONDAY + timedelta(seconds=37)

    def carries(id_: str, request: Request) -> Sent:
        if watch.at < when:
            raise PlatformTrouble("later", retry_at=when)
        return Sent()

    pigeon.carries = carries
    shelf.put(_post())
    await postman.settle()

    assert await postman.next_at() == when
    watch.at = when
    await postman.settle()
    assert pigeon.sent == ["r1"]


async def test_a_platform_that_is_not_switched_on_keeps_its_requests() -> None:
    watch, shelf, door, _, postman = _house()
    shelf.put(_post(Channel(Space("slack", "T1"), "C1")))

    await postman.settle()

    assert door.events == []
    assert await postman.next_at() == watch.at + LONGEST_PAUSE


async def test_a_fault_in_an_adapter_blocks_nobody_for_ever() -> None:
    watch, shelf, door, pigeon, postman = _house()

    def carries(id_: str, request: Request) -> Sent:
        if id_ == "r1":
            raise KeyError("a fault of ours")
        return Sent()

    pigeon.carries = carries
    shelf.put(_post())
    shelf.put(_post())

    for _n in range(ENOUGH):
        await postman.settle()
        watch.at = await postman.next_at() or watch.at
    await postman.settle()

    assert [type(event) for event in door.events] == [Refused, Delivered]


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 1), (1, 2), (2, 4), (9, 512), (10, 600), (500, 600)])
def test_pauses_double_up_to_ten_minutes(attempts: int, seconds: int) -> None:
    assert pause(attempts) == timedelta(seconds=seconds)


async def test_one_slow_conversation_does_not_hold_up_the_others() -> None:
    _, shelf, door, _pigeon, _ = _house()
    gate = asyncio.Event()

    class Slow(Pigeon):
        async def send(self, request_id: str, request: Request, target: object, since: object = None) -> Sent:
            if request_id == "r1":
                await gate.wait()
            return await super().send(request_id, request, None)

    slow = Slow()
    postman = Postman(shelf, door, [slow], now=shelf.watch.now)
    shelf.put(_post())
    for n in range(HANDS * 2):
        shelf.put(_post(Account(HERE, f"p{n}")))

    async with postman:
        await _until(lambda: len(slow.sent) == HANDS * 2)
        gate.set()
        await _until(lambda: len(slow.sent) == HANDS * 2 + 1)


async def test_what_was_asked_last_does_not_wait_behind_a_broadcast() -> None:
    _, shelf, door, _pigeon, _ = _house()
    under_way: list[str] = []
    gate = asyncio.Event()

    class Slow(Pigeon):
        async def send(self, request_id: str, request: Request, target: object, since: object = None) -> Sent:
            under_way.append(request_id)
            await gate.wait()
            return Sent()

    for n in range(500):
        shelf.put(_post(Account(HERE, f"p{n}")))
    async with Postman(shelf, door, [Slow()], now=shelf.watch.now) as postman:
        await _until(lambda: len(under_way) == HANDS + FREE_HANDS)
        assert under_way[0] == "r1"
        gate.set()
        answer = shelf.put(_post())
        postman.poke()
        await _until(lambda: answer in under_way)
        assert under_way.index(answer) < 60
        await _until(lambda: len(under_way) == 501)


async def test_it_goes_at_once_when_poked_and_stops_with_its_hands_empty() -> None:
    _, shelf, door, pigeon, postman = _house()

    async with postman:
        await asyncio.sleep(0.02)
        shelf.put(_post())
        postman.poke()
        await _until(lambda: len(door.events) == 1)

    shelf.put(_post())
    postman.poke()
    await asyncio.sleep(0.02)
    assert pigeon.sent == ["r1"]


async def test_a_report_that_the_door_cannot_take_is_left_to_the_lease() -> None:
    watch, shelf, door, pigeon, postman = _house()

    def closed(event: object) -> None:
        if len(door.events) == 1:
            raise OSError("the disk is full")

    door.does = closed
    shelf.put(_post())

    await postman.settle()
    watch.at += timedelta(minutes=6)
    await postman.settle()

    assert pigeon.sent == ["r1", "r1"]
    assert not shelf.letters


async def _until(happened: Callable[[], bool]) -> None:
    for _ in range(400):
        if happened():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen in four seconds")
