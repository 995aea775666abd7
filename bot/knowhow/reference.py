"""What people call an item aloud: K-1, k1, 1."""

from __future__ import annotations

import re
from collections.abc import Iterable

_REF = re.compile(r"^[kK#]?[\s\-–—_.#]{0,3}0*(\d{1,6})$")


def number_in(typed: str) -> int | None:
    """The number in `K-1`, `k1`, `K 001` or `1`; None when it is something else."""
    match = _REF.match(typed.strip())
    return int(match.group(1)) if match and match.group(1).isascii() else None


def nearest(number: int, known: Iterable[int]) -> int | None:
    """The number that lies nearest to an unknown one; the lower of two."""
    return min(known, key=lambda each: (abs(each - number), each), default=None)
