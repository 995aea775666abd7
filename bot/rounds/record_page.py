"""The record of a round as one page: in its thread for everybody, and privately with one's own small step."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat.messages import Block, Button, Controls, Facts, Heading, Message, Note, Words
from bot.chat.text import Bold, Moment, Plain, Text
from bot.chat.text import words as bare
from bot.rounds import lending
from bot.rounds.cards import harvest
from bot.rounds.model import Round
from bot.rounds.objections import Voiced
from bot.rounds.record import Kept, Record
from bot.rounds.shown import taken_up
from bot.rounds.task import Task, TaskKind
from bot.rounds.voices import Reading
from bot.rounds.wording import People, action, button, called_off, excerpt, name, place_of, prompt, title, worded
from bot.texts.catalogue import Words as Language

QUOTE = 600
"""So much of one contribution stands on the page; the file has all of it."""
ASKS = 400
"""So much of a step's question: all of those that Kring brings along."""


def in_thread(language: Language, round_: Round, record: Record, people: People) -> Message:
    """The farewell of a round that is done: what stays of it, for everybody. Of a private round it has no words."""
    thanks = language.say("This round is done. Thank you for thinking along.")
    heading = language.label("Until the next one")
    mine = button(language.label("My part"), "mine", round_)
    if round_.format.private:
        inside = language.say("What stays of it is for those who were inside.")
        read = button(language.label("Read the record"), "record", round_)
        blocks: tuple[Block, ...] = (Words((*thanks, Plain(" "), *inside)), Controls((read, mine)))
    else:
        blocks = (
            Words(thanks),
            *page(language, round_, record, people),
            Controls((_take_along(language, round_), mine)),
        )
    return Message((Heading(heading), *blocks), summary=heading)


def private(
    language: Language, round_: Round, record: Record, people: People, person: str, reading: Reading | None
) -> Message:
    """The same for one reader, with what is for their eyes only. `reading`: how voices were spread, for its circle."""
    blocks: list[Block] = [Heading(excerpt(called(language, round_), 150)), Words(_where(language, round_))]
    blocks += page(language, round_, record, people)
    own = lending.of(round_, person, "step")
    if own is not None:
        blocks.append(Words(language.say("Your small step, for your eyes only: “{words}”", words=own.words)))
    if reading is not None:
        blocks += voices(language, reading)
    if round_.ended:
        blocks.append(Controls((_take_along(language, round_),)))
    return Message(tuple(blocks))


def called(language: Language, round_: Round) -> str:
    """Such as *R-7, Harvest: the first lesson*."""
    return f"R-{round_.number}, {title(language, round_)}" if round_.number else title(language, round_)


def page(language: Language, round_: Round, record: Record, people: People) -> tuple[Block, ...]:
    """What was asked, what was kept, whom one may ask, what listeners gave, and which objections are left."""
    blocks: list[Block] = [Facts(facts(language, round_)), *_steps(language, round_, record, people)]
    if record.kept:
        blocks.append(Note(language.say("Kept, with the yes of those who said it:")))
        blocks += [Words(_said(language, round_, one, people), quote=True) for one in record.kept]
    elif round_.ended:
        blocks.append(Note(language.say("Nothing of it was kept apart. What was said stays here.")))
    if record.ask:
        who = _names(language, record.ask, people)
        blocks.append(Words(language.say("You may ask about it: {people}", people=who)))
    if record.took:
        blocks.append(Note(language.say("Taken on by:")))
        blocks += [Words((Bold(called), Plain(": "), *who)) for called, who in took(language, round_, record, people)]
    for task in record.gifts:
        blocks += gift(language, task, people, most=QUOTE)
    if record.objections:
        blocks.append(Note(language.say("Objections, and what became of them:")))
        for one in record.objections:
            blocks += _objection(language, one, people)
    for space, n in record.elsewhere:
        blocks.append(
            Note(
                language.count(
                    "{n} thing that was kept stays in {space}.", "{n} things that were kept stay in {space}.", n,
                    space=space,
                )
            )
        )  # fmt: skip
    return tuple(blocks)


def _objection(language: Language, one: Voiced, people: People) -> tuple[Block, ...]:
    who: Text = (*name(language, people, one.author), Plain("\n")) if one.author is not None else ()
    words = (Plain(excerpt(one.words, QUOTE)),) if one.words else language.say("An objection, without words")
    quoted = Words((*who, *words), quote=True)
    if one.task is None:
        return quoted, Note(language.say("Nobody has taken it up."))
    return quoted, Note(becomes_of_it(language, one.task, one.words, people))


def becomes_of_it(language: Language, task: Task, objection: str, people: People) -> Text:
    """Who took an objection up and until when; and what they do about it, where that is said in other words."""
    taken = taken_up(language, task, people)
    if task.words in {"", objection}:
        return taken
    return (*taken, Plain(f" “{excerpt(task.words, QUOTE)}”"))


