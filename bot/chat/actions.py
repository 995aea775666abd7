"""A button's name and id, packed within 100 characters, and back.

Buttons carry nothing else: what they mean is looked up when they are pressed, so they work after a restart.
Discord allows 100 characters in a custom id, Slack 255 in an action id (see docs/reference/limits.md).
"""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Action:
    """`name` says what should happen (`round.join`), `id` to which thing (`r7` or `r7.2`)."""

    name: str
    id: str = ""

    def __post_init__(self) -> None:
        if ":" in self.name:
            raise ValueError(f"an action's name has no colon: {self.name!r}")
        if len(self.name) + 1 + len(self.id) > LONGEST:
            raise ValueError(f"an action is at most {LONGEST} characters: {self.pack()!r}")

    def pack(self) -> str:
        return f"{self.name}:{self.id}"


def unpack(packed: str) -> Action:
    """The action that `pack` wrote. Raises ValueError when it is none of ours."""
    name, colon, id_ = packed.partition(":")
    if not colon or not name:
        raise ValueError(f"not an action: {packed!r}")
    return Action(name, id_)
