"""What was counted, for assertions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Counters:
    too_many: int = 0
    """429 answers given by the limits, not those that were asked for as a mishap."""
    sent: int = 0
    """Events handed to the app for the first time."""
    redelivered: int = 0
    acked: int = 0
    """Acknowledged in time: events, commands and interactions."""
    answered: int = 0
    """Of these, commands and interactions."""
    late: int = 0
    """Acknowledged, but after the three seconds."""
    lost: int = 0
    """Events that were given up after the last retry."""
    given_up: list[dict[str, Any]] = field(default_factory=list)
    """Their payloads."""
    posts: int = 0
    """Messages of the app that came to stand somewhere, deleted ones too."""
    calls: dict[str, int] = field(default_factory=dict)
    """How often each Web API method was called, refused calls too."""
    errors: dict[str, int] = field(default_factory=dict)
    """How often each error was answered."""
    deliveries: dict[str, list[float]] = field(default_factory=dict)
    """By event_id: when it was handed over, each time."""
    ack_seconds: list[float] = field(default_factory=list)
