"""What is asked of Slack comes to stand there once, whatever happens on the way."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.chat.actions import Action
from bot.chat.events import Delivered
from bot.chat.messages import Heading, Message, Picture, Words, message
from bot.chat.names import Account, Channel, MessageRef, Space, Thread
from bot.chat.requests import Admit, Edit, FetchThread, OpenThread, Post, React, Upload
from bot.chat.text import plain
from bot.errors import PlatformRefusal, PlatformTrouble
from bot.ports import Posted, Sent
from tests.adapters.slack.scene import School, school

ABOUT = Action("round.header", "r1")
HELLO = message(Words(plain("hello")))
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="20" height="20"/></svg>'


def long(parts: int) -> Message:
    """So much that Slack takes it in so many messages."""
    return message(*(Words(plain(f"{number} " + "waiting a little " * 170)) for number in range(parts * 4)))


@pytest.fixture
async def here(sqlite_url: str) -> AsyncIterator[School]:
    async with school(sqlite_url) as made:
        yield made


def channel(here: School) -> Channel:
    return Channel(Space("slack", here.space.id), here.practice.id)


def person(here: School, user: str = "") -> Account:
    return Account(Space("slack", here.space.id), user or here.anna.id)


def sender(here: School) -> Any:
    return here.house.slack.platform


def target(sent: Sent, here: School, thread: str | None = None) -> Posted:
    assert sent.message is not None
    return Posted(ABOUT, channel(here), sent.message, thread, sent.more)


def since() -> datetime:
    return datetime.now(UTC) - timedelta(seconds=5)


def texts(here: School, where: Any = None) -> list[str]:
    return [each.text for each in here.slack.sees(here.anna, where or here.practice) if each.author == "Kring"]


# -- once


@pytest.mark.parametrize("to", ["channel", "person"])
@pytest.mark.parametrize("mishap", ["dropped", "failing_after"])
async def test_what_was_posted_before_the_connection_broke_is_not_posted_again(
    here: School, to: str, mishap: str
) -> None:
    where = channel(here) if to == "channel" else person(here)
    here.slack.mishaps.next(mishap, "chat.postMessage")
    with pytest.raises(PlatformTrouble) as trouble:
        await sender(here).send("r1", Post(where, HELLO), None)
    assert trouble.value.ambiguous
    sent = await sender(here).send("r1", Post(where, HELLO), None, since())
    assert [each.text for each in here.slack.posts()] == ["hello"]
    assert sent.message is not None
    assert sent.message.id == here.slack.posts()[0].ts
    assert sent.message.channel.direct is (to == "person")


async def test_what_never_arrived_is_posted_when_it_is_tried_again(here: School) -> None:
    here.slack.mishaps.next("refused", "chat.postMessage")
    with pytest.raises(PlatformTrouble):
        await sender(here).send("r1", Post(channel(here), HELLO), None)
    await sender(here).send("r1", Post(channel(here), HELLO), None, since())
    assert len(here.slack.posts()) == 1


async def test_where_kring_may_not_look_it_does_not_post_again(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        assert here.space.installation is not None
        here.space.installation.scopes.remove("channels:history")
        here.slack.mishaps.next("dropped", "chat.postMessage")
        with pytest.raises(PlatformTrouble):
            await sender(here).send("r1", Post(channel(here), HELLO), None)
        with pytest.raises(PlatformRefusal) as refusal:
            await sender(here).send("r1", Post(channel(here), HELLO), None, since())
        assert refusal.value.reason == "forbidden"
        assert len(here.slack.posts()) == 1


async def test_a_reply_is_looked_for_in_its_thread(here: School) -> None:
    root = await here.slack.says(here.anna, here.practice, "Who knows?")
    post = Post(channel(here), HELLO, thread=Thread(channel(here), root.ts))
    here.slack.mishaps.next("dropped", "chat.postMessage")
    with pytest.raises(PlatformTrouble):
        await sender(here).send("r1", post, None)
    await sender(here).send("r1", post, None, since())
    shown = here.slack.sees(here.anna, here.practice, thread=root)
    assert [each.text for each in shown] == ["Who knows?", "hello"]


async def test_of_several_parts_only_what_is_missing_is_posted_again(here: School) -> None:
    here.slack.mishaps.next("dropped", "chat.postMessage")
    with pytest.raises(PlatformTrouble):
        await sender(here).send("r1", Post(channel(here), long(3)), None)
    sent = await sender(here).send("r1", Post(channel(here), long(3)), None, since())
    numbers = re.findall(r"(\d+) waiting", "\n".join(texts(here)))
    assert numbers == [str(number) for number in range(12)]
    assert len(here.slack.posts()) == 1 + len(sent.more)


async def test_the_other_parts_are_unclear_once_the_first_stands(here: School) -> None:
    original = here.slack.pacing.wait
    calls = []

    def second_is_too_many(team: str, method: str, tier: int | None, channel: str = "") -> int:
        calls.append(method)
        return 1 if calls.count("chat.postMessage") == 2 else original(team, method, tier, channel)

    here.slack.pacing.wait = second_is_too_many  # type: ignore[method-assign]  # the fake's own clockwork
    with pytest.raises(PlatformTrouble) as trouble:
        await sender(here).send("r1", Post(channel(here), long(2)), None)
    assert trouble.value.ambiguous
    assert trouble.value.retry_at is not None


async def test_a_file_is_shared_once(here: School) -> None:
    upload = Upload(person(here), "my-data.json", '{"name": "Anna"}', message(Words(plain("This is <all> I keep."))))
    here.slack.mishaps.next("dropped", "files.completeUploadExternal")
    with pytest.raises(PlatformTrouble):
        await sender(here).send("r1", upload, None)
    await sender(here).send("r1", upload, None, since())
    [shown] = [each for each in here.slack.sees(here.anna, here.slack.dm(here.anna)) if each.files]
    assert shown.files[0].content == b'{"name": "Anna"}'
    assert "This is <all> I keep." in shown.text


async def test_an_emoji_that_is_there_is_enough(here: School) -> None:
    said = await here.slack.says(here.anna, here.practice, "I wait ten seconds.")
    react = React(channel(here), MessageRef(channel(here), said.ts), "bookmark")
    await sender(here).send("r1", react, None)
    await sender(here).send("r1", react, None, since())
    assert said.reactions == {"bookmark": [here.slack.world.installation(here.space).bot_user]}


# -- edits


async def test_an_edit_reaches_every_part_adds_what_is_new_and_takes_away_what_is_over(here: School) -> None:
    first = await sender(here).send("r1", Post(channel(here), HELLO, ABOUT), None)
    grown = await sender(here).send("r2", Edit(channel(here), ABOUT, long(3)), target(first, here))
    assert grown.message == first.message
    assert len(grown.more) == len(texts(here)) - 1 >= 2
    again = await sender(here).send("r3", Edit(channel(here), ABOUT, long(3)), target(grown, here))
    assert again.more == grown.more
    shrunk = await sender(here).send("r4", Edit(channel(here), ABOUT, HELLO), target(again, here))
    assert shrunk.more == ()
    assert texts(here) == ["hello"]


async def test_an_edit_that_grew_before_the_connection_broke_grows_once(here: School) -> None:
    first = await sender(here).send("r1", Post(channel(here), HELLO, ABOUT), None)
    here.slack.mishaps.next("dropped", "chat.postMessage")
    with pytest.raises(PlatformTrouble):
        await sender(here).send("r2", Edit(channel(here), ABOUT, long(2)), target(first, here))
    sent = await sender(here).send("r2", Edit(channel(here), ABOUT, long(2)), target(first, here), since())
    assert len(texts(here)) == 1 + len(sent.more)


async def test_the_parts_are_remembered_for_the_next_edit(here: School) -> None:
    kring = here.house.kring
    sent = await sender(here).send("r1", Post(channel(here), long(2), ABOUT), None)

    def put(unit: Any) -> str:
        community = unit.communities.of(channel(here).space).id
        return str(unit.outbox.put(community, Post(channel(here), HELLO, ABOUT), now=kring.now()))

    request = await here.store.run(put)
    await kring.door.handle(Delivered("d1", kring.now(), request, sent.message, sent.more))
    community = await here.store.run(lambda unit: unit.communities.of(channel(here).space).id)
    posted = await here.store.look(lambda unit: unit.posts.find(community, ABOUT))
    assert posted is not None
    assert posted.more == sent.more != ()


async def test_a_file_with_its_message_stands_once_when_the_message_had_to_wait(here: School) -> None:
    upload = Upload(person(here), "my-data.json", "{}", HELLO, ABOUT)
    here.slack.mishaps.next("throttled", "chat.postMessage")
    with pytest.raises(PlatformTrouble) as trouble:
        await sender(here).send("r1", upload, None)
    assert trouble.value.ambiguous
    sent = await sender(here).send("r1", upload, None, since())
    shown = here.slack.sees(here.anna, here.slack.dm(here.anna))
    assert [each.files[0].name for each in shown if each.files] == ["my-data.json"]
    assert [each.ts for each in shown if each.text == "hello"] == [sent.message.id]


async def test_an_edit_that_added_a_part_and_then_had_to_wait_adds_it_once(here: School) -> None:
    first = await sender(here).send("r1", Post(channel(here), HELLO, ABOUT), None)
    original, calls = here.slack.pacing.wait, []

    def second_is_too_many(team: str, method: str, tier: int | None, channel: str = "") -> int:
        calls.append(method)
        second = method == "chat.postMessage" and calls.count(method) == 2
        return 1 if second else original(team, method, tier, channel)

    here.slack.pacing.wait = second_is_too_many  # type: ignore[method-assign]  # the fake's own clockwork
    with pytest.raises(PlatformTrouble) as trouble:
        await sender(here).send("r2", Edit(channel(here), ABOUT, long(3)), target(first, here))
    assert trouble.value.ambiguous
    sent = await sender(here).send("r2", Edit(channel(here), ABOUT, long(3)), target(first, here), since())
    assert len(texts(here)) == 1 + len(sent.more)


# -- threads


async def test_a_thread_of_several_pages_is_read_on_where_slack_made_it_wait(here: School) -> None:
    root = await here.slack.says(here.anna, here.practice, "Who knows?")
    for number in range(250):
        await here.slack.says(here.bram, here.practice, f"thought {number}", thread=root)
    original, calls = here.slack.pacing.wait, []

    def second_page_waits(team: str, method: str, tier: int | None, channel: str = "") -> int:
        calls.append(method)
        return 1 if calls.count("conversations.replies") == 2 else original(team, method, tier, channel)

    here.slack.pacing.wait = second_page_waits  # type: ignore[method-assign]  # the fake's own clockwork
    fetch = FetchThread(channel(here), ABOUT, MessageRef(channel(here), root.ts))
    fetched = (await sender(here).send("r1", fetch, None)).fetched
    assert fetched is not None
    assert len(fetched) == 251
    assert calls.count("conversations.replies") == 3


async def test_every_message_can_have_a_thread_but_not_inside_another(here: School) -> None:
    first = await sender(here).send("r1", Post(channel(here), HELLO, ABOUT), None)
    opened = await sender(here).send("r2", OpenThread(channel(here), ABOUT, "The talk"), target(first, here))
    assert opened.message == replace(first.message, thread=first.message.id)
    under = Post(channel(here), HELLO, under=ABOUT)
    reply = await sender(here).send("r3", under, target(first, here, first.message.id))
    assert reply.message.thread == first.message.id
    with pytest.raises(PlatformRefusal) as refusal:
        await sender(here).send("r4", OpenThread(channel(here), ABOUT, "x"), target(reply, here))
    assert refusal.value.reason == "rejected"


async def test_there_are_no_private_threads(here: School) -> None:
    first = target(await sender(here).send("r1", Post(channel(here), HELLO, ABOUT), None), here)
    somebody = Account(channel(here).space, "U1")
    for request in (OpenThread(channel(here), ABOUT, "x", ()), Admit(channel(here), ABOUT, somebody)):
        with pytest.raises(PlatformRefusal, match="Slack has no private threads") as refusal:
            await sender(here).send("r2", request, first)
        assert refusal.value.reason == "rejected"


@pytest.mark.parametrize("asked", ["root", "reply", "reply of known thread"])
async def test_a_thread_is_read_whole_however_it_is_named(here: School, asked: str) -> None:
    root = await here.slack.says(here.anna, here.practice, "Who knows? &lt;b&gt; *now*")
    replies = [
        await here.slack.says(here.bram, here.practice, f"I wait {n} seconds, @Anna", thread=root) for n in range(230)
    ]
    await here.slack.reacts(here.anna, replies[0], "+1::skin-tone-3")
    await here.slack.deletes(here.bram, replies[1])
    await sender(here).send("r1", Post(channel(here), HELLO, thread=Thread(channel(here), root.ts)), None)
    ref = {
        "root": MessageRef(channel(here), root.ts),
        "reply": MessageRef(channel(here), replies[3].ts),
        "reply of known thread": MessageRef(channel(here), replies[3].ts, root.ts),
    }[asked]
    fetched = (await sender(here).send("r2", FetchThread(channel(here), ABOUT, ref), None)).fetched
    assert fetched is not None
    assert len(fetched) == 231
    first, second, *_, last = fetched
    assert (first.name, first.account) == ("Anna", person(here))
    assert first.message == MessageRef(channel(here), root.ts)
    assert second.text == "I wait 0 seconds, @Anna"
    assert second.reactions == ("+1",)
    assert second.message.thread == root.ts
    assert last.account is None  # Kring's own


# -- pictures


async def test_a_drawing_is_uploaded_once_with_its_words(here: School) -> None:
    drawn = message(Heading("Balance"), Picture(SVG, "Searching 3, holding on 5"))
    for number in range(3):
        await sender(here).send(f"r{number}", Post(channel(here), drawn), None)
    assert here.slack.counters.calls["files.completeUploadExternal"] == 1
    [file] = here.space.files.values()
    assert file.alt == "Searching 3, holding on 5"
    assert file.content.startswith(b"\x89PNG")
    image = next(each for each in here.slack.posts()[0].blocks if each["type"] == "image")
    assert (image["slack_file"], image["alt_text"]) == ({"id": file.id}, "Searching 3, holding on 5")


# -- no


@pytest.mark.parametrize(
    ("happens", "reason", "word"),
    [
        ("archives", "gone", "is_archived"),
        ("deletes_channel", "gone", "channel_not_found"),
        ("removes_bot", "forbidden", "not_in_channel"),
    ],
)
async def test_a_channel_that_is_over_is_a_refusal(here: School, happens: str, reason: str, word: str) -> None:
    await getattr(here.slack, happens)(here.anna, here.practice)
    with pytest.raises(PlatformRefusal) as refusal:
        await sender(here).send("r1", Post(channel(here), HELLO), None)
    assert (refusal.value.reason, refusal.value.detail) == (reason, word)


async def test_who_takes_no_messages_is_unreachable(here: School) -> None:
    bot = here.slack.person(here.space, "Reminder", bot=True)
    await here.slack.leaves_team(here.bram)
    for user in (bot.id, here.bram.id, "U404"):
        with pytest.raises(PlatformRefusal) as refusal:
            await sender(here).send("r1", Post(person(here, user), HELLO), None)
        assert refusal.value.reason == "unreachable"


async def test_a_message_that_was_deleted_cannot_be_edited(here: School) -> None:
    first = await sender(here).send("r1", Post(channel(here), HELLO, ABOUT), None)
    message_ = here.slack.posts()[0]
    del here.practice.messages[message_.ts]
    for request, about in (
        (Edit(channel(here), ABOUT, HELLO), target(first, here)),
        (Edit(channel(here), ABOUT, HELLO), None),
    ):
        with pytest.raises(PlatformRefusal) as refusal:
            await sender(here).send("r2", request, about)
        assert refusal.value.reason == "gone"


async def test_a_workspace_that_kring_is_not_in_is_a_refusal(here: School) -> None:
    with pytest.raises(PlatformRefusal) as refusal:
        await sender(here).send("r1", Post(Channel(Space("slack", "T404"), "C1"), HELLO), None)
    assert refusal.value.reason == "forbidden"


@pytest.mark.parametrize("word", ["token_revoked", "account_inactive"])
async def test_a_revoked_token_waits_for_the_host(here: School, word: str) -> None:
    here.slack.revoke(here.space, word)
    with pytest.raises(PlatformTrouble) as trouble:
        await sender(here).send("r1", Post(channel(here), HELLO), None)
    assert trouble.value.retry_at is not None
    assert not trouble.value.ambiguous


async def test_too_many_waits_as_long_as_slack_says_and_so_does_the_rest_of_the_channel(here: School) -> None:
    here.slack.mishaps.chances.retry_after = 7
    here.slack.mishaps.next("throttled", "chat.postMessage")
    with pytest.raises(PlatformTrouble) as trouble:
        await sender(here).send("r1", Post(channel(here), HELLO), None)
    assert trouble.value.retry_at is not None
    assert 6 < (trouble.value.retry_at - datetime.now(UTC)).total_seconds() <= 7
    assert 6 < sender(here).turn(Post(channel(here), HELLO)) <= 7
    assert sender(here).turn(Post(person(here), HELLO)) < 1
