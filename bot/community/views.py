"""What anybody may look up: the private menu, help, and why a message came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.chat.actions import Action
from bot.chat.commands import Command, Option
from bot.chat.messages import Block, Button, Controls, Divider, Facts, Heading, Message, Note, Words, message
from bot.chat.people import Community, Person
from bot.chat.text import Bold, Code, Plain, Text, chained
from bot.texts import catalogue
from bot.texts.catalogue import _

WHY = {
    "nudge": _(
        "Something you take part in is waiting for a word from you. I remind you once, never more than once a day, and "
        "nobody hears about it."
    ),
    "turn": _("You joined a dialogue round, and it is your turn in it. Leaving the round stops these messages."),
    "checkin": _(
        "You are new here, so I come by a few times in your first ninety days, if you let me. {stop} ends it, {fewer} "
        "leaves two."
    ),
    "consent": _(
        "Somebody would like to keep words of yours. Nothing is kept without your yes, so I have to ask you. No answer "
        "counts as no."
    ),
    "request": _("Somebody in the community asked for you by name. I only pass it on; you owe no answer."),
    "keep": _(
        "A thread that you began is about to close by itself, and perhaps the next person could use what came of it. I "
        "ask you once for each thread, and once a week at most."
    ),
    "notice": _("Something changed in what you wrote, started or asked for, and you should be the first to know."),
}
"""By the kinds of `bot.gate`."""


def menu(
    words: catalogue.Words, person: Person, community: Community, blocks: Sequence[Block], *, is_paused: bool
) -> Message:
    """Everything the person can do here, as the features offer it."""
    own = [
        Button(words.label("My settings"), Action("me.show")),
        Button(words.label("Resume"), Action("me.resume")) if is_paused else _pause(words),
        Button(words.label("Help"), Action("help.show")),
    ]
    if person.host:
        first = Button(words.label("Set up"), Action("setup.open"))
        own.insert(0, first if community.set_up else replace(first, style="primary"))
    opening = words.say("What would you like to do, {name}? Only you see this.", name=person.name)
    return message(
        Heading(community.name),
        Words(opening),
        *blocks,
        Divider(),
        Controls(tuple(own)),
        summary=words.label("What you can do here"),
    )


def page(words: catalogue.Words, person: Person, community: Community, parts: Sequence[Sequence[Block]]) -> Message:
    """The person's own page: one part below the other."""
    opening = words.say("Good to see you, {name}. Only you see this page.", name=person.name)
    help_ = Button(words.label("Help"), Action("help.show"))
    below = [block for part in parts for block in (Divider(), *part)]
    return message(
        Heading(community.name), Words(opening), Controls((help_,)), *below, summary=words.label("Your page")
    )


def unmet(words: catalogue.Words, community: Community) -> Message:
    """The page of somebody Kring does not know, or does not know any more."""
    said = words.say(
        "I do not know you yet: I keep nothing about you. Press {button} and we have met.", button=Plain(_begin(words))
    )
    begin = Button(_begin(words), Action("help.show"), style="primary")
    return message(Heading(community.name), Words(said), Controls((begin,)), summary=words.label("Your page"))


def _begin(words: catalogue.Words) -> str:
    return words.label("What you can ask")


def overview(words: catalogue.Words, commands: Iterable[Command]) -> Message:
    """All commands by noun, one line each."""
    parts: list[Block] = [Heading(words.label("What you can ask"))]
    for noun, group in by_noun(commands).items():
        lines: list[Text] = [(Bold(noun or "kring"),)]
        for command in group:
            about = _phrase(words.label(command.about))
            lines.append((Code(command.usage()), Plain(f" · {about}"), *_who(words, command)))
        parts += [Words(chained(lines, "\n"))]
    tip = words.say("{example} tells more about one of them.", example=Code("/kring help round"))
    return message(*parts, Note(tip))


def detail(words: catalogue.Words, noun: str, commands: Sequence[Command]) -> Message:
    """One noun with all its options."""
    parts: list[Block] = [Heading(noun)]
    for command in commands:
        about = (Plain(_phrase(words.label(command.about))), *_who(words, command))
        parts.append(Words(chained([(Code(command.usage()),), about], "\n")))
        if command.options:
            parts.append(Facts(tuple((option.name, _option(words, option)) for option in command.options)))
    return message(*parts)


def by_noun(commands: Iterable[Command]) -> dict[str, list[Command]]:
    """In the order of the features; the menu itself and help come first, under no noun."""
    groups: dict[str, list[Command]] = {"": []}
    for command in commands:
        noun = command.path[0] if command.path and command.path[0] != "help" else ""
        groups.setdefault(noun, []).append(command)
    return groups


def why(words: catalogue.Words, kind: str) -> Message:
    """Why a message of this kind came, and how to stop it."""
    reason = words.say(
        WHY.get(kind, WHY["notice"]), stop=Code("/kring checkin stop"), fewer=Code("/kring checkin fewer")
    )
    when = words.say(
        "I write outside your quiet hours only, and a few times a day at most. {pause} stops everything you did not "
        "ask for; {me} shows what I keep about you.",
        pause=Code("/kring me pause"),
        me=Code("/kring me"),
    )
    return message(Words(reason), Note(when), Controls((_pause(words),)))


def _pause(words: catalogue.Words) -> Button:
    return Button(words.label("Pause"), Action("me.pause"))


def _who(words: catalogue.Words, command: Command) -> Text:
    match command.who:
        case "member":
            return ()
        case "facilitator":
            return (Plain(" "), *words.say("(for facilitators)"))
        case "host":
            return (Plain(" "), *words.say("(for hosts)"))


def _option(words: catalogue.Words, option: Option) -> Text:
    about = words.say(option.about)
    if option.choices:
        about = (*about, Plain(f" ({', '.join(option.choices)})"))
    return about if not option.required else (*about, Plain(" "), *words.say("(needed)"))


def _phrase(about: str) -> str:
    """As part of a line, whoever wrote it: no capital, no full stop."""
    first = about[:1] if about[1:2].isupper() or about[1:2] in (" ", "'", "’") else about[:1].lower()
    return first + about[1:].removesuffix(".")
