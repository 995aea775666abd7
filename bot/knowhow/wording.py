"""What stands in a field of an item: the keeper's own words, then the words of those who are quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.knowhow.markers import READ, is_common
from bot.knowhow.model import FIELDS, KEEPER, Field, Item, Quote

ALIKE = 0.2
_WORD = re.compile(r"[^\W\d_]+")


def drafted(item: Item, field: Field) -> str:
    """As the keeper of a draft sees it, before anybody was asked."""
    return "\n".join(filter(None, (item.own.get(field, ""), joined(field, _quotes(item, field)))))


def shown(item: Item, field: Field) -> str:
    """As everybody may see it: nothing of anybody who has not agreed to it, or is being asked again."""
    own = item.own.get(field, "")
    rests_on = {KEEPER} | {quote.by for quote in item.quotes if quote.field == field and quote.paraphrased}
    if not all(item.agrees(n) for n in rests_on):
        own = ""
    agreed = [quote for quote in _quotes(item, field) if item.agrees(quote.by)]
    return "\n".join(filter(None, (own, joined(field, agreed))))


def joined(field: Field, quotes: Iterable[Quote]) -> str:
    """The sentences of one message behind each other; what to do is numbered when it comes from more than one."""
    messages: dict[object, list[str]] = {}
    for quote in quotes:
        messages.setdefault((quote.by, quote.source), []).append(quote.text)
    said = [" ".join(texts) for texts in messages.values()]
    if field == "what_we_do" and len(said) > 1:
        return "\n".join(f"{number}. {text}" for number, text in enumerate(said, 1))
    return "\n".join(said) if field == "what_we_do" else " ".join(said)


def asked(item: Item, n: int) -> str:
    """The exact words that this contributor is asked about, a line each."""
    lines: list[str] = []
    for field in FIELDS:
        mine = [quote for quote in item.quotes if quote.field == field and quote.by == n]
        lines += [quote.text for quote in mine if not quote.paraphrased]
        if any(quote.paraphrased for quote in mine) and item.own.get(field):
            lines.append(item.own[field])
    return "\n".join(lines)


def same(one: str, other: str) -> bool:
    """The same words, however they are spaced."""
    return one.split() == other.split()


def covers(agreed: str, now: str) -> bool:
    """Whoever agreed to the one text has agreed to every line of the other."""
    known = " ".join(agreed.split())
    return bool(now.strip()) and all(" ".join(line.split()) in known for line in now.splitlines())


def alike(one: str, other: str) -> bool:
    """Two texts have enough telling words in common to ask whether they are about the same."""
    mine, theirs = _telling(one), _telling(other)
    both, fewest = len(mine & theirs), min(len(mine), len(theirs))
    return 2 * both > fewest > 1 or (both >= 3 and both >= ALIKE * fewest)


def gist(item: Item) -> str:
    """What it is about: its title, what was hard and its situation."""
    return " ".join(filter(None, (drafted(item, field) for field in ("title", "problem", "situation"))))


def searched(item: Item) -> str:
    """Everything that a search looks at."""
    return "\n".join(filter(None, (*(shown(item, field) for field in FIELDS), item.link)))


def _telling(text: str) -> set[str]:
    """Words that are not among the commonest, by their first letters, so that their endings do not matter."""
    words = _WORD.findall(text[:READ].lower())
    return {word[:5] for word in words if len(word) > 3 and not is_common(word)}


def _quotes(item: Item, field: Field) -> list[Quote]:
    return [quote for quote in item.quotes if quote.field == field and not quote.paraphrased]
