"""Whose words may stand in an item. Silence is no, a yes can be taken back, and nobody sees who said no."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.chat.names import MessageRef
from bot.errors import UserMistake
from bot.knowhow.markers import READ
from bot.knowhow.model import (
    KEEPER,
    Consent,
    ConsentAsked,
    ConsentGiven,
    Contributor,
    Field,
    Item,
    Quote,
    TakenBack,
    WordsChanged,
    WordsRemoved,
)
from bot.knowhow.rules import Happened, missing
from bot.knowhow.sentences import sentences
from bot.knowhow.wording import asked, covers

ANSWER_WITHIN = timedelta(hours=72)
ALIKE = 0.5
"""A sentence of an edited message takes the place of the old one when so many of their words are the same."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What an edit or deletion of a source changed: the item, and the contributors who are to be asked again."""

    item: Item
    again: tuple[Contributor, ...] = ()


def ask(item: Item, until: datetime) -> tuple[Item, tuple[Contributor, ...]]:
    """The item with everybody asked who has not agreed to all their words in it, and those people."""
    item = _only_with_words(item)
    waiting: list[Contributor] = []
    contributors: list[Contributor] = []
    for each in item.contributors:
        words = asked(item, each.n)
        if each.n == KEEPER or (each.agreed and covers(each.text, words)):
            contributors.append(each)
            continue
        waiting.append(replace(each, consent="pending", text=words, version=each.version + 1, answered_at=None))
        contributors.append(waiting[-1])
    item = replace(item, contributors=tuple(contributors), asked_until=until if waiting else None)
    return item, tuple(waiting)


def asking(waiting: tuple[Contributor, ...]) -> tuple[object, ...]:
    """The facts of `ask`."""
    return (ConsentAsked(len(waiting)),) if waiting else ()


def answer(item: Item, n: int, version: int, said: Consent, now: datetime) -> Happened:
    """One contributor says yes, yes without a name, or no, about the exact words they saw."""
    known = _waiting(item, n)
    if known.version != version:
        raise UserMistake("These words have changed since. Please look at the newest question.")
    item = _with(item, replace(known, consent=said, answered_at=now))
    if said == "declined":
        return item, ()
    return item, (ConsentGiven(n, named=said == "yes"),)


def reword(item: Item, n: int, words: Mapping[Field, str], named: bool, now: datetime) -> Happened:
    """A contributor says it in words of their own, which is a yes to these. An emptied field is taken out.

    Where the keeper's words rested on theirs, theirs take that place, and nobody else's stand there any more.
    """
    known = _waiting(item, n)
    quotes = list(item.quotes)
    own = dict(item.own)
    for field, text in words.items():
        mine = [quote for quote in quotes if quote.field == field and quote.by == n]
        if any(quote.paraphrased for quote in mine):
            own.pop(field, None)
            quotes = [quote for quote in quotes if quote.field != field or not quote.paraphrased]
        quotes = [quote for quote in quotes if quote not in mine]
        if text.strip():
            number = max((quote.n for quote in (*item.quotes, *quotes)), default=0) + 1
            quotes.append(Quote(number, field, text.strip(), n))
    item = replace(item, quotes=tuple(quotes), own=own)
    consent: Consent = "yes" if named else "yes_anonymous"
    item = _with(item, replace(known, consent=consent, text=asked(item, n), answered_at=now))
    return item, (WordsChanged(), ConsentGiven(n, named=named))


def complete(item: Item, now: datetime) -> bool:
    """All have answered, or the time is over."""
    if item.asked_until is None:
        return False
    return now >= item.asked_until or not any(each.consent == "pending" for each in _with_words(item))


def settle(item: Item, now: datetime) -> Happened:
    """The words of those who said no, or nothing, are taken out. What no longer stands goes back to its keeper."""
    refused = [each for each in _with_words(item) if not each.agreed and each.n != KEEPER]
    facts: tuple[object, ...] = ()
    for each in refused:
        item, facts = without(item, each.n), (WordsRemoved(),)
    item = _only_with_words(replace(item, asked_until=None, open_since=now))
    return stands(item, now, facts)


def stands(item: Item, now: datetime, facts: tuple[object, ...] = ()) -> Happened:
    """What is shared and no longer stands on its own goes back to its keeper."""
    if item.stage == "shared" and item.asked_until is None and missing(item):
        return replace(item, stage="drafted", open_since=now), (*facts, TakenBack())
    return item, facts


def withdraw(item: Item, n: int, now: datetime) -> Happened:
    """A contributor takes name and words back, at once and for good."""
    known = item.contributor(n)
    if known is None or not known.agreed:
        raise UserMistake("None of your words are in this.")
    item = without(item, n)
    if n == KEEPER:
        item = replace(item, own={}, quotes=tuple(quote for quote in item.quotes if not quote.paraphrased))
    gone = replace(known, consent="withdrawn", text="", may_ask=False, name="")
    item = _only_with_words(_with(item, gone))
    return stands(item, now, (WordsRemoved(),))


def unname(item: Item, n: int, *, forgotten: bool = False, name: str = "") -> Item:
    """The words stay without the person; `forgotten` cuts the link to the person as well, and may leave a `name`."""
    known = item.contributor(n)
    if known is None:
        return item
    consent: Consent = "yes_anonymous" if known.agreed and not name else known.consent
    known = replace(known, consent=consent, may_ask=False, name=name)
    return _with(item, replace(known, person="") if forgotten else known)


def allow_asking(item: Item, n: int, allowed: bool) -> Item:
    """Whether people may turn to this contributor. Only who is named can be asked."""
    known = item.contributor(n)
    if known is None or (allowed and not known.named):
        raise UserMistake("Only who is named in it can be asked about it.")
    return _with(item, replace(known, may_ask=allowed))


