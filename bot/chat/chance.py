"""Chance without a random generator: what comes out depends on the seed alone, so rules stay pure."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

_CLEAR = "ACDEFGHJKLMNPQRTUVWXYZ"
"""Letters that are read out and typed over without mistakes: none that looks like a digit."""
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


def _weight(seed: int, name: str) -> bytes:
    return blake2b(f"{seed}/{name}".encode(), digest_size=16).digest()


def shuffled(names: Iterable[str], seed: int) -> tuple[str, ...]:
    """The distinct names in an order that the seed decides, each order as likely as any other."""
    return tuple(sorted(names, key=lambda name: _weight(seed, name)))


def portion(name: str) -> float:
    """From 0 up to 1: always the same for one name, and evenly spread over many."""
    return int.from_bytes(_weight(0, name)[:4], "big") / 2**32


def new_id(seed: int, count: int) -> str:
    """Twelve letters and digits from which neither seed, count nor time can be read."""
    return _letters(_weight(seed, f"id {count}"), _ALPHABET, 12)


def spelled(seed: int, length: int) -> str:
    """So many capital letters for people to type over, from which the seed cannot be read."""
    return _letters(_weight(seed, "spelled"), _CLEAR, length)


def _letters(weight: bytes, alphabet: str, length: int) -> str:
    number = int.from_bytes(weight, "big")
    letters = []
    for _ in range(length):
        number, rest = divmod(number, len(alphabet))
        letters.append(alphabet[rest])
    return "".join(letters)
