"""What a host sees of the days on which the community holds no rounds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.chat.actions import Action
from bot.chat.forms import Form, TextField
from bot.chat.messages import Message, Words, message
from bot.chat.text import bullets, plain
from bot.community.days_off import spans
from bot.texts import catalogue


def form(words: catalogue.Words, days: Sequence[date]) -> Form:
    field = TextField(
        "days",
        words.label("Days"),
        hint=words.label("One a line, such as 2026-12-25 or 2026-12-21 to 2027-01-03."),
        value="\n".join(_typed(words, days)),
        required=False,
        multiline=True,
    )
    intro = words.say(
        "Holidays and other days on which repeating rounds do not take place. In rounds that go on they do not count: "
        "their steps last longer."
    )
    return Form(Action("setup.daysoff"), words.label("Days without rounds"), (field,), words.label("Save"), intro)


def kept(words: catalogue.Words, days: Sequence[date]) -> Message:
    if not days:
        return message(Words(words.say("Every day may have rounds.")))
    return message(Words((*words.say("Days without repeating rounds:"), *bullets(map(plain, _typed(words, days))))))


def _typed(words: catalogue.Words, days: Sequence[date]) -> list[str]:
    """As a host may type them, those that follow each other together."""
    return [
        f"{first}" if first == last else words.label("{first} to {last}", first=f"{first}", last=f"{last}")
        for first, last in spans(days)
    ]
