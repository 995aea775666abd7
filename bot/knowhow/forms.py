"""The forms: a draft, a new item, a wording of one's own, how it went, a question."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.actions import Action
from bot.chat.forms import ChecksField, ChoiceField, Field, Form, TextField
from bot.chat.messages import Choice
from bot.chat.people import Person
from bot.knowhow import model, views
from bot.knowhow.model import KEEPER, Contributor, Item
from bot.knowhow.rules import LONGEST_TITLE, SHORTEST_TITLE
from bot.knowhow.wording import drafted
from bot.texts.catalogue import Words, _

LONG = 3000
"""As much as every platform lets people type in one field."""
TICKS = 25
GLIMPSE = 70
LONGEST_LINK = 500

KINDS = {
    "know_how": _("Know-how: what somebody does in a situation"),
    "know_what": _("Know-what: a document, rule or fact"),
}
TRANSFERS = {
    "read": _("Reading it is enough"),
    "ask": _("Better asked: talk to somebody who does it"),
    "watch": _("Better seen: watch along once"),
    "do_together": _("Better done together the first time"),
}
NAMED = {
    "ask": _("With my name, and people may ask me about it"),
    "name": _("With my name, but please don't ask me"),
    "none": _("Without my name"),
}
AGAIN = {"yes": _("Yes, again"), "perhaps": _("Perhaps"), "no": _("Not again")}
LABELS: Mapping[model.Field, str] = {
    "title": _("Title"),
    "problem": _("What was hard?"),
    "situation": _("When and where does this come up?"),
    "what_we_do": _("What do you do then?"),
    "because": _("Why does it work?"),
    "except_when": _("When does it not work?"),
    "sensed_by": _("What do you notice that tells you to do it?"),
}


def draft(words: Words, item: Item, people: Mapping[str, Person]) -> Form:
    """The keeper's form: the chosen sentences to tick, and a field for each part of the item."""
    fields: list[Field] = []
    if item.quotes:
        fields.append(_sentences(words, item, people))
    keeper = item.contributor(KEEPER)
    named = "none" if keeper is not None and keeper.consent == "yes_anonymous" else "name"
    fields += [
        _text(words, item, "title", required=True, least=SHORTEST_TITLE, most=LONGEST_TITLE),
        _text(words, item, "situation", hint=words.label("Such as: in an online lesson, when it stays silent")),
        _text(words, item, "what_we_do"),
        _text(words, item, "because"),
        _text(words, item, "except_when"),
        _text(words, item, "sensed_by"),
        _text(words, item, "problem"),
        TextField("link", words.label("Link or document"), value=item.link, required=False, most=LONGEST_LINK),
        _choice(words, "kind", words.label("What kind is it?"), KINDS, item.kind),
        _choice(words, "transfer", words.label("How do you learn it best?"), TRANSFERS, item.transfer),
        _choice(words, "evidence", words.label("What does it rest on?"), views.EVIDENCES, item.evidence),
        _choice(words, "name", words.label("Your own name"), NAMED, "ask" if keeper and keeper.may_ask else named),
    ]
    intro = words.say("Could someone recognise themselves in this who did not choose to be here? Then leave that out.")
    if item.sensitive:
        warning = _("*Please look twice:* something here may be meant for those who were there only. ")
        intro = (*words.say(warning), *intro)
    return Form(Action("knowhow.draft", item.id), words.label("Your draft"), tuple(fields), _submit(words), intro)


def reword(words: Words, item: Item, known: Contributor) -> Form:
    """A contributor's own wording, for each part of the item where their words stand."""
    fields: list[Field] = []
    for field, label in LABELS.items():
        mine = [quote for quote in item.quotes if quote.field == field and quote.by == known.n]
        if mine:
            told = [quote.text for quote in mine if not quote.paraphrased]
            if any(quote.paraphrased for quote in mine):
                told.append(item.own.get(field, ""))
            most = LONGEST_TITLE if field == "title" else LONG
            value = " ".join(told)
            fields.append(
                TextField(field, words.label(label), value=value, required=False, multiline=field != "title", most=most)
            )
    choices = {"yes": _("With my name"), "no": _("Without my name")}
    fields.append(_choice(words, "name", words.label("Your own name"), choices, "yes"))
    id_ = f"{item.id}.{known.n}.{known.version}"
    intro = words.say("Say it the way you want it kept. What you empty is left out.")
    return Form(
        Action("knowhow.reword", id_), words.label("In your own words"), tuple(fields), words.label("Keep it so"), intro
    )


