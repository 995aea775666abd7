"""Threads in Discord: opened once, woken to be written in, read whole; and forums, where every post is one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.discord.reading import moment
from bot.chat.messages import Heading, Words, message
from bot.chat.names import MessageRef, Thread
from bot.chat.requests import Edit, FetchThread, OpenThread, Post, React
from bot.chat.standing import Standing
from bot.chat.text import plain
from bot.errors import PlatformRefusal, PlatformTrouble
from bot.ports import Posted
from tests.adapters.discord.sending import ABOUT, HELLO, School, long, school

CREATE = "POST /channels/{channel}/messages"
OPEN = "POST /channels/{channel}/messages/{message}/threads"
READ = "GET /channels/{channel}/messages"
BEGIN = "POST /channels/{channel}/threads"
HOUR = timedelta(hours=1)
QUESTION = message(Heading("Who knows?"), Words(plain("How long do you wait?")))


@pytest.fixture
async def here() -> AsyncIterator[School]:
    async with school() as made:
        yield made


async def opened(here: School) -> Posted:
    """A message of ours with a thread on it."""
    first = await here.platform.send("p1", Post(here.channel, HELLO, ABOUT), None)
    sent = await here.platform.send("o1", OpenThread(here.channel, ABOUT, "The talk"), here.target(first))
    assert sent.message is not None
    return here.target(first, sent.message.thread)


# -- opening


async def test_a_thread_is_opened_and_written_in(here: School) -> None:
    posted = await opened(here)
    thread = here.discord.world.channels[posted.thread or ""]
    assert (thread.name, thread.auto_archive, thread.id) == ("The talk", 10080, posted.message.id)
    reply = await here.platform.send("r1", Post(here.channel, long(2), under=ABOUT), posted)
    assert reply.message is not None
    assert reply.message.channel == here.channel
    assert reply.message.thread == thread.id
    assert len(here.texts(thread)) == 3  # the message that it hangs on, too
    named = Post(here.channel, HELLO, thread=Thread(here.channel, thread.id))
    await here.platform.send("r2", named, None)
    assert here.texts(thread)[-1] == "hello"
    with pytest.raises(PlatformRefusal) as refusal:
        await here.platform.send("r3", OpenThread(here.channel, ABOUT, "x"), here.target(reply))
    assert refusal.value.reason == "rejected"


@pytest.mark.parametrize("mishap", ["dropped", "failing_after"])
async def test_a_thread_that_was_opened_before_the_connection_broke_is_used(here: School, mishap: str) -> None:
    first = await here.platform.send("p1", Post(here.channel, HELLO, ABOUT), None)
    here.discord.mishaps.next(mishap, OPEN)
    with pytest.raises(PlatformTrouble) as trouble:
        await here.platform.send("o1", OpenThread(here.channel, ABOUT, "The talk"), here.target(first))
    assert trouble.value.ambiguous
    sent = await here.platform.send("o1", OpenThread(here.channel, ABOUT, "The talk"), here.target(first), here.since())
    assert sent.message is not None
    assert sent.message == replace(first.message, thread=first.message.id)  # type: ignore[type-var]
    assert len(here.guild.threads) == 1


@pytest.mark.parametrize(
    ("title", "shown"), [("x" * 300, "x" * 99 + "…"), (" two\n lines ", "two lines"), ("", "Kring")]
)
async def test_a_title_is_made_to_fit(here: School, title: str, shown: str) -> None:
    first = await here.platform.send("p1", Post(here.channel, HELLO, ABOUT), None)
    await here.platform.send("o1", OpenThread(here.channel, ABOUT, title), here.target(first))
    assert [each.name for each in here.guild.threads.values()] == [shown]


async def test_where_no_thread_may_be_opened_it_says_so(here: School) -> None:
    here.discord.forbid(here.practice, "create_public_threads")
    first = await here.platform.send("p1", Post(here.channel, HELLO, ABOUT), None)
    with pytest.raises(PlatformRefusal) as refusal:
        await here.platform.send("o1", OpenThread(here.channel, ABOUT, "The talk"), here.target(first))
    assert refusal.value.reason == "forbidden"


# -- asleep and locked


async def test_a_thread_that_fell_asleep_is_woken_to_be_written_in_and_edited(here: School) -> None:
    posted = await opened(here)
    reply = await here.platform.send("r1", Post(here.channel, HELLO, under=ABOUT), posted)
    thread = here.discord.world.channels[posted.thread or ""]
    for request, target in (
        (Post(here.channel, HELLO, under=ABOUT), posted),
        (Edit(here.channel, ABOUT, QUESTION), here.target(reply)),
    ):
        await here.discord.falls_asleep(thread)
        await here.platform.send(f"again {request.kind}", request, target)
        assert not thread.archived
    assert len(here.texts(thread)) == 3


async def test_a_thread_that_is_locked_stays_locked(here: School) -> None:
    posted = await opened(here)
    reply = await here.platform.send("r1", Post(here.channel, HELLO, under=ABOUT), posted)
    thread = here.discord.world.channels[posted.thread or ""]
    thread.locked = True
    for archived in (False, True):
        for request, target in (
            (Post(here.channel, HELLO, under=ABOUT), posted),
            (Edit(here.channel, ABOUT, QUESTION), here.target(reply)),
        ):
            thread.archived = archived
            with pytest.raises(PlatformRefusal) as refusal:
                await here.platform.send(f"again {request.kind}", request, target)
            assert refusal.value.reason == "forbidden"
            assert thread.archived is archived


async def test_an_emoji_wakes_nobody(here: School) -> None:
    posted = await opened(here)
    reply = await here.platform.send("r1", Post(here.channel, HELLO, under=ABOUT), posted)
    thread = here.discord.world.channels[posted.thread or ""]
    await here.discord.falls_asleep(thread)
    assert reply.message is not None
    with pytest.raises(PlatformRefusal):
        await here.platform.send("r2", React(here.channel, reply.message, "eyes"), None)
    assert thread.archived


async def test_a_thread_that_is_gone_is_a_refusal(here: School) -> None:
    posted = await opened(here)
    await here.discord.deletes_channel(posted.thread or "")
    with pytest.raises(PlatformRefusal) as refusal:
        await here.platform.send("r1", Post(here.channel, HELLO, under=ABOUT), posted)
    assert refusal.value.reason == "gone"
    with pytest.raises(PlatformRefusal) as refusal:
        await here.platform.send("r1", Post(here.channel, HELLO, under=ABOUT), replace(posted, thread=None))
    assert refusal.value.reason == "gone"


# -- reading


async def fetch(here: School, ref: MessageRef) -> list[tuple[str, str]]:
    fetched = (await here.platform.send("f1", FetchThread(here.channel, ABOUT, ref), None)).fetched
    assert fetched is not None
    return [(each.name, each.text) for each in fetched]


@pytest.mark.parametrize("asked", ["root", "reply", "thread itself"])
async def test_a_thread_is_read_whole_however_it_is_named(here: School, asked: str) -> None:
    root = await here.discord.says(here.anna, here.practice, f"Who knows, <@{here.bram.id}>? **now**")
    thread = await here.discord.opens_thread(here.anna, root, "Waiting")
    replies = [await here.discord.says(here.bram, thread, f"I wait {n} seconds") for n in range(230)]
    await here.discord.reacts(here.anna, replies[0], "👍🏽")
    await here.discord.deletes(here.bram, replies[1])
    await here.platform.send("r1", Post(here.channel, QUESTION, thread=Thread(here.channel, thread.id)), None)
    ref = {
        "root": MessageRef(here.channel, root.id),
        "reply": MessageRef(here.channel, replies[3].id, thread.id),
        "thread itself": MessageRef(here.channel, thread.id),
    }[asked]
    fetched = (await here.platform.send("f1", FetchThread(here.channel, ABOUT, ref), None)).fetched
    assert fetched is not None
    assert len(fetched) == 231
    first, second, *_, last = fetched
    assert (first.name, first.account, first.text) == ("Anna", here.person(), "Who knows, @Bram? **now**")
    assert first.message == MessageRef(here.channel, root.id)
    assert (second.text, second.reactions) == ("I wait 0 seconds", ("+1",))
    assert second.message == MessageRef(here.channel, replies[0].id, thread.id)
    assert [each.at for each in fetched] == sorted(each.at for each in fetched)
    assert abs(fetched[0].at - here.clock.now()) < timedelta(minutes=1)
    assert last.account is None
    assert last.text == "## Who knows?\nHow long do you wait?"


async def test_a_message_without_a_thread_comes_alone(here: School) -> None:
    said = await here.discord.says(here.anna, here.practice, "I wait ten seconds.")
    await here.discord.says(here.bram, here.practice, "Something else.")
    assert await fetch(here, MessageRef(here.channel, said.id)) == [("Anna", "I wait ten seconds.")]


@pytest.mark.parametrize("private", [True, False])
async def test_a_thread_that_was_opened_on_no_message_is_read_too(here: School, private: bool) -> None:
    thread = await here.discord.opens_thread(here.anna, here.practice, "Waiting", private=private, text="I wait.")
    if private:
        await here.discord.adds_to_thread(here.anna, thread, here.discord.app.bot)
    assert await fetch(here, MessageRef(here.channel, thread.id)) == [("Anna", "I wait.")]


async def test_a_message_whose_beginning_was_deleted_is_read_without_it(here: School) -> None:
    root = await here.discord.says(here.anna, here.practice, "Who knows?")
    thread = await here.discord.opens_thread(here.anna, root, "Waiting")
    reply = await here.discord.says(here.bram, thread, "I wait.")
    await here.discord.deletes(here.anna, root)
    assert await fetch(here, MessageRef(here.channel, reply.id, thread.id)) == [("Bram", "I wait.")]


async def test_what_is_not_there_is_gone(here: School) -> None:
    other = here.discord.channel(here.guild, "other")
    elsewhere = await here.discord.opens_thread(here.anna, other, "Elsewhere", text="I wait.")
    for id_ in ("404", elsewhere.id, other.id):
        with pytest.raises(PlatformRefusal) as refusal:
            await fetch(here, MessageRef(here.channel, id_))
        assert refusal.value.reason == "gone"


async def test_where_the_history_is_not_shown_it_says_so(here: School) -> None:
    """Discord answers an empty list."""
    thread = await here.discord.opens_thread(here.anna, here.practice, "Waiting", text="I wait.")
    here.discord.forbid(here.practice, "read_message_history")
    with pytest.raises(PlatformRefusal) as refusal:
        await fetch(here, MessageRef(here.channel, "5", thread.id))
    assert refusal.value.reason == "forbidden"


async def test_what_discord_hides_is_told_as_hidden() -> None:
    """Without the message content intent the words of people come empty, but for those that call Kring."""
    async with school(intents_allowed=()) as here:
        root = await here.discord.says(here.anna, here.practice, "Who knows?")
        thread = await here.discord.opens_thread(here.anna, root, "Waiting")
        reply = await here.discord.says(here.bram, thread, "I wait.")
        for ref in (MessageRef(here.channel, root.id), MessageRef(here.channel, reply.id, thread.id)):
            with pytest.raises(PlatformRefusal) as refusal:
                await fetch(here, ref)
            assert refusal.value.reason == "hidden"
            assert "Message Content" in refusal.value.detail
        called = await here.discord.says(here.bram, thread, f"<@{here.discord.app.bot.id}> I wait ten.")
        seen = await fetch(here, MessageRef(here.channel, called.id, thread.id))
        assert seen == [("Anna", ""), ("Bram", ""), ("Bram", "@Kring I wait ten.")]


async def test_what_kring_itself_wrote_can_always_be_read() -> None:
    async with school(intents_allowed=()) as here:
        first = await here.platform.send("p1", Post(here.channel, QUESTION, ABOUT), None)
        assert first.message is not None
        assert await fetch(here, first.message) == [("kring", "## Who knows?\nHow long do you wait?")]


# -- looking


async def look(here: School, thread: str) -> tuple[list[tuple[str, str]], Standing]:
    """Who wrote in it, with the words that came along, and how it stands."""
    request = FetchThread(here.channel, ABOUT, MessageRef(here.channel, thread), words=False)
    sent = await here.platform.send("f1", request, None)
    assert sent.fetched is not None
    assert sent.standing is not None
    return [(each.name, each.text) for each in sent.fetched], sent.standing


async def test_a_thread_is_looked_at_without_its_words(here: School) -> None:
    """In full mode too, in which Discord sends them along."""
    root = await here.discord.says(here.anna, here.practice, "Who knows?")
    thread = await here.discord.opens_thread(here.bram, root, "Waiting", text="I wait.")
    here.clock.ahead += HOUR
    last = await here.discord.says(here.anna, thread, "Thank you!")
    await here.discord.reacts(here.anna, last, "👍🏽")
    said, how = await look(here, thread.id)
    assert said == [("Anna", ""), ("Bram", ""), ("Anna", "")]
    assert how.closes_at == moment(last.id) + timedelta(days=3)
    opener = here.person(here.bram)
    assert how == Standing(Thread(here.channel, thread.id), how.closes_at, timedelta(days=3), opener, "Waiting")


async def test_of_a_long_thread_the_beginning_is_enough(here: School) -> None:
    thread = await here.discord.opens_thread(here.anna, here.practice, "Waiting", text="I wait.")
    here.clock.ahead += HOUR
    for n in range(120):
        last = await here.discord.says(here.bram, thread, f"I wait {n} seconds")
    said, how = await look(here, thread.id)
    assert len(said) == 100
    assert said[0] == ("Anna", "")
    assert how.closes_at == moment(last.id) + timedelta(days=3)


@pytest.mark.parametrize("how", ["falls_asleep", "archives", "locks"])
async def test_of_a_thread_that_is_closed_nothing_is_looked_at(here: School, how: str) -> None:
    thread = await here.discord.opens_thread(here.anna, here.practice, "Waiting", text="I wait.")
    acts = getattr(here.discord, how)
    await (acts(thread) if how == "falls_asleep" else acts(here.guild.owner, thread))
    said, standing = await look(here, thread.id)
    assert (said, standing.closes_at) == ([], None)
    assert READ not in here.discord.counters.calls
    assert thread.archived, "nothing wakes it"


async def test_a_thread_that_is_gone_cannot_be_looked_at(here: School) -> None:
    thread = await here.discord.opens_thread(here.anna, here.practice, "Waiting", text="I wait.")
    await here.discord.deletes_channel(thread.id)
    with pytest.raises(PlatformRefusal) as refusal:
        await look(here, thread.id)
    assert refusal.value.reason == "gone"
