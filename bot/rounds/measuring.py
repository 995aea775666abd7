"""All that counts for one of a community's two hands, as it is stored."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from bot.rounds import balance
from bot.rounds.balance import Happening
from bot.rounds.finding import Ctx

FAR = timedelta(weeks=26)
"""So far back rounds are read: far enough to measure again how it stood at the end of the last three of them."""


def happened(ctx: Ctx, of: Collection[str] = ()) -> tuple[Happening, ...]:
    """Oldest first; for `balance.weaker` and the others there. `of`: only what these people did together."""
    hands = ctx.unit.hands
    return balance.happenings(hands.held(ctx.community.id, ctx.now - FAR, of), hands.lives(ctx.community.id, of))
