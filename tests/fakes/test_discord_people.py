"""People come and go, talk, moderate; what the app hears of it."""

from __future__ import annotations

import pytest

from tests.fakes.discord.people import ClientRefusal
from tests.fakes.discord.state import Channel, Guild, Person
from tests.fakes.discord_listening import App, refusal, until
from tests.fakes.discord_server import DiscordServer


async def test_what_people_write_change_and_delete_is_heard(
    server: DiscordServer, bram: Person, lobby: Channel, app: App
) -> None:
    said = await server.says(bram, lobby, "helo")
    await server.edits(bram, said, "hello")
    await server.deletes(bram, said)
    await server.idle()
    assert app.names[2:] == ["MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE"]
    [update] = app.events("MESSAGE_UPDATE")
    assert (update["content"], update["member"]["nick"], update["edited_timestamp"] is None) == ("hello", None, False)
    assert app.events("MESSAGE_DELETE")[0]["id"] == said.id


async def test_only_ones_own_messages_are_changed(
    server: DiscordServer, guild: Guild, bram: Person, lobby: Channel
) -> None:
    chloe = server.person(guild, "Chloé")
    said = await server.says(bram, lobby, "mine")
    with pytest.raises(ClientRefusal):
        await server.edits(chloe, said, "mine now")
    with pytest.raises(ClientRefusal):
        await server.deletes(chloe, said)
    await server.deletes(guild.owner, said)
    with pytest.raises(ClientRefusal, match="gone"):
        await server.reacts(chloe, said, "👍")


async def test_moderators_delete_many_at_once(server: DiscordServer, guild: Guild, bram: Person, app: App) -> None:
    room = server.channel(guild, "busy")
    said = [await server.says(bram, room, str(number)) for number in range(3)]
    await server.bulk_deletes(guild.owner, said)
    await server.idle()
    assert app.events("MESSAGE_DELETE_BULK")[0]["ids"] == [each.id for each in said]
    assert server.sees(bram, room) == []


async def test_members_come_change_and_go(server: DiscordServer, guild: Guild, app: App) -> None:
    chloe = await server.joins(guild, "Chloé", locale="fr", pending=True)
    await server.passes_screening(guild, chloe)
    await server.renames_themselves(guild, chloe, "Chlo")
    role = server.role(guild, "teachers")
    await server.gets_role(chloe, role)
    await server.loses_role(chloe, role)
    await server.leaves(guild, chloe)
    await server.joins(guild, chloe)
    await server.bans(guild, chloe)
    await server.idle()
    assert app.names[2:] == [
        "GUILD_MEMBER_ADD",
        "GUILD_MEMBER_UPDATE",
        "GUILD_MEMBER_UPDATE",
        "GUILD_ROLE_CREATE",
        "GUILD_MEMBER_UPDATE",
        "GUILD_MEMBER_UPDATE",
        "GUILD_MEMBER_REMOVE",
        "GUILD_MEMBER_ADD",
        "GUILD_BAN_ADD",
        "GUILD_MEMBER_REMOVE",
    ]
    first, second, *_ = app.events("GUILD_MEMBER_UPDATE")
    assert (app.events("GUILD_MEMBER_ADD")[0]["pending"], first["pending"], second["nick"]) == (True, False, "Chlo")
    with pytest.raises(ClientRefusal, match="banned"):
        await server.joins(guild, chloe)
    await server.unbans(guild, chloe)
    await server.joins(guild, chloe)


async def test_who_left_sees_and_writes_nothing(
    server: DiscordServer, guild: Guild, bram: Person, lobby: Channel
) -> None:
    await server.leaves(guild, bram)
    with pytest.raises(ClientRefusal):
        await server.says(bram, lobby, "hello?")
    with pytest.raises(ClientRefusal):
        server.sees(bram, lobby)


