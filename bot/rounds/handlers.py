"""The commands of rounds: each acts on the round of this thread or channel, or asks which one is meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.chat.answers import Answer, Tell
from bot.chat.commands import Given
from bot.chat.events import ButtonPressed, ChoiceMade, CommandCalled
from bot.context import CommandHandler
from bot.errors import UserMistake
from bot.rounds import answering, joining, own, places, rules, steering, task_page
from bot.rounds.finding import Ctx, get, here, named, near, people_of, place_lost
from bot.rounds.model import Round, RoundState
from bot.rounds.seen import seen_by

Act = Callable[[Ctx, Round, str], Answer]


def status(ctx: Ctx, round_: Round, _: str = "") -> Answer:
    """Where the round is, and one's own part in it."""
    me = ctx.actor.id
    seen = seen_by(round_, me)
    answers = {one.id: one for each in seen.steps for one in each.answers}
    asked = [answers[one.id] for one in rules.asked_to_keep(round_, me) if one.id in answers]
    lost = place_lost(ctx, round_) if round_.state == "paused" else None
    page = own.mine(ctx.words, near(ctx, round_), seen, me, people_of(ctx, round_), asked, lost=lost)
    return Tell(replace(page, blocks=(*page.blocks, *task_page.mine(ctx.words, round_, me))))


ACTS: Mapping[str, Act] = {
    "join": joining.join,
    "begin": steering.begin,
    "status": status,
    "skip": steering.skip,
    "extend": steering.extend,
    "pause": steering.pause,
    "resume": steering.resume,
    "give": steering.give,
    "close": steering.close,
    "cancel": steering.cancel,
    "pass": answering.pass_now,
    "later": answering.later_now,
    "time": answering.more_time_now,
    "done": answering.done_now,
    "move": places.moved,
}
"""By the command's verb; the last argument is its one option, or empty."""

FITTING: Mapping[str, tuple[RoundState, ...]] = {
    "join": ("inviting", "running", "paused"),
    "begin": ("inviting",),
    "skip": ("running",),
    "extend": ("running",),
    "pause": ("inviting", "running", "wrapping"),
    "resume": ("paused",),
    "close": ("running",),
    "cancel": ("inviting", "running", "paused"),
    "pass": ("running",),
    "later": ("running",),
    "time": ("running",),
    "done": ("running",),
}
"""In which states of a round its verb makes sense."""

EVERYBODYS = frozenset({"join", "status", "pass", "later", "time", "done"})
"""Verbs of those who take part; the others are its facilitator's."""


def verb(name: str, option: str = "") -> CommandHandler:
    """Handles one verb of `round`; `option` is the name of its one option."""

    def handle(ctx: Ctx, event: CommandCalled, given: Given) -> Answer:
        value = given.text(option) if option else ""
        found = here(ctx, event.place)
        if not found:
            raise UserMistake(
                "There is no round here, and you are in none. Start one with /kring round start, or call this in the "
                "channel of the round you mean."
            )
        found = likely(found, name, ctx.actor.id)
        if len(found) > 1:
            return Tell(own.chooser(ctx.words, found, f"{name}.{value}" if value else name))
        return ACTS[name](ctx, found[0], value)

    handle.__name__ = name
    return handle


def likely(found: tuple[Round, ...], name: str, me: str) -> tuple[Round, ...]:
    """Those of them for which the verb makes sense, and of these the ones that the person takes part in or, where it
    is the facilitator's, holds; else all.
    """
    found = tuple(each for each in found if each.state in FITTING.get(name, (each.state,))) or found
    if name in {"join", "status"}:
        return found
    if name in EVERYBODYS:
        return tuple(each for each in found if me in each.speakers) or found
    return tuple(each for each in found if each.facilitator == me) or found


def chosen(ctx: Ctx, event: ChoiceMade) -> Answer:
    """Which round was meant."""
    name, _, value = event.action.id.partition(".")
    act = ACTS.get(name)
    if act is None or not event.values:
        raise UserMistake("This step is over.")
    return act(ctx, get(ctx, event.values[0]), value)


def pressed(name: str) -> Callable[[Ctx, ButtonPressed], Answer]:
    """The same act by a button that names its round."""

    def press(ctx: Ctx, event: ButtonPressed) -> Answer:
        round_, _ = named(ctx, event.action)
        return ACTS[name](ctx, round_, "")

    press.__name__ = name
    return press
