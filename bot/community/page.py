"""The person's own page: what they take part in, what waits for them, what they chose, and what Kring knows of them."""

from __future__ import annotations

from bot.chat.answers import Answer, Tell
from bot.chat.events import HomeOpened
from bot.chat.messages import Block
from bot.community import me, setup, views, wizard
from bot.community.ports import Ctx


def opened(ctx: Ctx, _: HomeOpened) -> Answer:
    """Gathered anew at each look, of what every feature has for this person."""
    if ctx.person is None:
        return Tell(views.unmet(ctx.words, ctx.community))
    parts = [blocks for home in ctx.homes if (blocks := tuple(home(ctx)))]
    if ctx.actor.host:
        hosting = tuple(_hosting(ctx))
        parts.insert(len(parts) if ctx.community.set_up else 0, hosting)
    parts.append(me.own_card(ctx).blocks)
    return Tell(views.page(ctx.words, ctx.actor, ctx.community, parts))


def _hosting(ctx: Ctx) -> list[Block]:
    return wizard.to_do(ctx.words, ctx.community, setup.missing(ctx))
