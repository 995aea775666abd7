"""All that counts for one of a community's two hands, as it is stored."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from bot.rounds import balance
from bot.rounds.balance import Happening, Held
from bot.rounds.finding import Ctx

FAR = timedelta(weeks=26)
"""So far back rounds are read: far enough to measure again how it stood at the end of the last three of them."""


def held(ctx: Ctx, of: Collection[str] = ()) -> tuple[Held, ...]:
    """The rounds that were done, oldest first. `of`: only what these people did together."""
    return ctx.unit.hands.held(ctx.community.id, ctx.now - FAR, of)


def happened(ctx: Ctx, of: Collection[str] = ()) -> tuple[Happening, ...]:
    """Oldest first; for `balance.weaker` and the others there."""
    return balance.happenings(held(ctx, of), ctx.unit.hands.lives(ctx.community.id, of))
