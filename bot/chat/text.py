"""Text as spans. Words of people are always `Plain`: they are never parsed as markup or mentions.

A topic called `<!channel>` or `@everyone` therefore stays a topic on every platform.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Discriminator

from bot.chat.names import Account, Channel


@dataclass(frozen=True, slots=True)
class Plain:
    text: str
    kind: Literal["plain"] = "plain"


@dataclass(frozen=True, slots=True)
class Bold:
    text: str
    kind: Literal["bold"] = "bold"


@dataclass(frozen=True, slots=True)
class Code:
    text: str
    kind: Literal["code"] = "code"


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    url: str
    kind: Literal["link"] = "link"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person, shown as the platform shows people where `account` belongs to the reader's space, else by name.

    Nobody is notified by being shown, unless `notify`.
    """

    name: str
    account: Account | None = None
    notify: bool = False
    kind: Literal["person"] = "person"


@dataclass(frozen=True, slots=True)
class ChannelName:
    channel: Channel
    name: str = ""
    kind: Literal["channel_name"] = "channel_name"


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in UTC, shown in each reader's own zone and language by the platform."""

    at: datetime
    style: Literal["moment", "date", "time", "relative"] = "moment"
    kind: Literal["moment"] = "moment"


Span = Annotated[Plain | Bold | Code | Link | PersonName | ChannelName | Moment, Discriminator("kind")]
Text = tuple[Span, ...]


def words(text: Text) -> str:
    """The text without any markup; moments in ISO 8601 and UTC. For summaries, search and files."""
    return _bare(text[0]) if len(text) == 1 else "".join([_bare(span) for span in text])


def _bare(span: Span) -> str:
    match span:
        case Plain() | Bold() | Code() | Link():
            return span.text
        case PersonName():
            return span.name
        case ChannelName():
            return f"#{span.name or span.channel.id}"
        case Moment():
            return span.at.strftime("%Y-%m-%d %H:%M UTC")


def plain(text: str) -> Text:
    """Somebody's own words, exactly as they are."""
    return (Plain(text),)


def chained(texts: Iterable[Text], by: str = ", ") -> Text:
    """One text of several; `by` stands between them."""
    found: list[Span] = []
    for each in texts:
        found += [Plain(by), *each] if found else each
    return tuple(found)


def bullets(lines: Iterable[Text]) -> Text:
    """Each on a line of its own, to follow a text."""
    return tuple(span for line in lines for span in (Plain("\n• "), *line))


_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}
"""Control characters, joiners and marks of direction, and spaces."""
_FILLERS = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
"""Letters by name that show nothing: a name or an answer of these looks empty to everybody."""


def stripped(text: str) -> str:
    """The text without the space around it; empty when nothing in it can be seen."""
    text = text.strip()
    seen = any(unicodedata.category(letter) not in _UNSEEN and letter not in _FILLERS for letter in text)
    return text if seen else ""
