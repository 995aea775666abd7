"""What goes wrong on demand or by chance."""

from __future__ import annotations

import time

import aiohttp
import pytest
from discord import TextChannel

from tests.fakes.discord.state import Channel, Person
from tests.fakes.discord_listening import App, refusal, until
from tests.fakes.discord_server import DiscordServer

POST = "POST /channels/{channel}/messages"


async def test_a_call_breaks_off_before_or_after_it_was_carried_out(
    server: DiscordServer, lobby: Channel, app: App
) -> None:
    room = app.get_partial_messageable(int(lobby.id))
    server.mishaps.next("refused", POST)
    with pytest.raises((aiohttp.ClientError, OSError)):
        await room.send("one", nonce="1")
    assert server.posts() == []
    server.mishaps.next("dropped", POST)
    with pytest.raises((aiohttp.ClientError, OSError)):
        await room.send("one", nonce="1")
    assert len(server.posts()) == 1
    await room.send("one", nonce="1")
    assert len(server.posts()) == 1
    assert server.mishaps.happened == {"refused": 1, "dropped": 1}


async def test_a_500_is_tried_again_by_the_library_and_the_nonce_keeps_it_single(
    server: DiscordServer, lobby: Channel, app: App
) -> None:
    server.mishaps.next("failing_after", POST)
    await app.get_partial_messageable(int(lobby.id)).send("once", nonce="1")
    assert [each.content for each in server.posts()] == ["once"]
    assert (server.counters.calls[POST], server.counters.deduplicated) == (2, 1)


async def test_a_thread_has_no_nonce_and_comes_twice(server: DiscordServer, lobby: Channel, app: App) -> None:
    room = app.get_channel(int(lobby.id))
    assert isinstance(room, TextChannel)
    server.mishaps.next("failing_after", "POST /channels/{channel}/threads")
    await room.create_thread(name="once")
    assert [each.name for each in server.opening.active(lobby.guild or "")] == ["once", "once"]


async def test_an_event_comes_twice(server: DiscordServer, lobby: Channel, bram: Person, app: App) -> None:
    server.mishaps.next("doubled", "MESSAGE_CREATE")
    said = await server.says(bram, lobby, "hello")
    await server.idle()
    assert [each["id"] for each in app.events("MESSAGE_CREATE")] == [said.id] * 2


@pytest.mark.parametrize("mishap", ["cut", "swallowed"])
async def test_the_socket_breaks_around_an_event_and_it_comes_once(
    server: DiscordServer, lobby: Channel, bram: Person, app: App, mishap: str
) -> None:
    server.mishaps.next(mishap, "MESSAGE_CREATE")
    await server.says(bram, lobby, "hello")
    await until(lambda: server.counters.resumed)
    await server.idle()
    assert [each["content"] for each in app.events("MESSAGE_CREATE")] == ["hello"]
    assert server.counters.replayed == (mishap == "swallowed")


async def test_a_resume_is_refused(server: DiscordServer, lobby: Channel, app: App) -> None:
    server.mishaps.next("invalid_session")
    await server.cut_sockets()
    await until(lambda: server.connected)
    assert (server.counters.identified, server.counters.resumed) == (2, 0)


async def test_chance_is_the_same_for_the_same_seed() -> None:
    async def struck(seed: int) -> list[bool]:
        server = DiscordServer(seed=seed)
        server.mishaps.chances.dropped = 0.5
        return [server.mishaps.strikes("dropped") for _ in range(50)]

    assert await struck(1) == await struck(1) != await struck(2)


async def test_only_the_named_routes_are_struck(server: DiscordServer, lobby: Channel, app: App) -> None:
    server.mishaps.chances.failing = 1.0
    server.mishaps.chances.only = frozenset({"GET /users/{user}"})
    await app.get_partial_messageable(int(lobby.id)).send("fine")
    server.mishaps.none()
    assert await refusal(app.fetch_user(12)) == 10013


def test_there_are_only_mishaps_that_there_are() -> None:
    with pytest.raises(ValueError, match="no mishap 'rain'"):
        DiscordServer().mishaps.next("rain")


async def test_a_slow_answer_is_slow(server: DiscordServer, lobby: Channel, app: App) -> None:
    server.mishaps.chances.slowness = 0.3
    server.mishaps.next("slow", POST)
    began = time.monotonic()
    await app.get_partial_messageable(int(lobby.id)).send("at last")
    assert time.monotonic() - began >= 0.3


async def test_failing_is_500_or_502_and_nothing_done(
    server: DiscordServer, session: aiohttp.ClientSession, lobby: Channel
) -> None:
    server.mishaps.next("failing", POST, times=10)
    address = f"{server.api_url}/channels/{lobby.id}/messages"
    headers = {"Authorization": f"Bot {server.app.token}"}
    answers = [await session.post(address, headers=headers, json={"content": "x"}) for _ in range(10)]
    assert {each.status for each in answers} == {500, 502}
    assert server.posts() == []
