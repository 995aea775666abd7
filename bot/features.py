"""The features, listed. Everything they offer is gathered here once, so that routing is one look in a dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.chat.commands import Command
from bot.circles.feature import FEATURE as CIRCLES
from bot.community.feature import FEATURE as COMMUNITY
from bot.community.model import CommunitySetUp
from bot.context import CommandHandler, Feature, Offered, Route
from bot.knowhow import following
from bot.knowhow.feature import FEATURE as KNOWHOW
from bot.newcomers import standing
from bot.newcomers.feature import FEATURE as NEWCOMERS
from bot.rounds import weighing
from bot.rounds.facts import ContributionKept, KeepWithdrawn, RoundFinished
from bot.rounds.feature import FEATURE as ROUNDS
from bot.rounds.script import Format

FEATURES: tuple[Feature, ...] = (COMMUNITY, ROUNDS, KNOWHOW, NEWCOMERS, CIRCLES)

ROUTES: dict[type, tuple[Route, ...]] = {
    CommunitySetUp: (standing.arranged,),
    ContributionKept: (following.from_round,),
    KeepWithdrawn: (following.round_withdrew,),
    RoundFinished: (weighing.round_done,),
}
"""What one feature does about a fact of another: they never import each other."""

TABLES = ("buttons", "choices", "forms", "shortcuts", "deadlines", "delivered", "refused", "fetched", "lists")
LISTENERS = ("posted", "edited", "deleted", "reacted", "joined", "left", "installed", "threads", "opened")


@dataclass(frozen=True, slots=True)
class Features:
    """All features together. `tables` and `listeners` hold each handler with the name of its feature."""

    commands: Mapping[tuple[str, ...], tuple[Command, CommandHandler, str]]
    tables: Mapping[str, Mapping[str, tuple[Any, str]]]
    listeners: Mapping[str, Sequence[tuple[Any, str]]]
    offered: Offered


def gather(
    features: Iterable[Feature] = FEATURES,
    routes: Mapping[type, tuple[Route, ...]] = ROUTES,
    formats: Mapping[str, Format] | None = None,
) -> Features:
    """Everything the features offer, with the dialogue formats of the host's own. Raises ValueError when two of them
    claim the same name.
    """
    features = tuple(features)
    commands: dict[tuple[str, ...], tuple[Command, CommandHandler, str]] = {}
    tables: dict[str, dict[str, tuple[Any, str]]] = {table: {} for table in TABLES}
    for feature in features:
        for command, handler in feature.commands:
            if command.path in commands:
                raise ValueError(f"the command {command.name!r} is claimed twice")
            commands[command.path] = (command, handler, feature.name)
        for table, entries in tables.items():
            for name, handled in getattr(feature, table).items():
                if name in entries:
                    raise ValueError(f"{name!r} in {table} is claimed twice")
                entries[name] = (handled, feature.name)
    return Features(
        commands=commands,
        tables=tables,
        listeners={
            kind: tuple((handler, feature.name) for feature in features for handler in getattr(feature, kind))
            for kind in LISTENERS
        },
        offered=Offered(
            commands=tuple(command for command, _, _ in commands.values()),
            menus=tuple(menu for feature in features for menu in feature.menu),
            homes=tuple(home for feature in features for home in feature.home),
            cards=tuple(card for feature in features for card in feature.card),
            exports=tuple(export for feature in features for export in feature.exports),
            forgets=tuple(forget for feature in features for forget in feature.forgets),
            unites=tuple(unite for feature in features for unite in feature.unites),
            took_part=tuple(took_part for feature in features for took_part in feature.took_part),
            routes=routes,
            formats=formats or {},
        ),
    )
