"""Who and where: people's accounts, spaces, channels, threads and messages, as a platform names them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Discriminator


@dataclass(frozen=True, slots=True)
class Space:
    """A Slack workspace, a Discord server or a playground space."""

    platform: str
    id: str


@dataclass(frozen=True, slots=True)
class Account:
    """A person as one space knows them. One person may have several accounts."""

    space: Space
    id: str
    kind: Literal["account"] = "account"


@dataclass(frozen=True, slots=True)
class Channel:
    """A place where messages stand: a public or private channel, or a direct conversation."""

    space: Space
    id: str
    direct: bool = field(default=False, compare=False)
    """Only one person and Kring are there, as far as the platform says so with an event."""
    kind: Literal["channel"] = "channel"


@dataclass(frozen=True, slots=True)
class Thread:
    """A side conversation in a channel; `id` is what the platform calls the thread."""

    channel: Channel
    id: str
    kind: Literal["thread"] = "thread"


Place = Annotated[Channel | Thread, Discriminator("kind")]


@dataclass(frozen=True, slots=True)
class MessageRef:
    """One message. `thread` is the thread it stands in, None at the top level of its channel."""

    channel: Channel
    id: str
    thread: str | None = None

    @property
    def place(self) -> Place:
        return self.channel if self.thread is None else Thread(self.channel, self.thread)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a platform says about an account. None means: the platform does not say."""

    name: str
    language: str | None = None
    """ISO 639-1, such as `nl`."""
    timezone: str | None = None
    """IANA name, such as `Europe/Amsterdam`."""
    host: bool = False
    """May administer the space there: workspace admin, Manage Server."""
    role: str | None = None
    """What the person does, in the community's words."""
    space_name: str | None = None
    """What the space is called, such as the name of the school."""


def channel_of(place: Place) -> Channel:
    """The channel a place is, or stands in."""
    return place if isinstance(place, Channel) else place.channel
