"""When Kring looks for what it missed: after a restart, and when a session begins anew; and which servers are gone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from adapters.discord.gaps import WATCHES_DIFFER
from tests.adapters.discord.missed import ONE_SHARD, Kept, Stage
from tests.adapters.discord.scene import School, kring
from tests.adapters.discord.sending import school
from tests.adapters.discord.test_first_ten_minutes import set_up
from tests.fakes.discord_listening import until
from tests.fakes.discord_server import DiscordServer


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with school() as here:
        yield Stage(here, Kept())


async def test_a_session_that_begins_anew_makes_up_for_the_time_between(stage: Stage) -> None:
    thread = await stage.thread()
    gaps = stage.gaps()
    await gaps.start()
    stage.comes(gaps)
    await gaps.settle()
    gaps.heard()
    said = await stage.discord.says(stage.here.bram, thread, "between two sessions")
    stage.comes(gaps)
    await gaps.settle()
    assert [event.id for event in stage.told] == [f"discord/m{said.id}"]


async def test_what_comes_meanwhile_does_not_shorten_the_gap(stage: Stage) -> None:
    """Another session begins before all is made up for: it begins where the first one did."""
    thread = await stage.thread()
    said = await stage.discord.says(stage.here.bram, thread, "before")
    stage.kept.latest = stage.here.clock.now() - timedelta(minutes=1)
    stage.here.clock.ahead += WATCHES_DIFFER + timedelta(minutes=5)
    gaps = stage.gaps()
    await gaps.start()
    gaps.begun([stage.here.guild.id], ONE_SHARD)
    gaps.heard()
    stage.comes(gaps)
    await gaps.settle()
    assert [event.id for event in stage.told] == [f"discord/m{said.id}"]


async def test_who_is_stopped_while_a_gap_is_read_reads_it_after_the_next_start(stage: Stage) -> None:
    """Something newer was handled by then."""
    thread = await stage.thread()
    said = await stage.discord.says(stage.here.bram, thread, "before")
    stage.kept.latest = stage.here.clock.now() - timedelta(minutes=1)
    stage.here.clock.ahead += WATCHES_DIFFER + timedelta(minutes=5)
    stopped = stage.gaps()
    await stopped.start()
    stopped.begun([stage.here.guild.id], ONE_SHARD)
    await stopped.close()
    stage.kept.latest = stage.here.clock.now()
    gaps = stage.gaps()
    await gaps.start()
    stage.comes(gaps)
    await gaps.settle()
    assert [event.id for event in stage.told] == [f"discord/m{said.id}"]
    assert stage.kept.unread is None


async def test_a_gap_between_two_sessions_is_known_before_anything_newer_is_handled(stage: Stage) -> None:
    gaps = stage.gaps()
    await gaps.start()
    stage.comes(gaps)
    await gaps.settle()
    gaps.heard()
    gaps.begun([stage.here.guild.id], ONE_SHARD)
    await asyncio.sleep(0)  # what comes next is handled in tasks that begin later
    assert stage.kept.unread is not None
    await gaps.close()


async def test_without_any_server_nobody_waits(stage: Stage) -> None:
    gaps = stage.gaps()
    await gaps.start()
    stage.here.servers.took("READY", {"guilds": [], "shard": ONE_SHARD})
    gaps.begun([], ONE_SHARD)
    await asyncio.wait_for(gaps.settle(), 2)


async def test_a_server_that_does_not_come_holds_up_the_others_not_for_ever(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.gaps.COMING", 0.1)
    await stage.discord.says(stage.here.bram, await stage.thread(), "I first wait.")
    stage.kept.latest = stage.here.clock.now() - timedelta(minutes=1)
    stage.kept.installed = {"1400000000000000009": "It is down"}
    gaps = stage.gaps()
    await gaps.start()
    gaps.begun([stage.here.guild.id, "1400000000000000009"], ONE_SHARD)
    stage.here.servers.took("GUILD_CREATE", stage.discord.events.whole(stage.here.guild))
    gaps.came(stage.here.guild.id)
    await gaps.settle()
    assert len(stage.told) == 1
    assert "1400000000000000009" in stage.kept.installed  # it is still one of Kring's
    await gaps.close()


async def test_of_a_server_that_comes_late_is_read_what_was_missed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.gaps.COMING", 0.1)
    await stage.discord.says(stage.here.bram, await stage.thread(), "I first wait.")
    stage.kept.latest = stage.here.clock.now() - timedelta(minutes=1)
    gaps = stage.gaps()
    await gaps.start()
    gaps.begun([stage.here.guild.id], ONE_SHARD)
    await gaps.settle()
    assert stage.told == []
    assert stage.kept.unread is not None
    stage.here.servers.took("GUILD_CREATE", stage.discord.events.whole(stage.here.guild))
    gaps.came(stage.here.guild.id)
    await until(lambda: stage.kept.unread is None)
    assert len(stage.told) == 1


async def test_a_server_that_kring_was_taken_out_of_meanwhile_is_noticed(stage: Stage) -> None:
    stage.kept.installed = {"1400000000000000009": "Gone"}
    await stage.after()
    assert stage.kept.installed == {stage.here.guild.id: "De Regenboog"}


async def test_servers_come_and_go_while_it_runs(stage: Stage) -> None:
    gaps = stage.gaps()
    await gaps.start()
    stage.comes(gaps)
    library = stage.discord.server("Bibliotheek")
    stage.here.servers.took("GUILD_CREATE", stage.discord.events.whole(library))
    gaps.came(library.id)
    await gaps.settle()
    assert set(stage.kept.installed) == {stage.here.guild.id, library.id}
    gaps.gone(library.id)
    await gaps.close()
    assert set(stage.kept.installed) == {stage.here.guild.id}


# -- in the house


async def test_in_the_house_what_was_missed_is_handled_once(sqlite_url: str) -> None:
    async with DiscordServer(tempo=1000.0) as discord:
        server, other = discord.server("De Regenboog"), discord.server("Bibliotheek")
        anna, bram = discord.world.person(server.owner), discord.person(server, "Bram")
        general = discord.channel(server, "general")
        said = await discord.says(anna, general, "First everybody writes for two minutes, then we talk.")

        async def settled(house: Any) -> None:
            await discord.idle()
            await house.discord.gaps.settle()
            await house.discord.hearing.idle()

        async with kring(discord, sqlite_url, "full") as (store, house):
            await settled(house)
            outcome = await discord.uses(bram, said, "Keep as know-how")
            assert outcome.failed is None
            await settled(house)
            assert [ref.id for ref in await store.words_from("discord")] == [said.id]
            assert set(await store.installations("discord")) == {server.id, other.id}
        await discord.deletes(anna, said)
        await discord.kicks_bot(other)
        for _ in range(2):
            async with kring(discord, sqlite_url, "full") as (store, house):
                await settled(house)
                assert not await store.run(lambda unit: unit.first_time(f"discord/d{said.id}", house.kring.now()))
                assert set(await store.installations("discord")) == {server.id}
        async with kring(discord, sqlite_url, "full") as (store, house):
            await settled(house)
            await discord.invalidate()
            await discord.kicks_bot(server)
            await until(lambda: discord.counters.identified == 5)
            await settled(house)
            assert await store.installations("discord") == {}


async def test_in_the_house_who_came_meanwhile_is_greeted_once(sqlite_url: str) -> None:
    async with DiscordServer(tempo=1000.0, intents_allowed=("members", "message_content")) as discord:
        server = discord.server("De Regenboog")
        anna, practice = discord.world.person(server.owner), discord.channel(server, "practice")
        async with kring(discord, sqlite_url, "full") as (store, house):
            here = School(discord, store, house, server, anna, anna, practice)
            await here.settle()
            await set_up(here)
        await discord.joins(server, "Cas")
        for _ in range(2):
            async with kring(discord, sqlite_url, "full") as (store, house):
                await School(discord, store, house, server, anna, anna, practice).settle()
        welcomes = [shown.text for shown in discord.sees(anna, practice) if shown.text.startswith("Welcome")]
        assert welcomes == ["Welcome, @Cas! I have a word for you; only you see it."]
