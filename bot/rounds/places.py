"""Moving a round to another channel, where Kring cannot write in its own any more.

It goes where its facilitator calls `round move`, because only there it is sure that people are, and that they let
Kring in.
"""

from __future__ import annotations

from bot.chat.answers import Answer, Tell
from bot.chat.commands import Given
from bot.chat.events import ButtonPressed, CommandCalled
from bot.chat.names import Channel, channel_of
from bot.chat.text import ChannelName, Code
from bot.errors import UserMistake
from bot.rounds import own, place_words, rules, views
from bot.rounds.announcing import settle
from bot.rounds.finding import Ctx, moment, named, place_lost
from bot.rounds.holding import must_hold
from bot.rounds.model import Round


def move(ctx: Ctx, event: CommandCalled, _: Given) -> Answer:
    """To the channel in which this is called."""
    channel = channel_of(event.place)
    if channel.direct:
        raise UserMistake("Call {command} in the channel where the round should go on.", command=Code(place_words.MOVE))
    held = [one for one in ctx.unit.rounds.open_for(ctx.community.id, ctx.actor.id) if one.facilitator == ctx.actor.id]
    lost = tuple(one for one in held if is_lost(ctx, one))
    if not lost:
        raise UserMistake("I can write where the rounds stand that you hold, so they stay there.")
    if len(lost) > 1:
        return Tell(own.chooser(ctx.words, lost, f"move.{channel.id}"))
    return moved_to(ctx, lost[0], channel)


def is_lost(ctx: Ctx, round_: Round) -> bool:
    """Whether Kring cannot write in a channel of it."""
    return any(home.state == "lost" for home in round_.homes) or _on_hold_for_it(ctx, round_)


def _on_hold_for_it(ctx: Ctx, round_: Round) -> bool:
    return round_.state == "paused" and place_lost(ctx, round_) is not None


def moved(ctx: Ctx, round_: Round, channel: str) -> Answer:
    """Which round was meant; `channel` is the id of the one in which `round move` was called."""
    asker = ctx.account or ctx.actor.account
    return moved_to(ctx, round_, Channel(asker.space, channel))


def moved_to(ctx: Ctx, round_: Round, channel: Channel) -> Answer:
    names = ctx.unit.communities.spaces(ctx.community.id)
    changed = rules.resettle(
        round_,
        ctx.actor.id,
        channel,
        moment(ctx, round_),
        space_name=names.get(channel.space, channel.space.id),
        lost=_on_hold_for_it(ctx, round_),
        beside=rules.going_on(ctx.unit.rounds.in_channel(ctx.community.id, channel)),
    )
    after = settle(ctx, round_, changed)
    text = ctx.words.say("The round goes on in {channel}.", channel=ChannelName(channel))
    return Tell(views.told(text, *own.steering(ctx.words, after)))


def ask(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Move to another place*: how."""
    round_, _ = named(ctx, event.action)
    must_hold(round_, ctx.actor.id)
    home = ctx.community.home_in(event.account.space)
    lost = {each.channel for each in round_.homes if each.state == "lost"} or {round_.channel}
    return Tell(place_words.how_to_move(ctx.words, round_, home if home not in lost else None))


def to_home(ctx: Ctx, event: ButtonPressed) -> Answer:
    """To the community's home channel, where the facilitator is."""
    round_, _ = named(ctx, event.action)
    home = ctx.community.home_in(event.account.space)
    if home is None:
        raise UserMistake("Call {command} in the channel where the round should go on.", command=Code(place_words.MOVE))
    return moved_to(ctx, round_, home)


BUTTONS = {"round.move": ask, "round.tohome": to_home}
