"""The forms a newcomer, a buddy or a helper can be asked to fill in. Each says who will read what is written."""

from __future__ import annotations

from bot.chat.actions import Action
from bot.chat.forms import ChoiceField, Field, Form, PersonField, TextField
from bot.chat.messages import Choice
from bot.newcomers.company import Company
from bot.newcomers.model import HelpKind
from bot.texts.catalogue import Words, _

LONGEST = 1000


def line(words: Words, id_: str) -> Form:
    """Day 1: the newcomer's own introduction."""
    return Form(
        Action("checkin.line", id_),
        words.label("Your introduction"),
        (
            TextField("line", words.label("One line about yourself"), most=300),
            TextField("curious", words.label("One thing you are curious about"), required=False, most=300),
        ),
        words.label("Show me first"),
        words.say("You see it before anyone else does."),
    )


def question(words: Words, id_: str, company: Company) -> Form:
    """A question, to whom, and whether the name goes with it."""
    choices: list[Choice] = []
    if company.buddy:
        choices.append(Choice("buddy", company.buddy.name))
    if company.place:
        choices.append(Choice("circle", words.label("The circle, in the channel")))
    if company.facilitators:
        choices.append(Choice("facilitator", words.label("A facilitator")))
    choices.append(Choice("somebody", words.label("Somebody I choose")))
    text = _(
        "Ask away. To whom shall I bring it: {buddy}, the circle, or someone who knows about {topic}? "
        "With or without your name?"
    )
    fill = {**company.fill(words), "topic": words.label("such things")}
    return Form(
        Action("checkin.question", id_),
        words.label("A question"),
        (
            TextField("question", words.label("Your question"), multiline=True, most=LONGEST),
            ChoiceField("to", words.label("To whom?"), tuple(choices), value=choices[0].value),
            PersonField("person", words.label("If somebody: who?"), required=False),
            _name(words),
        ),
        words.label("Bring it"),
        words.say(text, **fill),
    )


def _name(words: Words, label: str = "") -> Field:
    return ChoiceField(
        "name",
        label or words.label("With your name?"),
        (Choice("with", words.label("With my name")), Choice("without", words.label("Without my name"))),
        value="without",
    )


def help_wanted(words: Words, id_: str, kind: HelpKind, *, choose: bool) -> Form:
    """What the helpers get to read. `choose`: the newcomer says who."""
    titles: dict[HelpKind, str] = {
        "chat": words.label("A chat"),
        "trio": words.label("A trio"),
        "link": words.label("Link me"),
        "task": words.label("A small task"),
    }
    fields: list[Field] = []
    if choose:
        hint = words.label("Leave it empty, and I ask a facilitator.")
        fields.append(PersonField("person", words.label("Who?"), hint=hint, required=False))
    label = words.label("What work do you do?") if kind == "link" else words.label("Words for them")
    fields.append(TextField("words", label, required=kind == "link", multiline=True, most=LONGEST))
    if kind in ("chat", "trio"):
        fields.append(
            ChoiceField(
                "name",
                words.label("May facilitators know it is you?"),
                (Choice("yes", words.label("Yes, with my name")), Choice("no", words.label("No, without my name"))),
                hint=words.label("They hear of it only when nobody is reached."),
                value="no",
            )
        )
    return Form(
        Action("newcomer.help", id_),
        titles[kind],
        tuple(fields),
        words.label("Ask them"),
        words.say("They read your name and these words, nothing else."),
    )


def share(words: Words, id_: str, company: Company, to: str) -> Form:
    """Day 14: what fresh eyes saw, and where it goes."""
    near = company.near
    intros = {
        "buddy": words.say("This goes to {buddy}, with your name.", buddy=near.shown() if near else ""),
        "circle": words.say("This goes to {hello_channel}, where all of us read it.", **company.fill(words)),
        "nobody": words.say("Only you see this, with {data}. I forget it after 120 days.", data="/kring me data"),
    }
    fields: tuple[Field, ...] = (TextField("remark", words.label("What struck you?"), multiline=True, most=LONGEST),)
    if to == "circle":
        fields = (*fields, _name(words))
    submit = words.label("Keep it") if to == "nobody" else words.label("Share it")
    return Form(Action("checkin.share", id_), words.label("Fresh eyes"), fields, submit, intros[to])


def look_back(words: Words, id_: str, company: Company) -> Form:
    """Day 90: what to keep and what to do differently for the next newcomer."""
    choices = [Choice("nobody", words.label("Nobody, keep it for me"))]
    if company.facilitators:
        choices = [
            Choice("with", words.label("The facilitators, with my name")),
            Choice("without", words.label("The facilitators, without my name")),
            *choices,
        ]
    return Form(
        Action("checkin.look_back", id_),
        words.label("Looking back"),
        (
            TextField("keep", words.label("What should we keep?"), required=False, multiline=True, most=LONGEST),
            TextField(
                "change", words.label("What should we do differently?"), required=False, multiline=True, most=LONGEST
            ),
            ChoiceField("to", words.label("Who may read it?"), tuple(choices), value=choices[0].value),
        ),
        words.label("Send"),
    )


def reply(words: Words, id_: str, name: str) -> Form:
    """An answer to a question that Kring brought."""
    return Form(
        Action("newcomer.reply", id_),
        words.label("Your answer"),
        (TextField("answer", words.label("Your answer"), multiline=True, most=2000),),
        words.label("Send"),
        words.say("I bring it back with your name, {name}.", name=name),
    )


def learned(words: Words, id_: str) -> Form:
    """What a buddy learned about how people are welcomed."""
    return Form(
        Action("buddy.learned", id_),
        words.label("Looking back"),
        (TextField("learned", words.label("What did you learn?"), multiline=True, most=LONGEST),),
        words.label("Send"),
        words.say("This goes to the facilitators, with your name."),
    )