async def test_channels_are_renamed_and_deleted_with_their_threads(
    server: DiscordServer, bram: Person, lobby: Channel, app: App
) -> None:
    thread = await server.opens_thread(bram, lobby, "x")
    await server.renames(lobby, "salon")
    await server.deletes_channel(lobby)
    await server.idle()
    assert app.events("CHANNEL_UPDATE")[0]["name"] == "salon"
    assert app.events("CHANNEL_DELETE")[0]["id"] == lobby.id
    for gone in (lobby, thread):
        assert await refusal(app.fetch_channel(int(gone.id))) == 10003
    with pytest.raises(ClientRefusal, match="gone"):
        server.sees(bram, lobby)


async def test_the_app_is_thrown_out_and_comes_back(
    server: DiscordServer, guild: Guild, bram: Person, lobby: Channel, app: App
) -> None:
    await server.kicks_bot(guild)
    await server.says(bram, lobby, "without it")
    await server.idle()
    assert app.events("GUILD_DELETE") == [{"id": guild.id}]
    assert app.events("MESSAGE_CREATE") == []
    assert not app.guilds
    assert await refusal(app.get_partial_messageable(int(lobby.id)).send("x")) == 50001
    server.install(guild)
    await server.idle()
    await app.get_partial_messageable(int(lobby.id)).send("back")
    assert [each.text for each in server.sees(bram, lobby)] == ["without it", "back"]


async def test_the_app_leaves_by_itself(server: DiscordServer, guild: Guild, app: App) -> None:
    found = app.get_guild(int(guild.id))
    assert found is not None
    await found.leave()
    await server.idle()
    assert not guild.has_app
    assert await refusal(app.fetch_guild(found.id)) == 10004


async def test_an_outage_of_a_server_is_no_farewell(
    server: DiscordServer, guild: Guild, bram: Person, lobby: Channel, app: App
) -> None:
    await server.goes_down(guild)
    await server.idle()
    assert app.events("GUILD_DELETE") == [{"id": guild.id, "unavailable": True}]
    assert await refusal(app.get_partial_messageable(int(lobby.id)).send("x")) == 50001
    await server.comes_back(guild)
    await server.idle()
    await app.get_partial_messageable(int(lobby.id)).send("again")


async def test_a_deleted_server_is_gone(server: DiscordServer, guild: Guild, lobby: Channel, app: App) -> None:
    await server.deletes_server(guild)
    await until(lambda: not app.guilds)
    assert await refusal(app.fetch_channel(int(lobby.id))) == 10003


async def test_direct_conversations_are_between_two(
    server: DiscordServer, guild: Guild, bram: Person, app: App
) -> None:
    chloe = server.person(guild, "Chloé")
    await server.says(bram, server.dm(bram), "psst")
    await server.idle()
    [heard] = app.events("MESSAGE_CREATE")
    assert "guild_id" not in heard
    user = await app.fetch_user(int(bram.id))
    await user.send("yes?")
    assert [each.text for each in server.sees(bram, server.dm(bram))] == ["psst", "yes?"]
    with pytest.raises(ClientRefusal):
        server.sees(chloe, server.dm(bram))
    assert server.dm(bram) in server.channels(bram)
    assert [each.text for each in server.everything(bram)] == ["psst", "yes?"]


async def test_roles_change_and_go(server: DiscordServer, guild: Guild, bram: Person, app: App) -> None:
    role = server.role(guild, "teachers")
    await server.gets_role(bram, role)
    await server.changes_role(role, name="staff")
    await server.deletes_role(role)
    await server.idle()
    assert app.events("GUILD_ROLE_UPDATE")[0]["role"]["name"] == "staff"
    assert app.events("GUILD_ROLE_DELETE")[0]["role_id"] == role.id
    assert guild.members[bram.id].roles == []


async def test_the_channels_of_a_category_outlive_it(server: DiscordServer, guild: Guild, app: App) -> None:
    category = server.channel(guild, "rooms", kind="category")
    inside = server.channel(guild, "inside", within=category)
    await server.deletes_channel(category)
    await server.idle()
    assert inside.parent is None
    assert app.events("CHANNEL_UPDATE")[0]["id"] == inside.id
