"""Direct messages about a round that their reader did not ask for; the gate sends them, with its footer."""

from __future__ import annotations

from datetime import datetime

from bot.chat.messages import Button, Controls, Message, Note, Words
from bot.chat.text import Moment, Plain, Text
from bot.rounds.audience import chooses
from bot.rounds.model import Round
from bot.rounds.prompts import controls, turn_buttons
from bot.rounds.said import Contribution
from bot.rounds.wording import (
    People,
    about_round,
    across,
    action,
    button,
    excerpt,
    members,
    name,
    other_language,
    prompt,
    worded,
)
from bot.texts.catalogue import Words as Language


def begun(
    language: Language, round_: Round, number: int, until: datetime, people: People, *, asked: bool = True
) -> Message:
    """The round that somebody joined has begun; where they are `asked` something they can answer from here."""
    mine = (button(language.label("My part"), "mine", round_), other_language(language, round_, number))
    text = language.say(
        "«{topic}» has begun. This step is open until {deadline}:", topic=round_.topic, deadline=Moment(until)
    )
    return Message(
        (
            Words(text),
            Words(prompt(language, round_, number, people), quote=True),
            about_round(language, round_),
            Controls(controls(language, round_, number) if asked else mine),
        )
    )


def in_group(language: Language, round_: Round, number: int, until: datetime, people: People) -> Message:
    """What is asked of somebody's group, which has no thread. Who is in it may be what the step says itself."""
    run, deadline = round_.steps[number], Moment(until)
    if not run.prompt and any("{members}" in asked for asked in run.script.prompt.values()):
        text = language.say("Your group in «{topic}», open until {deadline}:", topic=round_.topic, deadline=deadline)
    else:
        text = language.say(
            "Your group in «{topic}»: {names}. Open until {deadline}:",
            topic=round_.topic,
            names=language.names(people[each].name for each in members(round_, number) if each in people),
            deadline=deadline,
        )
    return Message(
        (
            Words(text),
            Words(prompt(language, round_, number, people), quote=True),
            Controls(controls(language, round_, number)),
        )
    )


def back(language: Language, round_: Round, number: int, until: datetime, people: People) -> Message:
    """The round was put aside because nobody took on what it came to, and asks again."""
    text = language.say(
        "Some time ago nobody could take on «{topic}», so it was put aside. How is that now? Open until {deadline}:",
        topic=round_.topic,
        deadline=Moment(until),
    )
    question = Words(prompt(language, round_, number, people), quote=True)
    return Message((Words(text), question, about_round(language, round_), Controls(controls(language, round_, number))))


def nudge(language: Language, round_: Round, number: int, until: datetime) -> Message:
    """There is still room; one such letter a day at most."""
    text = language.say(
        "There is still room for your voice in «{topic}», until {deadline}. Rather not? No need to explain.",
        topic=round_.topic,
        deadline=Moment(until),
    )
    here = round_, number
    script = round_.steps[number].script
    votes = script.mode == "vote"
    add = action("vote" if votes else "answer", *here)
    label = language.label("Vote") if votes else language.label("Add mine")
    if chooses(round_, script):
        label = language.label("Choose")
    return Message(
        (
            Words(text),
            Controls(
                (
                    Button(label, add, "primary"),
                    button(language.label("Pass"), "pass", *here),
                    button(language.label("I need more time"), "time", *here),
                )
            ),
        )
    )


def your_turn(language: Language, round_: Round, number: int, person: str, until: datetime, people: People) -> Message:
    """The word is theirs: they can answer from here."""
    text = language.say(
        "The word is yours, {name}, until {deadline}. Short is fine, and so is passing.",
        name=name(language, people, person),
        deadline=Moment(until),
    )
    wrote = person in round_.steps[number].hinted
    reminder = language.say("What you wrote before it was your turn still stands in the thread.")
    return Message(
        (
            Words(text),
            Words(prompt(language, round_, number, people), quote=True),
            *((Note(reminder),) if wrote else ()),
            about_round(language, round_),
            Controls(turn_buttons(language, round_, number)),
        )
    )


def keep(language: Language, round_: Round, one: Contribution) -> Message:
    """May these exact words be kept?"""
    note = (Note(across(language, round_)),) if round_.several else ()
    buttons = Controls(keep_buttons(language, round_, one.id))
    return Message((*may_keep(language, round_, one.id, one.body), *note, buttons), summary=_about(language, round_))


def may_keep(language: Language, round_: Round, id_: str, body: str) -> tuple[Words, ...]:
    """The question, with the exact words apart from it."""
    text = language.say("From «{topic}» I would like to keep this as practice knowledge:", topic=round_.topic)
    asked = language.say("May I? No answer counts as no.")
    return Words(text), Words(worded(round_, id_, body), quote=True), Words(asked)


def keep_buttons(language: Language, round_: Round, contribution: str) -> tuple[Button, ...]:
    here = round_, contribution
    return (
        Button(language.label("Yes, with my name"), action("consent", *here, "yes"), "primary"),
        button(language.label("Yes, without my name"), "consent", *here, "unnamed"),
        button(language.label("I'd word it differently"), "differently", *here),
        button(language.label("No"), "consent", *here, "no"),
    )


def names_asked(language: Language, round_: Round, number: int, until: datetime) -> Message:
    """Too few answers to stay unknown."""
    text = language.say(
        "Too few people answered in «{topic}» to stay unknown, so nothing is shown without names. May your answer be "
        "shown with your name? You can say so until {deadline}; no answer counts as no.",
        topic=round_.topic,
        deadline=Moment(until),
    )
    yes = button(language.label("Yes, with my name"), "names", round_, number, "yes")
    return Message((Words(text), Controls((yes, button(language.label("No"), "names", round_, number, "no")))))


def only_answer(language: Language, round_: Round, one: Contribution) -> Message:
    text = language.say(
        "Yours is the only answer in «{topic}», so I did not show it. What shall I do with it?", topic=round_.topic
    )
    here = round_, one.id
    choices = (
        button(language.label("Keep it for me"), "only", *here, "keep"),
        button(language.label("Post it as my own words"), "only", *here, "post"),
        button(language.label("Throw it away"), "only", *here, "drop"),
    )
    return Message((Words(text), Words((Plain(one.body),), quote=True), Controls(choices)))


def seat_free(language: Language, round_: Round) -> Message:
    text = language.say("A seat came free in «{topic}», and it is yours.", topic=round_.topic)
    leave = button(language.label("Leave the round"), "leave", round_)
    return Message((Words(text), about_round(language, round_), Controls((leave,))))


def not_taken_over(language: Language, round_: Round, number: int, why: Text) -> Message:
    """What somebody wrote in the thread could not become their private answer; while they still can, they give it."""
    text = language.say("I could not take over what you wrote in «{topic}».", topic=round_.topic)
    answer = Button(language.label("Answer privately"), action("answer", round_, number), "primary")
    more = (Controls((answer,)),) if number in round_.at_work else ()
    return Message((Words((*text, Plain(" "), *why)), *more))


def _about(language: Language, round_: Round) -> str:
    return language.label("May this be kept from «{topic}»?", topic=excerpt(round_.topic, 100))
