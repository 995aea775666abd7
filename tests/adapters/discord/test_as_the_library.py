"""What Kring writes itself is what discord.py would write, which is a second reader of Discord's documentation."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from adapters.discord.components import pages
from adapters.discord.modals import modals
from bot.chat.actions import Action
from bot.chat.forms import ChecksField, ChoiceField, Form, PersonField, TextField
from bot.chat.messages import Button, Choice, Divider, LinkButton, Note, Picture, Select, buttons, message
from bot.chat.names import Space
from bot.chat.text import plain

HERE = Space("discord", "111111111111111111")
ANNA = 333333333333333333
TWO = (Choice("a", "A", "First"), Choice("b", "B"))


def same(ours: Any, theirs: Any) -> bool:
    """Whether all that we say is what the library says; it says its defaults too."""
    if isinstance(ours, dict):
        return all(name in theirs and same(each, theirs[name]) for name, each in ours.items())
    if isinstance(ours, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    return bool(str(ours) == str(theirs))


def test_a_message() -> None:
    # the library gives its items ids of its own, and asks for a loop in views: each item by itself will do
    chart = Picture("<svg/>", "Three of five.")
    [ours] = pages(
        message(
            Note(plain("Small.")),
            Divider(),
            chart,
            buttons(
                Button("Yes", Action("a.yes"), style="primary"),
                Button("No", Action("a.no"), style="danger"),
                LinkButton("See", "https://example.org"),
            ),
            buttons(Select("Which", Action("a.which"), TWO, most=2)),
        ),
        space=HERE,
        private=True,
    )
    gallery = ui.MediaGallery[Any]()
    gallery.add_item(media=f"attachment://{ours.drawings[0].filename}", description="Three of five.")
    pressed = ui.ActionRow[Any](
        ui.Button(label="Yes", custom_id="a.yes:", style=discord.ButtonStyle.primary),
        ui.Button(label="No", custom_id="a.no:", style=discord.ButtonStyle.danger),
        ui.Button(label="See", url="https://example.org"),
    )
    options = [
        discord.SelectOption(label="A", value="a", description="First"),
        discord.SelectOption(label="B", value="b"),
    ]
    select = ui.Select[Any](custom_id="a.which:", placeholder="Which", min_values=0, max_values=2, options=options)
    theirs = [
        ui.TextDisplay[Any]("-# Small.").to_component_dict(),
        ui.Separator[Any]().to_component_dict(),
        gallery.to_component_dict(),
        pressed.to_component_dict(),
        ui.ActionRow[Any](select).to_component_dict(),
    ]
    assert same(ours.components, theirs)
    assert not same(ours.components, theirs[:-1])


def test_a_form() -> None:
    fields = (
        TextField("words", "Words", hint="A tip.", value="as before", multiline=True, least=2, most=600),
        ChoiceField("way", "Way", TWO, value="b"),
        ChoiceField("maybe", "Maybe", TWO, required=False),
        ChecksField("days", "Days", TWO, value=("a",)),
        PersonField("person", "Person", value=str(ANNA)),
    )
    [ours] = modals(Form(Action("a.form"), "A form", fields, "Send"), space=HERE)
    text = ui.TextInput[Any](
        custom_id="words",
        style=discord.TextStyle.paragraph,
        default="as before",
        min_length=2,
        max_length=600,
    )
    radio = ui.RadioGroup[Any](custom_id="way")
    radio.add_option(label="A", value="a", description="First")
    radio.add_option(label="B", value="b", default=True)
    options = [
        discord.SelectOption(label="A", value="a", description="First"),
        discord.SelectOption(label="B", value="b"),
    ]
    checks = ui.CheckboxGroup[Any](custom_id="days+1", min_values=0, max_values=2, required=False)
    checks.add_option(label="A", value="a", description="First", default=True)
    checks.add_option(label="B", value="b")
    person = ui.UserSelect[Any](
        custom_id="person",
        default_values=[discord.SelectDefaultValue.from_user(discord.Object(ANNA))],
        min_values=1,
        required=True,
    )
    theirs = [
        ui.Label[Any](text="Words", description="A tip.", component=text),
        ui.Label[Any](text="Way", component=radio),
        ui.Label[Any](
            text="Maybe", component=ui.Select(custom_id="maybe", options=options, required=False, min_values=0)
        ),
        ui.Label[Any](text="Days", component=checks),
        ui.Label[Any](text="Person", component=person),
    ]
    assert same(ours["components"], [each.to_component_dict() for each in theirs])
