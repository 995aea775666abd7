"""`kring doctor` reads where communities meet."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.names import Channel, Space
from storage.care import home_channels
from storage.store import open_store
from storage.unit import Unit

SCHOOL, COLLEGE, TOL = Space("discord", "S1"), Space("discord", "S2"), Space("slack", "T1")


async def test_home_channels_by_platform(database_url: str) -> None:
    """Of several communities, and of one that meets in several places."""

    def meet(unit: Unit) -> None:
        first, second = unit.communities.of(SCHOOL), unit.communities.of(COLLEGE)
        homes = (Channel(TOL, "C1"), Channel(Space("discord", "S3"), "30"))
        unit.members.arrange(first.id, first, replace(first, home=Channel(SCHOOL, "10"), homes_elsewhere=homes))
        unit.members.arrange(second.id, second, replace(second, home=Channel(COLLEGE, "20")))
        unit.communities.of(Space("discord", "S4"))

    async with open_store(database_url) as store:
        await store.run(meet)
    assert home_channels(database_url, platform="discord") == {"S1": "10", "S2": "20", "S3": "30"}
    assert home_channels(database_url, platform="slack") == {"T1": "C1"}
    assert home_channels(database_url, platform="playground") == {}
