"""One line of what `kring doctor` finds at a platform."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """One line. `wrong`: something is missing, and the words say what to do."""

    words: str
    wrong: bool = True
