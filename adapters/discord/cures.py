"""What to do about what Discord says: for `kring run` when it cannot start, and for `kring doctor`.

The places are named as Discord's own pages name them in English (2026-11-26).
"""

from __future__ import annotations

from adapters.discord.faults import code_of
from bot.errors import PlatformRefusal, PlatformTrouble
from bot.settings import variable

APP = "discord.com/developers/applications -> your app"
BOT = f"{APP} -> Bot"
INTENTS = f"{BOT} -> Privileged Gateway Intents"
TOKEN = variable("discord", "token")

LAST_STATUS = 599
"""Up to here a number is a status of HTTP; those of Discord's own are larger."""

UNKNOWN_TOKEN = (
    f"{TOKEN} is not known to Discord: it was reset, or its app was deleted; make a new one: {BOT} -> Reset Token"
)
"""Discord says the same of a token that was never one, and of one that is no more."""


def strange(api_url: str, why: str) -> str:
    """Something answers there, and it is not Discord."""
    return f"what answers at {api_url} is not Discord ({why}); look at [discord] api_url"


def sentence(error: PlatformTrouble | PlatformRefusal, api_url: str) -> str:
    """What is wrong when Discord does not even say who Kring is."""
    if isinstance(error, PlatformRefusal):
        discords_own = code_of(error) > LAST_STATUS
        return f"Discord refuses to be asked ({error.detail})" if discords_own else strange(api_url, error.detail)
    return (
        f"Discord cannot be asked at {api_url} ({error}); try again in a minute, and see that this machine may call it"
    )
