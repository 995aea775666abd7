"""What was counted, for assertions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

Name = TypeVar("Name", str, int)


@dataclass
class Counters:
    too_many: int = 0
    """429 answers given by the limits, not those that were asked for as a mishap."""
    invalid: int = 0
    """Answers of 401, 403 and 429, which count towards a ban of the address."""
    events: dict[str, int] = field(default_factory=dict)
    """How often each event was put on its way to the app, by name (`MESSAGE_CREATE`); replays are not counted."""
    replayed: int = 0
    """Events sent again after a RESUME."""
    unheard: int = 0
    """Events between two sessions of the app, of which it will never hear."""
    identified: int = 0
    resumed: int = 0
    closes: dict[int, int] = field(default_factory=dict)
    """How often the server closed a socket with each code."""
    heartbeats: int = 0
    posts: int = 0
    """Messages of the app that came to stand somewhere, deleted ones too."""
    deduplicated: int = 0
    """Messages that were not made again because of their nonce."""
    dms_opened: int = 0
    """Direct conversations that the app opened for the first time."""
    calls: dict[str, int] = field(default_factory=dict)
    """How often each route was called (`POST /channels/{channel}/messages`), refused calls too."""
    errors: dict[int, int] = field(default_factory=dict)
    """How often each JSON error code was answered."""


def up(counts: dict[Name, int], name: Name) -> None:
    counts[name] = counts.get(name, 0) + 1
