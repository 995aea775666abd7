"""The outbox: a conversation stays in order, nothing is claimed twice, and what was posted can be found."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from bot.chat.actions import Action
from bot.chat.names import Account, Channel, MessageRef, Thread
from bot.chat.requests import Admit, Edit, FetchThread, OpenThread, Post, React, Request, Upload
from bot.ports import Posted, Waiting
from storage.sending import Claimed
from storage.store import Store, open_store
from storage.unit import Unit
from tests.contracts.things import ANNA, COLLEGE, GENERAL, HEADER, MINUTE, NOW, SCHOOL, STAFF, ref, said, says


async def put(store: Store, *requests: Request, not_before: datetime | None = None, community: str = "c1") -> list[str]:
    def work(unit: Unit) -> list[str]:
        return [unit.outbox.put(community, each, now=NOW, not_before=not_before) for each in requests]

    return await store.run(work)


async def claim(store: Store, now: datetime = NOW, limit: int = 100) -> list[Claimed]:
    return await store.claim_requests(now, limit, MINUTE)


async def delivered(store: Store, id_: str, message: MessageRef | None = None) -> Waiting | None:
    return await store.run(lambda unit: unit.requests.delivered(id_, message, NOW))


async def refused(store: Store, id_: str) -> Waiting | None:
    return await store.run(lambda unit: unit.requests.refused(id_, "gone", NOW))


def texts(claimed: list[Claimed]) -> list[str]:
    return [said(each.request.message) for each in claimed if isinstance(each.request, Post | Edit)]


async def test_a_conversation_stays_in_order_and_others_go_on(store: Store) -> None:
    await put(store, Post(GENERAL, says("one")), Post(GENERAL, says("two")), Post(STAFF, says("other")))
    first = await claim(store)
    assert texts(first) == ["one", "other"]
    assert await claim(store) == []
    await delivered(store, first[0].id, ref("m1"))
    [second] = await claim(store)
    assert texts([second]) == ["two"]


async def test_a_request_comes_back_as_it_was(store: Store) -> None:
    requests: list[Request] = [
        Post(GENERAL, says("hello <!channel> 🙂"), about=HEADER),
        Post(Channel(COLLEGE, "hall", direct=True), says("there"), thread=Thread(GENERAL, "t1")),
        Upload(ANNA, "data.json", "{}", says("yours"), about=Action("me.data", "p1")),
        React(STAFF, ref("m1"), "eyes"),
        FetchThread(Channel(SCHOOL, "other"), HEADER, ref("m2")),
        OpenThread(Channel(SCHOOL, "lobby"), HEADER, "the thread", (ANNA,)),
        Admit(Channel(SCHOOL, "library"), HEADER, ANNA, out=True),
    ]
    ids = await put(store, *requests)
    claimed = await claim(store)
    assert [(each.id, each.request, each.community) for each in claimed] == [
        (id_, request, "c1") for id_, request in zip(ids, requests, strict=True)
    ]
    assert all(each.target is None and each.attempts == 0 for each in claimed)
    assert all(len(id_) <= 25 for id_ in ids), "Discord's nonce"


async def test_the_message_something_is_about_is_handed_along(store: Store) -> None:
    await put(
        store,
        Post(GENERAL, says("header"), about=HEADER),
        Edit(GENERAL, HEADER, says("newer")),
        OpenThread(GENERAL, HEADER, "the thread"),
        Post(GENERAL, says("inside"), under=HEADER),
    )
    [post] = await claim(store)
    assert await delivered(store, post.id, ref("m1")) == Waiting(post.id, "c1", post.request)
    [edit] = await claim(store)
    assert edit.target == Posted(HEADER, GENERAL, ref("m1"), None)
    await delivered(store, edit.id, ref("m1"))
    [opening] = await claim(store)
    assert opening.target == edit.target
    await delivered(store, opening.id, ref("m1", thread="t1"))
    [inside] = await claim(store)
    assert inside.target == Posted(HEADER, GENERAL, ref("m1"), "t1")
    await delivered(store, inside.id, ref("m2", thread="t1"))

    def look(unit: Unit) -> None:
        posted = Posted(HEADER, GENERAL, ref("m1"), "t1")
        assert unit.posts.find("c1", HEADER) == posted
        assert unit.posts.in_thread("c1", Thread(GENERAL, "t1")) == posted
        assert unit.posts.named("c1", ref("m1")) == posted
        assert unit.posts.named("c1", ref("m2")) is None
        assert unit.posts.in_thread("c1", Thread(STAFF, "t1")) is None

    await store.look(look)


async def test_who_is_let_in_comes_to_the_thread_of_the_message(store: Store) -> None:
    await put(
        store,
        Post(GENERAL, says("header"), about=HEADER),
        OpenThread(GENERAL, HEADER, "the thread", (ANNA,)),
        Admit(GENERAL, HEADER, ANNA),
    )
    for message in (ref("m1"), ref("m1", thread="p1")):
        [each] = await claim(store)
        await delivered(store, each.id, message)
    [admit] = await claim(store)
    assert admit.target == Posted(HEADER, GENERAL, ref("m1"), "p1")
    assert await delivered(store, admit.id, ref("m1")) == Waiting(admit.id, "c1", admit.request)
    assert await claim(store) == []


async def test_where_a_thread_is_its_message_the_message_names_it(store: Store) -> None:
    await put(store, Post(GENERAL, says("header"), about=HEADER), OpenThread(GENERAL, HEADER, "the thread"))
    for message in ("m1", "m1"):
        [each] = await claim(store)
        await delivered(store, each.id, ref(message))
    found = await store.look(lambda unit: unit.posts.in_thread("c1", Thread(GENERAL, "m1")))
    assert found is not None
    assert found.about == HEADER


async def test_the_same_about_in_two_places_and_twice_in_one(store: Store) -> None:
    await put(store, *(Post(channel, says("x"), about=HEADER) for channel in (GENERAL, STAFF)))
    general, staff = await claim(store)
    await delivered(store, general.id, ref("m1"))
    await delivered(store, staff.id, ref("m1", STAFF))
    await put(store, Edit(GENERAL, HEADER, says("y")), Edit(STAFF, HEADER, says("y")))
    targets = [each.target.message for each in await claim(store) if each.target]
    assert targets == [ref("m1"), ref("m1", STAFF)]
    await put(store, Post(GENERAL, says("again"), about=HEADER))
    for _ in range(2):  # the edit, then the post
        [first, *_] = await claim(store, NOW + 2 * MINUTE)
        await delivered(store, first.id, ref("m9"))
    assert await store.look(lambda unit: unit.posts.find("c1", HEADER)) == Posted(HEADER, GENERAL, ref("m9"), None)
    assert await store.look(lambda unit: unit.posts.named("c1", ref("m1"))) == Posted(HEADER, GENERAL, ref("m1"), None)


async def test_a_waiting_edit_gives_way_to_a_newer_one(store: Store) -> None:
    await put(store, Post(GENERAL, says("header"), about=HEADER))
    first = await put(store, Edit(GENERAL, HEADER, says("1")), Edit(GENERAL, Action("round.header", "r2"), says("2")))
    assert await put(store, Edit(GENERAL, HEADER, says("3"))) == first[:1]
    [post] = await claim(store)
    await delivered(store, post.id, ref("m1"))
    [edit] = await claim(store)
    assert texts([edit]) == ["3"]
    # this one may be on its way already, so the next stands behind it
    later = await put(store, Edit(GENERAL, HEADER, says("4")))
    assert later != first[:1]
    assert await put(store, Edit(GENERAL, HEADER, says("5"))) == later


async def test_an_edit_elsewhere_does_not_give_way(store: Store) -> None:
    ids = await put(store, Edit(GENERAL, HEADER, says("1")), Edit(STAFF, HEADER, says("1")))
    assert len(set(ids)) == 2
    assert len({*await put(store, Edit(GENERAL, HEADER, says("2")), community="c2"), *ids}) == 3


async def test_what_is_for_later_waits_without_blocking(store: Store) -> None:
    await put(store, Post(ANNA, says("tomorrow")), not_before=NOW + 60 * MINUTE)
    await put(store, Post(ANNA, says("now")))
    [now] = await claim(store)
    assert texts([now]) == ["now"]
    await delivered(store, now.id)
    assert await claim(store) == []
    assert await store.next_request_at() == NOW + 60 * MINUTE
    assert texts(await claim(store, NOW + 60 * MINUTE)) == ["tomorrow"]


async def test_what_needs_a_later_message_follows_it(store: Store) -> None:
    await put(store, Post(GENERAL, says("header"), about=HEADER), not_before=NOW + 60 * MINUTE)
    await put(
        store, OpenThread(GENERAL, HEADER, "x"), Post(GENERAL, says("in"), under=HEADER), Post(GENERAL, says("z"))
    )
    assert texts(await claim(store)) == ["z"]
    later = NOW + 60 * MINUTE
    kinds = []
    while claimed := await claim(store, later):
        [each] = claimed
        kinds.append((each.request.kind, said(each.request.message) if isinstance(each.request, Post) else ""))
        await delivered(store, each.id, ref(f"m{len(kinds)}"))
    assert kinds == [("post", "z"), ("post", "header"), ("open_thread", ""), ("post", "in")]


async def test_a_lease_that_ran_out_makes_it_claimable_again(store: Store) -> None:
    await put(store, Post(GENERAL, says("one")), Post(GENERAL, says("two")))
    [first] = await claim(store)
    assert await store.next_request_at() == NOW + MINUTE
    assert await claim(store, NOW + 0.5 * MINUTE) == []
    [again] = await claim(store, NOW + MINUTE)
    assert (again.id, again.attempts) == (first.id, 1)


async def test_what_is_tried_again_later_keeps_its_place(store: Store) -> None:
    [id_, _] = await put(store, Post(GENERAL, says("one")), Post(GENERAL, says("two")))
    await claim(store)
    await store.retry_request(id_, NOW + 5 * MINUTE, ambiguous=False)
    assert await claim(store, NOW + 4 * MINUTE) == []
    assert await store.next_request_at() == NOW + 5 * MINUTE
    [again] = await claim(store, NOW + 5 * MINUTE)
    assert (again.id, again.attempts) == (id_, 1)


async def test_the_longest_ready_goes_first(store: Store) -> None:
    for number in (3, 1, 2):
        channel = Channel(SCHOOL, f"channel{number}")
        await put(store, Post(channel, says(str(number))), not_before=NOW + number * MINUTE)
    assert texts(await claim(store, NOW + 5 * MINUTE, limit=2)) == ["1", "2"]


async def test_a_report_counts_once(store: Store) -> None:
    ids = await put(store, Post(GENERAL, says("one"), about=HEADER), Post(STAFF, says("two")))
    await claim(store)
    assert await delivered(store, ids[0], ref("m1")) is not None
    assert await delivered(store, ids[0], ref("m1")) is None
    assert await refused(store, ids[0]) is None
    assert await refused(store, ids[1]) == Waiting(ids[1], "c1", Post(STAFF, says("two")))
    assert await refused(store, ids[1]) is None
    assert await delivered(store, ids[1], ref("m2")) is None
    assert await claim(store, NOW + 60 * MINUTE) == []
    await store.retry_request(ids[1], NOW, ambiguous=True)
    assert await store.next_request_at() is None


async def test_what_needs_a_refused_message_has_no_target(store: Store) -> None:
    await put(store, Post(GENERAL, says("header"), about=HEADER), Edit(GENERAL, HEADER, says("newer")))
    [post] = await claim(store)
    await refused(store, post.id)
    [edit] = await claim(store)
    assert edit.request.kind == "edit"
    assert edit.target is None


async def test_what_was_refused_keeps_no_words(store: Store) -> None:
    [id_] = await put(store, Post(ANNA, says("something private")))
    await refused(store, id_)

    def look(unit: Unit) -> list[tuple[str, ...]]:
        return [tuple(row) for row in unit.connection.execute(text("SELECT state, reason, body FROM outbox"))]

    assert await store.look(look) == [("refused", "gone", "")]
    await store.tidy(NOW + timedelta(days=31))
    assert await store.look(look) == []


async def test_taking_back_what_is_not_sent(store: Store) -> None:
    other = Action("round.header", "r2")
    await put(
        store,
        Post(GENERAL, says("header"), about=HEADER),
        OpenThread(GENERAL, HEADER, "x"),
        Post(GENERAL, says("inside"), under=HEADER),
        Post(GENERAL, says("stays"), about=other),
    )
    await store.run(lambda unit: unit.outbox.drop("c2", HEADER))
    await store.run(lambda unit: unit.outbox.drop("c1", HEADER))
    assert texts(await claim(store)) == ["stays"]
    await store.run(lambda unit: unit.outbox.drop("c1", other))  # on its way: too late
    assert texts(await claim(store, NOW + MINUTE)) == ["stays"]


async def test_claims_never_double(store: Store) -> None:
    channels = [Channel(SCHOOL, f"channel{number}") for number in range(200)]
    await put(store, *(Post(channel, says("x")) for channel in channels))
    claims = await asyncio.gather(*(claim(store, limit=7) for _ in range(40)))
    ids = [each.id for claimed in claims for each in claimed]
    assert len(ids) == len(set(ids)) == 200


@pytest.mark.postgres
async def test_claims_of_two_processes_never_double(postgresql_url: str) -> None:
    async with open_store(postgresql_url) as one, open_store(postgresql_url) as two:
        channels = [Channel(SCHOOL, f"channel{number}") for number in range(60)]
        for channel in channels:
            await put(one, Post(channel, says("1")), Post(channel, says("2")))
        ids: list[str] = []
        first: set[str] = set()
        while len(ids) < 120:
            claims = await asyncio.gather(*(claim(store, limit=5) for store in (one, two) for _ in range(4)))
            for each in (each for claimed in claims for each in claimed):
                ids.append(each.id)
                place = each.request.to.id
                assert (texts([each]) == ["1"]) == (place not in first), "in order"
                first.add(place)
                await delivered(two, each.id)
        assert len(set(ids)) == 120


async def test_a_request_of_another_version_holds_nothing_up(store: Store) -> None:
    [id_, _] = await put(store, Post(GENERAL, says("one")), Post(GENERAL, says("two")))
    await store.run(
        lambda unit: unit.connection.execute(
            text("UPDATE outbox SET body = :body WHERE request = :id"), {"body": '{"kind": "dance"}', "id": id_}
        )
    )
    assert await claim(store) == []
    assert texts(await claim(store)) == ["two"]


async def test_private_words_are_encrypted_on_their_way(database_url: str) -> None:
    from cryptography.fernet import Fernet

    key = Fernet.generate_key().decode()
    async with open_store(database_url, key=key) as store:
        await put(store, Post(ANNA, says("something private")))
        body = await store.look(lambda unit: str(unit.connection.execute(text("SELECT body FROM outbox")).scalar()))
        assert "private" not in body
        assert texts(await claim(store)) == ["something private"]


async def test_people_with_the_same_name_in_two_spaces_are_two_conversations(store: Store) -> None:
    await put(
        store,
        Post(ANNA, says("1")),
        Post(Account(COLLEGE, "anna"), says("2")),
        Post(Channel(SCHOOL, "anna"), says("3")),
    )
    assert texts(await claim(store)) == ["1", "2", "3"]
