"""Direct messages to one person when others say nothing: what they hear of it, and what they can do."""

from __future__ import annotations

from datetime import datetime

from bot.chat.messages import Controls, Message, Words
from bot.chat.text import Moment
from bot.rounds.model import Round
from bot.rounds.wording import People, about_round, button, name
from bot.texts.catalogue import Words as Language


def role_silent(language: Language, round_: Round, number: int, until: datetime, people: People) -> Message:
    """Whoever has the word has said nothing."""
    text = language.say(
        "{name} has not said anything in «{topic}» yet. The step stays open until {deadline}. Nobody else hears of "
        "this: perhaps a kind word from you helps, and pausing or closing the round is fine too.",
        name=name(language, people, round_.steps[number].holder),
        topic=round_.topic,
        deadline=Moment(until),
    )
    return Message((Words(text), about_round(language, round_)))


def side_quiet(language: Language, round_: Round, until: datetime) -> Message:
    """To somebody who may know people on the other side."""
    text = language.say(
        "In «{topic}» one side has not said anything yet, and nothing is shown without it. Could you reach somebody "
        "there? The step stays open until {deadline}.",
        topic=round_.topic,
        deadline=Moment(until),
    )
    return Message((Words(text), about_round(language, round_)))


def chair_offered(language: Language, round_: Round, number: int) -> Message:
    """The inner circle is quiet, and there is room in it."""
    text = language.say(
        "It is quiet in the inner circle of «{topic}», and a chair is free. Would you come in for a moment? Only if "
        "you feel like it.",
        topic=round_.topic,
    )
    take = button(language.label("Take the free chair"), "chair", round_, number)
    return Message((Words(text), about_round(language, round_), Controls((take,))))
