"""What we ask a platform to do later, durably. The set is closed.

Each request names its conversation in `to`; requests of one conversation are carried out in order. What was posted
`about` something can be found again by that name: to edit it, to write in its thread, and to know from a thread which
round it belongs to. So no feature has to remember message ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Discriminator

from bot.chat.actions import Action
from bot.chat.messages import Message
from bot.chat.names import Account, Channel, MessageRef, Space, Thread

Conversation = Annotated[Channel | Account, Discriminator("kind")]
"""A channel with all its threads, or the direct conversation with one person."""


@dataclass(frozen=True, slots=True)
class Post:
    """A message in a channel or, for an account, in the direct conversation with that person.

    `thread` puts it into a thread that exists; `under` into the thread of the message posted `about` that. `before`:
    from that moment on it makes no sense any more, and is refused.
    """

    to: Conversation
    message: Message
    about: Action | None = None
    thread: Thread | None = None
    under: Action | None = None
    before: datetime | None = None
    kind: Literal["post"] = "post"


@dataclass(frozen=True, slots=True)
class Edit:
    """The message posted `about` this in this conversation becomes `message`."""

    to: Conversation
    about: Action
    message: Message
    kind: Literal["edit"] = "edit"


@dataclass(frozen=True, slots=True)
class OpenThread:
    """Opens a thread on the message posted `about` this. Needed once before `Post(under=…)`.

    `inside`: who is let into a private thread, which only they read; asked only where that is the custom (see
    `customs`). After a restart such a thread is found again by its title: no other of Kring's in that channel has it.
    """

    to: Channel
    about: Action
    title: str
    inside: tuple[Account, ...] | None = None
    kind: Literal["open_thread"] = "open_thread"


@dataclass(frozen=True, slots=True)
class Admit:
    """Lets somebody into the private thread of the message posted `about` this; with `out`, takes them out of it."""

    to: Channel
    about: Action
    person: Account
    out: bool = False
    kind: Literal["admit"] = "admit"


@dataclass(frozen=True, slots=True)
class FetchThread:
    """Reads the thread around a message once; the result is a `ThreadFetched` event routed by `about`.

    Without `words` it only looks who wrote in it, and how long it stays open where the platform closes threads.
    """

    to: Channel
    about: Action
    message: MessageRef
    words: bool = True
    kind: Literal["fetch_thread"] = "fetch_thread"


@dataclass(frozen=True, slots=True)
class React:
    to: Channel
    message: MessageRef
    emoji: str
    kind: Literal["react"] = "react"


@dataclass(frozen=True, slots=True)
class Upload:
    """A text file, such as one's own data as JSON. `content` is text in UTF-8."""

    to: Conversation
    filename: str
    content: str
    message: Message
    about: Action | None = None
    kind: Literal["upload"] = "upload"


Request = Annotated[Post | Edit | OpenThread | Admit | FetchThread | React | Upload, Discriminator("kind")]


def lane(space: Space) -> str:
    """The space as one text: what a platform may be asked at one time is counted for each space."""
    return f"{space.platform}/{space.id}"


def order_key(to: Conversation) -> str:
    """The conversation as one text: requests with the same key are carried out one after the other."""
    kind = "channel" if isinstance(to, Channel) else "account"
    return f"{lane(to.space)}/{kind}/{to.id}"
