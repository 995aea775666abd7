"""Repeating rounds through time: when one is due, when its holder is asked, and what becomes of it without them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing
from bot.chat.events import CameDue, MemberLeft
from bot.chat.messages import Message
from bot.chat.people import Person
from bot.gate import offer
from bot.rounds import library, rules, schedule_cards, schedules, starting
from bot.rounds.finding import Ctx, place_lost
from bot.rounds.inviting import BESIDE
from bot.rounds.model import Settings
from bot.rounds.now import Hours, Now
from bot.rounds.schedules import (
    Changed,
    Fact,
    Rest,
    Schedule,
    ScheduleAsked,
    ScheduleDue,
    ScheduleMissed,
    ScheduleOpened,
    ScheduleRested,
    ScheduleSkipped,
)

ASKED_TO_HOLD = 5
"""So many facilitators are asked when whoever held it has left."""


def came_due(ctx: Ctx, event: CameDue) -> Answer:
    """Everything that is due by now; the rules look at the time themselves."""
    schedule = ctx.unit.schedules.get(ctx.community.id, event.about.id)
    if schedule is None:
        ctx.wait(event.about, None)
        return Nothing()
    settle(ctx, schedule, schedules.move_on(schedule, ctx.now, hours_of(ctx, schedule), ctx.community.quiet_days))
    return Nothing()


def hours_of(ctx: Ctx, schedule: Schedule) -> Hours | None:
    """The hours of its holder."""
    holder = _holder(ctx, schedule)
    return None if holder is None else Hours(holder.quiet, holder.timezone)


def _holder(ctx: Ctx, schedule: Schedule) -> Person | None:
    return ctx.unit.people.get(ctx.community.id, schedule.holder) if schedule.holder is not None else None


def settle(ctx: Ctx, before: Schedule, changed: Changed) -> Schedule:
    """Opens the round that is due, saves, keeps the facts, tells whom they concern, and sets the next moment."""
    schedule, facts = changed
    for fact in facts:
        if isinstance(fact, ScheduleDue):
            begins_at = fact.at if schedule.preset == "live" else None
            schedule, opened = open_round(ctx, schedule, fact.at, fact.topic, begins_at)
            facts = (*facts, *opened)
    about = Action("round.schedule", schedule.id)
    if schedule != before:
        schedule = ctx.unit.schedules.save(schedule)
    ctx.record(about, *facts)
    for fact in facts:
        _tell(ctx, before, schedule, fact)
    ctx.wait(about, schedules.wakes_at(schedule, hours_of(ctx, schedule)))
    return schedule


# -- opening a round


def open_round(ctx: Ctx, schedule: Schedule, at: datetime, topic: str, begins_at: datetime | None) -> Changed:
    """Invites people as its holder would; or says what is in the way."""
    obstacle = _obstacle(ctx, schedule)
    if obstacle is not None:
        return schedules.rest(schedule, obstacle)
    if rules.going_on(ctx.unit.rounds.in_channel(ctx.community.id, schedule.channel)) >= BESIDE:
        return replace(schedule, missed_at=at), (ScheduleSkipped(schedule.id, at, "full"),)
    draft = rules.draft(
        ctx.new_id(),
        schedule.channel,
        library.known(ctx)[schedule.format],
        topic,
        schedule.holder or "",
        Now(ctx.now, ctx.seed),
        community=ctx.community.id,
        language=ctx.community.language,
        preset=schedule.preset,
        settings=Settings(sources=topic),
        number=ctx.unit.number(ctx.community.id, "round"),
    )
    starting.send_out(ctx, draft, begins_at)
    return replace(schedule, round=draft.id, missed_at=None), (ScheduleOpened(schedule.id, draft.id),)


def _obstacle(ctx: Ctx, schedule: Schedule) -> Rest | None:
    """Why no round can be opened, whatever the time."""
    holder = _holder(ctx, schedule)
    if holder is None or holder.gone:
        return "holder"
    if not starting.may_start(ctx, holder):
        return "right"
    if schedule.format not in library.known(ctx):
        return "format"
    last = ctx.unit.rounds.get(ctx.community.id, schedule.round) if schedule.round else None
    if last is not None and last.state == "paused" and place_lost(ctx, last) is not None:
        return "place"
    return None


# -- telling


def _tell(ctx: Ctx, before: Schedule, schedule: Schedule, fact: Fact) -> None:
    match fact:
        case ScheduleAsked():
            format_ = library.known(ctx).get(schedule.format)
            _write(ctx, schedule, lambda words: schedule_cards.question(words, schedule, format_), asks=True)
        case ScheduleSkipped(why="full"):
            _write(ctx, schedule, lambda words: schedule_cards.full(words, schedule))
        case ScheduleSkipped(at=at, why="quiet_day") if at > ctx.now:
            _write(ctx, schedule, lambda words: schedule_cards.quiet_day(words, schedule, at))
        case ScheduleMissed(at=at, times=times):
            _write(ctx, schedule, lambda words: schedule_cards.missed(words, schedule, at, times))
        case ScheduleRested(why="holder"):
            _look_for_holder(ctx, schedule, but=before.holder)
        case ScheduleRested(why=why):
            _write(ctx, schedule, lambda words: schedule_cards.rests(words, schedule, why))
        case _:
            pass


def _write(ctx: Ctx, schedule: Schedule, letter: Any, *, asks: bool = False) -> None:
    """To its holder, at a moment that suits them; a question only while it can still be answered."""
    holder = _holder(ctx, schedule)
    if holder is not None:
        offer(ctx, holder, "notice", letter(ctx.words_for(holder)), before=schedule.opens_at if asks else None)


def _look_for_holder(ctx: Ctx, schedule: Schedule, *, but: str | None) -> None:
    """Facilitators are asked; where there are none, hosts."""
    people = ctx.unit.people
    found = [
        next_
        for right in ("facilitator", "host")
        if (next_ := [each for each in people.with_right(ctx.community.id, right) if each.id != but])
    ]
    for person in found[0][:ASKED_TO_HOLD] if found else ():
        letter: Message = schedule_cards.needs_holder(ctx.words_for(person), schedule)
        offer(ctx, person, "notice", letter)


# -- people


def member_left(ctx: Ctx, _: MemberLeft) -> Answer:
    """What they held rests until somebody takes it up."""
    if ctx.person is not None and ctx.person.gone:
        _without(ctx, ctx.person.id)
    return Nothing()


def forget(ctx: Ctx, person: str, _: str) -> None:
    _without(ctx, person)


def _without(ctx: Ctx, person: str) -> None:
    for schedule in ctx.unit.schedules.held_by(ctx.community.id, person):
        settle(ctx, schedule, schedules.without_holder(schedule))


def unite(ctx: Ctx, person: str, into: str) -> None:
    """Somebody linked two accounts: what either held is theirs."""
    for schedule in ctx.unit.schedules.held_by(ctx.community.id, person):
        settle(ctx, schedule, (replace(schedule, holder=into), ()))


def export(ctx: Ctx) -> dict[str, Any]:
    """The repeating rounds that the person holds."""
    return {
        "repeating_rounds": [
            {
                "topic": one.topic,
                "next_time_about": one.other_topic or None,
                "format": one.format,
                "preset": one.preset,
                "rule": schedule_cards.rule_text(ctx.words, one.rule),
                "next": one.next_at,
                "you_were_asked": one.asked,
                "rests_because": one.resting,
                "set_up": one.created_at,
            }
            for one in ctx.unit.schedules.held_by(ctx.community.id, ctx.actor.id)
        ]
    }
