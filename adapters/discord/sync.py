"""Gives Discord Kring's commands, when it has others.

What Discord has is asked, not remembered: so commands that somebody took away, or that another Kring with the same
token had put there, come back with the next start.
https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-global-application-commands
(2026-11-26)
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import structlog

from adapters.discord.calling import Calling
from adapters.discord.login import AGAIN
from bot.errors import PlatformRefusal, PlatformTrouble, SettingsFault

COMMANDS = "/applications/{application_id}/commands"
OF_DISCORD = frozenset({"id", "application_id", "version", "default_permission", "dm_permission", "handler"})
"""What Discord adds to a command where it is not given.
https://docs.discord.com/developers/interactions/application-commands#application-command-object (2026-11-26)"""

Json = dict[str, Any]

log = structlog.get_logger("kring.discord")


async def synced(calling: Calling, wanted: Sequence[Json]) -> bool:
    """Whether they had to be sent. Raises PlatformTrouble or PlatformRefusal."""
    there = await calling.ask("GET", COMMANDS, query={"with_localizations": "true"}, application_id=calling.app)
    if same(wanted, there):
        return False
    await calling.ask("PUT", COMMANDS, json=list(wanted), application_id=calling.app)
    log.info("discord has Kring's commands now", count=len(wanted))
    return True


async def patiently_synced(calling: Calling, wanted: Sequence[Json], quick: float = 1.0) -> None:
    """The same, however long Discord cannot be reached. Raises SettingsFault for what only the host can mend.

    `quick` makes pauses so many times shorter.
    """
    while True:
        try:
            await synced(calling, wanted)
        except PlatformRefusal as refusal:
            raise SettingsFault([f"Discord does not take Kring's commands: {refusal.detail}"]) from refusal
        except PlatformTrouble as trouble:
            log.warning("discord does not take the commands yet", why=str(trouble))
            await asyncio.sleep(AGAIN / quick)
        else:
            return


def same(wanted: Sequence[Json], there: Sequence[Json]) -> bool:
    """Whether Discord has just these commands; what it adds of its own, such as ids, does not count."""
    by_name = {(each.get("type", 1), each["name"]): each for each in there}
    return len(by_name) == len(wanted) and all(
        _holds(ours, _given(by_name.get((ours["type"], ours["name"]), {}), ours)) for ours in wanted
    )


def _given(theirs: Json, ours: Json) -> Json:
    return {name: value for name, value in theirs.items() if name in ours or name not in OF_DISCORD}


def _holds(ours: Any, theirs: Any) -> bool:
    if not ours:
        return not theirs  # Discord leaves out what is not so
    match ours:
        case dict():
            names = {*ours, *theirs} if isinstance(theirs, dict) else ()
            return bool(names) and all(_holds(ours.get(name), theirs.get(name)) for name in names)
        case list() | tuple():
            alike = isinstance(theirs, list) and len(theirs) == len(ours)
            return alike and all(map(_holds, ours, theirs))
        case _:
            return bool(ours == theirs)
