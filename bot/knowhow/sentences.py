"""Sentences of a message, exactly as they stand in it."""

from __future__ import annotations

import re

LONGEST = 600
"""A longer sentence is cut between two words, so that it can be shown and asked about."""

_END = re.compile(r"(?<![.!?…])[.!?…]++(?=\s|$)|\n")
_LETTER = re.compile(r"[^\W_]")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences in order, each a part of the text letter for letter. Takes time in proportion to the text."""
    cut: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if match.group() == "." and _goes_on(text, match.end()):
            continue
        _add(cut, text[start : match.end()])
        start = match.end()
    _add(cut, text[start:])
    return tuple(cut)


def shortened(text: str, most: int) -> str:
    """The beginning of the text, ended between two words where there are any; the text itself when it is short."""
    if len(text) <= most:
        return text
    border = text.rfind(" ", most // 2, most + 1)
    return text[: border if border > 0 else most].rstrip(" ,;:-")


def _goes_on(text: str, at: int) -> bool:
    """Behind an abbreviation a sentence goes on in small letters."""
    following = text[at : at + 2].strip(" ")
    return bool(following) and following[0].islower()


def _add(cut: list[str], piece: str) -> None:
    piece = piece.strip()
    if _LETTER.search(piece):
        cut.append(shortened(piece, LONGEST))
