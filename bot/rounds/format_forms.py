"""The form by which a community makes a format of its own, and what is said about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.chat.actions import Action
from bot.chat.forms import ChoiceField, Field, Form, TextField
from bot.chat.messages import Block, Button, Choice, Controls, Heading, Message, Note, Words
from bot.chat.text import Code, Plain
from bot.rounds.composing import HOWS, MOST_STEPS, How
from bot.rounds.script import Format
from bot.rounds.wording import format_name
from bot.texts.catalogue import Words as Language
from bot.texts.catalogue import _

LONGEST_NAME = 60
LONGEST_BLURB = 200
LONGEST_QUESTION = 500

WAYS: Mapping[How, str] = {
    "private": _("Everybody answers privately, then all answers are shown"),
    "turns": _("The word goes round, one after the other"),
    "open": _("Everybody writes in the thread"),
    "pairs": _("Two by two, each pair by itself"),
    "dots": _("Two dots each, for the answers that were shown"),
    "consent": _("Fine, a concern, or an objection"),
}
"""How a step is answered; every way has its words."""


def new(language: Language) -> Form:
    """A name, a sentence, and up to four questions, each with how it is answered."""
    fields: list[Field] = [
        TextField("name", language.label("What people call it"), most=LONGEST_NAME),
        TextField(
            "blurb",
            language.label("What it is good for"),
            hint=language.label("A sentence, for whoever chooses."),
            most=LONGEST_BLURB,
        ),
    ]
    ways = tuple(Choice(how, language.label(WAYS[how])) for how in HOWS)
    for number in range(1, MOST_STEPS + 1):
        fields += [
            TextField(
                f"question{number}",
                language.label("Question {n}", n=number),
                hint=language.label("{topic} becomes what the round is about.", topic="{topic}")
                if number == 1
                else language.label("Empty: there is no such step."),
                required=number == 1,
                multiline=True,
                most=LONGEST_QUESTION,
            ),
            ChoiceField(
                f"how{number}",
                language.label("How question {n} is answered", n=number),
                ways,
                value="private" if number == 1 else "open",
            ),
        ]
    return Form(
        Action("round.format"), language.label("A format of your own"), tuple(fields), language.label("Make the format")
    )


def made(language: Language, format_: Format) -> Message:
    text = language.say(
        "*{format}* is there, for everybody who may start rounds here. Others see its questions before they join.",
        format=format_name(language, format_),
    )
    start = Button(language.label("Start it"), Action("round.propose", f"{format_.id}.async"), "primary")
    return Message((Words(text), Controls((start, _drop(language, format_)))))


def dropped(language: Language, format_: Format) -> Message:
    text = language.say(
        "*{format}* is not offered any more. Rounds that run with it go on.", format=format_name(language, format_)
    )
    return Message((Words(text),))


def own(language: Language, formats: Iterable[Format]) -> Message:
    """Those that the community made."""
    blocks: list[Block] = [Heading(language.label("Formats of your own"))]
    for each in formats:
        named = language.say("*{format}* ({id})", format=format_name(language, each), id=each.id)
        blocks.append(Words((*named, Plain(". "), *language.pick(each.blurb))))
        blocks.append(Controls((_drop(language, each),)))
    if len(blocks) == 1:
        blocks.append(Words(language.say("There are none yet.")))
    blocks.append(
        Note(language.say("{command} makes one.", command=Code("/kring round format new")))
    )  # fmt: skip
    return Message(tuple(blocks))


def _drop(language: Language, format_: Format) -> Button:
    sure = language.label("Offer {format} no more?", format=format_name(language, format_))
    return Button(
        language.label("Drop it"), Action("round.dropformat", format_.id), confirm=sure, deny=language.label("Keep it")
    )
