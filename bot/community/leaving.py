"""One's own data, and the way out."""

from __future__ import annotations

from typing import get_args

from bot.chat.actions import Action
from bot.chat.answers import Answer, Replace, Tell
from bot.chat.commands import Given
from bot.chat.events import ButtonPressed, CommandCalled
from bot.chat.requests import Upload
from bot.community import card, kept
from bot.community.model import Contributions, PersonForgotten
from bot.community.ports import Ctx
from bot.errors import UserMistake


def data(ctx: Ctx, _: CommandCalled, __: Given) -> Answer:
    return send_data(ctx, _)


def send_data(ctx: Ctx, _: ButtonPressed | CommandCalled) -> Answer:
    """The file goes into the direct conversation: nobody else is there, and it stays."""
    content = kept.as_file(ctx.words, kept.everything(ctx), ctx.now)
    about = Action("me.file", ctx.actor.id)
    name = ctx.words.label("kring-my-data.json")
    ctx.ask(Upload(ctx.by, name, content, card.data_file(ctx.words), about=about))
    return Tell(card.data_coming(ctx.words))


def forget(ctx: Ctx, _: CommandCalled, __: Given) -> Answer:
    return ask_forget(ctx, _)


def ask_forget(ctx: Ctx, _: ButtonPressed | CommandCalled) -> Answer:
    return Tell(card.forget_question(ctx.words, kept.in_words(ctx)))


def stay(ctx: Ctx, _: ButtonPressed) -> Answer:
    return Replace(card.not_forgotten(ctx.words))


def forgotten(ctx: Ctx, event: ButtonPressed) -> Answer:
    """Every feature erases its part, then the person goes: what remains is an id that leads nowhere."""
    choice = _contributions(event.action.id)
    person, answer = ctx.actor, card.forgotten(ctx.words)
    for erase in ctx.forgets:
        erase(ctx, person.id, choice)
    name = person.name if choice == "keep" else ctx.common_words.label("somebody who was here")
    ctx.unit.members.erase(ctx.community.id, person.id, name, ctx.now)
    ctx.record(Action("community", ctx.community.id), PersonForgotten(choice, asked=True))
    return Replace(answer)


def _contributions(chosen: str) -> Contributions:
    for known in get_args(Contributions):
        if chosen == known:
            found: Contributions = known
            return found
    raise UserMistake("This step is over.")
