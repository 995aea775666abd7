"""What is known of people where Discord does not say it: fresh enough, and asked for seldom."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.discord.members import FRESH, Members
from bot.chat.names import Profile
from bot.errors import PlatformTrouble
from tests.adapters.discord.sending import School, school

ROUTE = "GET /guilds/{guild}/members/{user}"
MANAGE = 1 << 5


@pytest.fixture
async def here() -> AsyncIterator[School]:
    async with school() as made:
        made.servers.took("GUILD_CREATE", made.discord.events.whole(made.guild))
        yield made


def members(here: School) -> Members:
    return Members(here.calling, here.servers, here.clock.now)


def asked(here: School) -> int:
    return here.discord.counters.calls.get(ROUTE, 0)


async def test_discord_is_asked_once(here: School) -> None:
    known = members(here)
    for _ in range(3):
        assert await known.get(here.guild.id, here.anna.id) == Profile("Anna", space_name="De Regenboog")
    assert asked(here) == 1


async def test_what_an_event_said_is_not_asked(here: School) -> None:
    known = members(here)
    known.keep(here.guild.id, here.anna.id, Profile("Anna", "nl"))
    assert await known.get(here.guild.id, here.anna.id) == Profile("Anna", "nl")
    assert asked(here) == 0


async def test_the_language_that_was_told_stays(here: School) -> None:
    known = members(here)
    known.keep(here.guild.id, here.anna.id, Profile("Anna", "nl"))
    known.keep(here.guild.id, here.anna.id, Profile("Annie"))
    assert await known.get(here.guild.id, here.anna.id) == Profile("Annie", "nl")


async def test_who_may_not_manage_the_server_any_more_is_no_host_for_long(here: School) -> None:
    role = here.discord.role(here.guild, "hosts", rights=MANAGE)
    here.servers.took("GUILD_CREATE", here.discord.events.whole(here.guild))
    await here.discord.gets_role(here.anna, role)
    known = members(here)
    before = await known.get(here.guild.id, here.anna.id)
    assert before is not None
    assert before.host
    await here.discord.loses_role(here.anna, role)
    here.clock.ahead += FRESH + timedelta(seconds=1)
    after = await known.get(here.guild.id, here.anna.id)
    assert after is not None
    assert not after.host


async def test_who_left_is_not_known(here: School) -> None:
    known = members(here)
    assert await known.get(here.guild.id, here.anna.id) is not None
    await here.discord.leaves(here.guild, here.anna)
    here.clock.ahead += FRESH + timedelta(seconds=1)
    assert await known.get(here.guild.id, here.anna.id) is None
    known.keep(here.guild.id, here.bram.id, Profile("Bram"))
    await here.discord.leaves(here.guild, here.bram)
    known.forget(here.guild.id, here.bram.id)
    assert await known.get(here.guild.id, here.bram.id) is None


async def test_what_was_said_before_is_better_than_nothing(here: School) -> None:
    known = members(here)
    known.keep(here.guild.id, here.anna.id, Profile("Anna"))
    here.clock.ahead += FRESH + timedelta(seconds=1)
    here.discord.mishaps.next("failing", ROUTE, times=2)
    assert await known.get(here.guild.id, here.anna.id) == Profile("Anna")
    assert await known.get(here.guild.id, here.bram.id) is None
    assert await known.get(here.guild.id, here.bram.id) is not None


async def test_whether_somebody_is_in_the_server(here: School) -> None:
    known = members(here)
    assert await known.is_in(here.guild.id, here.anna.id)
    await here.discord.leaves(here.guild, here.anna)
    assert not await known.is_in(here.guild.id, here.anna.id)
    assert not await known.is_in(here.guild.id, "1")


async def test_where_nobody_knows_they_are_still_there(here: School) -> None:
    known = members(here)
    here.discord.mishaps.next("failing", ROUTE)
    with pytest.raises(PlatformTrouble):
        await known.is_in(here.guild.id, here.anna.id)
    await here.discord.goes_down(here.guild)
    assert await known.is_in(here.guild.id, here.anna.id)


async def test_only_so_many_are_remembered(here: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.discord.members.MOST", 1)
    known = members(here)
    known.keep(here.guild.id, here.anna.id, Profile("Anna"))
    known.keep(here.guild.id, here.bram.id, Profile("Bram"))
    await known.get(here.guild.id, here.bram.id)
    assert asked(here) == 0
    await known.get(here.guild.id, here.anna.id)
    assert asked(here) == 1
