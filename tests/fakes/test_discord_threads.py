"""Threads and posts in forums."""

from __future__ import annotations

import pytest
from discord import ChannelType, ForumChannel, TextChannel, Thread

from tests.fakes.discord.people import ClientRefusal
from tests.fakes.discord.state import Channel, Guild, Person
from tests.fakes.discord_listening import App, listening, refusal
from tests.fakes.discord_server import DiscordServer


@pytest.fixture
def room(app: App, lobby: Channel) -> TextChannel:
    found = app.get_channel(int(lobby.id))
    assert isinstance(found, TextChannel)
    return found


def place(server: DiscordServer, thread: Thread) -> Channel:
    return server.world.channel(thread.id)


async def test_a_thread_from_a_message_has_its_id(
    server: DiscordServer, bram: Person, lobby: Channel, app: App, room: TextChannel
) -> None:
    sent = await room.send("a question")
    thread = await sent.create_thread(name="Answers", auto_archive_duration=1440)
    await thread.send("first")
    await server.says(bram, thread.id, "second")
    await server.idle()
    assert thread.id == sent.id
    [top] = server.sees(bram, lobby)
    assert (top.thread, top.replies) == (str(thread.id), 2)
    assert [each.text for each in server.sees(bram, lobby, thread=top)] == ["a question", "first", "second"]
    assert place(server, thread).auto_archive == 1440
    assert set(place(server, thread).members) == {server.app.id, bram.id}
    assert app.names.count("THREAD_CREATE") == 1
    assert await refusal(sent.create_thread(name="Another")) == 160004


async def test_a_thread_that_loses_its_message_stays(server: DiscordServer, bram: Person, room: TextChannel) -> None:
    sent = await room.send("a question")
    thread = await sent.create_thread(name="Answers")
    await sent.delete()
    await thread.send("still here")
    assert [each.text for each in server.sees(bram, place(server, thread))] == ["", "still here"]


async def test_a_message_wakes_an_archived_thread(
    server: DiscordServer, bram: Person, lobby: Channel, app: App, room: TextChannel
) -> None:
    thread = await (await room.send("a question")).create_thread(name="Answers")
    message = await thread.send("first")
    await server.falls_asleep(thread.id)
    assert await refusal(message.edit(content="later")) == 50083
    assert await refusal(message.add_reaction("👍")) == 50083
    assert await refusal(thread.edit(name="Other")) == 50083
    await server.says(bram, thread.id, "anyone?")
    await server.idle()
    assert not place(server, thread).archived
    assert [each["thread_metadata"]["archived"] for each in app.events("THREAD_UPDATE")] == [True, False]
    await message.edit(content="later")


async def test_a_locked_thread_takes_nothing_but_from_moderators(
    server: DiscordServer, guild: Guild, bram: Person, lobby: Channel, room: TextChannel
) -> None:
    thread = await (await room.send("a question")).create_thread(name="Answers")
    await server.says(bram, thread.id, "in time")
    await server.locks(guild.owner, thread.id)
    assert await refusal(thread.send("too late")) == 50083
    assert await refusal(thread.edit(archived=False)) == 50013
    with pytest.raises(ClientRefusal, match="locked"):
        await server.says(bram, thread.id, "too late")
    server.permit(lobby, "manage_threads")
    await thread.edit(archived=False, locked=False)
    await server.says(bram, thread.id, "again")


async def test_only_who_opened_it_or_moderates_changes_a_thread(
    server: DiscordServer, bram: Person, lobby: Channel, app: App
) -> None:
    theirs = await server.opens_thread(bram, lobby, "Theirs")
    thread = await app.fetch_channel(int(theirs.id))
    assert isinstance(thread, Thread)
    assert await refusal(thread.edit(name="Ours")) == 50013
    assert await refusal(thread.edit(archived=True)) == 50013
    assert await refusal(thread.delete()) == 50013
    server.permit(lobby, "manage_threads")
    await thread.edit(name="Ours", slowmode_delay=5)
    assert (theirs.name, theirs.slow_mode) == ("Ours", 5)
    await thread.delete()
    assert await refusal(app.fetch_channel(int(theirs.id))) == 10003


async def test_threads_are_listed_active_and_archived(
    server: DiscordServer, guild: Guild, bram: Person, lobby: Channel, app: App, room: TextChannel
) -> None:
    awake = await room.create_thread(name="Awake", type=ChannelType.public_thread)
    asleep = await room.create_thread(name="Asleep", type=ChannelType.public_thread)
    private = await room.create_thread(name="Private")
    for each in (asleep, private):
        await each.edit(archived=True)
    found = app.get_guild(int(guild.id))
    assert found is not None
    assert [each.id for each in await found.active_threads()] == [awake.id]
    assert [each.id async for each in room.archived_threads()] == [asleep.id]
    assert [each.id async for each in room.archived_threads(private=True, joined=True)] == [private.id]
    assert await refusal(anext(room.archived_threads(private=True))) == 50013


