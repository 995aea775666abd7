"""What is one's own: the menu, the stage, all that is kept. And what facilitators see, which is only counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.chat.answers import Answer, Tell
from bot.chat.commands import Given
from bot.chat.customs import customs
from bot.chat.events import CommandCalled
from bot.chat.hours import local_day
from bot.chat.messages import Block
from bot.chat.names import Place
from bot.newcomers import behind, overview, views
from bot.newcomers.behind import NINETY
from bot.newcomers.company import company
from bot.newcomers.model import STAGES, Pairing
from bot.newcomers.ports import Ctx

WEEKS = 8


def menu(ctx: Ctx, _place: Place) -> Sequence[Block]:
    return page(ctx)


def page(ctx: Ctx) -> Sequence[Block]:
    """For who is new here, and for who may be."""
    person = ctx.person
    newcomer = ctx.unit.newcomers.of(ctx.community.id, person.id) if person else None
    if newcomer is None or person is None:
        return new_here(ctx)
    if behind.is_over(ctx, newcomer):
        return ()
    told = views.waits(ctx.words, newcomer) if behind.something_waits(ctx, newcomer) else ()
    return (*told, *views.menu(ctx.words, newcomer, company(ctx, newcomer, person)))


def new_here(ctx: Ctx) -> Sequence[Block]:
    """The button *I'm new here*, where people press one first, for somebody who took no part in anything yet."""
    person = ctx.person
    if person is None or not customs(person.account.space).asked_first:
        return ()
    if behind.at_home(ctx, person, ctx.now + timedelta(seconds=1)):
        return ()
    if ctx.unit.newcomers.of(ctx.community.id, person.id) is not None:
        return ()
    return views.new_here(ctx.words)


def stage(ctx: Ctx, _event: CommandCalled, given: Given) -> Answer:
    """`me stage`: a place the person gives themselves."""
    chosen = next(each for each in STAGES if each == given.text("stage"))
    ctx.unit.newcomers.set_stage(ctx.community.id, ctx.actor.id, chosen)
    return Tell(views.stage(ctx.words, chosen))


def newcomers(ctx: Ctx, _event: CommandCalled, _given: Given) -> Answer:
    """For facilitators: how many came in each week, and where they see themselves. No names, no small numbers."""
    store, zone = ctx.unit.newcomers, ctx.community.timezone
    today = local_day(zone, ctx.now)
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - timedelta(weeks=ago) for ago in range(WEEKS)]
    joined = store.joined_since(ctx.community.id, ctx.now - NINETY)
    days = [local_day(zone, each.joined) for each in joined]
    weeks = Counter(day - timedelta(days=day.weekday()) for day in days)
    stages = Counter(store.stages(ctx.community.id, tuple(each.person for each in joined)).values())
    counts = store.counts(ctx.community.id)
    return Tell(overview.card(ctx.words, [(each, weeks[each]) for each in mondays], stages, counts))


def exports(ctx: Ctx) -> Mapping[str, Any]:
    """Everything kept about the person who acts, for a file. Of others only the names the person knows already."""
    store, person = ctx.unit.newcomers, ctx.actor.id
    kept: dict[str, Any] = {}
    newcomer = store.of(ctx.community.id, person)
    if newcomer is not None:
        kept["newcomer"] = {
            "joined": newcomer.joined.isoformat(),
            "check_ins": newcomer.pace,
            "day_0": newcomer.start.isoformat(),
            "last_check_in_day": newcomer.done,
            "not_answered_yet": list(newcomer.open),
            "introduced": newcomer.introduced,
            "left": newcomer.left.isoformat() if newcomer.left else None,
        }
        kept["check_in_answers"] = [
            {
                "kind": each.kind,
                "text": each.text,
                "at": each.at.isoformat(),
                "from" if each.kind == "reply" else "brought_to": _names(ctx, each.to),
            }
            for each in store.answers(ctx.community.id, newcomer.id)
        ]
    if (stage := store.stage(ctx.community.id, person)) is not None:
        kept["stage"] = stage
    if any(each.person == person for each in store.volunteers(ctx.community.id)):
        kept["offers_to_be_a_buddy"] = True
    kept["buddies"] = [_pairing(ctx, each) for each in store.pairings(ctx.community.id, person)]
    kept["asked_for_somebody"] = [
        {"kind": each.kind, "words": each.words, "asked": each.asked.isoformat(), "state": each.state}
        for each in store.helps(ctx.community.id, person)
    ]
    kept["asked_to_help"] = [
        {"asked": asked.isoformat(), "state": state} for asked, state in store.calls(ctx.community.id, person)
    ]
    return {name: thing for name, thing in kept.items() if thing != []}


def _pairing(ctx: Ctx, pairing: Pairing) -> dict[str, Any]:
    is_newcomer = pairing.person == ctx.actor.id
    known = (pairing.buddy if is_newcomer else pairing.person,) if pairing.state == "agreed" else ()
    return {
        "as": "newcomer" if is_newcomer else "buddy",
        "with": next(iter(_names(ctx, known)), None),
        "state": pairing.state,
        "asked": pairing.asked.isoformat(),
    }


def _names(ctx: Ctx, people: tuple[str, ...]) -> list[str]:
    return [each.name for each in ctx.unit.people.many(ctx.community.id, people).values()]
