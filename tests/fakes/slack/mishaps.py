"""What goes wrong on demand, by chance with a seed or at the next occasion."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass
class Chances:
    """How often each of these happens, 0 to 1."""

    dropped: float = 0.0
    """A Web API call is carried out, but the connection breaks before the answer."""
    refused: float = 0.0
    """The connection breaks before the call is carried out."""
    failing: float = 0.0
    """500 or 503, nothing carried out."""
    failing_after: float = 0.0
    """500 although it was carried out."""
    throttled: float = 0.0
    """429 with a Retry-After of `retry_after`."""
    slow: float = 0.0
    """An answer takes `slowness` seconds longer."""
    doubled: float = 0.0
    """The same envelope comes again, as if it were the first time (retry_attempt 0)."""
    lost_ack: float = 0.0
    """The acknowledgement does not arrive."""
    cut: float = 0.0
    """The socket breaks after an envelope was handed over."""
    handshake: float = 0.0
    """A WebSocket handshake is answered with 503."""
    retry_after: int = 1
    slowness: float = 0.2
    methods: frozenset[str] = frozenset()
    """Only these Web API methods; empty: all."""


class Mishaps:
    """`slack.mishaps.chances.dropped = 0.1`, or `slack.mishaps.next("dropped", "chat.postMessage")`."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.chances = Chances()
        self.happened: dict[str, int] = {}
        self._ordered: list[tuple[str, str]] = []

    def next(self, mishap: str, method: str = "", times: int = 1) -> None:
        """The next call (of that method), envelope or handshake meets this; names as in Chances."""
        if mishap not in Chances.__dataclass_fields__:
            raise ValueError(f"There is no mishap {mishap!r}.")
        self._ordered += [(mishap, method)] * times

    def none(self) -> None:
        """From here on all goes well."""
        self.chances = Chances()
        self._ordered.clear()

    def strikes(self, mishap: str, method: str = "") -> bool:
        for ordered in ((mishap, method), (mishap, "")):
            if ordered in self._ordered:
                self._ordered.remove(ordered)
                break
        else:
            if self.chances.methods and method and method not in self.chances.methods:
                return False
            chance = getattr(self.chances, mishap)
            if not chance or self.random.random() >= chance:
                return False
        self.happened[mishap] = self.happened.get(mishap, 0) + 1
        return True
