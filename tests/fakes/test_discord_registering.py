"""Registering commands, with the real client, as of 2026-11-26:
https://docs.discord.com/developers/interactions/application-commands#registering-a-command"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
from discord import app_commands

from tests.fakes.discord_app import HELP, Scene, scene

Interaction = discord.Interaction[Any]
DUTCH = {"Talk in circles": "Praat in kringen"}


@pytest.fixture
async def here() -> AsyncIterator[Scene]:
    async with scene() as made:
        yield made


class Dutch(app_commands.Translator):
    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        return DUTCH.get(string.message) if locale is discord.Locale.dutch else None


@app_commands.command(name="kring", description="Talk in circles")
async def kring(interaction: Interaction, topic: str) -> None:
    await interaction.response.send_message(f"About {topic}", ephemeral=True)


@app_commands.context_menu(name="Keep as know-how")
async def keep(interaction: Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"Kept {message.content}", ephemeral=True)


async def test_a_tree_is_synced_and_works(here: Scene) -> None:
    tree = here.app.tree
    await tree.set_translator(Dutch())
    tree.add_command(kring)
    tree.add_command(keep)
    made = await tree.sync()
    assert sorted(each.name for each in made) == ["Keep as know-how", "kring"]
    [slash] = [each for each in here.server.commands.all("") if each["type"] == 1]
    assert slash["description_localizations"] == {"nl": "Praat in kringen"}
    outcome = await here.server.calls(here.anna, here.general, "/kring topic: Tea")
    assert [each.text for each in here.server.told(outcome)] == ["About Tea"]
    said = await here.server.says(here.bram, here.general, "Small scissors")
    outcome = await here.server.uses(here.anna, said, "Keep as know-how")
    assert [each.text for each in here.server.told(outcome)] == ["Kept Small scissors"]


async def test_what_keeps_its_name_keeps_its_id(here: Scene) -> None:
    [before] = here.server.commands.all("")
    http: Any = here.app.http
    app = int(here.server.app.id)
    made = await http.bulk_upsert_global_commands(app, [{**HELP, "description": "More"}, {"name": "x", "type": 3}])
    assert made[0]["id"] == before["id"]
    assert made[0]["version"] != before["version"]
    assert (made[1]["description"], made[1]["type"]) == ("", 3)
    assert await http.bulk_upsert_global_commands(app, []) == []
    assert await http.get_global_commands(app) == []


async def test_faults_are_named_by_place(here: Scene) -> None:
    wrong = [HELP, {"name": "Kring", "description": ""}]
    with pytest.raises(discord.HTTPException) as refusal:
        await here.app.http.bulk_upsert_global_commands(int(here.server.app.id), wrong)
    assert refusal.value.code == 50035
    assert "In 1.name: Command name is invalid" in refusal.value.text
    assert "In 1.description: Must be between 1 and 100 in length." in refusal.value.text
    # nothing of it is taken
    assert [each["name"] for each in here.server.commands.all("")] == ["help"]


async def test_one_by_one(here: Scene) -> None:
    http: Any = here.app.http
    app = int(here.server.app.id)
    made = await http.upsert_global_command(app, {"name": "kring", "description": "Circles"})
    again = await http.upsert_global_command(app, {"name": "kring", "description": "Rounds"})
    assert (again["id"], again["description"]) == (made["id"], "Rounds")
    changed = await http.edit_global_command(app, int(made["id"]), {"description": "Talk"})
    assert (changed["name"], changed["description"]) == ("kring", "Talk")
    assert (await http.get_global_command(app, int(made["id"])))["description"] == "Talk"
    with pytest.raises(discord.HTTPException, match="Application command names must be unique"):
        await http.edit_global_command(app, int(made["id"]), {"name": "help"})
    await http.delete_global_command(app, int(made["id"]))
    with pytest.raises(discord.NotFound) as refusal:
        await http.get_global_command(app, int(made["id"]))
    assert refusal.value.code == 10063


async def test_commands_of_one_server(here: Scene) -> None:
    http: Any = here.app.http
    app = int(here.server.app.id)
    other = here.server.server("De Zonnebloem")
    [made] = await http.bulk_upsert_guild_commands(app, int(here.school.id), [{"name": "here", "description": "x"}])
    assert made["guild_id"] == here.school.id
    assert here.server.offered(here.anna, here.general) == ["here", "help"]
    elsewhere = here.server.channel(other, "general")
    assert here.server.offered(here.server.person(other, "Cas"), elsewhere) == ["help"]
    assert here.server.offered(here.anna, here.server.dm(here.anna)) == ["help"]
    without = here.server.server("De Klaproos", with_app=False)
    with pytest.raises(discord.Forbidden) as refusal:
        await http.get_guild_commands(app, int(without.id))
    assert refusal.value.code == 50001


async def test_translations_are_given_when_asked_for(here: Scene) -> None:
    """https://docs.discord.com/developers/interactions/application-commands#retrieving-localized-commands"""
    here.server.commands.replace("", [{**HELP, "name_localizations": {"nl": "hulp"}}])
    route = discord.http.Route("GET", "/applications/{app}/commands", app=here.server.app.id)
    [plain] = await here.app.http.request(route)
    assert "name_localizations" not in plain
    [whole] = await here.app.http.request(route, params={"with_localizations": "true"})
    assert whole["name_localizations"] == {"nl": "hulp"}


async def test_how_many_a_day(here: Scene) -> None:
    """ "200 application command creates per day, per guild"."""
    http: Any = here.app.http
    app = int(here.server.app.id)
    for batch in range(2):
        names = [{"name": f"c{batch}-{n}", "description": "x"} for n in range(99 + batch)]
        await http.bulk_upsert_global_commands(app, names)
    with pytest.raises(discord.HTTPException) as refusal:
        await http.bulk_upsert_global_commands(app, [{"name": "one-more", "description": "x"}])
    assert refusal.value.code == 30034
