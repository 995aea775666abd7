"""What goes wrong on demand, by chance with a seed or at the next occasion; what it can be, each platform says."""

from __future__ import annotations

import random
from dataclasses import dataclass, fields
from typing import Generic, TypeVar


@dataclass
class Chances:
    """How often each mishap happens, 0 to 1."""

    only: frozenset[str] = frozenset()
    """Only these calls, or events, meet one; empty: all."""


C = TypeVar("C", bound=Chances)


class Mishaps(Generic[C]):
    """`server.mishaps.chances.dropped = 0.1`, or `server.mishaps.next("dropped", "chat.postMessage")`."""

    def __init__(self, seed: int, kind: type[C]) -> None:
        self.random = random.Random(seed)
        self.chances = kind()
        self.happened: dict[str, int] = {}
        self._kind = kind
        self._ordered: list[tuple[str, str]] = []

    def next(self, mishap: str, at: str = "", times: int = 1) -> None:
        """The next call or event (of that name) meets this; names as in Chances."""
        if mishap not in {each.name for each in fields(self._kind)}:
            raise ValueError(f"There is no mishap {mishap!r}.")
        self._ordered += [(mishap, at)] * times

    def none(self) -> None:
        """From here on all goes well."""
        self.chances = self._kind()
        self._ordered.clear()

    def strikes(self, mishap: str, at: str = "") -> bool:
        for ordered in ((mishap, at), (mishap, "")):
            if ordered in self._ordered:
                self._ordered.remove(ordered)
                break
        else:
            if self.chances.only and at and at not in self.chances.only:
                return False
            chance = getattr(self.chances, mishap)
            if not chance or self.random.random() >= chance:
                return False
        self.happened[mishap] = self.happened.get(mishap, 0) + 1
        return True
