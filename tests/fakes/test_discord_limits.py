"""How fast the app may call, and how Discord says so."""

from __future__ import annotations

import asyncio
import time

import aiohttp
import pytest
from discord import HTTPException, RateLimited

from tests.fakes.discord.state import Channel, Guild
from tests.fakes.discord_listening import App, addressed, listening, refusal
from tests.fakes.discord_server import DiscordServer


async def call(server: DiscordServer, session: aiohttp.ClientSession, method: str, path: str, **more: object) -> object:
    headers = {"Authorization": f"Bot {server.app.token}"}
    return await session.request(method, server.api_url + path, headers=headers, **more)  # type: ignore[arg-type]


async def post(server: DiscordServer, session: aiohttp.ClientSession, channel: Channel) -> aiohttp.ClientResponse:
    answer = await call(server, session, "POST", f"/channels/{channel.id}/messages", json={"content": "x"})
    assert isinstance(answer, aiohttp.ClientResponse)
    return answer


@pytest.fixture
def limited(server: DiscordServer) -> DiscordServer:
    server.pacing.enabled = True
    return server


async def test_headers_count_down_and_then_it_is_too_many(
    limited: DiscordServer, session: aiohttp.ClientSession, lobby: Channel
) -> None:
    answers = [await post(limited, session, lobby) for _ in range(6)]
    assert [each.status for each in answers] == [200] * 5 + [429]
    assert [each.headers["X-RateLimit-Remaining"] for each in answers] == ["4", "3", "2", "1", "0", "0"]
    assert len({each.headers["X-RateLimit-Bucket"] for each in answers}) == 1
    last = answers[-1]
    assert (last.headers["X-RateLimit-Scope"], last.headers["Via"]) == ("user", "1.1 google")
    body = await last.json()
    assert body["global"] is False
    assert 4 < body["retry_after"] <= 5
    assert limited.too_many == 1


async def test_each_channel_has_a_bucket_of_its_own(
    limited: DiscordServer, session: aiohttp.ClientSession, guild: Guild, lobby: Channel
) -> None:
    other = limited.channel(guild, "other")
    for _ in range(5):
        await post(limited, session, lobby)
    assert (await post(limited, session, other)).status == 200


async def test_the_content_type_is_json_and_nothing_more(
    server: DiscordServer, session: aiohttp.ClientSession, lobby: Channel
) -> None:
    assert (await post(server, session, lobby)).headers["Content-Type"] == "application/json"
    unknown = await call(server, session, "GET", "/nothing/here")
    assert isinstance(unknown, aiohttp.ClientResponse)
    assert (unknown.status, unknown.headers["Content-Type"]) == (404, "application/json")
    assert await unknown.json() == {"message": "404: Not Found", "code": 0}


async def test_fifty_calls_a_second_in_all(
    limited: DiscordServer, session: aiohttp.ClientSession, guild: Guild
) -> None:
    rooms = [limited.channel(guild, f"room {number}") for number in range(60)]
    answers = [await post(limited, session, each) for each in rooms]
    held = [each for each in answers if each.status == 429]
    assert len(held) == 10
    assert (held[0].headers["X-RateLimit-Scope"], held[0].headers["X-RateLimit-Global"]) == ("global", "true")
    assert (await held[0].json())["global"] is True


async def test_the_library_waits_and_never_runs_into_the_limit() -> None:
    async with DiscordServer(tempo=20) as server:
        lobby = server.channel(server.server("De Regenboog"), "lobby")
        async with listening(server) as app:
            room = app.get_partial_messageable(int(lobby.id))
            began = time.monotonic()
            for number in range(12):
                await room.send(str(number))
            assert time.monotonic() - began > 2 * 5 / 20 - 0.1
        assert server.too_many == 0
        assert len(server.posts()) == 12


async def test_a_429_is_waited_out_by_the_library(server: DiscordServer, lobby: Channel, app: App) -> None:
    server.mishaps.chances.retry_after = 0.1
    server.mishaps.next("throttled", "POST /channels/{channel}/messages", times=2)
    await app.get_partial_messageable(int(lobby.id)).send("in the end")
    assert [each.content for each in server.posts()] == ["in the end"]
    assert server.counters.calls["POST /channels/{channel}/messages"] == 3


async def test_a_long_wait_is_raised_when_the_app_asks_for_that(server: DiscordServer, lobby: Channel) -> None:
    server.mishaps.chances.retry_after = 90.0
    async with listening(server, App(max_ratelimit_timeout=60.0)) as app:
        server.mishaps.next("throttled", "POST /channels/{channel}/messages")
        with pytest.raises(RateLimited) as caught:
            await app.get_partial_messageable(int(lobby.id)).send("later")
    assert caught.value.retry_after == 90.0


async def test_an_address_that_errs_too_often_is_held_back(server: DiscordServer, lobby: Channel, app: App) -> None:
    server.pacing.most_invalid = 3
    server.forbid(lobby, "send_messages")
    room = app.get_partial_messageable(int(lobby.id))
    for _ in range(3):
        assert await refusal(room.send("x")) == 50013
    server.permit(lobby, "send_messages")
    with pytest.raises(HTTPException) as caught:
        await room.send("x")
    assert (caught.value.status, caught.value.code, caught.value.text) == (429, 0, "error code: 1015")
    server.pacing.invalid_seconds = 0.0
    await room.send("x")
    assert server.counters.invalid == 3


async def test_opening_conversations_too_fast_is_refused(server: DiscordServer, guild: Guild, app: App) -> None:
    server.pacing.enabled = True
    server.counters.dms_opened = 1000
    someone = server.person(guild, "Someone")
    user = await app.fetch_user(int(someone.id))
    with pytest.raises(HTTPException) as caught:
        await user.send("hello")
    assert (caught.value.status, caught.value.code) == (403, 40003)


async def test_the_app_may_send_so_much_over_the_gateway(server: DiscordServer, app: App) -> None:
    server.pacing.enabled = True
    with addressed(server):
        for _ in range(121):
            await app.ws.send_heartbeat(
                {"op": 3, "d": {"status": "online", "afk": False, "since": 0, "activities": []}}
            )
        for _ in range(100):
            await asyncio.sleep(0.01)
            if server.counters.closes:
                break
    assert server.counters.closes == {4008: 1}


async def test_without_a_token_nothing_is_answered(
    server: DiscordServer, session: aiohttp.ClientSession, lobby: Channel
) -> None:
    async with session.get(f"{server.api_url}/channels/{lobby.id}") as answer:
        assert answer.status == 401
        assert await answer.json() == {"message": "401: Unauthorized", "code": 0}


async def test_where_the_fake_itself_fails_the_test_fails(lobby: Channel) -> None:
    with pytest.raises(KeyError):
        await _broken_inside()


async def _broken_inside() -> None:
    async with DiscordServer() as server, aiohttp.ClientSession() as session:
        room = server.channel(server.server("De Regenboog"), "lobby")
        server.posting.by_nonce["1"] = await server.says(server.world.guilds[room.guild or ""].owner, room, "x")
        server.posting.by_nonce["1"].channel = "nowhere"
        answer = await call(
            server,
            session,
            "POST",
            f"/channels/{room.id}/messages",
            json={"content": "x", "nonce": "1", "enforce_nonce": True},
        )
        assert isinstance(answer, aiohttp.ClientResponse)
        assert answer.status == 501
