"""Private threads in Discord: opened once, with the right people in them, whatever happens on the way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.names import Account, Channel
from bot.chat.requests import Admit, OpenThread, Post
from bot.errors import PlatformRefusal, PlatformTrouble
from bot.ports import Posted
from tests.adapters.discord.sending import ABOUT, HELLO, School, school
from tests.fakes.discord import state
from tests.fakes.discord.people import ClientRefusal, deny

BEGIN = "POST /channels/{channel}/threads"
LET_IN = "PUT /channels/{channel}/thread-members/{user}"
TITLE = "R-1, Place of difficulty"
HOUR, LONG = timedelta(hours=1), timedelta(days=9)


@pytest.fixture
async def here() -> AsyncIterator[School]:
    async with school() as made:
        yield made


async def card(here: School) -> Posted:
    return here.target(await here.platform.send("c1", Post(here.channel, HELLO, about=ABOUT), None))


def opening(here: School, *inside: state.Person, title: str = TITLE) -> OpenThread:
    return OpenThread(here.channel, ABOUT, title, tuple(here.person(who) for who in inside))


def only_thread(here: School) -> state.Channel:
    [thread] = here.guild.threads.values()
    return thread


def inside(here: School, thread: state.Channel) -> set[str]:
    return set(thread.members) - {here.discord.app.bot.id}


async def test_only_those_inside_read_it(here: School) -> None:
    posted = await card(here)
    sent = await here.platform.send("o1", opening(here, here.anna), posted)
    thread = only_thread(here)
    assert (thread.type, thread.parent, thread.name) == (state.PRIVATE_THREAD, here.practice.id, TITLE)
    assert not thread.invitable
    assert sent.message == replace(posted.message, thread=thread.id)
    assert inside(here, thread) == {here.anna.id}
    await here.platform.send("p1", Post(here.channel, HELLO, under=ABOUT), replace(posted, thread=thread.id))
    assert here.texts(thread) == ["", "hello"], "that somebody was let in stands there too"
    with pytest.raises(ClientRefusal):
        here.discord.sees(here.bram, thread)
    assert here.texts(who=here.bram) == ["hello"], "the card stays for everybody"


async def test_people_come_and_go(here: School) -> None:
    posted = await card(here)
    await here.platform.send("o1", opening(here, here.anna), posted)
    thread = only_thread(here)
    posted, bram = replace(posted, thread=thread.id), here.person(here.bram)
    for _ in range(2):
        await here.platform.send("a1", Admit(here.channel, ABOUT, bram), posted)
        assert inside(here, thread) == {here.anna.id, here.bram.id}
    for _ in range(2):
        await here.platform.send("a2", Admit(here.channel, ABOUT, bram, out=True), posted)
        assert inside(here, thread) == {here.anna.id}
    await here.discord.falls_asleep(thread)
    await here.platform.send("a3", Admit(here.channel, ABOUT, bram), posted)
    assert inside(here, thread) == {here.anna.id, here.bram.id}
    await here.discord.leaves(here.guild, here.bram)
    await here.platform.send("a4", Admit(here.channel, ABOUT, bram, out=True), posted)
    with pytest.raises(PlatformRefusal) as refusal:
        await here.platform.send("a5", Admit(here.channel, ABOUT, bram), posted)
    assert refusal.value.reason == "unreachable"
    with pytest.raises(PlatformRefusal) as refusal:
        await here.platform.send("a6", Admit(here.channel, ABOUT, here.person()), replace(posted, thread=None))
    assert refusal.value.reason == "gone"


async def test_who_cannot_be_let_in_keeps_nobody_out(here: School) -> None:
    """They have left, or do not see the channel."""
    chloe = here.discord.person(here.guild, "Chloé")
    here.practice.overwrites[chloe.id] = deny(chloe, "view_channel")
    await here.discord.leaves(here.guild, here.bram)
    await here.platform.send("o1", opening(here, here.bram, chloe, here.anna), await card(here))
    assert inside(here, only_thread(here)) == {here.anna.id}
    posted = replace(await card(here), thread=only_thread(here).id)
    with pytest.raises(PlatformRefusal) as refusal:
        await here.platform.send("a1", Admit(here.channel, ABOUT, here.person(chloe)), posted)
    assert refusal.value.reason == "unreachable", "the channel is not lost for that"


@pytest.mark.parametrize("later", [timedelta(0), HOUR, LONG], ids=["soon", "after an hour", "when it sleeps"])
@pytest.mark.parametrize(
    ("where", "mishap"),
    [*((BEGIN, each) for each in ("dropped", "failing_after", "refused", "failing")), (LET_IN, "failing")],
)
async def test_it_is_opened_once(here: School, where: str, mishap: str, later: timedelta) -> None:
    posted, since = await card(here), here.since()
    here.discord.mishaps.next(mishap, where)
    with pytest.raises(PlatformTrouble) as trouble:
        await here.platform.send("o1", opening(here, here.anna, here.bram), posted)
    assert trouble.value.ambiguous
    here.clock.ahead += later
    here.discord.opening.doze()
    sent = await here.platform.send("o1", opening(here, here.anna, here.bram), posted, since)
    thread = only_thread(here)
    assert sent.message is not None
    assert sent.message.thread == thread.id
    assert inside(here, thread) == {here.anna.id, here.bram.id}


async def test_what_was_too_fast_after_it_was_opened_is_looked_for(here: School) -> None:
    """Letting in was surely not done; but the thread is there."""
    posted = await card(here)
    here.discord.mishaps.next("throttled", LET_IN)
    with pytest.raises(PlatformTrouble) as trouble:
        await here.platform.send("o1", opening(here, here.anna), posted)
    assert trouble.value.ambiguous


async def test_only_its_own_empty_thread_is_taken_for_it(here: School) -> None:
    posted, since = await card(here), here.since()
    other = here.discord.channel(here.guild, "library")
    await here.platform.send("o0", opening(here, here.bram, title="R-2, Place of difficulty"), posted)
    await here.platform.send("o0", OpenThread(Channel(here.space, other.id), ABOUT, TITLE, ()), posted)
    used = await here.platform.send("o0", opening(here, here.bram), posted)
    assert used.message is not None
    in_it = replace(posted, thread=used.message.thread)
    await here.platform.send("p1", Post(here.channel, HELLO, under=ABOUT), in_it)
    await here.discord.opens_thread(here.anna, here.practice, TITLE, private=True)
    before = set(here.guild.threads)
    sent = await here.platform.send("o1", opening(here, here.anna), posted, since)
    assert sent.message is not None
    [made] = set(here.guild.threads) - before
    assert sent.message.thread == made


@pytest.mark.parametrize("kind", ["forum", "news"])
async def test_where_there_are_none_no_public_one_is_opened(here: School, kind: str) -> None:
    made = here.discord.channel(here.guild, "elsewhere", kind=kind)
    place = Channel(here.space, made.id)
    posted = here.target(await here.platform.send("c1", Post(place, HELLO, about=ABOUT), None))
    before = set(here.guild.threads)
    for known in (False, True):
        if known:
            here.servers.took("GUILD_CREATE", here.discord.events.whole(here.guild))
        with pytest.raises(PlatformRefusal) as refusal:
            await here.platform.send("o1", OpenThread(place, ABOUT, TITLE, (here.person(),)), posted)
        assert not known or refusal.value.reason == "forbidden"
    assert set(here.guild.threads) == before


@pytest.mark.parametrize("right", ["create_private_threads", "send_messages_in_threads", "view_channel"])
async def test_a_missing_permission_is_a_refusal(here: School, right: str) -> None:
    posted = await card(here)
    here.discord.forbid(here.practice, right)
    with pytest.raises(PlatformRefusal) as refusal:
        await here.platform.send("o1", opening(here, here.anna), posted)
    assert refusal.value.reason == "forbidden"


async def test_a_message_that_is_gone_has_no_thread(here: School) -> None:
    somebody = Account(here.space, here.anna.id)
    for request in (opening(here, here.anna), Admit(here.channel, ABOUT, somebody)):
        with pytest.raises(PlatformRefusal) as refusal:
            await here.platform.send("o1", request, None)
        assert refusal.value.reason == "gone"
    assert not here.guild.threads
