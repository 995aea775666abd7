"""What the playground keeps: spaces, people, channels, messages, open forms, and acts that still have to be handled.

Each is one document in the room store, written whole. `seq` numbers give everything its order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.chat.events import Event
from bot.chat.forms import Form
from bot.chat.messages import Message
from bot.chat.names import Account, Channel, MessageRef, Place, Space, Thread

PLATFORM = "playground"
KRING = "kring"
"""The id under which Kring itself writes."""
DM = "dm-"
"""What the id of a conversation with Kring begins with; no channel's does, for those begin with their space."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Of the whole room: how far its clock is ahead of real time, and the last number given out."""

    community: str
    language: str
    seq: int = 0
    ahead: float = 0.0
    """Seconds."""
    ready: bool = False
    """The people of the story have moved in."""
    kind: Literal["basis"] = "basis"

    @property
    def id(self) -> str:
        return "basis"


@dataclass(frozen=True, slots=True)
class Somewhere:
    """A space. `greets` is the channel where it greets people who join."""

    id: str
    name: str
    greets: str = ""
    kind: Literal["space"] = "space"

    @property
    def space(self) -> Space:
        return Space(PLATFORM, self.id)


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person in one space. `since` is the number of the room when they joined: what is older is not new to them."""

    id: str
    name: str
    space: str
    since: int
    language: str | None = None
    timezone: str | None = None
    role: str | None = None
    host: bool = False
    direct: bool = True
    """Takes direct messages."""
    gone: bool = False
    kind: Literal["person"] = "person"

    @property
    def account(self) -> Account:
        return Account(Space(PLATFORM, self.space), self.id)

    @property
    def dm(self) -> str:
        """The id of their conversation with Kring."""
        return f"{DM}{self.id}"


@dataclass(frozen=True, slots=True)
class Corner:
    """A channel of a space, or, with an `owner`, that person's own conversation with Kring."""

    id: str
    name: str
    space: str
    owner: str = ""
    gone: bool = False
    kind: Literal["channel"] = "channel"

    @property
    def channel(self) -> Channel:
        return Channel(Space(PLATFORM, self.space), self.id, direct=bool(self.owner))

    def place(self, thread: str | None) -> Place:
        return self.channel if thread is None else Thread(self.channel, thread)


@dataclass(frozen=True, slots=True)
class File:
    id: str
    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A message. Kring's has a `message`, a person's only `text`; `to` names the one person a private answer is for."""

    id: str
    seq: int
    channel: str
    space: str
    thread: str | None
    author: str
    at: datetime
    text: str = ""
    message: Message | None = None
    to: str = ""
    edited: bool = False
    deleted: bool = False
    reactions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Emoji by name, each with who gave it."""
    files: tuple[File, ...] = ()
    title: str = ""
    """Of the thread on it."""
    kind: Literal["message"] = "message"

    @property
    def ref(self) -> MessageRef:
        channel = Channel(Space(PLATFORM, self.space), self.channel, direct=self.channel.startswith(DM))
        return MessageRef(channel, self.id, self.thread)


@dataclass(frozen=True, slots=True)
class Opened:
    """A form that a person has before them. `entry` is the message whose control opened it; it stays when `sent`."""

    id: str
    person: str
    channel: str
    thread: str | None
    form: Form
    entry: str = ""
    sent: bool = False
    kind: Literal["form"] = "form"


@dataclass(frozen=True, slots=True)
class Act:
    """What a person did, not handled yet. It knocks again at the next start when this process dies first.

    `entry` is the message with the pressed control, `form` the form that was sent.
    """

    id: str
    seq: int
    event: Event
    person: str
    channel: str
    thread: str | None = None
    entry: str = ""
    form: str = ""
    tries: int = 0
    kind: Literal["act"] = "act"


@dataclass(frozen=True, slots=True)
class Seen:
    """How far a person has read: by channel or root message, the number of the last message seen."""

    id: str
    upto: tuple[tuple[str, int], ...] = ()
    kind: Literal["seen"] = "seen"


Document = Basis | Somewhere | Somebody | Corner | Entry | Opened | Act | Seen


def key(document: Document) -> str:
    """The name under which the room store keeps it."""
    return f"{document.kind}/{document.id}"
