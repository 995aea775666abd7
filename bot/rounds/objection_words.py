"""What is said about an objection after its vote: in the thread, to whoever decides, and to whoever takes it up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.chat.forms import ChecksField, ChoiceField, Form, TextField
from bot.chat.messages import Block, Button, Choice, Controls, Message, Note, Words
from bot.chat.text import Moment, Plain, Text
from bot.rounds.model import Round
from bot.rounds.notes import simple
from bot.rounds.objections import OBJECTION, Voiced, may_vote_again, waiting
from bot.rounds.shown import objection_buttons, to_decide
from bot.rounds.task import Task
from bot.rounds.wording import ANSWER, People, about_round, action, button, excerpt, name
from bot.texts.catalogue import Words as Language

DAYS = (7, 14, 30)
"""After so many days whoever takes an objection up can be reminded of it."""
LONG = 75
"""The longest label of a choice."""
MOST = 25
"""So many can be chosen from."""

# -- in the thread


def talk(language: Language, round_: Round) -> Message:
    """Before the same vote once more. In a private round nobody talks where others read along."""
    if round_.hidden:
        return simple(
            language.say(
                "First a talk, among those inside: what is the objection about, and what would make it workable? Then "
                "vote once more, below. The votes so far do not count any more."
            )
        )
    return simple(
        language.say(
            "First a talk: what is the objection about, and what would make it workable? Say it here, and vote once "
            "more, below, when you are ready. The votes so far do not count any more."
        )
    )


def taken(language: Language, person: str, count: int, until: datetime, people: People) -> Message:
    text = language.count(
        "{name} takes up an objection, until {date}.",
        "{name} takes up {n} objections, until {date}.",
        count,
        name=name(language, people, person),
        date=Moment(until, "date"),
    )
    return Message((Note(text),))


# -- to whoever decides


def decide(language: Language, round_: Round, step: int, until: datetime) -> Message:
    """The round waits for what becomes of an objection; people talk about it once."""
    if may_vote_again(round_, step):
        text = language.say(
            "There is an objection in «{topic}», and the round waits for it. What helps most is a talk: what would "
            "make it workable?",
            topic=round_.topic,
        )
    else:
        text = language.say(
            "There is still an objection in «{topic}» after the talk, and the round waits for it. Somebody can take it "
            "up; else it stays open, and the record says so.",
            topic=round_.topic,
        )
    note = language.say("Until {moment} this waits for you; after that I ask the others.", moment=Moment(until))
    buttons = to_decide(language, round_, step)
    return Message((Words(text), about_round(language, round_), Note(note), Controls(buttons)))


# -- to whoever takes it up


def form(language: Language, round_: Round, step: int, free: Sequence[Voiced]) -> Form:
    """Which one, what somebody does about it, and by when."""
    only = free[0] if len(free) == 1 else None
    choices = tuple(Choice(str(one.number), _as_choice(language, one)) for one in free[:MOST])
    fields = (
        ChecksField(
            "which",
            language.label("Which one?"),
            choices,
            value=(str(only.number),) if only is not None else (),
            least=1,
        ),
        TextField(
            "words",
            language.label("What do you take up?"),
            hint=language.label("Everybody sees it, with your name."),
            value=only.words if only is not None else "",
            multiline=True,
            most=ANSWER,
        ),
        ChoiceField(
            "days",
            language.label("By when?"),
            tuple(Choice(str(n), language.counted("in {n} day", "in {n} days", n)) for n in DAYS),
            value=str(DAYS[0]),
        ),
    )
    intro = language.say("It is yours until the day you choose, for all to see, and on that day I remind you, once.")
    title = language.label("Take up an objection")
    return Form(action("takeup", round_, step), title, fields, language.label("Save"), intro)


def _as_choice(language: Language, one: Voiced) -> str:
    return excerpt(one.words, LONG) if one.words else language.label("An objection, without words")


def yours(language: Language, round_: Round, task: Task) -> Message:
    """To somebody who has just taken it up."""
    text = language.say(
        "It is yours, until {date}. On that day I remind you, once. Does it not work out? Then give it back, here or "
        "under {button}.",
        date=_date(task),
        button=Plain(language.label("My part")),
    )
    return Message((Words(text), Controls((_back(language, round_, task),))))


def reminder(language: Language, round_: Round, task: Task) -> Message:
    """To whoever took it up, once, on the day they named."""
    text = language.say("You took up an objection from «{topic}», and this is the day you named.", topic=round_.topic)
    ask = language.say("How is it? Perhaps you want to tell the others. If it did not work out, you can give it back.")
    quoted = (Words((Plain(task.words),), quote=True),) if task.words else ()
    mine = button(language.label("My part"), "mine", round_)
    buttons = Controls((mine, _back(language, round_, task)))
    return Message((Words(text), *quoted, Words(ask), about_round(language, round_), buttons))


def mine(language: Language, round_: Round, person: str) -> tuple[Block, ...]:
    """What one took up oneself, and what one can do while the round waits, below one's part in it."""
    blocks: list[Block] = []
    step = waiting(round_)
    if step is not None and round_.state == "running" and person in (*round_.speakers, round_.facilitator):
        vote = round_.vote_of(person, step)
        buttons = objection_buttons(language, round_, step)
        own = vote is not None and vote.picks[0] == OBJECTION
        blocks.append(Words(language.say("There is an objection, and the round waits for what becomes of it.")))
        blocks.append(Controls(tuple(each for each in buttons if _fits(each, round_, person, own=own))))
    for task in round_.tasks:
        if task.person == person and task.kind == "objection":
            blocks += [Words(_standing(language, task)), Controls((_back(language, round_, task),))]
    return tuple(blocks)


def _fits(each: Button, round_: Round, person: str, *, own: bool) -> bool:
    """Whether this button is for that person: only one's own objection is settled by oneself."""
    match each.action.name:
        case "round.settled":
            return own
        case "round.takeup":
            return person in round_.speakers
        case _:
            return person == round_.facilitator


def _standing(language: Language, task: Task) -> Text:
    if not task.words:
        return language.say("You took up an objection, until {date}.", date=_date(task))
    return language.say("You took up an objection, until {date}: “{words}”", date=_date(task), words=task.words)


def _date(task: Task) -> Text:
    return (Moment(task.remind_at, "date"),) if task.remind_at is not None else ()


def _back(language: Language, round_: Round, task: Task) -> Button:
    return button(language.label("I give it back"), "giveback", round_, task.id)
