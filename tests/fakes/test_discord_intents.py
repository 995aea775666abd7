"""What the app hears and reads with which intents."""

from __future__ import annotations

import asyncio

import pytest
from discord import HTTPException, Intents

from tests.fakes.discord.state import Channel, Guild, Person
from tests.fakes.discord_listening import App, listening, refusal
from tests.fakes.discord_server import DiscordServer

LIGHT = Intents(guilds=True, guild_messages=True, guild_reactions=True, dm_messages=True)
HIDDEN = {"content": "", "attachments": [], "embeds": [], "components": []}


async def test_without_the_content_intent_what_people_write_is_not_read(
    server: DiscordServer, lobby: Channel, bram: Person
) -> None:
    async with listening(server, App(LIGHT)) as app:
        await server.says(bram, lobby, "a secret", files={"plan.txt": b"x"})
        await server.idle()
        [heard] = app.events("MESSAGE_CREATE")
    assert {name: heard[name] for name in HIDDEN} == HIDDEN
    assert heard["author"]["id"] == bram.id


async def test_what_is_said_to_the_app_is_read_all_the_same(
    server: DiscordServer, lobby: Channel, bram: Person
) -> None:
    async with listening(server, App(LIGHT)) as app:
        await server.says(bram, lobby, "hello @Kring")
        await server.says(bram, server.dm(bram), "between us")
        room = app.get_partial_messageable(int(lobby.id))
        await room.send("my own words")
        await server.idle()
        heard = [each["content"] for each in app.events("MESSAGE_CREATE")]
    assert heard == [f"hello <@{server.app.id}>", "between us", "my own words"]


async def test_the_message_that_one_of_the_apps_own_is_answered_with_is_hidden_alone(
    server: DiscordServer, lobby: Channel, bram: Person
) -> None:
    async with listening(server, App(LIGHT)) as app:
        mine = await app.get_partial_messageable(int(lobby.id)).send("my own words")
        own = server.world.channel(lobby).messages[str(mine.id)]
        # an answer mentions whom it answers, unless the person switches that off
        first = await server.says(bram, lobby, "quiet")
        await server.says(bram, lobby, "an answer", reply_to=own)
        await server.says(bram, lobby, "to myself", reply_to=first)
        await server.idle()
        _, _, answer, other = app.events("MESSAGE_CREATE")
    assert answer["content"] == "an answer"
    assert answer["referenced_message"]["content"] == "my own words"
    assert (other["content"], other["referenced_message"]["content"]) == ("", "")


async def test_over_rest_the_switch_of_the_app_decides(server: DiscordServer, lobby: Channel, bram: Person) -> None:
    said = await server.says(bram, lobby, "a secret")
    async with listening(server, App(LIGHT)) as app:
        room = app.get_partial_messageable(int(lobby.id))
        assert (await room.fetch_message(int(said.id))).content == "a secret"
        server.app.intents_allowed.discard("message_content")
        assert (await room.fetch_message(int(said.id))).content == ""


async def test_members_come_and_go_unheard_without_the_intent(server: DiscordServer, guild: Guild) -> None:
    server.channel(guild, "lobby")
    async with listening(server, App(LIGHT)) as app:
        someone = await server.joins(guild, "Chloé")
        await server.leaves(guild, someone)
        await server.idle()
        assert app.names == ["READY", "GUILD_CREATE"]


async def test_all_members_are_asked_for_over_the_gateway(
    server: DiscordServer, guild: Guild, bram: Person, app: App
) -> None:
    for number in range(1200):
        server.person(guild, f"Member {number}")
    found = app.get_guild(int(guild.id))
    assert found is not None
    everybody = await found.chunk()
    assert len(everybody) == len(guild.members) == 1203
    assert [len(each["members"]) for each in app.events("GUILD_MEMBERS_CHUNK")] == [1000, 203]


async def test_some_members_can_be_asked_for_without_the_intent(
    server: DiscordServer, guild: Guild, bram: Person
) -> None:
    async with listening(server, App(LIGHT)) as app:
        found = app.get_guild(int(guild.id))
        assert found is not None
        [by_name] = await found.query_members("br", limit=5)
        assert by_name.id == int(bram.id)
        await app.ws.request_chunks(found.id, user_ids=[int(bram.id), 12], limit=0, nonce="x")
        await server.idle()
        last = app.events("GUILD_MEMBERS_CHUNK")[-1]
        assert [each["user"]["id"] for each in last["members"]] == [bram.id]
        assert last["not_found"] == ["12"]
        before = len(app.frames)
        await app.ws.request_chunks(found.id, query="", limit=0, nonce="y")
        await server.idle()
        assert len(app.frames) == before


async def test_the_whole_list_is_given_once_in_half_a_minute(guild: Guild) -> None:
    async with DiscordServer(tempo=100) as server:
        school = server.server("De Regenboog")
        async with listening(server) as app:
            found = app.get_guild(int(school.id))
            assert found is not None
            await found.chunk(cache=False)
            await app.ws.request_chunks(found.id, query="", limit=0, nonce="again")
            await server.idle()
            [limited] = app.events("RATE_LIMITED")
            assert limited["meta"] == {"guild_id": school.id, "nonce": "again"}
            await asyncio.sleep(limited["retry_after"])
            await app.ws.request_chunks(found.id, query="", limit=0, nonce="later")
            await server.idle()
            assert app.events("GUILD_MEMBERS_CHUNK")[-1]["nonce"] == "later"


async def test_the_list_of_members_over_rest_needs_the_intent(
    server: DiscordServer, guild: Guild, bram: Person, app: App
) -> None:
    found = app.get_guild(int(guild.id))
    assert found is not None
    assert {each.name async for each in found.fetch_members()} == {"kring", "bram", "owner_of_de_regenboog"}
    server.app.intents_allowed.discard("members")
    assert await refusal(app.http.get_members(found.id, 10, None)) == 50001
    assert (await found.fetch_member(int(bram.id))).display_name == "Bram"


async def test_the_flags_of_the_application_tell_the_switches(server: DiscordServer, app: App) -> None:
    about = await app.application_info()
    assert about.flags.gateway_guild_members_limited
    assert about.flags.gateway_message_content_limited
    assert not about.flags.gateway_presence_limited
    server.app.intents_allowed.clear()
    server.app.verified = True
    assert (await app.application_info()).flags.value == 0


async def test_the_gateway_tells_how_many_shards_and_sessions(server: DiscordServer, app: App) -> None:
    shards, url, limit = await app.http.get_bot_gateway()
    assert shards == 1
    assert url.startswith(server.gateway_url)
    assert (limit["remaining"], limit["max_concurrency"]) == (999, 1)


async def test_who_is_not_there_is_not_found(server: DiscordServer, guild: Guild, app: App) -> None:
    with pytest.raises(HTTPException) as caught:
        await app.fetch_user(12)
    assert caught.value.code == 10013
    found = app.get_guild(int(guild.id))
    assert found is not None
    stranger = server.person(server.server("Elsewhere"), "Stranger")
    assert await refusal(found.fetch_member(int(stranger.id))) == 10007
    assert await refusal(app.fetch_guild(12)) == 10004
