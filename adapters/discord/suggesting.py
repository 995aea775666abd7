"""What there is to choose from while somebody types an option."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import structlog

from adapters.discord import commands
from adapters.discord.origin import Origin
from bot.chat.names import Account

log = structlog.get_logger("kring.discord")


class Lists(Protocol):
    async def choices(self, account: Account, command: str, option: str, typed: str) -> Sequence[tuple[str, str]]:
        """Values, each with what it is called, as far as this person may see them."""


class Suggesting:
    def __init__(self, lists: Lists) -> None:
        self._lists = lists

    async def choices(self, asked: commands.Asked | None, origin: Origin) -> list[Any]:
        """At most 25, as Discord takes them; none when there is nothing to suggest or it cannot be found out now."""
        if asked is None or not origin.server:
            return []
        try:
            found = await self._lists.choices(origin.account, asked.command, asked.option, asked.typed)
        except Exception:
            log.exception("nothing can be suggested now")
            return []
        return commands.suggestions(found)
