"""Words that were probably meant: one letter away from what was typed."""

from __future__ import annotations

from collections.abc import Iterable

LEAST = 4
"""Shorter words are one letter away from too many others."""
MOST = 3
"""So many words are tried instead of one."""


def near(typed: str, known: Iterable[str]) -> tuple[str, ...]:
    """Of the known words those that are one letter more, less, different or changed places away."""
    if len(typed) < LEAST:
        return ()
    return tuple(sorted({word for word in known if word != typed and one_apart(typed, word)}))[:MOST]


def one_apart(one: str, two: str) -> bool:
    """At most one edit makes the one word into the other."""
    if len(one) > len(two):
        one, two = two, one
    if len(two) - len(one) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), len(one))
    rest_one, rest_two = one[start:], two[start:]
    if len(one) < len(two):
        return rest_one == rest_two[1:]
    return rest_one[1:] == rest_two[1:] or (
        rest_one[1:2] == rest_two[:1] and rest_one[:1] == rest_two[1:2] and rest_one[2:] == rest_two[2:]
    )
