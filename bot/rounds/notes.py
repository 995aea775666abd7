"""What Kring says in a round's thread, to everybody, when something has happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.chat.actions import Action
from bot.chat.messages import Button, Controls, Heading, Message, Note, Words
from bot.chat.text import Moment, Plain, Text
from bot.rounds import voice_words
from bot.rounds.ballots import tied, winner
from bot.rounds.floor import lacking
from bot.rounds.model import Round
from bot.rounds.script import Format
from bot.rounds.wording import People, action, button, called_off, format_name, name
from bot.texts.catalogue import Words as Language


def agreements(language: Language) -> Message:
    """Once, when the round begins."""
    text = language.say(
        "Three agreements. We try to understand before we respond. What is personal stays here, unless its owner says "
        "otherwise. Passing is always fine. Nothing leaves this round without your yes."
    )
    return Message((Words(text),))


def quiet(language: Language, round_: Round, number: int) -> Message:
    text = language.say("It is quiet here. Busy days, or not the right question? What would help?")
    return Message((Words(text), Controls(quiet_buttons(language, round_, number))))


def was_quiet(language: Language) -> Message:
    """In the place of that, when the step is over."""
    return _note(language.say("It was quiet here for a while."))


def quiet_buttons(language: Language, round_: Round, number: int) -> tuple[Button, ...]:
    here = round_, number
    return (
        button(language.label("More time"), "wish", *here, "more_time"),
        button(language.label("Another question"), "wish", *here, "another_question"),
        button(language.label("Stop here, no harm done"), "wish", *here, "stop"),
    )


def needs_people(language: Language, round_: Round, alternative: Format | None) -> Message:
    """Too few to begin or to go on; `alternative` is a format that works with so few."""
    have, need = len(round_.speakers), round_.format.size.min
    few = uneven(language, round_) or language.say("So far: {n}. This works from {min} people.", n=have, min=need)
    ask = what_then(language, round_, alternative)
    return Message((Words((*few, Plain(" "), *ask)), Controls(few_buttons(language, round_, alternative))))


def what_then(language: Language, round_: Round, alternative: Format | None) -> Text:
    """What `few_buttons` offer, as a question."""
    other = format_name(language, alternative) if alternative is not None else ""
    if round_.waited and other:
        return language.say("Switch to *{alternative}*, or let it rest?", alternative=other)
    if round_.waited:
        return language.say("Who joins now is in time. Or let it rest?")
    if other:
        return language.say("Wait a day, switch to *{alternative}*, or let it rest?", alternative=other)
    return language.say("Wait a day, or let it rest?")


def uneven(language: Language, round_: Round) -> Text | None:
    """That there are too few on one side, where there are enough in all."""
    if (missing := voice_words.too_few(language, round_)) is not None:
        return missing
    few = lacking(round_)
    if few is None or len(round_.speakers) < round_.format.size.min:
        return None
    return language.say(
        "Each side needs {need} people, and one of them has {have}. Ask people to choose their side.",
        have=few[0],
        need=few[1],
    )


def few_buttons(language: Language, round_: Round, alternative: Format | None) -> tuple[Button, ...]:
    wait = () if round_.waited else (button(language.label("Wait a day"), "wait", round_),)
    switch = () if alternative is None else (button(language.label("Switch"), "switch", round_, alternative.id),)
    return *wait, *switch, button(language.label("Let it rest"), "rest", round_)


def away(language: Language, round_: Round, person: str | None, people: People) -> Message:
    """The facilitator does not answer, or there is none any more."""
    if person is None:
        text = language.say(
            "Nobody holds this round now. Would one of you hold it from here? It is light work: I keep the clock."
        )
    else:
        text = language.say(
            "{facilitator} seems to be away. Would one of you hold the round from here? It is light work: "
            "I keep the clock.",
            facilitator=name(language, people, person),
        )
    hold = Button(language.label("I'll hold it"), action("accept", round_), "primary")
    return Message((Words(text), Controls((hold, button(language.label("Let's wait"), "letwait", round_)))))


def holder_was_wanted(language: Language) -> Message:
    """In the place of that, when the round is over."""
    return _note(language.say("Here somebody was wanted to hold the round."))


def offered(language: Language, round_: Round, person: str, people: People) -> Message:
    """To somebody who cannot be asked by direct message; the buttons are for them."""
    text = language.say(
        "{name}, {facilitator} asks you to hold this round from here. It is light work: I keep the clock.",
        name=name(language, people, person, notify=True),
        facilitator=name(language, people, round_.facilitator),
    )
    return Message((Words(text), Controls(hold_buttons(language, round_))))


def hold_buttons(language: Language, round_: Round) -> tuple[Button, Button]:
    """For whoever was asked to hold the round."""
    hold = Button(language.label("I'll hold it"), action("accept", round_), "primary")
    return hold, button(language.label("Rather not"), "rathernot", round_)


def stand_in(language: Language, round_: Round, people: People) -> Message:
    """Whoever holds the round has been given a role that does not go with it."""
    text = language.say(
        "What {facilitator} brought in was chosen. Would one of you hold the round from here? It is light work: "
        "I keep the clock.",
        facilitator=name(language, people, round_.facilitator),
    )
    hold = Button(language.label("I'll hold it"), action("accept", round_), "primary")
    return Message((Words(text), Controls((hold,))))


def held_by(language: Language, person: str, people: People) -> Message:
    return _note(language.say("{name} holds the round from here.", name=name(language, people, person)))


def role_given(language: Language, round_: Round, role: str, person: str, people: People) -> Message:
    """Somebody was drawn for a role, or chosen."""
    called = next((each.name for each in round_.format.roles if each.key == role), {"en": role})
    text = language.say(
        "{name} has this role in the round: {role}.",
        name=name(language, people, person, notify=True),
        role=language.pick(called),
    )
    if _by_a_tie(round_, role, person):
        why = language.say("Others had as many votes; it goes to the answer that was shown first.")
        text = (*text, Plain(" "), *why)
    return _note(text)


def _by_a_tie(round_: Round, role: str, person: str) -> bool:
    votes = [at for at, run in enumerate(round_.steps) if run.script.vote is not None and run.script.vote.gives == role]
    won = (round_.contribution(winner(round_, at)) for at in votes if tied(round_, at))
    return any(one is not None and one.person == person for one in won)


def extended(language: Language, until: datetime) -> Message:
    return _note(language.say("This step takes longer: it is open until {moment}.", moment=Moment(until)))


def reworded(language: Language, prompt: str) -> Message:
    text = language.say("The question is now: {question}", question=prompt)
    return Message((Words(text),))


def left_out(language: Language, number: int) -> Message:
    """`number`: as people count steps."""
    return _note(language.say("Step {i} has nobody or nothing to ask, so we go on without it.", i=number))


def group(language: Language, number: int, members: Sequence[str], people: People, *, private: bool = False) -> Message:
    """Names a group; its thread hangs on this, or is a private one."""
    heading = language.label("Group {n}", n=number)
    if not members:
        return Message((Heading(heading), Note(language.say("This group has joined another one."))), summary=heading)
    names: Text = ()
    for person in members:
        names = (*names, *((Plain(", "),) if names else ()), *name(language, people, person, notify=True))
    text = language.say("In the thread under this message you work with each other. I tell you what to do there.")
    if private:
        text = language.say("You have a private thread of your own, in which you work. I tell you what to do there.")
    return Message((Heading(heading), Words(names), Note(text)), summary=heading)


def joins_group(language: Language, person: str, people: People) -> Message:
    return _note(language.say("{name} joins this group.", name=name(language, people, person, notify=True)))


def brought(language: Language) -> Message:
    """Before the notes of a group that said nothing, in the thread of the one it was merged into."""
    text = language.say("As was said, these notes come along as they are.")
    return _note(text)


def side_silent(language: Language) -> Message:
    return _note(language.say("One side has not answered, so nothing is shown: we would hear only half of it."))


def to_read(language: Language, round_: Round, number: int) -> Message:
    """In a private round answers are not shown in the thread."""
    text = language.say("All answers are in. Read first, respond after.")
    return Message((Words(text), Controls((button(language.label("Read along"), "read", round_, number),))))


def chair_left(language: Language, person: str, people: People) -> Message:
    return _note(language.say("{name} makes room: there is a free chair.", name=name(language, people, person)))


def dropped(language: Language, count: int) -> Message:
    """Answers that would have shown who wrote them."""
    return _note(
        language.count(
            "{n} answer is not shown: with so few, everybody would know who wrote it.",
            "{n} answers are not shown: with so few, everybody would know who wrote them.",
            count,
        )
    )


def resumed(language: Language, until: datetime | None) -> Message:
    if until is None:
        return _note(language.say("We go on."))
    return _note(language.say("We go on. This step is open until {moment}.", moment=Moment(until)))


def closing(language: Language, *, asked: bool) -> Message:
    """`asked`: people were asked for their closing word just before."""
    if asked:
        return simple(language.say("We have come full circle. Thank you for thinking along."))
    return simple(
        language.say("We have come full circle. Thank you for thinking along. One word to close with? Write it here.")
    )


def ends_without_them(language: Language) -> Message:
    """Somebody left whom the round was about."""
    return simple(language.say("The one this was about has left, so we stop here. Thank you for thinking along."))


def nothing_brought_in(language: Language, instead: Format | None) -> Message:
    """Nobody had anything for a round that is about what somebody brings in."""
    thanks = language.say("Nothing was brought in this time, and that is fine. Thank you for being here.")
    if instead is None:
        return simple(thanks)
    named = format_name(language, instead)
    other = language.say("Perhaps *{format}* suits better now.", format=named)
    start = Button(language.label("Start it"), Action("round.propose", f"{instead.id}.async"))
    return Message((Words((*thanks, Plain(" "), *other)), Controls((start,))))


def ends_with_too_few(language: Language) -> Message:
    return simple(
        language.say(
            "We are too few to go on, so we stop here, no harm done. What was said stays. Thank you for thinking along."
        )
    )


def stopped(language: Language, round_: Round) -> Message:
    return _note(called_off(language, round_))


def lapsed(language: Language) -> Message:
    """Ended by silence; nobody is to blame."""
    text = language.say(
        "This round has come to rest. What was said stays here; for thirty days its authors can still see their own "
        "answers under {button}.",
        button=Plain(language.label("My part")),
    )
    return _note(text)


def simple(text: Text) -> Message:
    return Message((Words(text),))


def _note(text: Text) -> Message:
    return Message((Note(text),))
