"""Pacing: whose turn it is goes out, a crowd holds up nobody else, and what was asked last gets through."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from adapters.delivering import ENOUGH
from adapters.postman import FREE_HANDS, HANDS, Postman
from bot.chat.events import Delivered, Refused
from bot.chat.messages import Words, message
from bot.chat.names import Account, Channel, MessageRef, Space
from bot.chat.requests import Post, Request
from bot.chat.text import plain
from bot.errors import PlatformTrouble
from bot.ports import PATIENCE, Sent
from tests.adapters.stand_ins import MONDAY, Doorman, Paced, Pigeon, Shelf, Watch

CROWDED = Space("playground", "crowded")
QUIET = Space("playground", "quiet")
SECOND = timedelta(seconds=1)


def _post(space: Space = CROWDED, person: int = 0) -> Post:
    return Post(Account(space, f"p{person}"), message(Words(plain("hi"))))


def _house(pigeon: Pigeon | None = None, watch: Watch | None = None) -> tuple[Watch, Shelf, Doorman, Pigeon, Postman]:
    watch = watch or Watch()
    shelf = Shelf(watch)
    door = Doorman(shelf)
    pigeon = pigeon or Pigeon()
    return watch, shelf, door, pigeon, Postman(shelf, door, [pigeon], now=watch.now)


async def _until(happened: Callable[[], bool]) -> None:
    for _ in range(2_000):
        if happened():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it never happened")


# -- a lane


async def test_a_crowded_lane_is_left_out_and_holds_up_nobody_else() -> None:
    watch, shelf, _door, pigeon, postman = _house()
    for n in range(200):
        shelf.put(_post(CROWDED, n))
    others = {shelf.put(_post(QUIET, n)) for n in range(60)}
    pigeon.full = {"playground/crowded": 7.0}

    await postman.settle()

    assert set(pigeon.sent) == others
    assert not shelf.postponed, "the crowd was not even claimed"
    assert await postman.next_at() == MONDAY + timedelta(seconds=7)

    pigeon.full = {}
    assert await postman.next_at() == watch.at
    await postman.settle()
    assert len(pigeon.sent) == 260


async def test_a_lane_that_fills_up_under_way_holds_up_nobody_else() -> None:
    watch = Watch()
    _, shelf, _door, pigeon, postman = _house(Paced(watch, lane=5), watch)
    for n in range(200):
        shelf.put(_post(CROWDED, n))
    others = {shelf.put(_post(QUIET, n)) for n in range(5)}

    await postman.settle()

    assert others < set(pigeon.sent)
    assert len(pigeon.sent) == 10
    assert len(shelf.postponed) <= HANDS + FREE_HANDS, "the crowd was asked once, not one by one"


async def test_where_nothing_waits_in_a_crowded_lane_nothing_wakes_for_it() -> None:
    _, shelf, _door, pigeon, postman = _house()
    pigeon.full = {"playground/crowded": 7.0}
    assert await postman.next_at() is None
    shelf.put(_post(QUIET), MONDAY + timedelta(hours=1))
    assert await postman.next_at() == MONDAY + timedelta(hours=1)


async def test_a_crowded_lane_that_waits_for_something_later_still_does_so() -> None:
    _, shelf, _door, pigeon, postman = _house()
    pigeon.full = {"playground/crowded": 7.0}
    shelf.put(_post(CROWDED), MONDAY + timedelta(hours=1))
    assert await postman.next_at() == MONDAY + timedelta(hours=1)


async def test_the_walk_wakes_up_when_the_lane_is_free() -> None:
    _, shelf, _door, pigeon, postman = _house()
    shelf.put(_post())
    looked = []

    def crowded() -> dict[str, float]:
        looked.append(len(pigeon.sent))
        return {"playground/crowded": 0.01} if len(looked) < 20 else {}

    pigeon.crowded = crowded  # type: ignore[method-assign]
    async with postman:
        await _until(lambda: bool(pigeon.sent))
    assert len(looked) >= 20
    assert not shelf.postponed


# -- a broadcast


async def test_what_was_asked_last_gets_through_a_broadcast_and_the_broadcast_moves() -> None:
    watch = Watch()
    _, shelf, door, pigeon, postman = _house(Paced(watch, lane=5), watch)
    broadcast = [shelf.put(_post(CROWDED, n)) for n in range(10_000)]
    for _ in range(3):
        await postman.settle()
        watch.at += SECOND

    answer = shelf.put(_post(CROWDED, 10_000))
    before = len(pigeon.sent)
    await postman.settle()

    assert answer in pigeon.sent
    assert pigeon.sent.index(answer) - before < 2, "one place of two is for what was asked last"
    assert len(pigeon.sent) == 20, "no place was left empty"
    oldest = [each for each in pigeon.sent if each in set(broadcast[:100])]
    assert oldest == broadcast[: len(oldest)], "it goes on where it was"
    assert len(oldest) >= 10
    assert len(door.events) == 20


async def test_people_who_ask_all_the_time_do_not_stop_a_broadcast() -> None:
    watch = Watch()
    _, shelf, _door, pigeon, postman = _house(Paced(watch, lane=2), watch)
    broadcast = {shelf.put(_post(CROWDED, n)) for n in range(500)}
    answers = set()
    for turn in range(30):
        for each in range(3):
            answers.add(shelf.put(_post(CROWDED, 1_000 + 3 * turn + each)))
        await postman.settle()
        watch.at += SECOND
    assert len(pigeon.sent) == 60
    assert len(broadcast & set(pigeon.sent)) >= 25
    assert len(answers & set(pigeon.sent)) >= 25


async def test_two_crowded_lanes_share_nothing() -> None:
    """Each lane remembers for itself who is next, so none of them always serves the same side."""
    watch = Watch()
    _, shelf, _door, pigeon, postman = _house(Paced(watch, lane=1), watch)
    broadcast = {space: [shelf.put(_post(space, n)) for n in range(100)] for space in (CROWDED, QUIET)}
    for _ in range(10):
        await postman.settle()
        watch.at += SECOND
    for letters in broadcast.values():
        halves = [set(letters[:50]), set(letters[50:])]
        assert [len(half & set(pigeon.sent)) for half in halves] == [5, 5]


# -- a conversation


async def test_a_conversation_keeps_its_order_at_its_pace() -> None:
    watch = Watch()
    _, shelf, _door, pigeon, postman = _house(Paced(watch, conversation=1), watch)
    ids = [shelf.put(_post()) for _ in range(5)]
    for second in range(5):
        await postman.settle()
        assert pigeon.sent == ids[: second + 1]
        assert await postman.next_at() == (watch.at + SECOND if second < 4 else None)
        watch.at += SECOND


async def test_a_reveal_in_forty_circles_goes_round() -> None:
    watch = Watch()
    _, shelf, _door, pigeon, postman = _house(Paced(watch, conversation=1), watch)
    circles = [Channel(CROWDED, f"circle{n}") for n in range(40)]
    ids = [[shelf.put(Post(circle, message(Words(plain("hi"))))) for _ in range(3)] for circle in circles]
    for lap in range(3):
        await postman.settle()
        assert {*pigeon.sent} == {circle[n] for circle in ids for n in range(lap + 1)}
        watch.at += SECOND
    assert len(pigeon.sent) == 120


async def test_a_retry_after_holds_up_its_conversation_only() -> None:
    watch, shelf, door, pigeon, postman = _house()
    when = MONDAY + timedelta(seconds=30)

    def carries(id_: str, request: Request) -> Sent:
        if request.to.id == "p0" and watch.at < when:
            raise PlatformTrouble("ratelimited", retry_at=when)
        return Sent()

    pigeon.carries = carries
    limited = [shelf.put(_post(CROWDED, 0)) for _ in range(2)]
    others = {shelf.put(_post(CROWDED, n)) for n in range(1, 40)}

    await postman.settle()
    assert set(pigeon.sent) == others
    assert await postman.next_at() == when

    watch.at = when
    await postman.settle()
    assert pigeon.sent[len(others) :] == limited
    assert all(isinstance(event, Delivered) for event in door.events)


async def test_what_waits_for_its_lane_is_there_when_the_lane_is_free_and_what_waits_for_more_is_not() -> None:
    """Or others would take the place of what was given back, again and again."""
    _, shelf, _door, pigeon, postman = _house()
    short, long = shelf.put(_post(CROWDED, 1)), shelf.put(_post(CROWDED, 2))

    def waits(request: Request) -> float:
        pigeon.full = {"playground/crowded": 0.5}
        return 0.5 if request.to.id == "p1" else 5.0

    pigeon.waits = waits
    await postman.settle()
    assert shelf.postponed == [short, long]
    assert shelf.letters[short].at == MONDAY
    assert shelf.letters[long].at == MONDAY + 5 * SECOND
    assert await postman.next_at() == MONDAY + SECOND / 2


# -- in hand


async def test_what_comes_soon_is_kept_in_hand_and_waited_for() -> None:
    _, shelf, door, pigeon, postman = _house()
    pigeon.waits = lambda _: 0.01
    shelf.put(_post())
    await postman.settle()
    assert len(door.events) == 1
    assert not shelf.postponed


async def test_what_is_kept_in_hand_keeps_no_other_from_going_out() -> None:
    _, shelf, _door, pigeon, postman = _house()
    pigeon.waits = lambda request: 0.2 if request.to.space == CROWDED else 0.0
    patient = {shelf.put(_post(CROWDED, n)) for n in range(2 * (HANDS + FREE_HANDS))}
    others = {shelf.put(_post(QUIET, n)) for n in range(20)}
    await postman.settle()
    assert set(pigeon.sent[:20]) == others
    assert set(pigeon.sent[20:]) == patient


async def test_who_stops_sends_what_is_in_hand() -> None:
    _, shelf, _door, pigeon, postman = _house()
    pigeon.waits = lambda _: PATIENCE / 3
    shelf.put(_post())
    async with postman:
        await _until(lambda: bool(shelf.claims))
    assert pigeon.sent == ["r1"]


async def test_a_fault_in_a_platforms_turns_stops_nobody() -> None:
    _, shelf, _door, pigeon, postman = _house()

    def waits(request: Request) -> float:
        raise KeyError("a fault of ours")

    pigeon.waits = waits
    ids = [shelf.put(_post(CROWDED, n)) for n in range(3)]
    await postman.settle()
    assert pigeon.sent == ids


# -- certainty


async def test_what_was_postponed_is_sent_as_if_for_the_first_time() -> None:
    watch, shelf, _door, pigeon, postman = _house()
    pigeon.waits = lambda _: (MONDAY + 5 * SECOND - watch.at).total_seconds()
    shelf.put(_post())
    for _ in range(6):
        await postman.settle()
        watch.at += SECOND
    assert shelf.postponed == ["r1"]
    assert pigeon.unsure == [None]


@pytest.mark.parametrize("ambiguous", [True, False])
async def test_the_platform_is_told_when_it_may_have_been_sent_already(*, ambiguous: bool) -> None:
    watch, shelf, _door, pigeon, postman = _house()

    def carries(id_: str, request: Request) -> Sent:
        if len(pigeon.unsure) == 1:
            raise PlatformTrouble("no answer", ambiguous=ambiguous)
        return Sent()

    pigeon.carries = carries
    shelf.put(_post())
    await postman.settle()
    watch.at += SECOND
    await postman.settle()
    assert pigeon.unsure == [None, MONDAY if ambiguous else None]


async def test_what_was_only_postponed_or_rate_limited_is_never_rejected() -> None:
    watch, shelf, door, pigeon, postman = _house()
    told: list[Exception] = [PlatformTrouble("ratelimited", retry_at=MONDAY)] * (2 * ENOUGH)
    told.append(KeyError("a fault of ours"))

    def carries(id_: str, request: Request) -> Sent:
        if told:
            raise told.pop(0)
        return Sent()

    pigeon.carries = carries
    pigeon.waits = lambda _: 2.0 if watch.at < MONDAY + 20 * SECOND else 0.0
    shelf.put(_post())
    while shelf.letters:
        await postman.settle()
        watch.at = max(watch.at, await postman.next_at() or watch.at)
    assert len(shelf.postponed) == 10
    assert not [event for event in door.events if isinstance(event, Refused)]
    assert pigeon.sent == ["r1"]


async def test_the_messages_that_follow_are_reported() -> None:
    _, shelf, door, pigeon, postman = _house()
    first = MessageRef(Channel(CROWDED, "c"), "m1")
    pigeon.carries = lambda _id, _request: Sent(first, more=("m2", "m3"))
    shelf.put(_post())
    await postman.settle()
    assert door.events == [Delivered("delivered/r1", MONDAY, "r1", first, ("m2", "m3"))]
