"""Commands, autocomplete and menus, with the real client, as of 2026-11-26:
https://docs.discord.com/developers/interactions/receiving-and-responding"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
from discord import app_commands

from tests.fakes.discord.people import ClientRefusal
from tests.fakes.discord.state import Channel, Guild, Person
from tests.fakes.discord_app import Answering, app_on
from tests.fakes.discord_server import DiscordServer

Interaction = discord.Interaction[Any]
KRING = {
    "name": "kring",
    "description": "Talk in circles",
    "options": [
        {
            "type": 2,
            "name": "round",
            "description": "Rounds",
            "options": [
                {
                    "type": 1,
                    "name": "start",
                    "description": "Start a round",
                    "options": [
                        {"type": 3, "name": "topic", "description": "About", "required": True, "max_length": 20},
                        {"type": 3, "name": "format", "description": "How", "autocomplete": True},
                        {"type": 4, "name": "days", "description": "How long", "min_value": 1, "max_value": 30},
                        {"type": 6, "name": "host", "description": "Who"},
                        {"type": 7, "name": "where", "description": "Where", "channel_types": [0]},
                        {"type": 5, "name": "quiet", "description": "Quietly"},
                        {
                            "type": 3,
                            "name": "tone",
                            "description": "Tone",
                            "choices": [{"name": "Warm", "value": "w"}, {"name": "Plain", "value": "p"}],
                        },
                    ],
                }
            ],
        },
        {"type": 1, "name": "help", "description": "Help"},
    ],
}
KEEP = {"name": "Keep as know-how", "type": 3}
BUDDY = {"name": "Ask as buddy", "type": 2}
ADMIN = {"name": "setup", "description": "Set up", "default_member_permissions": "32", "contexts": [0]}


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer(limits=False, patience=0.5) as made:
        made.commands.replace("", [KRING, KEEP, BUDDY, ADMIN])
        yield made


@pytest.fixture
def school(server: DiscordServer) -> Guild:
    return server.server("De Regenboog", locale="nl")


@pytest.fixture
def anna(server: DiscordServer, school: Guild) -> Person:
    return server.person(school, "Anna", locale="nl")


@pytest.fixture
def general(server: DiscordServer, school: Guild) -> Channel:
    return server.channel(school, "general")


@pytest.fixture
async def app(server: DiscordServer, general: Channel) -> AsyncIterator[Answering]:
    async with app_on(server) as made:
        yield made


async def says_hello(interaction: Interaction) -> None:
    await interaction.response.send_message("Hello", ephemeral=True)


async def test_a_command_with_options(
    server: DiscordServer, school: Guild, anna: Person, general: Channel, app: Answering
) -> None:
    """https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object"""
    app.answer = says_hello
    bram = server.person(school, "Bram")
    options = {"days": 3, "host": bram, "where": "#general", "quiet": True, "tone": "Warm"}
    outcome = await server.calls(anna, general, "/kring round start topic: Our next step", options=options)
    assert (outcome.failed, outcome.answered) == (None, "message")
    [body] = app.heard
    assert body["type"] == 2
    assert body["data"]["name"] == "kring"
    [group] = body["data"]["options"]
    assert (group["type"], group["name"]) == (2, "round")
    [sub] = group["options"]
    assert (sub["type"], sub["name"]) == (1, "start")
    assert sub["options"] == [
        {"name": "topic", "type": 3, "value": "Our next step"},
        {"name": "days", "type": 4, "value": 3},
        {"name": "host", "type": 6, "value": bram.id},
        {"name": "where", "type": 7, "value": general.id},
        {"name": "quiet", "type": 5, "value": True},
        {"name": "tone", "type": 3, "value": "w"},
    ]
    resolved = body["data"]["resolved"]
    assert resolved["users"][bram.id]["username"] == "bram"
    assert "user" not in resolved["members"][bram.id]
    assert resolved["channels"][general.id]["name"] == "general"
    assert body["member"]["user"]["id"] == anna.id
    assert int(body["member"]["permissions"]) == server.world.rights(anna, general)
    assert int(body["app_permissions"]) == server.world.rights(server.app.bot, general)
    assert (body["locale"], body["guild_locale"], body["context"]) == ("nl", "nl", 0)
    assert body["authorizing_integration_owners"] == {"0": school.id}
    assert "user" not in body


async def test_only_its_person_sees_an_ephemeral_answer(
    server: DiscordServer, school: Guild, anna: Person, general: Channel, app: Answering
) -> None:
    app.answer = says_hello
    bram = server.person(school, "Bram")
    outcome = await server.calls(anna, general, "/kring help")
    [told] = server.told(outcome)
    assert (told.text, told.private) == ("Hello", True)
    assert [each.text for each in server.ephemerals(anna)] == ["Hello"]
    assert server.sees(bram, general) == []
    with pytest.raises(ClientRefusal):
        await server.uses(anna, told, "Keep as know-how")


async def test_a_public_answer(server: DiscordServer, anna: Person, general: Channel, app: Answering) -> None:
    async def answers(interaction: Interaction) -> None:
        made = await interaction.response.send_message("Hello all")
        assert made.message_id == (await interaction.original_response()).id

    app.answer = answers
    await server.calls(anna, general, "/kring help")
    await server.idle()
    [shown] = server.sees(anna, general)
    assert (shown.text, shown.private) == ("Hello all", False)
    about = shown.message.interaction
    assert about is not None
    assert (about["name"], about["user"]["id"]) == ("kring help", anna.id)
    assert app.raised == []


async def test_in_the_conversation_with_the_app(server: DiscordServer, anna: Person, app: Answering) -> None:
    app.answer = says_hello
    outcome = await server.calls(anna, server.dm(anna), "/kring help")
    assert outcome.failed is None
    body = app.heard[-1]
    assert body["user"]["id"] == anna.id
    assert body["context"] == 1
    assert not {"member", "guild", "guild_id", "guild_locale"} & set(body)
    # "contexts": only in servers
    assert server.offered(anna, server.dm(anna)) == ["kring"]


async def test_what_the_client_does_not_let_be_sent(server: DiscordServer, anna: Person, general: Channel) -> None:
    async def refused(text: str, **options: Any) -> str:
        with pytest.raises(ClientRefusal) as refusal:
            await server.calls(anna, general, text, options=options)
        return str(refusal.value)

    start = "/kring round start"
    assert "there is no command '/ring'" in await refused("/ring")
    assert "after 'kring' comes one of ['help', 'round']" in await refused("/kring")
    assert "after 'round' comes one of ['start']" in await refused("/kring round stop")
    assert "is not an option" in await refused("/kring help me")
    assert "topic: This option is required" in await refused(start)
    assert "there is no option ['title']" in await refused(start, topic="x", title="x")
    assert "topic: Must be between 1 and 20 characters, not 21" in await refused(start, topic="x" * 21)
    assert "days: Must be between 1 and 30, not 31" in await refused(start, topic="x", days=31)
    assert "days: 'some' is not a valid integer" in await refused(start, topic="x", days="some")
    assert "tone: 'Loud' is not one of ['Warm', 'Plain']" in await refused(start, topic="x", tone="Loud")
    assert "host: there is nobody '@Nobody'" in await refused(start, topic="x", host="@Nobody")
    assert "quiet: Please enter either True or False" in await refused(start, topic="x", quiet="maybe")


async def test_kinds_of_channels(server: DiscordServer, school: Guild, anna: Person, general: Channel) -> None:
    talk = server.channel(school, "talk", kind="voice")
    with pytest.raises(ClientRefusal, match="where: #talk is of type 2"):
        await server.calls(anna, general, "/kring round start", options={"topic": "x", "where": talk})


async def test_who_may_call_what(server: DiscordServer, school: Guild, anna: Person, general: Channel) -> None:
    """https://docs.discord.com/developers/interactions/application-commands#permissions"""
    assert server.offered(anna, general) == ["kring"]
    leads = server.person(school, "Lead", roles=[server.role(school, "Lead", rights=["manage_guild"])])
    assert server.offered(leads, general) == ["kring", "setup"]
    assert server.offered(school.owner and server.world.people[school.owner], general) == ["kring", "setup"]
    everyone = school.everyone
    everyone.permissions &= ~(1 << 31)
    assert server.offered(anna, general) == []


