"""What may happen to an item, and when: kept, filled in, given its form, shared, tried, looked at again, let go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.chat.names import MessageRef, Place
from bot.errors import UserMistake
from bot.knowhow.distil import Draft
from bot.knowhow.model import (
    KEEPER,
    Again,
    Consent,
    Contributor,
    Drafted,
    Dropped,
    Evidence,
    Field,
    Item,
    Kept,
    Kind,
    Outcome,
    Quote,
    Retired,
    Reviewed,
    Shared,
    Transfer,
    Tried,
    WasTried,
)
from bot.knowhow.wording import alike, drafted, joined, same

SHORTEST_TITLE, LONGEST_TITLE = 8, 90
DRAFTS_KEPT = timedelta(days=30)
TOLD_EVERY = timedelta(days=1)
"""Contributors hear how others fared at most this often."""

CONTEXT: tuple[Field, ...] = ("title", "situation", "problem")
"""What a keeper says here is the keeper's own view, unless it is nearly what somebody else said. What to do, why and
when not is somebody's know-how, in whatever words."""

Happened = tuple[Item, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Shape:
    """What the keeper made of a draft: the sentences that stay, and words for fields."""

    ticked: frozenset[int]
    texts: Mapping[Field, str]
    kind: Kind = "know_how"
    link: str = ""
    transfer: Transfer = "read"
    evidence: Evidence = "own_experience"
    may_ask: bool = False
    named: bool = True


def keep(
    id_: str,
    community: str,
    keeper: str,
    now: datetime,
    *,
    place: Place | None = None,
    message: MessageRef | None = None,
    kind: Kind = "know_how",
    language: str = "en",
) -> Happened:
    """Something is held on to, seen by its keeper alone."""
    item = Item(
        id_,
        community,
        keeper,
        now,
        kind=kind,
        place=place,
        message=message,
        language=language,
        contributors=(Contributor(KEEPER, keeper),),
        open_since=now,
    )
    return item, (Kept(),)


def fill(item: Item, draft: Draft, authors: Mapping[str, str], messages: Sequence[MessageRef | None]) -> Item:
    """The draft with what its thread fills in. `authors`: the person behind each author's key in the thread."""
    contributors = list(item.contributors[:KEEPER])
    quotes: list[Quote] = []
    for sentence in draft.sentences:
        person = authors.get(sentence.author)
        if person is None:
            continue
        by = next((each.n for each in contributors if each.person == person), 0)
        if not by:
            by = len(contributors) + 1
            contributors.append(Contributor(by, person))
        source = messages[sentence.message]
        quotes.append(Quote(len(quotes) + 1, sentence.field, sentence.text, by, source))
    return replace(
        item,
        kind=draft.kind,
        language=draft.language,
        link=draft.link,
        sensitive=draft.sensitive,
        quotes=tuple(quotes),
        contributors=tuple(contributors),
    )


def shape(item: Item, shaped: Shape) -> Happened:
    """The keeper has filled in the form. What to do, in other words, rests on the sentences that stay ticked."""
    if not item.open:
        raise UserMistake("This draft has been sent already.")
    own: dict[Field, str] = {}
    quotes: list[Quote] = []
    for field, text in shaped.texts.items():
        ticked = [quote for quote in item.quotes if quote.field == field and quote.n in shaped.ticked]
        before = item.own.get(field, "")
        if same(text, drafted(item, field)):
            own |= {field: before} if before else {}
            quotes += ticked
        elif not before and same(text, joined(field, ticked)):
            quotes += ticked
        elif text.strip():
            own[field] = text.strip()
            if field not in CONTEXT or alike(text, joined(field, ticked)):
                quotes += [replace(quote, paraphrased=True) for quote in ticked]
    keeper: Consent = "yes" if shaped.named else "yes_anonymous"
    item = replace(
        item,
        own=own,
        quotes=tuple(quotes),
        kind=shaped.kind,
        link=shaped.link.strip(),
        transfer=shaped.transfer,
        evidence=shaped.evidence,
        contributors=tuple(
            replace(each, may_ask=shaped.may_ask and shaped.named, consent=keeper) if each.n == KEEPER else each
            for each in item.contributors
        ),
    )
    facts = () if item.stage == "drafted" else (Drafted(),)
    return replace(item, stage="drafted"), facts


def missing(item: Item) -> dict[str, UserMistake]:
    """What it needs before it can be shared, by field of the form."""
    faults: dict[str, UserMistake] = {}
    if not SHORTEST_TITLE <= len(drafted(item, "title")) <= LONGEST_TITLE:
        faults["title"] = UserMistake(
            "A title has {least} to {most} characters.", least=SHORTEST_TITLE, most=LONGEST_TITLE
        )
    if item.kind == "know_what":
        if not item.link and not drafted(item, "what_we_do"):
            faults["link"] = UserMistake("Give the link, or say below what it says.")
        return faults
    if not drafted(item, "situation"):
        faults["situation"] = UserMistake("When and where does this come up? Without its situation it helps nobody.")
    if item.transfer == "read" and not drafted(item, "what_we_do"):
        faults["what_we_do"] = UserMistake(
            "What do you do then? Or choose that it is better asked, seen or done together."
        )
    return faults


def share(item: Item, number: int, now: datetime) -> Happened:
    """Everybody quoted has agreed, and it stands. A number once given stays."""
    if missing(item) or any(not each.agreed for each in item.contributors if _has_words(item, each.n)):
        raise UserMistake("This is not ready to be shared yet.")
    number = number if item.number is None else item.number
    item = replace(
        item, stage="shared", scope="community", number=number, shared_at=item.shared_at or now, reviewed_at=now,
        asked_until=None,
    )  # fmt: skip
    return item, (Shared(number),)


def drop(item: Item) -> tuple[object, ...]:
    """Its keeper throws a draft away."""
    if not item.open:
        raise UserMistake("This draft has been sent already.")
    return (Dropped(),)


def waits_until(item: Item) -> datetime | None:
    """The next moment something has to happen to it: its contributors' time is over, or a draft is kept long enough."""
    if item.asked_until is not None:
        return item.asked_until
    return (item.open_since or item.created_at) + DRAFTS_KEPT if item.open else None


def expired(item: Item, now: datetime) -> bool:
    """A draft that nobody finished."""
    until = waits_until(item)
    return item.open and until is not None and now >= until


def has_tried(
    item: Item,
    person: str,
    outcome: Outcome,
    situation: str,
    changed: str,
    again: Again,
    named: bool,
    now: datetime,
) -> Happened:
    """Somebody tells how it went. All outcomes are as welcome."""
    if item.stage != "shared":
        raise UserMistake("This is not shared any more.")
    n = max((each.n for each in item.tried), default=0) + 1
    report = Tried(n, person, outcome, situation, changed, again, named, now)
    return replace(item, tried=(*item.tried, report)), (WasTried(outcome),)


def still_holds(item: Item, now: datetime) -> Happened:
    if item.stage != "shared":
        raise UserMistake("This is not shared any more.")
    return replace(item, reviewed_at=now), (Reviewed(changed=False),)


def holds_with(item: Item, person: str, change: str, now: datetime) -> Happened:
    """It still holds, with a limit that somebody adds in their own words and under their own name."""
    item, _ = still_holds(item, now)
    known = item.contributor_of(person)
    if known is not None and not known.agreed and any(quote.by == known.n for quote in item.quotes):
        raise UserMistake("You are asked about your words in it. Answer that first, then add your change.")
    if known is None:
        known = Contributor(max(each.n for each in item.contributors) + 1, person)
        item = replace(item, contributors=(*item.contributors, known))
    quote = Quote(max((each.n for each in item.quotes), default=0) + 1, "except_when", change, known.n)
    consent: Consent = known.consent if known.agreed else "yes"
    agreed = replace(known, consent=consent, text=f"{known.text}\n{change}".strip(), answered_at=now)
    item = replace(
        item,
        quotes=(*item.quotes, quote),
        contributors=tuple(agreed if each.n == known.n else each for each in item.contributors),
    )
    return item, (Reviewed(changed=True),)


def rest(item: Item, person: str) -> Happened:
    """Its keeper lets it rest; it stays readable, and says so."""
    if person != item.keeper:
        raise UserMistake("Only its keeper can let it rest.")
    if item.stage != "shared":
        raise UserMistake("This is not shared any more.")
    return replace(item, stage="retired"), (Retired(),)


def may_see(item: Item, person: str) -> bool:
    """Drafts are their keeper's alone."""
    return item.stage in ("shared", "retired") or item.keeper == person


def _has_words(item: Item, n: int) -> bool:
    return n == KEEPER or any(quote.by == n for quote in item.quotes)
