"""What one person is told privately about a round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.chat.actions import Action
from bot.chat.messages import Block, Button, Choice, Controls, Message, Note, Select, Words
from bot.chat.text import ChannelName, Moment, Plain, Text
from bot.rounds.bringing import promised
from bot.rounds.letters import keep_buttons, may_keep
from bot.rounds.model import Round
from bot.rounds.script import SIDES, Format
from bot.rounds.seen import SeenAnswer
from bot.rounds.wording import People, across, button, excerpt, format_name, name, place_of, prompt
from bot.texts.catalogue import Words as Language

CHOICE = 75
"""The longest label of a choice."""


def told(text: Text, *controls: Button) -> Message:
    """A sentence, with buttons under it."""
    return Message((Words(text), Controls(controls))) if controls else Message((Words(text),))


# -- starting


def formats(language: Language, formats_: Iterable[Format], typed: str, nearest: Format | None) -> Message:
    """An unknown format: the nearest one, and all there are to choose from."""
    all_ = tuple(formats_)
    text = language.say("I do not know the format {typed}.", typed=excerpt(typed, 60))
    if nearest is not None:
        near = language.say("The nearest is *{format}*.", format=format_name(language, nearest))
        text = (*text, Plain(" "), *near)
    select = Select(language.label("Choose a format"), Action("round.format"), format_choices(language, all_))
    return Message((Words(text), *(_format(language, each) for each in all_), Controls((select,))))


def format_choices(language: Language, formats_: Iterable[Format]) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            each.id,
            excerpt(
                language.label(
                    "{format} ({min} to {max} people)",
                    format=format_name(language, each),
                    min=each.size.min,
                    max=each.size.max,
                ),
                CHOICE,
            ),
            hint=excerpt(" ".join(span.text for span in language.pick(each.blurb) if isinstance(span, Plain)), CHOICE),
        )
        for each in formats_
    )


def _format(language: Language, format_: Format) -> Words:
    text = language.say("*{format}* ({id})", format=format_name(language, format_), id=format_.id)
    return Words((*text, Plain(". "), *language.pick(format_.blurb)))


# -- seats


def welcome(language: Language, round_: Round, person: str, way: str, *more: Button, stands: bool = False) -> Message:
    """To somebody who has just taken a seat; `more`: what whoever holds it can do. `stands`: their side is known."""
    if way == "listen" and round_.format.private:
        text = language.say(
            "You listen in «{topic}»: you see which step it is at. What is said stays with those who speak.",
            topic=round_.topic,
        )
    elif round_.began_at is not None:
        current = min(round_.current, len(round_.steps) - 1)
        number, of = place_of(round_, current)
        text = language.say(
            "Good to have you, {name}. We are at step {i} of {n}: “{step}” This is what came before: {link}. Join "
            "from here, no need to catch up.",
            name=person,
            i=number,
            n=of,
            step=prompt(language, round_, current, {}),
            link=language.say("the thread in {channel}", channel=ChannelName(round_.channel)),
        )
    elif way == "listen":
        text = language.say(
            "You listen in «{topic}»: you read along, and may respond where everybody does. It begins {moment}.",
            topic=round_.topic,
            moment=beginning(language, round_),
        )
    else:
        text = language.say(
            "You are in: you speak in «{topic}». It begins {moment}. I will let you know.",
            topic=round_.topic,
            moment=beginning(language, round_),
        )
    sides = SIDES[: round_.format.sides] if round_.format.sides and not stands else ()
    if sides:
        asked = language.say(
            "There are two sides in it; whoever holds the round says which is A and which is B. On which side do you "
            "stand?"
        )
        if more:
            asked = language.say(
                "There are two sides in it; say here in the channel which is A and which is B. On which side do you "
                "stand?"
            )
        text = (*text, Plain(" "), *asked)
    choose = (button(language.label("Side {side}", side=side), "side", round_, side) for side in sides)
    mine = button(language.label("My part"), "mine", round_)
    return told(text, *choose, mine, leaving(language, round_), *more)


def beginning(language: Language, round_: Round) -> Text:
    return (Moment(round_.begins_at),) if round_.begins_at else language.say("when there are enough of you")


def full(language: Language, round_: Round) -> Message:
    text = language.say(
        "The circle is full with {n} people. You are on the waiting list; I tell you when a seat comes free. "
        "Perhaps there are enough of you for a second circle?",
        n=round_.format.size.max,
    )
    listen = button(language.label("I'll listen"), "listen", round_)
    second = button(language.label("Start a second circle"), "second", round_)
    return told(text, listen, second, leaving(language, round_))


def declined(language: Language) -> Message:
    return told(language.say("That is fine. Nobody hears about it, and you can still join."))


def left(language: Language, round_: Round, person: str, *, wrote: bool) -> Message:
    """`round_`: as it is now."""
    if not wrote:
        return told(language.say("You have left this round. Nobody is told why."))
    text = language.say("You have left this round. What shall I do with what you wrote?")
    seat = round_.seat(person)
    if seat is not None and seat.choose_until is not None:
        goes = language.say("If you say nothing, I remove it {moment}.", moment=Moment(seat.choose_until))
        text = (*text, Plain(" "), *goes)
    return told(
        text,
        button(language.label("Keep it with my name"), "behind", round_, "keep"),
        button(language.label("Keep it without my name"), "behind", round_, "unname"),
        button(language.label("Remove it"), "behind", round_, "remove"),
    )


def left_behind(language: Language, round_: Round, choice: str) -> Message:
    """Who has left a private thread does not see their own messages in it any more."""
    walled = round_.walled(round_.channel)
    match choice:
        case "keep":
            return told(language.say("It stays, with your name."))
        case "unname" if walled:
            return told(
                language.say(
                    "It stays, without your name. Messages you wrote in the private thread yourself still show it: a "
                    "moderator of the server can delete them; I never do."
                )
            )
        case "unname":
            return told(
                language.say(
                    "It stays, without your name. Messages you wrote in the thread yourself still show it: they are "
                    "yours to delete; I never do."
                )
            )
        case _ if walled:
            return told(
                language.say(
                    "It is gone. Messages you wrote in the private thread yourself stand there until a moderator of "
                    "the server deletes them; I never do."
                )
            )
        case _:
            return told(
                language.say("It is gone. Messages you wrote in the thread yourself are yours to delete; I never do.")
            )


def leaving(language: Language, round_: Round) -> Button:
    return button(language.label("Leave the round"), "leave", round_)


# -- answers


def saved(language: Language, round_: Round, step: int, answer: str) -> Message:
    """A private answer is kept."""
    run = round_.steps[step]
    if promised(round_, step):
        text = language.say(
            "Noted. Only you see this. Only if your group says nothing, it goes along into the larger one, with your "
            "name, for everybody who reads there; until then you can change it or take it back, under {button} too.",
            button=Plain(language.label("My part")),
        )
    elif run.script.reveal == "none":
        text = language.say("Noted. Only you see this; while the step is open you can change it or take it back.")
    elif run.script.reveal.startswith("to:"):
        text = language.say(
            "Noted. Nobody in the round sees this before the step closes. Until then you can change it or take it back."
        )
    else:
        text = language.say(
            "Noted. Nobody in the round sees this before all answers are shown at once. Until then you can change it "
            "or take it back."
        )
    return told(
        text,
        button(language.label("Change it"), "answer", round_, step),
        button(language.label("Take it back"), "retract", round_, answer),
    )


def thanks(language: Language, round_: Round) -> Message:
    """What somebody said can be read now."""
    if round_.format.private:
        return told(language.say("Thank you. Those inside can read it now."))
    return told(language.say("Thank you. It stands in the thread now."))


def keeping(language: Language, round_: Round, answers: Sequence[SeenAnswer]) -> tuple[Block, ...]:
    """What this person is asked to let keep, each with the four answers."""
    blocks: list[Block] = []
    for answer in answers:
        blocks += [
            *may_keep(language, round_, answer.id, answer.body),
            Controls(keep_buttons(language, round_, answer.id)),
        ]
    if blocks and round_.several:
        blocks.insert(0, Note(across(language, round_)))
    return tuple(blocks)


def off_turn(language: Language, holder: str | None, people: People) -> Message:
    """To somebody who wrote while another has the word."""
    if holder is None:
        return told(language.say("Your message stays where it is. In this step everybody speaks once."))
    text = language.say(
        "{holder} has the word right now. Your message stays where it is; I'll remind you of it when it's your turn.",
        holder=name(language, people, holder),
    )
    return told(text)


def said_enough(language: Language, most: int) -> Message:
    text = language.say("Your message stays where it is. In this step everybody says at most {most} things.", most=most)
    return told(text)


def answers_are_private(language: Language, round_: Round, step: int, message: str) -> Message:
    """To somebody who wrote their answer in the thread."""
    if round_.hidden:
        text = language.say("In this round only those inside read what is said. Shall I take this one in there?")
    else:
        text = language.say(
            "In this step answers are private until all are shown at once. Shall I take this one as yours?"
        )
    use = button(language.label("Use this as my private answer"), "usethis", round_, step, message)
    return told(text, use, button(language.label("Answer privately"), "answer", round_, step))


def consented(language: Language, round_: Round, contribution: str, answer: str) -> Message:
    """What the author decided; they may still change their mind."""
    more: tuple[Button, ...]
    match answer:
        case "yes":
            text = language.say("Thank you. It is kept with your name. You can withdraw this whenever you like.")
            more = (button(language.label("You may ask me about it"), "askme", round_, contribution, "yes"),)
        case "unnamed":
            text = language.say("Thank you. It is kept without your name. You can withdraw this whenever you like.")
            more = ()
        case _:
            return told(language.say("That is fine: it stays in the round. Nobody hears that you were asked."))
    back = button(language.label("Rather not after all"), "consent", round_, contribution, "no")
    return told(text, *more, back)


def askable(language: Language, round_: Round, contribution: str, *, may: bool) -> Message:
    """Whether others are pointed to the author of something that is kept."""
    back = button(language.label("Rather not after all"), "consent", round_, contribution, "no")
    if may:
        text = language.say("Thank you. The record says that people may ask you about it.")
        return told(text, button(language.label("Rather not be asked"), "askme", round_, contribution, "no"), back)
    again = button(language.label("You may ask me about it"), "askme", round_, contribution, "yes")
    return told(language.say("That is fine. Nobody is pointed to you."), again, back)


def pick_mine(language: Language, round_: Round) -> Message:
    """Somebody pressed a button that only an author may press."""
    text = language.say("Only the person who wrote this can do that. What you said yourself stands under {button}.",
                        button=Plain(language.label("My part")))  # fmt: skip
    return told(text, button(language.label("My part"), "mine", round_))
