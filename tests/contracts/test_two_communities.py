"""Whose data: every storage method is walked with a second community beside the first, and sees nothing of it.

Each call is made in the name of *ours*, with ids and places of *theirs*: it must give what it gives where theirs does
not exist at all, and leave every row of theirs as it was.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.chat.names import Account, Profile, Space, Thread
from bot.chat.people import Community
from bot.chat.requests import OpenThread, Post
from bot.community.model import LinkCode, OwnCode, Preferences
from bot.knowhow.model import ClosingThread
from storage.schema import metadata
from storage.search_tables import search_scopes, words
from storage.store import Store, open_store
from storage.unit import Unit
from tests.contracts.things import ANNA, GENERAL, HEADER, NOW, SCHOOL, ref, says
from tests.storage import test_circles as circles
from tests.storage import test_newcomers as newcomers
from tests.storage.test_knowhow import DRAFT, SHARED
from tests.storage.test_rounds import a_round
from tests.storage.test_schedules import a_schedule

CALLS: dict[str, Callable[[str], tuple[Any, ...]]] = {
    # by the method, what is asked for in the name of ours; the argument is a person of theirs
    "number": lambda _: ("K",),
    "communities.spaces": lambda _: (),
    "circles.all": lambda _: (),
    "circles.declare": lambda _: (replace(circles.SAID, topics="ours"),),
    "circles.declared": lambda _: (circles.SAID.person,),
    "circles.forget": lambda _: (circles.SAID.person,),
    "circles.formation": lambda _: (circles.FORMATION.id,),
    "circles.formations": lambda _: (),
    "circles.get": lambda _: (circles.CIRCLE.id,),
    "circles.latest": lambda _: (),
    "circles.numbered": lambda _: (circles.CIRCLE.number,),
    "circles.of": lambda _: ("anna",),
    "circles.past": lambda _: (),
    "circles.ready": lambda _: (),
    "circles.save": lambda _: (replace(circles.CIRCLE, seats=()),),
    "circles.save_formation": lambda _: (replace(circles.FORMATION, turns=9),),
    "circles.unite": lambda _: (circles.SAID.person, "dee"),
    "circles.unwish": lambda _: (circles.WISH.person, circles.WISH.other),
    "circles.wish": lambda _: (replace(circles.WISH, kind="line"),),
    "circles.wishes": lambda _: ((circles.WISH.person,),),
    "closing_threads.at": lambda _: (Thread(GENERAL, "t1"),),
    "closing_threads.drop": lambda _: ("c1",),
    "closing_threads.get": lambda _: ("c1",),
    "closing_threads.offered": lambda _: (GENERAL, NOW - timedelta(days=1)),
    "crossings.choose": lambda _: (SCHOOL, "nothing"),
    "crossings.of": lambda _: (),
    "due.set": lambda _: (HEADER, NOW + timedelta(days=1)),
    "due.set_many": lambda _: ([(HEADER, NOW)],),
    "due.settle": lambda _: (HEADER, NOW),
    "facts.add": lambda _: (HEADER, (LinkCode("x", "y", NOW),), NOW),
    "facts.of": lambda _: (HEADER,),
    "found_rounds.last_in": lambda _: (GENERAL,),
    "found_rounds.numbered": lambda _: (7,),
    "hands.held": lambda _: (NOW - timedelta(days=99),),
    "hands.lately": lambda _: (NOW - timedelta(days=99),),
    "hands.lives": lambda _: (),
    "knowhow.drafts_of": lambda _: (DRAFT.keeper,),
    "knowhow.find": lambda _: ("wacht tellen", 9),
    "knowhow.from_origin": lambda _: (DRAFT.origin,),
    "knowhow.from_place": lambda _: (DRAFT.place,),
    "knowhow.get": lambda _: (SHARED.id,),
    "knowhow.like": lambda _: ("Ik wacht tien tellen", 9),
    "knowhow.many": lambda _: ([SHARED.id, DRAFT.id],),
    "knowhow.newest": lambda _: (9,),
    "knowhow.numbered": lambda _: (1,),
    "knowhow.numbers": lambda _: (),
    "knowhow.quoting": lambda _: (DRAFT.message,),
    "knowhow.remove": lambda _: (SHARED.id,),
    "knowhow.shared": lambda _: (),
    "knowhow.touching": lambda _: ("ana",),
    "links.offer": lambda person: (OwnCode("x", person, "our digest", NOW),),
    "links.part": lambda _: (ANNA,),
    "links.tidy": lambda _: (NOW + timedelta(days=99),),
    "links.tried": lambda person: (person, NOW, NOW + timedelta(days=1)),
    "links.tries": lambda person: (person, NOW),
    "links.unite": lambda person: (person, "somebody"),
    "members.accounts": lambda person: (person,),
    "members.add_code": lambda _: (LinkCode("our code", "us", NOW),),
    "members.arrange": lambda _: (Community("x", "x"), Community("x", "ours")),
    "members.choose": lambda person: (person, Preferences(), Preferences("nl")),
    "members.erase": lambda person: (person, "somebody", NOW),
    "members.gone_before": lambda _: (NOW + timedelta(days=9),),
    "members.is_new": lambda _: (),
    "members.left": lambda _: (ANNA, NOW),
    "members.make_facilitator": lambda person: (person,),
    "members.name_space": lambda _: (SCHOOL, "ours now"),
    "members.preferences": lambda person: (person,),
    "members.record": lambda person: (person,),
    "members.waiting": lambda _: (ANNA, NOW, NOW + timedelta(days=9)),
    "members.send_at": lambda _: ("a request", NOW + timedelta(days=10)),
    "members.tidy": lambda _: (NOW + timedelta(days=99),),
    "newcomers.answer": lambda _: (newcomers.ANSWER.id,),
    "newcomers.answers": lambda _: (newcomers.ANNA.id,),
    "newcomers.calls": lambda _: ("bo",),
    "newcomers.count": lambda _: ("help missed",),
    "newcomers.counts": lambda _: (),
    "newcomers.drop": lambda _: (newcomers.ANNA.id,),
    "newcomers.drop_answer": lambda _: (newcomers.ANSWER.id,),
    "newcomers.drop_help": lambda _: (newcomers.HELP.id,),
    "newcomers.drop_pairing": lambda _: (newcomers.PAIRING.id,),
    "newcomers.forget": lambda _: (newcomers.ANNA.person,),
    "newcomers.get": lambda _: (newcomers.ANNA.id,),
    "newcomers.help": lambda _: (newcomers.HELP.id,),
    "newcomers.helps": lambda _: (newcomers.HELP.person,),
    "newcomers.joined_since": lambda _: (NOW - timedelta(days=9),),
    "newcomers.keep": lambda _: (replace(newcomers.ANSWER, text="ours"),),
    "newcomers.of": lambda _: (newcomers.ANNA.person,),
    "newcomers.pairing": lambda _: (newcomers.PAIRING.id,),
    "newcomers.pairings": lambda _: (newcomers.PAIRING.person,),
    "newcomers.save": lambda _: (replace(newcomers.ANNA, done=90),),
    "newcomers.save_help": lambda _: (replace(newcomers.HELP, helpers=()),),
    "newcomers.save_pairing": lambda _: (replace(newcomers.PAIRING, state="ended"),),
    "newcomers.set_stage": lambda _: (newcomers.ANNA.person, "core"),
    "newcomers.stage": lambda _: (newcomers.ANNA.person,),
    "newcomers.stages": lambda _: ((newcomers.ANNA.person,),),
    "newcomers.unite": lambda _: (newcomers.ANNA.person, "bo", "", ""),
    "newcomers.unvolunteer": lambda _: (newcomers.ANNA.person,),
    "newcomers.volunteer": lambda _: (newcomers.ANNA.person, NOW),
    "newcomers.volunteers": lambda _: (),
    "newcomers.was_proposed": lambda _: (newcomers.ANNA.person, NOW),
    "outbox.drop": lambda _: (HEADER,),
    "own_formats.drop": lambda _: ("ours",),
    "own_formats.of": lambda _: (),
    "own_formats.put": lambda _: ("ours", "ours now", NOW),
    "past_rounds.latest": lambda _: (),
    "people.account_in": lambda person: (person, SCHOOL),
    "people.get": lambda person: (person,),
    "people.many": lambda person: ([person],),
    "people.with_right": lambda _: ("facilitator",),
    "posts.edited": lambda _: (HEADER, "playground/school/channel/general", ("m9",)),
    "posts.find": lambda _: (HEADER, GENERAL),
    "posts.in_thread": lambda _: (Thread(GENERAL, "t1"),),
    "posts.named": lambda _: (ref("m1"),),
    "posts.opened": lambda _: (HEADER, "playground/school/channel/general", "other"),
    "posts.there": lambda _: (HEADER, "playground/school/channel/general"),
    "rounds.get": lambda _: ("r1",),
    "rounds.in_channel": lambda _: (GENERAL,),
    "rounds.open_for": lambda _: ("anna",),
    "rounds.touching": lambda _: ("anna",),
    "schedules.drop": lambda _: ("s1",),
    "schedules.get": lambda _: ("s1",),
    "schedules.held_by": lambda _: ("anna",),
    "schedules.of": lambda _: (),
    "search.drop": lambda _: ("item", "k1"),
    "search.find": lambda _: ("item", "fiets", 9),
    "search.like": lambda _: ("item", "fietsen op school", 9),
    "search.put": lambda _: ("item", "k1", "ours"),
    "search.scored": lambda _: ("item", "fiets", 9),
    "unasked.add": lambda person: (person, NOW.date(), "nudge"),
    "unasked.since": lambda person: (person, NOW.date()),
}
OUTSIDE = {
    "closing_threads.put": "the thread names its community",
    "communities.get": "the community is what is asked for",
    "communities.of": "a space belongs to one community",
    "drafts.put": "an account belongs to one community",
    "drafts.take": "an account belongs to one community",
    "drafts.tidy": "forgets by age alone",
    "due.claim": "the clock works for all communities, and tells each thing's",
    "due.next": "the clock works for all communities",
    "due.release": "the clock works for all communities",
    "due.settle_many": "each thing names its community",
    "whereabouts.directs": "ids only, for an adapter that would open each conversation again",
    "whereabouts.latest": "asks for a moment, over all spaces of a platform",
    "whereabouts.space_of": "asks for the space, by which the community is found",
    "whereabouts.spaces_of": "as with space_of",
    "whereabouts.threads": "ids only, for an adapter that reads again what it missed",
    "whereabouts.words_from": "as with threads",
    "gaps.begin": "of a whole platform",
    "gaps.end": "as with begin",
    "gaps.since": "as with begin",
    "installations.all": "Kring is installed in a space before there is a community",
    "installations.claim_rotation": "as with all",
    "installations.drop": "as with all",
    "installations.get": "as with all",
    "installations.keep": "as with all",
    "knowhow.add": "the item names its community",
    "knowhow.save": "the item names its community",
    "links.find": "a code is given away so that another account can use it; it tells its community",
    "members.join": "brings one community into another; a code of that one's host is needed",
    "members.use_code": "a code is given away so that another community can use it",
    "outbox.put": "the id is new, and a waiting edit is looked for in the community (test_outbox.py)",
    "people.by_account": "an account belongs to one community",
    "people.changed": "an account belongs to one community",
    "people.seen": "an account belongs to one community",
    "people.unreachable": "an account belongs to one community",
    "posts.add": "a new row with its community",
    "requests.claim": "the postman works for all communities, and tells each request's",
    "requests.delivered": "a request's id is nobody's to guess, and the request tells its community",
    "requests.next": "the postman works for all communities",
    "requests.postpone": "as with delivered",
    "requests.refused": "as with delivered",
    "requests.release": "the postman works for all communities",
    "requests.retry": "as with delivered",
    "requests.tidy": "forgets by age alone",
    "room.all": "the playground is one place for all its communities",
    "room.put": "the playground is one place for all its communities",
    "rounds.add": "the round names its community",
    "rounds.save": "the round names its community",
    "schedules.add": "the repeating round names its community",
    "schedules.save": "the repeating round names its community",
    "unasked.tidy": "forgets by age alone",
}  # fmt: skip
WRITES = {
    *(
        "closing_threads.drop",
        "number",
        "due.set",
        "due.set_many",
        "due.settle",
        "facts.add",
        "outbox.drop",
        "unasked.add",
    ),
    *("circles.declare", "circles.forget", "circles.save", "circles.save_formation"),
    *("circles.unite", "circles.unwish", "circles.wish"),
    *("posts.edited", "posts.opened", "crossings.choose"),
    *("knowhow.remove", "own_formats.drop", "own_formats.put", "schedules.drop", "search.drop", "search.put"),
    *("links.offer", "links.part", "links.tidy", "links.tried", "links.unite"),
    *("members.add_code", "members.arrange", "members.choose", "members.erase", "members.left", "members.tidy"),
    *("members.make_facilitator", "members.name_space", "members.send_at"),
    *("newcomers.count", "newcomers.drop", "newcomers.drop_answer", "newcomers.drop_help", "newcomers.drop_pairing"),
    *("newcomers.forget", "newcomers.keep"),
    *("newcomers.save", "newcomers.save_help", "newcomers.save_pairing", "newcomers.set_stage"),
    *("newcomers.unite", "newcomers.unvolunteer", "newcomers.volunteer", "newcomers.was_proposed"),
}


def methods() -> set[str]:
    """Every public method of every store that a unit of work has."""
    stores = {name: each for name, each in vars(Unit).items() if isinstance(each, cached_property)}
    found = {"number"}
    for name, each in stores.items():
        returned = inspect.get_annotations(each.func, eval_str=True)["return"]
        found |= {
            f"{name}.{method}"
            for method, _ in inspect.getmembers(returned, inspect.isfunction)
            if not method.startswith("_")
        }
    return found


def test_every_method_is_walked() -> None:
    assert CALLS.keys() | OUTSIDE.keys() == methods()
    assert not CALLS.keys() & OUTSIDE.keys()
    for name in CALLS.keys() - {"number"}:
        store, _, method = name.partition(".")
        returned = inspect.get_annotations(getattr(Unit, store).func, eval_str=True)["return"]
        assert list(inspect.signature(getattr(returned, method)).parameters)[1] == "community", name


def theirs(unit: Unit) -> tuple[str, str]:
    """A community with something in every table, and one of its people."""
    person = unit.people.seen(ANNA, Profile("Anna", host=True), NOW)
    unit.people.seen(Account(SCHOOL, "gone"), Profile("Gone"), NOW)
    community = person.community
    unit.members.left(community, Account(SCHOOL, "gone"), NOW)
    unit.members.make_facilitator(community, person.id, yes=True)
    unit.members.add_code(community, LinkCode("their code", person.id, NOW))
    unit.links.offer(community, OwnCode(community, person.id, "their digest", NOW))
    unit.links.tried(community, person.id, NOW, NOW + timedelta(hours=1))
    later = NOW + timedelta(days=1)
    unit.outbox.put(community, Post(ANNA, says("private"), about=HEADER), now=NOW, not_before=later)
    posted = unit.outbox.put(community, Post(GENERAL, says("header"), about=HEADER), now=NOW)
    unit.requests.delivered(posted, ref("m1"), NOW)
    opened = unit.outbox.put(community, OpenThread(GENERAL, HEADER, "thread"), now=NOW)
    unit.requests.delivered(opened, ref("m1", thread="t1"), NOW)
    unit.due.set(community, HEADER, NOW)
    unit.facts.add(community, HEADER, (LinkCode("fact", person.id, NOW),), NOW)
    unit.unasked.add(community, person.id, NOW.date(), "nudge")
    unit.number(community, "K")
    unit.search.put(community, "item", "k1", "een fiets op school")
    unit.rounds.add(replace(a_round(), community=community))
    unit.crossings.choose(community, SCHOOL, "round")
    unit.rounds.add(replace(a_round("r2"), community=community, state="done", ended_at=NOW))
    unit.schedules.add(replace(a_schedule(), community=community))
    unit.own_formats.put(community, "ours", "their text", NOW)
    unit.closing_threads.put(ClosingThread("c1", community, Thread(GENERAL, "t1"), NOW, offered_at=NOW))
    for item in (DRAFT, SHARED):
        unit.knowhow.add(replace(item, community=community))
    newcomers.fill(unit.newcomers, community)
    circles.fill(unit.circles, community)
    return community, person.id


def rows_of(unit: Unit, community: str) -> dict[str, list[Any]]:
    """Everything in the database that is this community's."""
    found = {}
    for table in metadata.sorted_tables:
        if "community" in table.c:
            query = select(table).where(table.c.community == community)
        elif table is words:
            scopes = select(search_scopes.c.scope).where(search_scopes.c.community == community)
            query = select(table).where(table.c.scope.in_(scopes))
        else:
            continue
        found[table.name] = sorted(map(repr, unit.connection.execute(query)))
    return found


