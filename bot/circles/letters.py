"""What Kring writes about circles to people who wait for it or have to decide; and the proposal to a facilitator."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.actions import Action
from bot.chat.messages import Block, Button, Divider, Facts, Heading, Message, Note, Words, buttons, message
from bot.chat.text import Code, Plain, Text, bullets, plain
from bot.circles.account import Account, Unmet
from bot.circles.forming import Weights
from bot.circles.forms import slot
from bot.circles.model import TONGUES, Circle, Formation
from bot.circles.views import People, answers, names, until
from bot.texts import catalogue

NAMED_SLOTS = 3
"""So many common parts of the week are named."""

# -- forming


def too_few(words: catalogue.Words, people: int) -> Message:
    text = words.count(
        "{n} person is on the list, and a circle has six to ten.",
        "{n} people are on the list, and a circle has six to ten.",
        people,
    )
    more = words.say(
        "Tell people about {command}. Until then a round for two or three needs no circle: {round}.",
        command=Code("/kring circle join"),
        round=Code("/kring round start"),
    )
    return message(Words(text), Words(more))


def eleven(words: catalogue.Words) -> Message:
    """Eleven is the one number from six on that makes no circles of six to ten."""
    text = words.say(
        "Eleven people are on the list. That is one too many for a circle and one too few for two. What shall it be?"
    )
    return message(
        Words(text),
        buttons(
            Button(words.label("One circle of 11"), Action("circle.eleven", "one")),
            Button(words.label("6 and 5, and room for one more"), Action("circle.eleven", "two")),
        ),
        Note(words.say("A circle of eleven goes best with two who hold it. Or wait until there are twelve.")),
    )


def searching(words: catalogue.Words, people: int, circles: int) -> Message:
    text = words.count(
        "I am looking how {people} people fit into {n} circle. You get the proposal in our direct conversation "
        "in a moment; {command} shows it too. Nobody is asked before you say so.",
        "I am looking how {people} people fit into {n} circles. You get the proposal in our direct conversation "
        "in a moment; {command} shows it too. Nobody is asked before you say so.",
        circles,
        people=people,
        command=Code("/kring circle form"),
    )
    return message(Words(text))


def proposal(
    words: catalogue.Words, formation: Formation, told: Sequence[Account], people: People, topics: Sequence[str],
    weights: Weights,
) -> Message:  # fmt: skip
    """To who forms them: each circle, and why these people."""
    blocks: list[Block] = [Heading(words.label("Circles for «{question}»", question=formation.question))]
    for number, each in enumerate(told, start=1):
        name = formation.name if len(told) == 1 else f"{formation.name} {number}"
        who = words.say("*{circle}*: {people}.", circle=name, people=names(people, each.people))
        blocks += [Words(who), Words(why(words, each))]
        blocks += [Words(unmet(words, one)) for one in each.unmet]
    if topics:
        blocks.append(Words((*words.say("What they would like to talk about:"), *bullets(map(plain, topics)))))
    id_ = formation.id
    question = words.label("Ask everybody now? Each person gets a message from me.")
    blocks += [
        Divider(),
        buttons(
            Button(
                words.label("Ask everybody"), Action("circle.agree", id_), "primary", question, words.label("Not yet")
            ),
            Button(words.label("Look further"), Action("circle.more", id_)),
            Button(words.label("Start anew"), Action("circle.anew", id_)),
            Button(words.label("Drop it"), Action("circle.drop", id_)),
        ),
        Note(_how(words, formation, weights)),
    ]
    return message(*blocks)


def _how(words: catalogue.Words, formation: Formation, weights: Weights) -> Text:
    """So that it can be explained and repeated."""
    good = words.say("I have found nothing better.")
    if formation.share == 100:
        good = words.say("Better is not possible.")
    elif formation.share:
        good = words.say("At least {share}% of the best that can be.", share=formation.share)
    counted = words.say(
        "Counted: difference {variety}, common time {overlap}, having been "
        "together {repeat}, wishes {wish}. Seed {seed}, {turns} turns.",
        variety=f"{weights.variety:g}",
        overlap=f"{weights.overlap:g}",
        repeat=f"−{weights.repeat:g}",
        wish=f"{weights.wish:g}",
        seed=formation.seed,
        turns=formation.turns,
    )
    return (*good, Plain(" "), *counted)


def why(words: catalogue.Words, told: Account) -> Text:
    """Why these people, in one line."""
    parts: list[str] = []
    if told.organisations > 1:
        parts.append(words.counted("{n} organisation", "{n} organisations", told.organisations))
    if told.roles > 1:
        parts.append(words.counted("{n} kind of work", "{n} kinds of work", told.roles))
    if told.experiences > 1:
        parts.append(words.label("people with short and long experience"))
    if told.languages:
        tongues = words.names(TONGUES.get(each, each) for each in told.languages)
        parts.append(words.label("all speak {languages}", languages=tongues))
    parts += _time(words, told)
    if told.newcomers > 1:
        parts.append(words.counted("{n} newcomer", "{n} newcomers, so that nobody is the only one", told.newcomers))
    if told.met:
        parts.append(
            words.counted(
                "{n} pair was in a circle together before", "{n} pairs were in a circle together before", told.met
            )
        )
    else:
        parts.append(words.label("nobody was in a circle together before"))
    said = "; ".join(parts)
    return plain(f"{said[:1].upper()}{said[1:]}.")


def _time(words: catalogue.Words, told: Account) -> list[str]:
    said = len(told.people) - told.silent
    if not said or not told.slots:
        return []
    shown = words.names(slot(words, each) for each in told.slots[:NAMED_SLOTS])
    if told.silent:
        silent = words.counted("{n} did not say when", "{n} did not say when", told.silent)
        return [words.label("{slots} suit who said so ({silent})", slots=shown, silent=silent)]
    return [words.label("{slots} suit all", slots=shown)]


def unmet(words: catalogue.Words, one: Unmet) -> Text:
    """What could not be kept, said as it is."""
    match one:
        case "language":
            return words.say("⚠ They have no language in common.")
        case "slot":
            return words.say("⚠ No part of the week suits all of them.")
        case "apart":
            return words.say("⚠ Somebody's wish about whom not to be with could not be kept here.")
        case "new_alone":
            return words.say("⚠ A newcomer would be the only one here.")
        case "new_many":
            return words.say("⚠ More than a third of them are newcomers.")


def agreed(words: catalogue.Words, people: int, circles: int, unreached: Text) -> Message:
    text = words.count(
        "I ask {people} people for {n} circle. It opens when all have answered and enough said yes; after a week "
        "silence counts as no.",
        "I ask {people} people for {n} circles. A circle opens when all have answered and enough said yes; after a "
        "week silence counts as no.",
        circles,
        people=people,
    )
    if not unreached:
        return message(Words(text))
    rest = words.say(
        "I cannot write to these people now; they find it under {command}:", command=Code("/kring circle home")
    )
    return message(Words(text), Words((*rest, Plain(" "), *unreached)))


def forming_called(words: catalogue.Words, formation: Formation) -> Message:
    """In the home channel: for who takes no direct messages."""
    text = words.say("Circles are being formed around a question:")
    return message(
        Words(text),
        Words(plain(formation.question), quote=True),
        buttons(Button(words.label("Am I asked?"), Action("circle.home"))),
        Note(words.say("You see your own circle only, and you decide.")),
    )


# -- being asked


def asked(words: catalogue.Words, circle: Circle, others: Text) -> Message:
    """To each person: with whom, about what, and that no is fine."""
    rows = [(words.label("Question"), plain(circle.question)), (words.label("With"), others)]
    return message(
        Words(words.say("There could be a circle for you: *{circle}*.", circle=circle.name)),
        Facts(tuple(rows)),
        buttons(*answers(words, circle)),
        Note(
            (
                *words.say("You are only in it when you say so, and a no needs no reason."),
                Plain(" "),
                *until(words, circle),
            )
        ),
    )


def something_else(words: catalogue.Words) -> Message:
    return message(
        Words(words.say("That is fine, and needs no reason. Shall I keep you on the list for other circles?")),
        buttons(
            Button(words.label("Keep me on the list"), Action("circle.ready", "yes")),
            Button(words.label("Not now"), Action("circle.ready", "no")),
            Button(words.label("My wishes"), Action("circle.wishes")),
        ),
    )


def opened(words: catalogue.Words, circle: Circle, others: Text) -> Message:
    """To a member, where there is no channel to say it in."""
    text = words.say("*{circle}* has begun, with {others}.", circle=circle.name, others=others)
    return message(Words(text), Words(plain(circle.question), quote=True))


# -- to who decides


def undecided(words: catalogue.Words, circle: Circle) -> Message:
    """Everybody has answered, and too few said yes."""
    text = words.count(
        "Everybody has answered for *{circle}*, and {n} person said yes: too few for a circle.",
        "Everybody has answered for *{circle}*, and {n} people said yes: too few for a circle.",
        len(circle.members),
        circle=circle.name,
    )
    controls = [Button(words.label("Close it"), Action("circle.close", circle.id))]
    if circle.members:
        controls.insert(0, Button(words.label("Open it all the same"), Action("circle.open", circle.id), "primary"))
    return message(Words(text), buttons(*controls))


def openly(words: catalogue.Words, question: Message, circle: Circle) -> Message:
    """The question where all see it, as who decides cannot be reached."""
    note = words.say("Nobody has decided this. A facilitator can do it here.")
    if not circle.facilitator and circle.members:
        note = words.say("Nobody has decided this. A facilitator can do it here, and so can who is in it.")
    return message(*question.blocks, Note(note))


def decided(words: catalogue.Words, circle: Circle) -> Message:
    """In the place of the question for all to see."""
    return message(Words(words.say("It is decided what becomes of *{circle}*.", circle=circle.name)))


def too_small(words: catalogue.Words, circle: Circle) -> Message:
    """It has been too small for three weeks."""
    text = words.count(
        "*{circle}* has had {n} person for three weeks. What would help?",
        "*{circle}* has had {n} people for three weeks. What would help?",
        len(circle.members),
        circle=circle.name,
    )
    return message(
        Words(text),
        buttons(
            Button(words.label("Invite people"), Action("circle.call", circle.id), "primary"),
            Button(words.label("Let it rest"), Action("circle.rest", circle.id)),
            Button(words.label("Close"), Action("circle.close", circle.id)),
        ),
    )
