"""What know-how needs from storage, and what it needs to know of a round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.chat.names import Channel, MessageRef, Place, Thread
from bot.knowhow.model import ClosingThread, Item
from bot.ports import Unit


class KnowHow(Protocol):
    def add(self, item: Item) -> None:
        """Keeps a new item."""

    def get(self, community: str, id_: str) -> Item | None: ...

    def many(self, community: str, ids: Sequence[str]) -> tuple[Item, ...]:
        """Those that there are, in the order asked for."""

    def save(self, item: Item) -> None:
        """Writes what changed since it was got. Raises Overtaken when somebody else saved it meanwhile."""

    def remove(self, community: str, id_: str) -> None:
        """Erases a draft with everything in it."""

    def numbered(self, community: str, number: int) -> Item | None: ...

    def numbers(self, community: str) -> tuple[int, ...]:
        """The numbers that were given, lowest first."""

    def from_place(self, community: str, place: Place) -> tuple[Item, ...]:
        """What was kept from this thread or channel, oldest first."""

    def from_origin(self, community: str, origin: str) -> Item | None:
        """What was kept from this contribution of a round."""

    def quoting(self, community: str, message: MessageRef) -> tuple[Item, ...]:
        """The items with words of this message."""

    def drafts_of(self, community: str, person: str) -> tuple[Item, ...]:
        """What this person keeps and has not shared, oldest first."""

    def touching(self, community: str, person: str) -> tuple[Item, ...]:
        """All that know anything of this person, oldest first."""

    def newest(self, community: str, limit: int) -> tuple[Item, ...]:
        """What was shared last, newest first."""

    def shared(self, community: str) -> tuple[Item, ...]:
        """All that is shared or rests, by number."""

    def find(self, community: str, words: str, limit: int) -> tuple[Item, ...]:
        """What is shared or rests and has these words or their stems in it, best first."""

    def like(self, community: str, text: str, limit: int) -> tuple[Item, ...]:
        """What is shared or rests and has most words in common with a text, best first."""


class ClosingThreads(Protocol):
    """Threads that close by themselves and may be kept before; with those that had their offer."""

    def get(self, community: str, id_: str) -> ClosingThread | None: ...

    def at(self, community: str, thread: Thread) -> ClosingThread | None: ...

    def put(self, thread: ClosingThread) -> None:
        """Keeps it as it is now."""

    def drop(self, community: str, id_: str) -> None: ...

    def offered(self, community: str, channel: Channel, since: datetime) -> int:
        """How many of this channel had their offer after that moment."""


class KnowHowUnit(Unit, Protocol):
    @property
    def knowhow(self) -> KnowHow: ...
    @property
    def closing_threads(self) -> ClosingThreads: ...


class KeptContribution(Protocol):
    """A contribution to a round whose author said that it may be kept. Only when `named` may its author be shown."""

    @property
    def round(self) -> str: ...
    @property
    def contribution(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def author(self) -> str: ...
    @property
    def named(self) -> bool: ...
    @property
    def fields(self) -> tuple[tuple[str, str], ...]: ...


class WithdrawnContribution(Protocol):
    """A yes that was taken back, or whose words are gone or changed."""

    @property
    def round(self) -> str: ...
    @property
    def contribution(self) -> str: ...
