"""Letters to whoever holds a round: what waits for their decision, and what did not work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.chat.events import Reason
from bot.chat.messages import Button, Controls, Message, Note, Words
from bot.chat.names import Channel, Space
from bot.chat.text import Moment, Plain
from bot.refusals import not_written
from bot.rounds.model import Round
from bot.rounds.notes import few_buttons, hold_buttons, quiet_buttons, uneven, what_then
from bot.rounds.said import Contribution
from bot.rounds.script import Format
from bot.rounds.wording import People, about_round, action, button, excerpt, name
from bot.texts.catalogue import Words as Language


def decide(language: Language, round_: Round, about: str, until: datetime, alternative: Format | None) -> Message:
    """The round waits for a decision."""
    if about == "too_few":
        few = uneven(language, round_) or language.say(
            "«{topic}» has too few people: {n}, and it works from {min}.",
            topic=round_.topic,
            n=len(round_.speakers),
            min=round_.format.size.min,
        )
        text = (*few, Plain(" "), *what_then(language, round_, alternative))
        choices = few_buttons(language, round_, alternative)
    else:
        text = language.say("It stays quiet in «{topic}». What would help?", topic=round_.topic)
        choices = quiet_buttons(language, round_, round_.current)
    note = language.say("Until {moment} this waits for you; after that I ask the others.", moment=Moment(until))
    return Message((Words(text), about_round(language, round_), Note(note), Controls(choices)))


def wished(language: Language, round_: Round, number: int, wish: str) -> Message:
    """What somebody answered to *what would help?*, without their name."""
    if wish == "stop":
        text = language.say("Somebody in «{topic}» would rather stop here.", topic=round_.topic)
        act = button(language.label("Close the round"), "close", round_)
    else:
        text = language.say("Somebody in «{topic}» would like another question.", topic=round_.topic)
        act = button(language.label("Ask it in other words"), "reword", round_, number)
    return Message((Words(text), Controls((act,))))


def unanswered(language: Language, round_: Round, answers: Sequence[Contribution], until: datetime) -> Message:
    """Nobody should stay without a response."""
    text = language.count(
        "In «{topic}» this answer has no response yet. The step stays open until {deadline}: could you give one, or "
        "ask somebody?",
        "In «{topic}» these answers have no response yet. The step stays open until {deadline}: could you respond, or "
        "ask somebody?",
        len(answers),
        topic=round_.topic,
        deadline=Moment(until),
    )
    quotes = [Words((Plain(excerpt(one.body, 200)),), quote=True) for one in answers]
    respond = button(language.label("Respond"), "respond", round_, round_.current)
    return Message((Words(text), *quotes, about_round(language, round_), Controls((respond,))))


def offered(language: Language, round_: Round, people: People) -> Message:
    text = language.say(
        "{facilitator} asks you to hold «{topic}» from here. It is light work: I keep the clock.",
        facilitator=name(language, people, round_.facilitator),
        topic=round_.topic,
    )
    return Message((Words(text), Controls(hold_buttons(language, round_))))


def place_lost(language: Language, round_: Round, reason: Reason) -> Message:
    """The round went on until now."""
    text = language.say(
        "I cannot write in the channel of «{topic}» any more, so the round is on hold. Everything is kept.",
        topic=round_.topic,
    )
    return Message((Words(text), *_mend(language, round_, reason)))


def home_lost(
    language: Language, round_: Round, channel: Channel, space_name: str, reason: Reason, reader: Space
) -> Message:
    """One of its channels, of which it has others; `reader` is where this is read."""
    text = language.say(
        "I cannot write in the channel of «{topic}» in {space}. The round goes on in the others, and who joined it "
        "there can answer in their direct conversation with me.",
        topic=round_.topic,
        space=space_name,
    )
    said = not_written(language, reason, channel, private=round_.format.private)
    why = (*said, Plain(" ")) if channel.space == reader else ()
    then = language.say("When it is mended, put the round on hold and let it go on: then I post it there again.")
    mine = button(language.label("My part"), "mine", round_)
    move = button(language.label("Move to another place"), "move", round_)
    return Message((Words(text), Words((*why, *then)), Controls((mine, move))))


def not_invited(language: Language, round_: Round, reason: Reason) -> Message:
    """The card that was asked for just now could not be posted."""
    text = language.say("I could not post «{topic}». Nothing is lost: the round waits for you.", topic=round_.topic)
    return Message((Words(text), *_mend(language, round_, reason)))


def _mend(language: Language, round_: Round, reason: Reason) -> tuple[Words, Controls]:
    why = not_written(language, reason, round_.channel, private=round_.format.private)
    then = language.say("Then press {button}.", button=Plain(language.label("Go on")))
    stop = Button(language.label("Cancel the round"), action("cancel", round_), "danger")
    resume = Button(language.label("Go on"), action("resume", round_), "primary")
    mine = button(language.label("My part"), "mine", round_)
    move = button(language.label("Move to another place"), "move", round_)
    return Words((*why, Plain(" "), *then)), Controls((resume, move, mine, stop))


def not_shown(language: Language, round_: Round) -> Message:
    """A message of the round was refused for what stands in it."""
    text = language.say(
        "A message of mine in «{topic}» was not taken: perhaps it is too long. People do not see it there; where the "
        "round is, they see under {button}. Please tell a host: the log says more.",
        topic=round_.topic,
        button=Plain(language.label("My part")),
    )
    mine = button(language.label("My part"), "mine", round_)
    return Message((Words(text), about_round(language, round_), Controls((mine,))))
