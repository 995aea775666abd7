"""What know-how keeps about a person, for themselves; and how it forgets them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.chat.people import Person
from bot.knowhow import consent, rules
from bot.knowhow.consenting import conclude
from bot.knowhow.model import FIELDS, KEEPER, Dropped, Item, WordsRemoved
from bot.knowhow.publishing import Ctx, erase, save
from bot.knowhow.wording import drafted


def export(ctx: Ctx) -> Mapping[str, Any]:
    """Everything about the person who acts: what they keep, their words, their answers, what they tried."""
    me = ctx.actor.id
    items = ctx.unit.knowhow.touching(ctx.community.id, me)
    kept = [
        {
            "ref": item.ref,
            "stage": item.stage,
            "kept_at": item.created_at.isoformat(),
            "link": item.link,
            **{field: drafted(item, field) for field in FIELDS if drafted(item, field)},
        }
        for item in items
        if item.keeper == me
    ]
    words, tried = [], []
    for item in items:
        known = item.contributor_of(me)
        if known is not None:
            words.append(
                {
                    "item": item.ref or item.id,
                    "consent": known.consent,
                    "asked": known.text,
                    "answered_at": known.answered_at.isoformat() if known.answered_at else None,
                    "people_may_ask": known.may_ask,
                    "quotes": [quote.text for quote in item.quotes if quote.by == known.n],
                }
            )
        tried += [
            {
                "item": item.ref,
                "outcome": report.outcome,
                "situation": report.situation,
                "changed": report.changed,
                "again": report.again,
                "with_name": report.named,
                "at": report.at.isoformat(),
            }
            for report in item.tried
            if report.person == me
        ]
    return {"knowhow": {"kept": kept, "words": words, "tried": tried}}


def took_part(ctx: Ctx, person: Person, before: datetime) -> bool:
    """Kept something before then, or agreed to words of theirs being kept, or tried something."""
    return any(
        (item.keeper == person.id and item.created_at < before)
        or any(report.person == person.id and report.at < before for report in item.tried)
        or any(
            each.person == person.id and each.agreed and each.answered_at is not None and each.answered_at < before
            for each in item.contributors
        )
        for item in ctx.unit.knowhow.touching(ctx.community.id, person.id)
    )


def unite(ctx: Ctx, person: str, into: str) -> None:
    """Somebody linked two accounts: in every item they are one."""
    for item in ctx.unit.knowhow.touching(ctx.community.id, person):
        united, facts = consent.stands(consent.unite(item, person, into), ctx.now)
        if consent.complete(united, ctx.now):
            conclude(ctx, united, *facts)
        else:
            save(ctx, united, *facts)


def forget(ctx: Ctx, person: str, contributions: str) -> None:
    """Erases the person. Drafts go; of what is shared their words stay, stay without their name, or go as well."""
    for item in ctx.unit.knowhow.touching(ctx.community.id, person):
        if item.keeper == person and item.stage in ("sensed", "drafted"):
            erase(ctx, item, Dropped())
            continue
        forgotten, facts = _forgotten(ctx, item, person, contributions)
        forgotten = _reports(forgotten, person, contributions)
        if forgotten.keeper == person:
            forgotten = replace(forgotten, keeper="")
        if not forgotten.keeper and rules.missing(forgotten):
            erase(ctx, forgotten, *facts)
        elif consent.complete(forgotten, ctx.now):
            conclude(ctx, forgotten, *facts)
        else:
            save(ctx, forgotten, *facts)


def _forgotten(ctx: Ctx, item: Item, person: str, contributions: str) -> rules.Happened:
    known = item.contributor_of(person)
    if known is None:
        return item, ()
    if known.agreed and contributions == "remove":
        item, facts = consent.withdraw(item, known.n, ctx.now)
        return consent.unname(item, known.n, forgotten=True), facts
    if known.agreed:
        name = ""
        if contributions == "keep" and known.named:
            whose = ctx.unit.people.get(ctx.community.id, person)
            name = whose.name if whose is not None else ""
        return consent.unname(item, known.n, forgotten=True, name=name), ()
    if known.n == KEEPER:
        return consent.unname(item, known.n, forgotten=True), ()
    return consent.stands(consent.without(item, known.n), ctx.now, (WordsRemoved(),))


def _reports(item: Item, person: str, contributions: str) -> Item:
    """Reports of tries belong to their authors."""
    if contributions == "remove":
        return replace(item, tried=tuple(report for report in item.tried if report.person != person))
    tried = tuple(
        replace(report, person="", named=False) if report.person == person else report for report in item.tried
    )
    return replace(item, tried=tried)
