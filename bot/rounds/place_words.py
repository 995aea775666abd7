"""What is said when a round moves to another channel."""

from __future__ import annotations

from bot.chat.messages import Button, Message, Note
from bot.chat.names import Channel
from bot.chat.text import ChannelName, Code, Plain
from bot.rounds.model import Round
from bot.rounds.views import told
from bot.rounds.wording import action, button
from bot.texts.catalogue import Words as Language

MOVE = "/kring round move"


def move_button(language: Language, round_: Round) -> Button:
    return button(language.label("Move to another place"), "move", round_)


def how_to_move(language: Language, round_: Round, home: Channel | None) -> Message:
    """`home`: the community's home channel, if the round can go there at a press."""
    text = language.say(
        "Go to the channel where «{topic}» should go on, and call {command} there. I have to be let in there. People "
        "there read what is said from then on; what was said until now stays where it was said.",
        topic=round_.topic,
        command=Code(MOVE),
    )
    if home is None:
        return told(text)
    there = language.say("Or let it go on in the home channel, {channel}.", channel=ChannelName(home))
    to_home = Button(language.label("Go on in the home channel"), action("tohome", round_), "primary")
    return told((*text, Plain(" "), *there), to_home)


def goes_on_here(language: Language) -> Message:
    """In the new thread."""
    text = language.say(
        "This round goes on here. What was said before stays where it was said; what you said yourself stands under "
        "{button}.",
        button=Plain(language.label("My part")),
    )
    return Message((Note(text),))


def goes_on_there(language: Language, round_: Round) -> Message:
    """A letter to somebody in the round, who may not be in the new channel yet."""
    text = language.say(
        "I could not write in the channel of «{topic}» any more. The round goes on in {channel}: be sure that you are "
        "in there.",
        topic=round_.topic,
        channel=ChannelName(round_.channel),
    )
    return told(text, button(language.label("My part"), "mine", round_))
