"""What facilitators see of newcomers: numbers of five or more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from babel.dates import format_date

from bot.chat.messages import Facts, Heading, Message, Note, Words, message
from bot.chat.text import Text, plain
from bot.newcomers.journey import STAGE_NAMES
from bot.newcomers.model import CONTACTS_SHOWN, HELP_MISSED, Stage
from bot.texts import catalogue

FEWEST = 5
"""A number about fewer people is not shown."""


def card(
    words: catalogue.Words, weeks: Sequence[tuple[date, int]], stages: Mapping[Stage, int], counts: Mapping[str, int]
) -> Message:
    """The newest week first. A stage's number stands alone, so that no other can be worked out from it."""
    asked = (
        (words.label("Times nobody was reached for help"), counts.get(HELP_MISSED, 0)),
        (words.label("Times the contact persons were looked up"), counts.get(CONTACTS_SHOWN, 0)),
    )
    everything = (*(count for _, count in weeks), *stages.values(), *(count for _, count in asked))
    if all(count < FEWEST for count in everything):
        few = words.say("There are too few newcomers to say anything about them without pointing at somebody.")
        return message(Heading(words.label("Newcomers")), Words(few))
    return message(
        Heading(words.label("Newcomers")),
        Facts(tuple((_week(words, monday), _number(words, count)) for monday, count in weeks)),
        Facts(tuple((words.label(name), _number(words, stages.get(stage, 0))) for stage, name in STAGE_NAMES.items())),
        Facts(tuple((label, _number(words, count)) for label, count in asked)),
        Note(
            words.say(
                "Stages are what people chose for themselves in their first ninety days. Nobody is named, and numbers "
                "below five are not shown."
            )
        ),
    )


def _week(words: catalogue.Words, monday: date) -> str:
    return words.label("Week of {date}", date=format_date(monday, "d MMMM", locale=words.language))


def _number(words: catalogue.Words, count: int) -> Text:
    return plain(str(count)) if count >= FEWEST else words.say("too few to say")
