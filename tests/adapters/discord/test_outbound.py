"""Messages in Discord: whom they call, how they change, and where they cannot be."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.discord.calling import Calling
from adapters.discord.outbound import DiscordPlatform, sign_of
from adapters.discord.pace import POSTING, Pace
from adapters.discord.places import Places
from bot.chat.messages import Heading, Picture, Words, message
from bot.chat.names import Account, Channel, MessageRef
from bot.chat.requests import Edit, Post, React
from bot.chat.text import PersonName, Plain
from bot.errors import PlatformRefusal, PlatformTrouble
from bot.ports import Sent
from tests.adapters.discord.sending import ABOUT, HELLO, School, long, school

CREATE = "POST /channels/{channel}/messages"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="20" height="20"/></svg>'
HOUR = timedelta(hours=1)


@pytest.fixture
async def here() -> AsyncIterator[School]:
    async with school() as made:
        yield made


def place(here: School, to: str) -> Channel | Account:
    return here.channel if to == "channel" else here.person()


# -- who is told


async def test_only_who_the_message_calls_is_notified_and_never_everybody(here: School) -> None:
    role = here.discord.role(here.guild, "teachers", mentionable=True)
    anna, bram = here.person(), here.person(here.bram)
    said = message(
        Heading("@everyone @here"),
        Words((Plain(f"<@&{role.id}> <@{bram.id}> "), PersonName("Bram", bram), PersonName("Anna", anna, notify=True))),
    )
    await here.platform.send("r1", Post(here.channel, said), None)
    [stands] = here.discord.posts()
    assert stands.pinged == {anna.id}
    assert not stands.mention_everyone
    [sent] = [body for name, _, body in here.discord.rest.log if name == CREATE]
    assert sent["allowed_mentions"] == {"parse": [], "users": [anna.id]}
    await here.platform.send(
        "r2", Edit(here.channel, ABOUT, said), here.target(Sent(MessageRef(here.channel, stands.id)))
    )
    assert stands.pinged == {anna.id}


# -- edits


async def test_an_edit_reaches_every_part_adds_what_is_new_and_takes_away_what_is_over(here: School) -> None:
    send = here.platform.send
    first = await send("r1", Post(here.channel, HELLO, ABOUT), None)
    grown = await send("r2", Edit(here.channel, ABOUT, long(3)), here.target(first))
    assert grown.message == first.message
    assert len(grown.more) == len(here.texts()) - 1 >= 2
    again = await send("r3", Edit(here.channel, ABOUT, long(3)), here.target(grown))
    assert again.more == grown.more
    shrunk = await send("r4", Edit(here.channel, ABOUT, HELLO), here.target(again))
    assert shrunk.more == ()
    assert here.texts() == ["hello"]


@pytest.mark.parametrize("later", [timedelta(0), HOUR], ids=["soon", "after an hour"])
async def test_an_edit_that_grew_before_the_connection_broke_grows_once(here: School, later: timedelta) -> None:
    first = await here.platform.send("r1", Post(here.channel, HELLO, ABOUT), None)
    since = here.since()
    here.discord.mishaps.next("dropped", CREATE)
    edit = Edit(here.channel, ABOUT, long(2))
    with pytest.raises(PlatformTrouble):
        await here.platform.send("r2", edit, here.target(first))
    here.clock.ahead += later
    sent = await here.platform.send("r2", edit, here.target(first), since)
    assert len(here.texts()) == 1 + len(sent.more) == 2


async def test_a_drawing_comes_along_with_its_words_and_goes_with_them(here: School) -> None:
    drawn = message(Heading("Balance"), Picture(SVG, "Searching 3, holding on 5"))
    first = await here.platform.send("r1", Post(here.channel, drawn, ABOUT), None)
    [stands] = here.discord.posts()
    [file] = stands.attachments
    assert file.content.startswith(b"\x89PNG")
    assert file.description == "Searching 3, holding on 5"
    await here.platform.send("r2", Edit(here.channel, ABOUT, drawn), here.target(first))
    assert len(stands.attachments) == 1
    await here.platform.send("r3", Edit(here.channel, ABOUT, HELLO), here.target(first))
    assert stands.attachments == []
    assert here.texts() == ["hello"]


# -- direct conversations


async def test_a_conversation_is_opened_once(here: School) -> None:
    for number in range(3):
        await here.platform.send(f"r{number}", Post(here.person(), HELLO), None)
    assert here.discord.counters.calls["POST /users/@me/channels"] == 1
    assert here.texts(here.discord.dm(here.anna)) == ["hello"] * 3
    direct = here.places.direct(here.person())
    assert direct == here.discord.dm(here.anna).id
    await here.platform.send("r4", Post(Channel(here.space, direct, direct=True), HELLO), None)
    assert len(here.discord.posts()) == 4


async def test_opening_too_many_makes_all_who_are_not_known_wait_and_nobody_else(here: School) -> None:
    await here.platform.send("r1", Post(here.person(), HELLO), None)
    here.discord.counters.dms_opened = 10_000
    with pytest.raises(PlatformTrouble) as trouble:
        await here.platform.send("r2", Post(here.person(here.bram), HELLO), None)
    assert trouble.value.retry_at is not None
    assert not trouble.value.ambiguous
    assert here.platform.turn(Post(here.person(here.bram), HELLO)) > 200
    assert here.platform.turn(Post(here.person(), HELLO)) < 1


async def test_who_takes_no_messages_is_unreachable(here: School) -> None:
    bot = here.discord.person(here.guild, "Reminder")
    bot.bot = True
    here.bram.dms_closed = True
    for person in (Account(here.space, bot.id), here.person(here.bram), Account(here.space, "404")):
        with pytest.raises(PlatformRefusal) as refusal:
            await here.platform.send("r1", Post(person, HELLO), None)
        assert refusal.value.reason == "unreachable"


# -- emoji


async def test_an_emoji_that_is_there_is_enough(here: School) -> None:
    said = await here.discord.says(here.anna, here.practice, "I wait ten seconds.")
    react = React(here.channel, MessageRef(here.channel, said.id), "bookmark")
    await here.platform.send("r1", react, None)
    await here.platform.send("r1", react, None, here.since())
    assert said.reactions == {"🔖": [here.discord.app.bot.id]}
    with pytest.raises(PlatformRefusal) as refusal:
        await here.platform.send("r2", React(here.channel, MessageRef(here.channel, said.id), "our_own_one"), None)
    assert refusal.value.reason == "rejected"


def test_emoji_are_found_by_their_short_names() -> None:
    assert [sign_of(name) for name in ("+1", "fox_face", "seedling", "nobody_knows")] == ["👍", "🦊", "🌱", None]


# -- no


@pytest.mark.parametrize(
    ("forbidden", "reason", "code"),
    [("view_channel", "forbidden", "50001"), ("send_messages", "forbidden", "50013")],
)
async def test_where_kring_may_not_write_it_says_so(here: School, forbidden: str, reason: str, code: str) -> None:
    here.discord.forbid(here.practice, forbidden)
    with pytest.raises(PlatformRefusal) as refusal:
        await here.platform.send("r1", Post(here.channel, HELLO), None)
    assert refusal.value.reason == reason
    assert refusal.value.detail.startswith(code)


@pytest.mark.parametrize("happens", ["deletes_channel", "kicks_bot"])
async def test_a_channel_that_is_over_is_a_refusal(here: School, happens: str) -> None:
    await getattr(here.discord, happens)(here.practice if happens == "deletes_channel" else here.guild)
    with pytest.raises(PlatformRefusal) as refusal:
        await here.platform.send("r1", Post(here.channel, HELLO), None)
    assert refusal.value.reason == ("gone" if happens == "deletes_channel" else "forbidden")


async def test_a_message_that_was_deleted_cannot_be_edited(here: School) -> None:
    first = await here.platform.send("r1", Post(here.channel, HELLO, ABOUT), None)
    here.discord.posting.remove(here.discord.posts()[0])
    for about in (here.target(first), None):
        with pytest.raises(PlatformRefusal) as refusal:
            await here.platform.send("r2", Edit(here.channel, ABOUT, HELLO), about)
        assert refusal.value.reason == "gone"


async def test_too_many_waits_as_long_as_discord_says_and_so_does_the_rest_of_the_channel(here: School) -> None:
    here.discord.mishaps.chances.retry_after = 7
    here.discord.mishaps.next("throttled", CREATE)
    with pytest.raises(PlatformTrouble) as trouble:
        await here.platform.send("r1", Post(here.channel, HELLO), None)
    assert trouble.value.retry_at is not None
    assert 6 < here.platform.turn(Post(here.channel, HELLO)) <= 7
    assert here.platform.turn(Post(here.person(), HELLO)) < 1


class Ears:
    """Passes on what is heard, and keeps how much was left of each window."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self.left: list[int] = []

    def heard(self, route: str, place: str, left: int, seconds: float) -> None:
        if route == POSTING:
            self.left.append(left)
        self._pace.heard(route, place, left, seconds)

    def refused(self, route: str, place: str, seconds: float, *, everything: bool) -> None:
        self._pace.refused(route, place, seconds, everything=everything)

    def answered(self, status: int) -> None:
        self._pace.answered(status)


async def test_a_crowd_of_messages_uses_up_no_window() -> None:
    """Whoever used one up would sleep in discord.py until it is over. Here windows and pace are fifty times faster."""
    async with school() as here:
        here.discord.pacing.tempo = 50.0
        pace = Pace(time.monotonic, Places(), 50.0)
        ears = Ears(pace)
        platform = DiscordPlatform(
            Calling(here.calling._client, ears, here.clock.now), here.servers, Places(), pace, here.clock.now
        )

        async def talk(channel: Channel) -> None:
            for number in range(15):
                await pace.wait(here.space, POSTING, channel.id)
                await platform.send(f"r{number}/{channel.id}", Post(channel, HELLO), None)

        circles = [here.discord.channel(here.guild, f"circle{n}") for n in range(5)]
        await asyncio.gather(*(talk(Channel(here.space, each.id)) for each in circles))
        assert len(here.discord.posts()) == len(ears.left) == 75
        assert min(ears.left) == 1
        assert here.discord.too_many == 0
