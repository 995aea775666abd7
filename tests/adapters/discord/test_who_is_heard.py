"""Who is heard, where they count, and how it is noticed that they left."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.chat.messages import Words, message
from bot.chat.names import Account, Space
from bot.chat.requests import Post
from bot.chat.text import plain
from bot.errors import PlatformRefusal
from tests.adapters.discord.scene import School, school
from tests.adapters.discord.test_hearing import MEMBER, letters, noted, texts

ONE_LETTER = message(Words(plain("hello")))


async def test_light_mode_hears_nothing_of_what_people_write_to_each_other(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        said = await here.discord.says(here.bram, here.practice, "Who knows?")
        await here.discord.edits(here.bram, said, "Who knows it?")
        await here.discord.reacts(here.bram, said, "🔖")
        await here.discord.deletes(here.bram, said)
        await here.discord.joins(here.server, "Cas")
        await here.settle()
        assert await noted(here, "discord/%") == [f"discord/d{said.id}"]
        assert here.discord.posts() == []


async def test_full_mode_hears_it(sqlite_url: str) -> None:
    async with school(sqlite_url, "full") as here:
        said = await here.discord.says(here.bram, here.practice, "Who knows?")
        await here.discord.edits(here.bram, said, "Who knows it?")
        await here.discord.reacts(here.bram, said, "🔖")
        await here.discord.deletes(here.bram, said)
        cas = await here.discord.joins(here.server, "Cas")
        await here.settle()
        kinds = {each.partition("/")[2][0] for each in await noted(here, "discord/%")}
        assert kinds == {"m", "e", "r", "d", "j"}
        [joined] = await noted(here, "discord/j%")
        assert cas.id in joined


async def test_who_must_agree_to_the_rules_joins_when_they_did(sqlite_url: str) -> None:
    async with school(sqlite_url, "full") as here:
        cas = await here.discord.joins(here.server, "Cas", pending=True)
        await here.settle()
        assert await noted(here, "discord/j%") == []
        await here.discord.passes_screening(here.server, cas)
        await here.discord.renames_themselves(here.server, cas, "Casper")
        await here.settle()
        assert len(await noted(here, "discord/j%")) == 1


async def test_who_may_not_manage_the_server_any_more_is_no_host_in_their_letters(sqlite_url: str) -> None:
    async with school(sqlite_url, "full") as here:
        role = here.discord.role(here.server, "hosts", rights=1 << 5)
        await here.discord.gets_role(here.bram, role)
        await here.discord.calls(here.bram, here.practice, "/kring help")
        dm = here.discord.dm(here.bram)
        outcome = await here.discord.calls(here.bram, dm, "/kring setup check")
        assert "How De Regenboog is set up" in texts(here, outcome)[0]
        await here.discord.loses_role(here.bram, role)
        await here.settle()
        outcome = await here.discord.calls(here.bram, dm, "/kring setup check")
        assert "How De Regenboog is set up" not in texts(here, outcome)[0]


async def test_what_kring_says_to_one_person_is_not_heard_as_words(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        await here.discord.calls(here.bram, here.practice, "/kring help")
        await here.settle()
        assert here.discord.counters.events["MESSAGE_CREATE"] > 0
        assert await noted(here, "discord/m%") == []
        assert here.discord.posts() == []


async def test_somebody_in_two_servers_counts_where_they_act(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        library = here.discord.server("Bibliotheek")
        hall = here.discord.channel(library, "hall")
        await here.discord.joins(library, here.bram)
        await here.discord.calls(here.bram, here.practice, "/kring me card")
        await here.discord.calls(here.bram, hall, "/kring me card")
        dm = here.discord.dm(here.bram)
        for place, server in ((here.practice, here.server), (hall, library)):
            await here.discord.calls(here.bram, place, "/kring help")
            await here.discord.says(here.bram, dm, "me language nl")
            await here.settle()
            assert here.house.discord is not None
            assert await here.house.discord.hearing._acting._whose.server(here.bram.id, dm.id) == server.id
        assert len(await letters(here, here.bram)) == 2


async def test_who_is_known_nowhere_is_asked_to_call_once(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        library = here.discord.server("Bibliotheek")
        await here.discord.joins(library, here.bram)
        dm = here.discord.dm(here.bram)
        await here.discord.says(here.bram, dm, "me")
        [told] = await letters(here, here.bram)
        assert "in which server you are" in told
        outcome = await here.discord.calls(here.bram, dm, "/kring me card")
        assert "in which server you are" in texts(here, outcome)[0]
        assert await here.discord.autocompletes(here.bram, dm, "/kring round start", "format", "rev") == []
        assert await noted(here, "discord/%") == []
        await here.discord.calls(here.bram, here.practice, "/kring me card")
        outcome = await here.discord.calls(here.bram, dm, "/kring me card")
        assert "in which server you are" not in texts(here, outcome)[0]


# -- who left, where nobody tells


@asynccontextmanager
async def known(database: str) -> AsyncIterator[tuple[School, Account]]:
    """Bram is known to Kring, and takes no letters."""
    async with school(database) as here:
        await here.discord.calls(here.bram, here.practice, "/kring me card")
        here.bram.dms_closed = True
        yield here, Account(Space("discord", here.server.id), here.bram.id)


async def refused(here: School, bram: Account) -> tuple[Space, ...]:
    """Kring writes to Bram in vain. Where it knows him then."""
    assert here.house.discord is not None
    with pytest.raises(PlatformRefusal):
        await here.house.discord.platform.send("r1", Post(bram, ONE_LETTER), None)
    await here.settle()
    return await here.store.spaces_of(bram.id, [bram.space])


async def test_who_takes_no_letters_is_still_there(sqlite_url: str) -> None:
    async with known(sqlite_url) as (here, bram):
        assert await refused(here, bram) == (bram.space,)


async def test_who_left_in_light_mode_is_missed_when_they_are_written_to(sqlite_url: str) -> None:
    async with known(sqlite_url) as (here, bram):
        await here.discord.leaves(here.server, here.bram)
        await here.settle()
        assert await here.store.spaces_of(bram.id, [bram.space]) == (bram.space,)
        assert await refused(here, bram) == ()


async def test_where_nobody_knows_whether_they_left_they_are_still_there(sqlite_url: str) -> None:
    async with known(sqlite_url) as (here, bram):
        await here.discord.leaves(here.server, here.bram)
        here.discord.mishaps.next("failing", MEMBER)
        assert await refused(here, bram) == (bram.space,)
        assert await refused(here, bram) == ()


async def test_who_is_banned_left_in_light_mode_too(sqlite_url: str) -> None:
    async with known(sqlite_url) as (here, bram):
        await here.discord.bans(here.server, here.bram)
        await here.settle()
        assert await here.store.spaces_of(bram.id, [bram.space]) == ()
