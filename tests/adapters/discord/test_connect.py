"""The connection: what breaks comes back, what Discord refuses is told and not tried all the time, and it ends well."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.compose import store_of
from bot.errors import SettingsFault
from bot.running import open_house, run
from storage.unit import Unit
from tests.adapters.discord.scene import School, school, settings_of
from tests.fakes.discord_listening import until
from tests.fakes.discord_server import DiscordServer

Lines = list[MutableMapping[str, Any]]
SWITCH = "Message Content Intent"


async def answers(here: School) -> bool:
    outcome = await here.discord.calls(here.anna, here.practice, "/kring help")
    return outcome.failed is None and "What you can ask" in here.discord.told(outcome)[0].text


async def letters(here: School) -> list[str]:
    """What Kring wrote to Bram alone."""
    await here.settle()
    dm = here.discord.dm(here.bram)
    return [each.text for each in here.discord.sees(here.bram, dm) if each.author == "Kring"]


def closed(code: int) -> Callable[[DiscordServer], Awaitable[None]]:
    return lambda discord: discord.close_sockets(code)


BREAKS = {
    "unknown error": (closed(4000), True),
    "timed out": (closed(4009), True),
    "closed without a reason": (closed(1000), True),
    "cut": (lambda discord: discord.cut_sockets(), True),
    "asked to move": (lambda discord: discord.reconnect(), True),
    "session can go on": (lambda discord: discord.invalidate(resumable=True), True),
    "session is over": (lambda discord: discord.invalidate(), False),
    "not authenticated": (closed(4004), False),
}
"""How the connection ends, and whether the session goes on after it."""


@pytest.mark.parametrize("how", BREAKS)
async def test_what_breaks_comes_back(sqlite_url: str, how: str) -> None:
    breaks, goes_on = BREAKS[how]
    async with school(sqlite_url) as here:
        counters = here.discord.counters
        await asyncio.sleep(0.15)  # the session lasted, as Kring counts at this pace
        await breaks(here.discord)
        await until(lambda: counters.identified + counters.resumed == 2)
        assert bool(counters.resumed) == goes_on
        await until(lambda: here.house.discord is not None and here.house.discord.connection.is_up)
        assert await answers(here)


async def test_what_came_while_it_was_broken_is_answered_once(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        here.discord.mishaps.next("swallowed", "MESSAGE_CREATE")
        await here.discord.says(here.bram, here.discord.dm(here.bram), "knowhow find tenths")
        await until(lambda: here.discord.counters.resumed == 1)
        assert [each.count("I found nothing") for each in await letters(here)] == [1]


async def test_what_comes_twice_is_answered_once(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        here.discord.mishaps.next("doubled", "MESSAGE_CREATE")
        await here.discord.says(here.bram, here.discord.dm(here.bram), "knowhow find tenths")
        assert [each.count("I found nothing") for each in await letters(here)] == [1]


async def test_a_handshake_that_fails_is_tried_again(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        here.discord.mishaps.next("handshake")
        await here.discord.cut_sockets()
        await until(lambda: here.discord.connected == 1, 10)
        await here.discord.idle()
        assert await answers(here)


async def test_a_first_connection_that_fails_does_not_end_it(sqlite_url: str) -> None:
    async with school(sqlite_url, before=lambda discord: discord.mishaps.next("handshake")) as here:
        assert here.discord.mishaps.happened["handshake"] == 1
        assert await answers(here)


async def test_a_question_that_fails_at_the_start_does_not_end_it(sqlite_url: str) -> None:
    def fails(discord: DiscordServer) -> None:
        discord.mishaps.next("failing", "GET /applications/@me", times=2)
        discord.mishaps.next("failing", "GET /applications/{application}/commands", times=2)

    async with school(sqlite_url, before=fails) as here:
        assert here.discord.mishaps.happened["failing"] == 4
        assert await answers(here)


async def test_an_event_that_is_not_understood_does_not_end_the_session(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        about = {"id": here.practice.id, "guild_id": here.server.id}
        with capture_logs() as lines:
            here.discord.events.dispatch("CHANNEL_UPDATE", about, guild=here.server)
            await here.discord.idle()
        assert [line["event_kind"] for line in lines if line["log_level"] == "error"] == ["CHANNEL_UPDATE"]
        assert await answers(here)
        assert here.discord.counters.identified == 1


# -- what Discord refuses


def refused(lines: Lines) -> list[str]:
    return [line["why"] for line in lines if line["event"] == "discord refuses Kring"]


async def test_an_intent_taken_away_is_named_and_seldom_tried_again(sqlite_url: str) -> None:
    async with school(sqlite_url, "full") as here:
        await asyncio.sleep(0.15)
        here.discord.app.intents_allowed = {"members"}
        with capture_logs() as lines:
            await here.discord.close_sockets(4014)
            await asyncio.sleep(2.0)  # half an hour, at this pace
        assert 2 <= here.discord.counters.closes[4014] <= 6
        assert here.discord.counters.closes[4014] - len(refused(lines)) in (0, 1), "the last is told when it is heard"
        assert all(SWITCH in why and "Members" not in why for why in refused(lines))
        here.discord.app.intents_allowed = {"members", "message_content"}
        await until(lambda: here.discord.connected == 1)
        await here.discord.idle()
        assert await answers(here)


async def test_a_token_taken_away_is_named_and_begins_no_session(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        before, token = here.discord.gateway.starts_left, here.discord.app.token
        here.discord.app.token = f"{token}x"
        with capture_logs() as lines:
            await here.discord.close_sockets(4004)
            await until(lambda: any("KRING_DISCORD__TOKEN" in line["event"] for line in lines))
            await asyncio.sleep(0.2)
        assert here.discord.gateway.starts_left == before
        here.discord.app.token = token
        await until(lambda: here.discord.connected == 1)


async def test_where_no_session_lasts_fewer_and_fewer_are_begun(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        here.discord.mishaps.next("invalid_session", times=100)
        await here.discord.invalidate()
        await until(lambda: here.discord.mishaps.happened.get("invalid_session", 0) >= 5)
        await asyncio.sleep(1.0)  # seventeen minutes, at this pace
        assert here.discord.mishaps.happened["invalid_session"] <= 15
        here.discord.mishaps.none()
        await until(lambda: here.discord.connected == 1)
        await here.discord.idle()
        assert await answers(here)


async def test_light_mode_asks_for_nothing_that_a_host_must_switch_on(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        [session] = here.discord.gateway.sessions.values()
        privileged = 1 << 1 | 1 << 8 | 1 << 15
        assert not session.intents & privileged


@pytest.mark.parametrize(
    ("allowed", "named"),
    [((), (SWITCH, "Server Members Intent")), (("members",), (SWITCH,)), (("message_content",), ("Members Intent",))],
)
async def test_what_is_not_switched_on_stops_the_start(
    sqlite_url: str, allowed: tuple[str, ...], named: tuple[str, ...]
) -> None:
    with pytest.raises(SettingsFault) as fault:
        async with school(sqlite_url, "full", intents_allowed=allowed):
            pass
    assert len(fault.value.faults) == len(named)
    assert all(each in str(fault.value) for each in named)


async def test_a_token_that_discord_does_not_know_stops_the_start(sqlite_url: str) -> None:
    async with DiscordServer() as discord:
        settings = settings_of(discord, sqlite_url)
        discord.app.token = f"{discord.app.token}x"
        async with store_of(settings) as store:
            with pytest.raises(SettingsFault, match="KRING_DISCORD__TOKEN"):
                async with open_house(settings, store):
                    pass


# -- starting and stopping


async def test_it_waits_for_a_discord_that_cannot_be_reached(sqlite_url: str) -> None:
    discord = DiscordServer()
    await discord.start()
    settings, port = settings_of(discord, sqlite_url), int(discord.address.rpartition(":")[2])
    await discord.stop()
    told: list[str] = []
    serving = asyncio.create_task(run(settings, ready=told.append))
    await asyncio.sleep(0.5)
    assert not serving.done()
    await discord.start(port)
    await until(lambda: bool(told), 15)
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(serving, 5)
    await discord.stop()


async def test_it_can_be_stopped_while_discord_cannot_be_reached(sqlite_url: str) -> None:
    async with DiscordServer() as discord:
        settings = settings_of(discord, sqlite_url)
    told: list[str] = []
    serving = asyncio.create_task(run(settings, ready=told.append))
    await asyncio.sleep(0.3)
    assert not serving.done()
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(serving, 5)
    assert told == []


async def test_it_runs_until_it_is_told_to_stop(sqlite_url: str) -> None:
    async with DiscordServer() as discord:
        discord.server("De Regenboog")
        told: list[str] = []
        serving = asyncio.create_task(run(settings_of(discord, sqlite_url), ready=told.append))
        await until(lambda: bool(told))
        assert "De Regenboog; light mode" in told[0]
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(serving, 5)
        await until(lambda: discord.connected == 0)


@asynccontextmanager
async def held(here: School, seconds: float) -> AsyncIterator[None]:
    """Kring's memory takes nothing for so long."""
    begun, loop = asyncio.Event(), asyncio.get_running_loop()

    def busy(_: Unit) -> None:
        loop.call_soon_threadsafe(begun.set)
        time.sleep(seconds)

    writing = asyncio.ensure_future(here.store.run(busy))
    await begun.wait()
    yield
    await writing


async def test_it_stops_when_what_came_is_answered(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        assert here.house.discord is not None
        hearing = here.house.discord.hearing
        async with held(here, 0.4):
            calling = asyncio.create_task(here.discord.calls(here.anna, here.practice, "/kring me card"))
            await until(lambda: bool(hearing._under_way))
            await here.house.discord.stop()
            await hearing.close()
        outcome = await calling
        assert outcome.failed is None
        assert here.discord.told(outcome)


async def test_health_says_whether_it_is_connected(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        assert here.house.discord is not None
        assert await here.house.discord.is_well()
        here.discord.mishaps.next("handshake")
        await here.discord.cut_sockets()
        connection = here.house.discord.connection
        await until(lambda: not connection.is_up)
        assert not await here.house.discord.is_well()
