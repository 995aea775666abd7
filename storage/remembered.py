"""What a connection's thread remembers from unit to unit: only what the database can confirm, such as a thing and its
version.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from sqlalchemy import Connection


class Remembered:
    """The things that were kept last."""

    def __init__(self) -> None:
        self._things: dict[Hashable, Any] = {}
        self._new: set[Hashable] = set()
        """What this unit kept: if it is taken back, its version may be given to something else."""

    def get(self, key: Hashable) -> Any:
        return self._things.get(key)

    def keep(self, key: Hashable, thing: object, most: int) -> None:
        """Keeps it, and of all things so many at most."""
        self._things.pop(key, None)
        while len(self._things) >= most:
            del self._things[next(iter(self._things))]
        self._things[key] = thing
        self._new.add(key)

    def begin(self) -> None:
        self._new.clear()

    def take_back(self) -> None:
        for key in self._new:
            self._things.pop(key, None)
        self._new.clear()


def remembered(connection: Connection, what: str) -> Remembered:
    found: Remembered = connection.info.setdefault(f"remembered {what}", Remembered())
    return found


def begin(connection: Connection) -> None:
    """A unit begins: what was kept until now is taken back with all others only."""
    for each in _all(connection):
        each.begin()


def take_back(connection: Connection) -> None:
    """What the unit did is taken back."""
    for each in _all(connection):
        each.take_back()


def forget(connection: Connection) -> None:
    """More than one unit was taken back, or nobody knows how much."""
    for key in [key for key, each in connection.info.items() if isinstance(each, Remembered)]:
        del connection.info[key]


def _all(connection: Connection) -> list[Remembered]:
    return [each for each in connection.info.values() if isinstance(each, Remembered)]
