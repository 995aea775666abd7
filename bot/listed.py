"""What an option of a command can be chosen from, for platforms that ask while somebody types."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.chat.names import Account
from bot.context import Context
from bot.features import Features
from bot.ports import DoorUnit
from bot.routing import UnmetError


def listed(
    features: Features,
    unit: DoorUnit,
    account: Account,
    command: str,
    option: str,
    typed: str,
    now: datetime,
    *,
    only_looks: bool,
) -> Sequence[tuple[str, str]]:
    """Values, each with what it is called, as far as this account may see them; nobody is met by it.

    Raises UnmetError for somebody whose community may have to be made first, where that may not be written.
    """
    found = features.tables["lists"].get(_source(features, command, option))
    if found is None:
        return ()
    person = unit.people.by_account(account)
    if person is None and only_looks:
        raise UnmetError
    community = unit.communities.get(person.community) if person else unit.communities.of(account.space)
    ctx: Context[Any] = Context(
        unit=unit,
        now=now,
        community=community,
        seed=0,
        event="",
        offered=features.offered,
        person=person,
        account=account,
    )
    names: Sequence[tuple[str, str]] = found[0](ctx, typed.strip())
    return names


def _source(features: Features, command: str, option: str) -> str:
    found = features.commands.get(tuple(command.split()))
    options = () if found is None else found[0].options
    return next((each.source for each in options if each.name == option), "")
