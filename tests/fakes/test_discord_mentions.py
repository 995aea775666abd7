"""Whom a message mentions and notifies."""

from __future__ import annotations

import pytest
from discord import AllowedMentions, Embed, Object, TextChannel, ui

from tests.fakes.discord.state import Channel, Guild, Message, Person
from tests.fakes.discord_listening import App
from tests.fakes.discord_server import DiscordServer

NOBODY = AllowedMentions.none()


@pytest.fixture
def room(app: App, lobby: Channel) -> TextChannel:
    found = app.get_channel(int(lobby.id))
    assert isinstance(found, TextChannel)
    return found


def last(server: DiscordServer) -> Message:
    return server.posts()[-1]


async def test_everything_written_counts_when_nothing_else_is_said(
    server: DiscordServer, bram: Person, room: TextChannel
) -> None:
    await room.send(f"hello <@{bram.id}>")
    assert (last(server).mentions, last(server).pinged) == ([bram.id], {bram.id})


async def test_with_mentions_off_nobody_is_notified(
    server: DiscordServer, guild: Guild, bram: Person, room: TextChannel
) -> None:
    server.permit(guild, "mention_everyone")
    role = server.role(guild, "teachers", mentionable=True)
    await server.gets_role(bram, role)
    await room.send(f"@everyone @here <@{bram.id}> <@&{role.id}>", allowed_mentions=NOBODY)
    assert (last(server).mentions, last(server).pinged, last(server).mention_everyone) == ([], set(), False)


async def test_only_the_people_named_are_notified(
    server: DiscordServer, guild: Guild, bram: Person, room: TextChannel
) -> None:
    server.permit(guild, "mention_everyone")
    chloe = server.person(guild, "Chloé")
    only = AllowedMentions(everyone=False, roles=False, users=[Object(int(bram.id))])
    await room.send(f"@everyone <@{bram.id}> <@{chloe.id}>", allowed_mentions=only)
    assert last(server).pinged == {bram.id}


async def test_everybody_is_notified_only_by_who_may(
    server: DiscordServer, guild: Guild, bram: Person, room: TextChannel
) -> None:
    await room.send("@everyone")
    assert (last(server).mention_everyone, last(server).pinged) == (False, set())
    server.permit(guild, "mention_everyone")
    await room.send("@everyone")
    assert (last(server).mention_everyone, last(server).pinged) == (True, {bram.id, guild.owner})


async def test_a_role_is_notified_when_it_may_be_mentioned(
    server: DiscordServer, guild: Guild, bram: Person, room: TextChannel
) -> None:
    role = server.role(guild, "teachers")
    await server.gets_role(bram, role)
    await room.send(f"<@&{role.id}>")
    assert (last(server).mention_roles, last(server).pinged) == ([role.id], set())
    role.mentionable = True
    await room.send(f"<@&{role.id}>")
    assert last(server).pinged == {bram.id}


async def test_code_and_embeds_mention_nobody(server: DiscordServer, bram: Person, room: TextChannel) -> None:
    await room.send(f"`<@{bram.id}>`", embed=Embed(description=f"<@{bram.id}>"))
    assert last(server).pinged == set()


async def test_text_displays_mention_as_content_does(server: DiscordServer, bram: Person, room: TextChannel) -> None:
    view = ui.LayoutView()
    view.add_item(ui.Container(ui.TextDisplay(f"hello <@{bram.id}>")))
    await room.send(view=view)
    assert last(server).pinged == {bram.id}
    await room.send(view=view, allowed_mentions=NOBODY)
    assert last(server).pinged == set()


async def test_an_edit_notifies_nobody_again(server: DiscordServer, bram: Person, room: TextChannel) -> None:
    sent = await room.send("hello")
    await sent.edit(content=f"hello <@{bram.id}>")
    assert (last(server).mentions, last(server).pinged) == ([bram.id], set())


async def test_who_does_not_see_the_channel_is_not_notified(
    server: DiscordServer, guild: Guild, bram: Person, app: App
) -> None:
    hidden = server.channel(guild, "hidden", overwrites=server.private_to(guild, server.app.bot))
    await app.get_partial_messageable(int(hidden.id)).send(f"<@{bram.id}>")
    assert (last(server).mentions, last(server).pinged) == ([bram.id], set())


async def test_who_is_answered_is_notified_unless_that_is_off(
    server: DiscordServer, bram: Person, lobby: Channel, room: TextChannel
) -> None:
    said = await server.says(bram, lobby, "a question")
    question = room.get_partial_message(int(said.id))
    await room.send("an answer", reference=question)
    assert last(server).pinged == {bram.id}
    await room.send("an answer", reference=question, mention_author=False)
    assert last(server).pinged == set()


async def test_names_that_people_type_become_mentions(
    server: DiscordServer, guild: Guild, bram: Person, lobby: Channel
) -> None:
    chloe = server.person(guild, "Chloé de Vries")
    said = await server.says(bram, lobby, "hi @Chloé de Vries and @Kring in #lobby, mail me@Bramble")
    assert said.content == f"hi <@{chloe.id}> and <@{server.app.id}> in <#{lobby.id}>, mail me@Bramble"
    assert said.pinged == {chloe.id, server.app.id}
    assert server.sees(chloe, lobby)[0].text == "hi @Chloé de Vries and @Kring in #lobby, mail me@Bramble"


async def test_who_is_not_in_the_server_is_not_mentioned(server: DiscordServer, room: TextChannel) -> None:
    stranger = server.person(server.server("Elsewhere"), "Stranger")
    await room.send(f"<@{stranger.id}>")
    assert (last(server).mentions, last(server).pinged) == ([], set())


async def test_answers_to_interactions_notify_only_people_unless_they_say_otherwise(
    server: DiscordServer, guild: Guild, bram: Person, lobby: Channel
) -> None:
    server.permit(guild, "mention_everyone")
    words = f"@everyone <@{bram.id}>"
    posted = server.posting.post(lobby, server.app.bot, words, interaction={"type": 3})
    assert (posted.mention_everyone, posted.pinged) == (False, {bram.id})
    loud = server.posting.post(lobby, server.app.bot, words, interaction={"type": 3}, allowed={"parse": ["everyone"]})
    assert (loud.mention_everyone, loud.mentions) == (True, [])