async def test_a_thread_that_sleeps_takes_no_commands(
    server: DiscordServer, anna: Person, general: Channel, app: Answering
) -> None:
    app.answer = says_hello
    thread = await server.opens_thread(anna, general, "Later")
    assert (await server.calls(anna, thread, "/kring help")).failed is None
    thread.archived = True
    with pytest.raises(ClientRefusal, match="archived"):
        await server.calls(anna, thread, "/kring help")


async def test_nothing_within_three_seconds(
    server: DiscordServer, anna: Person, general: Channel, app: Answering
) -> None:
    """https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback"""
    kept: list[Interaction] = []

    async def is_late(interaction: Interaction) -> None:
        kept.append(interaction)

    app.answer = is_late
    outcome = await server.calls(anna, general, "/kring help")
    assert outcome.failed == "The application did not respond"
    with pytest.raises(discord.NotFound) as refusal:
        await kept[0].response.send_message("Sorry")
    assert refusal.value.code == 10062


async def test_an_app_that_is_not_there(server: DiscordServer, anna: Person, general: Channel) -> None:
    assert (await server.calls(anna, general, "/kring help")).failed == "The application did not respond"


async def test_autocomplete(server: DiscordServer, anna: Person, general: Channel, app: Answering) -> None:
    """https://docs.discord.com/developers/interactions/application-commands#autocomplete"""

    async def offers(interaction: Interaction) -> None:
        choices = [app_commands.Choice(name="Circle", value="circle"), app_commands.Choice(name="Fishbowl", value="f")]
        await interaction.response.autocomplete(choices)

    app.answer = offers
    found = await server.autocompletes(anna, general, "/kring round start", "format", "ci", options={"days": 3})
    assert [(each["name"], each["value"]) for each in found] == [("Circle", "circle"), ("Fishbowl", "f")]
    [body] = app.heard
    assert body["type"] == 4
    given = body["data"]["options"][0]["options"][0]["options"]
    # what is required need not be there yet
    assert given == [
        {"name": "format", "type": 3, "value": "ci", "focused": True},
        {"name": "days", "type": 4, "value": 3},
    ]
    with pytest.raises(ClientRefusal, match="no option 'topic' that completes itself"):
        await server.autocompletes(anna, general, "/kring round start", "topic")


