"""The forms around circles. Each says who will read what is written."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.actions import Action
from bot.chat.forms import ChecksField, ChoiceField, Form, PersonField, TextField
from bot.chat.messages import Choice
from bot.circles.model import EXPERIENCE, PARTS, SLOTS, TONGUES, WEEKDAYS, Circle, Declared
from bot.texts.catalogue import Words, _

LONGEST_NAME = 60
LONGEST_QUESTION = 300

DAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"))
IN_THE = {"morning": _("{day} morning"), "afternoon": _("{day} afternoon"), "evening": _("{day} evening")}
YEARS = {"starting": _("Less than three years"), "some": _("Three to ten years"), "long": _("More than ten years")}


def slot(words: Words, name: str) -> str:
    """Such as *Monday morning*."""
    day, _dot, part = name.partition(".")
    return words.label(IN_THE[part], day=words.label(DAYS[int(day)]))


def new(words: Words, name: str) -> Form:
    return Form(
        Action("circle.new"),
        words.label("A new circle"),
        (
            TextField("name", words.label("What is it called?"), value=name[:LONGEST_NAME], most=LONGEST_NAME),
            _ask(words),
        ),
        words.label("Make it"),
        words.say("Everybody here can see it and join it, until there are ten of you. You hold it to begin with."),
    )


def _ask(words: Words, value: str = "") -> TextField:
    hint = words.label("One sentence. It can be changed later.")
    return TextField("question", words.label("Which question brings you together?"), hint, value, most=LONGEST_QUESTION)


def question(words: Words, circle: Circle) -> Form:
    return Form(
        Action("circle.question", circle.id),
        words.label("The question"),
        (_ask(words, circle.question),),
        words.label("Save"),
    )


def form(words: Words, choice: str, sizes: Sequence[int]) -> Form:
    """`choice`: what was chosen where eleven people cannot be split. The sizes are told."""
    intro = words.count(
        "{people} people are on the list. They make {n} circle: {sizes}.",
        "{people} people are on the list. They make {n} circles: {sizes}.",
        len(sizes),
        people=sum(sizes),
        sizes=words.names(str(size) for size in sizes),
    )
    return Form(
        Action("circle.form", choice),
        words.label("Form circles"),
        (
            TextField("name", words.label("What are they called?"), words.label("They get a number, too."), most=40),
            _ask(words),
            ChoiceField(
                "live",
                words.label("How will they meet?"),
                (
                    Choice("async", words.label("In writing, each in their own time")),
                    Choice("live", words.label("At one time, so they need a part of the week in common")),
                ),
                value="async",
            ),
        ),
        words.label("Look for circles"),
        intro,
    )


def about(words: Words, declared: Declared) -> Form:
    """What somebody says about themselves, for the next circles; nothing but the first has to be said."""
    return Form(
        Action("circle.about"),
        words.label("You, for circles"),
        (
            ChoiceField(
                "ready",
                words.label("Would you like to be in a circle?"),
                (
                    Choice("yes", words.label("Yes, in the next ones that are formed")),
                    Choice("no", words.label("Not now")),
                ),
                value="yes" if declared.ready else "no",
            ),
            ChoiceField(
                "experience",
                words.label("How long have you done this work?"),
                tuple(Choice(each, words.label(YEARS[each])) for each in EXPERIENCE),
                value=declared.experience or "",
                required=False,
            ),
            ChecksField(
                "languages",
                words.label("Languages you can talk about your work in"),
                tuple(Choice(code, name) for code, name in TONGUES.items()),
                words.label("None chosen: the one I speak with you."),
                declared.languages,
            ),
            ChecksField(
                "slots",
                words.label("When could you usually meet?"),
                tuple(Choice(each, slot(words, each)) for each in SLOTS),
                words.label("In your own time zone. None chosen: you did not say."),
                declared.slots,
                most=len(WEEKDAYS) * len(PARTS),
            ),
            TextField(
                "topics",
                words.label("What would you like to talk about?"),
                words.label("Whoever forms the circles reads it, without your name."),
                declared.topics,
                required=False,
                most=200,
            ),
        ),
        words.label("Save"),
        words.say(
            "Circles are mixed from this, your organisation and what you do ({role}). Nobody is placed in one without "
            "saying yes. Only you see this form.",
            role="/kring me role",
        ),
    )


def wish(words: Words, kind: str) -> Form:
    titles = {
        "with": words.label("With somebody"),
        "apart": words.label("Rather not with somebody"),
        "line": words.label("Managers apart"),
    }
    labels = {
        "with": words.label("With whom would you like to be in a circle?"),
        "apart": words.label("With whom would you rather not?"),
        "line": words.label("Who is your manager, or are you theirs?"),
    }
    return Form(
        Action("circle.wish", kind),
        titles[kind],
        (PersonField("person", labels[kind]),),
        words.label("Keep it"),
        words.say("Nobody ever sees this but you, and I ask for no reason."),
    )
