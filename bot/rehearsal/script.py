"""A format as somebody would live it: when each step opens, what it asks, what can be pressed, and who sees what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.chat.messages import Block, Controls, Divider, Facts, Heading, Message, Note, Words
from bot.chat.names import Channel, Space
from bot.chat.text import Bold, Plain, Text
from bot.rounds import rules
from bot.rounds.audience import visibility, way
from bot.rounds.model import Round
from bot.rounds.now import Now
from bot.rounds.prompts import controls
from bot.rounds.script import Format, Preset, Step
from bot.rounds.wording import format_name, prompt, takes
from bot.texts.catalogue import Words as Language

NOBODYS = Channel(Space("playground", "rehearsal"), "rehearsal")
DAY = timedelta(days=1)


def script(language: Language, format_: Format, preset: Preset, topic: str) -> Message:
    """For a reader in a terminal, or of a page. Windows are upper bounds: a step closes when everybody is done."""
    round_ = _draft(language, format_, preset, topic)
    blocks: list[Block] = [
        Heading(format_name(language, format_)),
        Words(language.pick(format_.blurb)),
        Facts(_facts(language, round_)),
    ]
    opens = timedelta(0)
    for number, run in enumerate(round_.steps):
        where = language.label("Step {i} of {n}", i=number + 1, n=len(round_.steps))
        window = run.script.window(preset)
        moment = ", ".join((_when(language, opens, window, preset), *_how_often(language, run.script)))
        blocks += [
            Divider(),
            Words((Bold(f"{where} · {run.script.key} · {moment}"),)),
            Words(prompt(language, round_, number, {})),
            Note((*way(language, round_, run.script), Plain(" "), *visibility(language, round_, run))),
            Controls(controls(language, round_, number)),
        ]
        if not run.script.parallel_with:
            opens += window
    return Message(tuple(blocks))


def _draft(language: Language, format_: Format, preset: Preset, topic: str) -> Round:
    at = Now(datetime(2026, 9, 7, 7, 30, tzinfo=UTC), 1)
    return rules.draft(
        "script",
        NOBODYS,
        format_,
        topic,
        "facilitator",
        at,
        community="script",
        language=language.language,
        preset=preset,
    )


def _facts(language: Language, round_: Round) -> tuple[tuple[str, Text], ...]:
    size = round_.format.size
    people = language.say(
        "{min} to {max} people, best {from_} to {to}", min=size.min, max=size.max, from_=size.best[0], to=size.best[1]
    )
    roles = tuple(
        (language.label("A role in it"), language.pick(role.name)) for role in round_.format.roles
    )  # fmt: skip
    return (
        (language.label("Works with"), people),
        (language.label("Takes"), takes(language, round_)),
        *roles,
    )


def _how_often(language: Language, step: Step) -> Iterator[str]:
    if step.repeat == "each":
        yield language.label("once for each person")
    if step.repeat == "until":
        yield language.label("until it is a yes, {n} times at most", n=step.tries)
    if step.when is not None:
        yield language.label("only if it fits")


def _when(language: Language, opens: timedelta, window: timedelta, preset: Preset) -> str:
    """Such as *day 2, at most 24 hours*."""
    if preset == "live":
        minutes = round(window / timedelta(minutes=1))
        long = language.counted("at most {n} minute", "at most {n} minutes", minutes)
        return language.label("minute {n}", n=round(opens / timedelta(minutes=1))) + ", " + long
    hours = round(window / timedelta(hours=1))
    long = language.counted("at most {n} hour", "at most {n} hours", hours)
    return language.label("day {n}", n=opens // DAY + 1) + ", " + long
