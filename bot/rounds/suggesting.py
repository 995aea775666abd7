"""`round suggest`: three questions with buttons, three proposals at most, and the form filled in."""

from __future__ import annotations

from bot.chat.answers import Answer, Replace, Tell
from bot.chat.commands import Given
from bot.chat.events import ButtonPressed, CommandCalled
from bot.chat.names import Channel
from bot.errors import UserMistake
from bot.rounds import balance, library, measuring, picking, proposing, starting
from bot.rounds.finding import Ctx


def suggest(ctx: Ctx, event: CommandCalled, _: Given) -> Answer:
    """The first question, to somebody who may start a round where people are."""
    starting.may_start_here(ctx, event.place)
    return Tell(proposing.about(ctx.words))


def help_me(ctx: Ctx, event: ButtonPressed) -> Answer:
    """The same from a menu or a page."""
    starting.may_start_here(ctx, event.place)
    return Tell(proposing.about(ctx.words))


def answered(ctx: Ctx, event: ButtonPressed) -> Answer:
    """One more question, or the proposals; the button carries what was answered."""
    channel = starting.may_start_here(ctx, event.place)
    need, _, rest = event.action.id.partition(".")
    crowd, _, time = rest.partition(".")
    crowds = {each.key: each for each in picking.CROWDS}
    if need not in proposing.ABOUT:
        return Replace(proposing.about(ctx.words))
    if crowd not in crowds:
        return Replace(proposing.people(ctx.words, need))
    wanted = picking.occasion(need, crowd, time)
    if wanted is None:
        return Replace(proposing.time(ctx.words, need, crowds[crowd]))
    return Replace(proposing.proposals(ctx.words, wanted, _pick(ctx, channel, wanted)))


def start(ctx: Ctx, event: ButtonPressed) -> Answer:
    """The form of a round, filled in with what was proposed."""
    format_, _, preset = event.action.id.partition(".")
    if format_ not in library.known(ctx):
        raise UserMistake("This format is not there any more. Pick another one.")
    return starting.form_with(ctx, event.place, {"format": format_, "preset": preset})


def _pick(ctx: Ctx, channel: Channel, wanted: picking.Occasion) -> picking.Pick:
    """The hands are the whole community's; what was done is counted where the round will stand."""
    weaker = balance.weaker(measuring.happened(ctx), ctx.now)
    return picking.pick(wanted, library.known(ctx).values(), library.held(ctx, channel), weaker, ctx.now)
