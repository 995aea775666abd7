"""Where people and messages are, for a platform that does not say it with every event, or tells nothing twice."""

from __future__ import annotations

from datetime import timedelta

from bot.chat.actions import Action
from bot.chat.names import Account, Channel, MessageRef, Profile, Space, Thread
from bot.chat.requests import OpenThread, Post
from storage.store import Store
from storage.unit import Unit
from tests.contracts.test_outbox import put
from tests.contracts.things import NOW, says
from tests.storage.test_knowhow import SHARED

FIRST, SECOND, OTHER = Space("discord", "1"), Space("discord", "2"), Space("discord", "3")
ALL = (FIRST, SECOND, OTHER)
HOME = Channel(FIRST, "10")


async def posted(store: Store, to: Channel | Account, about: Action, message: MessageRef) -> None:
    [id_] = await put(store, Post(to, says("hello"), about=about))
    await store.run(lambda unit: unit.requests.delivered(id_, message, NOW))


async def test_the_spaces_in_which_an_account_is_known(store: Store) -> None:
    def meet(unit: Unit) -> None:
        for space in (FIRST, SECOND):
            unit.people.seen(Account(space, "100"), Profile("Anna"), NOW)
        unit.people.seen(Account(OTHER, "101"), Profile("Bram"), NOW)
        gone = Account(SECOND, "100")
        unit.members.left(unit.communities.of(SECOND).id, gone, NOW)

    await store.run(meet)
    assert await store.spaces_of("100", ALL) == (FIRST,)
    assert await store.spaces_of("101", ALL) == (OTHER,)
    assert await store.spaces_of("101", (FIRST, SECOND)) == ()
    assert await store.spaces_of("100", ()) == ()


async def test_for_which_space_a_message_was_posted(store: Store) -> None:
    direct = Channel(SECOND, "77", direct=True)
    await posted(store, Account(SECOND, "100"), Action("newcomer.checkin", "n1"), MessageRef(direct, "500"))
    assert await store.space_of("77", "500", ALL) == SECOND
    assert await store.space_of("77", "501", ALL) is None
    assert await store.space_of("77", "500", (FIRST, OTHER)) is None
    assert await store.space_of("77", "500", ()) is None


async def test_direct_conversations_the_newest_first(store: Store) -> None:
    for n in range(3):
        direct = Channel(SECOND, f"7{n}", direct=True)
        for again in range(2):
            letter = MessageRef(direct, f"5{n}{again}")
            await posted(store, Account(SECOND, f"10{n}"), Action("newcomer.checkin", f"n{n}"), letter)
    await posted(store, HOME, Action("round.header", "r1"), MessageRef(HOME, "900"))
    assert await store.directs("discord", 2) == {Account(SECOND, "102"): "72", Account(SECOND, "101"): "71"}
    assert await store.directs("slack", 2) == {}


async def test_threads_of_kring_the_newest_first(store: Store) -> None:
    for n in range(3):
        about = Action("round.header", f"r{n}")
        await posted(store, HOME, about, MessageRef(HOME, f"60{n}"))
        [id_] = await put(store, OpenThread(HOME, about, "A round"))
        await store.run(
            lambda unit, id_=id_, n=n: unit.requests.delivered(id_, MessageRef(HOME, f"60{n}", f"60{n}"), NOW)
        )
    assert await store.threads_of("discord", 2) == (Thread(HOME, "602"), Thread(HOME, "601"))
    assert await store.threads_of("slack", 2) == ()


async def test_messages_whose_words_are_kept(store: Store) -> None:
    await store.run(lambda unit: unit.knowhow.add(SHARED))
    sources = {quote.source for quote in SHARED.quotes if quote.source}
    assert sources
    [platform] = {each.channel.space.platform for each in sources}
    assert set(await store.words_from(platform)) == sources
    assert await store.words_from("discord") == ()


async def test_when_the_last_event_was_handled(store: Store) -> None:
    assert await store.latest_event("discord") is None
    for n, event in enumerate(("discord/m1", "discord/m2", "slack/Ev1", "delivered/7")):
        await store.run(lambda unit, event=event, n=n: unit.first_time(event, NOW + timedelta(minutes=n)))
    assert await store.latest_event("discord") == NOW + timedelta(minutes=1)


async def test_a_gap_is_known_until_it_is_made_up_for_and_the_longest_counts(store: Store) -> None:
    assert await store.gap("discord") is None
    await store.begin_gap("discord", NOW)
    await store.begin_gap("discord", NOW + timedelta(hours=1))
    assert await store.gap("discord") == NOW
    assert await store.gap("slack") is None
    await store.end_gap("slack")
    assert await store.gap("discord") == NOW
    await store.end_gap("discord")
    assert await store.gap("discord") is None
