"""What stands in the thread for each step and each turn, with the buttons that fit it; edited when it is over."""

from __future__ import annotations

from datetime import datetime

from bot.chat.messages import Block, Button, Controls, Heading, Message, Note, Words
from bot.chat.text import Moment, Plain, Text
from bot.rounds.floor import open_to_response
from bot.rounds.model import Round
from bot.rounds.script import CONSENT
from bot.rounds.shown import option_label
from bot.rounds.wording import (
    People,
    action,
    button,
    name,
    other_language,
    prompt,
    visibility,
    way,
)
from bot.texts.catalogue import Words as Language


def step(language: Language, round_: Round, number: int, people: People) -> Message:
    """The step's question. Its buttons are there as long as it takes answers."""
    run = round_.steps[number]
    asked = prompt(language, round_, number, people)
    heading = language.label("Step {i} of {n}", i=number + 1, n=len(round_.steps))
    blocks: list[Block] = [Heading(heading), Words(asked)]
    if run.state == "skipped":
        blocks.append(Note(language.say("This step was skipped.")))
    elif run.over or round_.state not in {"running", "paused"}:
        blocks.append(Note(language.say("This step is over.")))
    else:
        blocks.append(Note((*way(language, run.script), Plain(" "), *visibility(language, round_, run))))
        blocks.append(Note(_until(language, round_, number, people)))
        if round_.state == "running" and run.takes_answers:
            blocks.append(Controls(controls(language, round_, number)))
    return Message(tuple(blocks), summary=heading)


def _until(language: Language, round_: Round, number: int, people: People) -> Text:
    run = round_.steps[number]
    if round_.state == "paused":
        return language.say("This round is on hold. Everything is kept.")
    if run.state == "revealing":
        return language.say("The answers are in. Their authors are asked whether their names may stand beside them.")
    if run.state == "grace" and run.due_at is not None:
        return language.say("The time is over. What still comes in before {moment} counts.", moment=Moment(run.due_at))
    if run.due_at is not None:
        return language.say("Open until {moment}.", moment=Moment(run.due_at))
    holder = name(language, people, round_.facilitator)
    return language.say("This step stays open until {facilitator} has decided how to go on.", facilitator=holder)


def controls(language: Language, round_: Round, number: int) -> tuple[Button, ...]:
    """What people can do in a step that takes answers."""
    script = round_.steps[number].script
    here = round_, number
    passing = button(language.label("Pass"), "pass", *here)
    time = button(language.label("I need more time"), "time", *here)
    other = other_language(language, *here)
    match script.mode:
        case "collect":
            answer = Button(language.label("Answer privately"), action("answer", *here), "primary")
            return answer, passing, time, other
        case "turns":
            return (button(language.label("My part"), "mine", round_), other)
        case "open":
            done = button(language.label("Done"), "done", *here)
            if open_to_response(*here):
                respond = Button(language.label("Respond"), action("respond", *here), "primary")
                return respond, button(language.label("Add something"), "answer", *here), done, time, other
            add = Button(language.label("Add something"), action("answer", *here), "primary")
            return add, done, time, other
        case "vote" if script.vote is not None and script.vote.kind == "consent":
            return *consent_buttons(language, *here), passing, time, other
        case "vote":
            return Button(language.label("Vote"), action("vote", *here), "primary"), passing, time, other


def consent_buttons(language: Language, round_: Round, number: int) -> tuple[Button, ...]:
    """The three ways to consent."""
    return tuple(
        button(option_label(language, round_, number, key, {}), "ballot", round_, number, key) for key in CONSENT
    )


# -- turns


def turn(language: Language, round_: Round, number: int, person: str, until: datetime, people: People) -> Message:
    """The word goes to somebody, for all to see."""
    here = round_, number
    text = language.say(
        "The word is yours, {name}, until {deadline}. Short is fine, and so is passing.",
        name=name(language, people, person, notify=True),
        deadline=Moment(until),
    )
    return Message((Words(text), Controls(turn_buttons(language, *here))))


def turn_buttons(language: Language, round_: Round, number: int) -> tuple[Button, ...]:
    """Only the holder's press counts."""
    here = round_, number
    return (
        button(language.label("Pass"), "pass", *here, "turn"),
        button(language.label("Later, please"), "later", *here),
        button(language.label("I need more time"), "time", *here, "turn"),
        button(language.label("Say it in a form"), "answer", *here),
    )


def turn_over(language: Language, person: str, people: People) -> Message:
    """In the place of the turn's message once its holder has spoken."""
    return Message((Note(language.say("{name} had the word.", name=name(language, people, person))),))


def turn_passed_on(language: Language, person: str, people: People) -> Message:
    """In the place of the turn's message when the word goes on; the same for a pass, *later* and silence."""
    text = language.say(
        "We move on for now. {name} can still add something while this step is open.",
        name=name(language, people, person),
    )
    return Message((Words(text),))


def word_went_on(language: Language) -> Message:
    """In the place of the word that was for whoever was ready."""
    return Message((Note(language.say("The word goes on.")),))


def no_word_left(language: Language) -> Message:
    """In the place of a turn's message when its step closes."""
    return Message((Note(language.say("This step is over.")),))


def word_offered(language: Language, round_: Round, number: int, until: datetime) -> Message:
    text = language.say("The word is for whoever is ready, until {deadline}.", deadline=Moment(until))
    here = round_, number
    take = Button(language.label("Say it in a form"), action("answer", *here))
    return Message((Words(text), Controls((take, button(language.label("Pass"), "pass", *here)))))
