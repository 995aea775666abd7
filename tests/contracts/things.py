"""Small things that the contract tests put into a store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.chat.actions import Action
from bot.chat.messages import Message, Words, message
from bot.chat.names import Account, Channel, MessageRef, Space
from bot.chat.text import plain, words

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SCHOOL = Space("playground", "school")
COLLEGE = Space("playground", "college")
GENERAL = Channel(SCHOOL, "general")
STAFF = Channel(SCHOOL, "staff")
ANNA = Account(SCHOOL, "anna")
HEADER = Action("round.header", "r1")


def says(text: str) -> Message:
    return message(Words(plain(text)))


def said(shown: Message) -> str:
    [block] = shown.blocks
    assert isinstance(block, Words)
    return words(block.text)


def ref(id_: str, channel: Channel = GENERAL, thread: str | None = None) -> MessageRef:
    return MessageRef(channel, id_, thread)
