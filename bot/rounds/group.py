"""Some people of a round who work together for a while."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """`formed`: the step that formed it. `members`: in the order in which things go round among them.

    done: it has nothing more to do until the others are done too. over: merged into another, or of an earlier step.
    """

    formed: int
    members: tuple[str, ...]
    done: bool = False
    over: bool = False

    def without(self, person: str) -> tuple[str, ...]:
        return tuple(one for one in self.members if one != person)
