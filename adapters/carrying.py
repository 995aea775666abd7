"""What the platforms share when they carry out a request: which message it is about, and what an unclear end means."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from bot.chat.events import FetchedMessage
from bot.chat.names import Account
from bot.chat.requests import Conversation, FetchThread, Post
from bot.errors import PlatformRefusal, PlatformTrouble
from bot.ports import Posted

T = TypeVar("T")


def private(to: Conversation) -> bool:
    """Whether only one person and Kring are there."""
    return isinstance(to, Account) or to.direct


def standing_of(target: Posted | None) -> Posted:
    """The message that a request is about. Raises PlatformRefusal when it is no more."""
    if target is None:
        raise PlatformRefusal("gone", "that message is no more")
    return target


def thread_of(request: Post, target: Posted | None) -> str | None:
    """The thread in which the post shall stand; None: in the channel itself."""
    if request.thread is not None:
        return request.thread.id
    if request.under is None:
        return None
    thread = standing_of(target).thread
    if thread is None:
        raise PlatformRefusal("gone", "no thread was opened there")
    return thread


def as_asked(request: FetchThread, found: Iterable[FetchedMessage]) -> tuple[FetchedMessage, ...]:
    """What was read of a thread; without its words, where they were not asked for."""
    return tuple(each if request.words else replace(each, text="") for each in found)


async def following(others: bool, call: Awaitable[T]) -> T:
    """What is done after `others` of the same request: whoever tries again must look what stands already."""
    try:
        return await call
    except PlatformTrouble as trouble:
        if not others:
            raise
        raise PlatformTrouble(str(trouble), retry_at=trouble.retry_at, ambiguous=True) from trouble


async def unless_gone(call: Awaitable[Any]) -> None:
    """What is to be taken away may be away already."""
    try:
        await call
    except PlatformRefusal as refusal:
        if refusal.reason != "gone":
            raise
