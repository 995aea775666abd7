"""Lists of items and of people to ask, and what to say when there is nothing."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.actions import Action
from bot.chat.messages import Block, Button, Controls, Facts, Heading, Message, Note, message
from bot.chat.messages import Words as Paragraph
from bot.chat.people import Person
from bot.chat.text import Bold, Plain, Text
from bot.knowhow.model import Contributor, Item
from bot.knowhow.views import People, row, said, title, together
from bot.texts.catalogue import Words, _

SHORT = 80
"""More of what somebody searched for is not repeated."""


def hits(words: Words, query: str, items: Sequence[Item], people: People, *, more: bool) -> Message:
    """What was found, best first."""
    heading = words.label("Found for «{words}»", words=_short(query)) if query else words.label("Kept last")
    blocks: list[Block] = [Heading(heading)]
    for item in items:
        blocks += row(words, item, people)
    if more:
        blocks.append(Note(words.say("There is more. Another word narrows it down.")))
    return message(*blocks, Controls((_ask_circle(words),)))


def nothing(words: Words, query: str) -> Message:
    """Nothing found, and what to do about it."""
    if not query:
        told = said(words, _("Nothing has been kept here yet."))
        return message(told, Controls((_add(words), _ask_circle(words))))
    told = said(words, _("I found nothing for «{words}». Perhaps somebody knows it all the same."), words=_short(query))
    return message(told, Controls((_ask_circle(words), _add(words))))


def no_such(words: Words, typed: str, nearest: Item | None) -> Message:
    """No item of that name; the nearest one there is."""
    if nearest is None:
        return message(said(words, _("There is no {ref} here."), ref=_short(typed)))
    text = _("There is no {ref}. The nearest is *{nearest}*, «{title}».")
    told = said(words, text, ref=_short(typed), nearest=nearest.ref, title=title(words, nearest))
    opening = Button(words.label("Open {ref}", ref=nearest.ref), Action("knowhow.open", nearest.id))
    return message(told, Controls((opening,)))


def people_for(words: Words, topic: str, found: Sequence[tuple[Person, Sequence[tuple[Item, Contributor]]]]) -> Message:
    """Who said that people may ask them, about what."""
    if not found:
        text = _("Nobody has said yet that people may ask them about «{words}».")
        return message(said(words, text, words=_short(topic)), Controls((_ask_circle(words),)))
    blocks: list[Block] = [Heading(words.label("Whom you can ask about «{words}»", words=_short(topic)))]
    for person, known in found:
        about: list[Text] = [(Bold(item.ref), Plain(f" {title(words, item)}")) for item, _contributor in known]
        item, contributor = known[0]
        ask = Button(words.label("Ask {name}", name=person.name), Action("knowhow.ask", f"{item.id}.{contributor.n}"))
        blocks.append(Paragraph((person.shown(), Plain(f" ({person.organisation})"))))
        blocks += [Facts(((words.label("About"), together(words, about)),)), Controls((ask,))]
    return message(*blocks)


def due(words: Words, items: Sequence[Item], people: People) -> Message:
    """What nobody has looked at for long."""
    if not items:
        return message(said(words, _("Everything here was looked at or tried not too long ago.")))
    blocks: list[Block] = [Heading(words.label("Due for another look"))]
    for item in items:
        blocks += row(words, item, people)
    return message(*blocks)


def menu(words: Words, drafts: Sequence[tuple[Item, str]], *, in_thread: bool) -> Sequence[Block]:
    """What a person can do here, with their own drafts."""
    first = Button(words.label("Find know-how"), Action("knowhow.search"))
    buttons = [first, _add(words)]
    if in_thread:
        buttons.insert(0, Button(words.label("Keep this thread"), Action("knowhow.keep"), style="primary"))
    blocks: list[Block] = [Controls(tuple(buttons))]
    for item, name in drafts:
        label = words.label("Draft: {title}", title=name) if name else words.label("A draft without a title")
        blocks.append(Controls((Button(label, Action("knowhow.draft", item.id)),)))
    return blocks


def page(
    words: Words,
    asked: Sequence[tuple[Item, Contributor]],
    drafts: Sequence[tuple[Item, str]],
    kept: Sequence[Item],
    people: People,
) -> Sequence[Block]:
    """For one's own page. `asked`: whose words of the reader's somebody would like to keep."""
    blocks: list[Block] = [Heading(words.label("Your know-how"))]
    for item, known in asked:
        see = Button(words.label("See"), Action("knowhow.see", f"{item.id}.{known.n}"), style="primary")
        blocks += [said(words, _("Somebody would like to keep words of yours.")), Controls((see,))]
    for item in kept:
        blocks += row(words, item, people)
    return *blocks, *menu(words, drafts, in_thread=False)


def _add(words: Words) -> Button:
    return Button(words.label("Add know-how"), Action("knowhow.add"))


def _ask_circle(words: Words) -> Button:
    return Button(words.label("Ask the circle"), Action("knowhow.circle"))


def _short(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"
