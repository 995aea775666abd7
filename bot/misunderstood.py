"""What a person reads when their command cannot be passed on: what was understood, and what to type instead."""

from __future__ import annotations

from bot.chat.commands import Command, Misused, Unknown
from bot.chat.messages import Message, Note, Words, message
from bot.chat.text import Code, Text
from bot.texts import catalogue

LONGEST = 60
"""More of a wrong word than this is not repeated."""


def unknown(words: catalogue.Words, call: Unknown) -> Message:
    """No such command: the nearest one there is, and where to find all of them."""
    typed = Code(_short(call.typed))
    if call.nearest is not None and call.nearest.path[0] == call.typed:
        said = words.say(
            "{typed} needs one more word. {help} shows which.", typed=typed, help=Code(f"/kring help {call.typed}")
        )
        return message(Words(said))
    if call.nearest is None:
        said = words.say("I do not know {typed}.", typed=typed)
    else:
        nearest = Code(f"/kring {call.nearest.name}")
        said = words.say("I do not know {typed}. Did you mean {nearest}?", typed=typed, nearest=nearest)
    return message(Words(said), _help(words))


def plain_talk(words: catalogue.Words) -> Message:
    """Somebody talks with Kring itself, which does not talk."""
    said = words.say("I keep time and memory here; talking is for people, so I do not read this.")
    return message(Words(said), _help(words))


def misused(words: catalogue.Words, call: Misused) -> Message:
    """The command is known, one option is not as it should be."""
    return message(Words(_fault(words, call)), Note(words.say("Like this: {usage}", usage=Code(call.command.usage()))))


def not_allowed(words: catalogue.Words, command: Command) -> Message:
    """The command is for facilitators or hosts."""
    name = Code(f"/kring {command.name}")
    if command.who == "host":
        said = words.say("{name} is for whoever administers this space.", name=name)
    else:
        said = words.say("{name} is for facilitators. A host can make you one.", name=name)
    return message(Words(said))


def _fault(words: catalogue.Words, call: Misused) -> Text:
    option, typed = Code(call.option), Code(_short(call.typed))
    match call.fault:
        case "missing" if known := _choices(call):
            return words.say("{option} is missing. Choose from: {choices}.", option=option, choices=known)
        case "missing":
            return words.say("{option} is missing.", option=option)
        case "not_a_number":
            return words.say("{option} is a whole number, {typed} is not.", option=option, typed=typed)
        case "not_a_person":
            return words.say("I do not know who {typed} is. Type @ and a name.", typed=typed)
        case "too_much":
            return words.say("I do not know what to do with {typed}. Put more words between quotes.", typed=typed)
        case "not_a_choice":
            return words.say(
                "{option} cannot be {typed}. Choose from: {choices}.",
                option=option,
                typed=typed,
                choices=_choices(call),
            )


def _choices(call: Misused) -> str:
    return ", ".join(next((each.choices for each in call.command.options if each.name == call.option), ()))


def _help(words: catalogue.Words) -> Note:
    return Note(words.say("{help} lists everything you can ask.", help=Code("/kring help")))


def _short(typed: str) -> str:
    return typed if len(typed) <= LONGEST else typed[: LONGEST - 1] + "…"