def tried(words: Words, item: Item) -> Form:
    fields = (
        _choice(words, "outcome", words.label("How did it go?"), views.OUTCOMES, ""),
        TextField("situation", words.label("Your situation, in one line"), required=False, most=300),
        TextField("changed", words.label("What did you change?"), required=False, multiline=True, most=1000),
        _choice(words, "again", words.label("Would you do it again?"), AGAIN, "yes"),
        _choice(
            words, "name", words.label("Your own name"), {"yes": _("With my name"), "no": _("Without my name")}, "yes"
        ),
    )
    intro = words.say("How did it go when you tried {what}? Tell it too when it did not work.", what=item.ref)
    return Form(Action("knowhow.try", item.id), words.label("I tried this"), fields, words.label("Tell"), intro)


def question_for(words: Words, item: Item, n: int, person: Person) -> Form:
    """What somebody would like to ask a contributor."""
    label = words.label("What would you like to ask {name}?", name=person.name)
    field = TextField("question", label, multiline=True, least=5, most=1000)
    intro = words.say("{name} gets your question with your name, at a moment that suits them.", name=person.name)
    title = words.label("Ask about {ref}", ref=item.ref)
    return Form(Action("knowhow.ask", f"{item.id}.{n}"), title, (field,), words.label("Send"), intro)


def reply_to(words: Words, item: Item, asker: Person) -> Form:
    field = TextField("reply", words.label("Your reply"), multiline=True, most=2000)
    title = words.label("Reply to {name}", name=asker.name)
    return Form(Action("knowhow.reply", f"{item.id}.{asker.id}"), title, (field,), words.label("Send"))


def change(words: Words, item: Item) -> Form:
    label = words.label("When does it not hold, or what changed?")
    field = TextField("change", label, multiline=True, least=5, most=600)
    intro = words.say("It is added to the item, with your name.")
    return Form(
        Action("knowhow.change", item.id), words.label("Holds with a change"), (field,), words.label("Add"), intro
    )


def search(words: Words) -> Form:
    field = TextField("words", words.label("What are you looking for?"), least=2, most=200)
    return Form(Action("knowhow.search"), words.label("Find know-how"), (field,), words.label("Find"))


def question_for_all(words: Words, *, here: bool, home: bool) -> Form:
    """A question to this channel, or to where the community meets."""
    fields: list[Field] = [TextField("question", words.label("Your question"), multiline=True, least=8, most=1500)]
    if here and home:
        places = {"here": _("In this channel"), "home": _("Where the community meets")}
        fields.append(_choice(words, "where", words.label("Where?"), places, "here"))
    intro = words.say("It is posted under your name. The answers can be kept afterwards.")
    return Form(Action("knowhow.circle"), words.label("Ask the circle"), tuple(fields), words.label("Post it"), intro)


def _sentences(words: Words, item: Item, people: Mapping[str, Person]) -> ChecksField:
    choices = []
    for quote in item.quotes[:TICKS]:
        known = item.contributor(quote.by)
        person = people.get(known.person) if known else None
        name = person.name if person else words.label("somebody")
        choices.append(
            Choice(str(quote.n), _glimpse(f"{name}: {quote.text}"), _glimpse(words.label(LABELS[quote.field])))
        )
    return ChecksField(
        "sentences",
        words.label("Sentences to keep"),
        tuple(choices),
        hint=words.label("Tick what you use, also where you say it in other words: its author is asked first."),
        value=tuple(choice.value for choice in choices),
        most=TICKS,
    )


def _text(
    words: Words,
    item: Item,
    field: model.Field,
    *,
    hint: str = "",
    required: bool = False,
    least: int = 0,
    most: int = LONG,
) -> TextField:
    label = words.label(LABELS[field])
    return TextField(
        field, label, hint, drafted(item, field), required, multiline=field != "title", least=least, most=most
    )  # fmt: skip


def _choice(words: Words, name: str, label: str, texts: Mapping[str, str], value: str) -> ChoiceField:
    return ChoiceField(name, label, tuple(Choice(key, words.label(text)) for key, text in texts.items()), value=value)


def _glimpse(text: str) -> str:
    return text if len(text) <= GLIMPSE else text[: GLIMPSE - 1] + "…"


def _submit(words: Words) -> str:
    return words.label("Keep it")
