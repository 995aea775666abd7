"""What a space lets cross to the others in rounds that stand in several of them."""

from __future__ import annotations

from typing import Literal, get_args

Crossing = Literal["all", "round", "nothing"]
"""all: what is said, and what is kept. round: what is said while it goes on; what is kept stays. nothing: the space
takes no part in rounds over several spaces."""
CROSSINGS: tuple[Crossing, ...] = get_args(Crossing)
