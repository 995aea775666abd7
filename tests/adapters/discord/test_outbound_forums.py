"""Forums in Discord, where every post is a thread."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.messages import Heading, Words, message
from bot.chat.names import Channel, MessageRef
from bot.chat.requests import Edit, FetchThread, OpenThread, Post
from bot.chat.text import plain
from bot.errors import PlatformRefusal, PlatformTrouble
from bot.ports import Posted
from tests.adapters.discord.sending import ABOUT, HELLO, School, long, school
from tests.fakes.discord import state

CREATE = "POST /channels/{channel}/messages"
BEGIN = "POST /channels/{channel}/threads"
HOUR = timedelta(hours=1)
QUESTION = message(Heading("Who knows?"), Words(plain("How long do you wait?")))


@pytest.fixture
async def here() -> AsyncIterator[School]:
    async with school() as made:
        yield made


def forum(here: School, *, must_have_tag: bool = False) -> tuple[Channel, state.Channel]:
    made = here.discord.channel(here.guild, "questions", kind="forum")
    made.tags = [
        state.Tag("71", "Solved", moderated=True),
        state.Tag("72", "Question"),
    ]
    made.flags = 1 << 4 if must_have_tag else 0
    return Channel(here.space, made.id), made


@pytest.mark.parametrize("must_have_tag", [True, False])
async def test_a_message_to_a_forum_is_a_post_in_it(here: School, must_have_tag: bool) -> None:
    home, made = forum(here, must_have_tag=must_have_tag)
    sent = await here.platform.send("r1", Post(home, QUESTION, ABOUT), None)
    [thread] = here.guild.threads.values()
    assert (thread.parent, thread.name) == (made.id, "Who knows?")
    assert thread.applied_tags == (["72"] if must_have_tag else [])
    assert sent.message == MessageRef(home, thread.id, thread.id)
    posted = Posted(ABOUT, home, sent.message, None)
    again = await here.platform.send("o1", OpenThread(home, ABOUT, "x"), posted)
    assert again.message == sent.message
    under = replace(posted, thread=thread.id)
    await here.platform.send("r2", Post(home, HELLO, under=ABOUT), under)
    await here.platform.send("r3", Edit(home, ABOUT, HELLO), under)
    assert here.texts(thread) == ["hello", "hello"]
    fetched = await here.platform.send("f1", FetchThread(home, ABOUT, sent.message), None)
    assert [each.message for each in fetched.fetched or ()] == [
        MessageRef(home, thread.id, thread.id),
        MessageRef(home, here.discord.posts()[-1].id, thread.id),
    ]
    by_itself = await here.platform.send("f2", FetchThread(home, ABOUT, MessageRef(home, thread.id)), None)
    assert by_itself.fetched == fetched.fetched
    await here.platform.send("r4", Post(home, HELLO), None)
    assert here.discord.counters.errors[50008] <= 2  # it is known for what it is


async def test_a_long_message_to_a_forum_goes_on_in_its_thread(here: School) -> None:
    home, _ = forum(here)
    sent = await here.platform.send("r1", Post(home, long(3)), None)
    [thread] = here.guild.threads.values()
    assert len(sent.more) == 2
    assert len(here.texts(thread)) == 3


@pytest.mark.parametrize("later", [timedelta(0), HOUR], ids=["soon", "after an hour"])
@pytest.mark.parametrize("mishap", ["dropped", "failing_after", "refused", "failing"])
async def test_a_post_in_a_forum_stands_once(here: School, mishap: str, later: timedelta) -> None:
    """Here is no nonce: discord.py would make another after a 500."""
    home, made = forum(here)
    await here.platform.send("r0", Post(home, QUESTION), None)
    await here.discord.posts_in_forum(here.anna, made, "Who knows?", "How long do you wait?")
    since = here.since()
    here.discord.mishaps.next(mishap, BEGIN)
    with pytest.raises(PlatformTrouble) as trouble:
        await here.platform.send("r1", Post(home, QUESTION), None)
    assert trouble.value.ambiguous
    here.clock.ahead += later
    await here.platform.send("r1", Post(home, QUESTION), None, since)
    await here.platform.send("r1", Post(home, QUESTION), None, since)
    assert len([each for each in here.guild.threads.values() if each.owner == here.discord.app.bot.id]) == 2


async def test_only_the_missing_parts_of_a_post_in_a_forum_are_written_again(here: School) -> None:
    home, _ = forum(here)
    since = here.since()
    here.discord.mishaps.next("dropped", CREATE)
    here.places.keep_forum(home.id)
    with pytest.raises(PlatformTrouble) as trouble:
        await here.platform.send("r1", Post(home, long(3)), None)
    assert trouble.value.ambiguous
    here.clock.ahead += HOUR
    sent = await here.platform.send("r1", Post(home, long(3)), None, since)
    [thread] = here.guild.threads.values()
    assert [each.id for each in here.discord.posts()] == [thread.id, *sent.more]


async def test_in_a_place_where_nothing_can_be_written_nothing_is(here: School) -> None:
    group = here.discord.channel(here.guild, "group", kind="category")
    with pytest.raises(PlatformRefusal) as refusal:
        await here.platform.send("r1", Post(Channel(here.space, group.id), HELLO), None)
    assert refusal.value.reason == "forbidden"
