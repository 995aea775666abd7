"""Channels that the app makes and changes, and the errors that name their fields."""

from __future__ import annotations

import discord as library
import pytest

from tests.fakes.discord.permissions import Can
from tests.fakes.discord.state import Channel, Guild, Person
from tests.fakes.discord_listening import App, refusal
from tests.fakes.discord_server import DiscordServer


@pytest.fixture
def place(server: DiscordServer, guild: Guild, app: App) -> library.Guild:
    """The server, where the app may manage channels and roles."""
    server.permit(guild, "manage_channels", "manage_roles")
    found = app.get_guild(int(guild.id))
    assert found is not None
    return found


async def test_the_app_makes_changes_and_deletes_a_channel(
    server: DiscordServer, bram: Person, app: App, place: library.Guild
) -> None:
    category = await place.create_category("Rounds")
    made = await place.create_text_channel("round-1", category=category, topic="A question", slowmode_delay=5)
    channel = server.world.channel(made.id)
    assert (channel.name, channel.topic, channel.slow_mode, channel.parent) == (
        "round-1",
        "A question",
        5,
        str(category.id),
    )
    await made.edit(name="round-2", topic=None, slowmode_delay=0)
    assert (channel.name, channel.topic, channel.slow_mode) == ("round-2", None, 0)
    await made.delete()
    await server.idle()
    assert app.names.count("CHANNEL_CREATE") == 2
    assert (app.names.count("CHANNEL_UPDATE"), app.names.count("CHANNEL_DELETE")) == (1, 1)
    assert await refusal(app.fetch_channel(made.id)) == 10003
    assert {each.name for each in await place.fetch_channels()} == {"lobby", "Rounds"}


async def test_a_channel_is_made_for_a_few(server: DiscordServer, guild: Guild, bram: Person, app: App) -> None:
    server.permit(guild, "manage_channels")
    place = app.get_guild(int(guild.id))
    assert place is not None
    chloe = server.person(guild, "Chloé")
    only = {
        place.default_role: library.PermissionOverwrite(view_channel=False),
        library.Object(int(bram.id), type=library.Member): library.PermissionOverwrite(view_channel=True),
    }
    assert await refusal(place.create_text_channel("circle", overwrites=only)) == 50013
    server.permit(guild, "manage_roles")
    made = await place.create_text_channel("circle", overwrites=only)
    channel = server.world.channel(made.id)
    seeing = [each.name for each in (bram, chloe) if server.world.may(each, channel, Can.VIEW_CHANNEL)]
    assert seeing == ["bram"]


async def test_overwrites_are_set_and_taken_away(
    server: DiscordServer, bram: Person, lobby: Channel, app: App, place: library.Guild
) -> None:
    room = place.get_channel(int(lobby.id))
    assert isinstance(room, library.TextChannel)
    member = await place.fetch_member(int(bram.id))
    await room.set_permissions(member, send_messages=False)
    assert not server.world.may(bram, lobby, Can.SEND_MESSAGES)
    await room.set_permissions(member, overwrite=None)
    assert server.world.may(bram, lobby, Can.SEND_MESSAGES)
    assert await refusal(room.set_permissions(member, overwrite=None)) == 10009


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"topic": "x" * 1025}, "topic"),
        ({"rate_limit_per_user": 21_601}, "rate_limit_per_user"),
    ],
)
async def test_what_is_wrong_is_told_beside_its_field(
    app: App, lobby: Channel, place: library.Guild, body: dict[str, object], field: str
) -> None:
    route = library.http.Route("PATCH", "/channels/{channel_id}", channel_id=lobby.id)
    with pytest.raises(library.HTTPException, match=rf"In {field}: ") as caught:
        await app.http.request(route, json=body)
    assert caught.value.code == 50035


async def test_a_server_holds_so_many_channels(
    server: DiscordServer, guild: Guild, app: App, place: library.Guild
) -> None:
    for number in range(499):
        server.channel(guild, f"room {number}")
    assert await refusal(place.create_text_channel("one too many")) == 30013


async def test_a_direct_conversation_is_closed_and_opened_again(server: DiscordServer, bram: Person, app: App) -> None:
    user = await app.fetch_user(int(bram.id))
    conversation = await user.create_dm()
    assert await refusal(conversation.fetch_message(12)) == 10008
    await app.http.delete_channel(conversation.id)
    assert server.world.dm(bram) is None
    assert await refusal(conversation.send("x")) == 10003


async def test_members_are_searched_by_how_their_names_begin(
    server: DiscordServer, guild: Guild, bram: Person, app: App
) -> None:
    server.person(guild, "Abram")
    route = library.http.Route("GET", "/guilds/{guild_id}/members/search", guild_id=guild.id)
    found = await app.http.request(route, params={"query": "BR", "limit": 10})
    assert [each["user"]["id"] for each in found] == [bram.id]
    assert await refusal(app.http.request(route)) == 50035


async def test_a_moderator_clears_reactions(
    server: DiscordServer, bram: Person, lobby: Channel, app: App, place: library.Guild
) -> None:
    said = await server.says(bram, lobby, "well?")
    for emoji in ("👍", "👎"):
        await server.reacts(bram, said, emoji)
    message = app.get_partial_messageable(int(lobby.id)).get_partial_message(int(said.id))
    assert await refusal(message.clear_reactions()) == 50013
    server.permit(lobby, "manage_messages")
    await message.remove_reaction("👍", library.Object(int(bram.id)))
    await message.clear_reaction("👎")
    await server.reacts(bram, said, "🎉")
    await message.clear_reactions()
    await server.idle()
    assert said.reactions == {}
    gone = [each for each in app.names if each.startswith("MESSAGE_REACTION_REMOVE")]
    assert gone == ["MESSAGE_REACTION_REMOVE", "MESSAGE_REACTION_REMOVE_EMOJI", "MESSAGE_REACTION_REMOVE_ALL"]
