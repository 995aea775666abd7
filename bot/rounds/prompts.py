"""What stands in the thread for each step and each turn, with the buttons that fit it; edited when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.chat.messages import Block, Button, Controls, Heading, Message, Note, Words
from bot.chat.text import Moment, Plain, Text
from bot.rounds.audience import by_hand, chooses, visibility, way
from bot.rounds.chairs import open_chair
from bot.rounds.floor import open_to_response, voices
from bot.rounds.model import Round
from bot.rounds.script import Step
from bot.rounds.shown import option_label
from bot.rounds.step_rules import CONSENT
from bot.rounds.wording import People, action, button, group_number, name, other_language, place_of, prompt
from bot.texts.catalogue import Words as Language


def step(language: Language, round_: Round, number: int, people: People) -> Message:
    """The step's question. Its buttons are there as long as it takes answers."""
    run = round_.steps[number]
    asked = prompt(language, round_, number, people)
    i, n = place_of(round_, number)
    heading = language.label("Step {i} of {n}", i=i, n=n)
    if run.group is not None:
        group = group_number(round_, run.group)
        heading = language.label("Step {i} of {n}, group {group}", i=i, n=n, group=group)
    blocks: list[Block] = [Heading(heading), Words(asked)]
    if run.lap and not run.over:
        blocks.append(Note(language.say("Now it is about {name}.", name=name(language, people, run.lap))))
    if run.state == "skipped":
        blocks.append(Note(language.say("This step was skipped.")))
    elif run.over or round_.state not in {"running", "paused"}:
        blocks += _groups(language, round_, number, people) if run.script.groups and run.group is None else ()
        if run.script.window(round_.preset):
            blocks.append(Note(language.say("This step is over.")))
    else:
        blocks.append(Note((*way(language, round_, run.script), Plain(" "), *visibility(language, round_, run))))
        blocks += _groups(language, round_, number, people) if run.state == "split" else ()
        blocks.append(Note(_until(language, round_, number, people)))
        if round_.hidden and run.takes_answers and (said := voices(round_, number)):
            blocks.append(Note(_so_far(language, run.script, said)))
        if round_.state == "running" and (run.takes_answers or run.state == "split"):
            blocks.append(Controls(controls(language, round_, number)))
            if round_.format.place == "private":
                blocks.append(Controls((button(language.label("This is too much"), "toomuch", round_),)))
    return Message(tuple(blocks), summary=heading)


def _so_far(language: Language, script: Step, people: int) -> Text:
    """How many were heard, where nobody sees their words."""
    if script.mode == "vote":
        return language.count("{n} person has voted.", "{n} people have voted.", people)
    return language.count("{n} person has said something.", "{n} people have said something.", people)


def _groups(language: Language, round_: Round, step: int, people: People) -> Iterator[Block]:
    """Who works with whom; below the step that formed the groups, those that it formed."""
    forms = round_.steps[step].script.groups is not None
    for number, group in enumerate(round_.groups):
        if group.members and (group.formed == step if forms else not group.over):
            label = language.label("Group {n}", n=group_number(round_, number))
            names = language.names(people[each].name for each in group.members if each in people)
            yield Words((Plain(f"{label}: {names}"),))


def _until(language: Language, round_: Round, number: int, people: People) -> Text:
    run = round_.steps[number]
    if round_.state == "paused":
        return language.say("This round is on hold. Everything is kept.")
    if run.state == "split":
        return language.say("Each group goes at its own pace; when all are ready we go on together.")
    if run.state == "revealing":
        return language.say("The answers are in. Their authors are asked whether their names may stand beside them.")
    if run.state == "objected":
        return language.say("The votes are in. There is an objection, and that comes first: see the result.")
    if run.state == "grace" and round_.preset == "live":  # for a minute at most
        return language.say("The time is over. What comes in now still counts.")
    if run.state == "grace" and run.due_at is not None:
        return language.say("The time is over. What comes in until {moment} still counts.", moment=Moment(run.due_at))
    if run.due_at is not None:
        return language.say("Open until {moment}.", moment=Moment(run.due_at))
    holder = name(language, people, round_.facilitator)
    return language.say("This step stays open until {facilitator} has decided how to go on.", facilitator=holder)


def controls(language: Language, round_: Round, number: int) -> tuple[Button, ...]:
    """What people can do in a step that takes answers."""
    run = round_.steps[number]
    if run.state == "split":
        return _in_groups(language, round_, number)
    found = _controls(language, round_, number)
    read = (button(language.label("Read along"), "read", round_, number),) if round_.hidden else ()
    chairs: tuple[Button, ...] = ()
    if open_chair(round_, number):
        chairs = (
            button(language.label("Take the free chair"), "chair", round_, number),
            button(language.label("Leave my chair"), "unchair", round_, number),
        )
    return (*found[:-1], *read, *chairs, found[-1])


def _in_groups(language: Language, round_: Round, number: int) -> tuple[Button, ...]:
    """Under the message for all groups: without threads of their own everybody acts in their group from here."""
    other = other_language(language, round_, number)
    if not round_.hidden:
        return (other,)
    here = round_, number
    return (
        Button(language.label("Add something"), action("answer", *here), "primary"),
        button(language.label("Done"), "done", *here),
        button(language.label("I need more time"), "time", *here),
        button(language.label("Read along"), "read", *here),
        button(language.label("My part"), "mine", round_),
        other,
    )


def _controls(language: Language, round_: Round, number: int) -> tuple[Button, ...]:
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
        case "open" | "groups":
            done = button(language.label("Done"), "done", *here)
            if open_to_response(*here):
                respond = Button(language.label("Respond"), action("respond", *here), "primary")
                return respond, button(language.label("Add something"), "answer", *here), done, time, other
            add = Button(language.label("Add something"), action("answer", *here), "primary")
            return add, done, time, other
        case "vote" if script.vote is not None and script.vote.kind == "consent":
            return *consent_buttons(language, *here), passing, time, other
        case "vote" if chooses(round_, script):
            return Button(language.label("Choose"), action("vote", *here), "primary"), passing, time, other
        case "vote":
            vote = Button(language.label("Vote"), action("vote", *here), "primary")
            if script.vote is not None and script.vote.proposals:
                return vote, button(language.label("Propose something"), "answer", *here), passing, time, other
            return vote, passing, time, other


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
    how = by_hand(language, round_, round_.steps[number].script)
    return Message((Words(text), *((Note(how),) if how else ()), Controls(turn_buttons(language, *here))))


def turn_buttons(language: Language, round_: Round, number: int) -> tuple[Button, ...]:
    """Only the holder's press counts."""
    here = round_, number
    return (
        Button(language.label("Say it in a form"), action("answer", *here), "primary"),
        button(language.label("Pass"), "pass", *here, "turn"),
        button(language.label("Later, please"), "later", *here),
        button(language.label("I need more time"), "time", *here, "turn"),
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
    take = Button(language.label("Say it in a form"), action("answer", *here), "primary")
    return Message((Words(text), Controls((take, button(language.label("Pass"), "pass", *here)))))
