"""What is said while a round waits for a second voice on a side that has become too small."""

from __future__ import annotations

from bot.chat.messages import Button, Controls, Message, Note, Words
from bot.chat.text import Moment, Text
from bot.rounds.floor import short_side
from bot.rounds.model import Round
from bot.rounds.wording import about_round, action
from bot.texts.catalogue import Words as Language


def wanted(language: Language, round_: Round) -> Message:
    """For everybody in the thread."""
    ask = language.say("Do you know somebody? Whoever comes in there takes part from here.")
    return Message((Words(waits(language, round_)), Note(ask), *_controls(language, round_)))


def was_wanted(language: Language) -> Message:
    """In the place of that, once the round goes on or ends."""
    return Message((Note(language.say("Here we waited for a second voice.")),))


def waits(language: Language, round_: Round) -> Text:
    """Why the round stands still. On which side somebody is missing, and not who left."""
    short = short_side(round_)
    if short is None:
        return language.say("This round is on hold. Everything is kept.")
    return language.say(
        "We are too few on {side} now, so the round waits for a second voice there, with its clock stopped. It goes "
        "on by itself as soon as there are {need} again.",
        side=side_name(language, round_, short[0]),
        need=round_.format.size.per_side_min,
    )


def too_few(language: Language, round_: Round) -> Text | None:
    """For whoever decides; None where the round does not wait for a second voice."""
    short = short_side(round_) if round_.seeking else None
    if short is None:
        return None
    return language.say(
        "In «{topic}» nobody has been found for {side} yet: it has {have}, and each side needs {need}.",
        topic=round_.topic,
        side=side_name(language, round_, short[0]),
        have=short[1],
        need=round_.format.size.per_side_min,
    )


def look_for(language: Language, round_: Round) -> Message:
    """To somebody who may know people on that side."""
    short, until = short_side(round_), round_.paused_until
    text = language.say(
        "In «{topic}» there are too few people on {side} now, and nothing goes on one-sided: the round waits, with its "
        "clock stopped. Could you find somebody who stands there? They come in with the button in the round’s thread.",
        topic=round_.topic,
        side=side_name(language, round_, short[0] if short is not None else ""),
    )
    then = (
        (Note(language.say("If nobody comes until {moment}, whoever holds the round decides.", moment=Moment(until))),)
        if until is not None
        else ()
    )
    return Message((Words(text), about_round(language, round_), *then))


def side_name(language: Language, round_: Round, side: str) -> str:
    """A side in the middle of a sentence: its letter, or the space it is."""
    space = next((home.name for home in round_.homes if home.channel.space.id == side), None)
    if round_.several and space is not None:
        return language.label("the side of {space}", space=space)
    return language.label("side {side}", side=side)


def come_in(language: Language, round_: Round) -> tuple[Button, ...]:
    """For whoever stands on that side; in a round over several spaces only there."""
    short = short_side(round_) if round_.seeking else None
    if short is None or (round_.several and short[0] != round_.channel.space.id):
        return ()
    label = (
        language.label("I'll speak") if round_.several else language.label("I'll speak on side {side}", side=short[0])
    )
    return (Button(label, action("voice", round_, short[0]), "primary"),)


def _controls(language: Language, round_: Round) -> tuple[Controls, ...]:
    buttons = come_in(language, round_)
    return (Controls(buttons),) if buttons else ()
