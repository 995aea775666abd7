"""The forms of a repeating round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.chat.actions import Action
from bot.chat.forms import ChoiceField, Form, TextField
from bot.chat.messages import Choice
from bot.chat.names import Channel
from bot.chat.text import ChannelName, Code, Text
from bot.rounds.forms import what_and_how
from bot.rounds.model import LONGEST_TOPIC
from bot.rounds.schedules import Schedule
from bot.rounds.script import Format
from bot.texts.catalogue import Words as Language

WHEN = 120
"""Letters of a rule."""


def set_up(language: Language, formats: Iterable[Format], given: Mapping[str, str], elsewhere: Channel | None) -> Form:
    """How a repeating round is set up; `elsewhere`: it will stand there, not where the form is opened."""
    intro: Text = ()
    if elsewhere is not None:
        intro = language.say(
            "It will stand in {channel}. For another channel, call {command} there.",
            channel=ChannelName(elsewhere),
            command=Code("/kring round schedule"),
        )
    hint = language.label("Such as “every second Tuesday 10:00” or “first Monday of the month 9:30”.")
    return Form(
        Action("round.repeat"),
        language.label("A repeating round"),
        (
            TextField("when", language.label("When"), hint=hint, value=given.get("when", ""), most=WHEN),
            *what_and_how(language, formats, given),
        ),
        language.label("Set it up"),
        intro,
    )


def topic(language: Language, schedule: Schedule) -> Form:
    how_long = (
        Choice("once", language.label("The next time only")),
        Choice("always", language.label("From now on")),
    )
    return Form(
        Action("round.repeattopic", f"{schedule.id}.{schedule.stamp}"),
        language.label("Another topic"),
        (
            TextField("topic", language.label("Topic"), value=schedule.subject, most=LONGEST_TOPIC),
            ChoiceField("once", language.label("How long"), how_long, value="once"),
        ),
        language.label("Save"),
    )