class UndoneError(Exception):
    pass


async def outcome(store: Store, name: str, community: str, person: str, others: str | None) -> Any:
    """What the call gives or raises; nothing of it stays. Whatever it did, the others' rows are as before."""
    gave: Any = None

    def work(unit: Unit) -> None:
        nonlocal gave
        before = rows_of(unit, others) if others and name in WRITES else {}
        on, _, method = name.rpartition(".")
        options = {"yes": False} if name == "members.make_facilitator" else {}
        try:
            gave = getattr(getattr(unit, on) if on else unit, method)(community, *CALLS[name](person), **options)
        except Exception as error:  # noqa: BLE001 - what it raises is what it gives
            gave = type(error)
        else:
            assert not before or rows_of(unit, others or "") == before, f"{name} changed what is not ours"
        raise UndoneError

    with suppress(UndoneError):
        await store.run(work)
    return gave


async def prepared(store: Store, *, with_theirs: bool) -> tuple[str, str, str]:
    def work(unit: Unit) -> tuple[str, str, str]:
        community, person = theirs(unit) if with_theirs else ("", "")
        return unit.communities.of(Space("slack", "ours")).id, community, person

    return await store.run(work)


@pytest.fixture
async def alone(database_url: str, request: pytest.FixtureRequest, tmp_path: Any) -> Any:
    """What each call gives where only our community exists."""
    async with open_store(database_url) as store:
        ours, _, _ = await prepared(store, with_theirs=False)
        gave = {name: await outcome(store, name, ours, "somebody", None) for name in CALLS}

        def clean(unit: Unit) -> None:
            for table in reversed(metadata.sorted_tables):
                if table.name != "lease":
                    unit.connection.execute(text(f'DELETE FROM "{table.name}"'))

        await store.run(clean)
    return ours, gave


async def test_no_method_sees_or_changes_what_is_anothers(alone: Any, store: Store) -> None:
    was_ours, gave = alone
    ours, others, person = await prepared(store, with_theirs=True)
    empty = {name for name, rows in (await store.look(lambda unit: rows_of(unit, others))).items() if not rows}
    assert not empty, "every table is tried"
    for name in CALLS:
        found = await outcome(store, name, ours, person, others)
        expected = gave[name]
        assert repr(found).replace(ours, "") == repr(expected).replace(was_ours, ""), name


async def test_the_walk_would_see_something(store: Store) -> None:
    """Each call finds or changes something when it is made in the name of theirs."""
    ours, others, person = await prepared(store, with_theirs=True)
    blind = []
    for name in CALLS.keys() - WRITES:
        one, two = [repr(await outcome(store, name, community, person, None)) for community in (ours, others)]
        if one == two:
            blind.append(name)
    assert not blind
