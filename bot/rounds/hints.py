"""Direct messages to one person when others say nothing: what they hear of it, and what they can do."""

from __future__ import annotations

from datetime import datetime

from bot.chat.messages import Button, Controls, Message, Note, Words
from bot.chat.text import Moment
from bot.chat.text import words as bare
from bot.rounds.audience import who_reads
from bot.rounds.casting import asked_role
from bot.rounds.model import Round
from bot.rounds.wording import People, about_round, action, button, name
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


def ask_in_offered(language: Language, round_: Round, number: int) -> Message:
    """To whoever it is about in a group, while somebody there is silent; not who."""
    text = language.say(
        "In «{topic}» it is about you now, and it is quiet. There is room for one more {role}: would you like to ask "
        "somebody in? Only if you feel like it; nobody else hears of this.",
        topic=round_.topic,
        role=_role(language, round_, number),
    )
    ask = button(language.label("Ask somebody in"), "askin", round_, number)
    return Message((Words(text), about_round(language, round_), Controls((ask,))))


def asked_in(language: Language, round_: Round, number: int, by: str, people: People) -> Message:
    """To somebody who is not in the round."""
    text = language.say(
        "{name} would like you to come into a small group in «{topic}», as a {role}. A no is fine, and nobody hears "
        "of it.",
        name=name(language, people, by),
        topic=round_.topic,
        role=_role(language, round_, number),
    )
    due = round_.steps[number].due_at
    until = (Note(language.say("You can come in until {moment}.", moment=Moment(due))),) if due is not None else ()
    come = Button(language.label("I'll come in"), action("comein", round_, number), "primary")
    no = button(language.label("Not this time"), "decline", round_)
    return Message((Words(text), Note(who_reads(language, round_)), *until, Controls((come, no))))


def _role(language: Language, round_: Round, number: int) -> str:
    role = asked_role(round_, round_.steps[number].script)
    return "" if role is None else bare(language.pick(role.name))


def chair_offered(language: Language, round_: Round, number: int) -> Message:
    """The inner circle is quiet, and there is room in it."""
    text = language.say(
        "It is quiet in the inner circle of «{topic}», and a chair is free. Would you come in for a moment? Only if "
        "you feel like it.",
        topic=round_.topic,
    )
    take = button(language.label("Take the free chair"), "chair", round_, number)
    return Message((Words(text), about_round(language, round_), Controls((take,))))
