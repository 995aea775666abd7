"""What is said about going on with what a round came to, and about the day when people look at it together."""

from __future__ import annotations

from bot.chat.forms import ChoiceField, Form
from bot.chat.messages import Block, Button, Choice, Controls, Heading, Message, Note, Words
from bot.chat.text import Moment
from bot.chat.text import words as bare
from bot.rounds.leading import Lead, lead, looked_at
from bot.rounds.model import Round
from bot.rounds.notes import simple
from bot.rounds.script import Format
from bot.rounds.wording import People, about_round, action, button, format_name, name, picked
from bot.texts.catalogue import Words as Language

WEEKS = (1, 2, 4, 6, 8, 12)
"""After so many weeks people can look at it together."""


def about(language: Language, round_: Round, found: Lead) -> str:
    """What people go on with, as the topic of the next round."""
    return picked(language, round_, found.step, found.option).rstrip(" .")


# -- when the round is over


def offer(language: Language, round_: Round, into: Format | None) -> tuple[Block, ...]:
    """Below the closing words and the record; nothing where somebody did so, or people look at it on a day."""
    found = lead(round_)
    if found is None or into is None or round_.went_on is not None or looked_at(round_) is not None:
        return ()
    text = language.count(
        "{n} person is behind “{idea}”. It can go on from here as *{format}*: {blurb}",
        "{n} people are behind “{idea}”. It can go on from here as *{format}*: {blurb}",
        found.people,
        idea=about(language, round_, found),
        format=format_name(language, into),
        blurb=bare(language.pick(into.blurb)),
    )
    return Words(text), Controls((_go_on(language, round_),))


def _go_on(language: Language, round_: Round) -> Button:
    return Button(language.label("Go on with it"), action("follow", round_), "primary")


def went_on(language: Language, into: int) -> Message:
    """In the thread, when people were invited to the round of that number."""
    return Message((Note(language.say("It goes on in R-{number}.", number=into)),))


# -- the day when people look at it


def day(language: Language, round_: Round, step: int) -> tuple[Block, ...]:
    """Below what people claimed: when they look at it together."""
    if looked_at(round_) != step or round_.look_at is None or round_.went_on is not None:
        return ()
    text = language.say("On {date} I ask here how it went.", date=Moment(round_.look_at, "date"))
    return Words(text), Controls((_another(language, round_),))


def _another(language: Language, round_: Round) -> Button:
    return button(language.label("Another day"), "lookday", round_)


def form(language: Language, round_: Round, usual: int) -> Form:
    """When people look at it; `usual`: after so many days where nobody chooses."""
    weeks = max(1, round(usual / 7))
    each = sorted({*WEEKS, weeks})
    choices = tuple(Choice(str(n), language.counted("in {n} week", "in {n} weeks", n)) for n in each)
    return Form(
        action("lookday", round_),
        language.label("When do we look at it?"),
        (ChoiceField("weeks", language.label("From today"), choices, value=str(weeks)),),
        language.label("Save"),
        language.say("On that day I ask in the thread how it went, and write to those who took it on."),
    )


def another_day(language: Language, round_: Round, person: str, people: People) -> Message:
    date = Moment(round_.look_at, "date") if round_.look_at is not None else ""
    return Message((Note(language.say("{name} chose another day: on {date} I ask here how it went.",
                                      name=name(language, people, person), date=date)),))  # fmt: skip


def look_day(language: Language, round_: Round, found: Lead) -> Message:
    """On that day, in the thread."""
    heading = language.label("Look day")
    text = language.say(
        "Look day for “{idea}”. What did you expect, and what happened? Stopping is a result too.",
        idea=about(language, round_, found),
    )
    return Message((Heading(heading), Words(text), Controls(_on_the_day(language, round_))), summary=heading)


def look_letter(language: Language, round_: Round, found: Lead) -> Message:
    """The same to somebody who took it on."""
    text = language.say(
        "You took on “{idea}”, and today is its look day. What did you expect, and what happened? Stopping is a result "
        "too.",
        idea=about(language, round_, found),
    )
    return Message((Words(text), about_round(language, round_), Controls(_on_the_day(language, round_))))


def _on_the_day(language: Language, round_: Round) -> tuple[Button, Button]:
    return Button(language.label("Look back together"), action("follow", round_), "primary"), _another(language, round_)


def chosen(language: Language, round_: Round) -> Message:
    date = Moment(round_.look_at, "date") if round_.look_at is not None else ""
    return simple(language.say("Good. On {date} I ask how it went.", date=date))