def took(language: Language, round_: Round, record: Record, people: People) -> Iterator[tuple[str, Text]]:
    """What their roles are called, and who they are."""
    for key, who in record.took:
        role = round_.format.role(key)
        if role is not None:
            yield bare(language.pick(role.name)), _names(language, who, people)


def facts(language: Language, round_: Round) -> tuple[tuple[str, Text], ...]:
    """Its question, its time, its places, and what was said in numbers."""
    rows: list[tuple[str, Text]] = [(language.label("The question"), (Plain(round_.topic),))]
    if round_.began_at is not None:
        until: Text = () if round_.ended_at is None else (Plain(" – "), Moment(round_.ended_at, "date"))
        rows.append((language.label("When"), (Moment(round_.began_at, "date"), *until)))
    if round_.several:
        rows.append((language.label("Stood in"), (Plain(language.names(home.name for home in round_.homes)),)))
    rows += harvest(language, round_)
    if round_.look_at is not None:
        rows.append((language.label("Look day"), (Moment(round_.look_at, "date"),)))
    if round_.went_on is not None:
        rows.append((language.label("It went on in"), (Plain(f"R-{round_.went_on}"),)))
    return tuple(rows)


def _steps(language: Language, round_: Round, record: Record, people: People) -> tuple[Block, ...]:
    lines: list[Text] = []
    for number, step in enumerate(record.steps, 1):
        asked = prompt(language, round_, step, people, in_all=True)
        asks = " ".join("".join(getattr(span, "text", "") for span in asked).split())
        lines.append((Plain(f"{number}. {excerpt(asks, ASKS)}"),))
    if not lines:
        return ()
    text = tuple(span for at, line in enumerate(lines) for span in ((Plain("\n"), *line) if at else line))
    return Note(language.say("What we went through:")), Words(text)


def _said(language: Language, round_: Round, one: Kept, people: People) -> Text:
    who: Text = (*name(language, people, one.author), Plain("\n")) if one.author is not None else ()
    return (*who, *worded(round_, one.id, one.body if len(one.body) <= QUOTE else excerpt(one.body, QUOTE)))


def _names(language: Language, ids: tuple[str, ...], people: People) -> Text:
    shown = [name(language, people, id_) for id_ in ids if id_ in people]
    return tuple(span for at, each in enumerate(shown) for span in ((Plain(", "), *each) if at else each))


def _take_along(language: Language, round_: Round) -> Button:
    return Button(language.label("Take it along"), action("export", round_))


def _where(language: Language, round_: Round) -> Text:
    match round_.state:
        case "done":
            return language.say("This round is done.")
        case "cancelled":
            return called_off(language, round_)
        case "lapsed":
            return language.say("This round has come to rest. What was said stays in its thread.")
        case "draft" | "inviting":
            return language.say("This round has not begun.")
        case _:
            i, n = place_of(round_, min(round_.current, len(round_.steps) - 1))
            return language.say("This round is not over: it is at step {i} of {n}.", i=i, n=n)


# -- what listeners gave


def task_name(language: Language, kind: TaskKind) -> str:
    match kind:
        case "surprised":
            return language.label("What surprised me")
        case "words":
            return language.label("Words I do not know")
        case "harvest":
            return language.label("The harvest")
        case "question":
            return language.label("One question at the end")
        case "step":
            return language.label("One small step")
        case "objection":
            return language.label("An objection")


def gift(language: Language, task: Task, people: People, *, most: int) -> tuple[Block, ...]:
    """What came of a listener's task, with their name where they want it."""
    label = task_name(language, task.kind)
    if task.named and task.person:
        intro = language.say("*{task}*, by {name}, who listened", task=label, name=name(language, people, task.person))
    else:
        intro = language.say("*{task}*, by somebody who listened", task=label)
    words = task.words if len(task.words) <= most else excerpt(task.words, most)
    return Words(intro), Words((Plain(words),), quote=True)


# -- voices


def voices(language: Language, reading: Reading) -> tuple[Block, ...]:
    """How they were spread, in words, with what this cannot say. Nobody is in it, and no number."""
    match reading:
        case "too_few_people":
            text = language.say("How voices were spread: you were too few to say.")
        case "too_few_turns":
            text = language.say("How voices were spread: too few turns were taken to say.")
        case "more_even":
            text = language.say("Voices were spread more evenly than chance would do.")
        case "as_chance":
            text = language.say("Voices were spread about as evenly as chance.")
        case "few_voices":
            text = language.say("A few voices carried much of this. Next time a format in which the word goes round?")
    limits = language.say(
        "Only who was in this round reads this. It counts turns, not what was said: whether it was a good talk it "
        "cannot say, and reading along or passing is not silence."
    )
    return Words(text), Note(limits)
