"""A watch that stands still between two looks, and what is sent by a pace that goes by it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from bot.chat.requests import Request
from bot.ports import PATIENCE


class Watch:
    def __init__(self) -> None:
        self.at = 1000.0

    def tick(self) -> float:
        return self.at


class Pace(Protocol):
    def turn(self, request: Request, /) -> float: ...


def sent_at(pace: Pace, watch: Watch, requests: Iterable[Request]) -> list[float]:
    """When each goes, when whoever sends waits as it is told."""
    moments: list[float] = []
    for request in requests:
        while (wait := pace.turn(request)) > PATIENCE:
            watch.at += wait
        moments.append(watch.at + wait)
        watch.at += wait
    return moments


def most_within(moments: list[float], seconds: float) -> int:
    """The most that fall into any half-open stretch of so many seconds."""
    return max(sum(start <= moment < start + seconds - 1e-6 for moment in moments) for start in moments)
