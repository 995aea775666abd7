"""What is said about a second circle."""

from __future__ import annotations

from bot.chat.messages import Button, Message
from bot.rounds.model import Round
from bot.rounds.views import told
from bot.rounds.wording import People, action, name
from bot.texts.catalogue import Words as Language


def another(language: Language, round_: Round, id_: str, people: People) -> Message:
    """A letter to somebody who waits for a seat in the first round, whose id is `id_`."""
    text = language.say(
        "There is a second circle on «{topic}», held by {name}. Your seat there is free. Or you wait on for one in the "
        "first.",
        topic=round_.topic,
        name=name(language, people, round_.facilitator),
    )
    return told(text, Button(language.label("Take a seat in the second"), action("tosecond", round_, id_), "primary"))
