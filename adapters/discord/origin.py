"""Where somebody acted in Discord, so that the answer finds its way back to them.

https://docs.discord.com/developers/interactions/receiving-and-responding (2026-11-26)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from adapters.discord import PLATFORM
from bot.chat.names import Account, Channel, Place, Space, Thread

Via = Literal["command", "message", "form", "menu", "written"]
"""A command; a control on a message; a form; a message's own menu; words to Kring in a direct conversation."""


@dataclass(frozen=True, slots=True)
class Origin:
    server: str
    user: str
    via: Via
    channel: str = ""
    """Where messages go: a thread counts as a channel here."""
    parent: str = ""
    """The channel in which that thread hangs; empty where it is none."""
    direct: bool = False
    """Only this person and Kring are there."""
    interaction: str = ""
    token: str = field(default="", repr=False)
    """Answers this one interaction, for fifteen minutes."""
    app: str = ""
    message: str = ""
    """The message whose control was used, also when a form was opened by it."""
    alone: bool = False
    """Only this person sees that message."""
    language: str | None = None
    """ISO 639-1, as the person's Discord is set."""
    asked: str = ""
    """What was asked as a command, so that a button can ask it again."""

    @property
    def space(self) -> Space:
        return Space(PLATFORM, self.server)

    @property
    def account(self) -> Account:
        return Account(self.space, self.user)

    @property
    def place(self) -> Place:
        if self.parent:
            return Thread(Channel(self.space, self.parent), self.channel)
        return Channel(self.space, self.channel, direct=self.direct)
