"""What the app may do where, and what it is told when it may not."""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from discord import Embed, File, TextChannel

from tests.fakes.discord.people import allow, deny
from tests.fakes.discord.permissions import EVERYTHING, Can
from tests.fakes.discord.state import Channel, Guild, Person
from tests.fakes.discord_listening import App, refusal
from tests.fakes.discord_server import DiscordServer

Act = Callable[[TextChannel], Awaitable[Any]]


@pytest.fixture
def room(app: App, lobby: Channel) -> TextChannel:
    found = app.get_channel(int(lobby.id))
    assert isinstance(found, TextChannel)
    return found


async def _react(room: TextChannel) -> None:
    [message] = [each async for each in room.history(limit=1)]
    await message.add_reaction("👍")


async def _thread(room: TextChannel) -> None:
    [message] = [each async for each in room.history(limit=1)]
    await message.create_thread(name="A thread")


@pytest.mark.parametrize(
    ("right", "act", "code"),
    [
        ("view_channel", lambda room: room.send("x"), 50001),
        ("send_messages", lambda room: room.send("x"), 50013),
        ("embed_links", lambda room: room.send(embed=Embed(title="x")), 50013),
        ("attach_files", lambda room: room.send(file=File(io.BytesIO(b"x"), "x.txt")), 50013),
        ("add_reactions", _react, 50013),
        ("create_public_threads", _thread, 50013),
        ("create_private_threads", lambda room: room.create_thread(name="x"), 50013),
        ("manage_channels", lambda room: room.edit(name="x"), 50013),
        ("manage_channels", lambda room: room.delete(), 50013),
        ("manage_channels", lambda room: room.guild.create_text_channel("x"), 50013),
    ],
)
async def test_without_the_right_it_is_refused(
    server: DiscordServer,
    guild: Guild,
    bram: Person,
    lobby: Channel,
    room: TextChannel,
    right: str,
    act: Act,
    code: int,
) -> None:
    await server.says(bram, lobby, "something to act on")
    server.permit(guild, "manage_channels")
    server.forbid(lobby, right)
    server.forbid(guild, "manage_channels")
    assert await refusal(act(room)) == code
    server.permit(guild, "manage_channels")
    server.permit(lobby, right)
    await act(room)


async def test_in_threads_another_right_counts(server: DiscordServer, lobby: Channel, room: TextChannel) -> None:
    thread = await room.create_thread(name="x")
    server.forbid(lobby, "send_messages")
    await thread.send("still")
    server.forbid(lobby, "send_messages_in_threads")
    assert await refusal(thread.send("no longer")) == 50013


async def test_reaction_to_what_others_reacted_to_needs_no_right(
    server: DiscordServer, bram: Person, lobby: Channel, room: TextChannel
) -> None:
    said = await server.says(bram, lobby, "well?")
    await server.reacts(bram, said, "👍")
    server.forbid(lobby, "add_reactions")
    await room.get_partial_message(int(said.id)).add_reaction("👍")


async def test_overwrites_go_from_everybody_over_roles_to_the_person(
    server: DiscordServer, guild: Guild, bram: Person
) -> None:
    teachers, guests = server.role(guild, "teachers"), server.role(guild, "guests")
    await server.gets_role(bram, teachers)
    await server.gets_role(bram, guests)
    hidden = server.channel(guild, "hidden", overwrites=[deny(guild.everyone, "view_channel", "add_reactions")])
    assert not server.world.may(bram, hidden, Can.VIEW_CHANNEL)
    hidden.overwrites[guests.id] = deny(guests, "view_channel")
    hidden.overwrites[teachers.id] = allow(teachers, "view_channel")
    assert server.world.may(bram, hidden, Can.VIEW_CHANNEL)
    hidden.overwrites[bram.id] = deny(bram, "view_channel")
    assert server.world.rights(bram, hidden) == 0
    assert server.world.rights(guild.owner, hidden) == EVERYTHING


async def test_administrators_may_everything(server: DiscordServer, guild: Guild, bram: Person) -> None:
    hidden = server.channel(guild, "hidden", overwrites=server.private_to(guild))
    await server.gets_role(bram, server.role(guild, "admins", rights=["administrator"]))
    assert server.world.may(bram, hidden, Can.MANAGE_CHANNELS)


async def test_a_time_out_leaves_only_reading(
    server: DiscordServer, guild: Guild, bram: Person, lobby: Channel
) -> None:
    await server.is_silenced(guild, bram, server.wall() + 60)
    assert server.world.rights(bram, lobby) == Can.VIEW_CHANNEL | Can.READ_MESSAGE_HISTORY
    await server.is_silenced(guild, bram, server.wall() - 1)
    assert server.world.may(bram, lobby, Can.SEND_MESSAGES)


async def test_what_the_app_does_not_see_it_does_not_hear(
    server: DiscordServer, guild: Guild, bram: Person, lobby: Channel, app: App
) -> None:
    server.forbid(lobby, "view_channel")
    said = await server.says(bram, lobby, "among us")
    await server.reacts(bram, said, "👍")
    await server.edits(bram, said, "still among us")
    await server.deletes(bram, said)
    await server.idle()
    assert app.names == ["READY", "GUILD_CREATE", "CHANNEL_UPDATE"]


async def test_roles_are_given_only_below_the_apps_own(
    server: DiscordServer, guild: Guild, bram: Person, app: App
) -> None:
    low, high = server.role(guild, "low"), server.role(guild, "high")
    low.position, high.position = 0, 9
    member = await app.get_guild(int(guild.id)).fetch_member(int(bram.id))  # type: ignore[union-attr]
    role_of = {each.name: each for each in await member.guild.fetch_roles()}
    assert await refusal(member.add_roles(role_of["low"])) == 50013
    server.permit(guild, "manage_roles")
    await member.add_roles(role_of["low"])
    assert guild.members[bram.id].roles == [low.id]
    assert await refusal(member.add_roles(role_of["high"])) == 50013


async def test_direct_messages_reach_only_who_takes_them(server: DiscordServer, guild: Guild, app: App) -> None:
    closed = server.person(guild, "Closed", dms_closed=True)
    stranger = server.person(server.server("Elsewhere", with_app=False), "Stranger")
    open_ = server.person(guild, "Open")
    for who, code in ((closed, 50007), (stranger, 50278)):
        user = await app.fetch_user(int(who.id))
        assert await refusal(user.send("hello")) == code
    user = await app.fetch_user(int(open_.id))
    await user.send("hello")
    open_.blocked_app = True
    assert await refusal(user.send("hello?")) == 50007
    assert server.counters.dms_opened == 3


async def test_channels_that_are_gone_or_hold_no_messages(server: DiscordServer, guild: Guild, app: App) -> None:
    forum = server.channel(guild, "forum", kind="forum")
    assert await refusal(app.get_partial_messageable(int(forum.id)).send("x")) == 50008
    assert await refusal(app.get_partial_messageable(12).send("x")) == 10003
