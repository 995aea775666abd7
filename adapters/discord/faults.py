"""What Discord's refusals mean to Kring.

https://docs.discord.com/developers/topics/opcodes-and-status-codes#json (2026-11-26)
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import aiohttp
import discord

from bot.chat.events import Reason
from bot.errors import PlatformRefusal, PlatformTrouble

ARCHIVED, HAS_THREAD, DMS_TOO_FAST = 50083, 160004, 40003
NO_CHANNEL, NO_MESSAGE, NO_EMOJI = 10003, 10008, 10014
NOT_IN_SERVER, NO_USER = 10007, 10013
NO_ACCESS, WRONG_KIND = 50001, 50024
ANSWERED = 40060
"""Discord took the answer to this interaction before: only its word to us was lost."""
TOO_LATE = 50027
"""An interaction can be answered for a quarter of an hour. Discord says it as if a token were not valid (401): that of
the interaction, not Kring's."""
IS_FORUM = frozenset({40058, 50008})
"""Nothing can be written there itself; see `forums`."""

REFUSED: dict[int, tuple[Reason, str]] = {
    NO_CHANNEL: ("gone", "Unknown channel"),
    10004: ("gone", "Unknown guild"),
    NO_MESSAGE: ("gone", "Unknown message"),
    NOT_IN_SERVER: ("unreachable", "Unknown member"),
    NO_USER: ("unreachable", "Unknown user"),
    50007: ("unreachable", "Cannot send messages to this user"),
    50033: ("unreachable", "Invalid recipients"),
    50278: ("unreachable", "Cannot send messages to this user: no mutual guilds"),
    40007: ("unreachable", "The user is banned from this guild"),
    40058: ("forbidden", "Cannot send a message in a forum channel"),
    40066: ("forbidden", "There are no tags available that can be set by non-moderators"),
    20012: ("forbidden", "You are not authorized to perform this action on this application"),
    NO_ACCESS: ("forbidden", "Missing access"),
    50005: ("forbidden", "Cannot edit a message authored by another user"),
    50008: ("forbidden", "Cannot send messages in a non-text channel"),
    50009: ("forbidden", "Channel verification level is too high for you to gain access"),
    50013: ("forbidden", "You lack permissions to perform that action"),
    WRONG_KIND: ("forbidden", "Cannot execute action on this channel type"),
    ARCHIVED: ("forbidden", "Tried to perform an operation on an archived thread"),
    50095: ("forbidden", "This server is not available in your location"),
    90001: ("forbidden", "Reaction was blocked"),
    160002: ("forbidden", "Cannot reply without permission to read message history"),
    160005: ("forbidden", "This thread is locked"),
    160006: ("forbidden", "Maximum number of active threads reached"),
    160007: ("forbidden", "Maximum number of active announcement threads reached"),
    40067: ("rejected", "A tag is required to create a forum post in this channel"),
    HAS_THREAD: ("rejected", "A thread has already been created for this message"),
    TOO_LATE: ("gone", "Invalid webhook token"),
    NO_EMOJI: ("rejected", "Unknown emoji"),
    30010: ("rejected", "Maximum number of reactions reached"),
    40005: ("rejected", "Request entity too large"),
    50006: ("rejected", "Cannot send an empty message"),
    50021: ("rejected", "Cannot execute action on a system message"),
    50035: ("rejected", "Invalid form body"),
    50045: ("rejected", "File uploaded exceeds the maximum size"),
    200000: ("rejected", "Message was blocked by automatic moderation"),
    200001: ("rejected", "Title was blocked by automatic moderation"),
    240000: ("rejected", "Message blocked by harmful links filter"),
}
"""By code, with Discord's words for it. Any other is about the content, and will be refused again: `rejected`."""
HOST_MUST_ACT = {
    40001: "the token is not valid",
    40002: "the account must be verified",
    50014: "the token is not valid",
    50025: "the token is not valid",
}
NOT_NOW: dict[int, tuple[timedelta, str]] = {
    20016: (timedelta(seconds=10), "This action cannot be performed due to slowmode rate limit"),
    20022: (timedelta(minutes=10), "This message cannot be edited due to announcement rate limits"),
    20028: (timedelta(seconds=10), "The channel you are writing has hit the write rate limit"),
    20029: (timedelta(seconds=10), "The write action you are performing on the server has hit the write rate limit"),
    30046: (timedelta(minutes=10), "Maximum number of edits to messages older than 1 hour reached"),
    DMS_TOO_FAST: (timedelta(minutes=5), "You are opening direct messages too fast"),
    40004: (timedelta(minutes=10), "Send messages has been temporarily disabled"),
    40006: (timedelta(minutes=10), "This feature has been temporarily disabled server-side"),
    40062: (timedelta(seconds=10), "Service resource is being rate limited"),
    110001: (timedelta(minutes=10), "Application not yet available"),
    130000: (timedelta(seconds=30), "API resource is currently overloaded"),
}
"""By code: how long to wait where Discord does not say, and Discord's words for it."""
UNTIL_THE_HOST_ACTED = timedelta(minutes=10)


