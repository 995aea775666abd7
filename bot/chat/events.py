"""What happened, as the platforms, the clock and the postman tell it to the door. The set is closed.

`id` is unique and stays the same when a platform tells the same thing twice; `at` is UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Discriminator

from bot.chat.actions import Action
from bot.chat.forms import Raw
from bot.chat.names import Account, Channel, MessageRef, Place, Profile, Space
from bot.chat.standing import Standing


@dataclass(frozen=True, slots=True)
class CommandCalled:
    """`text` is what stands behind `/kring`. Typed options, where a platform has them, come in `options`."""

    id: str
    at: datetime
    account: Account
    place: Place
    text: str
    options: tuple[tuple[str, str], ...] = ()
    profile: Profile | None = None
    kind: Literal["command"] = "command"


@dataclass(frozen=True, slots=True)
class ButtonPressed:
    id: str
    at: datetime
    account: Account
    place: Place
    action: Action
    message: MessageRef | None = None
    profile: Profile | None = None
    kind: Literal["button"] = "button"


@dataclass(frozen=True, slots=True)
class ChoiceMade:
    """Something was picked from a select in a message."""

    id: str
    at: datetime
    account: Account
    place: Place
    action: Action
    values: tuple[str, ...]
    message: MessageRef | None = None
    profile: Profile | None = None
    kind: Literal["choice"] = "choice"


@dataclass(frozen=True, slots=True)
class FormSent:
    id: str
    at: datetime
    account: Account
    place: Place
    action: Action
    values: tuple[tuple[str, Raw], ...]
    profile: Profile | None = None
    kind: Literal["form"] = "form"


@dataclass(frozen=True, slots=True)
class ShortcutUsed:
    """A message's own menu: `name` is the shortcut (`keep`), `text` the message's words, `author` who wrote it."""

    id: str
    at: datetime
    account: Account
    name: str
    message: MessageRef
    text: str
    author: Account | None = None
    profile: Profile | None = None
    kind: Literal["shortcut"] = "shortcut"


@dataclass(frozen=True, slots=True)
class HomeOpened:
    """Somebody looks at the page that Kring has for them there, where a platform has such pages (Slack's App Home).

    Looking changes nothing. The answer is the page, as a message. Without a `profile` nobody is met by it: so the page
    is made anew when something has changed.
    """

    id: str
    at: datetime
    account: Account
    profile: Profile | None = None
    kind: Literal["home"] = "home"


@dataclass(frozen=True, slots=True)
class MessagePosted:
    """A person wrote something. `direct` when it stands in a conversation with Kring itself."""

    id: str
    at: datetime
    account: Account
    message: MessageRef
    text: str
    direct: bool = False
    profile: Profile | None = None
    kind: Literal["posted"] = "posted"


@dataclass(frozen=True, slots=True)
class MessageEdited:
    id: str
    at: datetime
    account: Account
    message: MessageRef
    text: str
    kind: Literal["edited"] = "edited"


@dataclass(frozen=True, slots=True)
class MessageDeleted:
    """`account` is who wrote it, where the platform still knows."""

    id: str
    at: datetime
    message: MessageRef
    account: Account | None = None
    kind: Literal["deleted"] = "deleted"


@dataclass(frozen=True, slots=True)
class ReactionAdded:
    """`emoji` by its short name without colons (`bookmark`), skin tone removed."""

    id: str
    at: datetime
    account: Account
    message: MessageRef
    emoji: str
    kind: Literal["reaction"] = "reaction"


@dataclass(frozen=True, slots=True)
class MemberJoined:
    """Somebody joined a space. `channel` is where the space greets people, if it says so."""

    id: str
    at: datetime
    account: Account
    profile: Profile
    channel: Channel | None = None
    kind: Literal["joined"] = "joined"


@dataclass(frozen=True, slots=True)
class MemberLeft:
    id: str
    at: datetime
    account: Account
    kind: Literal["left"] = "left"


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    """The platform says something newer about somebody: a name, a zone, a right. Who is not known stays unknown."""

    id: str
    at: datetime
    account: Account
    profile: Profile
    kind: Literal["profile"] = "profile"


@dataclass(frozen=True, slots=True)
class Installed:
    """Kring came into a space, as far as one can tell by this account's doing. Told once for each space."""

    id: str
    at: datetime
    account: Account
    profile: Profile | None = None
    kind: Literal["installed"] = "installed"


@dataclass(frozen=True, slots=True)
class ThreadsStand:
    """How some threads of a space stand, where the platform closes threads by itself. It tells when one is opened,
    closed or deleted, and of all that are open when Kring comes; not that somebody wrote in one.
    """

    id: str
    at: datetime
    space: Space
    threads: tuple[Standing, ...]
    kind: Literal["threads"] = "threads"


@dataclass(frozen=True, slots=True)
class CameDue:
    """The moment a thing was waiting for. `about` names the thing: a feature's deadline and the thing's id."""

    id: str
    at: datetime
    about: Action
    community: str
    kind: Literal["due"] = "due"


@dataclass(frozen=True, slots=True)
class Delivered:
    """A request was carried out. `message` is the message it made or changed; `thread` the thread it opened.

    `more` are the ids of the messages that follow it, where it was too long for one.
    """

    id: str
    at: datetime
    request: str
    message: MessageRef | None = None
    more: tuple[str, ...] = ()
    kind: Literal["delivered"] = "delivered"


Reason = Literal["gone", "forbidden", "hidden", "unreachable", "rejected"]
"""gone: the channel or message is no more. forbidden: Kring may not act there. hidden: the platform does not let Kring
read what people write. unreachable: this person takes no direct messages. rejected: the platform refuses this content.
"""


@dataclass(frozen=True, slots=True)
class Refused:
    """A request will never be carried out."""

    id: str
    at: datetime
    request: str
    reason: Reason
    detail: str = ""
    kind: Literal["refused"] = "refused"


@dataclass(frozen=True, slots=True)
class FetchedMessage:
    """One message of a fetched thread, oldest first. `account` None for bots and people who are gone."""

    message: MessageRef
    account: Account | None
    name: str
    text: str
    at: datetime
    reactions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ThreadFetched:
    """The messages of a thread that a `FetchThread` asked for. `standing`: as in `Sent`."""

    id: str
    at: datetime
    request: str
    messages: tuple[FetchedMessage, ...]
    standing: Standing | None = None
    kind: Literal["fetched"] = "fetched"


ByPerson = CommandCalled | ButtonPressed | ChoiceMade | FormSent | ShortcutUsed | HomeOpened
"""Somebody waits for an answer."""

Event = Annotated[
    CommandCalled
    | ButtonPressed
    | ChoiceMade
    | FormSent
    | ShortcutUsed
    | HomeOpened
    | MessagePosted
    | MessageEdited
    | MessageDeleted
    | ReactionAdded
    | MemberJoined
    | MemberLeft
    | ProfileChanged
    | Installed
    | ThreadsStand
    | CameDue
    | Delivered
    | Refused
    | ThreadFetched,
    Discriminator("kind"),
]
