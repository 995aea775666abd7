"""The gateway: sessions begin, break and are taken up again, as discord.py lives through it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from discord import AutoShardedClient, ConnectionClosed, Intents, LoginFailure, PrivilegedIntentsRequired

from tests.fakes.discord.state import Channel, Guild, Person
from tests.fakes.discord_listening import App, addressed, listening, until
from tests.fakes.discord_server import DiscordServer


async def test_a_session_begins_with_ready_and_the_servers(server: DiscordServer, guild: Guild, app: App) -> None:
    assert app.names == ["READY", "GUILD_CREATE"]
    ready, whole = app.events("READY")[0], app.events("GUILD_CREATE")[0]
    assert ready["guilds"] == [{"id": guild.id, "unavailable": True}]
    assert whole["name"] == "De Regenboog"
    assert app.get_guild(int(guild.id)) is not None
    assert app.user is not None
    assert str(app.user.id) == server.app.id
    assert server.connected == 1


async def test_without_the_presences_intent_only_the_app_itself_is_among_the_members(app: App, bram: Person) -> None:
    whole = app.events("GUILD_CREATE")[0]
    assert [each["user"]["username"] for each in whole["members"]] == ["kring"]
    assert whole["member_count"] == 2


async def test_what_happens_while_the_socket_is_broken_comes_with_the_resume(
    server: DiscordServer, lobby: Channel, bram: Person, app: App
) -> None:
    await server.cut_sockets()
    assert server.connected == 0
    await server.says(bram, lobby, "while you were away")
    await server.idle()
    assert [each["content"] for each in app.events("MESSAGE_CREATE")] == ["while you were away"]
    assert app.names[-2:] == ["MESSAGE_CREATE", "RESUMED"]
    assert (server.counters.identified, server.counters.resumed, server.counters.replayed) == (1, 1, 1)


async def test_nothing_is_replayed_that_was_read(server: DiscordServer, lobby: Channel, bram: Person, app: App) -> None:
    await server.says(bram, lobby, "before")
    await server.idle()
    await server.cut_sockets()
    await until(lambda: server.connected)
    await server.idle()
    assert len(app.events("MESSAGE_CREATE")) == 1
    assert server.counters.replayed == 0


async def test_numbers_go_up_by_one(server: DiscordServer, lobby: Channel, bram: Person, app: App) -> None:
    for number in range(5):
        await server.says(bram, lobby, str(number))
    await server.cut_sockets()
    await server.says(bram, lobby, "5")
    await server.idle()
    numbers = [each["s"] for each in app.frames if each["op"] == 0]
    assert numbers == list(range(1, len(numbers) + 1))


async def test_reconnect_is_followed_by_a_resume(server: DiscordServer, lobby: Channel, bram: Person, app: App) -> None:
    await server.reconnect()
    await until(lambda: server.counters.resumed)
    await server.says(bram, lobby, "after")
    await server.idle()
    assert 7 in app.ops
    assert len(app.events("MESSAGE_CREATE")) == 1
    assert server.counters.identified == 1


async def test_an_invalid_session_that_can_be_resumed_is(server: DiscordServer, app: App) -> None:
    await server.invalidate(resumable=True)
    await until(lambda: server.counters.resumed)
    assert server.counters.identified == 1


async def test_an_invalid_session_is_begun_anew_and_what_happened_between_is_lost(
    server: DiscordServer, lobby: Channel, bram: Person, app: App
) -> None:
    await server.invalidate()
    await server.says(bram, lobby, "nobody hears this")
    await until(lambda: server.connected)
    await server.idle()
    assert server.counters.identified == 2
    assert server.counters.unheard == 1
    assert app.events("MESSAGE_CREATE") == []
    assert app.names.count("READY") == 2


async def test_a_session_waits_only_so_long(server: DiscordServer, lobby: Channel, bram: Person, app: App) -> None:
    server.gateway.resume_seconds = 0.0
    await server.cut_sockets()
    await until(lambda: server.connected)
    await server.idle()
    assert (server.counters.identified, server.counters.resumed) == (2, 0)
    assert 9 in app.ops


@pytest.mark.parametrize("code", [4000, 4001, 4002, 4008, 1001])
async def test_after_these_codes_the_client_comes_back(server: DiscordServer, app: App, code: int) -> None:
    await server.close_sockets(code)
    await until(lambda: server.connected)
    assert server.counters.closes == {code: 1}


async def test_a_wrong_token_is_refused(server: DiscordServer) -> None:
    app = App()
    with addressed(server), pytest.raises(LoginFailure):
        await app.start("wrong")
    await app.close()


async def _connects_again(server: DiscordServer, after: Callable[[], None]) -> None:
    """An app whose session is lost after something has changed; what ends it is raised."""
    async with listening(server) as app:
        assert server.gateway.starts_left == 999
        after()
        await server.invalidate()
        await until(app.is_closed)


async def test_a_token_that_was_reset_ends_the_app_at_its_next_connection(server: DiscordServer) -> None:
    with pytest.raises(ConnectionClosed) as caught:
        await _connects_again(server, lambda: setattr(server.app, "token", "another"))
    assert caught.value.code == 4004


async def test_intents_that_are_not_switched_on_are_refused() -> None:
    async with DiscordServer(intents_allowed=["members"], limits=False) as server:
        server.server("De Regenboog")
        with pytest.raises(PrivilegedIntentsRequired):
            async with listening(server, App(Intents(guilds=True, message_content=True))):
                pass
        assert server.counters.closes == {4014: 1}
        async with listening(server, App(Intents(guilds=True, members=True))) as app:
            assert app.guilds


async def test_the_last_session_of_the_day_takes_the_token_away(server: DiscordServer) -> None:
    token = server.app.token
    with pytest.raises(ConnectionClosed):
        await _connects_again(server, lambda: setattr(server.gateway, "starts_left", 0))
    assert server.counters.closes == {4004: 1}
    assert server.app.token != token


async def test_sessions_may_not_follow_on_each_other_too_fast() -> None:
    async with DiscordServer(tempo=20) as server:
        server.server("De Regenboog")
        async with listening(server) as app:
            await server.invalidate()
            await until(lambda: app.ops.count(9) >= 2)
            await until(lambda: server.connected)
        assert server.counters.identified == 2


async def test_who_does_not_beat_is_closed() -> None:
    async with DiscordServer(limits=False, heartbeat=0.1) as server, listening(server) as app:
        await until(lambda: server.counters.heartbeats > 3)
        assert server.counters.closes == {}
        assert app.ws._keep_alive is not None
        app.ws._keep_alive.stop()
        await until(lambda: server.counters.closes)
        assert server.counters.closes == {4000: 1}
        await until(lambda: server.counters.resumed)


async def test_servers_that_the_app_joins_later_come_of_themselves(server: DiscordServer, app: App) -> None:
    other = server.server("Tweede school")
    await server.idle()
    assert app.get_guild(int(other.id)) is not None


async def test_idle_waits_for_a_client_that_is_away_and_says_so(
    server: DiscordServer, lobby: Channel, bram: Person, app: App
) -> None:
    server.mishaps.chances.handshake = 1.0
    await server.cut_sockets()
    await server.says(bram, lobby, "hello")
    with pytest.raises(TimeoutError, match="1 events for session"):
        await server.idle(0.3)
    server.mishaps.none()
    await server.idle()
    assert len(app.events("MESSAGE_CREATE")) == 1


async def test_discord_goes_away_and_comes_back(server: DiscordServer, lobby: Channel, bram: Person, app: App) -> None:
    port = int(server.address.rsplit(":", 1)[1])
    await server.stop()
    await server.says(bram, lobby, "nobody was there")
    await server.start(port)
    await until(lambda: server.connected, 10)
    await server.idle()
    assert [each["content"] for each in app.events("MESSAGE_CREATE")] == ["nobody was there"]


async def test_a_sharded_client_hears_from_each_shard(server: DiscordServer, guild: Guild, bram: Person) -> None:
    class Sharded(AutoShardedClient):
        async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
            """The library waits five seconds between two shards."""

    app = Sharded(intents=Intents(guilds=True), shard_count=2, guild_ready_timeout=0.05, max_messages=None)
    with addressed(server):
        running = asyncio.create_task(app.start(server.app.token))
        await until(lambda: server.connected == 2)
        await until(lambda: app.get_guild(int(guild.id)))
        assert app.get_guild(int(guild.id)).shard_id == (int(guild.id) >> 22) % 2  # type: ignore[union-attr]
        await app.close()
        await running
    assert sorted(each.shard for each in server.gateway.sessions.values()) == []
