"""What an item looks like to those who may see it: its card, the row in a list, its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.chat.actions import Action
from bot.chat.messages import Block, Button, Controls, Facts, Heading, LinkButton, Message, Note, message
from bot.chat.messages import Words as Paragraph
from bot.chat.people import Person
from bot.chat.text import Bold, Moment, Plain, Span, Text, chained, plain
from bot.knowhow import freshness
from bot.knowhow.model import Contributor, Field, Item, Tried
from bot.knowhow.wording import shown
from bot.texts.catalogue import Words, _

People = Mapping[str, Person]

TRANSFERS = {
    "read": _("reading"),
    "ask": _("asking"),
    "watch": _("watching along"),
    "do_together": _("doing it together"),
}
EVIDENCES = {
    "own_experience": _("own experience"),
    "several_people": _("the experience of several people"),
    "tried_elsewhere": _("tried elsewhere"),
    "data": _("data"),
    "literature": _("literature"),
}
OUTCOMES = {
    "worked": _("It worked"),
    "worked_changed": _("It worked when I changed it"),
    "did_not_work": _("It did not work"),
    "not_finished": _("I have not finished yet"),
}
FRESHNESS = {
    "fresh": _("Fresh: last looked at {moment}."),
    "ageing": _("Ageing: last looked at {moment}."),
    "due": _("Due: nobody has looked at it since {moment}."),
}
HISTORY = {
    "Kept": _("kept"),
    "Drafted": _("given its situation"),
    "ConsentAsked": _("contributors asked"),
    "ConsentGiven": _("somebody agreed to their words"),
    "Shared": _("shared"),
    "TakenBack": _("taken back to be reworked"),
    "WordsRemoved": _("words taken out"),
    "WordsChanged": _("words changed by who said them"),
    "WasTried": _("tried"),
    "Reviewed": _("looked at again"),
    "Retired": _("laid to rest"),
}
ASKABLE = 3
"""As many people to ask stand under a card."""


def said(words: Words, text: str, /, **values: object) -> Paragraph:
    """A paragraph."""
    return Paragraph(words.say(text, **values))


def title(words: Words, item: Item) -> str:
    """The title as everybody may see it."""
    return shown(item, "title") or words.label("without a title for now")


def card(words: Words, item: Item, people: People, now: datetime, *, above: Sequence[Block] = ()) -> Message:
    """An item as everybody may see it: person and situation first; of know-what, the document first."""
    name = f"{item.ref} · {title(words, item)}" if item.ref else title(words, item)
    if item.stage not in ("shared", "retired"):
        text = _("Its words are being looked at again by those who said them, so it is not shared for now.")
        return message(Heading(item.ref or name), Note(words.say(text)), summary=name)
    blocks: list[Block] = [*above, Heading(name)]
    if item.stage == "retired":
        blocks.append(Note(words.say("Laid to rest by its keeper. It stays here to read.")))
    if item.kind == "know_what":
        blocks += [*_document(words, item), *_told(words, item, people), *_what_and_why(words, item)]
    else:
        blocks += [*_told(words, item, people), *_what_and_why(words, item)]
    blocks += [*_tried(words, item, people), Note(_fresh(words, item, now)), *_controls(words, item, people)]
    return message(*blocks, summary=name)


def gone(words: Words, item: Item) -> Message:
    """What stands where the card of a draft stood that was taken back and then dropped."""
    return message(Heading(item.ref), Note(words.say("This is not kept any more.")))


def private(words: Words, item: Item, people: People, now: datetime, viewer: Person) -> Message:
    """The card with what this viewer may do with it besides."""
    base = card(words, item, people, now)
    buttons = [Button(words.label("History"), Action("knowhow.history", item.id))]
    if item.stage == "shared":
        buttons.append(Button(words.label("Show it here"), Action("knowhow.here", item.id)))
    known = item.contributor_of(viewer.id)
    if known is not None and known.agreed:
        buttons.append(withdraw_button(words, item, known.n))
        if known.named:
            action = Action("knowhow.unname", f"{item.id}.{known.n}")
            buttons.append(Button(words.label("Take my name off"), action))
            buttons.append(_asking_button(words, item, known.n, allowed=known.may_ask))
    return message(*base.blocks, Controls(tuple(buttons)), summary=base.summary)


def withdraw_button(words: Words, item: Item, n: int) -> Button:
    question = words.label("Your name and your words leave this at once, for good. Go on?")
    action = Action("knowhow.withdraw", f"{item.id}.{n}")
    return Button(
        words.label("Withdraw my words"), action, style="danger", confirm=question, deny=words.label("Never mind")
    )


def _asking_button(words: Words, item: Item, n: int, *, allowed: bool) -> Button:
    if allowed:
        return Button(words.label("Don't ask me any more"), Action("knowhow.noask", f"{item.id}.{n}"))
    return Button(words.label("People may ask me"), Action("knowhow.mayask", f"{item.id}.{n}"))


def told_by(words: Words, item: Item, people: People) -> Text:
    """Whose words are in it, as far as they are named: *Ana, Bo and others without their name*."""
    speaking = {quote.by for quote in item.quotes} | ({1} if item.own else set())
    agreed = [each for each in item.contributors if each.n in speaking and each.agreed]
    names: list[Text] = []
    for each in agreed:
        person = people.get(each.person)
        if each.named and (person is not None or each.name):
            names.append((person.shown(),) if person is not None else plain(each.name))
    unnamed = len(agreed) - len(names)
    if unnamed:
        names.append(words.count("somebody without their name", "{n} people without their names", unnamed))
    return together(words, names)


def together(words: Words, texts: Sequence[Text]) -> Text:
    """*Ana, Bo and Cas*, from texts."""
    if len(texts) < 2:
        return texts[0] if texts else ()
    return words.say("{first} and {last}", first=chained(texts[:-1]), last=texts[-1])


def row(words: Words, item: Item, people: People) -> Sequence[Block]:
    """An item in a list: what it is, in which situation, from whom, and the way in."""
    parts: list[Span] = [Bold(f"{item.ref} · {title(words, item)}")]
    situation = item.link if item.kind == "know_what" and item.link else shown(item, "situation")
    if situation:
        parts += [Plain("\n"), Plain(situation)]
    if names := told_by(words, item, people):
        parts += [Plain("\n"), *words.say("From {people}", people=names)]
    opening = Button(words.label("Open {ref}", ref=item.ref), Action("knowhow.open", item.id))
    return (Paragraph(tuple(parts)), Controls((opening,)))


def history(words: Words, item: Item, facts: Iterable[tuple[datetime, str, dict[str, Any]]]) -> Message:
    """What happened to it, without who did it: names stand on the card, as far as their owners want."""
    lines: list[Text] = [
        (Moment(at, "date"), Plain(": "), *words.say(HISTORY[name])) for at, name, _fields in facts if name in HISTORY
    ]
    heading = Heading(words.label("History of {ref}", ref=item.ref))
    return message(heading, Paragraph(chained(lines, "\n") or plain("–")))


def freshness_of(words: Words, item: Item, now: datetime, *, may_review: bool, keeps: bool) -> Message:
    """How fresh it is, and the one question to those who know it."""
    name = f"{item.ref} · {title(words, item)}"
    blocks: list[Block] = [Heading(name), Paragraph(_fresh(words, item, now))]
    when = Moment(freshness.review_at(item), "date")
    blocks.append(Note(words.say("To be looked at again from {date} on, unless somebody tries it before.", date=when)))
    if may_review:
        buttons = [
            Button(words.label("Still holds"), Action("knowhow.holds", item.id), style="primary"),
            Button(words.label("Holds with a change"), Action("knowhow.change", item.id)),
        ]
        if keeps:
            question = words.label("It stays readable, with a note that it rests. Go on?")
            buttons.append(
                Button(
                    words.label("Let it rest"),
                    Action("knowhow.rest", item.id),
                    confirm=question,
                    deny=words.label("Never mind"),
                )
            )
        blocks += [said(words, _("Does this still hold in your situation?")), Controls(tuple(buttons))]
    return message(*blocks, summary=name)


# -- parts of a card


def _document(words: Words, item: Item) -> Sequence[Block]:
    if not item.link:
        return ()
    if item.link.startswith(("https://", "http://")):
        return (Paragraph(plain(item.link)), Controls((LinkButton(words.label("Open the document"), item.link),)))
    return (Paragraph(plain(item.link)),)


def _told(words: Words, item: Item, people: People) -> Sequence[Block]:
    rows: list[tuple[str, Text]] = []
    if names := told_by(words, item, people):
        rows.append((words.label("From"), names))
    if situation := shown(item, "situation"):
        rows.append((words.label("Situation"), plain(situation)))
    return (Facts(tuple(rows)),) if rows else ()


def _what_and_why(words: Words, item: Item) -> Sequence[Block]:
    blocks: list[Block] = []
    labels: tuple[tuple[Field, str], ...] = (
        ("problem", words.label("What was hard")),
        ("what_we_do", words.label("What we do")),
        ("because", words.label("Why it works")),
        ("except_when", words.label("When it does not work")),
        ("sensed_by", words.label("You notice it by")),
    )
    for field, label in labels:
        if text := shown(item, field):
            blocks.append(Paragraph((Bold(label), Plain("\n"), Plain(text))))
    if item.kind == "know_how":
        learned = (words.label("Best learned by"), words.say(TRANSFERS[item.transfer]))
        rests = (words.label("Rests on"), words.say(EVIDENCES[item.evidence]))
        blocks.append(Facts((learned, rests)))
    return blocks


def _tried(words: Words, item: Item, people: People) -> Sequence[Block]:
    """How many tried it, and what the last one says; with a name only where its author wanted that."""
    if not item.tried:
        return ()
    finished = [report for report in item.tried if report.outcome != "not_finished"]
    worked = sum(report.outcome in ("worked", "worked_changed") for report in finished)
    counted = words.count("Tried {n} time", "Tried {n} times", len(item.tried))
    blocks: list[Block] = [Paragraph((*counted, Plain(" · "), *words.count("{n} worked", "{n} worked", worked)))]
    last = item.tried[-1]
    blocks.append(Paragraph(report(words, last, people), quote=True))
    return blocks


def report(words: Words, told: Tried, people: People) -> Text:
    """How it went, as the card says it; with a name only where its author wanted that."""
    parts: list[Span] = [Bold(words.label(OUTCOMES[told.outcome]))]
    if told.situation:
        parts += [Plain(": "), Plain(told.situation)]
    if told.changed:
        parts += [Plain("\n"), *words.say("Changed: {what}", what=told.changed)]
    person = people.get(told.person)
    if told.named and person is not None:
        parts += [Plain("\n"), Plain("– "), person.shown()]
    return tuple(parts)


def _fresh(words: Words, item: Item, now: datetime) -> Text:
    return words.say(FRESHNESS[freshness.label(item, now)], moment=Moment(freshness.looked_at(item), "date"))


def _controls(words: Words, item: Item, people: People) -> Sequence[Block]:
    if item.stage != "shared":
        return ()
    buttons = [Button(words.label("I tried this"), Action("knowhow.try", item.id), style="primary")]
    for each in askable(item, people)[:ASKABLE]:
        label = words.label("Ask {name}", name=people[each.person].name)
        buttons.append(Button(label, Action("knowhow.ask", f"{item.id}.{each.n}")))
    return (Controls(tuple(buttons)),)


def askable(item: Item, people: People) -> list[Contributor]:
    """Who said that people may ask them, and can be reached."""
    return [
        each
        for each in item.contributors
        if each.may_ask and each.named and each.person in people and not people[each.person].gone
    ]
