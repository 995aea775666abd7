"""The formats a community can play: those that come with Kring, those of its host's folder, and those it made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from bot.chat.names import Channel
from bot.errors import SettingsFault
from bot.rounds import formats, picking
from bot.rounds.facts import DepthChosen
from bot.rounds.finding import Ctx
from bot.rounds.model import Changed, Round
from bot.rounds.script import Emphasis, Format


def known(ctx: Ctx) -> Mapping[str, Format]:
    """All of them, by id."""
    return {**made_here(ctx), **at_hand(ctx)}


def at_hand(ctx: Ctx) -> Mapping[str, Format]:
    """Those that every community has: known without a look into the database."""
    return {**formats.shipped(), **ctx.offered.formats}


def made_here(ctx: Ctx) -> Mapping[str, Format]:
    """Those that this community made, by id. One that this release cannot play any more is left out."""
    found: dict[str, Format] = {}
    for id_, text in ctx.unit.own_formats.of(ctx.community.id).items():
        read = _read(id_, text)
        if read is not None:
            found[id_] = read
    return found


@lru_cache(maxsize=256)
def _read(id_: str, text: str) -> Format | None:
    try:
        return formats.load({f"{id_}.toml": text})[id_]
    except SettingsFault:
        return None


def held(ctx: Ctx, channel: Channel) -> list[picking.Held]:
    """The rounds that were held to their end in this channel."""
    emphases = {id_: each.emphasis for id_, each in known(ctx).items()}
    past = ctx.unit.past_rounds.latest(ctx.community.id)
    return [
        picking.Held(one.format, emphases.get(one.format, Emphasis()), one.ended_at)
        for one in past
        if channel in one.channels
    ]


def later(ctx: Ctx, channel: Channel, format_: Format) -> picking.Later | None:
    """What people in this channel do first before this format; None where they are ready for it."""
    unlock = format_.unlock
    if not unlock.rounds and not unlock.cycles:
        return None
    done = held(ctx, channel)
    return None if picking.ready(unlock, done) else picking.later(format_, done)


def chosen_early(ctx: Ctx, round_: Round, person: str) -> Changed:
    """Notes who took the round's format, where it usually comes later."""
    if later(ctx, round_.channel, round_.format) is None:
        return replace(round_, early_by=None), ()
    return replace(round_, early_by=person), (DepthChosen(round_.id, person),)
