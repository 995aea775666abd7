"""What is the custom on each platform, as data: who writes to whom first, and how somebody comes in, Kring too.

How much a platform can show stands in `capabilities`.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.names import Space


@dataclass(frozen=True, slots=True)
class Customs:
    asked_first: bool = False
    """Kring writes directly only to people who did something with it themselves."""
    arrived_by_channel: bool = False
    """A space may be larger than the community: people arrive when they join its home channel."""
    invitation: str = ""
    """What somebody types in a channel to let Kring in; empty where that is not how it gets there."""
    closes_threads: bool = False
    """A thread in which nobody writes for a while is closed by the platform."""
    by_permissions: bool = False
    """Nobody invites a bot into a channel: its role has permissions there, or has not."""
    private_threads: bool = False
    """A channel that everybody reads can have threads that only those read who were let in."""


_NONE = Customs()
_OF = {
    "slack": Customs(arrived_by_channel=True, invitation="/invite @Kring"),
    # private threads: https://docs.discord.com/developers/topics/threads#public-private-threads (2026-11-26)
    # asked first: https://support-dev.discord.com/hc/en-us/articles/8563934450327 (2026-11-26)
    # threads: https://docs.discord.com/developers/topics/threads#active-archived-threads (2026-11-26)
    "discord": Customs(asked_first=True, by_permissions=True, closes_threads=True, private_threads=True),
}


def customs(space: Space) -> Customs:
    """Those of the platform that the space is on; a platform that is not listed has none of its own."""
    return _OF.get(space.platform, _NONE)
