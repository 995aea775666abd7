"""Whose turn it is: the platforms say how soon they take a request, and which lanes are crowded.

In a crowded lane every second place is for what was asked last: an answer does not wait behind a broadcast of
thousands, and the broadcast still moves.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, Protocol, TypeVar

import structlog

from bot.chat.requests import Request, lane
from bot.ports import PATIENCE, Platform

log = structlog.get_logger("kring.postman")


class Waiting(Protocol):
    @property
    def request(self) -> Request: ...


W = TypeVar("W", bound=Waiting)


class Turns(Generic[W]):
    def __init__(self, platforms: Mapping[str, Platform]) -> None:
        self._platforms = platforms
        self._last_is_next: set[str] = set()
        """The lanes whose next place is for what was asked last."""

    def crowded(self) -> Mapping[str, float]:
        """The lanes that take nothing now, and for how many seconds."""
        crowded = (platform.crowded() for platform in self._platforms.values())
        return {name: seconds for each in crowded for name, seconds in each.items() if seconds > 0}

    def shared_out(self, oldest: Iterable[W], newest: Iterable[W]) -> Iterator[tuple[W, float]]:
        """Each request with the seconds until its turn. In each lane the places go to the two sides alternately."""
        for name, (old, new) in _by_lane(oldest, newest).items():
            while old or new:
                last = bool(new) and (not old or name in self._last_is_next)
                each = (new if last else old).popleft()
                wait = self._until(each.request)
                if wait <= PATIENCE:
                    (self._last_is_next.discard if last else self._last_is_next.add)(name)
                yield each, wait

    def _until(self, request: Request) -> float:
        platform = self._platforms.get(request.to.space.platform)
        try:
            return 0.0 if platform is None else platform.turn(request)
        except Exception:
            log.exception("nobody knows its turn", kind=request.kind)
            return 0.0


def _by_lane(oldest: Iterable[W], newest: Iterable[W]) -> Mapping[str, tuple[deque[W], deque[W]]]:
    lanes: dict[str, tuple[deque[W], deque[W]]] = {}
    for side, waiting in enumerate((oldest, newest)):
        for each in waiting:
            lanes.setdefault(lane(each.request.to.space), (deque(), deque()))[side].append(each)
    return lanes
