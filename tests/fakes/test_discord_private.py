"""Private threads in the fake Discord, by the real library: who sees them, who lets in, what is told of them."""

from __future__ import annotations

import pytest
from discord import ChannelType, Object, TextChannel, Thread

from tests.fakes.discord.people import ClientRefusal
from tests.fakes.discord.state import Channel, Guild, Person
from tests.fakes.discord_listening import App, listening, refusal
from tests.fakes.discord_server import DiscordServer


@pytest.fixture
def room(app: App, lobby: Channel) -> TextChannel:
    found = app.get_channel(int(lobby.id))
    assert isinstance(found, TextChannel)
    return found


@pytest.fixture
def chloe(server: DiscordServer, guild: Guild) -> Person:
    return server.person(guild, "Chloé")


async def test_a_private_thread_is_seen_by_who_is_in_it(
    server: DiscordServer, bram: Person, chloe: Person, room: TextChannel
) -> None:
    thread = await room.create_thread(name="A circle", invitable=False)
    assert thread.type is ChannelType.private_thread
    with pytest.raises(ClientRefusal):
        server.sees(bram, thread.id)
    await thread.add_user(Object(int(bram.id)))
    await thread.send("just us")
    assert [each.text for each in server.sees(bram, thread.id)] == ["", "just us"]
    with pytest.raises(ClientRefusal):
        server.sees(chloe, thread.id)
    await thread.send(f"come in, <@{chloe.id}>")
    assert server.sees(chloe, thread.id)
    await thread.remove_user(Object(int(chloe.id)))
    with pytest.raises(ClientRefusal):
        server.sees(chloe, thread.id)
    assert {each.id for each in await thread.fetch_members()} == {int(server.app.id), int(bram.id)}


async def test_private_threads_of_others_are_not_there_for_the_app(
    server: DiscordServer, bram: Person, lobby: Channel, app: App
) -> None:
    thread = await server.opens_thread(bram, lobby, "Among us", private=True, text="psst")
    await server.idle()
    assert "THREAD_CREATE" not in app.names
    assert await refusal(app.fetch_channel(int(thread.id))) == 50001
    await server.adds_to_thread(bram, thread, server.app.bot)
    await server.idle()
    assert app.events("THREAD_CREATE")[0]["member"]["user_id"] == server.app.id
    assert (await app.fetch_channel(int(thread.id))).name == "Among us"  # type: ignore[union-attr]


async def test_who_was_let_in_or_taken_out_stands_there(
    server: DiscordServer, bram: Person, app: App, room: TextChannel
) -> None:
    thread = await room.create_thread(name="A circle", invitable=False)
    for _ in range(2):  # "or was already a member"
        await thread.add_user(Object(int(bram.id)))
    for _ in range(2):
        await thread.remove_user(Object(int(bram.id)))
    await server.idle()
    told = [(each["type"], [who["id"] for who in each["mentions"]]) for each in app.events("MESSAGE_CREATE")]
    assert told == [(1, [bram.id]), (2, [bram.id])]
    _, added, removed = app.events("THREAD_MEMBERS_UPDATE")
    assert [each["user_id"] for each in added["added_members"]] == [bram.id]
    assert removed["removed_member_ids"] == [bram.id]


async def test_who_is_let_in_lets_nobody_in_unless_it_is_open(
    server: DiscordServer, guild: Guild, bram: Person, chloe: Person, room: TextChannel
) -> None:
    closed = await room.create_thread(name="A circle", invitable=False)
    open_ = await room.create_thread(name="An open circle")
    for thread in (closed, open_):
        await thread.add_user(Object(int(bram.id)))
    with pytest.raises(ClientRefusal):
        await server.adds_to_thread(bram, closed.id, chloe)
    await server.says(bram, closed.id, "Come in, @Chloé")
    with pytest.raises(ClientRefusal):
        await server.removes_from_thread(bram, closed.id, server.app.bot)
    with pytest.raises(ClientRefusal):
        server.sees(chloe, closed.id)
    await server.adds_to_thread(bram, open_.id, chloe)
    assert server.sees(chloe, open_.id)
    await server.adds_to_thread(guild.owner, closed.id, chloe)
    assert server.sees(chloe, closed.id), "the owner moderates"


async def test_moderators_read_what_they_are_not_in(
    server: DiscordServer, guild: Guild, chloe: Person, room: TextChannel
) -> None:
    """https://docs.discord.com/developers/topics/threads#permissions"""
    thread = await room.create_thread(name="A circle", invitable=False)
    await thread.send("just us")
    await server.gets_role(chloe, server.role(guild, "Moderators", rights=["manage_threads"]))
    assert [each.text for each in server.sees(chloe, thread.id)] == ["just us"]
    assert chloe.id not in server.world.channels[str(thread.id)].members


async def test_what_is_said_there_is_told_to_who_is_in_it(
    server: DiscordServer, bram: Person, lobby: Channel, app: App
) -> None:
    theirs = await server.opens_thread(bram, lobby, "Among us", private=True, text="psst")
    await server.idle()
    assert not app.events("MESSAGE_CREATE")
    await server.adds_to_thread(bram, theirs, server.app.bot)
    await server.says(bram, theirs, "you too")
    await server.idle()
    assert [each["content"] for each in app.events("MESSAGE_CREATE")] == ["", "you too"]
    await server.removes_from_thread(bram, theirs, server.app.bot)
    await server.says(bram, theirs, "without you")
    await server.idle()
    assert "without you" not in [each["content"] for each in app.events("MESSAGE_CREATE")]
    assert app.events("THREAD_MEMBERS_UPDATE")[-1]["removed_member_ids"] == [server.app.id]


@pytest.mark.parametrize("kind", ["news", "forum"])
async def test_they_are_in_ordinary_channels_only(server: DiscordServer, guild: Guild, kind: str) -> None:
    made = server.channel(guild, "elsewhere", kind=kind)
    async with listening(server) as app:
        body = {"name": "A circle", "type": 12, "auto_archive_duration": 60}
        assert await refusal(app.http.start_thread_without_message(int(made.id), **body)) == 50035


async def test_it_takes_the_right_to_open_them(server: DiscordServer, lobby: Channel, room: TextChannel) -> None:
    server.forbid(lobby, "create_private_threads")
    assert await refusal(room.create_thread(name="A circle")) == 50013
    server.permit(lobby, "create_private_threads")
    assert isinstance(await room.create_thread(name="A circle"), Thread)
