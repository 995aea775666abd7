"""How fresh an item is, from facts alone. What is due is shown with its label; it does not disappear."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from bot.knowhow.model import Item, Kind

Label = Literal["fresh", "ageing", "due"]
HOLDS: dict[Kind, timedelta] = {"know_how": timedelta(days=365), "know_what": timedelta(days=182)}
AGEING = 0.75
"""From this part of the period on."""


def looked_at(item: Item) -> datetime:
    """When it was last reviewed or tried, else shared."""
    moments = [item.reviewed_at, item.shared_at, *(report.at for report in item.tried)]
    return max((moment for moment in moments if moment is not None), default=item.created_at)


def review_at(item: Item) -> datetime:
    """When somebody should look at it again."""
    return looked_at(item) + HOLDS[item.kind]


def label(item: Item, now: datetime) -> Label:
    if now >= review_at(item):
        return "due"
    return "ageing" if now >= looked_at(item) + AGEING * HOLDS[item.kind] else "fresh"