async def test_slow_mode_holds_people_back_and_not_the_app(
    server: DiscordServer, bram: Person, lobby: Channel, room: TextChannel
) -> None:
    await server.sets_slow_mode(lobby, 60)
    await server.says(bram, lobby, "one")
    with pytest.raises(ClientRefusal, match="slow mode"):
        await server.says(bram, lobby, "two")
    await room.send("one")
    await room.send("two")


async def test_a_forum_takes_posts_with_tags(server: DiscordServer, guild: Guild, bram: Person, app: App) -> None:
    forum = server.channel(guild, "know-how", kind="forum", tags=["maths", "reading"], tag_required=True)
    await server.idle()
    found = app.get_channel(int(forum.id))
    assert isinstance(found, ForumChannel)
    assert await refusal(found.create_thread(name="Fractions", content="With pizza.")) == 40067
    assert await refusal(found.create_thread(name="Fractions", content="x" * 2001, applied_tags=_tags(found))) == 50035
    assert server.opening.active(guild.id) == []
    made = await found.create_thread(name="Fractions", content="With pizza.", applied_tags=_tags(found))
    assert made.message.id == made.thread.id
    assert place(server, made.thread).applied_tags == [forum.tags[0].id]
    assert [each.text for each in server.sees(bram, made.thread.id)] == ["With pizza."]
    theirs = await server.posts_in_forum(bram, forum, "Reading aloud", "Every day.", tags=["reading"])
    await server.idle()
    assert app.events("THREAD_CREATE")[-1]["applied_tags"] == theirs.applied_tags == [forum.tags[1].id]


def _tags(forum: ForumChannel) -> list[object]:
    return [forum.available_tags[0]]


async def test_the_app_hears_who_is_in_a_thread(
    server: DiscordServer, bram: Person, lobby: Channel, app: App, room: TextChannel
) -> None:
    thread = await room.create_thread(name="x", type=ChannelType.public_thread)
    await server.joins_thread(bram, thread.id)
    await server.leaves_thread(bram, thread.id)
    await server.idle()
    added, joined, left = app.events("THREAD_MEMBERS_UPDATE")
    assert [each["user_id"] for each in added["added_members"]] == [server.app.id]
    assert [each["user_id"] for each in joined["added_members"]] == [bram.id]
    assert left["removed_member_ids"] == [bram.id]


async def test_anybody_who_may_write_wakes_a_thread_that_is_not_locked(
    server: DiscordServer, bram: Person, lobby: Channel, app: App
) -> None:
    theirs = await server.opens_thread(bram, lobby, "Theirs")
    await server.falls_asleep(theirs)
    thread = await app.fetch_channel(int(theirs.id))
    assert isinstance(thread, Thread)
    await thread.edit(archived=False)
    assert not theirs.archived


async def test_threads_are_told_when_the_app_comes_to_see_their_channel(
    server: DiscordServer, bram: Person, lobby: Channel, app: App
) -> None:
    thread = await server.opens_thread(bram, lobby, "Theirs")
    server.forbid(lobby, "view_channel")
    server.permit(lobby, "view_channel")
    await server.idle()
    assert [each["id"] for each in app.events("THREAD_LIST_SYNC")[0]["threads"]] == [thread.id]


async def test_active_threads_come_with_their_server(server: DiscordServer, bram: Person, lobby: Channel) -> None:
    mine = await server.opens_thread(bram, lobby, "Awake")
    await server.adds_to_thread(bram, mine, server.app.bot)
    asleep = await server.opens_thread(bram, lobby, "Asleep")
    await server.falls_asleep(asleep)
    await server.opens_thread(bram, lobby, "Hidden", private=True)
    async with listening(server) as app:
        [told] = app.events("GUILD_CREATE")[0]["threads"]
    assert told["id"] == mine.id
    assert set(told["member"]) == {"join_timestamp", "flags", "muted"}


async def test_in_a_locked_thread_that_is_awake_reactions_go_and_words_do_not(
    server: DiscordServer, guild: Guild, room: TextChannel
) -> None:
    thread = await (await room.send("a question")).create_thread(name="Answers")
    message = await thread.send("first")
    await server.locks(guild.owner, thread.id)
    assert await refusal(message.delete()) == 50083
    place(server, thread).archived = False
    await message.add_reaction("👍")
    assert await refusal(message.edit(content="other")) == 160005
    assert await refusal(thread.send("second")) == 160005
    await message.delete()


async def test_a_thread_that_is_silent_for_long_falls_asleep() -> None:
    moment = 1_800_000_000.0
    async with DiscordServer(limits=False, wall=lambda: moment) as server:
        guild = server.server("De Regenboog")
        lobby = server.channel(guild, "lobby")
        async with listening(server) as app:
            room = app.get_channel(int(lobby.id))
            assert isinstance(room, TextChannel)
            thread = await room.create_thread(name="A circle", auto_archive_duration=60)
            message = await thread.send("first")
            moment += 6 * 86400
            await message.edit(content="in time")
            moment += 2 * 86400
            assert await refusal(message.edit(content="too late")) == 50083
            await server.idle()
            assert [each["thread_metadata"]["archived"] for each in app.events("THREAD_UPDATE")] == [True]
            await thread.send("awake again")
            await message.edit(content="now")