async def test_too_many_choices(server: DiscordServer, anna: Person, general: Channel, app: Answering) -> None:
    async def offers(interaction: Interaction) -> None:
        await interaction.response.autocomplete([app_commands.Choice(name=str(n), value=str(n)) for n in range(26)])

    app.answer = offers
    with pytest.raises(ClientRefusal, match="Must be 25 or fewer in length"):
        await server.autocompletes(anna, general, "/kring round start", "format")
    [error] = app.raised
    assert isinstance(error, discord.HTTPException)
    assert error.code == 50035


async def test_the_menu_of_a_message(
    server: DiscordServer, school: Guild, anna: Person, general: Channel, app: Answering
) -> None:
    """The whole message comes along, though this app has no message content intent."""
    app.answer = says_hello
    said = await server.says(server.person(school, "Bram"), general, "Use the small scissors")
    outcome = await server.uses(anna, said, "Keep as know-how")
    assert outcome.failed is None
    data = app.heard[-1]["data"]
    assert (data["type"], data["name"], data["target_id"]) == (3, "Keep as know-how", said.id)
    assert data["resolved"]["messages"][said.id]["content"] == "Use the small scissors"
    with pytest.raises(ClientRefusal, match=r"there is no 'Drop' in the menu, only \['Keep as know-how'\]"):
        await server.uses(anna, said, "Drop")


async def test_the_menu_of_a_person(
    server: DiscordServer, school: Guild, anna: Person, general: Channel, app: Answering
) -> None:
    app.answer = says_hello
    bram = server.person(school, "Bram")
    await server.uses_on_person(anna, general, bram, "Ask as buddy")
    data = app.heard[-1]["data"]
    assert (data["type"], data["target_id"]) == (2, bram.id)
    assert set(data["resolved"]) == {"users", "members"}