class Throttled(Exception):
    """429. `everything`: it counts for all that the bot asks, not for this route alone."""

    def __init__(self, seconds: float, *, code: int = 0, everything: bool = False) -> None:
        super().__init__(f"429: {code}" if code else "429")
        self.seconds = seconds
        self.code = code
        self.everything = everything


class Failing(Exception):
    """500 and above: Discord could not. It may have been done all the same."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


class Broke(Exception):
    """The connection was reset while Discord was asked. It may have been done all the same."""


def translated(error: Exception, now: datetime, *, to_person: bool = False) -> PlatformTrouble | PlatformRefusal:
    """The error as the house knows it. `to_person`: a direct message; a conversation that is not found is theirs."""
    match error:
        case PlatformTrouble() | PlatformRefusal():
            return error
        case Throttled(code=code, seconds=seconds):
            least = NOT_NOW[code][0].total_seconds() if code in NOT_NOW else 0.0
            return PlatformTrouble(_words(code) or "too many requests", retry_at=_after(now, max(seconds, least)))
        case discord.RateLimited():  # before it was sent
            return PlatformTrouble("too many requests", retry_at=_after(now, error.retry_after))
        case Failing(status=status):
            return PlatformTrouble(f"Discord could not: {status}", ambiguous=True)
        case discord.HTTPException():
            return _said(error, now, to_person=to_person)
        case aiohttp.ClientConnectorError() | aiohttp.ClientHttpProxyError() | aiohttp.ConnectionTimeoutError():
            return PlatformTrouble("Discord cannot be reached")
        case Broke() | aiohttp.ClientError() | asyncio.TimeoutError() | OSError():
            return PlatformTrouble(f"the connection to Discord broke: {type(error).__name__}", ambiguous=True)
        case _:
            raise error


def host_must_act(error: Exception) -> bool:
    """Nothing can be sent until the host gives a token that Discord takes."""
    if not isinstance(error, discord.HTTPException) or error.code == TOO_LATE:
        return False
    return error.status == 401 or error.code in HOST_MUST_ACT


def code_of(refusal: PlatformRefusal) -> int:
    """Discord's own number for what is wrong; 0 when it said none."""
    number = refusal.detail.partition(" ")[0]
    return int(number) if number.isdigit() else 0


def _said(error: discord.HTTPException, now: datetime, *, to_person: bool) -> PlatformTrouble | PlatformRefusal:
    code, status = error.code, error.status
    if host_must_act(error):
        why = HOST_MUST_ACT.get(code, "the token is not valid")
        return PlatformTrouble(why, retry_at=now + UNTIL_THE_HOST_ACTED)
    if code in NOT_NOW:
        wait, words = NOT_NOW[code]
        return PlatformTrouble(words, retry_at=now + wait)
    if status == 429:
        return PlatformTrouble("too many requests", retry_at=now + UNTIL_THE_HOST_ACTED)
    if status >= 500:
        return PlatformTrouble(f"Discord could not: {status}", ambiguous=True)
    reason, words = REFUSED.get(code, ("rejected", ""))
    if not code and status in (403, 404):
        reason = "forbidden" if status == 403 else "gone"
    if to_person and reason == "gone":
        reason = "unreachable"
    return PlatformRefusal(reason, f"{code} {words}".strip() if code else str(status))


def _words(code: int) -> str:
    return NOT_NOW[code][1] if code in NOT_NOW else ""


def _after(now: datetime, seconds: float) -> datetime:
    return now + timedelta(seconds=max(seconds, 0.0))
