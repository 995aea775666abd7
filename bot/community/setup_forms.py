"""The forms in which a host sets Kring up."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.actions import Action
from bot.chat.forms import ChoiceField, Form, PersonField, TextField
from bot.chat.messages import Choice
from bot.chat.names import Channel
from bot.chat.people import Community
from bot.texts.catalogue import LANGUAGES, Words


def settings(words: Words, community: Community, home: Channel | None) -> Form:
    """The five things to set first. `home` is where it was called; it becomes the home channel if there is none."""
    starters = (
        Choice("members", words.label("every member")),
        Choice("facilitators", words.label("facilitators only")),
    )
    return Form(
        Action("setup.save", home.id if home else ""),
        words.label("Set up Kring"),
        (
            TextField("name", words.label("Name of the community"), value=community.name, most=80),
            ChoiceField(
                "language",
                words.label("Language of what everybody reads"),
                tuple(Choice(code, name) for code, name in LANGUAGES.items()),
                value=community.language if community.set_up else words.language,
            ),
            TextField(
                "timezone",
                words.label("Time zone"),
                hint=words.label("A city is enough, such as Amsterdam."),
                value=community.timezone,
                most=80,
            ),
            ChoiceField("starters", words.label("Who may start a round"), starters, value=community.starters),
            TextField(
                "keep_emoji",
                words.label("Emoji that keeps know-how"),
                hint=words.label("Its short name, such as bookmark."),
                value=community.keep_emoji,
                most=60,
            ),
        ),
        words.label("Save"),
        intro=words.say("Everything can be changed later. Each person chooses their own language and zone as well."),
    )


def contacts(words: Words, chosen: Sequence[str]) -> Form:
    """Three people at most; `chosen` are account ids of the reader's space."""
    fields = tuple(
        PersonField(f"contact{n}", words.label("Person {n}", n=n), value=value, required=False)
        for n, value in enumerate([*chosen, "", "", ""][:3], start=1)
    )
    return Form(
        Action("setup.contacts"),
        words.label("Who to turn to"),
        fields,
        words.label("Save"),
        intro=words.say(
            "When somebody says it is about how people treat them, I show them these people and tell nobody. Name at "
            "least two, who do not sit in the same circle, and ask them first."
        ),
    )


def space(words: Words, name: str) -> Form:
    field = TextField(
        "name",
        words.label("Name"),
        hint=words.label("Such as the name of your school. It stands beside people's names."),
        value=name,
        most=80,
    )
    return Form(Action("setup.space"), words.label("This space"), (field,), words.label("Save"))
