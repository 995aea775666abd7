"""What somebody reads who links their accounts, or takes one of them apart again."""

from __future__ import annotations

from datetime import datetime

from bot.chat.actions import Action
from bot.chat.messages import Button, Controls, Heading, Message, Note, Words, message
from bot.chat.people import Person
from bot.chat.text import Code, Moment
from bot.community.model import OWN_CODE_LASTS
from bot.texts import catalogue


def own_code(words: catalogue.Words, letters: str, until: datetime) -> Message:
    """The code, and what becomes of whoever brings it."""
    said = words.say(
        "In the other space, call {command} by your account there. From then on I know both accounts as you: settings, "
        "rounds, know-how and the messages you did not ask for are counted once.",
        command=Code(f"/kring me link {letters[:4]}-{letters[4:]}"),
    )
    alone = words.say(
        "The code works once, until {until}. Give it to nobody: who brings it becomes one person with you.",
        until=Moment(until, "time"),
    )
    return message(Words(said), Note(alone))


def no_such_code(words: catalogue.Words) -> Message:
    minutes = int(OWN_CODE_LASTS.total_seconds() // 60)
    said = words.say(
        "I do not know this code, or its {minutes} minutes are over. Call {command} by your other account, and bring "
        "me the new one.",
        minutes=minutes,
        command=Code("/kring me link"),
    )
    return message(Words(said))


def too_many_tries(words: catalogue.Words) -> Message:
    minutes = int(OWN_CODE_LASTS.total_seconds() // 60)
    said = words.say("These were too many codes that are none. Try again in {minutes} minutes.", minutes=minutes)
    return message(Words(said))


def link_question(words: catalogue.Words, other: Person, here: str, code: str) -> Message:
    """Asked once: it cannot be undone as a whole."""
    asked = words.say(
        "Is *{name}* of {organisation} you too? Then {here} and {organisation} are two accounts of one person.",
        name=other.name,
        organisation=other.organisation,
        here=here,
    )
    kept = words.say(
        "Nothing is lost. Where you chose something twice, what you chose in {organisation} counts, and there I write "
        "to you. In a round in which both sit you have one seat, one turn and one vote from now on. An account can be "
        "unlinked later, but what was put together stays together.",
        organisation=other.organisation,
    )
    warning = words.say("Did somebody else give you this code? Then press nothing: it would make the two of you one.")
    yes = Button(words.label("Yes, both are mine"), Action("me.linked", code), style="primary")
    return message(
        Heading(words.label("Shall I link your accounts?")),
        Words(asked),
        Words(kept),
        Controls((yes, Button(words.label("No, leave it"), Action("me.stay")))),
        Note(warning),
    )


def linked(words: catalogue.Words, person: Person, here: str) -> Message:
    said = words.say(
        "Done: {here} and {organisation} are one person to me now. I write to you in {organisation}.",
        here=here,
        organisation=person.organisation,
    )
    return message(Words(said), Controls((Button(words.label("My settings"), Action("me.show")),)))


def was_linked(words: catalogue.Words, space: str) -> Message:
    """To the account that asked for the code."""
    said = words.say(
        "Your account in {space} is linked with this one now. Was that not you? Call {command} there, and tell a host.",
        space=space,
        command=Code("/kring me unlink"),
    )
    return message(Words(said))


def unlink_question(words: catalogue.Words, here: str) -> Message:
    said = words.say(
        "Shall I unlink your account in {here}? Everything I know of you stays with your other account; by this one "
        "we meet as new.",
        here=here,
    )
    yes = Button(words.label("Yes, unlink it"), Action("me.unlinked"), style="danger")
    return message(Words(said), Controls((yes, Button(words.label("No, leave it"), Action("me.stay")))))


def unlinked(words: catalogue.Words) -> Message:
    return message(Words(words.say("Done. This account stands alone now.")))
