"""The two hands in words and as a drawing. It ends in a question; no colour and no word judges."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.actions import Action
from bot.chat.messages import Block, Button, Controls, Facts, Heading, Message, Note, Words
from bot.chat.text import Plain, Text
from bot.rounds import pictures
from bot.rounds.balance import Balance, Band, Flow, Hand, Passage
from bot.texts.catalogue import Words as Language

NEAR = 0.15
"""Nearer than this to the middle neither hand has more."""


def page(language: Language, measured: Balance, band: Band, flow: Flow, hand: Hand | None, happened: int) -> Message:
    """`hand` is the weaker one, if one is; `happened`: how many things were weighed."""
    blocks: list[Block] = [_heading(language)]
    if not happened:
        blocks.append(Words(language.say("Nothing has happened yet that could be weighed. Hold a round first.")))
        return Message(tuple(blocks))
    felt = language.label("nobody was asked lately, or too few to say") if measured.felt is None else ""
    said = felt or lean(language, measured.felt or 0)
    rows: tuple[tuple[str, Text], ...] = (
        (language.label("Measured"), (Plain(lean(language, measured.value)),)),
        (language.label("Felt"), (Plain(said),)),
        (language.label("Wanted"), (Plain(_wanted(language, band)),)),
    )
    drawn = pictures.hands(measured, band, labels=_labels(language), alt=_alt(language, rows))
    blocks += [drawn, Facts(rows), *_flow(language, flow)]
    if hand is not None:
        blocks += [Words(_offer(language, hand)), Controls((_choose(language),))]
    blocks += _between(language, measured)
    blocks.append(
        Note(
            language.say(
                "Weighed: rounds, what was kept from them and what somebody took on to try, know-how that was tried or "
                "revised, in twelve weeks; what is six weeks old counts half. Not seen yet, so counted as nothing: "
                "products, what became usual practice, and all that happens outside Kring. It cannot say whether the "
                "work is good."
            )
        )
    )
    return Message(tuple(blocks))


def of_circle(language: Language, name: str, page_: Message) -> Message:
    """The page of a circle says what of all that happened is its own."""
    heading, *rest = page_.blocks
    own = language.say(
        "Of *{circle}*: rounds in which most of those who spoke are in this circle, and what was kept from them.",
        circle=name,
    )
    return Message((heading, Note(own), *rest))


def which(language: Language, choices: Sequence[Button]) -> Message:
    """Somebody is in several circles: a button for each."""
    return Message((Words(language.say("Which circle do you mean?")), Controls(tuple(choices))))


def beside(language: Language, measured: Balance, band: Band, happened: int) -> Message:
    """In a round's thread, once its people have voted on how the balance feels: what was measured, if anything was."""
    felt = lean(language, measured.felt) if measured.felt is not None else language.label("too few to say")
    found = lean(language, measured.value) if happened else language.label("nothing to weigh yet")
    rows: tuple[tuple[str, Text], ...] = (
        (language.label("Measured"), (Plain(found),)),
        (language.label("Felt"), (Plain(felt),)),
    )
    if not happened:
        return Message((_heading(language), Facts(rows)))
    drawn = pictures.hands(measured, band, labels=_labels(language), alt=_alt(language, rows))
    return Message((_heading(language), drawn, Facts(rows), *_between(language, measured)))


def _heading(language: Language) -> Heading:
    return Heading(language.label("Two hands: searching and holding"))


def _between(language: Language, measured: Balance) -> tuple[Block, ...]:
    """Nothing is between them where one of them is not known."""
    if measured.felt is None:
        return ()
    return (Words(language.say("What is between what was measured and how it feels? That is the talk to have.")),)


def twice(language: Language, hand: Hand) -> Message:
    """To whoever held the second round in a row after which the same hand was weaker than wanted. Said once."""
    text = (*_offer(language, hand), Plain(" "), *language.say("It is only an offer, and I do not repeat it."))
    return Message((Words(text), Controls((_choose(language),))))


def _choose(language: Language) -> Button:
    return Button(language.label("Help me choose"), Action("round.help"))


def _offer(language: Language, hand: Hand) -> Text:
    if hand == "explore":
        return language.say("Lately you mostly held on to what you had. Is it time for a round that searches?")
    return language.say("Lately you mostly searched. Is it time for a round that holds on to what was found?")


def lean(language: Language, value: float) -> str:
    """Where a balance between -1 and 1 leans, in words."""
    if abs(value) < NEAR:
        return language.label("about even")
    much = abs(value) > 2 * NEAR
    if value > 0:
        return language.label("mostly searching") if much else language.label("a little more searching")
    return language.label("mostly holding") if much else language.label("a little more holding")


def _wanted(language: Language, band: Band) -> str:
    if band.low < 0 < band.high:
        return language.label("something of both")
    return lean(language, (band.low + band.high) / 2)


def _labels(language: Language) -> pictures.HandLabels:
    return pictures.HandLabels(
        explore=language.label("searching"),
        exploit=language.label("holding"),
        measured=language.label("Measured"),
        felt=language.label("Felt"),
        wanted=language.label("Wanted"),
    )


def _alt(language: Language, rows: tuple[tuple[str, Text], ...]) -> str:
    said = "; ".join(f"{label}: {''.join(getattr(span, 'text', '') for span in value)}" for label, value in rows)
    return language.label("A scale from holding on the left to searching on the right. {said}.", said=said)


def _flow(language: Language, flow: Flow) -> tuple[Block, ...]:
    stages = language.say(
        "Know-how now: {sensed} not written out yet, {drafted} drafted, {shared} shared, {answered} of those tried or "
        "revised within a year.",
        sensed=flow.sensed,
        drafted=flow.drafted,
        shared=flow.shared,
        answered=flow.answered,
    )
    return Words(stages), *((Words(_stuck(language, flow.stuck)),) if flow.stuck is not None else ())


def _stuck(language: Language, passage: Passage) -> Text:
    if passage == "drafted":
        return language.say("More than before stays with one person, without a situation. What would help to write it?")
    return language.say("More than before stays a draft. What would help to share it?")
