"""`kring doctor`: looks at the settings, the database, the key and each platform, and says what is not right."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.errors import KringError
from bot.features import gather
from bot.own_formats import own_formats
from bot.rounds.formats import shipped
from storage.care import check, check_key, home_channels, installations

if TYPE_CHECKING:
    from adapters.found import Found
    from bot.settings import Settings

Tell = Callable[[str], object]


def examine(settings: Settings, tell: Tell) -> bool:
    """Whether all is well; each line that is found is told. One part does not keep the others from being looked at."""
    url, key = settings.database.url, settings.key.get_secret_value() if settings.key else None
    tell("settings: fine")
    own = _part("formats", lambda: _formats(settings.rounds.formats), tell)
    known = _part("database", lambda: check(url), tell)
    known = known and _part("key", lambda: check_key(url, key), tell)
    slack = asyncio.run(_slack(settings, key, known=known))
    discord = asyncio.run(_discord(settings, known=known))
    return all([own, known, _told("slack", slack, tell), _told("discord", discord, tell)])


def _formats(folder: str) -> str:
    own = len(own_formats(folder))
    return f"fine: {len(shipped())} come with Kring" + (f", {own} are your own" if folder else "")


def _part(name: str, look: Callable[[], str], tell: Tell) -> bool:
    try:
        tell(f"{name}: {look()}")
    except KringError as error:
        tell(f"{name}: {error}")
        return False
    return True


def _told(name: str, found: Iterable[Found], tell: Tell) -> bool:
    lines = list(found)
    for each in lines:
        tell(f"{name}: {each.words}")
    return not any(each.wrong for each in lines)


async def _slack(settings: Settings, key: str | None, *, known: bool) -> list[Found]:
    from adapters.slack import PLATFORM
    from adapters.slack.calling import new_client, new_session
    from adapters.slack.doctor import examine

    kept = installations(settings.database.url, key, platform=PLATFORM) if known else None
    async with new_session() as session:
        client = new_client(session, settings.slack.api_url, None)
        commands = gather().offered.commands
        return await examine(settings, commands, client, installations=kept, now=datetime.now(UTC))


async def _discord(settings: Settings, *, known: bool) -> list[Found]:
    from adapters.discord import PLATFORM
    from adapters.discord.doctor import examine

    homes = home_channels(settings.database.url, platform=PLATFORM) if known else None
    return await examine(settings, gather().offered.commands, homes=homes, now=lambda: datetime.now(UTC))
