"""What people see of messages."""

from __future__ import annotations

import discord as library
from discord import ui

from tests.fakes.discord.state import Channel, Guild, Person
from tests.fakes.discord_listening import App
from tests.fakes.discord_server import DiscordServer


async def test_markdown_is_read_as_words(server: DiscordServer, bram: Person, lobby: Channel, app: App) -> None:
    room = app.get_partial_messageable(int(lobby.id))
    await room.send(
        "## A heading\n**bold** _slanted_ ~~gone~~ `code` snake_case_word\n> quoted\n-# small\n"
        "[the page](https://example.org/x_y) 2 \\* 3 <t:1700000000:F>"
    )
    assert server.sees(bram, lobby)[0].text == (
        "A heading\nbold slanted gone code snake_case_word\nquoted\nsmall\nthe page 2 * 3 2023-11-14 22:13"
    )


async def test_names_stand_for_ids(server: DiscordServer, guild: Guild, bram: Person, lobby: Channel, app: App) -> None:
    role = server.role(guild, "teachers")
    await server.renames_themselves(guild, bram, "Brammetje")
    await app.get_partial_messageable(int(lobby.id)).send(f"<@{bram.id}> <@&{role.id}> <#{lobby.id}> <@12>")
    await server.says(bram, lobby, "me")
    told, said = server.sees(bram, lobby)
    assert told.text == "@Bram @teachers #lobby @unknown-user"
    assert said.author == "Brammetje"


async def test_components_are_read_in_their_order(
    server: DiscordServer, bram: Person, lobby: Channel, app: App
) -> None:
    view = ui.LayoutView()
    box: ui.Container[ui.LayoutView] = ui.Container()
    box.add_item(ui.TextDisplay("# A round"))
    box.add_item(ui.Section("Who is in?", accessory=ui.Button(label="I'm in", custom_id="in")))
    row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
    row.add_item(ui.Button(label="Read", url="https://example.org"))
    row.add_item(ui.Button(label="Closed", custom_id="closed", disabled=True))
    box.add_item(row)
    pick: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
    options = [library.SelectOption(label="Apple"), library.SelectOption(label="Pear")]
    pick.add_item(ui.Select(custom_id="pick", placeholder="Pick one", options=options))
    box.add_item(pick)
    view.add_item(box)
    await app.get_partial_messageable(int(lobby.id)).send(view=view)
    [seen] = server.sees(bram, lobby)
    assert seen.text == "A round\nWho is in?"
    assert seen.buttons == ("I'm in", "Read")
    assert seen.selects == (("Pick one", ("Apple", "Pear")),)


async def test_components_get_their_numbers(server: DiscordServer, lobby: Channel, app: App) -> None:
    view = ui.LayoutView()
    view.add_item(ui.TextDisplay("one"))
    view.add_item(ui.TextDisplay("two", id=1))
    view.add_item(ui.TextDisplay("three"))
    sent = await app.get_partial_messageable(int(lobby.id)).send(view=view)
    assert [each["id"] for each in server.posts()[0].components] == [2, 1, 3]
    assert [each.id for each in sent.components] == [2, 1, 3]


async def test_embeds_are_read_too(server: DiscordServer, bram: Person, lobby: Channel, app: App) -> None:
    embed = library.Embed(title="A title", description="**words**").add_field(name="When", value="now")
    embed.set_footer(text="small")
    await app.get_partial_messageable(int(lobby.id)).send("hello", embed=embed)
    assert server.sees(bram, lobby)[0].text == "hello\nA title\nwords\nWhen\nnow\nsmall"


async def test_people_see_only_their_own_servers(
    server: DiscordServer, guild: Guild, bram: Person, lobby: Channel
) -> None:
    elsewhere = server.server("Elsewhere")
    other = server.channel(elsewhere, "other")
    hidden = server.channel(guild, "hidden", overwrites=server.private_to(guild, server.app.bot))
    assert server.channels(bram) == [lobby]
    assert hidden in server.channels(guild.owner)
    await server.joins(elsewhere, bram)
    assert server.channels(bram) == [lobby, other]
