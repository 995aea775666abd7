"""Every direct message that a person did not ask for passes here.

The order is fixed: consent, away, quiet hours and working days in the person's own zone, one budget for all features,
reachable. Then it is put into the outbox and counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, Literal

from bot.chat.actions import Action
from bot.chat.hours import at_local, is_open, local_day, next_open
from bot.chat.messages import Button, Controls, Message
from bot.chat.people import Community, Person
from bot.chat.requests import Post
from bot.context import Context

Kind = Literal["nudge", "turn", "checkin", "consent", "request", "notice", "keep"]
"""What it is for; *Why am I getting this?* answers by it. One `nudge` a day, whatever the budget.

A `turn` is what somebody signed up for, and cannot take part without: it counts, and does not wait for the budget.
"""

LOOK_AHEAD = timedelta(days=14)
"""Nothing waits longer than this for a good moment, so that nobody comes back to a pile."""


@dataclass(frozen=True, slots=True)
class Send:
    """It may be delivered from `at` on."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Withheld:
    """It is not sent. The feature decides whether that is the end of it."""

    why: Literal["consent", "away", "late", "unreachable"]


Outcome = Send | Withheld


def offer(
    ctx: Context[Any],
    person: Person,
    kind: Kind,
    message: Message,
    *,
    about: Action | None = None,
    consented: bool = True,
    before: datetime | None = None,
) -> Outcome:
    """Sends the message at the first moment that suits the person, with *Pause* and *Why am I getting this?* under it.

    `before`: from that moment on it makes no sense any more. So it is withheld as `late`; and what the platform cannot
    take until then is refused. `about`: as in `Post`.
    """
    outcome = _room(ctx, person, kind, ctx.now, consented=consented)
    if not isinstance(outcome, Send):
        return outcome
    if before is not None and outcome.at >= before:
        return Withheld("late")
    ctx.ask(
        Post(person.account, with_footer(ctx, person, kind, message), about=about, before=before),
        not_before=outcome.at if outcome.at > ctx.now else None,
    )
    ctx.unit.unasked.add(ctx.community.id, person.id, local_day(person.timezone, outcome.at), kind)
    return outcome


def take_room(ctx: Context[Any], person: Person, at: datetime) -> datetime:
    """The first moment from `at` on that suits the person and has room in its day, for what waits already.

    The room is taken. Somebody who is never free, or whose days are full for two weeks, gets it at `at`.
    """
    outcome = _room(ctx, person, "notice", at, consented=True)
    if not isinstance(outcome, Send):
        return at
    ctx.unit.unasked.add(ctx.community.id, person.id, local_day(person.timezone, outcome.at), "notice")
    return outcome.at


def lately(ctx: Context[Any], person: Person, kind: Kind, days: int) -> bool:
    """Whether they got one of this kind within so many days of their own calendar, or will get one."""
    first = local_day(person.timezone, ctx.now) - timedelta(days=days - 1)
    return any(kind in counted for counted in ctx.unit.unasked.since(ctx.community.id, person.id, first).values())


def with_footer(ctx: Context[Any], person: Person, kind: Kind, message: Message) -> Message:
    """The message with the two buttons that stand under every direct message Kring starts."""
    words = ctx.words_for(person)
    footer = Controls(
        (
            Button(words.label("Pause"), Action("me.pause")),
            Button(words.label("Why am I getting this?"), Action("me.why", kind)),
        )
    )
    return replace(message, blocks=(*message.blocks, footer))


def _room(ctx: Context[Any], person: Person, kind: Kind, at: datetime, *, consented: bool) -> Outcome:
    """The first moment that suits the person on a day with room in its budget."""
    outcome = _first(person, at, consented=consented)
    if not isinstance(outcome, Send):
        return outcome
    counted = ctx.unit.unasked.since(ctx.community.id, person.id, local_day(person.timezone, outcome.at))
    while isinstance(outcome, Send):
        if _affordable(counted.get(local_day(person.timezone, outcome.at), {}), ctx.community, kind):
            return outcome
        outcome = _first(person, _tomorrow(person, outcome.at), consented=consented)
        if isinstance(outcome, Send) and outcome.at > at + LOOK_AHEAD:
            return Withheld("late")
    return outcome


def _first(person: Person, at: datetime, *, consented: bool) -> Outcome:
    """Consent, away, quiet hours, reachable; without the budget."""
    if not consented:
        return Withheld("consent")
    if person.gone:
        return Withheld("away")
    if person.paused_until is not None and person.paused_until > at:
        if person.paused_until > at + LOOK_AHEAD:
            return Withheld("away")
        at = person.paused_until
    if not person.reachable:
        return Withheld("unreachable")
    if not person.quiet.days:
        return Withheld("away")
    return Send(at if is_open(person.quiet, person.timezone, at) else next_open(person.quiet, person.timezone, at))


def _affordable(counted: Mapping[str, int], community: Community, kind: Kind) -> bool:
    if kind == "turn":
        return True
    if kind == "nudge" and counted.get("nudge", 0) >= 1:
        return False
    return sum(counted.values()) < community.daily_messages


def _tomorrow(person: Person, at: datetime) -> datetime:
    """The first moment on the person's next calendar day."""
    return at_local(person.timezone, local_day(person.timezone, at) + timedelta(days=1), time(0, 0))
