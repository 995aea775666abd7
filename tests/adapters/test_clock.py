"""The clock: what is due knocks, oldest first, once, each at its own moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from adapters.clock import Clock
from adapters.postman import Postman
from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing
from bot.chat.events import CameDue, Event
from bot.chat.messages import Words, message
from bot.chat.names import Channel, Space
from bot.chat.requests import Post
from bot.chat.text import plain
from tests.adapters.stand_ins import MONDAY, Doorman, Pigeon, Shelf, Thing, Watch, names

HOUR = timedelta(hours=1)


def _house() -> tuple[Watch, Shelf, Doorman, Clock, Postman]:
    watch = Watch()
    shelf = Shelf(watch)
    door = Doorman(shelf)
    return watch, shelf, door, Clock(shelf, door, now=watch.now), Postman(shelf, door, [Pigeon()], now=watch.now)


def _post(name: str = "general") -> Post:
    return Post(Channel(Space("playground", "here"), name), message(Words(plain("hi"))))


async def test_everything_up_to_the_moment_knocks_in_order_at_its_own_moment() -> None:
    watch, shelf, door, clock, postman = _house()
    for name, hours in (("third", 30), ("first", 1), ("later", 50), ("second", 2)):
        shelf.wait(name, MONDAY + hours * HOUR)

    handled = await clock.run_due(MONDAY + 48 * HOUR, post=postman, travel=watch.travel)

    assert handled == 3
    assert names(door.events) == ["first", "second", "third"]
    assert door.moments == [MONDAY + HOUR, MONDAY + 2 * HOUR, MONDAY + 30 * HOUR]
    assert watch.at == MONDAY + 48 * HOUR


async def test_what_a_knock_sets_is_done_too_when_it_is_within_the_time() -> None:
    watch, shelf, door, clock, postman = _house()

    def again(event: Event) -> Answer:
        if isinstance(event, CameDue) and len(door.events) < 5:
            shelf.wait(f"step{len(door.events)}", event.at + HOUR)
        return Nothing()

    door.does = again
    shelf.wait("step0", MONDAY + HOUR)

    await clock.run_due(MONDAY + 4 * HOUR, post=postman, travel=watch.travel)

    assert names(door.events) == ["step0", "step1", "step2", "step3"]


async def test_requests_go_out_between_the_knocks_at_the_moment_they_wait_for() -> None:
    watch, shelf, door, clock, postman = _house()
    shelf.wait("early", MONDAY + HOUR)
    shelf.wait("late", MONDAY + 3 * HOUR)
    shelf.put(_post("now"))
    shelf.put(_post("then"), at=MONDAY + 2 * HOUR)

    await clock.run_due(MONDAY + 4 * HOUR, post=postman, travel=watch.travel)

    assert names(door.events) == ["delivered/r1", "early", "delivered/r2", "late"]
    assert door.moments[2] == MONDAY + 2 * HOUR


async def test_a_thing_that_fails_does_not_stop_time_and_comes_back() -> None:
    watch, shelf, door, clock, postman = _house()

    def fails_once(event: Event) -> Answer:
        if names(door.events).count("broken") == 1 and names([event]) == ["broken"]:
            raise RuntimeError("a fault in a handler")
        return Nothing()

    door.does = fails_once
    shelf.wait("broken", MONDAY + HOUR)
    shelf.wait("fine", MONDAY + 2 * HOUR)

    handled = await clock.run_due(MONDAY + 3 * HOUR, post=postman, travel=watch.travel)

    assert handled == 2
    assert names(door.events) == ["broken", "broken", "fine"]
    assert door.moments[1] > MONDAY + HOUR


async def test_the_event_id_tells_thing_and_moment_so_a_double_knock_is_seen() -> None:
    watch, shelf, door, clock, postman = _house()
    shelf.wait("round", MONDAY)

    await clock.run_due(MONDAY, post=postman, travel=watch.travel)

    (event,) = door.events
    assert event.id == f"due/c1/round:/{MONDAY.isoformat()}"
    assert event.at == MONDAY


async def test_by_itself_it_rings_when_the_moment_comes_and_when_poked() -> None:
    _watch, shelf, door, _clock, _postman = _house()
    real = Clock(shelf, door, now=lambda: datetime.now(UTC))
    shelf.wait("soon", datetime.now(UTC) + timedelta(seconds=0.3))

    async with real:
        await _until(lambda: names(door.events) == ["soon"])
        shelf.wait("poked", datetime.now(UTC) + timedelta(seconds=0.3))
        real.poke()
        await _until(lambda: names(door.events) == ["soon", "poked"])
        shelf.wait("too late", datetime.now(UTC) + timedelta(seconds=0.3))
        real.poke()
    await asyncio.sleep(0.6)

    assert names(door.events) == ["soon", "poked"]


async def test_once_a_day_what_was_kept_long_enough_is_forgotten() -> None:
    watch, shelf, _door, clock, postman = _house()
    for hours in (1, 12, 25, 26, 50):
        await clock.run_due(MONDAY + hours * HOUR, post=postman, travel=watch.travel)
    assert shelf.tidied == [MONDAY + hours * HOUR for hours in (1, 25, 50)]


async def test_many_things_of_one_moment_all_knock_once() -> None:
    _watch, shelf, door, clock, _postman = _house()
    for n in range(2_000):
        thing = Thing(Action("checkin", str(n)), MONDAY)
        shelf.things[thing.about] = thing

    async with clock:
        await _until(lambda: len(door.events) == 2_000)

    assert len({event.id for event in door.events}) == 2_000


async def _until(happened: Callable[[], bool]) -> None:
    for _ in range(400):
        if happened():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen in four seconds")
