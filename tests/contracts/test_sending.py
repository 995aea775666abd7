"""The outbox under a crowd: lanes are left out, conversations go round, and what may have been sent stays known."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import event, text

from bot.chat.actions import Action
from bot.chat.names import Account, Channel, Space
from bot.chat.requests import Edit, OpenThread, Post, Request, Upload
from bot.ports import Posted
from storage.sending import Claimed
from storage.store import Store
from storage.unit import Unit
from tests.contracts.test_outbox import claim, delivered, put, texts
from tests.contracts.things import ANNA, GENERAL, HEADER, MINUTE, NOW, SCHOOL, STAFF, ref, says

SLACK = Space("slack", "T1")
OTHER = Space("slack", "T2")


def people(count: int, space: Space = SLACK) -> list[Account]:
    return [Account(space, f"U{number}") for number in range(count)]


async def claim_some(
    store: Store, limit: int, *, newest: bool = False, without: tuple[str, ...] = (), now: datetime = NOW
) -> list[Claimed]:
    return await store.claim_requests(now, limit, MINUTE, newest=newest, without=without)


def without_plans(unit: Unit) -> None:
    """PostgreSQL has only the plan that compares every row with a subquery run anew, as it may choose by itself."""
    if unit.connection.dialect.name == "postgresql":
        for plan in ("hashjoin", "mergejoin", "hashagg", "sort", "material", "indexscan", "bitmapscan"):
            unit.connection.execute(text(f"SET LOCAL enable_{plan} = off"))


# -- lanes


async def test_a_lane_can_be_left_out(store: Store) -> None:
    await put(store, *(Post(each, says("broadcast")) for each in people(20)))
    await put(store, Post(GENERAL, says("here")), not_before=NOW + MINUTE)
    await put(store, Post(Account(OTHER, "U1"), says("there")), not_before=NOW + 2 * MINUTE)
    later = NOW + 3 * MINUTE
    assert await store.next_request_at() == NOW
    assert await store.next_request_at(without=["slack/T1"]) == NOW + MINUTE
    assert await store.next_request_at(without=["slack/T1", "playground/school"]) == NOW + 2 * MINUTE
    assert await store.next_request_at(without=["slack/T1", "playground/school", "slack/T2"]) is None
    assert texts(await claim_some(store, 5, without=("slack/T1", "slack/T2"), now=later)) == ["here"]
    assert texts(await claim_some(store, 5, without=("slack/T1",), newest=True, now=later)) == ["there"]
    assert texts(await claim_some(store, 2, now=later)) == ["broadcast", "broadcast"]


async def test_a_crowd_of_ten_thousand_is_passed_over_in_the_index(store: Store) -> None:
    await put(store, *(Post(each, says("broadcast")) for each in people(10_000)))
    await put(store, Post(Account(OTHER, "U1"), says("answer")), not_before=NOW + MINUTE)
    statements: list[tuple[str, object]] = []

    def work(unit: Unit) -> list[str]:
        driver = unit.connection

        def watch(_: object, __: object, statement: str, values: object, *___: object) -> None:
            statements.append((statement, values))

        event.listen(driver, "before_cursor_execute", watch)
        assert unit.requests.next(["slack/T1"]) == NOW + MINUTE
        assert unit.requests.claim(NOW + MINUTE, 4, MINUTE, without=["slack/T1", "slack/T2"]) == []
        assert unit.requests.claim(NOW + MINUTE, 4, MINUTE, without=["slack/T1", "slack/T2"], newest=True) == []
        assert texts(unit.requests.claim(NOW + MINUTE, 4, MINUTE, without=["slack/T1"])) == ["answer"]
        event.remove(driver, "before_cursor_execute", watch)
        if driver.dialect.name != "sqlite":
            return []
        cursor = driver.connection.cursor()
        return [
            row[-1]
            for statement, values in statements
            for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
        ]

    plan = await store.run(work)
    assert not [step for step in plan if "TEMP B-TREE" in step], "nothing has to be sorted first"
    assert not [step for step in plan if step == "SCAN outbox"], "and the table is never read from end to end"
    used = {step.split("USING INDEX ")[1].split()[0] for step in plan if "USING INDEX " in step}
    assert not plan or {"ix_outbox_free", "ix_outbox_queue", "ix_outbox_ready"} <= used


async def test_no_plan_of_the_database_claims_more_than_was_wanted(store: Store) -> None:
    await put(store, *(Post(each, says(each.id)) for each in people(9)))

    def work(unit: Unit) -> list[int]:
        without_plans(unit)
        claim = unit.requests.claim
        claimed = [claim(NOW, 1, MINUTE), claim(NOW, 2, MINUTE, newest=True), claim(NOW, 3, MINUTE)]
        return [len(each) for each in claimed]

    assert await store.run(work) == [1, 2, 3]


async def test_no_plan_of_the_database_takes_more_moments_than_were_wanted(store: Store) -> None:
    def work(unit: Unit) -> list[int]:
        for number in range(9):
            unit.due.set("c1", Action("round.step", f"r{number}"), NOW)
        without_plans(unit)
        return [len(unit.due.claim(NOW, most, MINUTE)) for most in (1, 2, 3)]

    assert await store.run(work) == [1, 2, 3]


# -- whose turn it is


@pytest.mark.parametrize("seconds", [0, 1])
async def test_conversations_that_want_to_say_much_go_round(store: Store, seconds: int) -> None:
    channels = [Channel(SCHOOL, f"circle{number}") for number in range(5)]
    for channel in channels:
        await put(store, *(Post(channel, says(f"{channel.id} {n}")) for n in range(3)))
    said = []
    for turn in range(15):
        [each] = await claim_some(store, 1, now=NOW + turn * seconds * MINUTE / 60)
        said += texts([each])
        await delivered(store, each.id)
    assert said == [f"circle{number} {n}" for n in range(3) for number in range(5)]


async def test_what_was_put_back_keeps_its_place_in_the_queue(store: Store) -> None:
    first, *_ = await put(store, *(Post(each, says(each.id)) for each in people(5)))
    assert [each.id for each in await claim_some(store, 1)] == [first]
    await store.postpone_request(first, NOW + MINUTE)
    assert texts(await claim_some(store, 1)) == ["U1"]
    assert texts(await claim_some(store, 2, now=NOW + MINUTE)) == ["U0", "U1"], "of the other the lease is over"


async def test_what_was_asked_last_comes_first_when_wanted(store: Store) -> None:
    for minute in range(4):
        await put(store, Post(people(4)[minute], says(str(minute))), not_before=NOW + minute * MINUTE)
    await put(store, Post(GENERAL, says("tomorrow")), not_before=NOW + 1440 * MINUTE)
    assert texts(await claim_some(store, 2, newest=True, now=NOW + 9 * MINUTE)) == ["3", "2"]
    assert texts(await claim_some(store, 2, now=NOW + 9 * MINUTE)) == ["0", "1"]


async def test_what_is_sent_earlier_than_planned_is_in_the_queue_then(store: Store) -> None:
    [id_] = await put(store, Post(ANNA, says("after the pause")), not_before=NOW + 60 * MINUTE)
    await store.run(lambda unit: unit.members.send_at("c1", id_, NOW + MINUTE))
    assert texts(await claim_some(store, 5, now=NOW + MINUTE)) == ["after the pause"]


# -- certainty


async def test_what_was_never_tried_is_certain(store: Store) -> None:
    await put(store, Post(GENERAL, says("one")))
    [each] = await claim(store)
    assert (each.attempts, each.risks, each.since) == (0, 0, None)


async def test_what_was_claimed_and_never_reported_may_have_been_sent(store: Store) -> None:
    await put(store, Post(GENERAL, says("one")))
    await claim(store)
    [again] = await claim(store, NOW + MINUTE)
    assert (again.attempts, again.risks, again.since) == (1, 1, NOW)


async def test_an_ambiguous_trouble_stays_uncertain_and_a_certain_one_does_not(store: Store) -> None:
    [id_] = await put(store, Post(GENERAL, says("one")))
    await claim(store)
    await store.retry_request(id_, NOW, ambiguous=False)
    [second] = await claim(store)
    assert (second.attempts, second.since) == (1, None)
    await store.retry_request(id_, NOW, ambiguous=True)
    [third] = await claim(store)
    assert (third.attempts, third.risks, third.since) == (2, 1, NOW)
    # that this try did nothing says nothing about the one before
    await store.retry_request(id_, NOW, ambiguous=False)
    [fourth] = await claim(store)
    assert (fourth.attempts, fourth.risks, fourth.since) == (3, 1, NOW)


async def test_what_was_postponed_is_as_if_it_was_never_claimed(store: Store) -> None:
    [id_] = await put(store, Post(GENERAL, says("one")))
    await claim(store)
    await store.postpone_request(id_, NOW + MINUTE)
    assert await claim(store) == []
    assert await store.next_request_at() == NOW + MINUTE
    [again] = await claim(store, NOW + MINUTE)
    assert (again.attempts, again.risks, again.since) == (0, 0, None)
    await store.postpone_request("nobody's", NOW)


async def test_a_start_gives_back_what_was_claimed_and_knows_that_it_may_be_sent(store: Store) -> None:
    await put(store, Post(GENERAL, says("claimed")), Post(STAFF, says("rate limited")))
    _, limited = await claim(store)
    await store.retry_request(limited.id, NOW + 9 * MINUTE, ambiguous=False)
    await store.run(lambda unit: unit.requests.release(NOW + MINUTE / 60))
    again = {each.id: each.since for each in await claim(store, NOW + MINUTE / 60)}
    assert again.pop(limited.id) is None
    assert list(again.values()) == [NOW]


@pytest.mark.parametrize("certain", ["postponed", "rate limited"])
async def test_what_surely_was_not_sent_can_still_be_changed_and_taken_back(store: Store, certain: str) -> None:
    other = Action("round.header", "r2")
    edit, post = await put(store, Edit(GENERAL, HEADER, says("old")), Post(STAFF, says("x"), about=other))
    for each in await claim(store):
        if certain == "postponed":
            await store.postpone_request(each.id, NOW)
        else:
            await store.retry_request(each.id, NOW, ambiguous=False)
    assert await put(store, Edit(GENERAL, HEADER, says("new"))) == [edit]
    await store.run(lambda unit: unit.outbox.drop("c1", other))
    [left] = await claim(store)
    assert (left.id, texts([left])) == (edit, ["new"])
    assert post != edit


async def test_what_may_have_been_sent_cannot_be_changed(store: Store) -> None:
    [edit] = await put(store, Edit(GENERAL, HEADER, says("old")))
    await claim(store)
    await store.retry_request(edit, NOW, ambiguous=True)
    assert await put(store, Edit(GENERAL, HEADER, says("new"))) != [edit]


# -- messages that follow


async def deliver(store: Store, request: Request, *more: str, message: str = "m1") -> Claimed:
    [id_] = await put(store, request)
    [each] = await claim(store)
    await store.run(lambda unit: unit.requests.delivered(id_, ref(message), NOW, more))
    return each


async def test_the_messages_that_follow_are_known_and_change_with_an_edit(store: Store) -> None:
    async def known() -> Posted | None:
        return await store.look(lambda unit: unit.posts.find("c1", HEADER))

    await deliver(store, Post(GENERAL, says("long"), about=HEADER), "m2", "m3")
    assert await known() == Posted(HEADER, GENERAL, ref("m1"), None, ("m2", "m3"))
    edit = await deliver(store, Edit(GENERAL, HEADER, says("longer")), "m2", "m3", "m4")
    assert edit.target == Posted(HEADER, GENERAL, ref("m1"), None, ("m2", "m3"))
    await deliver(store, OpenThread(GENERAL, HEADER, "thread"))
    edit = await deliver(store, Edit(GENERAL, HEADER, says("short")))
    assert edit.target == Posted(HEADER, GENERAL, ref("m1"), "m1", ("m2", "m3", "m4"))
    assert await known() == Posted(HEADER, GENERAL, ref("m1"), "m1", ())


async def test_a_file_may_be_followed_too_and_an_edit_of_nothing_changes_nothing(store: Store) -> None:
    about = Action("me.data", "p1")
    await deliver(store, Upload(GENERAL, "data.json", "{}", says("yours"), about), "m8")
    await deliver(store, Edit(STAFF, about, says("not there")), "m9")
    found = await store.look(lambda unit: unit.posts.find("c1", about))
    assert found is not None
    assert found.more == ("m8",)
