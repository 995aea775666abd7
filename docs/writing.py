"""How the pages of docs/reference/ that are made are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

MADE = "<!-- Made by docs/generate.py; do not edit. -->\n"


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The lines of a table, and an empty one."""
    titles = list(head)
    yield f"| {' | '.join(titles)} |"
    yield "|" + "---|" * len(titles)
    for row in rows:
        yield f"| {' | '.join(str(cell).replace('|', chr(92) + '|').replace(chr(10), ' ') for cell in row)} |"
    yield ""


def sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")


def code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def coded(meaning: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((f"`{key}`", about) for key, about in meaning.items())
