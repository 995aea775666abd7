"""Light tasks of listening seats and small steps, as their owner sees them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.forms import ChoiceField, Form, TextField
from bot.chat.messages import Block, Button, Choice, Controls, Message, Note, Words
from bot.chat.text import Text
from bot.rounds import lending, objection_words
from bot.rounds.model import Round
from bot.rounds.record_page import task_name
from bot.rounds.task import LIGHT, Task
from bot.rounds.wording import ANSWER, action, button
from bot.texts.catalogue import Words as Language

REMIND = (7, 14, 30)
"""After so many days the owner of a small step can be reminded."""


def offer(language: Language, round_: Round) -> tuple[Block, ...]:
    """To somebody who has just taken a listening seat, where they can read what is said."""
    if round_.format.private:
        return ()
    text = language.say("If you like, take a light task along. What comes of it is shown when the round wraps up.")
    taken = any(one.kind == "harvest" for one in round_.tasks)
    kinds = [kind for kind in LIGHT if kind != "harvest" or not taken]
    return Words(text), Controls(tuple(button(task_name(language, kind), "task", round_, kind) for kind in kinds))


def chosen(language: Language, round_: Round, task: Task) -> Message:
    match task.kind:
        case "surprised":
            text = language.say("You listen for what surprises you.")
        case "words":
            text = language.say("You write down the words that somebody from outside would not know.")
        case "harvest":
            text = language.say(
                "You write the harvest: what was found, in a few sentences. Quote nobody without asking."
            )
        case _:
            text = language.say("You keep one question for the end: the one that should not get lost.")
    when = language.say(
        "I remind you once, when the round wraps up. Once the round goes on you can write it down under {button}.",
        button=language.label("My part"),
    )
    return Message((Words(text), Note(when), Controls(_controls(language, round_, task))))


def mine(language: Language, round_: Round, person: str) -> tuple[Block, ...]:
    """One's own tasks, objections that one took up, and small step, below one's part in the round."""
    blocks: list[Block] = []
    for task in round_.tasks:
        if task.person == person and task.kind in LIGHT:
            blocks += [Words(_standing(language, task)), Controls(_controls(language, round_, task))]
    if not blocks and person in round_.listeners and not round_.ended:
        blocks += offer(language, round_)
    blocks += objection_words.mine(language, round_, person)
    step = lending.of(round_, person, "step")
    if step is not None:
        blocks.append(Words(language.say("Your small step, for your eyes only: “{words}”", words=step.words)))
        blocks.append(
            Controls((*_small(language, round_), button(language.label("Forget it"), "untask", round_, "step")))
        )
    elif round_.state == "wrapping":
        blocks.append(Controls(_small(language, round_)))
    return tuple(blocks)


def _standing(language: Language, task: Task) -> Text:
    label = task_name(language, task.kind)
    if task.given:
        return language.say("Your task as a listener, *{task}*: “{words}”", task=label, words=task.words)
    return language.say("Your task as a listener: *{task}*.", task=label)


def _controls(language: Language, round_: Round, task: Task) -> tuple[Button, ...]:
    write = language.label("Change it") if task.given else language.label("Write it down")
    drop = language.label("Take it back") if task.given else language.label("Rather not")
    begun = (button(write, "lend", round_, task.kind),) if round_.began_at is not None else ()
    return *begun, button(drop, "untask", round_, task.kind)


def _small(language: Language, round_: Round) -> tuple[Button, ...]:
    return (button(language.label("One small step"), "smallstep", round_),)


def form(language: Language, round_: Round, task: Task) -> Form:
    """What came of a task, and whether one's name stands beside it."""
    names = (Choice("yes", language.label("With my name")), Choice("no", language.label("Without my name")))
    words = TextField("words", language.label("Your words"), value=task.words, multiline=True, most=ANSWER)
    intro = language.say("It is shown in the thread when the round wraps up, and stands in the round's record.")
    return Form(
        action("lend", round_, task.kind),
        task_name(language, task.kind),
        (words, ChoiceField("named", language.label("Shown"), names, value="yes" if task.named else "no")),
        language.label("Save"),
        intro,
    )


def step_form(language: Language, round_: Round, taken: Task | None) -> Form:
    """One small step; nobody else sees it."""
    intro = language.say("Is there one small step you want to take? Write what and by when. Only you get the reminder.")
    days = [Choice(str(n), language.counted("in {n} day", "in {n} days", n)) for n in REMIND]
    none = Choice("0", language.label("No reminder"))
    value = taken.words if taken is not None else ""
    return Form(
        action("smallstep", round_),
        language.label("One small step"),
        (
            TextField("words", language.label("What, and by when"), value=value, multiline=True, most=600),
            ChoiceField("days", language.label("Remind me"), (*days, none), value=str(REMIND[0])),
        ),
        language.label("Save"),
        intro,
    )


def lent(language: Language, round_: Round) -> Message:
    if lending.shown(round_):
        return Message((Words(language.say("Thank you. It stands in the thread and in the round's record.")),))
    return Message((Words(language.say("Noted. It is shown when the round wraps up; until then you can change it.")),))


def reminder(language: Language, round_: Round, tasks: Sequence[Task]) -> Message:
    """To a listener who took a task, once, when the round wraps up."""
    text = language.say("«{topic}» wraps up. You listened with a task: would you write down what came of it?",
                        topic=round_.topic)  # fmt: skip
    blocks: list[Block] = [Words(text)]
    for task in tasks:
        blocks += [Words(_standing(language, task)), Controls(_controls(language, round_, task))]
    return Message(tuple(blocks))


def step_reminder(language: Language, round_: Round, task: Task) -> Message:
    """To the owner of a small step, once."""
    text = language.say(
        "After «{topic}» you wanted to take a small step: “{words}” How is it? Nobody else knows of it, and nothing is "
        "counted.",
        topic=round_.topic,
        words=task.words,
    )
    again = button(language.label("Another small step"), "smallstep", round_)
    return Message((Words(text), Controls((again, button(language.label("Forget it"), "untask", round_, "step")))))


def small_step_offer(language: Language, round_: Round) -> tuple[Block, ...]:
    """Below the closing words in the thread."""
    text = language.say("Is there one small step you want to take? Write what and by when. Only you get the reminder.")
    return Note(text), Controls(_small(language, round_))
