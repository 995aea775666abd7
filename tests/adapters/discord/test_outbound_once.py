"""What is posted in Discord comes to stand there once, whatever happens on the way."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from adapters.discord.standing import NONCE, mark, nonce
from bot.chat.messages import Button, Controls, Words, message
from bot.chat.names import Account, Channel, Space
from bot.chat.requests import Post, Upload
from bot.chat.text import plain
from bot.compose import store_of
from bot.errors import PlatformRefusal, PlatformTrouble
from bot.settings import Database, Settings
from tests.adapters.discord.sending import ABOUT, HELLO, School, long, school
from tests.contracts.things import NOW

CREATE = "POST /channels/{channel}/messages"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="20" height="20"/></svg>'
HOUR = timedelta(hours=1)


@pytest.fixture
async def here() -> AsyncIterator[School]:
    async with school() as made:
        yield made


def place(here: School, to: str) -> Channel | Account:
    return here.channel if to == "channel" else here.person()


@pytest.mark.parametrize("to", ["channel", "person"])
@pytest.mark.parametrize("mishap", ["dropped", "failing_after"])
@pytest.mark.parametrize("later", [timedelta(0), HOUR], ids=["soon", "after an hour"])
async def test_what_was_posted_before_the_connection_broke_is_not_posted_again(
    here: School, to: str, mishap: str, later: timedelta
) -> None:
    """Within minutes Discord knows the nonce; after an hour the message is found by the number of its component."""
    here.discord.mishaps.next(mishap, CREATE)
    since = here.since()
    with pytest.raises(PlatformTrouble) as trouble:
        await here.platform.send("r1", Post(place(here, to), HELLO), None)
    assert trouble.value.ambiguous
    here.clock.ahead += later
    sent = await here.platform.send("r1", Post(place(here, to), HELLO), None, since)
    [stands] = here.discord.posts()
    assert sent.message is not None
    assert sent.message.id == stands.id
    assert sent.message.channel == Channel(here.space, stands.channel)
    assert sent.message.channel.direct is (to == "person")


@pytest.mark.parametrize("later", [timedelta(0), HOUR], ids=["soon", "after an hour"])
async def test_what_never_arrived_is_posted_when_it_is_tried_again(here: School, later: timedelta) -> None:
    await here.platform.send("r0", Post(here.channel, HELLO), None)
    since = here.since()
    here.discord.mishaps.next("refused", CREATE)
    with pytest.raises(PlatformTrouble):
        await here.platform.send("r1", Post(here.channel, HELLO), None)
    here.clock.ahead += later
    await here.platform.send("r1", Post(here.channel, HELLO), None, since)
    assert here.texts() == ["hello", "hello"]


@pytest.mark.parametrize("mishap", ["dropped", "refused"])
async def test_where_kring_may_not_look_it_does_not_post_again(here: School, mishap: str) -> None:
    """Discord shows such an app an empty channel. Only where nothing came since is it sure that nothing stands."""
    here.discord.forbid(here.practice, "read_message_history")
    since = here.since()
    here.clock.ahead += timedelta(minutes=3)
    await here.platform.send("r0", Post(here.channel, HELLO), None)
    here.discord.mishaps.next(mishap, CREATE)
    with pytest.raises(PlatformTrouble):
        await here.platform.send("r1", Post(here.channel, HELLO), None)
    before = len(here.discord.posts())
    here.clock.ahead += HOUR
    with pytest.raises(PlatformRefusal) as refusal:
        await here.platform.send("r1", Post(here.channel, HELLO), None, since)
    assert refusal.value.reason == "forbidden"
    assert len(here.discord.posts()) == before
    await here.platform.send("r2", Post(here.channel, HELLO), None, here.since())
    assert len(here.discord.posts()) == before + 1


async def test_words_of_somebody_else_are_not_taken_for_ours(here: School) -> None:
    since = here.since()
    for number in range(150):
        await here.discord.says(here.anna, here.practice, f"thought {number}")
    here.clock.ahead += HOUR
    await here.platform.send("r1", Post(here.channel, HELLO), None, since)
    await here.platform.send("r1", Post(here.channel, HELLO), None, since)
    assert here.texts() == ["hello"]


@pytest.mark.parametrize("later", [timedelta(0), HOUR], ids=["soon", "after an hour"])
@pytest.mark.parametrize("mishap", ["dropped", "refused"])
async def test_of_several_parts_only_what_is_missing_is_posted_again(
    here: School, later: timedelta, mishap: str
) -> None:
    since = here.since()
    here.discord.mishaps.next("dropped", CREATE)
    with pytest.raises(PlatformTrouble):
        await here.platform.send("r1", Post(here.channel, long(4)), None)
    here.clock.ahead += later
    here.discord.mishaps.next(mishap, CREATE)
    with pytest.raises(PlatformTrouble) as trouble:
        await here.platform.send("r1", Post(here.channel, long(4)), None, since)
    assert trouble.value.ambiguous
    here.clock.ahead += later
    sent = await here.platform.send("r1", Post(here.channel, long(4)), None, since)
    numbers = re.findall(r"(\d+) waiting", "\n".join(here.texts()))
    assert numbers == [str(number) for number in range(4)]
    assert [each.id for each in here.discord.posts()] == [sent.message.id, *sent.more]  # type: ignore[union-attr]


async def test_the_other_parts_are_unclear_once_the_first_stands(here: School) -> None:
    first = here.discord.rest._carry_out
    calls: list[str] = []

    def second_is_too_many(called: Any, call: Any) -> Any:
        calls.append(called.name)
        if calls.count(CREATE) == 2:
            here.discord.mishaps.next("throttled", CREATE)
        return first(called, call)

    here.discord.rest._carry_out = second_is_too_many  # type: ignore[method-assign]  # the fake's own clockwork
    here.discord.mishaps.chances.retry_after = 5
    with pytest.raises(PlatformTrouble) as trouble:
        await here.platform.send("r1", Post(here.channel, long(5)), None)
    assert trouble.value.ambiguous
    assert trouble.value.retry_at is not None


async def test_what_keeps_it_from_standing_twice_fits(sqlite_url: str) -> None:
    async with store_of(Settings(database=Database(url=sqlite_url))) as store:
        request = Post(Channel(Space("discord", "1"), "1"), HELLO)
        id_: str = await store.run(lambda unit: unit.outbox.put("c1", request, now=NOW))
    assert len({nonce(id_, part) for part in range(200)}) == 200
    assert max(len(nonce(id_, part)) for part in range(200)) <= NONCE
    numbers = {mark(id_, part) for part in range(200)} | {mark("another", part) for part in range(200)}
    assert len(numbers) == 400
    assert all(2**30 <= number < 2**31 for number in numbers)


@pytest.mark.parametrize("later", [timedelta(0), HOUR], ids=["soon", "after an hour"])
async def test_a_file_is_shared_once_and_says_what_it_is(here: School, later: timedelta) -> None:
    words = message(Words(plain("This is <all> I keep.")), Controls((Button("Thanks", ABOUT),)))
    upload = Upload(here.person(), "my-data.json", '{"name": "Änna"}', words)
    since = here.since()
    here.discord.mishaps.next("dropped", CREATE)
    with pytest.raises(PlatformTrouble):
        await here.platform.send("r1", upload, None)
    here.clock.ahead += later
    await here.platform.send("r1", upload, None, since)
    [shown] = here.discord.sees(here.anna, here.discord.dm(here.anna))
    [file] = shown.files
    assert (file.filename, file.content.decode()) == ("my-data.json", '{"name": "Änna"}')
    assert file.description == "This is <all> I keep."
    assert "This is" in shown.text
    assert shown.buttons == ("Thanks",)


async def test_a_file_with_words_that_leave_no_room_stands_below_them(here: School) -> None:
    words = message(*(Words(plain(f"line {number}")) for number in range(40)))
    sent = await here.platform.send("r1", Upload(here.channel, "a.json", "{}", words), None)
    above, below = here.discord.sees(here.anna, here.practice)
    assert (len(above.files), len(below.files)) == (0, 1)
    assert sent.more == (below.id,)
