"""What is said when somebody asks for help with a round."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Button, Message
from bot.chat.people import Person
from bot.chat.text import ChannelName, Plain, Text
from bot.rounds.model import Round
from bot.rounds.views import told
from bot.rounds.wording import action, button, excerpt
from bot.texts.catalogue import Words as Language

LABEL = 75
"""The longest label of a button."""


def sure(language: Language, round_: Round, contacts: Sequence[Person]) -> Message:
    """Before anything is sent: who would hear it, and what."""
    text = language.say(
        "Does something in «{topic}» go wrong between people? I can ask {people} to have a look. They hear which round "
        "it is, and who asks if you want that; nobody else hears anything. I judge nothing that people write.",
        topic=round_.topic,
        people=_names(contacts),
    )
    return told(
        text,
        Button(language.label("Ask them, with my name"), action("asked", round_, "named"), "primary"),
        button(language.label("Ask them, without my name"), "asked", round_, "unnamed"),
        button(language.label("No, go on"), "goon", round_),
    )


def nobody(language: Language, hosts: Sequence[Person]) -> Message:
    """The community named nobody to turn to."""
    text = language.say(
        "Nobody has been named for this here yet, so I cannot ask anybody. Is there a person you trust, here or at "
        "work?"
    )
    if not hosts:
        return told(text)
    return told((*text, Plain(" "), *language.say("Hosts here are {people}.", people=_names(hosts))))


def sent(language: Language, people: Sequence[Person], *, reached: bool) -> Message:
    """`reached`: they were written to; else their direct messages are closed, or they are away."""
    if reached:
        return told(
            language.say(
                "I have asked {people} to have a look. Is it urgent? Then write to them yourself as well.",
                people=_names(people),
            )
        )
    return told(language.say("I cannot reach {people} now. Please write to them yourself.", people=_names(people)))


def asked(language: Language, round_: Round, asker: Person | None) -> Message:
    """The letter to a person to turn to. `asker`: who wants their name in it."""
    where = ChannelName(round_.channel)
    if asker is None:
        text = language.say(
            "Somebody in «{topic}» in {channel} asks for help: please have a look at how people treat each other "
            "there. They asked without their name.",
            topic=round_.topic,
            channel=where,
        )
    else:
        text = language.say(
            "{name} asks for help with «{topic}» in {channel}: please have a look at how people treat each other "
            "there.",
            name=asker.shown(),
            topic=round_.topic,
            channel=where,
        )
    return told(text, button(language.label("My part"), "mine", round_))


# -- this is too much


def on_hold(language: Language, round_: Round, contacts: Sequence[Person]) -> Message:
    """To whoever put a private round on hold. `contacts`: who could get in touch with them."""
    text = language.say("Paused. Nobody is told why.")
    stop = Button(language.label("Stop the round"), action("stopit", round_), "danger")
    rest = button(language.label("No, just a break"), "goon", round_)
    if not contacts:
        return told(text, rest, stop)
    asks = language.say("Do you want a person to contact you? That can be: {people}.", people=_names(contacts))
    yes = (
        button(excerpt(language.label("Yes, please: {name}", name=each.name), LABEL), "touch", round_, each.id)
        for each in contacts
    )
    return told((*text, Plain(" "), *asks), *yes, rest, stop)


def get_in_touch(language: Language, round_: Round, asker: Person) -> Message:
    """The letter to who is asked to contact somebody."""
    text = language.say(
        "{name} asks you to get in touch: it was too much in «{topic}», which is on hold now. Nobody else knows that "
        "it was {name}.",
        name=asker.shown(),
        topic=round_.topic,
    )
    return told(text, button(language.label("My part"), "mine", round_))


def touched(language: Language, person: Person, *, reached: bool) -> Message:
    if not reached:
        return told(language.say("I cannot reach {people} now. Please write to them yourself.", people=person.shown()))
    return told(language.say("I have asked {name} to get in touch with you.", name=person.shown()))


def stopped(language: Language) -> Message:
    return told(language.say("The round is stopped."))


def _names(people: Sequence[Person]) -> Text:
    spans: list[Text] = []
    for each in people:
        spans += [(Plain(", "),)] if spans else []
        spans.append((each.shown(),))
    return tuple(span for text in spans for span in text)
