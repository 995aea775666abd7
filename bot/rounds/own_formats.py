"""`round format`: a community makes formats of its own, by a form."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import cast

from bot.chat.answers import Answer, OpenForm, Tell
from bot.chat.commands import Given
from bot.chat.events import ButtonPressed, CommandCalled, FormSent
from bot.chat.forms import Values, check
from bot.chat.text import Code
from bot.errors import FormMistake, SettingsFault, UserMistake
from bot.rounds import cards, composing, format_forms, formats, library, rules, starting
from bot.rounds.composing import Asked, How
from bot.rounds.finding import Ctx
from bot.rounds.model import Round
from bot.rounds.now import Now
from bot.rounds.script import Format
from bot.rounds.wording import excerpt, format_name

MOST = 50
"""So many a community can have: with them the list of formats is as long as anybody can read."""


def format_(ctx: Ctx, event: CommandCalled, given: Given) -> Answer:
    """*new* opens the form, *show* tells a format step by step, *drop* offers one no more; else the community's own."""
    match given.text("what"):
        case "new":
            starting.may_start_here(ctx, event.place)
            return OpenForm(format_forms.new(ctx.words))
        case "show":
            return Tell(cards.explanation(ctx.words, _sketch(ctx, event, _known(ctx, given.text("format"))), {}))
        case "drop":
            starting.may_start_here(ctx, event.place)
            return _drop(ctx, given.text("format"))
        case _:
            return Tell(format_forms.own(ctx.words, library.made_here(ctx).values()))


def sent(ctx: Ctx, event: FormSent) -> Answer:
    """The form, filled in."""
    starting.may_start_here(ctx, event.place)
    values, faults = check(format_forms.new(ctx.words), dict(event.values))
    if faults:
        raise FormMistake(faults)
    all_ = library.known(ctx)
    if len(library.made_here(ctx)) >= MOST:
        raise UserMistake("There are {most} formats of your own already. Drop one first.", most=MOST)
    name = " ".join(values.text("name").split())
    if starting.exact(name, all_) is not None:
        raise FormMistake(words={"name": UserMistake("There is a format of that name already.")})
    id_ = composing.id_for(name, all_)
    text = composing.written(id_, name, " ".join(values.text("blurb").split()), _steps(values))
    made = _loaded(id_, text)
    ctx.unit.own_formats.put(ctx.community.id, id_, text, ctx.now)
    return Tell(format_forms.made(ctx.words, made))


def dropped(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Drop it*"""
    starting.may_start_here(ctx, event.place)
    return _drop(ctx, event.action.id)


def _drop(ctx: Ctx, typed: str) -> Answer:
    own = library.made_here(ctx)
    found = starting.exact(typed, own)
    if found is None:
        raise _not_dropped(ctx, typed, own.values())
    ctx.unit.own_formats.drop(ctx.community.id, found.id)
    return Tell(format_forms.dropped(ctx.words, found))


def _not_dropped(ctx: Ctx, typed: str, own: Collection[Format]) -> UserMistake:
    """Why it is not theirs to drop, and what is."""
    others = starting.exact(typed, library.known(ctx))
    yours, new = _names(ctx, own), Code("/kring round format new")
    if others is not None:
        name = format_name(ctx.words, others)
        if not own:
            return UserMistake(
                "“{format}” comes with this Kring, so it stays. You have none of your own yet; {command} makes one.",
                format=name, command=new,
            )  # fmt: skip
        return UserMistake(
            "“{format}” comes with this Kring, so it stays. Your own: {names}.", format=name, names=yours
        )
    if not own:
        return UserMistake("You have no formats of your own to drop. {command} makes one.", command=new)
    if not typed:
        return UserMistake("Write which one behind it. Your own: {names}.", names=yours)
    return UserMistake("You have no format called {typed}. Your own: {names}.", typed=excerpt(typed, 60), names=yours)


def _known(ctx: Ctx, typed: str) -> Format:
    all_ = library.known(ctx)
    found = starting.exact(typed, all_)
    if found is None and not typed:
        raise UserMistake("Write which one behind it. There are: {names}.", names=_names(ctx, all_.values()))
    if found is None:
        raise UserMistake(
            "I do not know the format {typed}. There are: {names}.",
            typed=excerpt(typed, 60),
            names=_names(ctx, all_.values()),
        )
    return found


def _names(ctx: Ctx, formats_: Iterable[Format]) -> str:
    return ", ".join(format_name(ctx.words, each) for each in formats_)


def _sketch(ctx: Ctx, event: CommandCalled, found: Format) -> Round:
    """A round of that format which is held nowhere."""
    topic = ctx.words.label("the topic")
    now = Now(ctx.now, ctx.seed)
    return rules.draft(
        ctx.new_id(), starting.may_start_here(ctx, event.place), found, topic, ctx.actor.id, now,
        community=ctx.community.id, language=ctx.words.language,
    )  # fmt: skip


def _steps(values: Values) -> list[Asked]:
    """What was asked; an empty question is no step. Raises FormMistake for what cannot be played."""
    wrong: dict[str, UserMistake] = {}
    steps: list[Asked] = []
    for number in range(1, composing.MOST_STEPS + 1):
        question, how = values.text(f"question{number}"), cast("How", values.text(f"how{number}"))
        if not question:
            continue
        if set(re.findall(r"[{}]", re.sub(r"\{topic\}", "", question))):
            wrong[f"question{number}"] = UserMistake(
                "I fill in nothing but {topic}; leave out other braces.", topic="{topic}"
            )
        if how == "dots" and not any(step.how == "private" for step in steps):
            wrong[f"how{number}"] = UserMistake("No answers were shown before; let a question be answered privately.")
        steps.append(Asked(question, how))
    if wrong:
        raise FormMistake(words=wrong)
    return steps


def _loaded(id_: str, text: str) -> Format:
    """The format, read as every other file is."""
    try:
        return formats.load({f"{id_}.toml": text})[id_]
    except SettingsFault as fault:
        raise UserMistake("This cannot be played: {why}", why=fault.faults[0]) from None