def edited(item: Item, message: MessageRef, text: str) -> Touched:
    """A quoted message reads differently now. Quotes follow it, and whoever agreed to the old words is asked again."""
    quotes: list[Quote] = []
    changed: set[int] = set()
    candidates = sentences(text[:READ])
    for quote in item.quotes:
        if not _from(quote, message) or quote.text in text:
            quotes.append(quote)
            continue
        changed.add(quote.by)
        likeliest = max(candidates, key=lambda sentence: _alike(sentence, quote.text), default="")
        if _alike(likeliest, quote.text) >= ALIKE:
            quotes.append(replace(quote, text=likeliest))
        elif quote.paraphrased:
            quotes.append(replace(quote, text="", source=None))
    if not changed:
        return Touched(item)
    return _again(replace(item, quotes=tuple(quotes)), changed)


def deleted(item: Item, message: MessageRef) -> Touched:
    """A quoted message is gone, and its words with it. What was said in other words stays with whoever agreed to it."""
    hit = {quote.by for quote in item.quotes if _from(quote, message)}
    if not hit:
        return Touched(item)
    kept = [
        replace(quote, text="", source=None) if _from(quote, message) else quote
        for quote in item.quotes
        if quote.paraphrased or not _from(quote, message)
    ]
    item = _only_with_words(replace(item, quotes=tuple(kept)))
    shortened = [
        replace(each, text=asked(item, each.n)) if each.n in hit and each.agreed and each.n != KEEPER else each
        for each in item.contributors
    ]
    return Touched(replace(item, contributors=tuple(shortened)))


def _again(item: Item, changed: set[int]) -> Touched:
    """Nobody needs to be asked while nobody has been; the keeper's own edits are their own."""
    item = _only_with_words(item)
    if item.open:
        return Touched(item)
    again = [
        replace(each, consent="pending", text=asked(item, each.n), version=each.version + 1, answered_at=None)
        for each in item.contributors
        if each.n in changed and each.n != KEEPER and each.consent in ("pending", "yes", "yes_anonymous")
    ]
    for each in again:
        item = _with(item, each)
    return Touched(item, tuple(again))


def _waiting(item: Item, n: int) -> Contributor:
    known = item.contributor(n)
    if known is None or known.consent != "pending" or item.asked_until is None:
        raise UserMistake("This step is over.")
    return known


_LESSER: tuple[Consent, ...] = ("declined", "withdrawn", "pending", "yes_anonymous", "yes")
"""The consents, the one that allows least first."""


def unite(item: Item, person: str, into: str) -> Item:
    """Two people turned out to be one, who linked their accounts: what either keeps, said or tried is the one's.

    Where both are in it, what they answered to less holds for the words of both; what the keeper chose of their own
    words needs no asking. Words that either took back or refused are not in it any more.
    """
    theirs, own = item.contributor_of(person), item.contributor_of(into)
    if theirs is not None and own is not None:
        item = _one_contributor(item, theirs, own)
    return replace(
        item,
        keeper=into if item.keeper == person else item.keeper,
        contributors=tuple(replace(one, person=into) if one.person == person else one for one in item.contributors),
        tried=tuple(replace(one, person=into) if one.person == person else one for one in item.tried),
    )


def _one_contributor(item: Item, theirs: Contributor, own: Contributor) -> Item:
    kept, other = sorted((theirs, own), key=lambda one: (one.n != KEEPER, _LESSER.index(one.consent), one.n))
    for one in (kept, other):
        if one.consent in ("declined", "withdrawn"):
            item = without(item, one.n)
    if kept.n != KEEPER and kept.consent in ("declined", "withdrawn"):
        kept, other = other, kept  # nothing of the former is in it any more
    quotes = tuple(replace(quote, by=kept.n) if quote.by == other.n else quote for quote in item.quotes)
    item = replace(item, quotes=quotes, contributors=tuple(one for one in item.contributors if one.n != other.n))
    if not other.agreed:
        return item
    known = item.contributor(kept.n) or kept
    text = "\n".join(each for each in (known.text, other.text) if each)
    return _with(item, replace(known, text=text, may_ask=known.may_ask and other.may_ask))


def without(item: Item, n: int) -> Item:
    """The item without that contributor's words, and without what rests on them."""
    rested = {quote.field for quote in item.quotes if quote.by == n and quote.paraphrased}
    quotes = [
        quote
        for quote in item.quotes
        if quote.by != n and not (quote.paraphrased and quote.field in rested)
    ]  # fmt: skip
    own = {field: text for field, text in item.own.items() if field not in rested}
    item = replace(item, quotes=tuple(quotes), own=own)
    known = item.contributor(n)
    return item if known is None else _with(item, replace(known, text="", may_ask=False))


def _with_words(item: Item) -> list[Contributor]:
    return [each for each in item.contributors if any(quote.by == each.n for quote in item.quotes)]


def _only_with_words(item: Item) -> Item:
    """Nobody is in it without words in it, except its keeper."""
    speaking = {quote.by for quote in item.quotes} | {KEEPER}
    return replace(item, contributors=tuple(each for each in item.contributors if each.n in speaking))


def _with(item: Item, known: Contributor) -> Item:
    return replace(item, contributors=tuple(known if each.n == known.n else each for each in item.contributors))


def _from(quote: Quote, message: MessageRef) -> bool:
    """The same message, whether or not the platform names its thread."""
    source = quote.source
    return source is not None and (source.channel, source.id) == (message.channel, message.id)


def _alike(one: str, other: str) -> float:
    mine, theirs = _words(one), _words(other)
    return len(mine & theirs) / max(1, len(mine | theirs))


def _words(texts: str) -> set[str]:
    return set(re.findall(r"\w+", texts.lower()))
